import type { View } from "./view.ts";

/** How far a count can move from what it is, down (at most 0) and up, while all others stay. */
export interface Room {
    down: number;
    up: number;
}

/** The room that everything read of the figures of a count leaves it; none when the count itself is known. */
export function roomOf(place: number, view: View): Room {
    if (view.isKnown(place)) return { down: 0, up: 0 };
    const { values, figuresOf } = view.system;
    const value = values[place] ?? 0;
    let [down, up] = [-value, Number.POSITIVE_INFINITY];
    for (const figure of figuresOf[place] ?? []) {
        const { n, d, isPart } = figure;
        if (d < 0 || n === d) continue;
        const [numerator, denominator] = [values[n] ?? 0, values[d] ?? 0];
        const { ratio } = view.of(figure);
        if (place === n) {
            if (isPart) up = Math.min(up, denominator - numerator);
            // low * d <= scale * n < high * d, in whole numbers.
            if (!ratio) continue;
            down = Math.max(down, Math.ceil((ratio.low * denominator) / ratio.scale) - numerator);
            up = Math.min(up, Math.ceil((ratio.high * denominator) / ratio.scale) - 1 - numerator);
        } else {
            if (isPart) down = Math.max(down, numerator - denominator);
            if (!ratio) continue;
            down = Math.max(down, Math.floor((ratio.scale * numerator) / ratio.high) + 1 - denominator);
            if (ratio.low > 0) up = Math.min(up, Math.floor((ratio.scale * numerator) / ratio.low) - denominator);
        }
    }
    // What is read is true, so that the count itself is always among them.
    return { down: Math.min(0, down) + 0, up: Math.max(0, up) };
}
