// What the counts would be if nobody had come or gone, and if nobody had grown older: the same query texts on other patients.

import { inOrder, inputsOf, type Query } from "../query.ts";
import { countInOrder } from "../refresh/batch.ts";
import { periodOf } from "../refresh/period.ts";
import { loadInputs } from "../refresh/results.ts";
import { contractColumns } from "../refresh.ts";
import { type Batch, type CountJob, count, pathsOf, perBatch } from "./count-on.ts";

export interface Counterfactual {
    /** Everybody but those who were registered on some and not on all of the last days compared. */
    staying: string[];
    /** The same people in the later months, as old as they were in the earlier ones. */
    unaged: string[];
}

/** Indicators that are compared over the same months, as indices. */
export interface Pass {
    indicators: readonly string[];
    before: readonly number[];
    after: readonly number[];
}

/** Counts the months before and after of one comparison, of whoever neither came nor went; returns local Parquet files. */
export async function countStaying(job: CountJob, passes: readonly Pass[]): Promise<Counterfactual> {
    const files: Counterfactual = { staying: [], unaged: [] };
    const wanted = passes.filter(({ indicators }) => indicators.length > 0);
    if (wanted.length === 0) return files;
    const all = inOrder(
        job.queries,
        wanted.flatMap(({ indicators }) => indicators),
    );
    await perBatch(job, async (batch) => {
        // what looks at no patient is the same in every pass, and most of the work
        const shared = all.filter((query) => isShared(job.queries, query));
        await loadInputs(
            batch.engine,
            job.view,
            monthsOf(wanted.flatMap(({ before, after }) => [...before, ...after])),
        );
        await keep(
            batch,
            inOrder(
                job.queries,
                shared.map(({ id }) => id),
            ),
        );
        for (const [at, pass] of wanted.entries()) await countPass(batch, pass, at, shared, files);
    });
    return files;
}

async function countPass(
    batch: Batch,
    { indicators, before, after }: Pass,
    at: number,
    shared: readonly Query[],
    files: Counterfactual,
): Promise<void> {
    const { job, engine } = batch;
    const years = yearOf(after[0] ?? 0) - yearOf(before[0] ?? 0);
    const own = (ids: readonly string[]): Query[] =>
        inOrder(job.queries, ids).filter((query) => !shared.includes(query));
    await engine.attach("patients", contractColumns().patients ?? {}, await pathsOf(batch, "patients"));
    await loadInputs(engine, job.view, monthsOf([...before, ...after]));
    await keep(batch, own(["movers"]));
    await withPatients(batch, 0);
    const staying = await count(batch, own(indicators), `${job.name}-${at}-blijvers`);
    files.staying.push(staying);
    if (years === 0) {
        files.unaged.push(staying);
        return;
    }
    await withPatients(batch, years);
    await loadInputs(engine, job.view, monthsOf(after));
    files.unaged.push(await count(batch, own(indicators), `${job.name}-${at}-even-oud`));
}

function keep({ engine }: Batch, queries: readonly Query[]): Promise<void> {
    return countInOrder(engine, queries, async () => {}, false);
}

const monthsOf = (indices: readonly number[]) => [...new Set(indices)].sort((a, b) => a - b).map(periodOf);

const yearOf = (index: number): number => Math.floor((index - 1) / 12);

/** True for a query below the indicators that does not read the patients, and not only the months. */
function isShared(queries: Map<string, Query>, query: Query): boolean {
    if (query.layer === "indicators") return false;
    const inputs = inputsOf(queries, query.id);
    const isOfMonths = inputs.length > 0 && inputs.every((input) => input === "periods");
    return !inputs.includes("patients") && !isOfMonths;
}

/** True when an indicator looks at patients at all: what rests on the register alone has none who come, go or grow old. */
export function looksAtPatients(queries: Map<string, Query>, indicator: string): boolean {
    return inputsOf(queries, indicator).includes("patients");
}

/** Lets `patients` be those who are no mover, born so many years later than they were. */
async function withPatients(batch: Batch, years: number): Promise<void> {
    const columns = contractColumns().patients ?? {};
    const { engine } = batch;
    await engine.attach("patients_delivered", columns, await pathsOf(batch, "patients"));
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
