// What the values of groups depend on, per indicator: a change of one indicator leaves the others' rows as they were.
import { createHash } from "node:crypto";
import { KEYS, type Lake, type ReleaseView } from "../lake.ts";
import { inOrder, type Query } from "../query.ts";
import { catalogueRow, type Indicator } from "./indicator.ts";
import { type Period, spanOf } from "./period.ts";
import { type ResultFile, regionKey } from "./results.ts";

/** Indicator to the hash of everything that its rows of groups depend on. */
export type GroupInputs = Record<string, string>;

/**
 * Names per indicator what its values of groups are made of: its results, the register, which sources reach how far, the
 * months, the queries and the code (`fingerprint`).
 */
export function groupInputs(
    job: {
        queries: Map<string, Query>;
        indicators: readonly Indicator[];
        view: ReleaseView;
        periods: Period[];
        results: readonly ResultFile[];
    },
    fingerprint: string,
    martQueries: readonly string[],
): GroupInputs {
    const shared = createHash("sha256").update(`${fingerprint}\n${spanOf(job.periods)}\n`);
    for (const query of inOrder(job.queries, martQueries)) shared.update(`${query.id}\n${query.body}\n`);
    for (const file of job.view.files) if (file.practice === regionKey) shared.update(`${file.table} ${file.sha256}\n`);
    const coverage = new Map<string, string>();
    const reachOf = (source: string): string => {
        const known = coverage.get(source);
        if (known !== undefined) return known;
        const rows = job.view.coverage.filter((row) => row.source === source);
        const text = JSON.stringify(rows.map((row) => [row.practice, row.peildatum, row.historyFrom]).sort());
        coverage.set(source, createHash("sha256").update(text).digest("hex"));
        return reachOf(source);
    };
    // the register says since when an area exists
    shared.update(reachOf("bureau"));
    return Object.fromEntries(
        job.indicators.map((indicator) => {
            const hash = shared.copy().update(JSON.stringify(catalogueRow(indicator)));
            for (const source of indicator.bronnen) hash.update(`${source} ${reachOf(source)}\n`);
            for (const { practice, inputs } of job.results) hash.update(`${practice} ${inputs[indicator.id] ?? ""}\n`);
            return [indicator.id, hash.digest("hex").slice(0, 16)];
        }),
    );
}

/** The marts of the refresh before, and whose rows of groups there are still true. */
export interface EarlierMarts {
    id: string;
    /** Indicators of which the rows can be taken over. */
    same: string[];
}

/** Finds in the marts that the lake points at what can be taken over; null when there is nothing. */
export async function earlierMarts(
    lake: Lake,
    inputs: GroupInputs,
    isWhole: (id: string) => Promise<boolean>,
): Promise<EarlierMarts | null> {
    const pointer = await readJson<{ refresh: string }>(lake, KEYS.martsPointer);
    if (!pointer || !(await isWhole(pointer.refresh))) return null;
    const before = await readJson<GroupInputs>(lake, KEYS.martFile(pointer.refresh, "inputs.json"));
    const same = Object.keys(inputs).filter((id) => before?.[id] === inputs[id]);
    return same.length > 0 ? { id: pointer.refresh, same } : null;
}

async function readJson<Shape>(lake: Lake, key: string): Promise<Shape | null> {
    const stored = await lake.store.get(key);
    return stored ? (JSON.parse(new TextDecoder().decode(stored.body)) as Shape) : null;
}
