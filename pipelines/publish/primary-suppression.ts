import { countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";

/** Why a figure may not be shown to an audience; the operator reads the reason, others see one symbol. */
export type SuppressionReason =
    | "noemer_te_klein"
    | "teller_te_klein"
    | "rest_te_klein"
    | "te_weinig_praktijken"
    | "een_praktijk_overheerst"
    | "rest_zonder_eigen_te_klein"
    | "geen_percentage"
    | "eerder_afgeschermd"
    | "herleidbaar";

export interface Thresholds {
    /** Fewest patients in a protected count, in the rest of its group, and in the denominator of a process figure. */
    fewestPatients: number;
    /** Fewest practices behind a quality figure over a group, and in a strip of peers. */
    fewestPractices: number;
    /** Largest part of the denominator that one practice may have. */
    largestShare: number;
    /** Below this denominator an outside audience gets a whole percent only. */
    exactFrom: number;
}

/** The defaults of disclosure.md rules 2, 4 and 6. */
export const DEFAULT_THRESHOLDS: Thresholds = {
    fewestPatients: 10,
    fewestPractices: 4,
    largestShare: 0.6,
    exactFrom: 100,
};

/**
 * disclosure.md rule 2 for one figure, for anybody outside the practice. Null: may be shown.
 * A ratio's numerator is not part of its denominator, so it has no rest of the group.
 */
export function primaryReason(
    cell: Pick<MartCell, "numerator" | "denominator" | "state">,
    indicator: MeasuredIndicator,
    fewest: number,
): SuppressionReason | null {
    if (!countsPatients(indicator.klasse) || !hasFigure(cell)) return null;
    const { numerator, denominator } = cell;
    if (indicator.klasse === "proces") {
        return denominator === null || denominator < fewest ? "noemer_te_klein" : null;
    }
    if (numerator === null) return "teller_te_klein";
    if (numerator === 0 && indicator.klasse === "beweging") return null;
    if (numerator < fewest) return "teller_te_klein";
    if (indicator.wholeGroup || indicator.maat === "ratio" || denominator === null) return null;
    return denominator - numerator < fewest ? "rest_te_klein" : null;
}
