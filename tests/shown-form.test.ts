import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { exactCell, onlyPercent, percentCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { figure, measured } from "./support/cells.ts";

const numbers = ["numerator", "denominator", "value", "low", "high"] as const;

describe("percentCell", () => {
    it("keeps a whole percent and no count, no interval", () => {
        const cell = percentCell(figure({ numerator: 37, denominator: 90 }));
        expect(cell).toMatchObject({ value: 0.41, shown: "percent", state: "value" });
        expect([cell?.numerator, cell?.denominator, cell?.low, cell?.high]).toEqual([null, null, null, null]);
    });

    it("keeps the scale of a rate per 1.000 and of a ratio", () => {
        expect(percentCell(figure({ numerator: 37, denominator: 1_000, value: 37 }))?.value).toBe(40);
        expect(percentCell(figure({ numerator: 460, denominator: 100, value: 4.6 }))?.value).toBe(4.6);
    });

    it("has no percent where there is no denominator", () => {
        expect(percentCell(figure({ numerator: 37, denominator: null }))).toBeNull();
    });

    it("shows no more than 101 different values, whatever the counts", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
                const numerator = Math.round(n * part);
                const value = percentCell(figure({ numerator, denominator: n }))?.value ?? -1;
                expect(Math.abs(value * 100 - Math.round(value * 100))).toBeLessThan(1e-9);
            }),
        );
    });
});

describe("onlyPercent", () => {
    const proces = measured("proces");

    it("holds for practices and hagros always, and for others while n is under 100", () => {
        expect(onlyPercent(figure({ level: "hagro", denominator: 900 }), proces, DEFAULT_THRESHOLDS)).toBe(true);
        expect(onlyPercent(figure({ level: "practice", denominator: 900 }), proces, DEFAULT_THRESHOLDS)).toBe(true);
        expect(onlyPercent(figure({ level: "area", denominator: 99 }), proces, DEFAULT_THRESHOLDS)).toBe(true);
        expect(onlyPercent(figure({ level: "area", denominator: 100 }), proces, DEFAULT_THRESHOLDS)).toBe(false);
    });

    it("holds for a region of fewer than four practices: that is those practices", () => {
        const region = (delivered: number) => figure({ level: "region", id: "regio", denominator: 900, delivered });
        expect(onlyPercent(region(3), proces, DEFAULT_THRESHOLDS)).toBe(true);
        expect(onlyPercent(region(4), proces, DEFAULT_THRESHOLDS)).toBe(false);
    });

    it("never holds for facts about practices", () => {
        expect(onlyPercent(figure({ level: "hagro", denominator: 5 }), measured("praktijk"), DEFAULT_THRESHOLDS)).toBe(
            false,
        );
    });
});

describe("suppressedCell", () => {
    it("has no number left, and looks the same for every reason", () => {
        const cell = suppressedCell(figure());
        expect(numbers.map((name) => cell[name])).toEqual([null, null, null, null, null]);
        expect(cell.state).toBe("suppressed");
        expect(Object.keys(cell).sort()).toEqual(Object.keys(exactCell(figure())).sort());
    });
});
