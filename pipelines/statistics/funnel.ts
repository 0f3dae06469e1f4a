import { countsOfRate, countsOfShare, lowerCount, upperCount } from "./count-distribution.ts";
import { type Interval, type Level, levels, type Share, sumOver } from "./interval.ts";
import { overDispersion } from "./over-dispersion.ts";

/** Fewer practices than this tell too little about how practices differ. */
export const FEWEST_PRACTICES = 8;

/** A region's practices in one period, as far as the limits around them need it. */
export interface Funnel {
    /** Region's value: a share, or for rates 1 (observed over expected). */
    centre: number;
    /** Mean square of the winsorised scores; 1 or less is what chance gives. */
    phi: number;
    /** Variance between practices beyond chance, in the square of the centre's unit. */
    between: number;
    practices: number;
}

/**
 * Funnel of shares. Practices without patients are left out. Null with fewer than 8 practices, or when nobody or
 * everybody counts: then there is nothing to compare.
 */
export function shareFunnel(practices: readonly Share[]): Funnel | null {
    const counted = practices.filter(({ denominator }) => denominator > 0);
    if (counted.length < FEWEST_PRACTICES) return null;
    const centre = sumOver(counted, ({ numerator }) => numerator) / sumOver(counted, ({ denominator }) => denominator);
    if (centre <= 0 || centre >= 1) return null;
    const scores = counted.map(({ numerator, denominator }) => {
        const error = Math.sqrt((centre * (1 - centre)) / denominator);
        return { z: (numerator / denominator - centre) / error, error };
    });
    return { centre, ...overDispersion(scores), practices: counted.length };
}

/**
 * Funnel of observed over expected counts (a standardised ratio; for a crude rate the expected count is the region's rate
 * times the practice's patients). Null as above.
 */
export function ratioFunnel(practices: readonly { observed: number; expected: number }[]): Funnel | null {
    const counted = practices.filter(({ expected }) => expected > 0);
    if (counted.length < FEWEST_PRACTICES || sumOver(counted, ({ observed }) => observed) === 0) return null;
    const scores = counted.map(({ observed, expected }) => {
        const error = 1 / Math.sqrt(expected);
        return { z: (observed / expected - 1) / error, error };
    });
    return { centre: 1, ...overDispersion(scores), practices: counted.length };
}

/**
 * Limits around the region's share for a practice with n patients (a whole number, at least 1), as fractions.
 * Counted exactly (beta-binomial, without over-dispersion binomial), because much of what is compared is about fewer
 * than thirty patients. A practice lies beyond them only when the chance of its count or a further one is below the tail.
 */
export function shareLimits(funnel: Funnel, n: number, level: Level): Interval {
    const { centre, between } = funnel;
    const patients = Math.max(1, Math.round(n));
    if (centre <= 0 || centre >= 1) return { low: centre, high: centre };
    // Beyond 0,99 practices would be all or nothing, and the arithmetic would break before the meaning does.
    const correlation = Math.min(0.99, between / (centre * (1 - centre)));
    const counts = countsOfShare(centre, patients, correlation);
    const { tail } = levels[level];
    return {
        low: Math.max(0, lowerCount(counts, tail) / patients),
        high: Math.min(1, upperCount(counts, tail) / patients),
    };
}

/** Limits of observed over expected for a practice with this expected count (> 0), counted exactly (gamma-Poisson). */
export function ratioLimits(funnel: Funnel, expected: number, level: Level): Interval {
    const counts = countsOfRate(expected, funnel.between);
    const { tail } = levels[level];
    return { low: Math.max(0, lowerCount(counts, tail) / expected), high: upperCount(counts, tail) / expected };
}
