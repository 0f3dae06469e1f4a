import type { Measure } from "./definition.ts";
import { poisson, wilson } from "./limits.ts";

export type Level = "practice" | "hagro" | "area" | "organisation" | "region";
export type State = "value" | "zero" | "not_delivered" | "not_applicable";

/** What stands beside a share of patients, from the region's share in each age band of each sex. */
export interface Standard {
    expected: number;
    /** How many groups of a practice, area, age band and sex were added up. */
    groups: number;
    regionShare: number;
}

/** What `values` must say of one indicator, stratum, level, id and period. */
export interface Cell {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: State;
    /** Null where the definitions leave open whom to count. */
    delivered: number | null;
    /** How many of those that delivered have enough history for the window, and so are in the sum. */
    summed?: number;
    members: number | null;
    /** What was counted, also where nobody was registered and so no value applies. */
    counted?: number;
    /** Absent where no standardised value is asked for, null where there is nothing to standardise. */
    standard?: Standard | null;
}

export type Result = Omit<Cell, "indicator" | "stratum" | "level" | "id" | "period">;

export const VALUELESS = { numerator: null, denominator: null, value: null, low: null, high: null };

/** By how much numerator over denominator is multiplied. */
const SCALE: Readonly<Record<Exclude<Measure, "los aantal">, number>> = {
    aandeel: 1,
    aantal: 1000,
    ratio: 1,
    "ratio per 100": 100,
    "ratio per 1.000": 1000,
};

/** A count with its value, its limits and its state: Wilson for a share, Poisson for a rate, none for a ratio. */
export function measured(
    measure: Measure,
    numerator: number,
    denominator: number,
): Pick<Cell, "numerator" | "denominator" | "value" | "low" | "high" | "state"> {
    const state = numerator === 0 ? "zero" : "value";
    if (measure === "los aantal") {
        return { numerator, denominator: null, value: numerator, low: null, high: null, state };
    }
    if (denominator === 0) {
        return { ...VALUELESS, state: "not_applicable" };
    }
    const value = (numerator * SCALE[measure]) / denominator;
    const [low, high] =
        measure === "aandeel"
            ? wilson(numerator, denominator)
            : measure === "aantal"
              ? poisson(numerator).map((limit) => (limit * SCALE.aantal) / denominator)
              : [];
    return { numerator, denominator, value, low: low ?? null, high: high ?? null, state };
}

/** By what a cell is found again. */
export function keyOf(cell: Pick<Cell, "indicator" | "stratum" | "level" | "id" | "period">): string {
    return [cell.indicator, cell.stratum ?? "-", cell.level, cell.id, cell.period].join(" / ");
}
