/** 95 % limits, worked out from their definitions rather than from anybody's formulas in code. */
const Z = 1.959963984540054;

/** Wilson's interval of a share, as fractions. */
export function wilson(numerator: number, denominator: number): [number, number] {
    const share = numerator / denominator;
    const square = Z * Z;
    const middle = (share + square / (2 * denominator)) / (1 + square / denominator);
    const half =
        (Z / (1 + square / denominator)) *
        Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator));
    return [middle - half, middle + half];
}

/** P(X <= count) of a Poisson count with this mean. */
function poissonUpTo(count: number, mean: number): number {
    let logTerm = -mean;
    let sum = Math.exp(logTerm);
    for (let k = 1; k <= count; k += 1) {
        logTerm += Math.log(mean) - Math.log(k);
        sum += Math.exp(logTerm);
    }
    return sum;
}

/** The mean at which a falling function of it crosses the target. */
function crossing(falling: (mean: number) => number, target: number, count: number): number {
    let low = 0;
    let high = count + 20 * Math.sqrt(count + 1) + 20;
    for (let step = 0; step < 200; step += 1) {
        const middle = (low + high) / 2;
        if (falling(middle) > target) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

/** Exact Poisson limits of a count: each tail holds 2,5 %. */
export function poisson(count: number): [number, number] {
    const low = count === 0 ? 0 : crossing((mean) => poissonUpTo(count - 1, mean), 0.975, count);
    return [low, crossing((mean) => poissonUpTo(count, mean), 0.025, count)];
}
