/**
 * The gamma distribution, on which the exact limits of counts rest.
 * Own numerics, because no library is needed for three functions; the tests hold them against independent references.
 */
import { type Level, levels } from "./interval.ts";

/**
 * The x beyond which, on that side, lies the level's tail of the gamma distribution with this shape >= 1 (scale 1):
 * half a chi-square quantile with 2 x shape degrees of freedom.
 */
export function gammaQuantile(side: "low" | "high", level: Level, shape: number): number {
    const { tail, z: deviations } = levels[level];
    const p = side === "low" ? tail : 1 - tail;
    // Wilson-Hilferty is close for every shape >= 1; Newton steps on the exact distribution finish it.
    const z = side === "low" ? -deviations : deviations;
    const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
    let x = root > 0 ? shape * root ** 3 : shape * p;
    const logGammaOfShape = logGamma(shape);
    for (let step = 0; step < 60; step++) {
        const { below, above } = gammaTails(shape, x, logGammaOfShape);
        // The smaller tail is used, so that no digits are lost by taking 1 - almost 1.
        const error = side === "low" ? below - tail : tail - above;
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

/** Both tails of the gamma distribution with this shape (scale 1) at x, each accurate where it is the small one. */
export function gammaTails(
    shape: number,
    x: number,
    logGammaOfShape = logGamma(shape),
): { below: number; above: number } {
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

/** ln Gamma(x) for x > 0: Stirling's series after shifting x above 15, where eight terms give full double precision. */
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
