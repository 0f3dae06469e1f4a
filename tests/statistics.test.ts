import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poisson, wilson } from "../pipelines/statistics.ts";

/** The expected count by which the published ratio limits of 9 observed are divided. */
const EXPECTED = 835.8835612311743;

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

    // Published rows: PHEindicatormethods, tests/testthat/testdata_Proportion.xlsx and testdata_Byars_Wilson.xlsx.
    it.each([
        [1, 100, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.1045544528370582],
        [5, 100, 0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442],
        [20, 100, 0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601],
        [65, 100, 0.5525444329688797, 0.7363575175690247, 0.4954946574070431, 0.7783540614089697],
        [9856, 12345, 0.7912101752909069, 0.8053640073614909, 0.7869924108419063, 0.8093061412589626],
        [
            7776456, 7564336677, 0.0010273201001641094, 0.0010287644578977231, 0.0010269040118442213,
            0.0010291812992698397,
        ],
        [222, 3215, 0.060791690363636595, 0.07833956681383633, 0.05647101964624248, 0.08418414185270134],
        [999, 3456, 0.27418951080009873, 0.30440389662818057, 0.26583995768074953, 0.3134475449279985],
        [1045, 5000, 0.19795549880013297, 0.22049130373189027, 0.19179381799015244, 0.22731562902525818],
        [0.445, 1, 0.04381744772058822, 0.9334621276979156, 0.019347006132900975, 0.9702259947019541],
    ])("equals the published 95 and 99,8 %% limits of %f of %i to 1e-9", (numerator, denominator, ...limits) => {
        const narrow = wilson(numerator, denominator);
        const wide = wilson(numerator, denominator, 0.998);
        expectEqual([narrow.low, narrow.high, wide.low, wide.high], limits);
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

    // Published rows: PHEindicatormethods, tests/testthat/testdata_Rate.xlsx and testdata_DSR_ISR.xlsx, method "Exact".
    it.each([
        [1, 0.025317807984289897, 5.571643390938898, 0.0010005003335835344, 9.233413476451585],
        [5, 1.62348639011842, 11.668332079322669, 0.739371731917839, 16.454745203680105],
        [
            9,
            0.004923380825095776 * EXPECTED,
            0.02043921455549973 * EXPECTED,
            0.0029339306550682617 * EXPECTED,
            0.02710589651469021 * EXPECTED,
        ],
    ])("equals the published exact 95 and 99,8 %% limits of %i to 1e-9", (count, ...limits) => {
        const narrow = poisson(count);
        const wide = poisson(count, 0.998);
        expectEqual([narrow.low, narrow.high, wide.low, wide.high], limits);
    });

    // Published rows, 7 digits: FunnelPlotR, tests/testthat/test-poisson_limits.R (limits divided by the count).
    it.each([
        [15, 0.5596924, 1.649348, 0.386265, 2.082907],
        [20, 0.610826, 1.544419, 0.4479107, 1.902094],
        [30, 0.6746958, 1.427562, 0.5289724, 1.702771],
    ])("equals the published funnel limits of %i expected", (count, low, high, lowest, highest) => {
        expect(poisson(count).low / count).toBeCloseTo(low, 7);
        expect(poisson(count).high / count).toBeCloseTo(high, 6);
        expect(poisson(count, 0.998).low / count).toBeCloseTo(lowest, 7);
        expect(poisson(count, 0.998).high / count).toBeCloseTo(highest, 6);
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

/** Relative difference below 1e-9 for each. */
function expectEqual(found: number[], published: number[]): void {
    expect(found).toHaveLength(published.length);
    for (const [index, value] of published.entries()) {
        expect(Math.abs((found[index] ?? Number.NaN) / value - 1)).toBeLessThan(1e-9);
    }
}

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
