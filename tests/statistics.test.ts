import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poisson, wilson } from "../pipelines/statistics.ts";

describe("wilson", () => {
    // Reference values: a 40-digit computation of the same formula.
    it.each([
        [1, 100, 0.0017674320641406479, 0.05448619617870532],
        [5, 100, 0.021543679154367973, 0.11175046923191914],
        [20, 100, 0.1333669333310325, 0.28882916559315897],
    ])("equals an independent computation for %i of %i", (numerator, denominator, low, high) => {
        const interval = wilson(numerator, denominator);
        expect(interval.low).toBeCloseTo(low, 13);
        expect(interval.high).toBeCloseTo(high, 13);
    });

    it("ends exactly at 0 and at 1", () => {
        expect(wilson(0, 7).low).toBe(0);
        expect(wilson(7, 7).high).toBe(1);
    });

    it("holds the share, lies within 0 and 1, and mirrors when numerator and rest are swapped", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 200_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
                const x = Math.round(n * part);
                const { low, high } = wilson(x, n);
                const mirrored = wilson(n - x, n);
                expect(low).toBeGreaterThanOrEqual(0);
                expect(high).toBeLessThanOrEqual(1);
                expect(low).toBeLessThanOrEqual(x / n);
                expect(high).toBeGreaterThanOrEqual(x / n);
                expect(mirrored.low).toBeCloseTo(1 - high, 12);
            }),
        );
    });

    it("refuses a numerator above its denominator", () => {
        expect(() => wilson(3, 2)).toThrow(RangeError);
        expect(() => wilson(0, 0)).toThrow(RangeError);
    });
});

describe("poisson", () => {
    // Reference values: the chi-square quantiles solved with 40 digits.
    it.each([
        [1, 0.025317807984289876, 5.571643390938899],
        [5, 1.6234863901184204, 11.66833207932267],
        [10, 4.7953886961324335, 18.39035604201778],
        [100, 81.36399125092314, 121.62679379242638],
        [206, 178.8280159957364, 236.13385398551995],
        [357, 320.92362905002415, 396.02213804700136],
        [10_000, 9804.952467260184, 10197.951624661473],
        [130_782, 130_074.1502891413, 131_492.74672553453],
    ])("equals an independent computation for %i", (count, low, high) => {
        const interval = poisson(count);
        expect(Math.abs(interval.low / low - 1)).toBeLessThan(1e-12);
        expect(Math.abs(interval.high / high - 1)).toBeLessThan(1e-12);
    });

    it("gives 0 to 3,69 for nothing counted", () => {
        expect(poisson(0).low).toBe(0);
        expect(poisson(0).high).toBeCloseTo(-Math.log(0.025), 13);
    });

    it("leaves 2,5 % in each tail, by summing the probabilities themselves", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 150 }), (count) => {
                const { low, high } = poisson(count);
                expect(atMost(count, high)).toBeCloseTo(0.025, 10);
                if (count > 0) expect(1 - atMost(count - 1, low)).toBeCloseTo(0.025, 10);
            }),
            { numRuns: 60 },
        );
    });

    it("grows with the count", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 2_000_000 }), (count) => {
                const here = poisson(count);
                const next = poisson(count + 1);
                expect(next.low).toBeGreaterThan(here.low);
                expect(next.high).toBeGreaterThan(here.high);
                expect(here.low).toBeLessThanOrEqual(count);
                expect(here.high).toBeGreaterThan(count);
            }),
            { numRuns: 60 },
        );
    });

    it("refuses what is no count", () => {
        expect(() => poisson(1.5)).toThrow(RangeError);
        expect(() => poisson(-1)).toThrow(RangeError);
    });
});

/** Probability of at most `count` events when `mean` are expected. */
function atMost(count: number, mean: number): number {
    let term = Math.exp(-mean);
    let sum = term;
    for (let k = 1; k <= count; k++) {
        term *= mean / k;
        sum += term;
    }
    return sum;
}
