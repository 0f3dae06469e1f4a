// Random draws for simulations: the same for the same seed, everywhere.

/** Uniform numbers in 0..1 (a 32-bit mix of a counter, good enough to simulate with). */
export function draws(seed: number): () => number {
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

export function normal(draw: () => number): number {
    return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

export function binomial(draw: () => number, n: number, share: number): number {
    let count = 0;
    for (let patient = 0; patient < n; patient++) if (draw() < share) count += 1;
    return count;
}
