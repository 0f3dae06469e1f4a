import { additiveRelations } from "./publish/additive-relations.ts";
import {
    type Cell,
    countsPatients,
    hasFigure,
    type Level,
    type MartCell,
    type MeasuredIndicator,
} from "./publish/cell.ts";
import { groupReason, type PracticeGroups, withoutOwnReason } from "./publish/practice-groups.ts";
import { primaryReason, type SuppressionReason, type Thresholds } from "./publish/primary-suppression.ts";
import { protectedCount, secondarySuppression } from "./publish/secondary-suppression.ts";
import { exactCell, onlyPercent, percentCell, suppressedCell } from "./publish/shown-form.ts";

/** What the rules need to know beside the figures themselves. */
export interface DisclosureContext {
    indicators: ReadonlyMap<string, MeasuredIndicator>;
    groups: PracticeGroups;
    thresholds: Thresholds;
    /** True when the readers are practices of the region, who know their own figures (disclosure.md rule 3). */
    readersArePractices: boolean;
}

export interface SuppressedFigure {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
    reason: SuppressionReason;
}

export interface Protected {
    cells: Cell[];
    suppressed: SuppressedFigure[];
}

/**
 * The figures of groups (region, area, organisation, hagro) as an audience outside the practices may see them together:
 * primary, groups of practices, what readers know of themselves, then sums (disclosure.md rules 2 to 7), in this order.
 * Practices' own figures never pass here: `peers.ts` shows them to others, and `exactCell` to themselves.
 */
export function protect(cells: readonly MartCell[], context: DisclosureContext): Protected {
    const reasons = new Map<number, SuppressionReason>();
    cells.forEach((cell, place) => {
        const reason = directReason(cell, context);
        if (reason) reasons.set(place, reason);
    });
    const relations = additiveRelations(cells, context.indicators);
    const counts = cells.map((cell) => {
        const indicator = context.indicators.get(cell.indicator);
        return indicator ? protectedCount(cell, indicator) : { count: 0, rest: null };
    });
    for (const place of secondarySuppression(counts, new Set(reasons.keys()), relations)) {
        reasons.set(place, "herleidbaar");
    }
    const suppressed: SuppressedFigure[] = [];
    const shown = cells.map((cell, place) => {
        const reason = reasons.get(place);
        if (reason === undefined) return shownCell(cell, context);
        const { indicator, stratum, level, id, period } = cell;
        suppressed.push({ indicator, stratum, level, id, period, reason });
        return suppressedCell(cell);
    });
    return { cells: shown, suppressed };
}

/** The reasons that a figure carries in itself, before anything is added up. */
function directReason(cell: MartCell, context: DisclosureContext): SuppressionReason | null {
    const indicator = context.indicators.get(cell.indicator);
    // A figure without a definition cannot be judged, so it is not shown.
    if (!indicator) return hasFigure(cell) ? "teller_te_klein" : null;
    const reason =
        primaryReason(cell, indicator, context.thresholds.fewestPatients) ??
        groupReason(cell, indicator, context.groups, context.thresholds) ??
        (context.readersArePractices ? withoutOwnReason(cell, indicator, context.groups, context.thresholds) : null);
    if (reason || !countsPatients(indicator.klasse)) return reason;
    return onlyPercent(cell, indicator, context.thresholds) && percentCell(cell) === null ? "geen_percentage" : null;
}

function shownCell(cell: MartCell, context: DisclosureContext): Cell {
    const indicator = context.indicators.get(cell.indicator);
    if (!indicator || !onlyPercent(cell, indicator, context.thresholds)) return exactCell(cell);
    return percentCell(cell) ?? suppressedCell(cell);
}
