// The most that the set-aside rows of a delivery can have done to each indicator, in points.
import type { Indicator } from "../refresh/indicator.ts";
import { type Affected, windowHolding } from "./quality.ts";

/** What the last refresh computed for a practice and the month of the delivery. */
export interface Computed {
    indicator: string;
    practice: string;
    numerator: number;
    denominator: number;
}

export interface IndicatorEffect {
    indicator: string;
    titel: string;
    /** At most this many patients (or rows, where a row has no patient) are touched. */
    patients: number;
    /** The value in per cent as computed, and between which values it lies; null without a computed denominator. */
    value: { now: number; low: number; high: number } | null;
    /** The larger distance to either side, in percentage points. */
    points: number | null;
}

/** An indicator with the lake tables it is computed from. */
export interface Sourced {
    indicator: Indicator;
    tables: readonly string[];
}

/**
 * A bound, not an estimate: what a set-aside row would have said is not known. Of a share with numerator t of n, k touched
 * patients can move numerator and denominator by at most k each. Where the numerator is "measured" and only results
 * are touched, a patient who has another result in the window changes nothing, and the share can only be too low.
 * Sorted by points, then by patients.
 */
export function effectsOn(
    sourced: readonly Sourced[],
    affected: readonly Affected[],
    computed: readonly Computed[],
): IndicatorEffect[] {
    return sourced
        .flatMap(({ indicator, tables }): IndicatorEffect[] => {
            const touching = affected.filter((entry) => touches(entry, indicator, tables));
            const window = windowHolding(indicator.venster ?? (indicator.soort === "stroom" ? 1 : null));
            const onlyResults = touching.every(({ table }) => table === "measurements");
            // with more than one concept one of them may exempt a patient (fundusbeleid) instead of counting him
            const gaining = indicator.klasse === "proces" && onlyResults && indicator.begrippen.length === 1;
            const patients = touching.reduce(
                (sum, { patients, without }) => sum + ((gaining ? without : patients)[window] ?? 0),
                0,
            );
            if (patients === 0) return [];
            // a practice that has something or not turns on a threshold, not by a share of patients
            const isShare = indicator.maat === "aandeel" && indicator.soort !== "praktijk";
            const value = isShare ? bounds(indicator.id, patients, gaining, computed) : null;
            const points = value && Math.max(value.high - value.now, value.now - value.low);
            return [{ indicator: indicator.id, titel: indicator.titel, patients, value, points }];
        })
        .sort(
            (a, b) =>
                (b.points ?? -1) - (a.points ?? -1) || b.patients - a.patients || (a.indicator < b.indicator ? -1 : 1),
        );
}

function touches({ table, concept }: Affected, indicator: Indicator, tables: readonly string[]): boolean {
    if (indicator.gebied === "regio") return false;
    if (table === null) return tables.length > 0;
    if (!tables.includes(table)) return false;
    return table !== "measurements" || concept === null || indicator.begrippen.includes(concept);
}

function bounds(
    indicator: string,
    patients: number,
    gaining: boolean,
    computed: readonly Computed[],
): IndicatorEffect["value"] {
    const own = computed.filter((row) => row.indicator === indicator);
    const numerator = own.reduce((sum, row) => sum + row.numerator, 0);
    const denominator = own.reduce((sum, row) => sum + row.denominator, 0);
    if (denominator === 0) return null;
    const now = (100 * numerator) / denominator;
    const high = Math.min(100, (100 * (numerator + patients)) / denominator);
    // Who comes into the denominator only lowers the share less than who leaves the numerator: t/(n+k) >= (t-k)/n.
    const low = gaining ? now : Math.max(0, (100 * (numerator - patients)) / denominator);
    return { now, low, high };
}
