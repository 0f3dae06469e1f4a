import { drawn } from "../chart.ts";
import type { Html } from "../html.ts";

export interface SparkPoint {
    value: number | null;
    low: number | null;
    high: number | null;
}

const WIDE = 96;
const HIGH = 28;

/** A line the size of a word, with its 95% band; places without a value stay empty. `least` keeps noise from filling the height. */
export function sparkline(points: SparkPoint[], label: string, least: number): Html {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const point of points) {
        for (const value of [point.value, point.low, point.high]) {
            if (value === null) continue;
            if (value < low) low = value;
            if (value > high) high = value;
        }
    }
    if (low > high) return drawn("lijn", label, WIDE, HIGH, "");
    if (high - low < least) {
        const middle = (low + high) / 2;
        [low, high] = [middle - least / 2, middle + least / 2];
    }
    const scale = { low, high, step: (WIDE - 6) / Math.max(1, points.length - 1) };
    let path = "";
    for (const [from, to] of stretches(points, isDrawn)) {
        for (let at = from; at < to; at += 1) path += (at === from ? "M" : "L") + place(scale, at, points[at]?.value);
        if (to - from === 1) path += "Z";
    }
    let band = "";
    for (const [from, to] of stretches(points, hasBand)) {
        for (let at = from; at < to; at += 1) band += (at === from ? "M" : "L") + place(scale, at, points[at]?.high);
        for (let at = to - 1; at >= from; at -= 1) band += `L${place(scale, at, points[at]?.low)}`;
        band += "Z";
    }
    const lastIndex = points.findLastIndex((point) => point.value !== null);
    const last = points[lastIndex]?.value;
    const end =
        last === null || last === undefined
            ? ""
            : `<circle cx="${xOf(scale, lastIndex).toFixed(1)}" cy="${yOf(scale, last).toFixed(1)}" r="2.4"/>`;
    return drawn(
        "lijn",
        label,
        WIDE,
        HIGH,
        `${band ? `<path class="band" d="${band}"/>` : ""}${path ? `<path class="lijn" d="${path}"/>` : ""}${end}`,
    );
}

interface Scale {
    low: number;
    high: number;
    step: number;
}

// Functions of the module, not of a call: a page draws a hundred of these.
const xOf = (scale: Scale, index: number): number => 3 + index * scale.step;
const yOf = ({ low, high }: Scale, value: number): number => HIGH - 4 - ((value - low) / (high - low)) * (HIGH - 8);
const tenth = (value: number): number => Math.round(value * 10) / 10;
const place = (scale: Scale, index: number, value: number | null | undefined): string =>
    `${tenth(xOf(scale, index))},${tenth(yOf(scale, value ?? 0))}`;
const isDrawn = (point: SparkPoint): boolean => point.value !== null;
const hasBand = (point: SparkPoint): boolean => point.low !== null && point.high !== null;

/** From where to where points hold on; the end is not in it. */
function stretches(points: SparkPoint[], holds: (point: SparkPoint) => boolean): [number, number][] {
    const found: [number, number][] = [];
    for (let index = 0; index < points.length; index += 1) {
        const point = points[index];
        if (!point || !holds(point)) continue;
        const last = found.at(-1);
        if (last?.[1] === index) last[1] = index + 1;
        else found.push([index, index + 1]);
    }
    return found;
}
