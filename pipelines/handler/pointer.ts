// Which publication is live, as the edge reads it.
import {
    CloudFrontKeyValueStoreClient,
    ConflictException,
    DescribeKeyValueStoreCommand,
    PutKeyCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
// The store signs requests for all regions at once; without this module its client cannot.
import "@aws-sdk/signature-v4a";
import { setting } from "./setting.ts";

/** The key in the edge's store, and its value when nothing may be shown. */
export const LIVE = "publicatie";
export const NOTHING = "geen";

/** Others write other keys of the same store (somebody logs out); whoever was first, the next try follows them. */
const ATTEMPTS = 8;

/** Leads readers to a publication, or to none. */
export async function leadTo(publication: string): Promise<void> {
    const client = new CloudFrontKeyValueStoreClient({});
    const KvsARN = setting("REGIOSPIEGEL_AANWIJZER");
    for (let attempt = 1; ; attempt++) {
        const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
        try {
            await client.send(new PutKeyCommand({ KvsARN, Key: LIVE, Value: publication, IfMatch: ETag }));
            return;
        } catch (error) {
            if (!(error instanceof ConflictException) || attempt === ATTEMPTS) throw error;
        }
    }
}
