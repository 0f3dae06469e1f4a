/**
 * How many standard errors reach to the 95 % limits when the spread itself was estimated from few observations:
 * the 97,5th percentile of Student's t. Solved from the finite series for whole degrees of freedom
 * (Abramowitz and Stegun 26.7.3 and 26.7.4). Throws a RangeError unless freedom is a whole number >= 1.
 */
export function student95(freedom: number): number {
    if (!(Number.isSafeInteger(freedom) && freedom >= 1)) {
        throw new RangeError(`Student's t: expected whole degrees of freedom of 1 or more, got ${freedom}.`);
    }
    let low = 0;
    let high = Math.PI / 2;
    for (let halving = 0; halving < 60; halving++) {
        const middle = (low + high) / 2;
        if (within(middle, freedom) < 0.95) low = middle;
        else high = middle;
    }
    return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** The chance that |t| is at most sqrt(freedom) x tan(angle). */
function within(angle: number, freedom: number): number {
    const sine = Math.sin(angle);
    const cosine = Math.cos(angle);
    const odd = freedom % 2 === 1;
    let term = odd ? cosine : 1;
    let sum = freedom === 1 ? 0 : term;
    for (let k = odd ? 3 : 2; k <= freedom - 2 && term > sum * 1e-17; k += 2) {
        term *= ((k - 1) / k) * cosine * cosine;
        sum += term;
    }
    return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
