import { gammaTails } from "./gamma.ts";
import { type Share, sumOver } from "./interval.ts";

/** How practices' true shares lie around their mean, as a beta distribution. */
export interface Spread {
    mean: number;
    /** Variance between practices over mean x (1 - mean): 0 when practices are identical. */
    correlation: number;
}

/**
 * Mean and spread of the true shares behind practices' counts: the beta-binomial correlation at which the weighted squared
 * distances from the mean are exactly what was to be expected (Kleinman 1973, solved as by Paule and Mandel 1982).
 * Practices need at least one patient; null with fewer than two of them.
 */
export function spreadOfShares(practices: readonly Share[]): Spread | null {
    if (practices.length < 2) return null;
    const excess = (correlation: number): number => {
        const mean = meanAt(practices, correlation);
        if (mean <= 0 || mean >= 1) return Number.NEGATIVE_INFINITY;
        return pearson(practices, mean, correlation) - (practices.length - 1);
    };
    let low = 0;
    let high = 0.99;
    if (excess(low) <= 0) return { mean: meanAt(practices, 0), correlation: 0 };
    for (let halving = 0; halving < 50; halving++) {
        const middle = (low + high) / 2;
        if (excess(middle) > 0) low = middle;
        else high = middle;
    }
    return { mean: meanAt(practices, low), correlation: low };
}

/** Empirical-Bayes share of a practice: its own patients plus as many of the mean as the spread is worth. */
export function shrunkShare(practice: Share, { mean, correlation }: Spread): number {
    if (correlation === 0) return mean;
    const borrowed = 1 / correlation - 1;
    return (practice.numerator + mean * borrowed) / (practice.denominator + borrowed);
}

/**
 * The chance that identical practices would differ at least as much as these: Pearson's statistic against a gamma
 * distribution with the mean and variance that it has for binomial counts of these sizes. A plain chi-square would be
 * wrong for few patients and shares near 0 or 1. Returns 1 when nobody or everybody counts.
 */
export function chanceOfDifference(practices: readonly Share[]): number {
    const mean = meanAt(practices, 0);
    if (practices.length < 2 || !(mean > 0 && mean < 1)) return 1;
    const spread = mean * (1 - mean);
    const freedom = practices.length - 1;
    const variance =
        (freedom / practices.length) *
        sumOver(practices, ({ denominator }) => 2 + (1 - 6 * spread) / (denominator * spread));
    if (!(variance > 0)) return 1;
    const shape = freedom ** 2 / variance;
    return gammaTails(shape, pearson(practices, mean, 0) * (freedom / variance)).above;
}

/** Mean share, practices weighted by the precision that this correlation leaves them. */
function meanAt(practices: readonly Share[], correlation: number): number {
    const weight = ({ denominator }: Share): number => denominator / (1 + (denominator - 1) * correlation);
    return (
        sumOver(practices, (practice) => weight(practice) * (practice.numerator / practice.denominator)) /
        sumOver(practices, weight)
    );
}

function pearson(practices: readonly Share[], mean: number, correlation: number): number {
    return sumOver(practices, ({ numerator, denominator }) => {
        const variance = (mean * (1 - mean) * (1 + (denominator - 1) * correlation)) / denominator;
        return (numerator / denominator - mean) ** 2 / variance;
    });
}
