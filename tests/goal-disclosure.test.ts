import { describe, expect, it } from "vitest";
import type { Goal, Theme } from "../pipelines/publish/catalogue.ts";
import type { Cell } from "../pipelines/publish/cell.ts";
import { protectGoals } from "../pipelines/publish/goal-disclosure.ts";
import { exactCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { figure, measured } from "./support/cells.ts";

const indicators = new Map([["proef", measured("beweging", { maat: "aantal", soort: "stroom" })]]);
const region = (period: string, numerator: number) =>
    figure({ level: "region", id: "regio", period, numerator, denominator: 9_000 });
const goal = (given: Partial<Goal> = {}): Goal => ({
    id: "meer",
    titel: "Meer",
    kind: "growth",
    indicator: "proef",
    unit: "aantal",
    baseline: { year: 2023, period: "2023", value: 100, computed: true },
    now: { period: "2024-Q2", value: 60, low: 50, high: 70 },
    panel: { practices: 31, baseline: 90, now: 110, growth: 0.2222 },
    all: { baseline: 100, now: 120, growth: 0.2 },
    path: [{ period: "2024-Q1", value: 30, state: "value" }],
    status: "op koers",
    reason: "In het tweede kwartaal 60 gesprekken.",
    ...given,
});
const themeOf = (one: Goal): Theme[] => [{ thema: 40, id: "40_proef", titel: "Proef", goals: [one] }];
const shownCells = (): Cell[] => [region("2023", 100), region("2024-Q1", 30), region("2024-Q2", 60)].map(exactCell);
const protectOne = (one: Goal, cells: readonly Cell[]) =>
    protectGoals(themeOf(one), { cells, indicators, fewestPatients: 10 })[0]?.goals[0];

describe("protectGoals", () => {
    it("leaves a goal whose figures are all shown as it is", () => {
        expect(protectOne(goal(), shownCells())).toEqual(goal());
    });

    it("takes the number, its interval and the sentence when the figure is hidden", () => {
        const cells = shownCells().map((cell) =>
            cell.period === "2024-Q2" ? suppressedCell(region("2024-Q2", 6)) : cell,
        );
        const result = protectOne(goal(), cells);
        expect(result?.now).toMatchObject({ value: null, low: null, high: null });
        expect(result?.status).toBe("niet meetbaar");
        expect(JSON.stringify(result)).not.toContain("60");
    });

    it("takes a restated baseline along with the baseline itself", () => {
        const restated = { old: 97, now: 100, release: "later" };
        const hidden = shownCells().map((cell) =>
            cell.period === "2023" ? suppressedCell(region("2023", 100)) : cell,
        );
        const given = goal({ restated, reason: "Herzien: het vertrekpunt was 97 en is nu 100." });
        const shown = protectOne(given, shownCells());
        expect(shown?.restated).toEqual(restated);
        const result = protectOne(given, hidden);
        expect(result?.restated).toBeNull();
        expect(JSON.stringify([result?.baseline, result?.reason])).not.toMatch(/97|100/);
    });

    it("hides a point of the path on its own", () => {
        const cells = shownCells().map((cell) =>
            cell.period === "2024-Q1" ? suppressedCell(region("2024-Q1", 3)) : cell,
        );
        const result = protectOne(goal(), cells);
        expect(result?.path).toEqual([{ period: "2024-Q1", value: null, state: "suppressed" }]);
        expect(result?.now?.value).toBe(60);
    });

    it("says of a share with a hidden point that its course is not told, not that its figure is hidden", () => {
        const cells = shownCells().map((cell) =>
            cell.period === "2024-Q1" ? suppressedCell(region("2024-Q1", 3)) : cell,
        );
        const result = protectOne(goal({ unit: "aandeel" }), cells);
        expect(result?.now?.value).toBe(60);
        expect(result?.reason).toMatch(/^Waar dit heen gaat wordt niet gezegd/);
    });

    it("keeps only a whole percent of the panel when all minus panel is a small count", () => {
        const small = goal({ panel: { practices: 39, baseline: 97, now: 110, growth: 0.1340206 } });
        expect(protectOne(small, shownCells())?.panel).toEqual({
            practices: 39,
            baseline: null,
            now: null,
            growth: 0.13,
        });
    });

    it("tells a sum of months only when none of them is hidden with its quarter", () => {
        const path = ["01", "02", "03", "04"].map((month) => ({ period: `2024-${month}`, value: 20, state: "value" }));
        const span = goal({ now: { period: "januari tot en met april 2024", value: 67 }, path });
        const shown = [...shownCells(), ...path.map(({ period }) => exactCell(region(period, 20)))];
        expect(protectOne(span, shown)?.now?.value).toBe(67);
        const april = shown.map((cell) => (cell.period === "2024-04" ? suppressedCell(region("2024-04", 7)) : cell));
        expect(protectOne(span, april)?.now?.value).toBe(67);
        const quarter = april.map((cell) => (cell.period === "2024-Q2" ? suppressedCell(region("2024-Q2", 7)) : cell));
        expect(protectOne(span, quarter)?.now?.value).toBeNull();
    });

    it("reads a single month in words as that month's figure", () => {
        const path = [{ period: "2023-06", value: 8, state: "value" }];
        const stock = goal({
            baseline: { year: 2023, period: "juni 2023", value: 8, yearValue: 9, computed: true },
            path,
        });
        const result = protectOne(stock, [...shownCells(), suppressedCell(region("2023-06", 8))]);
        expect(result?.baseline).toMatchObject({ value: null, yearValue: null });
    });

    it("leaves goals about practices alone", () => {
        const practices = new Map([["proef", measured("praktijk", { soort: "praktijk" })]]);
        const kept = protectGoals(themeOf(goal({ unit: "aandeel" })), {
            cells: [],
            indicators: practices,
            fewestPatients: 10,
        });
        expect(kept[0]?.goals[0]?.now?.value).toBe(60);
    });
});
