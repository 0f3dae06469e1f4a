import * as Plot from "@observablehq/plot";
import { domainOf, draw } from "../chart.ts";
import type { Html } from "../html.ts";
import { endOf } from "../period.ts";
import { type TrendPoint, yearStarts } from "./trend.ts";

export interface Line {
    name: string;
    points: TrendPoint[];
}

export interface LinesOptions {
    label: string;
    /** At most four: each has its own colour, dash and mark. */
    lines: Line[];
    /** Drawn as the region is everywhere. */
    reference: Line | null;
    /** Share (axis 0..1 around the data) or number (axis from zero). */
    share: boolean;
    write: (value: number) => string;
}

const MARKS = ["circle", "square", "triangle", "diamond"] as const;

/** Several lines over time, each named at its end; gaps stay gaps. */
export function lines(options: LinesOptions): Html {
    const drawn = [
        ...options.lines.map((line, index) => ({ ...line, own: `reeks-${index + 1}`, mark: MARKS[index] ?? "circle" })),
        ...(options.reference ? [{ ...options.reference, own: "lijn-regio", mark: null }] : []),
    ].map((line) => ({ ...line, points: line.points.map((point) => ({ ...point, x: endOf(point.period) })) }));
    const numbers = drawn.flatMap((line) => line.points.flatMap(({ value }) => value ?? []));
    const domain = domainOf(numbers.length > 0 ? numbers : [0, 1], {
        free: options.share,
        least: options.share ? 0.1 : 1,
        most: options.share ? 1 : undefined,
    });
    const times = drawn.flatMap((line) => line.points.map(({ x }) => x.getTime()));
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const ends = drawn.flatMap((line) => {
        const last = line.points.findLast(({ value }) => value !== null);
        return last ? [{ name: line.name, own: line.own, x: last.x, value: last.value ?? 0 }] : [];
    });
    const height = 280;
    const places = apart(
        ends.map(({ value }) => value),
        ((domain[1] - domain[0]) * 17) / (height - 42),
    );
    const longest = Math.max(0, ...drawn.map(({ name }) => name.length));
    return draw("reeksen", options.label, {
        height,
        marginLeft: 46,
        marginRight: Math.min(190, 26 + longest * 7.4),
        marginTop: 14,
        marginBottom: 28,
        x: { type: "utc", domain: [new Date(from), new Date(to)] },
        y: { domain },
        marks: [
            Plot.gridY({ ticks: 4, className: "raster" }),
            Plot.axisY({ ticks: 4, tickSize: 0, tickPadding: 8, label: null, tickFormat: options.write }),
            Plot.axisX(yearStarts(from, to), {
                tickSize: 4,
                label: null,
                tickFormat: (day: Date) => String(day.getUTCFullYear()),
            }),
            drawn.map((line) => [
                Plot.lineY(line.points, { x: "x", y: "value", className: line.own }),
                line.mark
                    ? Plot.dot(
                          line.points.filter(({ value }, index) => value !== null && shownMark(line.points, index)),
                          { x: "x", y: "value", r: 3.5, symbol: line.mark, className: `${line.own} merkteken` },
                      )
                    : null,
            ]),
            Plot.text(ends, {
                x: () => new Date(to),
                y: (_end: unknown, index: number) => places[index] ?? 0,
                text: "name",
                dx: 10,
                textAnchor: "start",
                className: "label-reeks",
            }),
        ],
    });
}

/** Marks on every point of a short line; on a long one only here and there, and where it is alone. */
function shownMark(points: { value: number | null }[], index: number): boolean {
    const alone = (points[index - 1]?.value ?? null) === null && (points[index + 1]?.value ?? null) === null;
    return alone || points.length <= 12 || (points.length - 1 - index) % 6 === 0;
}

/** Moves values apart until they lie `least` from each other, keeping their order; the middle stays where it was. */
export function apart(values: readonly number[], least: number): number[] {
    const order = [...values.keys()].sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0) || left - right);
    const placed = order.map((index) => values[index] ?? 0);
    for (let round = 0; round < 40; round += 1) {
        let moved = false;
        for (let at = 1; at < placed.length; at += 1) {
            const [low, high] = [placed[at - 1] ?? 0, placed[at] ?? 0];
            const short = least - (high - low);
            if (short <= least * 1e-6) continue;
            placed[at - 1] = low - short / 2;
            placed[at] = high + short / 2;
            moved = true;
        }
        if (!moved) break;
    }
    const result: number[] = [];
    for (const [at, index] of order.entries()) result[index] = placed[at] ?? 0;
    return result;
}
