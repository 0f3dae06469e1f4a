import { describe, expect, it } from "vitest";
import { pauseAfter } from "../pipelines/handler/attempts.ts";
import { latePractices } from "../pipelines/lake/overview.ts";
import type { Coverage } from "../pipelines/lake.ts";

const delivered = (practice: string, source: Coverage["source"], peildatum: string): Coverage => ({
    practice,
    source,
    peildatum,
    delivery: "a",
    historyFrom: "2019-01-01",
});

describe("who is late", () => {
    it("is a practice whose newest HIS delivery speaks of a day too long ago, and nobody else", () => {
        const coverage = [
            delivered("01000202", "HIS", "2024-05-31"),
            delivered("01000101", "HIS", "2024-04-30"),
            delivered("01000303", "HIS", "2024-06-30"),
            delivered("01000303", "VIPLive", "2023-01-31"),
        ];
        expect(latePractices({ coverage }, "2024-07-15", 45)).toEqual(["01000101"]);
        expect(latePractices({ coverage }, "2024-07-16", 45)).toEqual(["01000101", "01000202"]);
    });
});

describe("a message that failed", () => {
    it("is tried again after longer each time, within a quarter of an hour", () => {
        expect([1, 2, 3, 4, 5, 6, 20].map(pauseAfter)).toEqual([30, 60, 120, 240, 480, 900, 900]);
    });
});
