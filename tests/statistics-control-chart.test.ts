import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movingRangeDeviation, rateChart, shareChart } from "../pipelines/statistics/control-chart.ts";
import { outside, shifts, trends } from "../pipelines/statistics/run-rules.ts";

/** Months in a row from January 2011. */
function flow(numerators: number[], denominators: number[]) {
    return numerators.map((numerator, index) => ({
        period: `${2011 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`,
        numerator,
        denominator: denominators[index] ?? 0,
    }));
}

// Published rows: PowerBI-SPC, test/Chart Types/p.test.ts, pprime.test.ts and u.test.ts (numbers only).
const p = {
    numerators: [
        14, 12, 15, 8, 16, 11, 12, 14, 16, 17, 5, 11, 13, 10, 14, 5, 12, 10, 11, 5, 10, 8, 11, 12, 11, 18, 18, 21, 14,
        15, 18, 22, 17, 16, 20, 15,
    ],
    denominators: [
        52, 64, 70, 60, 67, 69, 67, 54, 79, 59, 49, 61, 41, 51, 56, 43, 57, 48, 69, 41, 40, 46, 59, 62, 57, 65, 75, 70,
        76, 69, 64, 67, 84, 67, 69, 78,
    ],
    ul99: [
        38.76, 37.07, 36.4, 37.58, 36.72, 36.5, 36.72, 38.44, 35.53, 37.71, 39.28, 37.45, 40.92, 38.93, 38.14, 40.47,
        37.99, 39.46, 36.5, 40.92, 41.16, 39.84, 37.71, 37.32, 37.99, 36.95, 35.9, 36.4, 35.8, 36.5, 37.07, 36.72,
        35.11, 36.72, 36.5, 35.62,
    ],
    ll99: [
        4.5, 6.19, 6.87, 5.69, 6.54, 6.76, 6.54, 4.82, 7.74, 5.55, 3.99, 5.82, 2.34, 4.34, 5.13, 2.8, 5.27, 3.8, 6.76,
        2.34, 2.1, 3.42, 5.55, 5.95, 5.27, 6.31, 7.37, 6.87, 7.46, 6.76, 6.19, 6.54, 8.16, 6.54, 6.76, 7.65,
    ],
};
const pprime = {
    numerators: [
        266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320, 267923, 271478, 255353, 256820,
        261835, 259144, 255910, 260863, 264465, 260989,
    ],
    denominators: [
        280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529, 279618, 283932, 266629, 268091,
        276803, 271578, 266005, 273520, 278574, 273772,
    ],
    ul99: [
        96.567, 96.5753, 96.5421, 96.5326, 96.5627, 96.5775, 96.5593, 96.5345, 96.5579, 96.5623, 96.5689, 96.5591,
        96.5996, 96.5961, 96.5753, 96.5877, 96.6012, 96.583, 96.5713, 96.5824,
    ],
    ll99: [
        94.013, 94.0046, 94.0378, 94.0473, 94.0173, 94.0025, 94.0207, 94.0454, 94.022, 94.0177, 94.0111, 94.0208,
        93.9803, 93.9839, 94.0046, 93.9923, 93.9788, 93.9969, 94.0087, 93.9975,
    ],
};
const u = {
    numerators: [
        575, 521, 585, 528, 507, 519, 457, 505, 494, 512, 543, 506, 509, 521, 549, 531, 509, 528, 419, 512, 495, 513,
        454, 490,
    ],
    denominators: [
        310466.8333, 282346.7917, 309089.7083, 287977.3333, 297743.375, 286988.25, 261120.3333, 268720.75, 284437.875,
        290449.5, 288104.4583, 279961.375, 289803.9583, 275950.5833, 290824.4583, 285495.75, 282515.2083, 273927.875,
        253085.625, 262410.7083, 275529.25, 282405.0833, 259530.7917, 256235.4583,
    ],
    ul99: [
        20.5349, 20.6467, 20.5401, 20.623, 20.5836, 20.6271, 20.7428, 20.7071, 20.6378, 20.6129, 20.6225, 20.657,
        20.6155, 20.6745, 20.6113, 20.6334, 20.646, 20.6835, 20.7823, 20.7366, 20.6764, 20.6465, 20.7505, 20.7666,
    ],
    ll99: [
        15.9366, 15.8248, 15.9314, 15.8485, 15.8879, 15.8444, 15.7287, 15.7644, 15.8337, 15.8586, 15.849, 15.8145,
        15.856, 15.797, 15.8602, 15.8381, 15.8255, 15.788, 15.6892, 15.7349, 15.7951, 15.825, 15.721, 15.7049,
    ],
};

describe("p-chart", () => {
    it("has the published limits of 36 months", () => {
        const chart = shareChart(flow(p.numerators, p.denominators));
        // These months differ a little more than chance; the published rows are those of chance alone.
        const widening = chart?.widening ?? 0;
        const centre = chart?.centre ?? 0;
        chart?.points.forEach(({ high }, index) => {
            const reach = (high - centre) / widening;
            expect((centre + reach) * 100).toBeCloseTo(p.ul99[index] ?? 0, 2);
            expect((centre - reach) * 100).toBeCloseTo(p.ll99[index] ?? 0, 2);
        });
        expect(chart?.points).toHaveLength(36);
    });

    it("becomes p' with the published limits when large periods differ more than chance", () => {
        const chart = shareChart(flow(pprime.numerators, pprime.denominators));
        expect(chart?.kind).toBe("p'");
        expect(chart?.widening).toBeGreaterThan(1);
        chart?.points.forEach(({ high, low }, index) => {
            expect(high * 100).toBeCloseTo(pprime.ul99[index] ?? 0, 4);
            expect(low * 100).toBeCloseTo(pprime.ll99[index] ?? 0, 4);
        });
    });

    it("is never narrower than chance", () => {
        const chart = shareChart(flow(new Array<number>(14).fill(7), new Array<number>(14).fill(28)));
        expect(chart).toMatchObject({ kind: "p", widening: 1, centre: 0.25 });
        expect(chart?.points[0]?.high).toBeCloseTo(0.25 + 3 * Math.sqrt((0.25 * 0.75) / 28), 12);
    });
});

describe("u-chart", () => {
    it("has the published limits of 24 months", () => {
        const chart = rateChart(flow(u.numerators, u.denominators));
        chart?.points.forEach(({ high, low }, index) => {
            expect(high * 10_000).toBeCloseTo(u.ul99[index] ?? 0, 4);
            expect(low * 10_000).toBeCloseTo(u.ll99[index] ?? 0, 4);
        });
        expect(chart?.points).toHaveLength(24);
    });

    it("marks the month that stands out, and only that one", () => {
        const events = [4, 5, 3, 4, 6, 5, 4, 3, 5, 4, 20, 4, 5];
        const chart = rateChart(flow(events, new Array<number>(13).fill(1000)));
        expect(chart?.points.filter((point) => point.outside).map(({ period }) => period)).toEqual(["2011-11"]);
    });
});

// Published example: NHSRplotthedots, vignettes/deviations.Rmd: limits -3,06 and 6,95 around 1,94.
it("the moving range gives the published XmR limits", () => {
    const values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const reach = 3 * movingRangeDeviation(values);
    expect(mean).toBeCloseTo(1.94, 2);
    expect(mean + reach).toBeCloseTo(6.95, 2);
    expect(mean - reach).toBeCloseTo(-3.06, 2);
});

describe("a chart is refused", () => {
    const months = flow(new Array<number>(12).fill(3), new Array<number>(12).fill(100));

    it("with fewer than twelve periods with patients", () => {
        expect(rateChart(months)).not.toBeNull();
        expect(rateChart(months.slice(1))).toBeNull();
        expect(
            shareChart(months.map((month, index) => (index === 4 ? { ...month, denominator: 0 } : month))),
        ).toBeNull();
    });

    it("when nothing happened, or all did", () => {
        expect(rateChart(months.map((month) => ({ ...month, numerator: 0 })))).toBeNull();
        expect(shareChart(months.map((month) => ({ ...month, numerator: 100 })))).toBeNull();
    });

    it("when periods overlap, repeat or are out of order", () => {
        const [first, second, ...rest] = months;
        if (!first || !second) throw new Error("twelve months were made");
        expect(() => rateChart([first, first, ...rest])).toThrow(/disjoint/);
        expect(() => rateChart([second, first, ...rest])).toThrow(/disjoint/);
        expect(() => rateChart([{ ...first, period: "2011-Q1" }, second, ...rest])).toThrow(/disjoint/);
    });
});

const up = (marks: string) => [...marks].map((mark) => ({ u: "up", d: "down" })[mark] ?? null);

describe("run rules", () => {
    // Published rows: PowerBI-SPC, test/Outlier Flagging/shift.test.ts.
    it.each([
        [[5, 6, 4, 5, 6, 4, 5], 7, "......."],
        [[5, 6, 6, 6, 6, 6, 5], 5, ".uuuuu."],
        [[5, 4, 4, 4, 4, 4, 5], 5, ".ddddd."],
        [[5, 6, 6, 6, 5], 4, "....."],
        [[6, 6, 6, 5, 6, 6, 6, 6], 4, "....uuuu"],
        [[6, 6, 6, 6, 4, 4, 4, 4, 5], 3, "uuuudddd."],
        [[6, 6, 6, 6, 6, 6, 6, 5], 7, "uuuuuuu."],
    ])("one side of the centre: %j in runs of %i", (values, length, marks) => {
        expect(shifts(values, 5, length)).toEqual(up(marks));
    });

    // Published rows: PowerBI-SPC, test/Outlier Flagging/trend.test.ts, and NHSRplotthedots,
    // tests/testthat/test-ptd_calculate_point_type.R (seven-point trends).
    it.each([
        [[5, 6, 5, 6, 5, 6, 5], 5, "......."],
        [[1, 2, 3, 4, 5, 6, 5], 5, "uuuuuu."],
        [[6, 5, 4, 3, 2, 1, 2], 5, "dddddd."],
        [[1, 2, 3, 4, 2], 3, "uuuu."],
        [[1, 2, 3, 2, 3, 4, 5, 6], 4, "...uuuuu"],
        [[1, 2, 1, 3, 2], 2, "ududd"],
        [[1, 2, 3, 4, 5, 6, 7, 6], 7, "uuuuuuu."],
        [[1, 2, 3, 3, 4, 5, 6], 7, "......."],
        [[1, 2, 3, 4, 5, 6], 7, "......"],
        [[7, 6, 5, 4, 3, 2, 1], 7, "ddddddd"],
    ])("rising or falling: %j in runs of %i", (values, length, marks) => {
        expect(trends(values, length)).toEqual(up(marks));
    });

    // Published rows: PowerBI-SPC, test/Outlier Flagging/astronomical.test.ts.
    it("on a limit is within", () => {
        const limited = [0, 10, 11, -1].map((value) => ({ value, low: 0, high: 10 }));
        expect(outside(limited)).toEqual([null, null, "up", "down"]);
    });

    it("eight on one side and six in a row are what counts", () => {
        expect(shifts(new Array<number>(7).fill(1), 0).every((mark) => mark === null)).toBe(true);
        expect(shifts(new Array<number>(8).fill(1), 0).every((mark) => mark === "up")).toBe(true);
        expect(trends([1, 2, 3, 4, 5]).every((mark) => mark === null)).toBe(true);
        expect(trends([1, 2, 3, 4, 5, 6]).every((mark) => mark === "up")).toBe(true);
    });
});

describe("of any flow", () => {
    const drawn = fc.array(
        fc.record({ denominator: fc.integer({ min: 1, max: 500 }), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
        { minLength: 12, maxLength: 30 },
    );
    const runs = { seed: 2024, numRuns: process.env.PROVE ? 2000 : 100 };

    it("limits hold the centre, lie in their range, and are narrower with more patients", () => {
        fc.assert(
            fc.property(drawn, (points) => {
                const denominators = points.map(({ denominator }) => denominator);
                const numerators = points.map(({ denominator, part }) => Math.round(denominator * part));
                for (const chart of [
                    shareChart(flow(numerators, denominators)),
                    rateChart(flow(numerators, denominators)),
                ]) {
                    if (!chart) continue;
                    chart.points.forEach(({ low, high }, index) => {
                        expect(low).toBeGreaterThanOrEqual(0);
                        expect(low).toBeLessThanOrEqual(chart.centre);
                        expect(high).toBeGreaterThanOrEqual(chart.centre);
                        if (chart.kind !== "u") expect(high).toBeLessThanOrEqual(1);
                        for (const [other, size] of denominators.entries())
                            if (size > (denominators[index] ?? 0))
                                expect(chart.points[other]?.high).toBeLessThanOrEqual(high + 1e-12);
                    });
                }
            }),
            runs,
        );
    });

    it("marks turn round when values do", () => {
        const turned = (marks: (string | null)[]) =>
            marks.map((mark) => (mark === "up" ? "down" : mark === "down" ? "up" : null));
        fc.assert(
            fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40 }), (values) => {
                const opposite = values.map((value) => -value);
                expect(shifts(opposite, 0, 4)).toEqual(turned(shifts(values, 0, 4)));
                expect(trends(opposite, 3)).toEqual(turned(trends(values, 3)));
                expect(shifts(values, 0, 4)).toHaveLength(values.length);
            }),
            runs,
        );
    });
});
