// The results of one batch of practices: shared tables once, every indicator as soon as what it reads is there.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { inOrder, inputsOf, type Query } from "../query.ts";
import { inTurns, type Step } from "./in-turns.ts";
import { monthOf, type Period, periodsBetween } from "./period.ts";
import { loadInputs, loadPeriods, type ResultPlan, regionKey, resultColumns } from "./results.ts";

export interface BatchJob {
    engine: Engine;
    lake: Lake;
    queries: Map<string, Query>;
    contract: Record<string, Columns>;
    view: ReleaseView;
    periods: Period[];
    plans: ResultPlan[];
    /** Folder for files on their way to the lake. */
    scratch: string;
    step: (what: string) => void;
}

/** Computes what is stale for the practices of one batch and puts one result file per practice in the lake. */
export async function computeBatch(job: BatchJob): Promise<void> {
    const { engine, queries, plans } = job;
    const wanted = [...new Set(plans.flatMap((plan) => plan.stale))].sort();
    const needed = inOrder(queries, wanted);
    await loadInputs(engine, job.view, job.periods);
    await attachLake(job, needed);
    await engine.load("results_new", resultColumns, []);
    await engine.load(
        "batch_inputs",
        { practice_id: "VARCHAR", indicator_id: "VARCHAR", input_hash: "VARCHAR" },
        plans.flatMap((plan) => Object.entries(plan.inputs).map(([id, hash]) => [plan.practice, id, hash])),
    );
    const earlier = earlierOrder(queries, needed, job.periods[0]);
    const kept = keptTables([...needed, ...earlier], ["stg_memberships"]);
    await inTurns(
        needed.map((query) => stepOf(query, job, kept, (indicator) => appendResults(engine, indicator))),
        engine.atOnce,
    );
    if (earlier.length > 0) await addEarlierStrata(job, earlier, kept);
    await saveBatch(job, wanted);
}

async function attachLake({ engine, contract, lake, view, plans }: BatchJob, needed: readonly Query[]): Promise<void> {
    const practices = new Set(plans.map((plan) => plan.practice));
    const tables = new Set(needed.flatMap((query) => query.reads));
    for (const [table, columns] of Object.entries(contract)) {
        if (!tables.has(table)) continue;
        const files = view.files.filter(
            (file) => file.table === table && (file.practice === regionKey || practices.has(file.practice)),
        );
        await engine.attach(table, columns, await lake.store.localPaths(files.map((file) => file.key)));
    }
}

/** One query as a step: a table that others read, a name for what is only read through, or an indicator that `take` reads. */
function stepOf(
    query: Query,
    { engine, step }: Pick<BatchJob, "engine" | "step">,
    kept: KeptTables,
    take: (query: Query) => Promise<void>,
): Step {
    return {
        id: query.id,
        needs: query.reads,
        async run() {
            step(query.id);
            if (query.layer === "indicators") await take(query);
            else if (isKept(query)) await engine.materialise(query.id, query.body);
            else await engine.define(query.id, query.body);
            for (const table of kept.freedBy(query)) await engine.drop(table);
        },
    };
}

/**
 * Runs queries as soon as what they read is there; `take` reads an indicator. Tables that nobody reads any more are
 * dropped, unless `drops` is false.
 */
export async function countInOrder(
    engine: Engine,
    queries: readonly Query[],
    take: (query: Query) => Promise<void>,
    drops = true,
): Promise<void> {
    const kept = drops ? keptTables(queries, []) : { freedBy: () => [] };
    const steps = queries.map((query) => stepOf(query, { engine, step() {} }, kept, take));
    await inTurns(steps, engine.atOnce);
}

/** The stratum of the rows of `counted`; null where an indicator has none. */
export function stratumOf(query: Query): string {
    return query.header.strata ? "counted.stratum" : "cast(null as varchar)";
}

/**
 * Appends the rows of one indicator: per practice, area, stratum and month, and where it counts by age and sex also per
 * group in the last month of a quarter (standardised values are published by quarter and year).
 */
async function appendResults(engine: Engine, query: Query): Promise<void> {
    const stratum = stratumOf(query);
    const splits = query.header.uitsplitsing !== undefined;
    const group = splits ? "counted.age_band, counted.sex" : "cast(null as integer), cast(null as varchar)";
    const count = (name: string): string =>
        splits ? `cast(sum(counted.${name}) as bigint)` : `cast(counted.${name} as bigint)`;
    await engine.append(
        "results_new",
        `select '${query.id}', batch_inputs.input_hash, counted.practice_id, counted.area_id, ${stratum}, ${group},
            counted.period_start, ${count("numerator")}, ${count("denominator")}
        from (
            ${query.body}
        ) as counted
        inner join batch_inputs
            on counted.practice_id = batch_inputs.practice_id and batch_inputs.indicator_id = '${query.id}'
        ${splits ? bothGrains : ""}`,
    );
}

const bothGrains = `group by grouping sets (
            (batch_inputs.input_hash, counted.practice_id, counted.area_id, counted.period_start),
            (batch_inputs.input_hash, counted.practice_id, counted.area_id, counted.period_start,
                counted.age_band, counted.sex)
        )
        having counted.age_band is null or month(counted.period_start) in (3, 6, 9, 12)`;

/** The first month of which any source tells: events before it are set aside at the door. */
const earliestMonth = "1990-01";

/**
 * What must be computed again over the months before the first one: indicators with strata, and of what they rest on the
 * tables that depend on the months. Empty when there is nothing to look for.
 */
function earlierOrder(queries: Map<string, Query>, needed: readonly Query[], first: Period | undefined): Query[] {
    const stratified = needed.filter((query) => query.layer === "indicators" && query.header.strata);
    if (stratified.length === 0 || !first) return [];
    return inOrder(queries, ["stg_memberships", ...stratified.map((query) => query.id)]).filter(
        (query) => query.layer === "indicators" || inputsOf(queries, query.id).includes("periods"),
    );
}

/**
 * A stratum occurs "in the region up to P", also when that was before the first month of this refresh: its first row of
 * then is added, one per practice and stratum. The people registered are left out, they only make denominators.
 */
async function addEarlierStrata(job: BatchJob, earlier: readonly Query[], kept: KeptTables): Promise<void> {
    const { engine, periods } = job;
    const first = periods[0]?.index ?? 0;
    await loadPeriods(engine, periodsBetween(earliestMonth, monthOf(first - 1)));
    const nobody = (query: Query): Query => ({ ...query, body: `select * from (${query.body}) as rows where false` });
    const steps = earlier.map((query) =>
        stepOf(query.id === "registered_months" ? nobody(query) : query, job, kept, (indicator) =>
            appendEarlier(engine, indicator),
        ),
    );
    const members = (step: Step): Step =>
        step.id === "stg_memberships" ? step : { ...step, needs: [...step.needs, "stg_memberships"] };
    const before = new Set(reachedBy("stg_memberships", earlier));
    await inTurns(
        steps.map((step) => (before.has(step.id) ? step : members(step))),
        engine.atOnce,
    );
}

/** Ids of the queries that one rests on, among these. */
function reachedBy(id: string, queries: readonly Query[]): string[] {
    const query = queries.find((one) => one.id === id);
    return query ? [id, ...query.reads.flatMap((source) => reachedBy(source, queries))] : [];
}

async function appendEarlier(engine: Engine, query: Query): Promise<void> {
    await engine.append(
        "results_new",
        `select '${query.id}', max(batch_inputs.input_hash), counted.practice_id, min(counted.area_id), counted.stratum,
            cast(null as integer), cast(null as varchar), min(counted.period_start), 0, 0
        from (
            ${query.body}
        ) as counted
        inner join batch_inputs
            on counted.practice_id = batch_inputs.practice_id and batch_inputs.indicator_id = '${query.id}'
        left join stg_memberships
            on counted.practice_id = stg_memberships.practice_id
            and counted.period_start = stg_memberships.period_start
        where counted.stratum is not null
            and (stg_memberships.practice_id is not null or counted.practice_id = '${regionKey}')
        group by counted.practice_id, counted.stratum`,
    );
}

/** `bewaren: nee` in the header of a staging query: it only renames and joins, so it is read through. */
function isKept(query: Query): boolean {
    return query.header.bewaren !== "nee";
}

interface KeptTables {
    /** Tables that nothing reads any more now that this query has been computed. */
    freedBy(query: Query): string[];
}

/** Counts down, over all queries of a run, who still reads a kept table; reading through a definition is reading what lies behind it. */
function keptTables(run: readonly Query[], held: readonly string[]): KeptTables {
    const byId = new Map(run.map((query) => [query.id, query]));
    const tablesOf = (query: Query): string[] =>
        query.reads.flatMap((id) => {
            const source = byId.get(id);
            if (!source || source.layer === "indicators") return [];
            return isKept(source) ? [id] : tablesOf(source);
        });
    const readers = new Map<string, number>(held.map((id) => [id, 1]));
    const count = (id: string, more: number): number => {
        const readersLeft = (readers.get(id) ?? 0) + more;
        readers.set(id, readersLeft);
        return readersLeft;
    };
    for (const query of run) for (const id of new Set(tablesOf(query))) count(id, 1);
    return { freedBy: (query) => [...new Set(tablesOf(query))].filter((id) => count(id, -1) === 0) };
}

async function saveBatch(job: BatchJob, computed: readonly string[]): Promise<void> {
    const steps = job.plans.map((plan) => ({
        id: plan.practice,
        needs: [],
        run: () => saveResults(job, plan, computed),
    }));
    await inTurns(steps, job.engine.atOnce);
}

async function saveResults({ engine, lake, scratch }: BatchJob, plan: ResultPlan, computed: readonly string[]) {
    const columns = Object.keys(resultColumns).join(", ");
    const path = join(scratch, `${plan.practice}.parquet`);
    const parts = [`select ${columns} from results_new where practice_id = '${plan.practice}'`];
    if (plan.earlier) {
        const [earlier] = await lake.store.localPaths([plan.earlier]);
        const kept = Object.keys(plan.inputs).filter((id) => !computed.includes(id));
        const name = `results_earlier_${plan.practice}`;
        await engine.attach(name, resultColumns, earlier ? [earlier] : []);
        parts.push(
            `select ${columns} from ${name} where indicator_id in ('', ${kept.map((id) => `'${id}'`).join(", ")})`,
        );
    }
    // sorted, so that the same rows are the same bytes whichever part was reused
    await engine.save(
        `select * from (${parts.join(" union all ")}) as rows
        order by age_band nulls first, indicator_id, stratum nulls first, area_id, sex, period_start`,
        path,
    );
    await lake.store.putFile(plan.key, path);
    await rm(path, { force: true });
}
