import { describe, expect, it } from "vitest";
import { type ComparedIndicator, type Counted, funnelsOf, panelChanges } from "../pipelines/publish/comparisons.ts";
import { achievable } from "../pipelines/statistics/achievable.ts";
import { shareFunnel } from "../pipelines/statistics/funnel.ts";
import { ratioOverPractices, shareChange } from "../pipelines/statistics/panel-change.ts";

const measured: ComparedIndicator = {
    id: "dm_hba1c_gemeten",
    maat: "aandeel",
    soort: "stand",
    klasse: "proces",
    beter: "hoger",
};
const conversations: ComparedIndicator = {
    id: "oud_acp_gesprekken",
    maat: "aantal",
    soort: "stroom",
    klasse: "beweging",
    beter: "hoger",
};
const names = Array.from({ length: 12 }, (_, at) => String(1900001 + at).padStart(8, "0"));

/** Twelve practices with the same share, but for what `odd` says of the first. */
function practices(period: string, odd = 80, others = 80): Counted[] {
    return names.map((id, at) => ({
        indicator: measured.id,
        id,
        period,
        numerator: at === 0 ? odd : others,
        denominator: 100,
    }));
}

describe("practices are compared per quarter and year", () => {
    it("with the funnel of the statistics", () => {
        const rows = ["2023-Q3", "2023-Q4", "2023"].flatMap((period) => practices(period, 40));
        const found = funnelsOf(rows, [measured]);
        expect(found.map(({ period }) => period)).toEqual(["2023", "2023-Q3", "2023-Q4"]);
        expect(found[2]).toMatchObject({
            ...shareFunnel(practices("2023-Q4", 40)),
            size: 100,
            largestShare: 1 / 12,
            beyondChance: true,
        });
    });

    it("and nothing is achievable where practices are alike", () => {
        const alike = funnelsOf(practices("2023-Q4"), [measured]);
        expect(alike[0]).toMatchObject({ achievable: null, beyondChance: false });
        const different = practices("2023-Q4", 99, 60);
        expect(funnelsOf(different, [measured])[0]?.achievable).toEqual(achievable(different, "hoger"));
        expect(achievable(different, "hoger")).not.toBeNull();
    });

    it("who its patients are is no quality, and a count is no share: no funnel", () => {
        const population: ComparedIndicator = { ...measured, klasse: "populatie" };
        const rows = practices("2023-Q4");
        expect(funnelsOf(rows, [population])).toEqual([]);
        expect(funnelsOf(rows, [{ ...conversations, id: measured.id }])).toEqual([]);
    });

    it("seven practices are too few", () => {
        expect(funnelsOf(practices("2023-Q4").slice(0, 7), [measured])).toEqual([]);
    });
});

describe("a quarter is set against the same one a year before", () => {
    const now = practices("2023-Q4", 90, 85).slice(0, 11);
    const rows = [...practices("2022-Q4").slice(1), ...now, ...practices("2023-Q3")];

    it("over the practices that have both, and says how many have one only", () => {
        const panel = now.slice(1).map((after) => ({ before: { numerator: 80, denominator: 100 }, after }));
        expect(panelChanges(rows, [measured])).toEqual([
            {
                indicator: measured.id,
                period: "2023-Q4",
                before: "2022-Q4",
                kind: "difference",
                change: shareChange(panel),
                practices: 10,
                patients: 1000,
                outside: 2,
            },
        ]);
    });

    it("a flow as sum over sum", () => {
        const flows = rows.map((row) => ({ ...row, indicator: conversations.id }));
        expect(panelChanges(flows, [conversations])).toMatchObject([
            {
                kind: "ratio",
                change: ratioOverPractices(names.slice(1, 11).map(() => ({ before: 80, after: 85 }))),
                practices: 10,
            },
        ]);
    });
});
