import { describe, expect, it } from "vitest";
import type { Cell } from "../pipelines/publish/cell.ts";
import type { ComparedIndicator, FunnelOfPractices, PanelChange } from "../pipelines/publish/comparisons.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import {
    ownPlace,
    type ShownFunnel,
    shownControl,
    shownFunnels,
    shownOfRegion,
    shownPanels,
} from "../pipelines/publish/shown-comparisons.ts";
import { rateChart } from "../pipelines/statistics/control-chart.ts";
import { shareLimits } from "../pipelines/statistics/funnel.ts";

const cell = (period: string, numerator = 800, denominator = 1000, extra: Partial<Cell> = {}): Cell => ({
    indicator: "x",
    stratum: null,
    level: "region",
    id: "regio",
    period,
    numerator,
    denominator,
    value: numerator / denominator,
    low: null,
    high: null,
    state: "value",
    delivered: 12,
    members: 12,
    shown: "exact",
    ...extra,
});
const suppressed: Partial<Cell> = { state: "suppressed", numerator: null, denominator: null, value: null };

const funnel = (extra: Partial<FunnelOfPractices> = {}): FunnelOfPractices => ({
    indicator: "x",
    period: "2024-Q2",
    centre: 0.8,
    phi: 2,
    between: 0.0025123,
    practices: 12,
    size: 83.33,
    largestShare: 0.2,
    beyondChance: true,
    byAgeSex: false,
    achievable: { value: 0.9123456, practices: 2, patients: 120 },
    ...extra,
});
const shown = (funnels: FunnelOfPractices[], cells: Cell[]): ShownFunnel[] =>
    shownFunnels(funnels, shownOfRegion(cells), DEFAULT_THRESHOLDS);

describe("an audience sees of comparisons what its figures allow", () => {
    it("a funnel around the region's shown value, the rest rounded", () => {
        expect(shown([funnel({ centre: 0.79 })], [cell("2024-Q2")])).toEqual([
            {
                indicator: "x",
                period: "2024-Q2",
                centre: 0.8,
                spread: 0.05,
                size: 83,
                beyondChance: true,
                byAgeSex: false,
                chance: shareLimits({ centre: 0.8, between: 0, phi: 1, practices: 12 }, 83, 0.95),
                achievable: 0.91,
            },
        ]);
    });

    it("no funnel where the region's figure is suppressed or a whole percent", () => {
        expect(shown([funnel()], [cell("2024-Q2", 8, 10, suppressed)])).toEqual([]);
        const percent = { shown: "percent", numerator: null, denominator: null } as const;
        expect(shown([funnel()], [cell("2024-Q2", 8, 10, percent)])).toEqual([]);
    });

    it("no funnel of three practices, or of one that holds more than 60 % of the patients", () => {
        expect(shown([funnel({ practices: 3 })], [cell("2024-Q2")])).toEqual([]);
        expect(shown([funnel({ largestShare: 0.61 })], [cell("2024-Q2")])).toEqual([]);
    });

    const panel = (given: Partial<PanelChange>): PanelChange => ({
        indicator: "x",
        period: "2024-Q2",
        before: "2023-Q2",
        kind: "difference",
        change: { value: 0.01234, low: -0.00051, high: 0.02567 },
        practices: 10,
        patients: 5000,
        outside: 0,
        ...given,
    });
    const region = shownOfRegion([cell("2024-Q2"), cell("2023-Q2")]);
    const change = (given: Partial<PanelChange>) => shownPanels([panel(given)], region, DEFAULT_THRESHOLDS);

    it("a year's change in tenths when no practice, or enough of them, are in one of both quarters only", () => {
        for (const outside of [0, 4]) {
            expect(change({ outside })).toMatchObject([
                { value: 0.012, low: -0.001, high: 0.026, practices: 10, digits: 1 },
            ]);
        }
        const half = shownOfRegion([cell("2024-Q2"), cell("2023-Q2", 8, 10, suppressed)]);
        expect(shownPanels([panel({})], half, DEFAULT_THRESHOLDS)).toEqual([]);
        expect(change({ practices: 3 })).toEqual([]);
    });

    it("in whole percentage points of a large panel when a few are, so that nothing of those few follows from it", () => {
        for (const outside of [1, 2, 3]) {
            expect(change({ outside })).toMatchObject([{ value: 0.01, low: -0, high: 0.03, digits: 0 }]);
            expect(change({ outside, patients: 1199 })).toEqual([]);
            expect(change({ outside, kind: "ratio" })).toEqual([]);
        }
    });
});

describe("control limits", () => {
    const flow: ComparedIndicator = { id: "x", maat: "aantal", soort: "stroom", klasse: "beweging", beter: "hoger" };
    const months = Array.from({ length: 13 }, (_, at) =>
        cell(`${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`, at === 11 ? 90 : 20, 10_000),
    );

    it("are made of the shown months of a flow, per 1.000, and name the odd one", () => {
        const withHole = months.map((month, at) => (at === 3 ? { ...month, ...suppressed } : month));
        const [chart] = shownControl(shownOfRegion(withHole), [flow]);
        const expected = rateChart(
            withHole.flatMap(({ period, numerator, denominator }) =>
                numerator === null || denominator === null ? [] : [{ period, numerator, denominator }],
            ),
        );
        expect(chart?.centre).toBe((expected?.centre ?? 0) * 1000);
        expect(chart?.points).toHaveLength(12);
        expect(chart?.points.filter(({ signal }) => signal === "buiten").map(({ period }) => period)).toEqual([
            "2023-12",
        ]);
    });

    it("do not exist for a stock, or with eleven months", () => {
        expect(shownControl(shownOfRegion(months), [{ ...flow, maat: "aandeel", soort: "stand" }])).toEqual([]);
        expect(shownControl(shownOfRegion(months.slice(2)), [flow])).toEqual([]);
    });
});

describe("a practice's own place", () => {
    const own = (period: string, numerator: number, denominator = 100): Cell =>
        cell(period, numerator, denominator, { level: "practice", id: "01900001" });
    const funnels = ["2023-Q4", "2024-Q1", "2024-Q2", "2023"].flatMap((period) =>
        shown([funnel({ period })], [cell(period)]),
    );

    it("is judged in the last two quarters, with a curve only where both lie beyond on one side", () => {
        const { positions, curves } = ownPlace(funnels, [own("2023-Q4", 20), own("2024-Q1", 30), own("2024-Q2", 25)]);
        expect(positions.map(({ period, side }) => `${period} ${side}`)).toEqual(["2024-Q1 onder", "2024-Q2 onder"]);
        expect(curves).toHaveLength(1);
        expect(curves[0]?.own.map(({ period }) => period)).toEqual(["2023-Q4", "2024-Q1", "2024-Q2"]);
        const turned = ownPlace(funnels, [own("2024-Q1", 30), own("2024-Q2", 100)]);
        expect(turned.positions.map(({ side }) => side)).toEqual(["onder", "boven"]);
        expect(turned.curves).toEqual([]);
        expect(ownPlace(funnels, [own("2024-Q1", 80), own("2024-Q2", 30)]).curves).toEqual([]);
    });

    it("14 of 14 is within the limits of a region at 77 %: with so few patients it happens by chance", () => {
        const region = cell("2024-Q2", 770, 1000);
        const chance = shown([funnel({ between: 0 })], [region]);
        expect(ownPlace(chance, [own("2024-Q2", 14, 14)]).positions).toMatchObject([{ side: null }]);
    });
});
