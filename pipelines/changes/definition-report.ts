// What new definitions do to the figures: before and after on the same deliveries and period, before anything is published.
import type { Level } from "../publish/cell.ts";
import { type Change, isComparable } from "./change.ts";
import type { Summary } from "./summary.ts";

export interface BeforeAfter {
    level: Level;
    id: string;
    stratum: string | null;
    period: string;
    /** By the old definition, on the deliveries of now; without numbers where one of the two periods has no figure. */
    before: Counts;
    after: Counts;
}

interface Counts {
    numerator: number | null;
    denominator: number | null;
}

export interface DefinitionReport extends Omit<Summary["definitions"], "changed"> {
    /** Redefined indicators of which no published figure moves. */
    unmoved: string[];
    moved: {
        indicator: string;
        /** Figures of earlier periods that are restated by the definition. */
        restated: number;
        /** Of the newest periods, at every level. */
        cells: BeforeAfter[];
    }[];
}

/** Null when no definition changed. */
export function definitionReport(summary: Summary, changes: readonly Change[]): DefinitionReport | null {
    const { changed, ...definitions } = summary.definitions;
    if (definitions.mark === null) return null;
    const newest = new Set(summary.newest.map(({ from, to }) => `${from}>${to}`));
    const moved = new Map<string, DefinitionReport["moved"][number]>();
    for (const change of changes) {
        if (!change.redefined) continue;
        const entry = moved.get(change.indicator) ?? { indicator: change.indicator, restated: 0, cells: [] };
        moved.set(change.indicator, entry);
        if (newest.has(`${change.from}>${change.to}`)) entry.cells.push(beforeAfter(change));
        else entry.restated += 1;
    }
    return {
        ...definitions,
        unmoved: changed.filter((indicator) => !moved.has(indicator)),
        moved: [...moved.values()],
    };
}

/** True when readers would see another figure because of a definition: somebody must have seen that first. */
export function needsAcceptance(report: DefinitionReport | null): report is DefinitionReport & { mark: string } {
    return report !== null && report.mark !== null && report.moved.length > 0;
}

function beforeAfter(change: Change): BeforeAfter {
    const { level, id, stratum, to, after } = change;
    const part = change.parts.definition;
    const less = (count: number | null, moved = 0): number | null =>
        isComparable(change) && count !== null ? count - moved : null;
    return {
        level,
        id,
        stratum,
        period: to,
        before: {
            numerator: less(after.numerator, part?.numerator),
            denominator: less(after.denominator, part?.denominator),
        },
        after: { numerator: after.numerator, denominator: after.denominator },
    };
}
