/**
 * A figure as the marts hold it and as an audience sees it.
 * Only the disclosure step turns the first into the second; everything behind it knows the second only.
 */

export type Level = "practice" | "hagro" | "area" | "organisation" | "region";
export type Klasse = "populatie" | "proces" | "uitkomst" | "beweging" | "praktijk" | "bureau";
export type Maat = "aandeel" | "aantal" | "ratio";
export type Soort = "stand" | "stroom" | "praktijk" | "regio";

/** A row of values.parquet: exact, for the operator only. Shares are fractions 0..1, rates are per 1.000. */
export interface MartCell {
    indicator: string;
    stratum: string | null;
    level: Level;
    /** AGB of a practice, register key of a hagro, area (or `elders`) and organisation, `regio` for the region. */
    id: string;
    /** '2024-06', '2024-Q2' or '2024'. */
    period: string;
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: "value" | "zero" | "not_delivered" | "not_applicable";
    delivered: number | null;
    members: number | null;
    /**
     * The count to expect with the region's share in each age group of each sex (indirect standardisation); absent where
     * a figure is not about patients, or has no denominator.
     */
    expected?: number | null;
}

/** What an audience sees. A suppressed figure has no numbers; `percent` means: a whole percent and nothing beside it. */
export interface Cell extends Omit<MartCell, "state" | "expected"> {
    state: MartCell["state"] | "suppressed";
    shown: "exact" | "percent";
    /** In whole patients; of a reader's own practice only. */
    expected?: number;
}

export interface MeasuredIndicator {
    id: string;
    maat: Maat;
    soort: Soort;
    klasse: Klasse;
    /** Numerator and denominator are the same patients (`pop_ingeschreven`): there is no rest of the group to protect. */
    wholeGroup: boolean;
    /** The definition's words for the denominator: indicators that use the same words share it. */
    denominator?: string;
    /** A ratio is shown times this. */
    scale?: number;
}

/** One text per figure, to find it again. */
export function cellKey(cell: Pick<MartCell, "indicator" | "stratum" | "level" | "id" | "period">): string {
    return `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.level}\t${cell.id}\t${cell.period}`;
}

/** True when the marts hold a figure here, so that there is something to show or to protect. */
export function hasFigure(cell: Pick<MartCell, "state">): boolean {
    return cell.state === "value" || cell.state === "zero";
}

/** disclosure.md rule 1: these two count practices and organisations, not patients. */
export function countsPatients(klasse: Klasse): boolean {
    return klasse !== "praktijk" && klasse !== "bureau";
}
