// The engine for a region that outgrows one machine: the same queries on Amazon Athena, over the lake in S3.
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { AthenaClient } from "@aws-sdk/client-athena";
import type { EngineKind } from "../engine.ts";
import { lakeTableNames } from "../glue.ts";
import { writeReleaseManifests } from "../lake/manifests.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { S3Store } from "../stores/s3.ts";
import { AthenaEngine } from "./athena/engine.ts";
import { athenaProblem } from "./athena/problem.ts";
import { Remote } from "./athena/remote.ts";
import type { QueryReport } from "./athena/run.ts";
import { type AthenaService, Busy, type State, type Status } from "./athena/service.ts";
import { type AthenaSettings, athenaSettings } from "./athena/settings.ts";
import { Tasks } from "./athena/tasks.ts";
import { Work } from "./athena/work.ts";
import { openDuckDBEngine } from "./duckdb.ts";

export interface AthenaEffects {
    /** Told of every query with what it read and costs. */
    report?: (query: QueryReport) => void;
    /** Aborted: queries are stopped, and what they left is cleared. */
    signal?: AbortSignal;
    settings?: Partial<AthenaSettings>;
}

/** Athena takes any number of practices; the groups bound what comes back here, where files are sorted and written. */
export function athena(effects: AthenaEffects = {}): EngineKind {
    return {
        open: (lake, view, temp) => openAthenaEngine(lake, view, temp, effects),
        rowsAtOnce: 200_000_000,
        practicesAtOnce: 500,
    };
}

async function openAthenaEngine(
    lake: Lake,
    view: ReleaseView,
    temp: string,
    effects: AthenaEffects,
): Promise<AthenaEngine> {
    const settings = { ...athenaSettings(lake), ...effects.settings };
    const run = `r${randomUUID().replaceAll("-", "").slice(0, 16)}`;
    const work = new Work(settings.work, run, (location) => new S3Store(location));
    const tasks = new Tasks();
    const runner = {
        service: await openService(settings),
        settings,
        run,
        signal: AbortSignal.any([tasks.signal, ...(effects.signal ? [effects.signal] : [])]),
        report: effects.report ?? (() => {}),
        clear: (status: Status, folder?: string) => work.clearOutputOf(status, folder),
    };
    await mkdir(temp, { recursive: true });
    await writeReleaseManifests(lake, view);
    return new AthenaEngine({
        remote: new Remote(runner, work, settings.workDatabase, settings.atOnce),
        local: await openDuckDBEngine({ memory: "2500MB", threads: 2, temp }, (files) => hereOrInLake(lake, files)),
        tasks,
        lake,
        view,
        database: settings.database,
        lakeTables: new Set(lakeTableNames()),
        appendsPerQuery: settings.appendsPerQuery,
        atOnce: settings.atOnce,
        temp,
    });
}

/** What Athena wrote was copied already and is a path; everything else is a key of the lake. */
async function hereOrInLake(lake: Lake, files: string[]): Promise<string[]> {
    return files.some((file) => file.startsWith("/")) ? files : lake.store.localPaths(files);
}

/** Athena as Amazon's library gives it; loaded when it is first needed. */
async function openService({ workgroup, workDatabase, work }: AthenaSettings): Promise<AthenaService> {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const library = await import("@aws-sdk/client-athena");
    const client: AthenaClient = new library.AthenaClient(process.env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: 5 });
    const ask = async <Answer>(what: string, action: () => Promise<Answer>): Promise<Answer> => {
        try {
            return await action();
        } catch (error) {
            const name = error instanceof Error ? error.name : "";
            if (name === "TooManyRequestsException" || /^Throttling/.test(name)) throw new Busy(name);
            throw athenaProblem(workgroup, what, error);
        }
    };
    return {
        start: (sql, token) =>
            ask("beginnen", async () => {
                const { QueryExecutionId = "" } = await client.send(
                    new library.StartQueryExecutionCommand({
                        QueryString: sql,
                        ClientRequestToken: token,
                        WorkGroup: workgroup,
                        QueryExecutionContext: { Catalog: "AwsDataCatalog", Database: workDatabase },
                        // a workgroup that enforces its own place takes that instead
                        ResultConfiguration: { OutputLocation: `${work}/uitkomsten/` },
                        // never another run's answer: it may be of another release
                        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
                    }),
                );
                return QueryExecutionId;
            }),
        status: (id) =>
            ask("navragen", async () => {
                const { QueryExecution } = await client.send(
                    new library.GetQueryExecutionCommand({ QueryExecutionId: id }),
                );
                const { Status: status, Statistics: done, ResultConfiguration: result } = QueryExecution ?? {};
                return {
                    state: (status?.State ?? "QUEUED") as State,
                    reason: wordOf(status?.StateChangeReason),
                    retryable: status?.AthenaError?.Retryable ?? false,
                    scannedBytes: done?.DataScannedInBytes ?? 0,
                    milliseconds: done?.TotalExecutionTimeInMillis ?? 0,
                    manifest: done?.DataManifestLocation,
                    output: result?.OutputLocation,
                };
            }),
        stop: (id) =>
            ask("stoppen", async () => {
                await client.send(new library.StopQueryExecutionCommand({ QueryExecutionId: id }));
            }),
        columns: (database, table) =>
            ask(`opvragen van kolommen van ${table}`, async () => {
                const { TableMetadata } = await client.send(
                    new library.GetTableMetadataCommand({
                        CatalogName: "AwsDataCatalog",
                        DatabaseName: database,
                        TableName: table,
                    }),
                );
                return (TableMetadata?.Columns ?? []).map(({ Name = "", Type = "" }) => ({ name: Name, type: Type }));
            }),
    };
}

/** Word and place of an error, or that a limit was passed. The rest is left out: it may hold a value. */
function wordOf(reason: string | undefined): string | undefined {
    if (reason === undefined) return undefined;
    const words = [/bytes scanned limit/i, /^[A-Z][A-Z_]+/, /line \d+:\d+/].map((form) => form.exec(reason)?.[0]);
    return words.filter((word) => word !== undefined).join(", ") || undefined;
}
