import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Columns, Engine, EngineKind } from "../../pipelines/engine.ts";
import { openDuckDBEngine } from "../../pipelines/engines/duckdb.ts";
import { type Lake, readRelease } from "../../pipelines/lake.ts";
import { inOrder, type Query, readQueries } from "../../pipelines/query.ts";
import { stratumOf } from "../../pipelines/refresh/batch.ts";
import { readIndicator } from "../../pipelines/refresh/indicator.ts";
import { computeValues } from "../../pipelines/refresh/marts.ts";
import { type Period, periodsBetween } from "../../pipelines/refresh/period.ts";
import { loadInputs, resultColumns } from "../../pipelines/refresh/results.ts";
import { contractColumns } from "../../pipelines/refresh.ts";
import { differences } from "./compare-rows.ts";

export interface Judged {
    /** Queries whose rows were compared. */
    queries: number;
    /** Rows of each, added up. */
    rows: number;
    /** Query id and what differs. */
    differences: string[];
}

const duckdb: EngineKind = {
    open: (lake, _view, temp) =>
        openDuckDBEngine({ memory: "3GB", threads: 2, temp }, (keys) => lake.store.localPaths(keys)),
    rowsAtOnce: 0,
    practicesAtOnce: Number.POSITIVE_INFINITY,
};

const countedColumns = Object.fromEntries(
    Object.entries(resultColumns).filter(([name]) => name !== "input_hash"),
) as Columns;

/**
 * Computes every staging, population, indicator and mart query over a lake's current release on DuckDB and on another
 * engine, and compares all their rows. The lake must have been refreshed for these months: the marts read its results.
 */
export async function judge(lake: Lake, months: { from: string; to: string }, other: EngineKind): Promise<Judged> {
    const view = await readRelease(lake);
    if (!view) throw new Error("The lake is empty.");
    const folder = await mkdtemp(join(tmpdir(), "judge-"));
    const queries = await readQueries();
    const periods = periodsBetween(months.from, months.to);
    const engines = await Promise.all([duckdb, other].map((kind, at) => kind.open(lake, view, join(folder, `${at}`))));
    try {
        const found: Judged = { queries: 0, rows: 0, differences: [] };
        const compare = async (id: string, sql: string): Promise<void> => {
            const paths = [join(folder, `${id}-0.parquet`), join(folder, `${id}-1.parquet`)];
            for (const [at, engine] of engines.entries()) await engine.save(sql, paths[at] ?? "");
            found.queries += 1;
            found.differences.push(
                ...(await differences(paths[0] ?? "", paths[1] ?? "")).map((one) => `${id}: ${one}`),
            );
            const [row] = (await engines[0]?.rows(`select count(*) as rows_here from (${sql}) as rows_of`)) ?? [];
            found.rows += Number(row?.rows_here);
            for (const path of paths) await rm(path, { force: true });
        };
        const ofRelease = Object.fromEntries(
            Object.keys(contractColumns()).map((table) => [
                table,
                view.files.filter((file) => file.table === table).map((file) => file.key),
            ]),
        );
        const layersOf = (...layers: string[]): Query[] =>
            [...queries.values()].filter(({ layer }) => layers.includes(layer));
        const before = inOrder(
            queries,
            layersOf("staging", "populations").map(({ id }) => id),
        );
        const indicators = layersOf("indicators");
        for (const engine of engines) {
            await loadInputs(engine, view, periods);
            for (const [table, columns] of Object.entries(contractColumns()))
                await engine.attach(table, columns, ofRelease[table] ?? []);
            for (const query of before) await engine.materialise(query.id, query.body);
            await engine.load("counted_rows", countedColumns, []);
            for (const query of indicators) await appendCounted(engine, query);
        }
        for (const { id } of before) await compare(id, `select * from ${id}`);
        for (const { id } of indicators) await compare(id, `select * from counted_rows where indicator_id = '${id}'`);
        await compareMarts({ lake, queries, view, periods, folder }, engines, compare);
        return found;
    } finally {
        for (const engine of engines) await engine.close();
        await rm(folder, { recursive: true, force: true });
    }
}

async function appendCounted(engine: Engine, query: Query): Promise<void> {
    const group = query.header.uitsplitsing
        ? "counted.age_band, counted.sex"
        : "cast(null as integer), cast(null as varchar)";
    await engine.append(
        "counted_rows",
        `select '${query.id}', counted.practice_id, counted.area_id, ${stratumOf(query)}, ${group}, counted.period_start,
            cast(counted.numerator as bigint), cast(counted.denominator as bigint)
        from (
            ${query.body}
        ) as counted`,
    );
}

async function compareMarts(
    job: {
        lake: Lake;
        queries: Map<string, Query>;
        view: NonNullable<Awaited<ReturnType<typeof readRelease>>>;
        periods: Period[];
        folder: string;
    },
    engines: Engine[],
    compare: (id: string, sql: string) => Promise<void>,
): Promise<void> {
    const indicators = [...job.queries.values()].filter(({ layer }) => layer === "indicators").map(readIndicator);
    const keys = (await job.lake.store.list("results/")).filter((key) => key.endsWith(".parquet"));
    const results = keys.map((key) => ({ practice: /practice_id=(\w+)/.exec(key)?.[1] ?? "", key, inputs: {} }));
    const contract = contractColumns();
    const common = { ...job, contract, indicators, results, scratch: job.folder, practicesAtOnce: results.length };
    // under names of its own, so that neither takes over what the other computed
    for (const [at, engine] of engines.entries())
        await computeValues({ ...common, engine }, `judge${at}`, `judge${at}`);
    for (const { id } of [...job.queries.values()].filter(({ layer }) => layer === "marts"))
        await compare(id, `select * from ${id === "values" ? "values_mart" : id}`);
}
