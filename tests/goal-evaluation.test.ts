import { describe, expect, it } from "vitest";
import type { GoalDefinition } from "../pipelines/goal.ts";
import { type EvaluationInput, evaluateGoal } from "../pipelines/goal-evaluation.ts";
import type { Point, Series } from "../pipelines/goal-series.ts";
import { ratioOverPractices } from "../pipelines/goal-statistics.ts";

const point = (numerator: number | null, denominator: number | null = null, state = "value"): Point => ({
    numerator,
    denominator,
    value: numerator === null ? null : denominator ? numerator / denominator : numerator,
    low: null,
    high: null,
    state: numerator === null ? "not_delivered" : state,
    delivered: 1,
    members: 1,
});

/** Practices with one value per month; the region is their sum. */
function seriesOf(soort: string, maat: string, practices: Record<string, Record<string, Point>>): Series {
    const region = new Map<string, Point>();
    for (const points of Object.values(practices))
        for (const [month, one] of Object.entries(points)) {
            if (one.numerator === null) continue;
            const sum = region.get(month);
            region.set(
                month,
                point(
                    (sum?.numerator ?? 0) + one.numerator,
                    one.denominator === null ? null : (sum?.denominator ?? 0) + one.denominator,
                ),
            );
        }
    const byPractice = Object.entries(practices).map(([id, points]): [string, Map<string, Point>] => [
        id,
        new Map(Object.entries(points)),
    ]);
    return { soort, maat, region, practices: new Map(byPractice) };
}

function judge(goal: Partial<GoalDefinition>, series: Series, to = "2024-06", more: Partial<EvaluationInput> = {}) {
    const whole: GoalDefinition = {
        id: "doel",
        titel: "Doel",
        soort: "share",
        indicator: "proef",
        doel: "doel",
        ...goal,
    };
    return evaluateGoal({ goal: whole, series, ageing: undefined, to, deadline: "2024-12-31", release: "r", ...more });
}

describe("growth of a count", () => {
    const growth = { soort: "growth", streef: 0.05, basisjaar: 2023 } as const;

    it("of a stock compares the same month, over practices that took part both times", () => {
        const series = seriesOf("stand", "aandeel", {
            a: { "2023-06": point(100, 200), "2024-06": point(108, 200) },
            b: { "2023-06": point(200, 400), "2024-06": point(216, 400) },
            left: { "2023-06": point(500, 900), "2024-06": point(null) },
            joined: { "2023-06": point(null), "2024-06": point(700, 900) },
        });
        const goal = judge(growth, series);
        expect(goal.panel).toEqual({ practices: 2, baseline: 300, now: 324, growth: expect.closeTo(0.08, 12) });
        expect(goal.all?.growth).toBeCloseTo(1024 / 800 - 1, 12);
        expect(goal.status).toBe("op koers");
        expect(goal.baseline).toMatchObject({ year: 2023, period: "juni 2023", computed: true });
    });

    it("is relative, not in percentage points: doubling is 100 %", () => {
        const series = seriesOf("stand", "aantal", {
            a: { "2023-06": point(10), "2024-06": point(20) },
            b: { "2023-06": point(30), "2024-06": point(60) },
        });
        expect(judge({ ...growth, streef: 1 }, series).panel?.growth).toBe(1);
        expect(judge({ ...growth, streef: 1 }, series).status).toBe("op koers");
    });

    it("of a flow takes the months so far against the same months", () => {
        const months = (year: number, count: number) =>
            Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`${year}-0${at + 1}`, point(count)]));
        const series = seriesOf("stroom", "aantal", {
            a: { ...months(2023, 5), ...months(2024, 5) },
            b: { ...months(2023, 5), ...months(2024, 5) },
        });
        const goal = judge(growth, series);
        expect(goal.panel).toMatchObject({ baseline: 60, now: 60, growth: 0 });
        expect(goal.status).toBe("niet op koers");
        expect(goal.reason).toContain("januari tot en met juni 2024");
    });

    it("is too early to say when the interval holds both sides of the target", () => {
        const series = seriesOf("stand", "aandeel", {
            a: { "2023-06": point(100, 200), "2024-06": point(130, 200) },
            b: { "2023-06": point(100, 200), "2024-06": point(80, 200) },
            c: { "2023-06": point(100, 200), "2024-06": point(106, 200) },
        });
        expect(judge(growth, series).status).toBe("te vroeg om te zeggen");
    });

    it("is judged for good in December", () => {
        const series = seriesOf("stand", "aandeel", {
            a: { "2023-12": point(100), "2024-12": point(105) },
            b: { "2023-12": point(100), "2024-12": point(106) },
        });
        expect(judge(growth, series, "2024-12").status).toBe("gehaald");
        expect(judge({ ...growth, streef: 0.06 }, series, "2024-12").status).toBe("niet op koers");
    });

    it("says what ageing alone would have done", () => {
        const series = seriesOf("stand", "aandeel", {
            a: { "2023-06": point(10), "2024-06": point(11) },
            b: { "2023-06": point(10), "2024-06": point(11) },
        });
        const older = seriesOf("stand", "aandeel", {
            a: { "2023-06": point(100), "2024-06": point(103) },
            b: { "2023-06": point(100), "2024-06": point(103) },
        });
        const goal = judge(growth, series, "2024-06", { ageing: older });
        expect(goal.ageing).toBeCloseTo(0.03, 12);
        expect(goal.reason).toContain("+3,0%");
    });

    it("cannot be measured before the base year is over, nor without values", () => {
        const series = seriesOf("stand", "aandeel", { a: { "2023-06": point(10) } });
        expect(judge(growth, series, "2023-06").status).toBe("niet meetbaar");
        expect(judge(growth, seriesOf("stand", "aandeel", {})).status).toBe("niet meetbaar");
    });
});

describe("a range of a count in the year", () => {
    const range = { soort: "range", van: 15, tot: 20 } as const;
    const started = (counts: number[]) =>
        seriesOf("regio", "aantal", {
            regio: Object.fromEntries(
                counts.map((count, at) => [`2024-${String(at + 1).padStart(2, "0")}`, point(count)]),
            ),
        });

    it("is too early after half a year of the right pace", () => {
        expect(judge(range, started([2, 1, 1, 2, 1, 1])).status).toBe("te vroeg om te zeggen");
    });

    it("is off course once the highest is passed, or when even the best pace falls short", () => {
        expect(judge(range, started([7, 7, 7, 0, 0, 0])).status).toBe("niet op koers");
        expect(judge(range, started([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), "2024-11").status).toBe("niet op koers");
    });

    it("is met at the end of a year within it", () => {
        expect(judge(range, started([2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1]), "2024-12").status).toBe("gehaald");
    });
});

describe("a share, everyone, none, a direction", () => {
    const two = (ago: Point, now: Point) => ({ "2023-06": ago, "2024-06": now });

    it("a share is met where it is", () => {
        const series = seriesOf("stand", "aandeel", {
            a: two(point(70, 100), point(80, 100)),
            b: two(point(70, 100), point(78, 100)),
        });
        expect(judge({ streef: 0.75 }, series).status).toBe("gehaald");
        expect(judge({ streef: 0.95 }, series).status).toBe("niet op koers");
    });

    it("everyone means every member practice", () => {
        const all = seriesOf("praktijk", "aandeel", {
            a: two(point(1, 1), point(1, 1)),
            b: two(point(1, 1), point(1, 1)),
        });
        expect(judge({ soort: "all" }, all).status).toBe("gehaald");
        const most = seriesOf("praktijk", "aandeel", {
            a: two(point(1, 1), point(1, 1)),
            b: two(point(0, 1), point(0, 1)),
        });
        expect(judge({ soort: "all" }, most)).toMatchObject({ status: "niet op koers" });
    });

    it("none left is none left", () => {
        const series = seriesOf("praktijk", "aandeel", {
            a: two(point(1, 1), point(0, 1)),
            b: two(point(1, 1), point(0, 1)),
        });
        expect(judge({ soort: "zero" }, series).status).toBe("gehaald");
    });

    it("a direction without a number needs a difference beyond chance", () => {
        const clear = seriesOf("stand", "aandeel", {
            a: two(point(40, 100), point(30, 100)),
            b: two(point(42, 100), point(31, 100)),
            c: two(point(41, 100), point(32, 100)),
        });
        expect(judge({ soort: "direction", richting: "omlaag" }, clear).status).toBe("op koers");
        expect(judge({ soort: "direction", richting: "omhoog" }, clear).status).toBe("niet op koers");
        const chance = seriesOf("stand", "aandeel", {
            a: two(point(40, 100), point(30, 100)),
            b: two(point(30, 100), point(39, 100)),
            c: two(point(41, 100), point(41, 100)),
        });
        expect(judge({ soort: "direction", richting: "omlaag" }, chance).status).toBe("te vroeg om te zeggen");
    });
});

describe("the ratio over practices", () => {
    it("has the linearised variance of a ratio estimator", () => {
        // by hand: ratio 1.1; residuals 120-110, 100-110 -> squares 200; error = sqrt(2/1 * 200) / 200 = 0.1
        const estimate = ratioOverPractices([
            { before: 100, after: 120 },
            { before: 100, after: 100 },
        ]);
        expect(estimate?.value).toBeCloseTo(1.1, 12);
        expect(estimate?.high).toBeCloseTo(1.1 + 1.959963984540054 * 0.1, 12);
    });

    it("needs at least two practices", () => {
        expect(ratioOverPractices([{ before: 100, after: 120 }])).toBeNull();
    });
});
