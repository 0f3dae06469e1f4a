/**
 * Chances of counts: binomial and Poisson, and both again when the underlying share or rate differs between practices
 * (beta-binomial, gamma-Poisson). Each is built outward from its mean by the ratio of neighbours, so nothing overflows.
 */
export interface CountDistribution {
    /** The count that the first chance belongs to; beyond the ends chances are too small to matter. */
    first: number;
    chances: number[];
}

/** Counts among n patients with a share; `correlation` (0..1) is the between-practice variance over share x (1 - share). */
export function countsOfShare(share: number, n: number, correlation = 0): CountDistribution {
    const width = correlation > 0 ? 1 / correlation - 1 : Number.POSITIVE_INFINITY;
    const ratio = (k: number): number => {
        const rest = n - k - 1;
        const leaning =
            width === Number.POSITIVE_INFINITY
                ? share / (1 - share)
                : (k + share * width) / (rest + (1 - share) * width);
        return ((n - k) / (k + 1)) * leaning;
    };
    return outward(Math.round(n * share), n, ratio);
}

/** Counts where `mean` is expected; `relativeVariance` is the between-practice variance of actual over expected. */
export function countsOfRate(mean: number, relativeVariance = 0): CountDistribution {
    const shape = relativeVariance > 0 ? 1 / relativeVariance : Number.POSITIVE_INFINITY;
    const ratio = (k: number): number =>
        shape === Number.POSITIVE_INFINITY ? mean / (k + 1) : ((k + shape) / (k + 1)) * (mean / (mean + shape));
    return outward(Math.round(mean), Number.POSITIVE_INFINITY, ratio);
}

/**
 * The highest count that is not beyond the upper tail, plus a part of the way to the next. A count lies above the result
 * exactly when the chance of it or more is less than `tail`. (Spiegelhalter's interpolation of 2005 cuts one count
 * earlier: 14 of 14 where the region has 77 % would lie above its 99,8 % limit, with a chance of 1 in 39.)
 */
export function upperCount({ first, chances }: CountDistribution, tail: number): number {
    return first + reach(chances, tail);
}

/** The mirror image of `upperCount`. */
export function lowerCount({ first, chances }: CountDistribution, tail: number): number {
    return first + chances.length - 1 - reach([...chances].reverse(), tail);
}

/** Smallest count that is not exceeded with at least this chance. */
export function quantileCount({ first, chances }: CountDistribution, chance: number): number {
    let below = 0;
    for (const [index, at] of chances.entries()) {
        below += at;
        if (below >= chance) return first + index;
    }
    return first + chances.length - 1;
}

function reach(chances: number[], tail: number): number {
    let beyond = 0;
    for (let index = chances.length - 1; index >= 0; index--) {
        const here = beyond + (chances[index] ?? 0);
        if (here >= tail) {
            if (beyond <= 0) return index;
            // Logarithms, because tails fall by a factor per count.
            return index + Math.log(here / tail) / Math.log(here / beyond);
        }
        beyond = here;
    }
    return 0;
}

const NEGLIGIBLE = 1e-18;

function outward(start: number, last: number, ratio: (k: number) => number): CountDistribution {
    const above: number[] = [];
    const below: number[] = [];
    let total = 1;
    let chance = 1;
    for (let k = start; k < last && chance > total * NEGLIGIBLE; k++) {
        chance *= ratio(k);
        above.push(chance);
        total += chance;
    }
    chance = 1;
    for (let k = start - 1; k >= 0 && chance > total * NEGLIGIBLE; k--) {
        chance /= ratio(k);
        below.push(chance);
        total += chance;
    }
    const chances = [...below.reverse(), 1, ...above].map((value) => value / total);
    return { first: start - below.length, chances };
}
