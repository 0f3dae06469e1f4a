/** A repeatable stream of chance (sfc32). Not Math.random: the same seed must give the same bytes on every machine. */
export class Random {
    private spare: number | undefined;

    constructor(
        private a: number,
        private b: number,
        private c: number,
        private counter: number,
    ) {
        for (let round = 0; round < 12; round++) this.next();
    }

    /** Uniform in [0, 1). */
    next(): number {
        const sum = (((this.a + this.b) | 0) + this.counter) | 0;
        this.counter = (this.counter + 1) | 0;
        this.a = this.b ^ (this.b >>> 9);
        this.b = (this.c + (this.c << 3)) | 0;
        this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
        return (sum >>> 0) / 4294967296;
    }

    /** True with probability `share`. */
    chance(share: number): boolean {
        return this.next() < share;
    }

    /** A whole number from `low` up to and including `high`. */
    between(low: number, high: number): number {
        return low + Math.floor(this.next() * (high - low + 1));
    }

    /** Normal deviate; pairs are made at once (polar method), the second is kept for the next call. */
    normal(mean: number, sd: number): number {
        if (this.spare !== undefined) {
            const value = this.spare;
            this.spare = undefined;
            return mean + sd * value;
        }
        for (;;) {
            const x = 2 * this.next() - 1;
            const y = 2 * this.next() - 1;
            const size = x * x + y * y;
            if (size > 0 && size < 1) {
                const factor = Math.sqrt((-2 * Math.log(size)) / size);
                this.spare = y * factor;
                return mean + sd * x * factor;
            }
        }
    }

    /** Poisson count; Knuth below 30, a rounded normal above. */
    poisson(mean: number): number {
        if (mean <= 0) return 0;
        if (mean > 30) return Math.max(0, Math.round(this.normal(mean, Math.sqrt(mean))));
        const limit = Math.exp(-mean);
        let count = 0;
        for (let product = this.next(); product > limit; product *= this.next()) count++;
        return count;
    }

    /** Waiting time with the given mean. */
    exponential(mean: number): number {
        return -mean * Math.log(1 - this.next());
    }

    pick<T>(items: readonly T[]): T {
        return at(items, Math.floor(this.next() * items.length));
    }

    /** A new array in random order. */
    shuffle<T>(items: readonly T[]): T[] {
        const result = [...items];
        for (let last = result.length - 1; last > 0; last--) {
            const other = Math.floor(this.next() * (last + 1));
            const kept = at(result, last);
            result[last] = at(result, other);
            result[other] = kept;
        }
        return result;
    }
}

/** One stream per seed and purpose, so that a draw added for one purpose leaves all others as they were. */
export function stream(seed: number, ...purpose: (string | number)[]): Random {
    const text = `${seed}/${purpose.join("/")}`;
    const hash = (start: number): number => {
        let value = start;
        for (let index = 0; index < text.length; index++) {
            value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
            value ^= value >>> 15;
        }
        return value | 0;
    };
    return new Random(hash(0x811c9dc5), hash(0x9e3779b9), hash(0x85ebca6b), 1);
}

/** The element at a place that must exist; a missing one is a mistake in this program. */
export function at<T>(items: ArrayLike<T>, index: number): T {
    const item = items[index];
    if (item === undefined) throw new Error(`Demogenerator: geen element ${index} in een rij van ${items.length}.`);
    return item;
}

/** Weighted choice in constant time (Walker's alias method). */
export class Wheel<T> {
    private readonly share: Float64Array;
    private readonly alias: Int32Array;
    private readonly items: readonly T[];

    constructor(slices: readonly (readonly [T, number])[]) {
        this.items = slices.map(([item]) => item);
        const count = slices.length;
        const total = slices.reduce((sum, [, weight]) => sum + weight, 0);
        this.share = Float64Array.from(slices, ([, weight]) => (weight * count) / total);
        this.alias = new Int32Array(count);
        const small: number[] = [];
        const large: number[] = [];
        for (let index = 0; index < count; index++) (at(this.share, index) < 1 ? small : large).push(index);
        while (small.length > 0 && large.length > 0) {
            const low = small.pop() ?? 0;
            const high = at(large, large.length - 1);
            this.alias[low] = high;
            const rest = at(this.share, high) + at(this.share, low) - 1;
            this.share[high] = rest;
            if (rest < 1) {
                large.pop();
                small.push(high);
            }
        }
        for (const index of [...small, ...large]) this.share[index] = 1;
    }

    turn(random: Random): T {
        const place = random.next() * this.items.length;
        const slot = Math.floor(place);
        return at(this.items, place - slot < at(this.share, slot) ? slot : at(this.alias, slot));
    }
}

/** `count` of the items, heavier ones sooner, without replacement (Efraimidis and Spirakis). */
export function weightedSample<T>(
    random: Random,
    items: readonly T[],
    weight: (item: T) => number,
    count: number,
): T[] {
    const keyed: { item: T; key: number }[] = [];
    for (const item of items) {
        const size = weight(item);
        if (size > 0) keyed.push({ item, key: -Math.log(1 - random.next()) / size });
    }
    keyed.sort((left, right) => left.key - right.key);
    return keyed.slice(0, count).map((entry) => entry.item);
}
