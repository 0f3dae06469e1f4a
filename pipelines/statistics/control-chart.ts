import { type Share, sumOver } from "./interval.ts";
import { type Direction, outside, shifts, trends } from "./run-rules.ts";

/** Fewer points tell too little about chance (indicators.md, Publication). */
export const FEWEST_POINTS = 12;

/** One disjoint period of a flow: `2024-06`, `2024-Q2` or `2024`. */
export interface FlowPoint extends Share {
    period: string;
}

export interface ControlPoint {
    period: string;
    value: number;
    low: number;
    high: number;
    outside: Direction | null;
    shift: Direction | null;
    trend: Direction | null;
}

export interface ControlChart {
    kind: "p" | "p'" | "u";
    centre: number;
    /** How much wider than chance alone (Laney's sigma z); 1 for p and u. */
    widening: number;
    points: ControlPoint[];
}

/**
 * Control chart of a share per period, as fractions: p, or p' (Laney 2002) when neighbouring periods differ more than
 * chance gives. Periods without patients are left out. Null with fewer than 12 points, or when nobody or everybody counts.
 * Throws a RangeError when periods are not disjoint, each of one length, the earliest first.
 */
export function shareChart(flow: readonly FlowPoint[]): ControlChart | null {
    const points = usable(flow);
    const centre = centreOf(points);
    if (centre === null || centre >= 1) return null;
    const deviation = (n: number): number => Math.sqrt((centre * (1 - centre)) / n);
    const scores = points.map(
        ({ numerator, denominator }) => (numerator / denominator - centre) / deviation(denominator),
    );
    // Less than chance cannot be; it would only be a lucky row of points.
    const widening = Math.max(1, movingRangeDeviation(scores));
    return judged(points, { kind: widening > 1 ? "p'" : "p", centre, widening }, deviation, 1);
}

/**
 * Control chart (u) of events per patient per period. Null and errors as for `shareChart`.
 */
export function rateChart(flow: readonly FlowPoint[]): ControlChart | null {
    const points = usable(flow);
    const centre = centreOf(points);
    if (centre === null) return null;
    const deviation = (n: number): number => Math.sqrt(centre / n);
    return judged(points, { kind: "u", centre, widening: 1 }, deviation, Number.POSITIVE_INFINITY);
}

/** Standard deviation from the mean difference between neighbours (1,128 is that of a pair of normal values). */
export function movingRangeDeviation(values: readonly number[]): number {
    const ranges = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
    return ranges.length === 0 ? 0 : sumOver(ranges, (range) => range) / ranges.length / 1.128;
}

function usable(flow: readonly FlowPoint[]): FlowPoint[] {
    const forms = new Set(flow.map(({ period }) => period.replace(/\d/g, "0")));
    const wrong = flow.find(({ period }, index) => index > 0 && period <= (flow[index - 1]?.period ?? ""));
    if (forms.size > 1 || wrong) {
        throw new RangeError(
            `Control chart: expected disjoint periods of one length, the earliest first, got ${wrong?.period ?? [...forms].join(" and ")} in between.`,
        );
    }
    return flow.filter(({ denominator }) => denominator > 0);
}

function centreOf(points: readonly FlowPoint[]): number | null {
    const events = sumOver(points, ({ numerator }) => numerator);
    return points.length < FEWEST_POINTS || events === 0
        ? null
        : events / sumOver(points, ({ denominator }) => denominator);
}

function judged(
    points: readonly FlowPoint[],
    chart: Omit<ControlChart, "points">,
    deviation: (n: number) => number,
    highest: number,
): ControlChart {
    const limited = points.map(({ period, numerator, denominator }) => {
        const reach = 3 * chart.widening * deviation(denominator);
        return {
            period,
            value: numerator / denominator,
            low: Math.max(0, chart.centre - reach),
            high: Math.min(highest, chart.centre + reach),
        };
    });
    const values = limited.map(({ value }) => value);
    const beyond = outside(limited);
    const side = shifts(values, chart.centre);
    const slope = trends(values);
    return {
        ...chart,
        points: limited.map((point, index) => ({
            ...point,
            outside: beyond[index] ?? null,
            shift: side[index] ?? null,
            trend: slope[index] ?? null,
        })),
    };
}
