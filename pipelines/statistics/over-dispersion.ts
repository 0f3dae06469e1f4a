import { sumOver } from "./interval.ts";

/** A practice's distance from the region in its own standard errors. */
export interface Score {
    z: number;
    error: number;
}

export interface OverDispersion {
    /** Mean square of the winsorised scores; 1 or less is what chance gives. */
    phi: number;
    /** Variance between practices beyond chance, in the square of the unit of `error`. */
    between: number;
}

/** The tenth at either end is pulled in to the tenth's edge, so that one odd practice widens nothing. */
const WINSORISED = 0.1;

/** Mean square of standard normal scores after that pulling in; dividing by it keeps chance at 1. */
const MEAN_SQUARE_WINSORISED = 0.6786545589528744;

/**
 * How much more practices differ than chance gives (Spiegelhalter 2005: winsorised phi, additive variance after
 * DerSimonian and Laird). Pulling in the tails shrinks phi also where practices differ by chance only; published
 * software leaves that, which misses differences up to a half more than chance. Here the variance is freed of it.
 */
export function overDispersion(scores: readonly Score[]): OverDispersion {
    const phi = meanSquare(winsorised(scores.map(({ z }) => z)));
    return { phi, between: varianceBetween(scores, phi / MEAN_SQUARE_WINSORISED) };
}

/** DerSimonian and Laird's variance between practices, for scores with this mean square; never below 0. */
export function varianceBetween(scores: readonly Score[], phi: number): number {
    const count = scores.length;
    const weights = scores.map(({ error }) => 1 / (error * error));
    const total = sumOver(weights, (weight) => weight);
    const squares = sumOver(weights, (weight) => weight * weight);
    const room = total - squares / total;
    return room > 0 ? Math.max(0, (count * phi - (count - 1)) / room) : 0;
}

export function meanSquare(values: readonly number[]): number {
    return sumOver(values, (value) => value * value) / values.length;
}

/** Values with both ends pulled in to the 10th and 90th percentile (linear between neighbours). */
export function winsorised(values: readonly number[]): number[] {
    const sorted = [...values].sort((left, right) => left - right);
    const low = quantile(sorted, WINSORISED);
    const high = quantile(sorted, 1 - WINSORISED);
    return values.map((value) => Math.min(high, Math.max(low, value)));
}

function quantile(sorted: readonly number[], share: number): number {
    const place = (sorted.length - 1) * share;
    const under = sorted[Math.floor(place)] ?? 0;
    const over = sorted[Math.ceil(place)] ?? under;
    return under + (over - under) * (place - Math.floor(place));
}
