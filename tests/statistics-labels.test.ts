import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Share } from "../pipelines/statistics/interval.ts";
import { differsByLabel } from "../pipelines/statistics/labels.ts";

const of = (counts: readonly number[]): Share[] => counts.map((numerator) => ({ numerator, denominator: 200 }));
const alike = (many: number, from: number): number[] => Array.from({ length: many }, (_unused, at) => from + at);

describe("whether a label goes with a share more than chance", () => {
    it("when groups lie wholly apart: as seldom as one in the ways to deal out the labels", () => {
        // 1 in C(16, 5) = 4.368 is beyond the 99,8 % limits, 1 in C(8, 4) = 70 is not, however far apart they lie.
        expect(differsByLabel([of(alike(5, 40)), of(alike(11, 150))])).toBe(true);
        expect(differsByLabel([of(alike(4, 40)), of(alike(4, 150))])).toBe(false);
    });

    it("not for one group, for nobody, or where all are the same", () => {
        expect(differsByLabel([of(alike(16, 40))])).toBe(false);
        expect(differsByLabel([[], []])).toBe(false);
        expect(differsByLabel([of(Array(8).fill(90)), of(Array(8).fill(90))])).toBe(false);
    });

    it("seldom for labels that mean nothing", () => {
        const region = fc.array(fc.integer({ min: 120, max: 180 }), { minLength: 20, maxLength: 20 });
        const called = fc.sample(region, { numRuns: 100, seed: 3 }).filter((counts) => {
            const groups = [of(counts.slice(0, 6)), of(counts.slice(6))];
            return differsByLabel(groups);
        });
        expect(called.length).toBeLessThanOrEqual(1);
    });
});
