// Story 2: a release becomes results, results become marts. Only what changed is computed.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CONTRACT } from "./contract.ts";
import type { Columns, EngineKind } from "./engine.ts";
import { openDuckDBEngine } from "./engines/duckdb.ts";
import { scratchFolder } from "./lake/scratch-folder.ts";
import { KEYS, type Lake, type ReleaseView, readRelease } from "./lake.ts";
import { type Query, readQueries } from "./query.ts";
import { computeBatch } from "./refresh/batch.ts";
import { codeFingerprint } from "./refresh/code-fingerprint.ts";
import { keepDefinitions } from "./refresh/definitions.ts";
import { readGoals, type ThemeDefinition } from "./refresh/goal.ts";
import { keepPublishedBaselines } from "./refresh/goal-baselines.ts";
import { evaluateGoals } from "./refresh/goals.ts";
import { readIndicator } from "./refresh/indicator.ts";
import { computeValues, hasMarts, type MartsJob, martsId, saveMarts } from "./refresh/marts.ts";
import { describeMarts } from "./refresh/marts-description.ts";
import { lastWholeMonth, monthIndex, type Period, periodsBetween } from "./refresh/period.ts";
import { batches, filesByPractice, planResults, type ResultFile, type ResultPlan } from "./refresh/results.ts";
import { columnsOf } from "./table.ts";
import { UsageError } from "./usage-error.ts";

export interface RefreshOptions {
    /** First and last month; 2022-01 and the last month that any delivery reaches. */
    from?: string;
    to?: string;
    /** An older release instead of the current one. */
    asOf?: string;
    /** Only makes the marts: what is read and published stays what it was. */
    aside?: boolean;
}

export interface RefreshEffects {
    /** What computes; DuckDB on this machine by default. */
    engine?: EngineKind;
    progress?: (share: number, what: string) => void;
    /** Definitions to count with instead of those in queries/. */
    queries?: Map<string, Query>;
}

export interface RefreshReport {
    release: string;
    /** Id of the marts. */
    refresh: string;
    from: string;
    to: string;
    indicators: number;
    practices: number;
    /** Pairs of practice and indicator. */
    computed: number;
    reused: number;
    marts: "computed" | "reused";
}

/** Groups of bounded size, so that memory does not grow with the region. */
export const onThisMachine: EngineKind = {
    open: (lake, _view, temp) =>
        openDuckDBEngine({ memory: "2500MB", threads: 2, temp }, (keys) => lake.store.localPaths(keys)),
    rowsAtOnce: 16_000_000,
    practicesAtOnce: 60,
};

/** Brings results and marts in line with a release; throws one sentence when the lake has none. */
export async function refresh(
    lake: Lake,
    options: RefreshOptions,
    effects: RefreshEffects = {},
): Promise<RefreshReport> {
    const scratch = await scratchFolder("refresh");
    try {
        const prepared = await prepare(lake, options, scratch, effects.queries);
        const { queries, view, periods, plans, release, from, to } = prepared;
        const indicators = indicatorsOf(queries).map(readIndicator);
        const themes = await readGoals();
        const computed = await computeResults({
            ...prepared,
            groups: batches(staleOf(plans), filesByPractice(view), (effects.engine ?? onThisMachine).rowsAtOnce),
            scratch,
            effects,
            done: (finished) => writeIndex(lake, finished),
        });
        // results that tasks computed are in no index yet
        if (computed === 0 && !prepared.indexed) await writeIndex(lake, plans);
        const martsJob = { lake, queries, contract: contractColumns(), indicators, view, periods, results: plans };
        const fingerprint = await codeFingerprint(JSON.stringify(themes));
        const id = martsId(martsJob, fingerprint);
        const known = await hasMarts(lake, id);
        if (!known) await computeMarts({ ...martsJob, scratch }, { themes, id, fingerprint }, effects);
        const pointer = { refresh: id, release, from, to };
        if (!options.aside)
            await lake.store.put(KEYS.martsPointer, new TextEncoder().encode(`${JSON.stringify(pointer)}\n`));
        // looking back publishes nothing for the first time
        if (options.asOf === undefined && !options.aside) await keepPublishedBaselines(lake.store, id);
        const pairs = plans.reduce((sum, plan) => sum + Object.keys(plan.inputs).length, 0);
        return {
            ...pointer,
            indicators: indicators.length,
            practices: plans.length - 1,
            computed,
            reused: pairs - computed,
            marts: known ? "reused" : "computed",
        };
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

/** Practices whose results one process can compute, of one release and span: `asOf`, `from` and `to` are its options. */
export interface ResultsTask {
    asOf: string;
    from: string;
    to: string;
    practices: string[];
}

/**
 * Divides what a refresh would compute into tasks that processes can take, each with `refreshResults`. The `refresh` that
 * follows finds their results by content and makes the marts; what no task did it computes itself.
 */
export async function planRefresh(lake: Lake, options: RefreshOptions, rowsPerTask: number): Promise<ResultsTask[]> {
    const scratch = await scratchFolder("plan");
    try {
        const { plans, view, release, from, to } = await prepare(lake, options, scratch);
        return batches(staleOf(plans), filesByPractice(view), rowsPerTask).map((group) => ({
            asOf: release,
            from,
            to,
            practices: group.map((plan) => plan.practice),
        }));
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

/** Computes one task: puts what is stale of these practices in the lake. Returns the pairs of practice and indicator. */
export async function refreshResults(lake: Lake, task: ResultsTask, effects: RefreshEffects = {}): Promise<number> {
    const scratch = await scratchFolder("results");
    try {
        const prepared = await prepare(lake, task, scratch, effects.queries);
        const own = staleOf(prepared.plans).filter((plan) => task.practices.includes(plan.practice));
        return await computeResults({
            ...prepared,
            groups: own.length === 0 ? [] : [own],
            scratch,
            effects,
            // The index belongs to whoever makes the marts: tasks would write over each other.
            done: async () => {},
        });
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

/** A release, and per practice what of it is there already. */
async function prepare(lake: Lake, options: RefreshOptions, scratch: string, given?: Map<string, Query>) {
    const view = await readRelease(lake, options.asOf);
    if (!view) throw new Error(noRelease(lake, options.asOf));
    const periods = periodsOf(view, options);
    const queries = given ?? (await readQueries());
    const present = new Set(await lake.store.list(KEYS.results));
    const index = await readIndex(lake, present);
    const registered = await readRegister(lake, view, scratch);
    const plans = planResults(queries, view, periods, index, registered, { present });
    const indexed = plans.every((plan) => index[plan.practice]?.key === plan.key);
    const from = periods[0]?.start.slice(0, 7) ?? "";
    const to = periods.at(-1)?.start.slice(0, 7) ?? "";
    return { lake, queries, view, periods, plans, indexed, release: view.release.id, from, to };
}

const staleOf = (plans: ResultPlan[]): ResultPlan[] => plans.filter((plan) => plan.stale.length > 0);

const indicatorsOf = (queries: Map<string, Query>): Query[] =>
    [...queries.values()].filter((query) => query.layer === "indicators");

/** AGB codes of the register of a release, sorted. */
export async function readRegister(lake: Lake, view: ReleaseView, scratch: string): Promise<string[]> {
    const files = view.files.filter((file) => file.table === "practices");
    const engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: scratch }, (keys) =>
        lake.store.localPaths(keys),
    );
    try {
        await engine.attach(
            "practices",
            contractColumns().practices ?? {},
            files.map((file) => file.key),
        );
        const rows = await engine.rows("select distinct practice_id from practices order by practice_id");
        return rows.map((row) => String(row.practice_id));
    } finally {
        await engine.close();
    }
}

interface ResultsJob {
    lake: Lake;
    queries: Map<string, Query>;
    view: ReleaseView;
    periods: Period[];
    plans: ResultPlan[];
    /** The stale plans that are computed now, together per group. */
    groups: ResultPlan[][];
    scratch: string;
    effects: RefreshEffects;
    /** Hears after each group of which plans the results are all there. */
    done: (finished: ResultPlan[]) => Promise<void>;
}

/** Computes the stale results batch by batch; returns how many pairs of practice and indicator that were. */
async function computeResults(job: ResultsJob): Promise<number> {
    const { lake, plans, groups, effects } = job;
    const kind = effects.engine ?? onThisMachine;
    const waiting = new Set(staleOf(plans));
    let computed = 0;
    for (const [at, group] of groups.entries()) {
        const engine = await kind.open(lake, job.view, join(job.scratch, "duckdb"));
        const steps = new Set(group.flatMap((plan) => plan.stale)).size;
        let done = 0;
        const step = (what: string): void =>
            effects.progress?.((at + Math.min(1, done++ / (steps + 15))) / groups.length, what);
        try {
            await computeBatch({ ...job, engine, contract: contractColumns(), plans: group, step });
        } finally {
            await engine.close();
        }
        for (const plan of group) {
            waiting.delete(plan);
            computed += plan.stale.length;
        }
        await job.done(plans.filter((plan) => !waiting.has(plan)));
    }
    return computed;
}

async function computeMarts(
    job: Omit<MartsJob, "engine" | "practicesAtOnce">,
    { themes, id, fingerprint }: { themes: ThemeDefinition[]; id: string; fingerprint: string },
    effects: RefreshEffects,
): Promise<void> {
    effects.progress?.(1, "marts");
    const kind = effects.engine ?? onThisMachine;
    const engine = await kind.open(job.lake, job.view, join(job.scratch, "duckdb"));
    try {
        const withEngine = { ...job, engine, practicesAtOnce: kind.practicesAtOnce };
        const values = await computeValues(withEngine, id, fingerprint);
        const { indicators, queries, view } = job;
        const from = job.periods[0]?.start.slice(0, 7) ?? "";
        const to = job.periods.at(-1)?.start.slice(0, 7) ?? "";
        const goals = await evaluateGoals({ engine, themes, indicators, to, release: view.release.id });
        const description = { engine, queries, indicators, view, refresh: id, from, to, goals };
        await keepDefinitions(job.lake.store, queries);
        await saveMarts(withEngine, id, values, await describeMarts(description));
    } finally {
        await engine.close();
    }
}

function periodsOf(view: ReleaseView, options: RefreshOptions): Period[] {
    const last = view.coverage
        .map((row) => row.peildatum)
        .sort()
        .at(-1);
    const from = options.from ?? "2022-01";
    const to = options.to ?? (last ? lastWholeMonth(last) : from);
    if (monthIndex(to) < monthIndex(from))
        throw new UsageError(
            `De laatste maand ${to} ligt voor de eerste maand ${from}; geef --from en --to in volgorde, of lever gegevens na ${from}.`,
        );
    return periodsBetween(from, to);
}

function noRelease(lake: Lake, asOf: string | undefined): string {
    return asOf
        ? `Uitgave ${asOf} staat niet in ${lake.location}; kies er een uit regiospiegel releases.`
        : `Het meer ${lake.location} heeft nog geen leveringen; draai eerst regiospiegel ingest.`;
}

/** Column types of every lake table, from the contract. */
export function contractColumns(): Record<string, Columns> {
    return Object.fromEntries(
        [...CONTRACT.values()].map((table) => [
            table.name,
            Object.fromEntries(columnsOf(table).map((column) => [column.name, column.sqlType])),
        ]),
    );
}

/** The index is a cache: without it everything is computed again, to the same bytes. */
async function readIndex(lake: Lake, present: ReadonlySet<string>): Promise<Record<string, ResultFile>> {
    const stored = await lake.store.get(KEYS.resultIndex);
    if (!stored) return {};
    const index = JSON.parse(new TextDecoder().decode(stored.body)) as Record<string, ResultFile>;
    // gc and forget delete result files, perhaps of an index that was written at the same moment
    return Object.fromEntries(Object.entries(index).filter(([, file]) => present.has(file.key)));
}

async function writeIndex(lake: Lake, plans: ResultPlan[]): Promise<void> {
    const index = Object.fromEntries(plans.map(({ practice, key, inputs }) => [practice, { practice, key, inputs }]));
    await lake.store.put(KEYS.resultIndex, new TextEncoder().encode(JSON.stringify(index)));
}
