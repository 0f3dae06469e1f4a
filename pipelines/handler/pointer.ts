// Which publication is live, as the edge reads it.
import {
    CloudFrontKeyValueStoreClient,
    DescribeKeyValueStoreCommand,
    PutKeyCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
// The store signs requests for all regions at once; without this module its client cannot.
import "@aws-sdk/signature-v4a";
import { setting } from "./setting.ts";

/** The key in the edge's store, and its value when nothing may be shown. */
export const LIVE = "publicatie";
export const NOTHING = "geen";

/** Leads readers to a publication, or to none; throws when somebody else did so at the same moment. */
export async function leadTo(publication: string): Promise<void> {
    const client = new CloudFrontKeyValueStoreClient({});
    const KvsARN = setting("REGIOSPIEGEL_AANWIJZER");
    const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
    await client.send(new PutKeyCommand({ KvsARN, Key: LIVE, Value: publication, IfMatch: ETag }));
}
