import * as Plot from "@observablehq/plot";
import { draw } from "../chart.ts";
import type { Html } from "../html.ts";

export interface YearPaceOptions {
    label: string;
    /** Running totals per calendar year: value after month 1..12. */
    years: { year: number; totals: { month: number; value: number }[] }[];
    targets: { value: number; text: string }[];
    projection: { value: number; low: number; high: number } | null;
    write: (value: number) => string;
    /** Short names of the twelve months. */
    months: string[];
}

/** A count that starts again each January: the running totals of the years over one another, with the year's target. */
export function yearPace(options: YearPaceOptions): Html {
    const rows = options.years.flatMap((year) =>
        [{ month: 0, value: 0 }, ...year.totals].map((point) => ({ ...point, year: year.year })),
    );
    const highest = Math.max(
        1,
        ...rows.map((row) => row.value),
        ...options.targets.map((target) => target.value),
        options.projection?.high ?? 0,
    );
    const latest = Math.max(...options.years.map((year) => year.year));
    const ends = options.years.flatMap((year) => {
        const end = year.totals.at(-1);
        return end ? [{ ...end, year: year.year }] : [];
    });
    const now = ends.find((end) => end.year === latest);
    const spaced = spreadLabels(
        ends.map((end) => end.value),
        highest * 1.08 * 0.09,
    );
    return draw("jaartempo", options.label, {
        height: 200,
        marginLeft: 50,
        marginRight: 92,
        marginTop: 18,
        marginBottom: 28,
        x: { domain: [0, 12] },
        y: { domain: [0, highest * 1.08] },
        marks: [
            Plot.gridY({ ticks: 3, className: "raster" }),
            Plot.axisY({ ticks: 3, tickSize: 0, tickPadding: 8, label: null, tickFormat: options.write }),
            Plot.axisX([3, 6, 9, 12], {
                tickSize: 4,
                label: null,
                tickFormat: (month: number) => options.months[month - 1] ?? "",
            }),
            Plot.ruleY(options.targets, { y: "value", className: "doellijn" }),
            Plot.text(options.targets, {
                x: 0,
                y: "value",
                text: "text",
                dx: 4,
                dy: -7,
                textAnchor: "start",
                className: "label-doel",
            }),
            options.projection && now && now.month < 12
                ? [
                      Plot.link([options.projection], {
                          x1: now.month,
                          y1: now.value,
                          x2: 12,
                          y2: "value",
                          className: "prognose-lijn",
                      }),
                      Plot.ruleX([options.projection], { x: 12, y1: "low", y2: "high", className: "prognose" }),
                  ]
                : null,
            Plot.lineY(
                rows.filter((row) => row.year !== latest),
                { x: "month", y: "value", z: "year", className: "lijn-eerder" },
            ),
            Plot.lineY(
                rows.filter((row) => row.year === latest),
                { x: "month", y: "value", className: "lijn" },
            ),
            now ? Plot.dot([now], { x: "month", y: "value", r: 4, className: "laatste" }) : null,
            ends.map((end, index) =>
                Plot.text([end], {
                    x: "month",
                    y: () => spaced[index] ?? end.value,
                    text: () => `${end.year}: ${options.write(end.value)}`,
                    dx: 8,
                    textAnchor: "start",
                    className: end.year === latest ? "label-laatste" : "label-eerder",
                }),
            ),
        ],
    });
}

/** Heights of labels, moved up as little as needed to keep them `least` apart. */
function spreadLabels(values: number[], least: number): number[] {
    const order = values.map((value, index) => ({ value, index })).sort((left, right) => left.value - right.value);
    let previous = Number.NEGATIVE_INFINITY;
    const placed = new Array<number>(values.length).fill(0);
    for (const one of order) {
        previous = Math.max(one.value, previous + least);
        placed[one.index] = previous;
    }
    return placed;
}
