import { gammaQuantile } from "./gamma.ts";
import type { Interval, Level } from "./interval.ts";

/**
 * Exact (Garwood) limits of a Poisson count: half the chi-square quantiles with 2c and 2c + 2 degrees of freedom.
 * Throws a RangeError unless count is a whole number >= 0.
 */
export function poisson(count: number, level: Level = 0.95): Interval {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
        throw new RangeError(`Poisson interval: expected a whole number of 0 or more, got ${count}.`);
    }
    return {
        low: count === 0 ? 0 : gammaQuantile("low", level, count),
        high: gammaQuantile("high", level, count + 1),
    };
}
