import { type Estimate, type Share, sumOver } from "./interval.ts";
import { poisson } from "./poisson.ts";
import { wilson } from "./wilson.ts";

/** One age-sex group of a practice beside the same group of the region in the same period. */
export interface Stratum {
    denominator: number;
    reference: Share;
}

export interface Standardised extends Estimate {
    /** What the practice would count if each age-sex group had the region's value. */
    expected: number;
    /** Observed over expected, with its limits. */
    ratio: Estimate;
}

/**
 * The count to expect with the region's value in each age-sex group (indicators.md, "indirectly age-sex standardised").
 * Throws a RangeError when the practice has patients in a group in which the reference has none.
 */
export function expectedCount(strata: readonly Stratum[]): number {
    return sumOver(strata, ({ denominator, reference }) => {
        if (denominator === 0) return 0;
        if (!(denominator > 0 && reference.denominator > 0)) {
            throw new RangeError(
                `Standardisation: expected patients in the reference of every age-sex group, got ${reference.denominator} against ${denominator} in the practice.`,
            );
        }
        return denominator * (reference.numerator / reference.denominator);
    });
}

/**
 * Indirectly standardised share: observed/expected x the region's share, as a fraction. The expected count is taken as
 * known; the practice's own share brings the chance (Wilson), which is a little too wide rather than too narrow, because
 * age and sex explain part of it. A share does not pass 1, its ratio may. Null when nothing is expected.
 */
export function standardiseShare(practice: Share, expected: number, region: Share): Standardised | null {
    if (!(expected > 0 && practice.denominator > 0 && region.denominator > 0)) return null;
    const limits = wilson(practice.numerator, practice.denominator);
    const patients = practice.denominator / expected;
    const ratio = {
        value: practice.numerator / expected,
        low: limits.low * patients,
        high: limits.high * patients,
    };
    const share = region.numerator / region.denominator;
    const capped = (value: number): number => Math.min(1, value * share);
    return { expected, ratio, value: capped(ratio.value), low: capped(ratio.low), high: capped(ratio.high) };
}

/**
 * Indirectly standardised rate of a count: observed/expected x the region's rate, in the region's unit (events per
 * patient), with the exact Poisson limits of the observed count. Null when nothing is expected.
 */
export function standardiseRate(observed: number, expected: number, region: Share): Standardised | null {
    if (!(expected > 0 && region.denominator > 0)) return null;
    const limits = poisson(observed);
    const ratio = { value: observed / expected, low: limits.low / expected, high: limits.high / expected };
    const rate = region.numerator / region.denominator;
    return { expected, ratio, value: ratio.value * rate, low: ratio.low * rate, high: ratio.high * rate };
}
