import { describe, expect, it } from "vitest";
import { comparedSpans } from "../pipelines/changes/spans.ts";

const spans = (before: [string, string], now: [string, string]) =>
    comparedSpans({ from: before[0], to: before[1] }, { from: now[0], to: now[1] });

describe("which periods are compared", () => {
    it("the newest whole quarter and year published with the newest of now, month by month", () => {
        const newest = spans(["2022-01", "2023-11"], ["2022-01", "2024-06"]).filter(({ kind }) => kind === "newest");
        expect(newest.map(({ from, to }) => [from, to])).toEqual([
            ["2023-Q3", "2024-Q2"],
            ["2022", "2023"],
        ]);
        expect(newest[0]?.months).toEqual([
            { position: 1, from: "2023-07", to: "2024-04", isLast: false },
            { position: 2, from: "2023-08", to: "2024-05", isLast: false },
            { position: 3, from: "2023-09", to: "2024-06", isLast: true },
        ]);
    });

    it("every whole period that both hold with itself, once", () => {
        const all = spans(["2023-01", "2023-06"], ["2023-01", "2023-09"]);
        expect(all.filter(({ kind }) => kind === "restated").map(({ span }) => span)).toEqual(["2023-Q1", "2023-Q2"]);
        expect(all.filter(({ kind }) => kind === "month")).toHaveLength(6);
        expect(spans(["2023-01", "2023-06"], ["2023-01", "2023-06"]).map(({ span }) => span)).toEqual([
            "2023-Q2",
            "2023-Q1",
            ...["01", "02", "03", "04", "05", "06"].map((month) => `2023-${month}`),
        ]);
    });

    it("nothing with outcomes that do not hold the earlier period any more", () => {
        expect(spans(["2022-01", "2022-12"], ["2023-01", "2023-12"])).toEqual([]);
        expect(spans(["2023-01", "2023-02"], ["2023-01", "2023-06"]).filter(({ kind }) => kind === "newest")).toEqual(
            [],
        );
    });
});
