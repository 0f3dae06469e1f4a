import { type Cells, hasValue, type Line } from "./cells.ts";
import { type Panel, panelAt } from "./comparisons.ts";
import type { Bundle, Cell, Indicator } from "./data.ts";
import { lastDay, type PeriodKind, yearBefore } from "./period.ts";

/** What a line of values says when the last period is laid beside the same period a year earlier. */
export interface Finding {
    now: Cell & { value: number };
    earlier: (Cell & { value: number }) | null;
    /**
     * 'more' and 'less' only when the change over the constant panel of practices is more than chance (indicators.md,
     * Publication), or, where that is not known, when both intervals exclude each other; 'unknown' without a year earlier.
     */
    change: "more" | "less" | "same" | "unknown";
    /** The change over the practices that have a value in both. */
    panel: Panel | null;
    /**
     * The value differs more than patients' chance gives, but not among the practices that have a value in both: others take
     * part, or did not deliver.
     */
    others: boolean;
}

/** The last shown value of a line and its change in a year; null when nothing is shown. */
export function findingOf(bundle: Bundle, cells: Cells, line: Line, kind: PeriodKind): Finding | null {
    const now = cells.series(line, kind).findLast(hasValue);
    if (!now) return null;
    const panel = panelOf(bundle, cells, line, now);
    const earlier = cells.at(line, yearBefore(now.period));
    if (!hasValue(earlier)) return { now, earlier: null, change: "unknown", panel, others: false };
    const change = panel ? changeOver(panel) : changeBetween(now, earlier);
    const others = panel !== null && changeBetween(now, earlier) !== change && !isOfPanel(panel, now, earlier);
    return { now, earlier, change, panel, others };
}

/** What a line says of this very quarter: null where it is hidden or not there yet, though an earlier one may have changed. */
export function findingIn(bundle: Bundle, cells: Cells, line: Line, quarter: string | null): Finding | null {
    const finding = findingOf(bundle, cells, line, "quarter");
    return finding?.now.period === quarter ? finding : null;
}

/** Whether the change between two values of the region can be that of the same practices. */
function isOfPanel({ kind, low, high }: Panel, now: Cell & { value: number }, then: Cell & { value: number }): boolean {
    const moved = kind === "difference" ? now.value - then.value : now.value / then.value;
    return moved >= low && moved <= high;
}

/** The panel's change that ends where this value of the region does. A flow's month is no part of a quarter's change. */
function panelOf(bundle: Bundle, cells: Cells, line: Line, now: Cell): Panel | null {
    const quarter = cells.latest("quarter");
    if (line.level !== "region" || (line.stratum ?? null) !== null || quarter === null) return null;
    const isStock = cells.indicator(line.indicator)?.soort === "stand";
    if (now.period !== quarter && !(isStock && lastDay(now.period) === lastDay(quarter))) return null;
    return panelAt(bundle.comparisons, line.indicator, quarter);
}

function changeOver({ kind, low, high }: Panel): "more" | "less" | "same" {
    const none = kind === "difference" ? 0 : 1;
    if (low > none) return "more";
    return high < none ? "less" : "same";
}

/** Whether two values differ more than their intervals leave to chance; without intervals: whether they differ at all. */
export function changeBetween(now: Cell & { value: number }, then: Cell & { value: number }): "more" | "less" | "same" {
    if (now.low !== null && now.high !== null && then.low !== null && then.high !== null) {
        if (now.low > then.high) return "more";
        return now.high < then.low ? "less" : "same";
    }
    if (now.shown === "percent" || then.shown === "percent" || now.value === then.value) return "same";
    return now.value > then.value ? "more" : "less";
}

/** A change in the direction that the definition calls better, worse, or neither. */
export function judgement(indicator: Indicator, change: Finding["change"]): "beter" | "slechter" | "geen" {
    if (indicator.beter === "geen" || change === "same" || change === "unknown") return "geen";
    return (indicator.beter === "hoger") === (change === "more") ? "beter" : "slechter";
}

/**
 * Whether a stand is bounded by age: then the population itself jumps each January, because only birth years are known,
 * and a chart marks 1 January.
 */
export function ageBounded(indicator: Indicator): boolean {
    if (indicator.soort !== "stand") return false;
    const words = [indicator.teller, indicator.noemer, indicator.uitsluitingen, indicator.titel]
        .join(" ")
        .toLowerCase();
    return /\d\s*\+|\bjaar\b|jarig|leeftijd/.test(words);
}

/**
 * An area that lies so far from the region that it must be named, not smoothed: its interval lies apart, and its rate, or
 * the odds of its share, is half as much again or two thirds of the region's.
 */
export function isOutlier(indicator: Indicator, area: Cell | null, region: Cell | null): boolean {
    // Without a denominator an area's count is part of the region's, not a thing to lay beside it.
    if (!hasValue(area) || !hasValue(region) || region.denominator === null) return false;
    if (area.low === null || area.high === null || region.value <= 0) return false;
    if (area.low <= region.value && area.high >= region.value) return false;
    const size = (value: number): number => (indicator.maat === "aandeel" ? value / (1 - value) : value);
    const ratio = size(area.value) / size(region.value);
    return ratio >= 1.5 || ratio <= 1 / 1.5;
}
