import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratioOverPractices, shareChange } from "../pipelines/statistics/panel-change.ts";
import { student95 } from "../pipelines/statistics/student.ts";
import { binomial, draws, normal } from "./support/draws.ts";

describe("the ratio over practices", () => {
    it("has the linearised variance of a ratio estimator, with Student's t for so few practices", () => {
        // by hand: ratio 1.1; residuals 120-110, 100-110 -> squares 200; error = sqrt(2/1 * 200) / 200 = 0.1
        const estimate = ratioOverPractices([
            { before: 100, after: 120 },
            { before: 100, after: 100 },
        ]);
        expect(estimate?.value).toBeCloseTo(1.1, 12);
        expect(estimate?.high).toBeCloseTo(1.1 + 12.706204736432095 * 0.1, 8);
    });

    it("needs at least two practices and something before", () => {
        expect(ratioOverPractices([{ before: 100, after: 120 }])).toBeNull();
        expect(
            ratioOverPractices([
                { before: 0, after: 1 },
                { before: 0, after: 2 },
            ]),
        ).toBeNull();
    });

    it("has no width when all practices grow alike", () => {
        const estimate = ratioOverPractices([10, 40, 25].map((before) => ({ before, after: before * 1.2 })));
        expect(estimate?.value).toBeCloseTo(1.2, 12);
        expect((estimate?.high ?? 2) - (estimate?.low ?? 0)).toBeLessThan(1e-12);
    });
});

describe("the change of a share over the panel", () => {
    it("is the difference of the shares of all patients", () => {
        const change = shareChange([
            { before: { numerator: 10, denominator: 20 }, after: { numerator: 14, denominator: 20 } },
            { before: { numerator: 30, denominator: 80 }, after: { numerator: 36, denominator: 80 } },
        ]);
        // Residuals by hand: (14 - 10)/100 - (10 - 8)/100 = 0,02 and its opposite; error = sqrt(2 x 2 x 0,0004) = 0,04.
        expect(change?.value).toBeCloseTo(0.1, 12);
        expect(change?.high).toBeCloseTo(0.1 + 12.706204736432095 * 0.04, 8);
        expect(change?.low).toBeCloseTo(0.1 - 12.706204736432095 * 0.04, 8);
    });

    it("is absent with one practice or without patients", () => {
        const empty = { numerator: 0, denominator: 0 };
        const some = { numerator: 1, denominator: 2 };
        expect(shareChange([{ before: some, after: some }])).toBeNull();
        expect(
            shareChange([
                { before: empty, after: some },
                { before: empty, after: some },
            ]),
        ).toBeNull();
    });

    it("holds the truth in about 95 of 100 regions, though practices move as a whole", () => {
        const draw = draws(12);
        const regions = process.env.PROVE ? 2000 : 300;
        let held = 0;
        for (let region = 0; region < regions; region++) {
            const panel = Array.from({ length: 36 }, () => {
                const denominator = 10 + Math.floor(draw() * 40);
                const then = 0.6 + 0.08 * normal(draw);
                const now = then + 0.05 + 0.06 * normal(draw);
                return {
                    before: { numerator: binomial(draw, denominator, then), denominator },
                    after: { numerator: binomial(draw, denominator, now), denominator },
                };
            });
            const change = shareChange(panel);
            if (change && change.low <= 0.05 && change.high >= 0.05) held += 1;
        }
        expect(held / regions).toBeGreaterThan(0.91);
        expect(held / regions).toBeLessThan(0.98);
    });

    it("turns round when the years are swapped, and does not depend on the order of practices", () => {
        const share = fc
            .record({ denominator: fc.integer({ min: 1, max: 200 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
            .map(({ denominator, part }) => ({ denominator, numerator: Math.round(denominator * part) }));
        fc.assert(
            fc.property(
                fc.array(fc.record({ before: share, after: share }), { minLength: 2, maxLength: 20 }),
                (panel) => {
                    const change = shareChange(panel);
                    const back = shareChange(panel.map(({ before, after }) => ({ before: after, after: before })));
                    const reversed = shareChange([...panel].reverse());
                    expect(back?.value).toBeCloseTo(-(change?.value ?? 0), 10);
                    expect(back?.low).toBeCloseTo(-(change?.high ?? 0), 10);
                    expect(reversed?.high).toBeCloseTo(change?.high ?? 0, 10);
                    expect(change?.low).toBeLessThanOrEqual(change?.value ?? 0);
                },
            ),
            { seed: 2024, numRuns: process.env.PROVE ? 2000 : 100 },
        );
    });
});

describe("Student's t", () => {
    // Printed in every table of the t distribution (for instance NIST/SEMATECH e-Handbook 1.3.6.7.2), three decimals.
    it.each([
        [1, 12.706],
        [2, 4.303],
        [3, 3.182],
        [4, 2.776],
        [5, 2.571],
        [10, 2.228],
        [30, 2.042],
        [39, 2.023],
        [100, 1.984],
    ])("of %i degrees of freedom reaches as far as printed", (freedom, printed) => {
        expect(student95(freedom)).toBeCloseTo(printed, 3);
    });

    it("approaches the normal distribution from above, and refuses what is no number of degrees", () => {
        expect(student95(400)).toBeLessThan(student95(399));
        expect(student95(100_000)).toBeCloseTo(1.959963984540054, 4);
        expect(student95(100_000)).toBeGreaterThan(1.959963984540054);
        expect(() => student95(0)).toThrow(RangeError);
        expect(() => student95(1.5)).toThrow(RangeError);
    });
});
