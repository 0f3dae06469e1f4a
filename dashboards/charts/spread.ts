import { drawn } from "../chart.ts";
import type { Html } from "../html.ts";

export interface SpreadOptions {
    label: string;
    /** Whole percents of anonymous practices. */
    percents: number[];
    /** 0..1 */
    region: number | null;
    /** 0..1 */
    own?: number | null;
    /** Shares that chance alone would give a practice of average size, 0..1; drawn as a band. */
    chance?: { low: number; high: number } | null;
    /** What the best practices reach, 0..1. */
    achievable?: number | null;
    size?: "row" | "full";
    /** Axis, in whole percents; 0-100 in a table, so that rows compare. */
    from?: number;
    to?: number;
}

/** Where the axis of a full-size strip begins and ends: tens around the data, at least thirty points wide. */
export function stripDomain(percents: number[], others: number[]): [number, number] {
    const all = [...percents, ...others.map((share) => share * 100)];
    let from = Math.floor(Math.min(...all) / 10) * 10;
    let to = Math.min(100, Math.ceil(Math.max(...all) / 10) * 10);
    if (to - from < 30) from = Math.max(0, to - 30);
    if (to - from < 30) to = Math.min(100, from + 30);
    return [from, to];
}

/**
 * A dot per anonymous practice, stacked per whole percent; the region is a line, the own practice a triangle.
 * All dots are one path of zero-length strokes with round ends: a few bytes each, and no name, order or id of anybody.
 */
export function spread(options: SpreadOptions): Html {
    const full = options.size === "full";
    const [width, height] = full ? [460, 132] : [212, 36];
    const [left, right, floor] = full ? [14, 14, 96] : [6, 6, 26];
    const [from, to] = [options.from ?? 0, options.to ?? 100];
    const x = (percent: number): number => left + ((percent - from) / (to - from)) * (width - left - right);
    const counts = new Map<number, number>();
    for (const percent of options.percents) counts.set(percent, (counts.get(percent) ?? 0) + 1);
    const tallest = Math.max(1, ...counts.values());
    const widest = ((width - left - right) / (to - from)) * 0.92;
    // Dots of a tall stack overlap into a bar; they do not shrink until nobody sees them.
    const step = Math.min(full ? 9 : 3.6, (floor - (full ? 16 : 2)) / tallest);
    const size = full ? Math.min(7.5, Math.max(3, widest)) : 3;
    let dots = "";
    for (const [percent, count] of [...counts].sort((one, two) => one[0] - two[0])) {
        for (let index = 0; index < count; index += 1)
            dots += `M${short(x(percent))} ${short(floor - 1.5 - size / 2 - index * step)}h0`;
    }
    const thickness = dotClass(size);
    const parts = [
        options.chance
            ? `<rect class="toeval" x="${short(x(Math.max(from, options.chance.low * 100)))}" y="${full ? 8 : 1}" width="${short(x(Math.min(to, options.chance.high * 100)) - x(Math.max(from, options.chance.low * 100)))}" height="${short(floor - (full ? 8 : 1))}"/>`
            : "",
        `<path class="as" d="M${left} ${floor}H${width - right}"/>`,
        dots ? `<path class="stippen ${thickness}" d="${dots}"/>` : "",
        options.region === null
            ? ""
            : `<path class="regio" d="M${short(x(options.region * 100))} ${full ? 6 : 0}V${floor + (full ? 8 : 4)}"/>`,
        options.achievable === null || options.achievable === undefined
            ? ""
            : `<path class="haalbaar" d="M${short(x(options.achievable * 100))} ${full ? 6 : 0}V${floor + (full ? 8 : 4)}"/>`,
        ownMark(options.own ?? null, x, floor, full ? 8 : 5),
        full ? axis(from, to, x, floor) : "",
    ];
    return drawn(full ? "strook-groot" : "strook", options.label, width, height, parts.join(""));
}

/** The stylesheet knows thicknesses in half pixels; a stroke width attribute would do too, but classes print alike. */
function dotClass(size: number): string {
    return `d${Math.max(2, Math.min(18, Math.round(size * 2)))}`;
}

function ownMark(own: number | null, x: (percent: number) => number, floor: number, size: number): string {
    if (own === null) return "";
    const middle = x(own * 100);
    return `<path class="eigen" d="M${short(middle)} ${floor - 1}l${size} ${size * 1.7}h${-2 * size}Z"/>`;
}

function axis(from: number, to: number, x: (percent: number) => number, floor: number): string {
    const step = to - from > 50 ? 20 : 10;
    let text = "";
    for (let percent = from; percent <= to; percent += step)
        text += `<text x="${short(x(percent))}" y="${floor + 30}">${percent}%</text>`;
    return text;
}

function short(value: number): string {
    return String(Math.round(value * 10) / 10);
}
