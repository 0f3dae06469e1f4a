import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { achievable } from "../pipelines/statistics/achievable.ts";
import type { Share } from "../pipelines/statistics/interval.ts";
import { chanceOfDifference, shrunkShare, spreadOfShares } from "../pipelines/statistics/shrinkage.ts";
import { binomial, draws, normal } from "./support/draws.ts";

const proving = Boolean(process.env.PROVE);

/** A region of practices with about `size` patients; true shares around 0,7 with this deviation. */
function region(draw: () => number, size: number, deviation: number, centre = 0.7): (Share & { truth: number })[] {
    return Array.from({ length: 38 }, () => {
        const denominator = Math.max(3, Math.round(size * Math.exp(0.4 * normal(draw))));
        const truth = Math.min(0.999, Math.max(0.001, centre + deviation * normal(draw)));
        return { denominator, numerator: binomial(draw, denominator, truth), truth };
    });
}

/** Patient-weighted mean of `pick` over the practices that come first in `order` and hold 10 % of patients. */
function bestTenth<Row extends Share>(rows: Row[], order: (row: Row) => number, pick: (row: Row) => number): number {
    const sorted = [...rows].sort((left, right) => order(right) - order(left) || right.denominator - left.denominator);
    const enough = rows.reduce((sum, row) => sum + row.denominator, 0) / 10;
    let patients = 0;
    let total = 0;
    for (const row of sorted) {
        if (patients >= enough) break;
        patients += row.denominator;
        total += row.denominator * pick(row);
    }
    return total / patients;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the achievable value of identical practices", () => {
    it("is absent in 97 of 100 regions or more, whatever the share and the number of patients", () => {
        const draw = draws(1);
        for (const [centre, size] of [
            [0.7, 28],
            [0.7, 180],
            [0.9, 28],
            [0.97, 40],
            [0.1, 12],
        ] as const) {
            const regions = proving ? 3000 : 400;
            let present = 0;
            for (let count = 0; count < regions; count++)
                if (achievable(region(draw, size, 0, centre), "hoger")) present += 1;
            expect(present / regions).toBeLessThanOrEqual(0.03);
        }
    });

    it("would without shrinkage be 84 % for COPD, against a true 70 %", () => {
        const draw = draws(2);
        const raw = Array.from({ length: 200 }, () => {
            const practices = region(draw, 28, 0);
            const share = ({ numerator, denominator }: Share) => numerator / denominator;
            return bestTenth(practices, share, share);
        });
        // indicators.md, Publication.
        expect(mean(raw)).toBeGreaterThan(0.83);
        expect(mean(raw)).toBeLessThan(0.87);
    });
});

describe("the achievable value of practices that differ", () => {
    it("is within 2,5 points of what its best practices truly reach, also with 28 patients each", () => {
        const draw = draws(3);
        const errors: number[] = [];
        let regions = 0;
        for (; regions < 300; regions++) {
            const practices = region(draw, 28, 0.12);
            const found = achievable(practices, "hoger");
            const spread = spreadOfShares(practices);
            if (!found || !spread) continue;
            errors.push(
                found.value -
                    bestTenth(
                        practices,
                        (row) => shrunkShare(row, spread),
                        (row) => row.truth,
                    ),
            );
        }
        expect(errors.length).toBeGreaterThan(0.9 * regions);
        expect(Math.abs(mean(errors))).toBeLessThan(0.025);
    });

    it("comes close to the true best tenth when practices are large", () => {
        const draw = draws(5);
        const errors = Array.from({ length: 60 }, () => {
            const practices = region(draw, 600, 0.08);
            const truth = bestTenth(
                practices,
                (row) => row.truth,
                (row) => row.truth,
            );
            return (achievable(practices, "hoger")?.value ?? Number.NaN) - truth;
        });
        expect(Math.abs(mean(errors))).toBeLessThan(0.01);
    });

    it("is the lowest shares where lower is better", () => {
        const practices = Array.from({ length: 10 }, (_, index) => ({
            numerator: 100 + 80 * index,
            denominator: 1000,
        }));
        const low = achievable(practices, "lager");
        const high = achievable(practices, "hoger");
        expect(low?.value).toBeCloseTo(0.1, 1);
        expect(high?.value).toBeCloseTo(0.82, 1);
        expect(low).toMatchObject({ practices: 1, patients: 1000 });
    });

    it("takes practices until they hold a tenth of the patients", () => {
        const practices = [
            ...Array.from({ length: 4 }, () => ({ numerator: 95, denominator: 100 })),
            ...Array.from({ length: 10 }, () => ({ numerator: 200, denominator: 360 })),
        ];
        // 4.000 patients: four small practices hold 400, exactly a tenth.
        expect(achievable(practices, "hoger")).toMatchObject({ practices: 4, patients: 400 });
    });

    it("is absent with fewer than eight practices, and does not count those without patients", () => {
        const practices = Array.from({ length: 8 }, (_, index) => ({ numerator: 10 * index, denominator: 80 }));
        expect(achievable(practices, "hoger")).not.toBeNull();
        expect(achievable([...practices.slice(1), { numerator: 0, denominator: 0 }], "hoger")).toBeNull();
    });

    it("is absent when nobody or everybody counts", () => {
        expect(achievable(new Array(12).fill({ numerator: 0, denominator: 30 }), "hoger")).toBeNull();
        expect(achievable(new Array(12).fill({ numerator: 30, denominator: 30 }), "hoger")).toBeNull();
    });
});

describe("shrinkage", () => {
    it("borrows as many patients of the mean as practices differ little", () => {
        // A spread of 0,1 is worth nine patients of the mean: (9 + 0,5 x 9) / (10 + 9).
        expect(shrunkShare({ numerator: 9, denominator: 10 }, { mean: 0.5, correlation: 0.1 })).toBeCloseTo(
            13.5 / 19,
            12,
        );
        expect(shrunkShare({ numerator: 9, denominator: 10 }, { mean: 0.5, correlation: 0 })).toBe(0.5);
    });

    it("finds the moments of equally large practices", () => {
        // Shares 0,4 and 0,8 of 20 patients each, ten of both: mean 0,6 and squared distances of 0,04 each, which are to
        // be 19/20 of 0,24 (1 + 19 c) / 20.
        const practices = Array.from({ length: 20 }, (_, index) => ({
            numerator: index % 2 ? 8 : 16,
            denominator: 20,
        }));
        const spread = spreadOfShares(practices);
        expect(spread?.mean).toBeCloseTo(0.6, 12);
        expect(spread?.correlation).toBeCloseTo(((0.04 * 20 * 20) / (19 * 0.24) - 1) / 19, 9);
    });

    it("recovers the spread that regions were made with", () => {
        const draw = draws(9);
        const found = Array.from({ length: 200 }, () => {
            const spread = spreadOfShares(region(draw, 60, 0.1));
            return spread ? spread.correlation * spread.mean * (1 - spread.mean) : Number.NaN;
        });
        expect(Math.sqrt(mean(found))).toBeCloseTo(0.1, 2);
    });

    it("lies between the practice's own share and the mean, whatever the practices", () => {
        const practices = fc.array(
            fc
                .record({
                    denominator: fc.integer({ min: 1, max: 400 }),
                    part: fc.double({ min: 0, max: 1, noNaN: true }),
                })
                .map(({ denominator, part }) => ({ denominator, numerator: Math.round(denominator * part) })),
            { minLength: 2, maxLength: 40 },
        );
        fc.assert(
            fc.property(practices, (rows) => {
                const spread = spreadOfShares(rows);
                if (!spread) throw new Error("two practices have a spread");
                expect(spread.correlation).toBeGreaterThanOrEqual(0);
                for (const row of rows) {
                    const own = row.numerator / row.denominator;
                    const found = shrunkShare(row, spread);
                    expect(found).toBeGreaterThanOrEqual(Math.min(own, spread.mean) - 1e-12);
                    expect(found).toBeLessThanOrEqual(Math.max(own, spread.mean) + 1e-12);
                }
                const chance = chanceOfDifference(rows);
                expect(chance).toBeGreaterThanOrEqual(0);
                expect(chance).toBeLessThanOrEqual(1);
                const found = achievable(rows, "hoger");
                const turned = achievable(
                    rows.map(({ numerator, denominator }) => ({ numerator: denominator - numerator, denominator })),
                    "lager",
                );
                if (!found) expect(turned).toBeNull();
                else expect(turned?.value).toBeCloseTo(1 - found.value, 6);
            }),
            { seed: 2024, numRuns: proving ? 2000 : 100 },
        );
    });
});

describe("the chance of difference", () => {
    it("is evenly spread when practices are identical", () => {
        const draw = draws(6);
        for (const [centre, size] of [
            [0.7, 28],
            [0.93, 20],
        ] as const) {
            const chances = Array.from({ length: 400 }, () => chanceOfDifference(region(draw, size, 0, centre)));
            expect(chances.filter((chance) => chance < 0.05).length / 400).toBeLessThan(0.085);
            expect(mean(chances)).toBeGreaterThan(0.44);
            expect(mean(chances)).toBeLessThan(0.56);
        }
    });
});
