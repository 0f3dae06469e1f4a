// What the next publication says of the one before it: nothing yet, that it cannot be compared, or every change.
import { type CompareEffects, compare } from "../changes.ts";
import { KEYS, type Lake } from "../lake.ts";
import type { Change } from "./change.ts";
import { type DefinitionReport, definitionReport } from "./definition-report.ts";
import { isRedefined } from "./old-definitions.ts";
import { type Published, publishedBefore } from "./published.ts";
import { readChanges } from "./read-changes.ts";
import { NotComparable, readSide } from "./side.ts";
import type { Summary } from "./summary.ts";

export type SincePublication =
    | { state: "first" }
    | { state: "not_comparable"; before: Published; reason: string }
    | Compared;

export interface Compared {
    state: "compared";
    before: Published;
    summary: Summary;
    /** Figures as a whole, of the region, its areas and its practices. */
    changes: Change[];
    /** Null when no definition changed. */
    report: DefinitionReport | null;
    /** Per kind of readers: keys of group figures that the publication before did not show exactly; null when unknown. */
    hidden: Record<string, string[]> | null;
}

/** Compares outcomes with what was published before them. */
export async function changesSince(
    lake: Lake,
    refresh: string,
    effects: CompareEffects = {},
): Promise<SincePublication> {
    const before = await publishedBefore(lake, refresh);
    if (before === null) return { state: "first" };
    try {
        const summary = await compare(lake, { before: before.refresh, now: refresh }, effects);
        const changes = await readChanges(lake, summary.id, { levels: ["region", "area", "practice"], wholes: true });
        const report =
            summary.definitions.mark === null ? null : definitionReport(summary, await readChanges(lake, summary.id));
        return { state: "compared", before, summary, changes, report, hidden: await readHidden(lake, before) };
    } catch (error) {
        if (error instanceof NotComparable) return { state: "not_comparable", before, reason: error.message };
        throw error;
    }
}

/**
 * What new definitions will do to the figures when these outcomes are published; null when no definition changed since the last
 * publication, which is found out without comparing figures.
 */
export async function redefinedSince(
    lake: Lake,
    refresh: string,
    effects: CompareEffects = {},
): Promise<DefinitionReport | null> {
    const published = await publishedBefore(lake, refresh);
    if (published === null) return null;
    try {
        const before = await readSide(lake, published.refresh);
        const now = await readSide(lake, refresh);
        if (!isRedefined(before, now)) return null;
    } catch (error) {
        if (error instanceof NotComparable) return null;
        throw error;
    }
    const since = await changesSince(lake, refresh, effects);
    return since.state === "compared" ? since.report : null;
}

/** Keeps which group figures a publication did not show exactly: a later one must not tell them either. */
export async function keepHidden(lake: Lake, publication: string, hidden: Record<string, string[]>): Promise<void> {
    await lake.store.put(KEYS.hiddenOf(publication), Buffer.from(`${JSON.stringify(hidden)}\n`));
}

async function readHidden(lake: Lake, { publication }: Published): Promise<Record<string, string[]> | null> {
    const stored = await lake.store.get(KEYS.hiddenOf(publication));
    return stored === null ? null : (JSON.parse(Buffer.from(stored.body).toString("utf8")) as Record<string, string[]>);
}
