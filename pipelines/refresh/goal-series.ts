// The figures that goals are judged by: monthly values of one indicator, for the region and per practice.
import { monthIndex, monthOf } from "./period.ts";

export interface Point {
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: string;
    delivered: number;
    members: number;
}

/** Monthly values of one indicator, or of one stratum or area of it: the whole's and each practice's, by month. */
export interface Series {
    soort: string;
    maat: string;
    /** `december`: a stock although its soort is summed by default (see the header of an indicator). */
    jaarcijfer?: string;
    region: Map<string, Point>;
    practices: Map<string, Map<string, Point>>;
}

/** A pair of sums of one practice of the constant panel. */
export interface PanelPair {
    practice: string;
    before: number;
    after: number;
}

/** Whether the point holds a figure; zero is one. */
export function hasValue(point: Point | undefined): point is Point {
    return point !== undefined && (point.state === "value" || point.state === "zero");
}

/** A flow is summed over months, a stock is read in one (`indicators.md`, soort). */
export function isFlow(series: Pick<Series, "soort" | "jaarcijfer">): boolean {
    return (series.soort === "stroom" || series.soort === "regio") && series.jaarcijfer !== "december";
}

/** The sum of the numerators over months; null when any of them has no value. */
export function sumOf(points: Map<string, Point>, months: readonly string[]): number | null {
    let sum = 0;
    for (const month of months) {
        const point = points.get(month);
        if (!hasValue(point)) return null;
        sum += point.numerator ?? 0;
    }
    return sum;
}

/** The constant panel: practices with a value in every month of both spans. */
export function panelPairs(series: Series, before: readonly string[], now: readonly string[]): PanelPair[] {
    const pairs: PanelPair[] = [];
    for (const [practice, points] of series.practices) {
        const first = sumOf(points, before);
        const second = sumOf(points, now);
        if (first !== null && second !== null) pairs.push({ practice, before: first, after: second });
    }
    return pairs;
}

/** Shares of the practices that have one in both months, with their patients (or 1 of 1) as weight. */
export function sharesOf(series: Series, ago: string, now: string): { ago: number; now: number; patients: number }[] {
    const shares: { ago: number; now: number; patients: number }[] = [];
    for (const points of series.practices.values()) {
        const first = points.get(ago);
        const second = points.get(now);
        if (hasValue(first) && hasValue(second) && first.value !== null && second.value !== null)
            shares.push({ ago: first.value, now: second.value, patients: second.denominator ?? 0 });
    }
    return shares;
}

/** Events from January up to and including a month; `missing` months have no value and are never taken as none. */
export function yearSoFar(series: Series, to: string): { events: number; months: number; missing: number } {
    const months = monthsOfYear(Number(to.slice(0, 4)), Number(to.slice(5)));
    const points = months.map((month) => series.region.get(month)).filter(hasValue);
    return {
        events: points.reduce((sum, point) => sum + (point.numerator ?? 0), 0),
        months: months.length,
        missing: months.length - points.length,
    };
}

/** The months of a calendar year, up to `last` (1 to 12). */
export function monthsOfYear(year: number, last = 12): string[] {
    return Array.from({ length: last }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`);
}

/** The same month a year earlier. */
export function yearBefore(month: string): string {
    return monthOf(monthIndex(month) - 12);
}
