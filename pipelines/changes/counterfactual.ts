// What the counts would be if nobody had come or gone, and if nobody had grown older: the same query texts on other patients.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { inOrder, inputsOf, type Query } from "../query.ts";
import { type Period, periodOf } from "../refresh/period.ts";
import {
    batches,
    countInOrder,
    filesByPractice,
    loadInputs,
    regionKey,
    resultColumns,
    stratumOf,
} from "../refresh/results.ts";
import { contractColumns } from "../refresh.ts";
import { ENGINE } from "./results-of-side.ts";

/** Counts as they stand in a result file, without the hash of their inputs. */
export const countColumns: Columns = Object.fromEntries(
    Object.entries(resultColumns).filter(([name]) => name !== "input_hash"),
) as Columns;

export interface CountJob {
    lake: Lake;
    view: ReleaseView;
    /** Definitions to count with, and which of their indicators. */
    queries: Map<string, Query>;
    indicators: readonly string[];
    scratch: string;
    /** Names the files. */
    name: string;
}

/** Counts indicators of given definitions on the deliveries of a release; returns local Parquet files. */
export async function countOn(job: CountJob, periods: readonly Period[]): Promise<string[]> {
    return perBatch(job, async (engine, practices) => {
        await attach(job, engine, practices, periods);
        return [await count(job, engine, `${job.name}-${practices[0]}`)];
    });
}

export interface Counterfactual {
    /** Everybody but those who were registered on some and not on all of the last days compared. */
    staying: string[];
    /** The same people in the later months, as old as they were in the earlier ones. */
    unaged: string[];
}

/** Counts the months before and after of one comparison, of whoever neither came nor went. Indices of months. */
export async function countStaying(
    job: CountJob,
    before: readonly number[],
    after: readonly number[],
): Promise<Counterfactual> {
    const years = yearOf(after[0] ?? 0) - yearOf(before[0] ?? 0);
    const both = [...new Set([...before, ...after])].sort((a, b) => a - b).map(periodOf);
    const later = after.map(periodOf);
    const unaged: string[] = [];
    const staying = await perBatch(job, async (engine, practices) => {
        await attach(job, engine, practices, both);
        await countInOrder(
            engine,
            inOrder(job.queries, ["movers"]),
            () => {},
            async () => {},
        );
        await withPatients(job, engine, practices, 0);
        const whole = await count(job, engine, `${job.name}-blijvers-${practices[0]}`);
        if (years !== 0) {
            await withPatients(job, engine, practices, years);
            await loadInputs(engine, job.view, later);
            unaged.push(await count(job, engine, `${job.name}-even-oud-${practices[0]}`));
        }
        return [whole];
    });
    return { staying, unaged: years === 0 ? staying : unaged };
}

const yearOf = (index: number): number => Math.floor((index - 1) / 12);

/** True when an indicator looks at patients at all: what rests on the register alone has none who come, go or grow old. */
export function looksAtPatients(queries: Map<string, Query>, indicator: string): boolean {
    return inputsOf(queries, indicator).includes("patients");
}

async function perBatch(
    job: CountJob,
    work: (engine: Engine, practices: string[]) => Promise<string[]>,
): Promise<string[]> {
    const paths: string[] = [];
    if (job.indicators.length === 0) return paths;
    const practices = [...new Set([...job.view.files.map((file) => file.practice), regionKey])].sort();
    const groups = batches(
        practices.map((practice) => ({ practice })),
        filesByPractice(job.view),
    );
    for (const group of groups) {
        const temp = join(job.scratch, "duckdb");
        const engine = await openDuckDBEngine({ ...ENGINE, temp });
        try {
            paths.push(
                ...(await work(
                    engine,
                    group.map(({ practice }) => practice),
                )),
            );
        } finally {
            engine.close();
            await rm(temp, { recursive: true, force: true });
        }
    }
    return paths;
}

async function attach(
    job: CountJob,
    engine: Engine,
    practices: readonly string[],
    periods: readonly Period[],
): Promise<void> {
    await loadInputs(engine, job.view, [...periods]);
    for (const [table, columns] of Object.entries(contractColumns()))
        await engine.attach(table, columns, await pathsOf(job, table, practices));
    await engine.load(
        "batch_practices",
        { practice_id: "VARCHAR" },
        practices.map((practice) => [practice]),
    );
}

async function pathsOf(job: CountJob, table: string, practices: readonly string[]): Promise<string[]> {
    const wanted = new Set([...practices, regionKey]);
    const files = job.view.files.filter((file) => file.table === table && wanted.has(file.practice));
    return job.lake.store.localPaths(files.map((file) => file.key));
}

/** Lets `patients` be those who are no mover, born so many years later than they were. */
async function withPatients(job: CountJob, engine: Engine, practices: readonly string[], years: number): Promise<void> {
    const columns = contractColumns().patients ?? {};
    await engine.attach("patients_delivered", columns, await pathsOf(job, "patients", practices));
    const selected = Object.keys(columns).map((name) =>
        name === "birth_year" ? `patients_delivered.birth_year + ${years} as birth_year` : `patients_delivered.${name}`,
    );
    await engine.define(
        "patients",
        `select ${selected.join(", ")}
        from patients_delivered
        left join movers
            on patients_delivered.practice_id = movers.practice_id
            and patients_delivered.patient_id = movers.patient_id
        where movers.patient_id is null`,
    );
}

async function count(job: CountJob, engine: Engine, name: string): Promise<string> {
    await engine.load("counts", countColumns, []);
    await countInOrder(
        engine,
        inOrder(job.queries, job.indicators),
        () => {},
        (query) =>
            engine.append(
                "counts",
                `select '${query.id}', counted.practice_id, counted.area_id, ${stratumOf(query)},
                    counted.period_start, cast(counted.numerator as bigint), cast(counted.denominator as bigint)
                from counted
                inner join batch_practices on counted.practice_id = batch_practices.practice_id`,
            ),
    );
    const path = join(job.scratch, `${name}.parquet`);
    await engine.save("select * from counts", path);
    await engine.drop("counts");
    return path;
}
