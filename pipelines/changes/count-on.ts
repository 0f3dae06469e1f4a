// Counts indicators of given definitions on the deliveries of a release, practices in batches of bounded size.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { inOrder, type Query } from "../query.ts";
import { countInOrder, stratumOf } from "../refresh/batch.ts";
import type { Period } from "../refresh/period.ts";
import { batches, filesByPractice, loadInputs, regionKey, resultColumns } from "../refresh/results.ts";
import { contractColumns } from "../refresh.ts";
import { ENGINE } from "./results-of-side.ts";

/** Counts as they stand in a result file, without the hash of their inputs, all ages and sexes together. */
export const countColumns: Columns = Object.fromEntries(
    Object.entries(resultColumns).filter(([name]) => !["input_hash", "age_band", "sex"].includes(name)),
) as Columns;

export interface CountJob {
    lake: Lake;
    view: ReleaseView;
    /** Definitions to count with. */
    queries: Map<string, Query>;
    scratch: string;
    /** Names the files. */
    name: string;
}

/** One batch of practices with their lake tables, in an engine of its own. */
export interface Batch {
    job: CountJob;
    engine: Engine;
    practices: readonly string[];
}

/** Counts these indicators over these months; returns local Parquet files. */
export async function countOn(
    job: CountJob,
    indicators: readonly string[],
    periods: readonly Period[],
): Promise<string[]> {
    const files: string[] = [];
    await perBatch(job, async (batch) => {
        await loadInputs(batch.engine, job.view, [...periods]);
        files.push(await count(batch, inOrder(job.queries, indicators), job.name));
    });
    return files;
}

/** Does some work for every batch of practices; the engine of a batch has its lake tables, and no periods yet. */
export async function perBatch(job: CountJob, work: (batch: Batch) => Promise<void>): Promise<void> {
    const practices = [...new Set([...job.view.files.map((file) => file.practice), regionKey])].sort();
    const groups = batches(
        practices.map((practice) => ({ practice })),
        filesByPractice(job.view),
    );
    for (const group of groups) {
        const temp = join(job.scratch, "duckdb");
        const engine = await openDuckDBEngine({ ...ENGINE, temp });
        const batch = { job, engine, practices: group.map(({ practice }) => practice) };
        try {
            for (const [table, columns] of Object.entries(contractColumns()))
                await engine.attach(table, columns, await pathsOf(batch, table));
            await engine.load(
                "batch_practices",
                { practice_id: "VARCHAR" },
                batch.practices.map((practice) => [practice]),
            );
            await work(batch);
        } finally {
            engine.close();
            await rm(temp, { recursive: true, force: true });
        }
    }
}

/** Local files of one lake table for a batch, the register's included. */
export function pathsOf({ job, practices }: Batch, table: string): Promise<string[]> {
    const wanted = new Set([...practices, regionKey]);
    const files = job.view.files.filter((file) => file.table === table && wanted.has(file.practice));
    return job.lake.store.localPaths(files.map((file) => file.key));
}

/** Runs queries in their order and writes the rows of the indicators among them to one local Parquet file. */
export async function count({ job, engine, practices }: Batch, ordered: Query[], name: string): Promise<string> {
    await engine.load("counts", countColumns, []);
    await countInOrder(engine, ordered, (query) =>
        engine.append(
            "counts",
            `select '${query.id}', counted.practice_id, counted.area_id, ${stratumOf(query)},
                counted.period_start, cast(sum(counted.numerator) as bigint), cast(sum(counted.denominator) as bigint)
            from (
                ${query.body}
            ) as counted
            inner join batch_practices on counted.practice_id = batch_practices.practice_id
            group by counted.practice_id, counted.area_id, ${query.header.strata ? "counted.stratum, " : ""}counted.period_start`,
        ),
    );
    const path = join(job.scratch, `${name}-${practices[0]}.parquet`);
    await engine.save("select * from counts", path);
    await engine.drop("counts");
    return path;
}
