import { vi } from "vitest";
import type { GlueTable } from "../../pipelines/glue.ts";
import { glueTables } from "../../pipelines/glue.ts";
import { type AthenaBackend, type AthenaStandIn, startAthenaStandIn } from "./athena-stand-in.ts";
import { type S3StandIn, startS3StandIn } from "./s3-stand-in.ts";
import type { BucketContent } from "./s3-stand-in-objects.ts";

/** S3, Glue's tables and Athena in this process, with the environment of Amazon's library set to them. */
export interface Cloud {
    s3: S3StandIn;
    bucket: BucketContent;
    tables: Map<string, GlueTable>;
    athena: AthenaStandIn;
    /** Makes the tables of a lake at this location, as the deployment would. */
    deploy(location: string): void;
    close(): Promise<void>;
}

const BUCKET = "meren";

/** `tables` may be those that a stand-in for Glue shows to others. */
export async function startCloud(
    backendOf: (bucket: BucketContent, tables: Map<string, GlueTable>, s3: S3StandIn) => Promise<AthenaBackend>,
    tables = new Map<string, GlueTable>(),
): Promise<Cloud> {
    const s3 = await startS3StandIn({ [BUCKET]: { versioned: true } });
    const bucket = s3.bucket(BUCKET);
    const backend = await backendOf(bucket, tables, s3);
    const athena = await startAthenaStandIn({ backend, bucket, tables, results: `s3://${BUCKET}/uitkomsten/` });
    vi.stubEnv("AWS_ENDPOINT_URL_S3", s3.endpoint);
    vi.stubEnv("AWS_ENDPOINT_URL_ATHENA", athena.endpoint);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", s3.accessKey);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "geheim");
    return {
        s3,
        bucket,
        tables,
        athena,
        deploy(location) {
            for (const table of glueTables(location)) tables.set(`regiospiegel.${table.Name}`, table);
        },
        async close() {
            vi.unstubAllEnvs();
            await athena.close();
            await backend.close();
            await s3.close();
        },
    };
}
