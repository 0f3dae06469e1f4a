/**
 * The two confidence intervals of indicators.md ("maat"): Wilson for a share, exact Poisson for a count.
 * Own numerics, because no library is needed for two functions; the tests hold them against independent references.
 */

export interface Interval {
    low: number;
    high: number;
}

/** The 97,5th percentile of the standard normal distribution: two-sided 95 %. */
const Z_95 = 1.959963984540054;
const TAIL = 0.025;

/**
 * Wilson's 95 % interval (without continuity correction) of numerator/denominator, as fractions 0..1.
 * Throws a RangeError unless 0 <= numerator <= denominator and denominator > 0.
 */
export function wilson(numerator: number, denominator: number): Interval {
    if (!(denominator > 0 && numerator >= 0 && numerator <= denominator)) {
        throw new RangeError(
            `Wilson interval: expected 0 <= numerator <= denominator and denominator > 0, got ${numerator} of ${denominator}.`,
        );
    }
    const square = Z_95 * Z_95;
    const share = numerator / denominator;
    const middle = (numerator + square / 2) / (denominator + square);
    const half =
        (Z_95 * Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator))) /
        (1 + square / denominator);
    // At 0 and at all the limit is exactly 0 and 1; floating point may miss it by one last digit.
    return {
        low: numerator === 0 ? 0 : Math.max(0, middle - half),
        high: numerator === denominator ? 1 : Math.min(1, middle + half),
    };
}

/**
 * Exact (Garwood) 95 % limits of a Poisson count: half the chi-square quantiles with 2c and 2c + 2 degrees of freedom.
 * Throws a RangeError unless count is a whole number >= 0.
 */
export function poisson(count: number): Interval {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
        throw new RangeError(`Poisson interval: expected a whole number of 0 or more, got ${count}.`);
    }
    return {
        low: count === 0 ? 0 : gammaQuantile(TAIL, count),
        high: gammaQuantile(1 - TAIL, count + 1),
    };
}

/** The x at which the gamma distribution with this shape (scale 1) has cumulative probability p: half of chi-square(2 x shape). */
function gammaQuantile(p: number, shape: number): number {
    // Wilson-Hilferty is close for every shape >= 1; Newton steps on the exact distribution finish it.
    const z = p < 0.5 ? -Z_95 : Z_95;
    const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
    let x = root > 0 ? shape * root ** 3 : shape * p;
    const logGammaOfShape = logGamma(shape);
    for (let step = 0; step < 60; step++) {
        const { below, above } = gammaTails(shape, x, logGammaOfShape);
        // The smaller tail is used, so that no digits are lost by taking 1 - almost 1.
        const error = p < 0.5 ? below - p : 1 - p - above;
        const density = Math.exp((shape - 1) * Math.log(x) - x - logGammaOfShape);
        const newton = error / density;
        // Halley's correction: third-order convergence, and it does not overshoot into negative x.
        const bend = Math.max(-0.9, Math.min(0.9, (newton * ((shape - 1) / x - 1)) / 2));
        const next = Math.max(x / 10, x - newton / (1 - bend));
        if (Math.abs(next - x) <= 1e-15 * next) return next;
        x = next;
    }
    return x;
}

/** Both tails of the regularised incomplete gamma function, each accurate where it is the small one. */
function gammaTails(shape: number, x: number, logGammaOfShape: number): { below: number; above: number } {
    const front = Math.exp(shape * Math.log(x) - x - logGammaOfShape);
    const rounds = 200 + 20 * Math.ceil(Math.sqrt(shape));
    if (x < shape + 1) {
        let term = 1 / shape;
        let sum = term;
        for (let n = 1; n < rounds * 10 && term > sum * 1e-17; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        const below = sum * front;
        return { below, above: 1 - below };
    }
    // Lentz's continued fraction for the upper tail.
    const tiny = 1e-300;
    let b = x + 1 - shape;
    let c = 1 / tiny;
    let d = 1 / b;
    let fraction = d;
    for (let n = 1; n < rounds * 10; n++) {
        const a = -n * (n - shape);
        b += 2;
        d = 1 / (Math.abs(a * d + b) < tiny ? tiny : a * d + b);
        c = Math.abs(b + a / c) < tiny ? tiny : b + a / c;
        const change = d * c;
        fraction *= change;
        if (Math.abs(change - 1) < 1e-16) break;
    }
    const above = front * fraction;
    return { below: 1 - above, above };
}

/** ln Gamma(x) for x >= 1: Stirling's series after shifting x above 15, where eight terms give full double precision. */
function logGamma(x: number): number {
    let product = 1;
    let y = x;
    while (y < 15) {
        product *= y;
        y += 1;
    }
    const inverse = 1 / y;
    const square = inverse * inverse;
    const series =
        inverse *
        (1 / 12 -
            square *
                (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360))))));
    return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
