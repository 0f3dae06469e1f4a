import { describe, expect, test } from "vitest";
import { standingsOf } from "../dashboards/assigned.ts";
import { indexCells } from "../dashboards/cells.ts";
import { type Bundle, checkBundle, type Goal } from "../dashboards/data.ts";
import { ageBounded, changeBetween, isOutlier } from "../dashboards/findings.ts";
import { expectation, goalNow, pathForm, targetLevels } from "../dashboards/goal.ts";
import { decideHighlights, MOST } from "../dashboards/highlights.ts";
import { date, decimal, percent, signed, whole } from "../dashboards/notation.ts";
import { inTime, lastDay, before as periodBefore, yearBefore } from "../dashboards/period.ts";
import { attendanceOf } from "../dashboards/presence.ts";
import { adviser, highlightPatients, highlightSentence, mirror, periodName } from "../dashboards/sentences/nl.ts";
import { inventBundles } from "./support/bundles.ts";

describe("notation", () => {
    test("numbers, percentages and dates are Dutch", () => {
        expect([decimal(1234.5), whole(130782), percent(0.162), signed(-1.25, 1), signed(0.04), signed(2)]).toEqual([
            "1.234,5",
            "130.782",
            "16,2%",
            "−1,3",
            "0,0",
            "+2,0",
        ]);
        expect(date("2024-06-30")).toBe("30-06-2024");
        expect(decimal(0.285, 2)).toBe("0,29");
    });

    test("periods are named, ordered and moved", () => {
        expect(["2024-06", "2024-Q2", "2024"].map(periodName)).toEqual(["juni 2024", "2e kwartaal 2024", "2024"]);
        expect(["2024", "2024-Q4", "2024-12", "2024-Q1"].sort(inTime)).toEqual([
            "2024-Q1",
            "2024-12",
            "2024-Q4",
            "2024",
        ]);
        expect([periodBefore("2024-Q1"), periodBefore("2024-01"), periodBefore("2024"), yearBefore("2024-Q2")]).toEqual(
            ["2023-Q4", "2023-12", "2023", "2023-Q2"],
        );
        expect([lastDay("2024-02"), lastDay("2024-Q2"), lastDay("2023")]).toEqual([
            "2024-02-29",
            "2024-06-30",
            "2023-12-31",
        ]);
    });
});

function mirrorOf(seed: number): { bundle: Bundle; agb: string } {
    const region = inventBundles({ seed, mirrors: 3 });
    const found = region.bundles.find((one) => one.folder === "praktijk/01000003");
    if (!found) throw new Error("geen spiegel in de verzonnen bundels");
    return { bundle: checkBundle(found.bundle, "proef"), agb: "01000003" };
}

describe("an adviser's list", () => {
    const { bundles } = inventBundles({ seed: 7, mirrors: 6 });
    const list = bundles.find(({ folder }) => folder === "adviseur/noord")?.bundle;
    const checked = checkBundle(list, "adviseur/noord");
    const standings = standingsOf(checked, indexCells(checked));

    test("says of every practice what its own mirror decides, and nothing more", () => {
        expect(standings.length).toBeGreaterThan(1);
        for (const { id, presence, decision } of standings) {
            const mirror = checkBundle(bundles.find(({ folder }) => folder === `praktijk/${id}`)?.bundle, id);
            const cells = indexCells(mirror);
            const titles = (one: typeof decision) =>
                one.highlights.map(({ indicator, verdict, side }) => [indicator.id, verdict, side]);
            const own = decideHighlights(mirror, cells, id);
            expect(titles(decision)).toEqual(titles(own));
            expect([decision.more, decision.judged]).toEqual([own.more, own.judged]);
            expect(presence).toEqual(attendanceOf(mirror, cells, id).presence);
        }
    });

    test("holds no figure of anybody on its page: words, and the way to the mirrors", () => {
        const words = standings.map(adviser.line).join("\n");
        expect(words).not.toMatch(/\d%|\d,\d/);
        expect(adviser.lead(standings)).toMatch(/toegewezen/);
    });
});

describe("why a practice has no newest figures", () => {
    const { bundle, agb } = mirrorOf(7);
    const newest = indexCells(bundle).latest("quarter") ?? "";
    const absent = (held: Bundle["held"]): string => {
        const missing = bundle.values.map((cell) =>
            cell.level === "practice" && cell.period === newest ? { ...cell, state: "not_delivered" as const } : cell,
        );
        const coverage = bundle.catalogue.coverage.map((one) => ({ ...one, peildatum: "2024-03-31" }));
        const late = { ...bundle, values: missing, held, catalogue: { ...bundle.catalogue, coverage } };
        const { presence, period } = attendanceOf(late, indexCells(late), agb);
        return mirror.absent(presence, newest, period) ?? "";
    };

    test("says of what never came that it is missing, and of what is held that it waits, and for what", () => {
        expect(absent([])).not.toContain("aangehouden");
        const words = absent([{ practice: agb, source: "HIS", peildatum: "2024-06-30" }]);
        expect(words).toContain(
            "HIS (geleverd tot en met 31-03-2024; een levering tot en met 30-06-2024 is aangehouden)",
        );
        expect(words).toContain("in uw kwaliteitsbrief staat wat, en hoe zij alsnog meetelt");
    });

    test("says nothing of what is held of another", () => {
        expect(absent([{ practice: "01000001", source: "HIS", peildatum: "2024-06-30" }])).toBe(absent([]));
    });
});

describe("highlights", () => {
    const { bundle, agb } = mirrorOf(7);

    test("a practice with a planted gap gets it as a highlight, with patients and direction in the sentence", () => {
        const { highlights, quarters } = decideHighlights(bundle, indexCells(bundle), agb);
        const foot = highlights.find((highlight) => highlight.indicator.id === "dm_voetonderzoek");
        expect(quarters).toEqual(["2024-Q1", "2024-Q2"]);
        expect(foot).toMatchObject({ side: "onder", verdict: "ongunstig" });
        if (!foot) return;
        expect(foot.patients).toBe(Math.ceil(foot.region * foot.own.denominator - foot.own.numerator));
        expect(highlightSentence(foot)).toMatch(
            /^Bij u gaat het om \d+ van uw \d+ patiënten .*: lager dan .* Dat is ongunstig\.$/,
        );
        expect(highlightPatients(foot)).toMatch(/^\d+ patiënten erbij, en u zit op de regionale waarde\.$/);
    });

    /** The bundle as it would be with other places in a quarter. */
    const placed = (change: (place: Bundle["comparisons"]["positions"][number]) => void): Bundle => {
        const other = structuredClone(bundle);
        for (const place of other.comparisons.positions) change(place);
        return other;
    };
    const ids = (of: Bundle): string[] =>
        decideHighlights(of, indexCells(of), agb).highlights.map((highlight) => highlight.indicator.id);

    test("one quarter outside is not enough", () => {
        expect(ids(bundle)).toContain("dm_voetonderzoek");
        const calm = placed((place) => {
            if (place.indicator === "dm_voetonderzoek" && place.period === "2024-Q1") place.side = null;
        });
        expect(ids(calm)).not.toContain("dm_voetonderzoek");
    });

    test("outside on one side and then on the other is not a highlight", () => {
        const turned = placed((place) => {
            if (place.indicator === "dm_voetonderzoek" && place.period === "2024-Q1") place.side = "boven";
        });
        expect(ids(turned)).not.toContain("dm_voetonderzoek");
    });

    test("at most five, each indicator once, and never both best and worst", () => {
        const odd = placed((place) => {
            place.side = "onder";
            place.standardised = null;
        });
        const [curve] = odd.comparisons.curves;
        if (!curve) throw new Error("geen trechter in de verzonnen bundels");
        odd.comparisons.curves = odd.comparisons.positions.map((place) => ({ ...curve, ...place }));
        const decision = decideHighlights(odd, indexCells(odd), agb);
        expect(decision.highlights.length).toBeLessThanOrEqual(MOST);
        expect(decision.highlights.length + decision.more).toBeGreaterThan(MOST);
        expect(new Set(ids(odd)).size).toBe(ids(odd).length);
    });

    test("what age and sex explain in one of the two quarters is told apart, and is no highlight", () => {
        const fitting = placed((place) => {
            if (place.indicator === "dm_voetonderzoek" && place.period === "2024-Q1" && place.standardised)
                place.standardised.side = null;
        });
        expect(ids(fitting)).not.toContain("dm_voetonderzoek");
        const { explained } = decideHighlights(fitting, indexCells(fitting), agb);
        expect(explained.map(({ indicator }) => indicator.id)).toEqual(["dm_voetonderzoek"]);
    });

    test("without places or quarters nothing is judged, and nothing is made up", () => {
        const alone = structuredClone(bundle);
        alone.comparisons.positions = [];
        expect(decideHighlights(alone, indexCells(alone), agb)).toMatchObject({ highlights: [], judged: 0 });
        alone.values = [];
        expect(decideHighlights(alone, indexCells(alone), agb).quarters).toBeNull();
    });

    test("in a region of ordinary practices false highlights are rare", () => {
        let judged = 0;
        let lit = 0;
        const region = inventBundles({ seed: 11 });
        for (const { folder, bundle: input } of region.bundles
            .filter((one) => one.folder.startsWith("praktijk/"))
            .slice(3, 20)) {
            const checked = checkBundle(input, folder);
            const decision = decideHighlights(checked, indexCells(checked), checked.own?.agb ?? "");
            judged += decision.judged;
            lit += decision.highlights.length;
        }
        expect(judged).toBeGreaterThan(100);
        expect(lit / judged).toBeLessThan(0.02);
    });
});

const GOAL: Goal = {
    id: "g",
    titel: "Gesprekken",
    kind: "growth",
    indicator: null,
    indicatorTitle: null,
    unit: "aantal",
    baseline: {
        year: 2023,
        period: "januari tot en met juni 2023",
        value: 60,
        yearValue: 120,
        computed: true,
        release: "r",
    },
    now: { period: "2024-06", value: 12, low: null, high: null, delivered: 36, members: 36 },
    target: 1,
    targetText: "verdubbeld",
    streefwaarde: null,
    norm: null,
    deadline: "2024-12-31",
    restated: null,
    panel: null,
    all: { practices: null, baseline: 60, now: 72, growth: 0.2 },
    ageing: null,
    path: Array.from({ length: 18 }, (_unused, at) => ({
        period: `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
        value: at < 12 ? 10 : 12,
        state: "value",
    })),
    projection: { value: 0.2, low: 0.1, high: 0.3 },
    status: "niet op koers",
    reason: "",
};

describe("goal paths", () => {
    test("a flow is added up per year and laid beside the whole year's target", () => {
        const form = pathForm(GOAL);
        expect(form?.kind).toBe("pace");
        expect(form?.targets).toEqual([240]);
        expect(expectation(GOAL)).toEqual({ value: 144, low: 132, high: 156 });
        expect(goalNow(GOAL)).toEqual({ value: 72, period: "januari tot en met juni 2024" });
    });

    test("a stock is a line that ends on what it is now", () => {
        const stock: Goal = {
            ...GOAL,
            target: 0.05,
            baseline: { year: 2023, period: "juni 2023", value: 105, yearValue: 111, computed: true, release: "r" },
            now: { period: "2024-06", value: 117, low: null, high: null, delivered: 36, members: 36 },
            all: { practices: null, baseline: 105, now: 117, growth: 0.114 },
            path: GOAL.path.map((point, at) => ({ ...point, value: 100 + at })),
        };
        const form = pathForm(stock);
        expect(form).toMatchObject({
            kind: "line",
            now: { period: "2024-06", value: 117 },
            baseline: { period: "2023-06", value: 105 },
        });
        expect(form?.targets[0]).toBeCloseTo(116.55, 9);
    });

    test("a range has two lines, 'all' means all, and a path that does not fit gets no target", () => {
        expect(targetLevels({ ...GOAL, kind: "range", target: null, targetText: "15 tot 20 nieuwe groepen" })).toEqual([
            15, 20,
        ]);
        expect(targetLevels({ ...GOAL, kind: "all", unit: "aandeel", target: null })).toEqual([1]);
        expect(targetLevels({ ...GOAL, kind: "zero", target: null })).toEqual([0]);
        expect(pathForm({ ...GOAL, all: null, now: { ...GOAL.now, value: 999 } as Goal["now"] })).toMatchObject({
            kind: "line",
            targets: [],
            now: null,
        });
        expect(pathForm({ ...GOAL, path: [] })).toBeNull();
    });
});

describe("findings", () => {
    const { bundle } = mirrorOf(7);
    const cell = bundle.values.find((one) => one.level === "region" && one.state === "value");
    if (!cell) throw new Error("geen cel");
    const at = (value: number, low: number, high: number) => ({ ...cell, value, low, high });

    test("a change counts when the intervals exclude each other, otherwise it may be chance", () => {
        expect(changeBetween(at(0.9, 0.88, 0.92), at(0.8, 0.78, 0.82))).toBe("more");
        expect(changeBetween(at(0.8, 0.78, 0.82), at(0.9, 0.88, 0.92))).toBe("less");
        expect(changeBetween(at(0.81, 0.78, 0.84), at(0.8, 0.78, 0.82))).toBe("same");
    });

    const rate = bundle.catalogue.indicators.find((one) => one.id === "gli_verwijzingen");
    const part = bundle.catalogue.indicators.find((one) => one.id === "dm_fundus");
    if (!rate || !part) throw new Error("geen indicator");

    test("an area is an outlier when its interval lies apart and it is half as much again, by rate or by odds", () => {
        expect(isOutlier(rate, at(16, 14, 19), at(3.8, 3.5, 4.1))).toBe(true);
        expect(isOutlier(rate, at(4.4, 4.2, 4.6), at(3.8, 3.5, 4.1))).toBe(false);
        expect(isOutlier(rate, at(16, 3, 40), at(3.8, 3.5, 4.1))).toBe(false);
        expect(isOutlier(part, at(0.95, 0.94, 0.96), at(0.9, 0.89, 0.91))).toBe(true);
        expect(isOutlier(part, at(0.92, 0.915, 0.93), at(0.9, 0.89, 0.91))).toBe(false);
        expect(isOutlier(rate, at(7, 3, 14), { ...at(16, 10, 24), denominator: null })).toBe(false);
    });

    test("January is marked for age-bounded stocks only", () => {
        const [stock, flow] = ["oud_izp", "oud_acp_gesprekken"].map((id) =>
            bundle.catalogue.indicators.find((one) => one.id === id),
        );
        if (!stock || !flow) throw new Error("geen indicator");
        expect([ageBounded(stock), ageBounded(flow)]).toEqual([true, false]);
    });
});
