import * as Plot from "@observablehq/plot";
import { domainOf, draw } from "../chart.ts";
import type { Html } from "../html.ts";
import { endOf } from "../period.ts";

export interface GoalPathOptions {
    label: string;
    points: { period: string; value: number | null }[];
    /** Targets on the scale of the points, with their text; none when there is none to draw. */
    targets: { value: number; text: string }[];
    baseline: { period: string; value: number } | null;
    now: { period: string; value: number; low: number | null; high: number | null } | null;
    projection: { value: number; low: number; high: number } | null;
    /** ISO date. */
    deadline: string | null;
    share: boolean;
    write: (value: number) => string;
    axis: (value: number) => string;
}

/** The way to a goal: where it started, where it is, the target, and where the year is likely to end. */
export function goalPath(options: GoalPathOptions): Html {
    const points = options.points.map((point) => ({ ...point, x: endOf(point.period) }));
    const deadline = options.deadline ? new Date(`${options.deadline.slice(0, 10)}T00:00:00Z`) : null;
    const times = [...points.map((point) => point.x.getTime()), ...(deadline ? [deadline.getTime()] : [])];
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const numbers = [
        ...points.map((point) => point.value),
        ...options.targets.map((target) => target.value),
        options.baseline?.value,
        options.now?.low,
        options.now?.high,
        options.projection?.low,
        options.projection?.high,
    ].filter((value): value is number => value !== null && value !== undefined);
    const domain = domainOf(numbers.length > 0 ? numbers : [0, 1], {
        free: options.share || (numbers.length > 0 && Math.min(...numbers) > Math.max(...numbers) * 0.6),
        least: options.share ? 0.1 : 1,
        most: options.share ? 1 : undefined,
    });
    const years: Date[] = [];
    for (let year = new Date(from).getUTCFullYear(); year <= new Date(to).getUTCFullYear(); year += 1) {
        const day = new Date(Date.UTC(year, 0, 1));
        if (day.getTime() >= from) years.push(day);
    }
    const now = options.now ? { ...options.now, x: endOf(options.now.period) } : null;
    const baseline = options.baseline ? { ...options.baseline, x: endOf(options.baseline.period) } : null;
    const ends = options.projection && deadline ? [{ x: deadline, ...options.projection }] : [];
    return draw("doelpad", options.label, {
        height: 200,
        marginLeft: 50,
        marginRight: 62,
        marginTop: 18,
        marginBottom: 28,
        x: { type: "utc", domain: [new Date(from), new Date(to)] },
        y: { domain },
        marks: [
            Plot.gridY({ ticks: 3, className: "raster" }),
            Plot.axisY({ ticks: 3, tickSize: 0, tickPadding: 8, label: null, tickFormat: options.axis }),
            Plot.axisX(years, { tickSize: 4, label: null, tickFormat: (day: Date) => String(day.getUTCFullYear()) }),
            Plot.ruleY(options.targets, { y: "value", className: "doellijn" }),
            Plot.text(options.targets, {
                x: () => new Date(from),
                y: "value",
                text: "text",
                dx: 4,
                dy: -7,
                textAnchor: "start",
                className: "label-doel",
            }),
            now && ends.length > 0
                ? Plot.link(ends, {
                      x1: () => now.x,
                      y1: () => now.value,
                      x2: "x",
                      y2: "value",
                      className: "prognose-lijn",
                  })
                : null,
            Plot.ruleX(ends, { x: "x", y1: "low", y2: "high", className: "prognose" }),
            Plot.lineY(points, { x: "x", y: "value", className: "lijn" }),
            baseline
                ? Plot.dot([baseline], { x: "x", y: "value", r: 4, symbol: "square", className: "startpunt" })
                : null,
            now
                ? [
                      now.low !== null && now.high !== null
                          ? Plot.ruleX([now], { x: "x", y1: "low", y2: "high", className: "interval" })
                          : null,
                      Plot.dot([now], { x: "x", y: "value", r: 4, className: "laatste" }),
                      Plot.text([now], {
                          x: "x",
                          y: "value",
                          text: (point: { value: number }) => options.write(point.value),
                          dx: 8,
                          textAnchor: "start",
                          className: "label-laatste",
                      }),
                  ]
                : null,
        ],
    });
}
