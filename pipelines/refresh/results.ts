// Results per practice, kept by content: the same practice files and the same query text are never computed twice.
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import type { Lake, LakeFile, ReleaseView } from "../lake.ts";
import { inOrder, inputsOf, type Query, queryHash } from "../query.ts";
import { monthOf, type Period, periodsBetween } from "./period.ts";

/** Raised when the meaning of a result changes without a query changing: another engine, another grain. */
const semantics = "1";

/** Facts of the bureau are nobody's practice; their results and lake files stand under this key. */
export const regionKey = "regio";

export const resultColumns: Columns = {
    indicator_id: "VARCHAR",
    input_hash: "VARCHAR",
    practice_id: "VARCHAR",
    area_id: "VARCHAR",
    stratum: "VARCHAR",
    period_start: "DATE",
    numerator: "BIGINT",
    denominator: "BIGINT",
};

export interface ResultFile {
    practice: string;
    key: string;
    /** Indicator to the hash of everything its rows depend on. */
    inputs: Record<string, string>;
}

export interface ResultPlan {
    practice: string;
    inputs: Record<string, string>;
    key: string;
    /** Indicators to compute; empty when the file is already there. */
    stale: string[];
    /** The file that holds the other ones, if any. */
    earlier: string | null;
}

/** Files of a release by practice and table; the bureau's stand under `regio`. */
export type FilesByPractice = Map<string, LakeFile[]>;

export function filesByPractice(view: ReleaseView): FilesByPractice {
    const grouped: FilesByPractice = new Map();
    for (const file of view.files) grouped.set(file.practice, [...(grouped.get(file.practice) ?? []), file]);
    return grouped;
}

/**
 * Decides per practice what can be reused (pure). `earlier` is the index of the refresh before, `present` every result file
 * there is: one that another process computed is in no index yet, and is known by its key. A practice of the register that
 * delivered nothing yet takes part too: what rests on the register alone is known of it.
 */
export function planResults(
    queries: Map<string, Query>,
    view: ReleaseView,
    periods: Period[],
    earlier: Record<string, ResultFile>,
    registered: readonly string[],
    present: ReadonlySet<string>,
): ResultPlan[] {
    const files = filesByPractice(view);
    const indicators = [...queries.values()].filter((query) => query.layer === "indicators");
    const span = `${periods[0]?.index}..${periods.at(-1)?.index}`;
    const register = view.coverage.find((row) => row.source === "bureau")?.peildatum ?? "";
    const texts = new Map(
        indicators.map((query) => [
            query.id,
            { hash: queryHash(queries, query.id), inputs: inputsOf(queries, query.id) },
        ]),
    );
    const practices = [...new Set([...registered, ...deliveringPractices(view), regionKey])].sort();
    return practices.map((practice) => {
        const own = [...(files.get(practice) ?? []), ...(practice === regionKey ? [] : (files.get(regionKey) ?? []))];
        const inputs: Record<string, string> = {};
        for (const query of indicators) {
            const text = texts.get(query.id);
            const hash = createHash("sha256").update(`${semantics}\n${span}\n${text?.hash}\n`);
            if (text?.inputs.includes("coverage")) hash.update(`register ${register}\n`);
            for (const file of own)
                if (text?.inputs.includes(file.table)) hash.update(`${file.table} ${file.practice} ${file.sha256}\n`);
            inputs[query.id] = hash.digest("hex").slice(0, 16);
        }
        const lines = Object.entries(inputs).map(([id, hash]) => `${id}=${hash}`);
        const combined = createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 24);
        const key = `results/practice_id=${practice}/input=${combined}.parquet`;
        const before = earlier[practice];
        if (before?.key === key || present.has(key)) return { practice, inputs, key, stale: [], earlier: key };
        const stale = indicators.map((query) => query.id).filter((id) => before?.inputs[id] !== inputs[id]);
        return {
            practice,
            inputs,
            key,
            stale,
            earlier: before && stale.length < indicators.length ? before.key : null,
        };
    });
}

/** Every practice with files of its own. */
function deliveringPractices(view: ReleaseView): string[] {
    return [...new Set(view.files.map((file) => file.practice).filter((practice) => practice !== regionKey))].sort();
}

/** Practices in groups of bounded size, so that memory does not grow with the region. */
export function batches(plans: ResultPlan[], files: FilesByPractice, rowsAtOnce: number): ResultPlan[][] {
    const groups: ResultPlan[][] = [];
    let rows = Number.POSITIVE_INFINITY;
    for (const plan of plans) {
        const own = (files.get(plan.practice) ?? []).reduce((sum, file) => sum + file.rows, 0);
        if (rows + own > rowsAtOnce) {
            groups.push([]);
            rows = 0;
        }
        groups.at(-1)?.push(plan);
        rows += own;
    }
    return groups;
}

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
    const practices = plans.map((plan) => plan.practice);
    const wanted = [...new Set(plans.flatMap((plan) => plan.stale))].sort();
    const needed = inOrder(queries, wanted);
    const tables = new Set(needed.flatMap((query) => query.reads));
    await loadInputs(engine, job.view, job.periods);
    for (const [table, columns] of Object.entries(job.contract)) {
        if (!tables.has(table)) continue;
        const files = job.view.files.filter(
            (file) => file.table === table && (file.practice === regionKey || practices.includes(file.practice)),
        );
        await engine.attach(table, columns, await job.lake.store.localPaths(files.map((file) => file.key)));
    }
    await engine.load("results_new", resultColumns, []);
    await engine.load(
        "batch_practices",
        { practice_id: "VARCHAR" },
        practices.map((practice) => [practice]),
    );
    await engine.load(
        "batch_inputs",
        { practice_id: "VARCHAR", indicator_id: "VARCHAR", input_hash: "VARCHAR" },
        plans.flatMap((plan) => Object.entries(plan.inputs).map(([id, hash]) => [plan.practice, id, hash])),
    );
    const lastUse = lastUses(needed);
    for (const [at, query] of needed.entries()) {
        job.step(query.id);
        if (query.layer === "indicators") {
            const stratum = query.header.strata ? "counted.stratum" : "cast(null as varchar)";
            await engine.materialise("counted", query.body);
            await engine.append(
                "results_new",
                `select '${query.id}', batch_inputs.input_hash, counted.practice_id, counted.area_id, ${stratum},
                    counted.period_start, cast(counted.numerator as bigint), cast(counted.denominator as bigint)
                from counted
                inner join batch_inputs
                    on counted.practice_id = batch_inputs.practice_id and batch_inputs.indicator_id = '${query.id}'`,
            );
        } else if (isKept(query)) await engine.materialise(query.id, query.body);
        else await engine.define(query.id, query.body);
        for (const [table, use] of lastUse) if (use === at) await engine.drop(table);
    }
    await addEarlierStrata(job, needed);
    await saveBatch(job, wanted);
}

/** The first month of which any source tells: events before it are set aside at the door. */
const earliestMonth = "1990-01";

/**
 * A stratum occurs "in the region up to P", also when that was before the first month of this refresh: its first row of
 * then is added, one per practice and stratum. The people registered are left out, they only make denominators.
 */
async function addEarlierStrata(job: BatchJob, needed: Query[]): Promise<void> {
    const { engine, queries } = job;
    const stratified = needed.filter((query) => query.layer === "indicators" && query.header.strata);
    const first = job.periods[0];
    if (stratified.length === 0 || !first) return;
    await loadPeriods(engine, periodsBetween(earliestMonth, monthOf(first.index - 1)));
    for (const query of inOrder(queries, ["stg_memberships", ...stratified.map((one) => one.id)])) {
        if (query.id === "registered_months")
            await engine.materialise(query.id, `select * from (${query.body}) as rows where false`);
        else if (query.layer !== "indicators")
            await (isKept(query) ? engine.materialise : engine.define)(query.id, query.body);
        else {
            await engine.materialise("counted", query.body);
            await engine.append(
                "results_new",
                `select '${query.id}', max(batch_inputs.input_hash), counted.practice_id, min(counted.area_id), counted.stratum,
                    min(counted.period_start), 0, 0
                from counted
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
    }
}

/** `bewaren: nee` in the header of a staging query: it only renames and joins, so it is read through. */
function isKept(query: Query): boolean {
    return query.header.bewaren !== "nee";
}

/** The place in the order after which a kept table is read no more; who reads through a definition reads what lies behind it. */
function lastUses(ordered: Query[]): Map<string, number> {
    const byId = new Map(ordered.map((query) => [query.id, query]));
    const behind = (query: Query): string[] =>
        query.reads.flatMap((id) => {
            const source = byId.get(id);
            return source && !isKept(source) ? [id, ...behind(source)] : [id];
        });
    const uses = new Map<string, number>();
    for (const [at, query] of ordered.entries())
        for (const id of behind(query)) {
            const source = byId.get(id);
            if (source && source.layer !== "indicators" && isKept(source)) uses.set(id, at);
        }
    return uses;
}

async function saveBatch(job: BatchJob, computed: string[]): Promise<void> {
    const columns = Object.keys(resultColumns).join(", ");
    for (const plan of job.plans) {
        const path = join(job.scratch, `${plan.practice}.parquet`);
        const parts = [`select ${columns} from results_new where practice_id = '${plan.practice}'`];
        if (plan.earlier) {
            const [earlier] = await job.lake.store.localPaths([plan.earlier]);
            const kept = Object.keys(plan.inputs).filter((id) => !computed.includes(id));
            await job.engine.attach("results_earlier", resultColumns, earlier ? [earlier] : []);
            parts.push(
                `select ${columns} from results_earlier where indicator_id in ('', ${kept.map((id) => `'${id}'`).join(", ")})`,
            );
        }
        // sorted, so that the same rows are the same bytes whichever part was reused
        await job.engine.save(
            `select * from (${parts.join(" union all ")}) as rows
            order by indicator_id, stratum nulls first, area_id, period_start`,
            path,
        );
        await job.lake.store.putFile(plan.key, path);
        await rm(path, { force: true });
    }
}

/** The small tables that every run needs beside the lake. */
export async function loadInputs(engine: Engine, view: ReleaseView, periods: Period[]): Promise<void> {
    await loadPeriods(engine, periods);
    await engine.load(
        "coverage",
        { practice_id: "VARCHAR", source: "VARCHAR", peildatum: "DATE", history_from: "DATE" },
        view.coverage.map((row) => [row.practice, row.source, row.peildatum, row.historyFrom]),
    );
}

function loadPeriods(engine: Engine, periods: Period[]): Promise<void> {
    return engine.load(
        "periods",
        { period_start: "DATE", period_end: "DATE", period_index: "INTEGER" },
        periods.map((period) => [period.start, period.end, period.index]),
    );
}
