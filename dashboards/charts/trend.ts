import * as Plot from "@observablehq/plot";
import { domainOf, draw } from "../chart.ts";
import type { Control } from "../comparisons.ts";
import type { Html } from "../html.ts";
import { endOf } from "../period.ts";

export interface TrendPoint {
    period: string;
    value: number | null;
    low: number | null;
    high: number | null;
}

export interface TrendOptions {
    /** What a screen reader hears. */
    label: string;
    points: TrendPoint[];
    /** Share (axis 0..1) or number (axis from zero). */
    share: boolean;
    write: (value: number) => string;
    writeLast: (value: number) => string;
    /** A count that stays until it changes: steps instead of slopes. */
    steps?: boolean;
    /** Mark 1 January: an age-bounded stock jumps there. */
    januaries: boolean;
    /** Days on which the membership changed, with a short text. */
    events: { period: string; text: string }[];
    /** A reference line and its text, for example the region beside a practice. */
    reference?: { text: string; points: TrendPoint[] };
    /** Control limits of a flow. */
    control?: Pick<Control, "centre" | "points"> | null;
}

const YEAR_MS = 365.25 * 86_400_000;

/** A line over time with its 95% band; gaps stay gaps. Stocks carry no control limits, flows may. */
export function trend(options: TrendOptions): Html {
    const points = options.points.map((point) => ({ ...point, x: endOf(point.period) }));
    const reference = (options.reference?.points ?? []).map((point) => ({ ...point, x: endOf(point.period) }));
    const control = (options.control?.points ?? []).map((point) => ({ ...point, x: endOf(point.period) }));
    const numbers = [
        ...[...points, ...reference].flatMap((point) => [point.value, point.low, point.high]),
        ...control.flatMap((point) => [point.low, point.high]),
    ].filter((value): value is number => value !== null);
    const domain = domainOf(numbers.length > 0 ? numbers : [0, 1], {
        free: options.share,
        least: options.share ? 0.1 : 1,
        most: options.share ? 1 : undefined,
    });
    const times = points.map((point) => point.x.getTime());
    const from = Math.min(...times);
    const to = Math.max(...times);
    const years = yearStarts(from, to);
    const last = points.findLast((point) => point.value !== null);
    const banded = points.filter((point) => point.low !== null && point.high !== null);
    const lastReference = reference.findLast((point) => point.value !== null);

    return draw("trend", options.label, {
        height: 230,
        marginLeft: 46,
        marginRight: 58,
        marginTop: options.events.length > 0 ? 30 : 14,
        marginBottom: 28,
        x: { type: "utc", domain: [new Date(from), new Date(to)] },
        y: { domain },
        marks: [
            Plot.gridY({ ticks: 4, className: "raster" }),
            Plot.axisY({ ticks: 4, tickSize: 0, tickPadding: 8, label: null, tickFormat: options.write }),
            Plot.axisX(years, { tickSize: 4, label: null, tickFormat: (day: Date) => String(day.getUTCFullYear()) }),
            options.januaries ? Plot.ruleX(years, { className: "januari" }) : null,
            control.length > 0
                ? [
                      Plot.lineY(control, { x: "x", y: "low", className: "grens" }),
                      Plot.lineY(control, { x: "x", y: "high", className: "grens" }),
                      Plot.ruleY([options.control?.centre ?? 0], { className: "midden" }),
                  ]
                : null,
            Plot.areaY(banded, { x: "x", y1: "low", y2: "high", className: "band" }),
            reference.length > 0 ? Plot.lineY(reference, { x: "x", y: "value", className: "lijn-regio" }) : null,
            Plot.lineY(points, {
                x: "x",
                y: "value",
                className: "lijn",
                curve: options.steps ? "step-after" : "linear",
            }),
            Plot.dot(
                points.filter((point) => point.value !== null && points.length <= 14),
                { x: "x", y: "value", r: 2.5, className: "punt" },
            ),
            Plot.dot(
                control
                    .filter((point) => point.signal === "buiten")
                    .map((point) => ({
                        x: point.x,
                        y: points.find((one) => one.period === point.period)?.value ?? null,
                    })),
                { x: "x", y: "y", r: 4.5, className: "signaal" },
            ),
            eventMarks(options.events, domain[1]),
            lastReference && options.reference
                ? Plot.text([lastReference], {
                      x: "x",
                      y: (point: TrendPoint) => apart(point.value ?? 0, last?.value ?? null, domain),
                      text: () => options.reference?.text ?? "",
                      dx: 8,
                      textAnchor: "start",
                      className: "label-regio",
                  })
                : null,
            last
                ? [
                      Plot.dot([last], { x: "x", y: "value", r: 3.5, className: "laatste" }),
                      Plot.text([last], {
                          x: "x",
                          y: "value",
                          text: (point: TrendPoint) => options.writeLast(point.value ?? 0),
                          dx: 8,
                          textAnchor: "start",
                          className: "label-laatste",
                      }),
                  ]
                : null,
        ],
    });
}

function eventMarks(events: { period: string; text: string }[], top: number): Plot.Markish[] {
    const placed = events.map((event) => ({ x: endOf(event.period), text: event.text }));
    return [
        Plot.ruleX(placed, { x: "x", className: "gebeurtenis" }),
        Plot.text(placed, { x: "x", y: () => top, text: "text", dy: -14, className: "label-gebeurtenis" }),
    ];
}

/** Moves a label away from another one that would lie over it. */
function apart(value: number, other: number | null, domain: [number, number]): number {
    const least = (domain[1] - domain[0]) * 0.08;
    if (other === null || Math.abs(value - other) >= least) return value;
    return value >= other ? other + least : other - least;
}

/** Each 1 January between two moments, for the ticks of a time axis. */
export function yearStarts(from: number, to: number): Date[] {
    const days: Date[] = [];
    for (let year = new Date(from).getUTCFullYear(); year <= new Date(to).getUTCFullYear() + 1; year += 1) {
        const day = new Date(Date.UTC(year, 0, 1));
        if (day.getTime() >= from && day.getTime() <= to) days.push(day);
    }
    // A line shorter than a year may hold no 1 January; then its first day is the only mark.
    return days.length > 0 || to - from > YEAR_MS ? days : [new Date(from)];
}
