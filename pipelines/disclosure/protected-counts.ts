import { countsPatients, type MeasuredIndicator } from "../publish/cell.ts";
import type { SuppressionReason } from "../publish/primary-suppression.ts";
import type { Figure } from "../worlds/system.ts";
import type { Target } from "../worlds/walk.ts";

/**
 * What there is to keep secret in a figure that may not be shown (disclosure.md rules 2 and 4): the small count, the small
 * rest of its group, or the small group of a process figure. A group of too few practices keeps its numerator.
 */
export function protectedCounts(
    figure: Figure,
    indicator: MeasuredIndicator,
    reason: SuppressionReason | null,
    fewest: number,
): Target[] {
    if (reason === null || !countsPatients(indicator.klasse)) return [];
    if (reason === "noemer_te_klein") return figure.d < 0 ? [] : [{ figure, what: "denominator" }];
    if (reason !== "teller_te_klein" && reason !== "rest_te_klein") return [{ figure, what: "numerator" }];
    const { numerator, denominator } = figure.cell;
    const targets: Target[] = [];
    if (numerator !== null && numerator < fewest) targets.push({ figure, what: "numerator" });
    const hasRest = !indicator.wholeGroup && indicator.maat !== "ratio" && figure.d >= 0 && figure.d !== figure.n;
    if (hasRest && numerator !== null && denominator !== null && denominator - numerator < fewest)
        targets.push({ figure, what: "rest" });
    return targets;
}
