// Results per practice, kept by content: the same practice files and the same query text are never computed twice.
import { createHash } from "node:crypto";
import type { Columns, Engine } from "../engine.ts";
import type { LakeFile, ReleaseView } from "../lake.ts";
import { inputsOf, type Query, queryHash } from "../query.ts";
import { type Period, spanOf } from "./period.ts";

/** Raised when the meaning of a result changes without a query changing: another engine, another grain. */
export const semantics = "2";

/** Facts of the bureau are nobody's practice; their results and lake files stand under this key. */
export const regionKey = "regio";

export const resultColumns: Columns = {
    indicator_id: "VARCHAR",
    input_hash: "VARCHAR",
    practice_id: "VARCHAR",
    area_id: "VARCHAR",
    stratum: "VARCHAR",
    /** Lowest age of the group (0, 18, 45, 65, 75) and sex: null in the row of all of them together. */
    age_band: "INTEGER",
    sex: "VARCHAR",
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
 * Decides per practice what can be reused (pure). `earlier` is the index of the refresh before. A practice of the register
 * that delivered nothing yet takes part too: what rests on the register alone is known of it. `meaning`: the semantics under
 * which the results were made.
 */
export function planResults(
    queries: Map<string, Query>,
    view: ReleaseView,
    periods: Period[],
    earlier: Record<string, ResultFile>,
    registered: readonly string[],
    meaning = semantics,
): ResultPlan[] {
    const files = filesByPractice(view);
    const indicators = [...queries.values()].filter((query) => query.layer === "indicators");
    const span = spanOf(periods);
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
            const hash = createHash("sha256").update(`${meaning}\n${span}\n${text?.hash}\n`);
            if (text?.inputs.includes("coverage")) hash.update(`register ${register}\n`);
            for (const file of own)
                if (text?.inputs.includes(file.table)) hash.update(`${file.table} ${file.practice} ${file.sha256}\n`);
            inputs[query.id] = hash.digest("hex").slice(0, 16);
        }
        const lines = Object.entries(inputs).map(([id, hash]) => `${id}=${hash}`);
        const combined = createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 24);
        const key = `results/practice_id=${practice}/input=${combined}.parquet`;
        const before = earlier[practice];
        if (before?.key === key) return { practice, inputs, key, stale: [], earlier: key };
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
export function batches<Plan extends { practice: string }>(
    plans: Plan[],
    files: FilesByPractice,
    rowsAtOnce = 16_000_000,
): Plan[][] {
    const groups: Plan[][] = [];
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

/** The small tables that every run needs beside the lake. */
export async function loadInputs(engine: Engine, view: ReleaseView, periods: Period[]): Promise<void> {
    await loadPeriods(engine, periods);
    await engine.load(
        "coverage",
        { practice_id: "VARCHAR", source: "VARCHAR", peildatum: "DATE", history_from: "DATE" },
        view.coverage.map((row) => [row.practice, row.source, row.peildatum, row.historyFrom]),
    );
}

/** Makes `periods` these months. */
export function loadPeriods(engine: Engine, periods: Period[]): Promise<void> {
    return engine.load(
        "periods",
        { period_start: "DATE", period_end: "DATE", period_index: "INTEGER" },
        periods.map((period) => [period.start, period.end, period.index]),
    );
}
