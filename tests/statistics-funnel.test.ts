import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
    countsOfRate,
    countsOfShare,
    lowerCount,
    quantileCount,
    upperCount,
} from "../pipelines/statistics/count-distribution.ts";
import { type Funnel, ratioFunnel, ratioLimits, shareFunnel, shareLimits } from "../pipelines/statistics/funnel.ts";
import { meanSquare, varianceBetween, winsorised } from "../pipelines/statistics/over-dispersion.ts";
import { binomial, draws, normal } from "./support/draws.ts";

const runs = { seed: 2024, numRuns: process.env.PROVE ? 2000 : 100 };
const identical = (centre: number): Funnel => ({ centre, phi: 1, between: 0, practices: 40 });

describe("limits by chance alone", () => {
    // Published rows: PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: the expected count at which
    // an observed one lies exactly on a limit (solved there to about six digits). 1 to 716 observed events.
    it.each([
        [1, 5.571644585, 0.025317898, 9.233410143, 0.001000547],
        [2, 7.224687515, 0.242209467, 11.22886836, 0.04540199],
        [3, 8.767273828, 0.618671905, 13.06224507, 0.190533306],
        [5, 11.6683331, 1.623486324, 16.45474478, 0.739371928],
        [10, 18.39035799, 4.795387629, 24.13397235, 2.960519925],
        [28, 40.46778889, 18.60579439, 48.51942314, 14.44057519],
        [51, 67.05559502, 37.97285619, 77.15705647, 31.74201957],
        [100, 121.6268111, 81.36400699, 134.9243187, 71.92139974],
        [207, 237.2018623, 179.7597927, 255.4311243, 165.3718819],
        [716, 770.4222128, 664.5083011, 802.60414, 636.1521174],
    ])("%i observed lies exactly on the published limits", (observed, low95, high95, low998, high998) => {
        const on = (expected: number, level: 0.95 | 0.998, side: "low" | "high") =>
            (ratioLimits(identical(1), expected, level)[side] * expected) / observed;
        expect(on(low95, 0.95, "low")).toBeCloseTo(1, 4);
        expect(on(high95, 0.95, "high")).toBeCloseTo(1, 4);
        expect(on(low998, 0.998, "low")).toBeCloseTo(1, 4);
        expect(on(high998, 0.998, "high")).toBeCloseTo(1, 4);
    });

    // Published rows: PHEindicatormethods, tests/testthat/testdata_funnel_ratio_inputs.csv, the first 24 areas.
    it.each([
        [8, 6.239860227, ""],
        [151, 106.4429719, "high 99,8"],
        [159, 232.9329036, "low 99,8"],
        [191, 184.0963855, ""],
        [124, 183.894409, "low 99,8"],
        [220, 249.8012944, ""],
        [150, 119.5695496, "high 95"],
        [0, 240.6273499, "low 99,8"],
        [182, 196.799308, ""],
        [151, 204.6070461, "low 99,8"],
        [206, 139.4719025, "high 99,8"],
        [141, 106.7211626, "high 99,8"],
        [113, 96.14566494, ""],
        [129, 127.9000595, ""],
        [121, 162.3289509, "low 99,8"],
        [190, 202.1491648, ""],
        [187, 181.3773036, ""],
        [136, 141.2693466, ""],
        [150, 100.6778978, "high 99,8"],
        [75, 120.1923077, "low 99,8"],
        [92, 102.6098595, ""],
        [182, 136.0137508, "high 99,8"],
        [182, 143.6804295, "high 95"],
        [101, 126.2973615, "low 95"],
    ])("%i observed of %f expected is labelled as published: %s", (observed, expected, label) => {
        const wide = ratioLimits(identical(1), expected, 0.998);
        const narrow = ratioLimits(identical(1), expected, 0.95);
        const ratio = observed / expected;
        const found =
            ratio > wide.high
                ? "high 99,8"
                : ratio > narrow.high
                  ? "high 95"
                  : ratio < wide.low
                    ? "low 99,8"
                    : ratio < narrow.low
                      ? "low 95"
                      : "";
        expect(found).toBe(label);
    });

    // Published rows: PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv (in percent). Those are
    // normal limits: exact ones lie half a patient further, and at 80 % up to 0,9 patient lower because chance is skewed.
    it.each([
        [1008, 78.203374, 83.081521, 76.796814, 84.488082],
        [53016, 80.306129, 80.978767, 80.112181, 81.172715],
        [110000, 80.408963, 80.875933, 80.274317, 81.010578],
    ])("of %i patients are within a patient and a half of the published ones", (n, low95, high95, low998, high998) => {
        const funnel = identical(0.80642448);
        const narrow = shareLimits(funnel, n, 0.95);
        const wide = shareLimits(funnel, n, 0.998);
        for (const [found, published] of [
            [narrow.low, low95],
            [narrow.high, high95],
            [wide.low, low998],
            [wide.high, high998],
        ] as const)
            expect(Math.abs(found - published / 100)).toBeLessThan(1.5 / n);
    });

    it("14 of 14 is not high where the region has 77 %: it happens in 1 of 39 practices", () => {
        expect(shareLimits(identical(0.77), 14, 0.998)).toMatchObject({ high: 1 });
        expect(shareLimits(identical(0.77), 14, 0.95).high).toBe(1);
        expect(0.77 ** 14).toBeCloseTo(1 / 39, 3);
    });

    // By hand: of 5 patients with a share of a half, 0 has chance 1/32 and 1 or fewer 6/32.
    it("lie between the counts whose tails enclose the level, by the logarithm", () => {
        const fromFive = shareLimits(identical(0.5), 5, 0.95);
        expect(fromFive).toEqual({ low: 0, high: 1 });
        // Of 6: 0 has chance 1/64 = 0,016 < 0,025, so nobody at all is low; 1 or fewer 7/64.
        const place = Math.log(0.025 * 64) / Math.log(7);
        expect(shareLimits(identical(0.5), 6, 0.95).low).toBeCloseTo(place / 6, 12);
        expect(shareLimits(identical(0.5), 6, 0.95).high).toBeCloseTo(1 - place / 6, 12);
    });
});

// Published example: FunnelPlotR, README: length of stay of the 54 hospitals in Hilbe's `medpar` (COUNT; Rdatasets
// csv/COUNT/medpar.csv), observed days and those expected by the Poisson regression printed there.
const hospitals = [
    [406, 523.6963],
    [642, 612.9786],
    [46, 53.7914],
    [764, 763.7179],
    [82, 120.9374],
    [201, 250.186],
    [193, 155.4921],
    [569, 484.7149],
    [404, 362.2221],
    [134, 188.9266],
    [614, 554.3848],
    [491, 616.738],
    [501, 360.1473],
    [131, 245.6126],
    [274, 263.5646],
    [124, 154.6624],
    [456, 475.0159],
    [48, 38.9339],
    [429, 445.0966],
    [14, 28.7971],
    [369, 347.5364],
    [8, 7.5611],
    [37, 73.2056],
    [128, 118.1138],
    [145, 273.3377],
    [493, 449.7932],
    [104, 172.3786],
    [6, 19.1963],
    [308, 321.858],
    [34, 36.563],
    [7, 19.9643],
    [935, 851.7164],
    [134, 198.9406],
    [339, 302.3934],
    [458, 410.1635],
    [22, 45.8653],
    [2, 9.6673],
    [160, 212.345],
    [87, 38.9222],
    [55, 31.7379],
    [252, 285.6359],
    [174, 186.6561],
    [43, 33.9818],
    [228, 255.6547],
    [210, 242.0259],
    [321, 279.4762],
    [631, 619.2636],
    [543, 626.1302],
    [105, 145.6749],
    [389, 413.8621],
    [92, 111.2628],
    [1012, 685.5857],
    [283, 181.1079],
    [95, 24.8065],
] as const;

describe("hospitals that differ", () => {
    const outlying = (funnel: Funnel) =>
        hospitals.filter(([observed, expected]) => {
            const { low, high } = ratioLimits(funnel, expected, 0.998);
            return observed / expected < low || observed / expected > high;
        });

    it("25 of 54 lie outside by chance alone as published, less two whose own chance is above 1 in 1.000", () => {
        // The published limits are those of the expected count as if it had been observed. For 14 days of 28,8 and 2 of
        // 9,7 these are too narrow: so few or fewer have a chance of 1,8 and 3,6 in 1.000.
        expect(outlying(identical(1))).toHaveLength(23);
        const within = [
            [14, 28.7971],
            [2, 9.6673],
        ];
        for (const [observed = 0, expected = 1] of within) {
            expect(hospitals).toContainEqual([observed, expected]);
            expect(observed / expected).toBeGreaterThan(ratioLimits(identical(1), expected, 0.998).low);
            expect(observed / expected).toBeLessThan(ratioLimits(identical(1), expected, 0.95).low);
        }
    });

    it("no more than the published 9 lie outside when over-dispersion is taken into account", () => {
        const funnel = ratioFunnel(hospitals.map(([observed, expected]) => ({ observed, expected })));
        expect(funnel?.phi).toBeGreaterThan(5);
        expect(outlying(funnel ?? identical(1)).length).toBeLessThanOrEqual(9);
    });
});

describe("over-dispersion", () => {
    // Published example: FunnelPlotR, tests/testthat/test-classes_methods.R: phi of six groups, on the logarithm of
    // observed over expected, of which the method used there pulls in none.
    const groups = [
        [100, 108],
        [150, 112],
        [180, 165],
        [80, 95],
        [120, 100],
        [225, 220],
    ] as const;
    const scores = groups.map(([observed, expected]) => ({
        z: Math.sqrt(expected) * Math.log(observed / expected),
        error: 1 / Math.sqrt(expected),
    }));

    it("has the published phi", () => {
        expect(meanSquare(scores.map(({ z }) => z))).toBeCloseTo(2.948033, 6);
    });

    it("gives DerSimonian and Laird's variance for it", () => {
        const weights = groups.map(([, expected]) => expected);
        const total = 800;
        const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
        expect(varianceBetween(scores, 2.948033)).toBeCloseTo((6 * 2.948033 - 5) / (total - squares / total), 12);
        expect(varianceBetween(scores, 5 / 6)).toBe(0);
        expect(varianceBetween(scores, 0.4)).toBe(0);
    });

    it("pulls in a tenth at either end, and no more", () => {
        expect(winsorised([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100])).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
        expect(winsorised([5, 1])).toEqual([4.6, 1.4]);
    });

    it("of identical practices is about nothing, and of different ones what they were made with", () => {
        const draw = draws(4);
        const estimates = (deviation: number) => {
            const found = Array.from({ length: 150 }, () => {
                const practices = Array.from({ length: 38 }, () => {
                    const denominator = 60 + Math.floor(draw() * 200);
                    const share = 0.7 + deviation * normal(draw);
                    return { numerator: binomial(draw, denominator, share), denominator };
                });
                return shareFunnel(practices)?.between ?? Number.NaN;
            });
            return Math.sqrt(found.reduce((sum, value) => sum + value, 0) / found.length);
        };
        expect(estimates(0)).toBeLessThan(0.02);
        expect(estimates(0.06)).toBeGreaterThan(0.055);
        expect(estimates(0.06)).toBeLessThan(0.065);
    });

    it("one odd practice does not widen the limits for itself", () => {
        const draw = draws(11);
        const practices = Array.from({ length: 30 }, () => ({ numerator: binomial(draw, 100, 0.6), denominator: 100 }));
        const odd = { numerator: 5, denominator: 100 };
        const before = shareFunnel(practices);
        const after = shareFunnel([...practices, odd]);
        if (!before || !after) throw new Error("thirty practices make a funnel");
        expect(after.between).toBeLessThan(before.between + 0.002);
        expect(0.05).toBeLessThan(shareLimits(after, 100, 0.998).low);
    });

    it("leaves at most 1 in 200 practices outside 99,8 % when they differ as practices do", () => {
        const draw = draws(7);
        let outside = 0;
        let all = 0;
        for (let region = 0; region < 120; region++) {
            const practices = Array.from({ length: 38 }, () => {
                const denominator = 8 + Math.floor(draw() * 40);
                return {
                    numerator: binomial(draw, denominator, Math.min(1, 0.75 + 0.07 * normal(draw))),
                    denominator,
                };
            });
            const funnel = shareFunnel(practices);
            if (!funnel) continue;
            for (const { numerator, denominator } of practices) {
                const { low, high } = shareLimits(funnel, denominator, 0.998);
                const share = numerator / denominator;
                if (share < low || share > high) outside += 1;
                all += 1;
            }
        }
        expect(all).toBe(120 * 38);
        expect(outside / all).toBeLessThan(0.005);
    });
});

describe("a funnel is absent", () => {
    it("with fewer than eight practices with patients, or when nobody or everybody counts", () => {
        const eight = Array.from({ length: 8 }, (_, index) => ({ numerator: index, denominator: 20 }));
        expect(shareFunnel(eight)).not.toBeNull();
        expect(shareFunnel([...eight.slice(1), { numerator: 0, denominator: 0 }])).toBeNull();
        expect(shareFunnel(eight.map(() => ({ numerator: 0, denominator: 20 })))).toBeNull();
        expect(shareFunnel(eight.map(() => ({ numerator: 20, denominator: 20 })))).toBeNull();
        expect(ratioFunnel(eight.map(() => ({ observed: 0, expected: 2 })))).toBeNull();
        expect(ratioFunnel(eight.map(() => ({ observed: 3, expected: 2 })).slice(1))).toBeNull();
    });
});

describe("of any region", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const patients = fc.integer({ min: 1, max: 3000 });
    const spread = fc.double({ min: 0, max: 0.01, noNaN: true });

    it("limits hold the centre, lie within 0 and 1, and 99,8 % holds 95 %", () => {
        fc.assert(
            fc.property(share, patients, spread, (centre, n, between) => {
                const funnel = { ...identical(centre), between: between * centre * (1 - centre) };
                const narrow = shareLimits(funnel, n, 0.95);
                const wide = shareLimits(funnel, n, 0.998);
                expect(wide.low).toBeGreaterThanOrEqual(0);
                expect(wide.high).toBeLessThanOrEqual(1);
                expect(wide.low).toBeLessThanOrEqual(narrow.low);
                expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
                expect(narrow.low).toBeLessThanOrEqual(centre);
                expect(narrow.high).toBeGreaterThanOrEqual(centre);
            }),
            runs,
        );
    });

    it("more difference between practices never narrows the limits", () => {
        fc.assert(
            fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), patients, spread, (centre, n, between) => {
                const more = shareLimits({ ...identical(centre), between: 0.02 }, n, 0.998);
                const less = shareLimits({ ...identical(centre), between }, n, 0.998);
                expect(more.high).toBeGreaterThanOrEqual(less.high - 1e-9);
                expect(more.low).toBeLessThanOrEqual(less.low + 1e-9);
            }),
            runs,
        );
    });

    it("a count lies outside exactly when the chance of it or a further one is below the tail", () => {
        fc.assert(
            fc.property(share, fc.integer({ min: 1, max: 60 }), (centre, n) => {
                const chances = Array.from(
                    { length: n + 1 },
                    (_, k) => choose(n, k) * centre ** k * (1 - centre) ** (n - k),
                );
                const { low, high } = shareLimits(identical(centre), n, 0.95);
                for (let k = 0; k <= n; k++) {
                    const atLeast = chances.slice(k).reduce((sum, chance) => sum + chance, 0);
                    const atMost = chances.slice(0, k + 1).reduce((sum, chance) => sum + chance, 0);
                    if (Math.abs(atLeast - 0.025) > 1e-9) expect(k / n > high).toBe(atLeast < 0.025);
                    if (Math.abs(atMost - 0.025) > 1e-9) expect(k / n < low).toBe(atMost < 0.025);
                }
            }),
            runs,
        );
    });

    it("swapping counted and not counted mirrors the limits", () => {
        fc.assert(
            fc.property(share, fc.integer({ min: 1, max: 300 }), spread, (centre, n, between) => {
                const here = shareLimits({ ...identical(centre), between }, n, 0.95);
                const there = shareLimits({ ...identical(1 - centre), between }, n, 0.95);
                expect(there.low).toBeCloseTo(1 - here.high, 8);
                expect(there.high).toBeCloseTo(1 - here.low, 8);
            }),
            runs,
        );
    });

    it("chances add up to 1 and have the mean they were made with", () => {
        fc.assert(
            fc.property(share, fc.integer({ min: 1, max: 400 }), spread, (centre, n, between) => {
                for (const { first, chances } of [
                    countsOfShare(centre, n, between * 20),
                    countsOfRate(centre * n, between * 20),
                ]) {
                    const total = chances.reduce((sum, chance) => sum + chance, 0);
                    const mean = chances.reduce((sum, chance, index) => sum + chance * (first + index), 0);
                    expect(total).toBeCloseTo(1, 12);
                    expect(Math.abs(mean / (centre * n) - 1)).toBeLessThan(1e-9);
                }
            }),
            runs,
        );
    });
});

it("counts at the ends of what can happen stay there", () => {
    const one = countsOfShare(0.3, 1);
    expect(one.chances).toHaveLength(2);
    expect(upperCount(one, 0.025)).toBe(1);
    expect(lowerCount(one, 0.025)).toBe(0);
    expect(quantileCount(one, 0.5)).toBe(0);
    expect(quantileCount(one, 0.9)).toBe(1);
});

function choose(n: number, k: number): number {
    let product = 1;
    for (let index = 1; index <= k; index++) product *= (n - k + index) / index;
    return product;
}
