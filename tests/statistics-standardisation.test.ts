import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedCount, standardiseRate, standardiseShare } from "../pipelines/statistics/standardisation.ts";
import { wilson } from "../pipelines/statistics/wilson.ts";

// Published example: PHEindicatormethods, tests/testthat/testdata_DSR_ISR.xlsx (sheets testdata_multiarea, refdata,
// testresults_ISR). Nineteen age bands; three areas with the same population and 895, 91 and 9 events.
const population = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207];
const reference = [
    [10303, 50520],
    [2824, 57173],
    [0, 60213],
    [3615, 54659],
    [3641, 44345],
    [3490, 50128],
    [3789, 62163],
    [3213, 67423],
    [3031, 62899],
    [2771, 55463],
    [3089, 60479],
    [3490, 49974],
    [3595, 44140],
    [4745, 40888],
    [5514, 37239],
    [7125, 30819],
    [5694, 18136],
    [6210, 15325],
    [5757, 13918],
] as const;
const strata = population.map((denominator, band) => {
    const [numerator = 0, total = 0] = reference[band] ?? [];
    return { denominator, reference: { numerator, denominator: total } };
});
const region = {
    numerator: reference.reduce((sum, [events]) => sum + events, 0),
    denominator: reference.reduce((sum, [, patients]) => sum + patients, 0),
};

const close = (found: number | undefined, published: number, relative: number): void =>
    expect(Math.abs((found ?? Number.NaN) / published - 1)).toBeLessThan(relative);

describe("indirect standardisation", () => {
    it("expects the published number of events", () => {
        close(expectedCount(strata), 835.8835612311743, 1e-9);
    });

    it.each([
        [895, 1.0707232939020275, 10011.137622091057],
        [91, 0.10886683770400503, 1017.8922051511577],
        [9, 0.010767049882813684, 100.6706576523123],
    ])("gives the published ratio and rate of %i events", (observed, ratio, rate) => {
        const found = standardiseRate(observed, expectedCount(strata), region);
        close(found?.ratio.value, ratio, 1e-9);
        close((found?.value ?? 0) * 100_000, rate, 1e-9);
    });

    it("gives the published exact limits, of ratio and of rate", () => {
        const found = standardiseRate(9, expectedCount(strata), region);
        close(found?.ratio.low, 0.004923380825095776, 1e-9);
        close(found?.ratio.high, 0.02043921455549973, 1e-9);
        close((found?.low ?? 0) * 100_000, 46.03303513307893, 1e-9);
        close((found?.high ?? 0) * 100_000, 191.10426659054028, 1e-9);
    });

    // From 10 events the published limits are Byar's approximation of the exact ones that are given here.
    it.each([
        [895, 1.0017147712553987, 1.143233287249895],
        [91, 0.08765040101829405, 0.1336657632841891],
    ])("lies within a thousandth of the published approximation for %i events", (observed, low, high) => {
        const found = standardiseRate(observed, expectedCount(strata), region);
        close(found?.ratio.low, low, 1e-3);
        close(found?.ratio.high, high, 1e-3);
    });

    it("shows an older practice with the same care as its region at the region's value", () => {
        // Region: 20 % of 800 younger and 60 % of 200 older patients, together 28 %. The practice: 10 younger, 90 older.
        const young = { numerator: 160, denominator: 800 };
        const old = { numerator: 120, denominator: 200 };
        const expected = expectedCount([
            { denominator: 10, reference: young },
            { denominator: 90, reference: old },
        ]);
        expect(expected).toBeCloseTo(56, 12);
        const found = standardiseShare({ numerator: 56, denominator: 100 }, expected, {
            numerator: 280,
            denominator: 1000,
        });
        expect(found?.ratio.value).toBeCloseTo(1, 12);
        expect(found?.value).toBeCloseTo(0.28, 12);
        // Wilson's limits of 56 of 100, halved as the value is.
        expect(found?.low).toBeCloseTo(wilson(56, 100).low / 2, 12);
        expect(found?.high).toBeCloseTo(wilson(56, 100).high / 2, 12);
    });

    it("does not let a share pass 1, while its ratio may", () => {
        const found = standardiseShare({ numerator: 28, denominator: 28 }, 23, { numerator: 86, denominator: 100 });
        expect(found?.value).toBe(1);
        expect(found?.ratio.value).toBeCloseTo(28 / 23, 12);
    });

    it("is absent when nothing is expected, and refuses a group that the reference lacks", () => {
        const one = { numerator: 1, denominator: 10 };
        expect(standardiseShare({ numerator: 0, denominator: 10 }, 0, one)).toBeNull();
        expect(standardiseRate(0, 0, one)).toBeNull();
        const absent = { numerator: 0, denominator: 0 };
        expect(() => expectedCount([{ denominator: 3, reference: absent }])).toThrow(RangeError);
        expect(expectedCount([{ denominator: 0, reference: absent }])).toBe(0);
    });
});

const bands = 4;
const practice = fc.array(
    fc.record({ denominator: fc.integer({ min: 0, max: 60 }), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
    { minLength: bands, maxLength: bands },
);

describe("of any region", () => {
    it("practices together expect exactly what they counted, and limits hold the value", () => {
        fc.assert(
            fc.property(fc.array(practice, { minLength: 2, maxLength: 12 }), (drawn) => {
                const counted = drawn.map((groups) =>
                    groups.map(({ denominator, part }) => ({
                        denominator,
                        numerator: Math.round(denominator * part),
                    })),
                );
                const totals = Array.from({ length: bands }, (_, band) => ({
                    numerator: sum(counted.map((groups) => groups[band]?.numerator ?? 0)),
                    denominator: sum(counted.map((groups) => groups[band]?.denominator ?? 0)),
                }));
                const whole = {
                    numerator: sum(totals.map((total) => total.numerator)),
                    denominator: sum(totals.map((total) => total.denominator)),
                };
                const expected = counted.map((groups) =>
                    expectedCount(
                        groups.map(({ denominator }, band) => ({
                            denominator,
                            reference: totals[band] ?? { numerator: 0, denominator: 0 },
                        })),
                    ),
                );
                expect(sum(expected)).toBeCloseTo(whole.numerator, 8);
                for (const [index, groups] of counted.entries()) {
                    const own = {
                        numerator: sum(groups.map(({ numerator }) => numerator)),
                        denominator: sum(groups.map(({ denominator }) => denominator)),
                    };
                    const share = standardiseShare(own, expected[index] ?? 0, whole);
                    const rate = standardiseRate(own.numerator, expected[index] ?? 0, whole);
                    for (const found of [share, rate]) {
                        if (!found) continue;
                        expect(found.low).toBeLessThanOrEqual(found.value + 1e-12);
                        expect(found.high).toBeGreaterThanOrEqual(found.value - 1e-12);
                        expect(found.low).toBeGreaterThanOrEqual(0);
                    }
                    if (share) expect(share.high).toBeLessThanOrEqual(1);
                }
            }),
            { seed: 2024, numRuns: process.env.PROVE ? 2000 : 60 },
        );
    });
});

function sum(values: number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
