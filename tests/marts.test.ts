import { tmpdir } from "node:os";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cell, Engine } from "../pipelines/engine.ts";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { inOrder, readQueries } from "../pipelines/query.ts";
import { periodsBetween } from "../pipelines/refresh/period.ts";
import { contractColumns } from "../pipelines/refresh.ts";
import { expectedCount, standardiseShare } from "../pipelines/statistics/standardisation.ts";
import { poisson, wilson } from "../pipelines/statistics.ts";

const queries = await readQueries();

/** Practices A and B are members, C left on 2023-01-01; A and B lie in nissewaard, C in rozenburg. */
const practices: Cell[][] = [
    ["01000001", "A", "Cohaesie", "noord", "nissewaard", "lang", "2010-01-01", null],
    ["01000002", "B", "Cohaesie", "noord", "nissewaard", "lang", "2010-01-01", null],
    ["01000003", "C", "Cohaesie", "zuid", "rozenburg", "lang", "2010-01-01", "2023-01-01"],
];
const areas: Cell[][] = [
    ["nissewaard", "Nissewaard", "GM1930", "3201", null, null],
    ["rozenburg", "Rozenburg", null, "3181", null, null],
    ["brielle", "Brielle", "GM0501", "3231", null, "2023-01-01"],
    ["voorne-aan-zee", "Voorne aan Zee", "GM1992", "3231 3232", "2023-01-01", null],
];

const share = { measure: "aandeel", scale: 1, geography: "patient", has_denominator: true, sums_months: false };
const flow = { measure: "aantal", scale: 1000, geography: "patient", has_denominator: true, sums_months: true };
const needs = {
    needs_his: true,
    needs_viplive: false,
    needs_bureau: false,
    needs_row: false,
    window_months: 0,
    grace_days: 0,
};

let engine: Engine;
beforeAll(async () => {
    engine = await openDuckDBEngine({ memory: "500MB", threads: 1, temp: tmpdir() });
});
afterAll(() => engine.close());

interface Situation {
    from?: string;
    to?: string;
    catalogue?: Record<string, Cell>;
    coverage?: Cell[][];
    /** practice, area, stratum, month, numerator, denominator, age group, sex */
    results: Cell[][];
}

const everything: Cell[][] = practices.flatMap(([id]) =>
    ["HIS", "VIPLive"].map((source) => [id ?? null, source, "2023-12-31", "2017-01-01"]),
);

async function valuesOf(situation: Situation, level: string, period: string): Promise<Record<string, Cell>[]> {
    await computeMarts(situation);
    return engine.rows(
        `select stratum, id, numerator, denominator, value, low, high, state, delivered, members
        from values_mart where level = '${level}' and period = '${period}' order by stratum nulls first, id`,
    );
}

async function computeMarts(situation: Situation): Promise<void> {
    const contract = contractColumns();
    for (const [name, columns] of Object.entries(contract))
        await engine.load(name, columns, name === "practices" ? practices : name === "areas" ? areas : []);
    await engine.load(
        "periods",
        { period_start: "DATE", period_end: "DATE", period_index: "INTEGER" },
        periodsBetween(situation.from ?? "2022-12", situation.to ?? "2022-12").map((one) => [
            one.start,
            one.end,
            one.index,
        ]),
    );
    await engine.load(
        "coverage",
        { practice_id: "VARCHAR", source: "VARCHAR", peildatum: "DATE", history_from: "DATE" },
        [["regio", "bureau", "2023-12-31", "2017-01-01"], ...(situation.coverage ?? everything)],
    );
    const row = { indicator_id: "proef", requirement: "eis", ...share, ...needs, ...situation.catalogue };
    await engine.load(
        "indicator_catalogue",
        {
            indicator_id: "VARCHAR",
            requirement: "VARCHAR",
            measure: "VARCHAR",
            scale: "DOUBLE",
            geography: "VARCHAR",
            has_denominator: "BOOLEAN",
            sums_months: "BOOLEAN",
            needs_his: "BOOLEAN",
            needs_viplive: "BOOLEAN",
            needs_bureau: "BOOLEAN",
            needs_row: "BOOLEAN",
            window_months: "INTEGER",
            grace_days: "INTEGER",
        },
        [
            [
                row.indicator_id,
                row.requirement,
                row.measure,
                row.scale,
                row.geography,
                row.has_denominator,
                row.sums_months,
                row.needs_his,
                row.needs_viplive,
                row.needs_bureau,
                row.needs_row,
                row.window_months,
                row.grace_days,
            ],
        ],
    );
    await engine.load(
        "results",
        {
            indicator_id: "VARCHAR",
            practice_id: "VARCHAR",
            area_id: "VARCHAR",
            stratum: "VARCHAR",
            age_band: "INTEGER",
            sex: "VARCHAR",
            period_start: "DATE",
            numerator: "BIGINT",
            denominator: "BIGINT",
        },
        situation.results.map(([practice, area, stratum, month, numerator, denominator, band, sex]) => [
            "proef",
            practice ?? null,
            area ?? null,
            stratum ?? null,
            band ?? null,
            sex ?? null,
            `${month}-01`,
            numerator ?? null,
            denominator ?? null,
        ]),
    );
    await engine.load(
        "mart_scope",
        { level: "VARCHAR", id: "VARCHAR" },
        ["practice", "hagro", "area", "organisation", "region"].map((level) => [level, null]),
    );
    for (const query of inOrder(queries, ["values", "standardisation", "age_sex_values"])) {
        if (query.id === "values") {
            const counts = await engine.rows("select distinct numerator from span_values where numerator is not null");
            await engine.load(
                "poisson_limits",
                { events: "BIGINT", low: "DOUBLE", high: "DOUBLE" },
                counts.map((one) => {
                    const limits = poisson(Number(one.numerator));
                    return [Number(one.numerator), limits.low, limits.high];
                }),
            );
        }
        await engine.materialise(query.id === "values" ? "values_mart" : query.id, query.body);
    }
}

const brief = (rows: Record<string, Cell>[]) =>
    rows.map((row) => [row.stratum, row.id, row.numerator, row.denominator, row.state, row.delivered, row.members]);

describe("a level is the sum of its members that delivered", () => {
    it("with how many of how many, and the interval of Wilson", async () => {
        const coverage = everything.filter(([practice]) => practice !== "01000002");
        const [region] = await valuesOf(
            {
                coverage,
                results: [
                    ["01000001", "nissewaard", null, "2022-12", 6, 10],
                    ["01000002", "nissewaard", null, "2022-12", 9, 9],
                    ["01000003", "rozenburg", null, "2022-12", 1, 4],
                ],
            },
            "region",
            "2022-12",
        );
        expect(region).toMatchObject({
            numerator: 7,
            denominator: 14,
            value: 0.5,
            state: "value",
            delivered: 2,
            members: 3,
        });
        const limits = wilson(7, 14);
        expect(region?.low).toBeCloseTo(limits.low, 12);
        expect(region?.high).toBeCloseTo(limits.high, 12);
    });

    it("and areas are those of the patients, elsewhere always shown", async () => {
        const rows = await valuesOf(
            {
                results: [
                    ["01000001", "nissewaard", null, "2022-12", 6, 10],
                    ["01000001", "rozenburg", null, "2022-12", 1, 2],
                    ["01000003", "rozenburg", null, "2022-12", 1, 4],
                ],
            },
            "area",
            "2022-12",
        );
        expect(brief(rows)).toEqual([
            [null, "elders", null, null, "not_applicable", 3, 3],
            [null, "nissewaard", 6, 10, "value", 3, 3],
            [null, "rozenburg", 2, 6, "value", 3, 3],
            [null, "voorne-aan-zee", null, null, "not_applicable", 3, 3],
        ]);
    });
});

describe("value, zero, not delivered and not applicable are four things", () => {
    const results: Cell[][] = [
        ["01000001", "nissewaard", null, "2023-01", 0, 10],
        ["01000003", "rozenburg", null, "2023-01", 3, 4],
    ];
    let rows: Record<string, Cell>[];
    beforeEach(async () => {
        const coverage = everything.map((row) =>
            row[0] === "01000002" ? [row[0], row[1] ?? null, "2023-01-30", "2017-01-01"] : row,
        );
        rows = await valuesOf({ from: "2023-01", to: "2023-01", coverage, results }, "practice", "2023-01");
    });

    it("a member that delivered nothing to count has a zero", () => {
        expect(rows[0]).toMatchObject({ id: "01000001", state: "zero", numerator: 0, value: 0 });
    });

    it("a peildatum one day before the end of the month is not delivered, never 0", () => {
        expect(rows[1]).toMatchObject({
            id: "01000002",
            state: "not_delivered",
            numerator: null,
            denominator: null,
            value: null,
            low: null,
            high: null,
        });
    });

    it("who left on the first of the month is not applicable, and in no sum", () => {
        expect(rows[2]).toMatchObject({ id: "01000003", state: "not_applicable", numerator: null, members: 0 });
    });

    it("a window that begins before the source's history is not applicable", async () => {
        const coverage = practices.map(([id]) => [id ?? null, "HIS", "2023-12-31", "2022-01-02"]);
        const catalogue = { window_months: 12 };
        const found = await valuesOf(
            { catalogue, coverage, results: [["01000001", "nissewaard", null, "2022-12", 1, 10]] },
            "practice",
            "2022-12",
        );
        expect(found[0]?.state).toBe("not_applicable");
    });
});

describe("a stratum has the denominator of the whole from the month that the region first sees it", () => {
    const results: Cell[][] = [
        ["01000001", "nissewaard", null, "2022-11", 0, 1000],
        ["01000001", "nissewaard", null, "2022-12", 2, 1000],
        ["01000001", "nissewaard", "kind", "2022-12", 2, 0],
        ["01000002", "nissewaard", null, "2022-12", 0, 500],
    ];
    it("zeros included", async () => {
        const rows = await valuesOf({ from: "2022-11", catalogue: flow, results }, "practice", "2022-12");
        expect(brief(rows).filter(([stratum]) => stratum === "kind")).toEqual([
            ["kind", "01000001", 2, 1000, "value", 1, 1],
            ["kind", "01000002", 0, 500, "zero", 1, 1],
            ["kind", "01000003", null, null, "not_applicable", 1, 1],
        ]);
        expect(rows[0]?.value).toBe(2);
        expect(rows[0]?.high).toBeCloseTo(poisson(2).high, 9);
        expect(
            brief(await valuesOf({ from: "2022-11", catalogue: flow, results }, "practice", "2022-11")).map(
                ([stratum]) => stratum,
            ),
        ).toEqual([null, null, null]);
    });
});

describe("years and quarters", () => {
    const months = Array.from({ length: 12 }, (_, at) => `2022-${String(at + 1).padStart(2, "0")}`);
    const results: Cell[][] = months.map((month, at) => ["01000001", "nissewaard", null, month, at + 1, 100]);

    it("a flow is the sum of its months", async () => {
        const situation = { from: "2022-01", catalogue: flow, results };
        expect((await valuesOf(situation, "practice", "2022"))[0]).toMatchObject({
            numerator: 78,
            denominator: 1200,
            state: "value",
        });
        expect((await valuesOf(situation, "practice", "2022-Q1"))[0]).toMatchObject({ numerator: 6, denominator: 300 });
    });

    it("a stock is that of the last month", async () => {
        const situation = { from: "2022-01", results };
        expect((await valuesOf(situation, "practice", "2022"))[0]).toMatchObject({ numerator: 12, denominator: 100 });
        expect((await valuesOf(situation, "practice", "2022-Q3"))[0]).toMatchObject({ numerator: 9, denominator: 100 });
    });

    it("a year that is not over is not delivered", async () => {
        const situation = { from: "2022-01", to: "2022-11", results: results.slice(0, 11) };
        expect((await valuesOf({ ...situation, catalogue: flow }, "practice", "2022"))[0]?.state).toBe("not_delivered");
        expect((await valuesOf(situation, "practice", "2022"))[0]?.state).toBe("not_delivered");
    });

    it("a flow with a month that was not delivered has no year", async () => {
        const coverage = everything.map((row) =>
            row[0] === "01000001" ? [row[0], row[1] ?? null, "2022-11-30", "2017-01-01"] : row,
        );
        expect(
            (await valuesOf({ from: "2022-01", catalogue: flow, coverage, results }, "practice", "2022"))[0]?.state,
        ).toBe("not_delivered");
    });
});

describe("counts of the bureau belong to no practice", () => {
    it("the region holds all, an area its own, and a former area goes to its successor", async () => {
        const catalogue = {
            ...flow,
            geography: "regio",
            has_denominator: false,
            needs_his: false,
            needs_bureau: true,
            window_months: 1,
        };
        const results: Cell[][] = [
            ["regio", "regio", null, "2022-12", 5, null],
            ["regio", "brielle", null, "2022-12", 2, null],
        ];
        const [region] = await valuesOf({ catalogue, results }, "region", "2022-12");
        expect(region).toMatchObject({ numerator: 7, denominator: null, value: 7, delivered: null, members: null });
        expect(brief(await valuesOf({ catalogue, results }, "area", "2022-12"))).toEqual([
            [null, "nissewaard", 0, null, "zero", null, null],
            [null, "rozenburg", 0, null, "zero", null, null],
            [null, "voorne-aan-zee", 2, null, "value", null, null],
        ]);
    });
});

describe("portal use without a row for the month", () => {
    it("is not delivered, not zero", async () => {
        const catalogue = { needs_row: true, needs_his: false, needs_viplive: true };
        const rows = await valuesOf(
            { catalogue, results: [["01000001", "nissewaard", null, "2022-12", 3, 30]] },
            "practice",
            "2022-12",
        );
        expect(rows.map((row) => row.state)).toEqual(["value", "not_delivered", "not_delivered"]);
    });
});

describe("a share of patients is standardised for age and sex within the region of that month", () => {
    const bands = [0, 18, 45, 65, 75];
    const counts = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }));
    const groups = fc.array(
        fc.record({
            practice: fc.constantFrom("01000001", "01000002", "01000003"),
            area: fc.constantFrom("nissewaard", "rozenburg", "elders"),
            band: fc.constantFrom(...bands),
            sex: fc.constantFrom("M", "V", "O"),
            counts: counts.map(([numerator, denominator]) => [Math.min(numerator, denominator), denominator] as const),
        }),
        { minLength: 1, maxLength: 25 },
    );

    it("as the statistics do it, at every level", async () => {
        await fc.assert(
            fc.asyncProperty(groups, async (drawn) => {
                const rows = [
                    ...new Map(
                        drawn.map((one) => [`${one.practice} ${one.area} ${one.band} ${one.sex}`, one]),
                    ).values(),
                ];
                await computeMarts({
                    results: rows.map(({ practice, area, band, sex, counts: [numerator, denominator] }) => [
                        practice,
                        area,
                        null,
                        "2022-12",
                        numerator,
                        denominator,
                        band,
                        sex,
                    ]),
                });
                const total = (some: typeof rows) => ({
                    numerator: some.reduce((sum, one) => sum + one.counts[0], 0),
                    denominator: some.reduce((sum, one) => sum + one.counts[1], 0),
                });
                const region = total(rows);
                const found = await engine.rows(
                    `select level, id, expected, factor, period from standardisation order by level, id, period`,
                );
                const quarter = found.filter((row) => row.period === "2022-Q4");
                expect(found.map(({ period }) => period)).toEqual(quarter.flatMap(() => ["2022", "2022-Q4"]));
                const belongs = (level: Cell | undefined, id: Cell | undefined) => (one: (typeof rows)[number]) =>
                    level === "region" ||
                    (level === "practice" && one.practice === id) ||
                    (level === "area" && one.area === id) ||
                    (level === "organisation" && id === "Cohaesie") ||
                    (level === "hagro" && (one.practice === "01000003") === (id === "zuid"));
                expect(quarter.filter((row) => row.level === "practice").map((row) => row.id)).toEqual(
                    [...new Set(rows.map((one) => one.practice))].sort(),
                );
                for (const row of quarter) {
                    const own = rows.filter(belongs(row.level, row.id));
                    const strata = own.map((one) => ({
                        denominator: one.counts[1],
                        reference: total(rows.filter(({ band, sex }) => band === one.band && sex === one.sex)),
                    }));
                    const expected = expectedCount(strata);
                    // Whole millionths, at most half a one off per group.
                    expect(Math.abs(Number(row.expected) - expected)).toBeLessThan(1e-6 * rows.length);
                    const share = standardiseShare(total(own), expected, region);
                    if (share === null || Number(row.expected) < 0.1) continue;
                    const crude = total(own).numerator / total(own).denominator;
                    expect(Math.min(1, crude * Number(row.factor))).toBeCloseTo(share.value, 4);
                }
            }),
            { numRuns: process.env.PROVE ? 300 : 12, seed: 4 },
        );
    });

    it("and the region's own standardised value is its crude one", async () => {
        await computeMarts({
            results: [
                ["01000001", "nissewaard", null, "2022-12", 6, 10, 75, "V"],
                ["01000002", "nissewaard", null, "2022-12", 3, 10, 45, "M"],
            ],
        });
        const [region] = await engine.rows(
            "select expected, factor from standardisation where level = 'region' and period = '2022-Q4'",
        );
        expect(region).toEqual({ expected: 9, factor: 1 });
    });

    it("and a member that did not deliver is in neither", async () => {
        await computeMarts({
            coverage: everything.filter(([practice]) => practice !== "01000002"),
            results: [
                ["01000001", "nissewaard", null, "2022-12", 6, 10, 75, "V"],
                ["01000002", "nissewaard", null, "2022-12", 0, 10, 75, "V"],
            ],
        });
        expect(await engine.rows("select numerator, denominator from age_sex_values where period = '2022'")).toEqual([
            { numerator: 6, denominator: 10 },
        ]);
        expect(
            await engine.rows("select id from standardisation where level = 'practice' and period = '2022'"),
        ).toEqual([{ id: "01000001" }]);
    });
});
