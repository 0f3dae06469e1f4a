// Where a goal ends if things go on as they do now. Plain carrying forward: no season, no saturation.
import { countsOfRate, quantileCount } from "./count-distribution.ts";
import { type Estimate, levels } from "./interval.ts";
import { ratioOverPractices } from "./panel-change.ts";

/**
 * A share carried forward to a deadline: per practice the change over the last year goes on for `years` more; the mean is
 * weighted by patients, the interval from the spread between practices. Fractions, not clipped to 0..1.
 * Null with fewer than two practices or no patients.
 */
export function shareCarriedForward(
    practices: readonly { ago: number; now: number; patients: number }[],
    years: number,
): Estimate | null {
    const carried = practices.map(({ ago, now, patients }) => ({
        before: patients,
        after: patients * (now + years * (now - ago)),
    }));
    return ratioOverPractices(carried);
}

/**
 * A count of a year so far, carried to twelve months, with a 95 % prediction interval in whole events: what was counted
 * is certain; the rest is uncertain both in its rate, known from these months only, and by its own chance (gamma-Poisson
 * with Jeffreys' half event). Throws a RangeError unless events is a whole number >= 0 and months 1 to 12.
 */
export function countCarriedForward(events: number, months: number): Estimate {
    if (!(Number.isSafeInteger(events) && events >= 0 && Number.isInteger(months) && months >= 1 && months <= 12)) {
        throw new RangeError(
            `Projection: expected a whole number of events in 1 to 12 months, got ${events} in ${months}.`,
        );
    }
    if (months === 12) return { value: events, low: events, high: events };
    const rest = (12 - months) / months;
    const known = events + 0.5;
    const toCome = countsOfRate(known * rest, 1 / known);
    const { tail } = levels[0.95];
    return {
        value: events * (1 + rest),
        low: events + quantileCount(toCome, tail),
        high: events + quantileCount(toCome, 1 - tail),
    };
}
