import "@aws-sdk/signature-v4a";
import {
    CloudFrontKeyValueStoreClient,
    type CloudFrontKeyValueStoreClientConfig,
    ConflictException,
    DeleteKeyCommand,
    DescribeKeyValueStoreCommand,
    PutKeyCommand,
    paginateListKeys,
    ResourceNotFoundException,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import type { EdgeFacts } from "./edge-facts.ts";

/** Others write too (a logout, a publication); whoever was first, the next try sees their version. */
const ATTEMPTS = 8;

/**
 * Facts in CloudFront's key value store; the edge sees a change within seconds. Every write names the version that it follows,
 * and is tried again when somebody else was first. Its requests are signed for all regions (SigV4A), hence the first import.
 */
export function keyValueStoreFacts(arn: string, config: CloudFrontKeyValueStoreClientConfig = {}): EdgeFacts {
    const client = new CloudFrontKeyValueStoreClient(config);
    const place = { KvsARN: arn };

    async function write(change: (IfMatch: string) => Promise<unknown>): Promise<void> {
        for (let attempt = 1; ; attempt += 1) {
            const { ETag = "" } = await client.send(new DescribeKeyValueStoreCommand(place));
            try {
                await change(ETag);
                return;
            } catch (error) {
                // What is to be removed and is not there, is removed.
                if (error instanceof ResourceNotFoundException) return;
                if (!(error instanceof ConflictException) || attempt === ATTEMPTS) throw error;
            }
        }
    }
    return {
        set: (Key, Value) => write((IfMatch) => client.send(new PutKeyCommand({ ...place, Key, Value, IfMatch }))),
        remove: (Key) => write((IfMatch) => client.send(new DeleteKeyCommand({ ...place, Key, IfMatch }))),
        async list() {
            const found = new Map<string, string>();
            for await (const page of paginateListKeys({ client }, place))
                for (const { Key = "", Value = "" } of page.Items ?? []) found.set(Key, Value);
            return found;
        },
    };
}
