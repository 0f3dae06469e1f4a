import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "../pipelines/engine.ts";
import type { QueryReport } from "../pipelines/engines/athena/run.ts";
import type { AthenaSettings } from "../pipelines/engines/athena/settings.ts";
import { athena } from "../pipelines/engines/athena.ts";
import { openLake, type ReleaseView } from "../pipelines/lake.ts";
import { type Cloud, startCloud } from "./support/athena-cloud.ts";
import { duckdbBackend } from "./support/athena-duckdb.ts";

const lake = openLake("s3://meren/meer");
const view: ReleaseView = {
    release: { id: "abcdef0123456789", parent: null, deliveries: [], current: { HIS: {}, VIPLive: {}, bureau: {} } },
    deliveries: [],
    files: [],
    coverage: [],
};
const counts = { practice_id: "VARCHAR", patients: "BIGINT" } as const;

let cloud: Cloud;
let folder = "";
let reports: QueryReport[] = [];
let engines: Engine[] = [];

async function opened(settings: Partial<AthenaSettings> = {}, signal?: AbortSignal): Promise<Engine> {
    const kind = athena({
        settings: { firstPause: 1, longestPause: 3, ...settings },
        report: (query) => reports.push(query),
        ...(signal ? { signal } : {}),
    });
    const engine = await kind.open(lake, view, await mkdtemp(join(folder, "temp-")));
    engines.push(engine);
    return engine;
}

/** Objects that a run left, besides the manifests of the release. */
const left = (): string[] => cloud.bucket.keys().filter((key) => !key.startsWith("meer/manifests/"));
const started = (): string[] => cloud.athena.executions.map(({ sql }) => sql);
const asked = (operation: string): Record<string, unknown>[] =>
    cloud.athena.asked.filter((one) => one.operation === operation).map(({ body }) => body);

beforeAll(async () => {
    cloud = await startCloud(duckdbBackend);
    vi.stubEnv("AWS_MAX_ATTEMPTS", "2");
    folder = await mkdtemp(join(tmpdir(), "athena-"));
});
beforeEach(() => {
    reports = [];
    engines = [];
    cloud.athena.executions.length = 0;
    cloud.athena.asked.length = 0;
});
afterEach(async () => {
    cloud.athena.faultOfRequest = () => null;
    cloud.athena.faultOfQuery = () => null;
    for (const engine of engines) await engine.close();
    expect(left()).toEqual([]);
    expect([...cloud.tables.keys()]).toEqual([]);
});
afterAll(async () => {
    await cloud.close();
    await rm(folder, { recursive: true, force: true });
});

describe("Athena asks to wait", () => {
    it("for its requests or for its queries, and every query still runs, once", async () => {
        cloud.athena.faultOfRequest = (_operation, number) =>
            number % 3 === 0 ? "busy" : number % 3 === 1 ? "throttled" : null;
        const engine = await opened();
        await engine.materialise("seven", "select 7 as days");
        expect(await engine.rows("select days from seven")).toEqual([{ days: 7 }]);
        expect(started()).toHaveLength(1);
    });

    it("for longer than a query may take: it says so in one sentence", async () => {
        cloud.athena.faultOfRequest = (operation) => (operation === "StartQueryExecution" ? "busy" : null);
        const engine = await opened({ maxMilliseconds: 30 });
        await engine.materialise("seven", "select 7 as days");
        await expect(engine.rows("select days from seven")).rejects.toThrow(
            /^Athena-vraag seven kwam niet aan de beurt/,
        );
        cloud.athena.faultOfRequest = () => null;
    });
});

describe("an answer gets lost", () => {
    it("after a query was started: asked again, it does not run twice", async () => {
        const lost = new Set<string>();
        cloud.athena.faultOfRequest = (operation, number) => {
            if (operation !== "StartQueryExecution" || lost.has("yes")) return null;
            lost.add("yes");
            return number >= 0 ? "lost-answer" : null;
        };
        const engine = await opened();
        await engine.materialise("seven", "select 7 as days");
        expect(await engine.rows("select days from seven")).toEqual([{ days: 7 }]);
        const tokens = asked("StartQueryExecution").map((body) => body.ClientRequestToken);
        expect(tokens).toHaveLength(2);
        expect(new Set(tokens).size).toBe(1);
        expect(started()).toHaveLength(1);
    });

    it("but two runs that ask the same never share a query: the release between them may be another", async () => {
        for (const engine of [await opened(), await opened()]) {
            await engine.materialise("seven", "select 7 as days");
            await engine.rows("select days from seven");
        }
        expect(started()).toHaveLength(2);
        const reuse = asked("StartQueryExecution").map((body) => body.ResultReuseConfiguration);
        expect(reuse).toEqual([0, 1].map(() => ({ ResultReuseByAgeConfiguration: { Enabled: false } })));
    });
});

describe("a query fails", () => {
    it("for good: the sentence has Athena's word and the query's id, never a value, and what it wrote is gone", async () => {
        cloud.athena.faultOfQuery = ({ statement }) => (statement.kind === "create-as" ? "fails" : null);
        const engine = await opened();
        await engine.materialise("seven", "select 7 as days");
        const failure = await engine.rows("select days from seven").catch((error: Error) => error.message);
        expect(failure).toMatch(/^Athena-vraag seven \(q0-[0-9a-f]+\) mislukte \(GENERIC_INTERNAL_ERROR\)/);
        expect(failure).not.toMatch(/Jansen|12/);
        expect(left()).toEqual([]);
        await expect(engine.load("more", counts, [])).rejects.toThrow(String(failure));
        expect(reports.map(({ outcome, dollars }) => ({ outcome, dollars }))).toEqual([
            { outcome: "FAILED", dollars: 0 },
        ]);
    });

    it("in passing: it is started again, into a fresh folder, and what the first attempt wrote is gone", async () => {
        cloud.athena.faultOfQuery = (_execution, number) => (number === 0 ? "fails-passing" : null);
        const engine = await opened();
        await engine.load("counts", counts, [["01000001", 5]]);
        await engine.append("counts", "select '01000002', 6");
        expect(await engine.rows("select * from counts order by practice_id")).toEqual([
            { practice_id: "01000001", patients: 5 },
            { practice_id: "01000002", patients: 6 },
        ]);
        const folders = cloud.athena.executions.map(({ statement }) => statement.kind === "unload" && statement.folder);
        expect(new Set(folders).size).toBe(2);
        const first = String(folders[0]).replace("s3://meren/", "");
        expect(cloud.bucket.keys().filter((key) => key.startsWith(first))).toEqual([]);
    });

    it("in passing each time: after three it ends", async () => {
        cloud.athena.faultOfQuery = () => "fails-passing";
        const engine = await opened();
        await engine.load("counts", counts, []);
        await engine.append("counts", "select '01000002', 6");
        await expect(engine.rows("select * from counts")).rejects.toThrow(/mislukte \(GENERIC_INTERNAL_ERROR\)/);
        expect(started()).toHaveLength(3);
    });

    it("because its text is longer than Athena takes: nothing is sent", async () => {
        const engine = await opened();
        await engine.materialise("long", `select '${"x".repeat(262_144)}' as text`);
        await expect(engine.rows("select text from long")).rejects.toThrow(/bytes lang en Athena neemt er 262144/);
        expect(asked("StartQueryExecution")).toEqual([]);
    });

    it("because the rights are missing: the sentence says where to look", async () => {
        cloud.athena.faultOfRequest = () => "refused";
        const engine = await opened();
        await engine.materialise("seven", "select 7 as days");
        await expect(engine.rows("select days from seven")).rejects.toThrow(
            /^Athena, werkgroep regiospiegel: beginnen mislukte \(AccessDeniedException\); controleer de AWS-inloggegevens/,
        );
        cloud.athena.faultOfRequest = () => null;
    });
});

describe("a query is ended before it is done", () => {
    it.each([
        ["cancelled" as const, /is afgebroken door iemand anders/],
        ["cut-off" as const, /door de werkgroep afgebroken: zij las meer dan per vraag mag/],
    ])("%s by others: the sentence says by whom", async (fault, sentence) => {
        cloud.athena.faultOfQuery = () => fault;
        const engine = await opened();
        await engine.load("counts", counts, []);
        await engine.append("counts", "select '01000002', 6");
        await expect(engine.rows("select * from counts")).rejects.toThrow(sentence);
    });

    it("when it takes too long, and Athena is told to stop it", async () => {
        cloud.athena.faultOfQuery = () => "hangs";
        const engine = await opened({ maxMilliseconds: 40 });
        await engine.load("counts", counts, []);
        await engine.append("counts", "select '01000002', 6");
        await expect(engine.rows("select * from counts")).rejects.toThrow(/was na 0 seconden niet klaar/);
        expect(asked("StopQueryExecution")).toHaveLength(1);
    });

    it("when it reads more than is allowed, which is reported and paid for", async () => {
        cloud.athena.faultOfQuery = () => "scans";
        const engine = await opened({ maxScannedBytes: 20 * 1024 ** 2 });
        await engine.load("counts", counts, []);
        await engine.append("counts", "select '01000002', 6");
        await expect(engine.rows("select * from counts")).rejects.toThrow(/meer dan 20971520 mag niet/);
        expect(asked("StopQueryExecution")).toHaveLength(1);
        expect(reports[0]?.outcome).toBe("CANCELLED");
        expect(reports[0]?.dollars).toBeGreaterThan((20 / 1024 ** 2) * 5);
    });

    it("when the run is broken off: every query under way is stopped, and none begins", async () => {
        cloud.athena.faultOfQuery = () => "hangs";
        const breaking = new AbortController();
        const engine = await opened({ atOnce: 2 }, breaking.signal);
        for (const name of ["one", "two", "three"]) await engine.materialise(name, "select 1 as x");
        const read = engine.rows("select * from three");
        await vi.waitFor(() => expect(started()).toHaveLength(2));
        breaking.abort();
        await expect(read).rejects.toThrow(/is afgebroken/);
        await vi.waitFor(() =>
            expect(cloud.athena.executions.map(({ state }) => state)).toEqual(["CANCELLED", "CANCELLED"]),
        );
        cloud.athena.faultOfQuery = () => null;
    });
});

describe("what a query gives", () => {
    it("may be nothing: the table is empty and has its columns", async () => {
        const engine = await opened();
        await engine.load("counts", counts, []);
        await engine.materialise("none", "select practice_id, patients, date '2024-01-31' as day from counts");
        await engine.append("counts", "select practice_id, patients from none");
        expect(await engine.rows("select * from none")).toEqual([]);
        const path = join(folder, "none.parquet");
        await engine.save("select * from none", path);
        await engine.materialise("more", "select count(*) as rows_found, max(day) as last_day from none");
        expect(await engine.rows("select * from more")).toEqual([{ rows_found: 0, last_day: null }]);
        expect(await engine.rows("select * from counts")).toEqual([]);
    });

    it("may be of more than a hundred practices, which Athena cannot write as partitions: all arrive", async () => {
        const engine = await opened();
        const practices = Array.from({ length: 150 }, (_, at) => [`0100${String(at).padStart(4, "0")}`, at]);
        await engine.load("many", counts, practices);
        await engine.load("counts", counts, []);
        await engine.append("counts", "select practice_id, patients * 2 from many");
        const rows = await engine.rows("select * from counts order by practice_id");
        expect(rows).toEqual(practices.map(([id, patients]) => ({ practice_id: id, patients: Number(patients) * 2 })));
    });

    it("is of what names meant when it was asked for, also when they mean something else by the time it runs", async () => {
        const engine = await opened();
        await engine.load("counts", counts, []);
        for (const month of [1, 2, 3]) {
            await engine.load("months", { month: "INTEGER" }, [[month]]);
            await engine.materialise("kept", "select month * 10 as month from months");
            await engine.define("counted", "select month from kept");
            await engine.append("counts", "select 'x', month from counted");
        }
        await engine.drop("kept");
        expect(await engine.rows("select patients from counts order by patients")).toEqual(
            [10, 20, 30].map((patients) => ({ patients })),
        );
    });

    it("costs what it read, ten megabytes at least, and a definition nothing", async () => {
        const engine = await opened();
        await engine.load(
            "many",
            { n: "INTEGER" },
            Array.from({ length: 500 }, (_, at) => [at]),
        );
        await engine.materialise("sum_of_all", "select cast(sum(n) as bigint) as total from many");
        expect(await engine.rows("select total from sum_of_all")).toEqual([{ total: 124_750 }]);
        const least = (10 / 1024 ** 2) * 5;
        expect(reports.map(({ what, dollars }) => ({ what, dollars }))).toEqual([
            { what: "many", dollars: 0 },
            { what: "sum_of_all", dollars: least },
        ]);
        expect(reports[1]?.scannedBytes).toBeGreaterThan(0);
    });
});
