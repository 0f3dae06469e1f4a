/**
 * Divides a whole total over shares in proportion to weights, exactly (largest remainder; ties go to the first).
 * A weight of 0 receives nothing unless all weights are 0. `atLeast` is given to every share first.
 */
export function apportion(total: number, weights: readonly number[], atLeast = 0): number[] {
    const free = total - atLeast * weights.length;
    if (weights.length === 0) {
        if (total !== 0) throw new Error(`Demogenerator: ${total} kan niet over niemand verdeeld worden.`);
        return [];
    }
    if (free < 0) throw new Error(`Demogenerator: ${total} is te weinig voor ${weights.length} keer ${atLeast}.`);
    const sum = weights.reduce((left, right) => left + right, 0);
    const ideal = weights.map((weight) => (sum > 0 ? (weight / sum) * free : free / weights.length));
    const parts = ideal.map((value) => Math.floor(value));
    let left = free - parts.reduce((one, other) => one + other, 0);
    const order = ideal
        .map((value, index) => ({ index, rest: value - Math.floor(value) }))
        .sort((one, other) => other.rest - one.rest || one.index - other.index);
    for (const { index } of order) {
        if (left <= 0) break;
        parts[index] = (parts[index] ?? 0) + 1;
        left--;
    }
    return parts.map((part) => part + atLeast);
}
