import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../pipelines/cli.ts";
import { athena } from "../../pipelines/engines/athena.ts";
import { openDuckDBEngine } from "../../pipelines/engines/duckdb.ts";
import { glueTables } from "../../pipelines/glue.ts";
import { ingest } from "../../pipelines/ingest.ts";
import { writeReleaseManifests } from "../../pipelines/lake/manifests.ts";
import { type Lake, openLake, type ReleaseView, readRelease } from "../../pipelines/lake.ts";
import { refresh } from "../../pipelines/refresh.ts";
import { writeDelivery } from "../acceptance/delivery-writer.ts";
import { Chance } from "../acceptance/random.ts";
import { randomRegion } from "../acceptance/random-region.ts";
import type { Region } from "../acceptance/region.ts";
import { type Cloud, startCloud } from "../support/athena-cloud.ts";
import { engineDifferences } from "../support/engine-differences.ts";
import { factColumns, factRows, generatedQuery } from "../support/generated-expressions.ts";
import { type GlueStandIn, startGlueStandIn } from "../support/glue-stand-in.ts";
import { differences } from "./compare-rows.ts";
import { type Judged, judge } from "./every-query.ts";
import { askTrino, trinoBackend } from "./trino-client.ts";
import { startTrino, type TrinoServer } from "./trino-server.ts";

// Started by `npm run test:trino`, which gets Trino; without it nothing is judged here, and the run says so.
const classpath = process.env.TRINO_CLASSPATH;
const proving = process.env.PROVE === "1";
const regions = Number(process.env.TRINO_REGIONS ?? (proving ? 100 : 1));
const first = Number(process.env.TRINO_FIRST ?? 1);
const seeds = Array.from({ length: regions }, (_, at) => first + at);
/** The whole demo region takes an hour of two cores. */
const demoSize =
    process.env.TRINO_DEMO?.split(" ") ??
    (proving ? [] : ["--practices", "3", "--patients", "900", "--from", "2023-11", "--to", "2024-02"]);
const unjudged = "not judged: no Trino (npm run test:trino gets it)";
if (!classpath) process.stderr.write(`tests/outside/trino: ${unjudged}\n`);

let glue: GlueStandIn;
let trino: TrinoServer;
let cloud: Cloud;
let folder = "";

describe.skipIf(!classpath)(classpath ? "Trino agrees" : unjudged, () => {
    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), "trino-"));
        glue = await startGlueStandIn();
        cloud = await startCloud(async (_bucket, _tables, s3) => {
            trino = await startTrino(classpath ?? "", s3, glue);
            return trinoBackend(trino.address);
        }, glue.tables);
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(folder, "sleutel"));
    }, 600_000);
    afterAll(async () => {
        await cloud?.close();
        trino?.close();
        await glue?.close();
        await rm(folder, { recursive: true, force: true });
    });

    const today = (): string => new Date().toISOString().slice(0, 10);
    const engine = athena({ settings: { firstPause: 20, longestPause: 200, atOnce: 5 } });

    /** The product keeps an engine's words to itself, for they may hold a value; here the values are invented. */
    function explained(error: unknown): never {
        const failed = cloud.athena.executions.filter(({ state }) => state === "FAILED").slice(0, 3);
        const reasons = failed.map(({ reason, sql }) => `${reason}\n${sql}`);
        throw new Error(`${error}\n${reasons.join("\n\n")}`);
    }

    async function filled(name: string, deliveries: string[]): Promise<Lake> {
        const lake = openLake(`s3://meren/${name}`);
        cloud.deploy(lake.location);
        await ingest(deliveries, lake, { today, now: () => new Date().toISOString() });
        return lake;
    }

    async function randomLake(seed: number, name: string): Promise<{ lake: Lake; months: Region }> {
        const region = randomRegion(seed);
        const chance = new Chance(seed + 1000);
        const paths: string[] = [];
        for (const delivery of region.deliveries)
            paths.push((await writeDelivery(delivery, join(folder, name), chance, chance.happens(0.5))).path);
        return { lake: await filled(name, paths), months: region };
    }

    function said(what: string, { queries, rows, differences: found }: Judged): void {
        process.stderr.write(`${what}: ${queries} queries, ${rows} rows compared, ${found.length} differences\n`);
    }

    it.for(seeds)("with every row of every query over random region %i", { timeout: 3_000_000 }, async (seed) => {
        const { lake, months } = await randomLake(seed, `regio${seed}`);
        await refresh(lake, months);
        const found = await judge(lake, months, engine).catch(explained);
        said(`random region ${seed}`, found);
        expect(found.differences).toEqual([]);
    });

    it("with every row of every query over the demo region", { timeout: 10_800_000 }, async () => {
        const deliveries = join(folder, "demo");
        expect(await main(["demo", "--out", deliveries, ...demoSize])).toBe(0);
        const lake = await filled(
            "demo",
            (await readdir(deliveries)).map((name) => join(deliveries, name)),
        );
        const report = await refresh(lake, {});
        const found = await judge(lake, report, engine).catch(explained);
        said("demo region", found);
        expect(found.differences).toEqual([]);
    });

    it("on files in a manifest as on partitions in Glue, one per file", { timeout: 3_000_000 }, async () => {
        const { lake } = await randomLake(2, "partities");
        const view = await readRelease(lake);
        const files = view?.files.filter(({ table }) => table === "patients") ?? [];
        const [table] = glueTables(lake.location).filter(({ Name }) => Name === "patients");
        if (!view || !table) throw new Error("there is a release, and patients are a table");
        const formats = {
            InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            OutputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        };
        glue.tables.set("regiospiegel.partities", {
            ...table,
            Name: "partities",
            Parameters: { EXTERNAL: "TRUE" },
            PartitionKeys: ["release", "practice", "delivery"].map((Name) => ({ Name, Type: "string" })),
            StorageDescriptor: { ...table.StorageDescriptor, ...formats, Location: `${lake.location}/lake/patients` },
        });
        glue.partitions.set(
            "regiospiegel.partities",
            files.map(({ key, practice }) => ({
                Values: [view.release.id, practice, /delivery=(\w+)/.exec(key)?.[1] ?? ""],
                StorageDescriptor: {
                    ...table.StorageDescriptor,
                    ...formats,
                    Location: `${lake.location}/${key.replace(/\/[^/]+$/, "")}`,
                },
            })),
        );
        await writeReleaseManifests(lake, view);
        const columns = table.StorageDescriptor.Columns.map(({ Name }) => Name).join(", ");
        const read = (name: string): Promise<{ rows: unknown[][] }> =>
            askTrino(
                trino.address,
                `select ${columns} from regiospiegel.${name} where release = '${view.release.id}' order by ${columns}`,
            );
        const [byManifest, byPartition] = [await read("patients"), await read("partities")];
        expect(byManifest.rows.length).toBe(files.reduce((sum, { rows }) => sum + rows, 0));
        expect(byPartition.rows).toEqual(byManifest.rows);
        expect(glue.partitions.get("regiospiegel.partities")).toHaveLength(files.length);
        await expect(askTrino(trino.address, "select count(*) from regiospiegel.patients")).rejects.toThrow(
            /[Ii]njected/,
        );
    });

    it("to the byte when a whole refresh runs on it", { timeout: 3_000_000 }, async () => {
        const { lake, months } = await randomLake(1, "byte");
        const onDuckDB = await refresh(lake, months);
        const made = (await lake.store.list("")).filter((key) => /^(results|marts|values|definitions)\//.test(key));
        const before = new Map<string, string>();
        for (const key of made)
            before.set(key, Buffer.from((await lake.store.get(key))?.body ?? []).toString("base64"));
        for (const key of made) await lake.store.erase(key);
        expect(await refresh(lake, months, { engine }).catch(explained)).toEqual(onDuckDB);
        for (const [key, body] of before)
            expect(`${key} ${Buffer.from((await lake.store.get(key))?.body ?? []).toString("base64") === body}`).toBe(
                `${key} true`,
            );
    });

    it("with generated queries over random rows", { timeout: 3_000_000 }, async () => {
        const here = await openDuckDBEngine({ memory: "1GB", threads: 1, temp: folder });
        const there = await engine.open(openLake("s3://meren/leeg"), emptyView, join(folder, "generated"));
        const cases = fc.tuple(factRows, fc.array(generatedQuery, { minLength: 20, maxLength: 20 }));
        const different: string[] = [];
        for (const [rows, queries] of fc.sample(cases, { numRuns: proving ? 50 : 2, seed: 11 })) {
            const engines = [here, there];
            for (const one of engines) await one.load("facts", factColumns, rows);
            for (const [at, query] of queries.entries()) {
                for (const one of engines) await one.materialise(`answer_${at}`, query);
            }
            for (const [at, query] of queries.entries()) {
                const paths = engines.map((_, which) => join(folder, `answer-${which}.parquet`));
                for (const [which, one] of engines.entries())
                    await one.save(`select * from answer_${at}`, paths[which] ?? "").catch(explained);
                const found = await differences(paths[0] ?? "", paths[1] ?? "");
                if (found.length > 0) different.push(`${query}\n${found[0]}`);
            }
        }
        await here.close();
        await there.close();
        expect(different).toEqual([]);
    });

    for (const { name, sql, trino: expected } of engineDifferences)
        it(`that it reads otherwise, as listed: ${name}`, async () => {
            const answer = await askTrino(trino.address, sql).catch(() => ({ rows: [["error"]] }));
            expect(answer.rows[0]).toEqual([expected]);
        });
});

/** A release of nothing. */
const emptyView: ReleaseView = {
    release: { id: "0000000000000000", parent: null, deliveries: [], current: { HIS: {}, VIPLive: {}, bureau: {} } },
    deliveries: [],
    files: [],
    coverage: [],
};
