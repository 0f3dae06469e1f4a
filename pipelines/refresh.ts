// Story 2: a release becomes results, results become marts. Only what changed is computed.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CONTRACT } from "./contract.ts";
import type { Columns } from "./engine.ts";
import { openDuckDBEngine } from "./engines/duckdb.ts";
import { scratchFolder } from "./lake/scratch-folder.ts";
import { type Lake, type ReleaseView, readRelease } from "./lake.ts";
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

const indexKey = "results/index.json";
const pointerKey = "marts/current.json";
const engineSettings = { memory: "2500MB", threads: 2 };

/** Brings results and marts in line with a release; throws one sentence when the lake has none. */
export async function refresh(
    lake: Lake,
    options: RefreshOptions,
    effects: RefreshEffects = {},
): Promise<RefreshReport> {
    const view = await readRelease(lake, options.asOf);
    if (!view) throw new Error(noRelease(lake, options.asOf));
    const periods = periodsOf(view, options);
    const queries = effects.queries ?? (await readQueries());
    const indicators = [...queries.values()].filter((query) => query.layer === "indicators").map(readIndicator);
    const themes = await readGoals();
    const scratch = await scratchFolder("refresh");
    try {
        const plans = planResults(
            queries,
            view,
            periods,
            await readIndex(lake),
            await readRegister(lake, view, scratch),
        );
        const computed = await computeResults({ lake, queries, view, periods, plans, scratch, effects });
        const martsJob = { lake, queries, contract: contractColumns(), indicators, view, periods, results: plans };
        const fingerprint = await codeFingerprint(JSON.stringify(themes));
        const id = martsId(martsJob, fingerprint);
        const known = await hasMarts(lake, id);
        if (!known) await computeMarts({ ...martsJob, scratch }, { themes, id, fingerprint }, effects);
        const from = periods[0]?.start.slice(0, 7) ?? "";
        const to = periods.at(-1)?.start.slice(0, 7) ?? "";
        const pointer = { refresh: id, release: view.release.id, from, to };
        if (!options.aside) await lake.store.put(pointerKey, new TextEncoder().encode(`${JSON.stringify(pointer)}\n`));
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

/** AGB codes of the register of a release, sorted. */
export async function readRegister(lake: Lake, view: ReleaseView, scratch: string): Promise<string[]> {
    const files = view.files.filter((file) => file.table === "practices");
    const engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: scratch });
    try {
        await engine.attach(
            "practices",
            contractColumns().practices ?? {},
            await lake.store.localPaths(files.map((file) => file.key)),
        );
        const rows = await engine.rows("select distinct practice_id from practices order by practice_id");
        return rows.map((row) => String(row.practice_id));
    } finally {
        engine.close();
    }
}

interface ResultsJob {
    lake: Lake;
    queries: Map<string, Query>;
    view: ReleaseView;
    periods: Period[];
    plans: ResultPlan[];
    scratch: string;
    effects: RefreshEffects;
}

/** Computes the stale results batch by batch; returns how many pairs of practice and indicator that were. */
async function computeResults(job: ResultsJob): Promise<number> {
    const { lake, plans, effects } = job;
    const stale = plans.filter((plan) => plan.stale.length > 0);
    const groups = batches(stale, filesByPractice(job.view));
    for (const [at, group] of groups.entries()) {
        const engine = await openDuckDBEngine({ ...engineSettings, temp: join(job.scratch, "duckdb") });
        const steps = new Set(group.flatMap((plan) => plan.stale)).size;
        let done = 0;
        const step = (what: string): void =>
            effects.progress?.((at + Math.min(1, done++ / (steps + 15))) / groups.length, what);
        try {
            await computeBatch({ ...job, engine, contract: contractColumns(), plans: group, step });
        } finally {
            engine.close();
        }
        await writeIndex(
            lake,
            plans.filter(
                (plan) =>
                    !stale.includes(plan) ||
                    groups
                        .slice(0, at + 1)
                        .flat()
                        .includes(plan),
            ),
        );
    }
    return stale.reduce((sum, plan) => sum + plan.stale.length, 0);
}

async function computeMarts(
    job: Omit<MartsJob, "engine">,
    { themes, id, fingerprint }: { themes: ThemeDefinition[]; id: string; fingerprint: string },
    effects: RefreshEffects,
): Promise<void> {
    effects.progress?.(1, "marts");
    const engine = await openDuckDBEngine({ ...engineSettings, temp: join(job.scratch, "duckdb") });
    try {
        const withEngine = { ...job, engine };
        const practices = await computeValues(withEngine, id, fingerprint);
        const { indicators, queries, view } = job;
        const from = job.periods[0]?.start.slice(0, 7) ?? "";
        const to = job.periods.at(-1)?.start.slice(0, 7) ?? "";
        const goals = await evaluateGoals({ engine, themes, indicators, to, release: view.release.id });
        const description = { engine, queries, indicators, view, refresh: id, from, to, goals };
        await keepDefinitions(job.lake.store, queries);
        await saveMarts(withEngine, id, {
            practices,
            catalogue: await describeMarts(description),
        });
    } finally {
        engine.close();
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
async function readIndex(lake: Lake): Promise<Record<string, ResultFile>> {
    const stored = await lake.store.get(indexKey);
    if (!stored) return {};
    const index = JSON.parse(new TextDecoder().decode(stored.body)) as Record<string, ResultFile>;
    // gc and forget delete result files, perhaps of an index that was written at the same moment
    const present = new Set(await lake.store.list("results/"));
    return Object.fromEntries(Object.entries(index).filter(([, file]) => present.has(file.key)));
}

async function writeIndex(lake: Lake, plans: ResultPlan[]): Promise<void> {
    const index = Object.fromEntries(plans.map(({ practice, key, inputs }) => [practice, { practice, key, inputs }]));
    await lake.store.put(indexKey, new TextEncoder().encode(JSON.stringify(index)));
}
