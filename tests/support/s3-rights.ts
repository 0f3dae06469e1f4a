import type { S3Request } from "./s3-stand-in.ts";

/** The rights of S3 that a request takes, with the ARN that it is about (service authorization reference of Amazon S3). */
export function rightsFor({ method, bucket, key, query, headers }: S3Request): { action: string; resource: string }[] {
    const whole = `arn:aws:s3:::${bucket}`;
    const resource = key === "" ? whole : `${whole}/${key}`;
    const one = (action: string) => [{ action, resource }];
    if (key === "" && query.has("versions")) return one("s3:ListBucketVersions");
    if (key === "" && query.has("uploads")) return one("s3:ListBucketMultipartUploads");
    if (key === "") return one("s3:ListBucket");
    if (query.has("retention")) return one("s3:PutObjectRetention");
    if (method === "DELETE" && query.has("uploadId")) return one("s3:AbortMultipartUpload");
    if (method === "DELETE") {
        const passes = headers["x-amz-bypass-governance-retention"] === "true";
        return [
            ...one(query.has("versionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject"),
            ...(passes ? one("s3:BypassGovernanceRetention") : []),
        ];
    }
    if (method === "GET" || method === "HEAD")
        return one(query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject");
    return one("s3:PutObject");
}
