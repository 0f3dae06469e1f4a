import { type Interval, type Level, levels } from "./interval.ts";

/**
 * Wilson's interval (without continuity correction) of numerator/denominator, as fractions 0..1 (indicators.md, "maat").
 * Throws a RangeError unless 0 <= numerator <= denominator and denominator > 0.
 */
export function wilson(numerator: number, denominator: number, level: Level = 0.95): Interval {
    if (!(denominator > 0 && numerator >= 0 && numerator <= denominator)) {
        throw new RangeError(
            `Wilson interval: expected 0 <= numerator <= denominator and denominator > 0, got ${numerator} of ${denominator}.`,
        );
    }
    const { z } = levels[level];
    const square = z * z;
    const share = numerator / denominator;
    const middle = (numerator + square / 2) / (denominator + square);
    const half =
        (z * Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator))) /
        (1 + square / denominator);
    // At 0 and at all the limit is exactly 0 and 1; floating point may miss it by one last digit.
    return {
        low: numerator === 0 ? 0 : Math.max(0, middle - half),
        high: numerator === denominator ? 1 : Math.min(1, middle + half),
    };
}
