// The arithmetic of goals. Practices are the clusters: patients of one practice move together, so practices carry the noise.

export interface Estimate {
    value: number;
    low: number;
    high: number;
}

const z95 = 1.959963984540054;

/**
 * Ratio of sums over practices, sum(after) / sum(before), with the linearised (Taylor) variance of a ratio estimator with
 * practices as clusters: n/(n-1) * sum((after - ratio*before)^2) / sum(before)^2 (Cochran, Sampling Techniques, ch. 6).
 * Null with fewer than two practices or nothing before.
 */
export function ratioOverPractices(pairs: { before: number; after: number }[]): Estimate | null {
    const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
    if (pairs.length < 2 || before === 0) return null;
    const value = pairs.reduce((sum, pair) => sum + pair.after, 0) / before;
    const squares = pairs.reduce((sum, pair) => sum + (pair.after - value * pair.before) ** 2, 0);
    const error = Math.sqrt((pairs.length / (pairs.length - 1)) * squares) / before;
    return { value, low: value - z95 * error, high: value + z95 * error };
}

/**
 * A share carried forward to a deadline: per practice the change over the last year goes on for `years` more; the mean is
 * weighted by patients, the interval again from the spread between practices. Fractions, not clipped.
 */
export function shareCarriedForward(
    practices: { ago: number; now: number; patients: number }[],
    years: number,
): Estimate | null {
    const carried = practices.map(({ ago, now, patients }) => ({
        before: patients,
        after: patients * (now + years * (now - ago)),
    }));
    return ratioOverPractices(carried);
}

/** A count of a year so far, carried to twelve months; the interval is that of the count, applied to the months to come. */
export function countCarriedForward(events: number, months: number, limits: { low: number; high: number }): Estimate {
    const rest = (12 - months) / months;
    return { value: events * (1 + rest), low: events + limits.low * rest, high: events + limits.high * rest };
}
