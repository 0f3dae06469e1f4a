import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCarriedForward, shareCarriedForward } from "../pipelines/statistics/projection.ts";
import { draws } from "./support/draws.ts";

describe("a count carried to the end of the year", () => {
    it("is itself when the year is over", () => {
        expect(countCarriedForward(18, 12)).toEqual({ value: 18, low: 18, high: 18 });
    });

    it("goes on at the same pace, and cannot fall below what is there", () => {
        const half = countCarriedForward(9, 6);
        expect(half.value).toBe(18);
        expect(half.low).toBeGreaterThanOrEqual(9);
        expect(half.low).toBeLessThan(18);
        expect(half.high).toBeGreaterThan(18);
    });

    it("can still become something when nothing happened yet", () => {
        expect(countCarriedForward(0, 6)).toMatchObject({ value: 0, low: 0 });
        expect(countCarriedForward(0, 6).high).toBeGreaterThan(0);
    });

    // By hand: after no event in 6 months, half an event is known; k more in the other 6 months has chance
    // (1/2)^(k+1/2) x 1, 1/2, 3/8, 5/16: together 0,707 0,884 0,950 0,978.
    it("holds the counts that a half event allows", () => {
        expect(countCarriedForward(0, 6).high).toBe(3);
    });

    it("is 95 % sure: the year ends within it in about 95 of 100 years or a little more", () => {
        const draw = draws(21);
        const poisson = (rate: number) => {
            let count = 0;
            for (let product = draw(); product > Math.exp(-rate); product *= draw()) count += 1;
            return count;
        };
        for (const [yearly, months] of [
            [18, 6],
            [60, 3],
            [350, 5],
        ] as const) {
            const years = process.env.PROVE ? 4000 : 400;
            let held = 0;
            for (let year = 0; year < years; year++) {
                const sofar = poisson((yearly * months) / 12);
                const total = sofar + poisson((yearly * (12 - months)) / 12);
                const { low, high } = countCarriedForward(sofar, months);
                if (low <= total && total <= high) held += 1;
            }
            expect(held / years).toBeGreaterThan(0.925);
            expect(held / years).toBeLessThan(0.99);
        }
    });

    it("grows with the count, and is surer with more months", () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 11 }), (events, months) => {
                const here = countCarriedForward(events, months);
                const next = countCarriedForward(events + 1, months);
                expect(here.low).toBeGreaterThanOrEqual(events);
                expect(here.low).toBeLessThanOrEqual(here.value);
                expect(here.high).toBeGreaterThanOrEqual(Math.floor(here.value));
                expect(next.low).toBeGreaterThanOrEqual(here.low);
                expect(next.high).toBeGreaterThanOrEqual(here.high);
                const later = countCarriedForward(events, months + 1);
                expect(later.high - later.low).toBeLessThanOrEqual(here.high - here.low);
            }),
            { seed: 2024, numRuns: process.env.PROVE ? 2000 : 100 },
        );
    });

    it("refuses what is no count or no month", () => {
        expect(() => countCarriedForward(-1, 3)).toThrow(RangeError);
        expect(() => countCarriedForward(3, 0)).toThrow(RangeError);
        expect(() => countCarriedForward(3, 13)).toThrow(RangeError);
    });
});

describe("a share carried to its deadline", () => {
    it("changes as much again when a year is left, weighted by patients", () => {
        const projection = shareCarriedForward(
            [
                { ago: 0.5, now: 0.6, patients: 100 },
                { ago: 0.5, now: 0.5, patients: 300 },
            ],
            1,
        );
        // 0,7 x 100 + 0,5 x 300 of 400.
        expect(projection?.value).toBeCloseTo(0.55, 12);
    });

    it("is the share of now at the deadline, and wider the further it looks", () => {
        const practices = [
            { ago: 0.4, now: 0.5, patients: 30 },
            { ago: 0.5, now: 0.52, patients: 25 },
            { ago: 0.6, now: 0.58, patients: 40 },
        ];
        const now = shareCarriedForward(practices, 0);
        const later = shareCarriedForward(practices, 2);
        expect(now?.value).toBeCloseTo((15 + 13 + 23.2) / 95, 12);
        expect((later?.high ?? 0) - (later?.low ?? 0)).toBeGreaterThan((now?.high ?? 0) - (now?.low ?? 0));
        expect(shareCarriedForward(practices.slice(1, 2), 1)).toBeNull();
    });
});
