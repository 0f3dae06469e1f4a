import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GoalDefinition } from "../pipelines/refresh/goal.ts";
import { type EvaluationInput, evaluateGoal } from "../pipelines/refresh/goal-evaluation.ts";
import type { Point, Series } from "../pipelines/refresh/goal-series.ts";

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
            c: two(point(70, 100), point(79, 100)),
            d: two(point(70, 100), point(79, 100)),
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

const monthsOf = (year: number, counts: number[]) =>
    Object.fromEntries(counts.map((count, at) => [`${year}-${String(at + 1).padStart(2, "0")}`, point(count)]));
const regionOnly = (soort: string, maat: string, points: Record<string, Point>): Series => ({
    soort,
    maat,
    region: new Map(Object.entries(points)),
    practices: new Map(),
});

describe("more than a share", () => {
    const at = (count: number) => seriesOf("stand", "aandeel", { a: { "2024-06": point(count, 100) } });

    it("is not reached by exactly that share", () => {
        expect(judge({ streef: 0.75, boven: true }, at(75)).status).not.toBe("gehaald");
        expect(judge({ streef: 0.75, boven: true }, at(76)).status).toBe("gehaald");
        expect(judge({ streef: 0.75 }, at(75)).status).toBe("gehaald");
    });

    it("of the region alone goes on in a straight line", () => {
        const series = regionOnly("regio", "aandeel", { "2023-06": point(30, 100), "2024-06": point(38, 100) });
        const goal = judge({ streef: 0.45 }, series);
        expect(goal.projection?.value).toBeCloseTo(0.42, 12);
        expect(goal.status).toBe("niet op koers");
    });
});

describe("a goal at its deadline", () => {
    const slow = seriesOf("praktijk", "aandeel", {
        a: { "2023-12": point(0, 1), "2024-12": point(1, 1), "2025-03": point(1, 1) },
        b: { "2023-12": point(0, 1), "2024-12": point(0, 1), "2025-03": point(1, 1) },
    });

    it("is judged by the deadline's month, also when later months are known", () => {
        const goal = judge({ soort: "all" }, slow, "2025-03");
        expect(goal).toMatchObject({ status: "niet op koers", now: { period: "2024-12", value: 0.5 } });
    });

    it("is never too early to say, whatever the kind and figures", () => {
        const count = fc.integer({ min: 0, max: 4 });
        fc.assert(
            fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 4 }), (rows) => {
                const series = seriesOf(
                    "stand",
                    "aandeel",
                    Object.fromEntries(
                        rows.map(([ago, now], at) => [
                            `p${at}`,
                            { "2023-12": point(ago, 4), "2024-12": point(now, 4) },
                        ]),
                    ),
                );
                const kinds = [
                    { soort: "share", streef: 0.5 },
                    { soort: "all" },
                    { soort: "zero" },
                    { soort: "growth", streef: 0.05, basisjaar: 2023 },
                    { soort: "direction", richting: "omhoog" },
                    { soort: "at_least", streef: 3 },
                ] as const;
                for (const kind of kinds)
                    expect(judge(kind, series, "2024-12").status).not.toMatch(/^(te vroeg om te zeggen|op koers)$/);
            }),
            { numRuns: process.env.PROVE ? 1000 : 50 },
        );
    });
});

describe("at least a number", () => {
    it("of a flow is counted in the year, and may be reached before it ends", () => {
        const series = regionOnly("regio", "aantal", { ...monthsOf(2023, [9]), ...monthsOf(2024, [0, 0, 0, 1, 0, 1]) });
        const goal = judge({ soort: "at_least", streef: 2 }, series);
        expect(goal).toMatchObject({
            status: "gehaald",
            now: { value: 2, period: "januari tot en met juni 2024" },
            reason: "2 in 2024 is minstens 2.",
        });
        expect(judge({ soort: "at_least", streef: 30 }, series).status).toBe("niet op koers");
    });

    it("of a stock is what there is at the moment", () => {
        const coaches = regionOnly("regio", "aantal", monthsOf(2024, [3, 3, 3, 3, 3, 3]));
        const stock = { ...coaches, jaarcijfer: "december" };
        expect(judge({ soort: "at_least", streef: 4 }, coaches).status).toBe("gehaald");
        expect(judge({ soort: "at_least", streef: 4 }, stock).status).toBe("te vroeg om te zeggen");
        expect(judge({ soort: "at_least", streef: 3 }, stock).status).toBe("gehaald");
    });

    it("of each stratum counts the strata that are there, of all that are known", () => {
        const whole = regionOnly("regio", "aantal", {
            ...monthsOf(2023, Array(12).fill(0)),
            ...monthsOf(2024, [0, 3, 0]),
        });
        const stratum = (counts: number[]) => regionOnly("regio", "aantal", monthsOf(2024, counts));
        const strata = new Map([
            ["brielle", stratum([0, 2, 0])],
            ["spijkenisse", stratum([0, 1, 0])],
            ["rozenburg", stratum([0, 0, 0])],
        ]);
        const each = { soort: "at_least", streef: 1, liefst: 2, per: "bibliotheken" } as const;
        const goal = judge(each, whole, "2024-03", { strata });
        expect(goal).toMatchObject({ status: "te vroeg om te zeggen", now: { value: 2 }, target: 3 });
        expect(goal.path.filter((row) => row.period >= "2024").map((row) => row.value)).toEqual([0, 2, 2]);
        expect(goal.reason).toBe(
            "Van de 3 bekende bibliotheken kwamen er in 2024 2 aan minstens 1, 1 aan minstens 2 (streef).",
        );
        strata.delete("rozenburg");
        expect(judge(each, whole, "2024-03", { strata }).status).toBe("gehaald");
        expect(judge(each, whole, "2024-03", { strata: new Map() }).status).toBe("niet meetbaar");
    });

    it("months without a value are not taken as none", () => {
        const gap = regionOnly("regio", "aantal", { "2024-01": point(1), "2024-02": point(null), "2024-03": point(0) });
        expect(judge({ soort: "at_least", streef: 2 }, gap, "2024-03")).toMatchObject({
            status: "niet meetbaar",
            reason: "Van 1 maand van 2024 ontbreken gegevens.",
        });
        expect(judge({ soort: "range", van: 1, tot: 2 }, gap, "2024-03").status).toBe("niet meetbaar");
    });

    it("is too early before its year has begun", () => {
        const series = regionOnly("regio", "aantal", monthsOf(2023, Array(12).fill(2)));
        for (const kind of [{ soort: "range", van: 15, tot: 30 } as const, { soort: "at_least", streef: 2 } as const])
            expect(judge(kind, series, "2023-12").status).toBe("te vroeg om te zeggen");
    });
});

describe("a direction of practices", () => {
    const up = { soort: "direction", richting: "omhoog", eenheid: "aantal" } as const;
    const years = (ago: number | null, now: number | null) => ({
        "2023-06": ago === null ? point(null) : point(ago, 1),
        "2024-06": now === null ? point(null) : point(now, 1),
    });

    it("is a count of all of them: one more is more, and who joined or left does not matter", () => {
        const more = seriesOf("praktijk", "aandeel", { a: years(0, 1), b: years(0, 0), left: years(1, null) });
        expect(judge(up, more)).toMatchObject({ status: "op koers", unit: "aantal", now: { value: 1 } });
        const joined = seriesOf("praktijk", "aandeel", { a: years(0, 0), b: years(1, 1), new: years(null, 1) });
        expect(judge(up, joined)).toMatchObject({
            status: "niet op koers",
            reason: expect.stringContaining("Er is niets veranderd"),
        });
    });

    it("of a count of users is held against chance between practices", () => {
        const users = seriesOf("stand", "aantal", {
            a: { "2023-06": point(10), "2024-06": point(14) },
            b: { "2023-06": point(20), "2024-06": point(27) },
            c: { "2023-06": point(12), "2024-06": point(17) },
        });
        expect(judge(up, users)).toMatchObject({ status: "op koers", reason: expect.stringContaining("42, nu 58") });
    });
});

describe("practices without an answer", () => {
    const series = seriesOf("praktijk", "aandeel", {
        a: { "2024-06": point(0, 1) },
        b: { "2024-06": point(0, 1) },
    });

    it("are not practices that stopped", () => {
        const zero = (given: number) => judge({ soort: "zero" }, series, "2024-06", { answers: { given, members: 2 } });
        expect(zero(2).status).toBe("gehaald");
        expect(zero(1).status).toBe("te vroeg om te zeggen");
        expect(zero(0).status).toBe("niet meetbaar");
    });

    it("are named in the reason", () => {
        const goal = judge({ soort: "all" }, series, "2024-06", { answers: { given: 1, members: 2 } });
        expect(goal.reason).toContain("Van 1 praktijk is er geen opgave.");
    });
});

describe("the baseline", () => {
    it("printed in the source goes before a computed one, and is not called computed", () => {
        const series = seriesOf("praktijk", "aandeel", { a: { "2023-12": point(1, 1), "2024-06": point(1, 1) } });
        const printed = { jaar: 2023, waarde: 0.75, bron: "gedrukt" };
        expect(judge({ streef: 0.8, vertrekpunt: printed }, series).baseline).toEqual({
            year: 2023,
            period: "gedrukt",
            value: 0.75,
            yearValue: null,
            computed: false,
            release: null,
        });
        expect(judge({ streef: 0.8 }, series).baseline).toMatchObject({
            period: "december 2023",
            value: 1,
            computed: true,
            release: "r",
        });
    });

    it("of a flow is its whole year, and there is none when a month is missing", () => {
        const year = monthsOf(2023, Array(12).fill(2));
        const range = { soort: "range", van: 15, tot: 20 } as const;
        const with2024 = (points: Record<string, Point>) =>
            regionOnly("regio", "aantal", { ...points, ...monthsOf(2024, [1]) });
        expect(judge(range, with2024(year), "2024-01").baseline).toMatchObject({ period: "2023", value: 24 });
        expect(judge(range, with2024({ ...year, "2023-05": point(null) }), "2024-01").baseline).toBeNull();
    });
});

describe("a goal without a source", () => {
    it("says so", () => {
        expect(
            evaluateGoal({
                goal: { id: "x", titel: "X", soort: "at_least", indicator: null, streef: 2, doel: "2" },
                series: undefined,
                ageing: undefined,
                to: "2024-06",
                deadline: "2024-12-31",
                release: "r",
            }),
        ).toMatchObject({ status: "niet meetbaar", reason: expect.stringContaining("Geen bron") });
    });
});
