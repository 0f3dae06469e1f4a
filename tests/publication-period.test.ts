import { describe, expect, it } from "vitest";
import {
    comparePeriods,
    enclosingPeriod,
    isComplete,
    monthsOf,
    periodKind,
} from "../pipelines/publish/publication-period.ts";

describe("publication periods", () => {
    it("are told apart by their spelling", () => {
        expect(["2024-06", "2024-Q2", "2024", "2024-Q5", "juni"].map(periodKind)).toEqual([
            "month",
            "quarter",
            "year",
            null,
            null,
        ]);
    });

    it("nest: a month in its quarter, a quarter in its year", () => {
        expect(["2024-01", "2024-03", "2024-04", "2024-12", "2024-Q3", "2024"].map(enclosingPeriod)).toEqual([
            "2024-Q1",
            "2024-Q1",
            "2024-Q2",
            "2024-Q4",
            "2024",
            null,
        ]);
        expect(monthsOf("2024-Q2")).toEqual({ first: "2024-04", last: "2024-06" });
    });

    it("count only when whole: the last quarter ends within what was refreshed", () => {
        expect(isComplete("2024-Q2", "2022-01", "2024-06")).toBe(true);
        expect(isComplete("2024-Q2", "2022-01", "2024-05")).toBe(false);
        expect(isComplete("2024", "2022-01", "2024-06")).toBe(false);
        expect(isComplete("2022", "2022-02", "2024-06")).toBe(false);
    });

    it("sort by their end, the shorter first", () => {
        expect(["2022", "2022-Q4", "2022-12", "2022-Q3"].sort(comparePeriods)).toEqual([
            "2022-Q3",
            "2022-12",
            "2022-Q4",
            "2022",
        ]);
    });
});
