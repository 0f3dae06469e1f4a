import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
    lastWholeMonth,
    monthIndex,
    monthOf,
    periodOf,
    periodsBetween,
    quarterOf,
} from "../pipelines/refresh/period.ts";

describe("months", () => {
    it("have an index that grows by one, over the turn of a year too", () => {
        expect(monthIndex("2023-01") - monthIndex("2022-12")).toBe(1);
        fc.assert(
            fc.property(
                fc.integer({ min: 1900 * 12 + 1, max: 2100 * 12 }),
                (index) => monthIndex(monthOf(index)) === index,
            ),
        );
    });

    it("end on their last day", () => {
        expect(periodOf(monthIndex("2024-02"))).toEqual({
            start: "2024-02-01",
            end: "2024-02-29",
            index: monthIndex("2024-02"),
        });
        expect(periodsBetween("2022-11", "2023-02").map((period) => period.end)).toEqual([
            "2022-11-30",
            "2022-12-31",
            "2023-01-31",
            "2023-02-28",
        ]);
        expect(periodsBetween("2023-01", "2022-12")).toEqual([]);
    });

    it("belong to a quarter", () => {
        expect(["2024-01", "2024-03", "2024-04", "2024-12"].map((month) => quarterOf(monthIndex(month)))).toEqual([
            "2024-Q1",
            "2024-Q1",
            "2024-Q2",
            "2024-Q4",
        ]);
    });
});

describe("the last whole month of a peildatum", () => {
    it("is its own month only on the last day", () => {
        expect(lastWholeMonth("2024-06-30")).toBe("2024-06");
        expect(lastWholeMonth("2024-06-29")).toBe("2024-05");
        expect(lastWholeMonth("2024-02-28")).toBe("2024-01");
    });
});
