import { isKey } from "../store.ts";
import { UsageError } from "../usage-error.ts";

/** Bucket and prefix (without slashes around it) of `s3://bucket/prefix`. */
export function parseS3Location(location: string): { bucket: string; prefix: string } {
    const [, bucket, rest = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(location) ?? [];
    const prefix = rest.replace(/\/$/, "");
    if (bucket === undefined || (prefix !== "" && !isKey(prefix)))
        throw new UsageError(
            `Opslag ${JSON.stringify(location)} is geen plek in S3; verwacht s3://bucket of s3://bucket/voorvoegsel, met letters, cijfers, punt en streepje.`,
        );
    return { bucket, prefix };
}
