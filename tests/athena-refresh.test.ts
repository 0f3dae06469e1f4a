import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema, type SchemaElement } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import type { QueryReport } from "../pipelines/engines/athena/run.ts";
import { athena } from "../pipelines/engines/athena.ts";
import { glueTables } from "../pipelines/glue.ts";
import { ingest } from "../pipelines/ingest.ts";
import { collect } from "../pipelines/lake/collect.ts";
import { type Lake, openLake, readRelease } from "../pipelines/lake.ts";
import { type RefreshReport, refresh } from "../pipelines/refresh.ts";
import { type Cloud, startCloud } from "./support/athena-cloud.ts";
import { duckdbBackend } from "./support/athena-duckdb.ts";
import { EFFECTS, sample, sampleFiles, writeFolder } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const months = { from: "2024-06", to: "2024-06" };
/** The one table that no sample fills. */
const platformUse = "agb;maand;functie;gebruikers\r\n01900001;2024-05;dashboard;4\r\n";
const effects = { ...EFFECTS, now: () => new Date().toISOString() };

let cloud: Cloud;
let here: Lake;
let there: Lake;
let onDisk: RefreshReport;
let onAthena: RefreshReport;
let before: string[];
const queries: QueryReport[] = [];
const engine = athena({ settings: { firstPause: 1, longestPause: 5 }, report: (query) => queries.push(query) });

beforeAll(async () => {
    cloud = await startCloud(duckdbBackend);
    const root = await scratch();
    vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "meer.sleutel"));
    const deliveries = await Promise.all(
        ["bureau_regio_20240630", "his-lang_01900001_20240630"].map((name) => sample(root, name)),
    );
    const viplive = "viplive_regio_20240630";
    const files = { ...(await sampleFiles(viplive)), "gebruik.csv": platformUse };
    deliveries.push(await writeFolder(root, viplive, files));
    here = openLake(join(root, "meer"));
    there = openLake("s3://meren/een/meer");
    cloud.deploy(there.location);
    for (const lake of [here, there]) await ingest(deliveries, lake, effects);
    before = cloud.bucket.keys();
    onDisk = await refresh(here, months);
    onAthena = await refresh(there, months, { engine });
}, 600_000);
afterAll(() => cloud.close());

/** The type that Athena must be told for a Parquet column, by the rules of the format (not by ours). */
function athenaType({ type, converted_type: converted, repetition_type }: SchemaElement): string {
    expect(repetition_type).toBe("OPTIONAL");
    if (type === "BOOLEAN") return "boolean";
    if (type === "DOUBLE") return "double";
    if (type === "BYTE_ARRAY" && converted === "UTF8") return "string";
    if (type === "INT32" && converted === "DATE") return "date";
    if (type === "INT32" && (converted === undefined || converted === "INT_32")) return "int";
    if (type === "INT64" && (converted === undefined || converted === "INT_64")) return "bigint";
    return `${type} ${converted}`;
}

describe("a refresh on Athena", () => {
    it("gives the same bytes of results and marts as one on this machine", async () => {
        expect(onAthena).toEqual(onDisk);
        const made = (await here.store.list("")).filter((key) => /^(results|marts|values|definitions)\//.test(key));
        expect(made.length).toBeGreaterThan(4);
        for (const key of made) {
            const [one, other] = await Promise.all([here.store.get(key), there.store.get(key)]);
            expect(`${key} ${Buffer.from(other?.body ?? []).equals(Buffer.from(one?.body ?? []))}`).toBe(`${key} true`);
        }
    });

    it("leaves no table, no file of its own and no manifest but those of the release", async () => {
        const release = onAthena.release;
        const added = cloud.bucket.keys().filter((key) => !before.includes(key));
        const own = added.filter((key) => !/^een\/meer\/(results|marts|values|definitions)\//.test(key));
        const manifests = glueTables("").map(({ Name }) => `een/meer/manifests/${Name}/release=${release}/files.txt`);
        expect(own).toEqual(manifests.filter((key) => !key.includes("/results/")).sort());
        expect([...cloud.tables.keys()].filter((name) => name.startsWith("regiospiegel_werk"))).toEqual([]);
    });

    it("runs every indicator in some tens of queries, each with what it read and costs", () => {
        const asked = queries.filter(({ what }) => what === "results_new");
        expect(asked.length).toBeGreaterThan(10);
        expect(asked.length).toBeLessThan(40);
        expect(queries.every(({ outcome }) => outcome === "SUCCEEDED")).toBe(true);
        expect(asked.every(({ dollars, scannedBytes }) => dollars > 0 && scannedBytes > 0)).toBe(true);
    });

    it("computes nothing again for the same release", async () => {
        queries.length = 0;
        expect(await refresh(there, months, { engine })).toMatchObject({ computed: 0, marts: "reused" });
        expect(queries).toEqual([]);
    });

    it("stops when the tables of Glue look elsewhere, instead of counting nobody", async () => {
        cloud.deploy("s3://meren/elders");
        await expect(refresh(there, { from: "2024-05", to: "2024-05" }, { engine })).rejects.toThrow(
            /^Athena leest 0 rijen uit [a-z_]+, waar uitgave [0-9a-f]{16} er [1-9]\d* heeft; maak de tabellen in Glue opnieuw/,
        );
        cloud.deploy(there.location);
    });

    it("is refused for a lake in a folder, in one sentence and with exit code 2", async () => {
        const complained = vi.spyOn(process.stderr, "write").mockReturnValue(true);
        const code = await main(["refresh", "--engine", "athena", "--lake", here.location, "--from", "2024-06"]);
        expect(complained.mock.calls.join("")).toMatch(/^Athena leest alleen een meer in S3/);
        complained.mockRestore();
        expect(code).toBe(2);
    });

    it("has its manifests collected with their release", async () => {
        const text = Buffer.from("s3://meren/een/meer/weg\n");
        const key = "manifests/patients/release=feedfeedfeedfeed/files.txt";
        const gone = {
            id: "feedfeedfeedfeed",
            parent: null,
            deliveries: [],
            current: { HIS: {}, VIPLive: {}, bureau: {} },
        };
        await there.store.put(key, text);
        await there.store.put("releases/feedfeedfeedfeed.json", Buffer.from(JSON.stringify(gone)));
        await collect(there, { keep: 1 }, effects);
        expect(await there.store.get(key)).toBeNull();
        expect(await there.store.get(`manifests/patients/release=${onAthena.release}/files.txt`)).not.toBeNull();
    });
});

describe("the tables of Glue", () => {
    it("have the columns and types that the Parquet files hold, as another reader sees them", async () => {
        const view = await readRelease(here);
        const results = (await here.store.list("results/")).filter((key) => key.endsWith(".parquet"));
        for (const { Name, StorageDescriptor } of glueTables(there.location)) {
            const ofRelease = view?.files.filter((file) => file.table === Name).map((file) => file.key) ?? [];
            const keys = Name === "results" ? results : ofRelease;
            expect(`${Name} ${keys.length > 0}`).toBe(`${Name} true`);
            for (const path of await here.store.localPaths(keys)) {
                const schema = parquetSchema(await parquetMetadataAsync(await asyncBufferFromFile(path)));
                const held = schema.children.map(({ element }) => `${element.name} ${athenaType(element)}`);
                expect([Name, ...held]).toEqual([
                    Name,
                    ...StorageDescriptor.Columns.map((column) => `${column.Name} ${column.Type}`),
                ]);
            }
        }
    });
});
