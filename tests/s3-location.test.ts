import { describe, expect, test } from "vitest";
import { parseS3Location } from "../pipelines/lake/s3-location.ts";

describe("a place in S3", () => {
    test.each(["s3://", "s3://B", "s3://ab", "s3://bucket/../elders", "s3:/bucket", "S3://bucket", "s3://bucket//a"])(
        "%s is no place",
        (location) => {
            expect(() => parseS3Location(location)).toThrow(/verwacht s3:\/\/bucket/);
        },
    );

    test.each([
        ["s3://bucket", "bucket", ""],
        ["s3://bucket/", "bucket", ""],
        ["s3://mijn.bucket-1/een/twee/", "mijn.bucket-1", "een/twee"],
    ])("%s is a place", (location, bucket, prefix) => {
        expect(parseS3Location(location)).toEqual({ bucket, prefix });
    });
});
