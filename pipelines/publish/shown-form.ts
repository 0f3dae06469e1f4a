import { type Cell, countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";
import type { Thresholds } from "./primary-suppression.ts";

/** disclosure.md rule 7: one form for every suppressed figure, whatever the reason. */
export function suppressedCell({ expected: _, ...cell }: MartCell): Cell {
    return {
        ...cell,
        state: "suppressed",
        numerator: null,
        denominator: null,
        value: null,
        low: null,
        high: null,
        shown: "exact",
    };
}

/** A group's figure as it is. */
export function exactCell({ expected: _, ...cell }: MartCell): Cell {
    return { ...cell, shown: "exact" };
}

/** A practice's figure as it is for itself, with what is to be expected of its patients' age and sex in whole patients. */
export function ownCell(cell: MartCell): Cell {
    const { expected } = cell;
    const exact = exactCell(cell);
    return expected === null || expected === undefined ? exact : { ...exact, expected: Math.round(expected) };
}

/**
 * disclosure.md rules 4 and 6: only a whole percent of the denominator, without counts and interval.
 * Null when there is no denominator to take a percent of, or when it would read as nobody where there is somebody: a count
 * per 1.000 is less than a percent.
 */
export function percentCell(cell: MartCell): Cell | null {
    if (!hasFigure(cell)) return exactCell(cell);
    const share = wholePercent(cell);
    if (share === null || cell.numerator === null || cell.denominator === null) return null;
    if (share === 0 && cell.numerator > 0 && !isShare(cell)) return null;
    // The scale of the measure (1, or per 1.000) is read back from its exact value.
    const scale = cell.numerator === 0 || cell.value === null ? 1 : (cell.value * cell.denominator) / cell.numerator;
    const value = Number(((share / 100) * Math.round(scale)).toFixed(2));
    return { ...exactCell(cell), numerator: null, denominator: null, value, low: null, high: null, shown: "percent" };
}

/** Whether the value is the plain share of the denominator. */
function isShare({ value, numerator, denominator }: MartCell): boolean {
    return value !== null && Math.abs(value - (numerator ?? 0) / (denominator ?? 1)) < 1e-9;
}

/** numerator of denominator in whole percents; null without a denominator. */
export function wholePercent(cell: Pick<MartCell, "numerator" | "denominator">): number | null {
    if (cell.numerator === null || cell.denominator === null || cell.denominator <= 0) return null;
    return Math.round((100 * cell.numerator) / cell.denominator);
}

/** True when outsiders may see no more than a whole percent: practices and hagros always, others while n is small. */
export function onlyPercent(cell: MartCell, indicator: MeasuredIndicator, thresholds: Thresholds): boolean {
    if (!countsPatients(indicator.klasse) || !hasFigure(cell)) return false;
    if (cell.level === "practice" || cell.level === "hagro") return true;
    const smallGroup = cell.denominator !== null && cell.denominator < thresholds.exactFrom;
    // The region or organisation of one to three practices is those practices, and practices are shown as whole percents.
    const fewPractices =
        (cell.level === "region" || cell.level === "organisation") &&
        cell.delivered !== null &&
        cell.delivered < thresholds.fewestPractices;
    return smallGroup || fewPractices;
}
