import { describe, expect, it } from "vitest";
import { type Counted, compare } from "../pipelines/publish/comparisons.ts";
import { readQueries } from "../pipelines/query.ts";
import { type Indicator, readIndicator } from "../pipelines/refresh/indicator.ts";
import { achievable } from "../pipelines/statistics/achievable.ts";
import { rateChart } from "../pipelines/statistics/control-chart.ts";
import { shareFunnel, shareLimits } from "../pipelines/statistics/funnel.ts";
import { shareChange } from "../pipelines/statistics/panel-change.ts";

const queries = await readQueries();
const indicator = (id: string): Indicator => {
    const query = queries.get(id);
    if (!query) throw new Error(`${id} is geen vraag.`);
    return readIndicator(query);
};
const measured = indicator("dm_hba1c_gemeten");
const conversations = indicator("oud_acp_gesprekken");
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

const months = Array.from({ length: 12 }, (_, at) => `2023-${String(at + 1).padStart(2, "0")}`);
const flow = (events: (month: number) => number): Counted[] =>
    months.map((period, at) => ({
        indicator: conversations.id,
        id: "regio",
        period,
        numerator: events(at),
        denominator: 10_000,
    }));

describe("practices are compared per quarter and year", () => {
    it("with the funnel of the statistics, and beyond in the last two quarters only", () => {
        const rows = ["2023-Q2", "2023-Q3", "2023-Q4", "2023"].flatMap((period) => practices(period, 40));
        const found = compare(rows, [measured]);
        expect(found.funnels.map(({ period }) => period)).toEqual(["2023", "2023-Q2", "2023-Q3", "2023-Q4"]);
        const funnel = shareFunnel(practices("2023-Q4", 40));
        expect(found.funnels[3]).toMatchObject({ ...funnel, kind: "share" });
        expect(found.positions.map(({ period, practice, beyond }) => `${period} ${practice} ${beyond}`).sort()).toEqual(
            ["2023-Q3", "2023-Q4"].flatMap((period) =>
                names.map((practice, at) => `${period} ${practice} ${at === 0 ? "onder" : "null"}`),
            ),
        );
        expect(found.positions[0]?.limits998).toEqual(funnel && shareLimits(funnel, 100, 0.998));
    });

    it("and nothing is achievable where practices are alike", () => {
        const alike = compare(practices("2023-Q4"), [measured]);
        expect(alike.funnels[0]?.achievable).toBeNull();
        const different = practices("2023-Q4", 99, 60);
        expect(compare(different, [measured]).funnels[0]?.achievable).toEqual(achievable(different, "hoger"));
        expect(achievable(different, "hoger")).not.toBeNull();
    });

    it("a rate lies around the region's rate, in its own unit", () => {
        const rows = names.map((id, at) => ({
            indicator: conversations.id,
            id,
            period: "2023-Q4",
            numerator: at === 0 ? 60 : 10,
            denominator: 1000,
        }));
        const found = compare(rows, [conversations]);
        expect(found.funnels[0]).toMatchObject({ kind: "rate", centre: 170 / 12_000, achievable: null });
        const first = found.positions[0];
        expect(first?.limits998.low).toBeLessThan(170 / 12_000);
        expect(first?.limits998.high).toBeGreaterThan(170 / 12_000);
    });

    it("who its patients are is no quality: no funnel", () => {
        const rows = practices("2023-Q4").map((row) => ({ ...row, indicator: "pop_copd" }));
        expect(compare(rows, [indicator("pop_copd")]).funnels).toEqual([]);
    });

    it("seven practices are too few", () => {
        expect(compare(practices("2023-Q4").slice(0, 7), [measured])).toMatchObject({ funnels: [], positions: [] });
    });
});

describe("how the region moves", () => {
    it("a flow has control limits over its months, a stock has none", () => {
        const rows = flow((month) => (month === 11 ? 90 : 20));
        expect(compare(rows, [conversations]).control).toEqual([{ indicator: conversations.id, ...rateChart(rows) }]);
        const stock = months.map((period) => ({ ...practices(period)[0], id: "regio", period }) as Counted);
        expect(compare(stock, [measured]).control).toEqual([]);
    });

    it("eleven months are too few for limits", () => {
        expect(compare(flow(() => 20).slice(1), [conversations]).control).toEqual([]);
    });

    it("a quarter is set against the same one a year before, over the practices that have both", () => {
        const now = practices("2023-Q4", 90, 85).slice(0, 11);
        const rows = [...practices("2022-Q4").slice(1), ...now, ...practices("2023-Q3")];
        const { panels } = compare(rows, [measured]);
        const panel = now.slice(1).map((after) => ({ before: { numerator: 80, denominator: 100 }, after }));
        expect(panels).toEqual([
            {
                indicator: measured.id,
                period: "2023-Q4",
                before: "2022-Q4",
                kind: "difference",
                change: shareChange(panel),
                practices: 10,
            },
        ]);
    });
});
