import { tmpdir } from "node:os";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cell, Engine } from "../pipelines/engine.ts";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { inOrder, readQueries } from "../pipelines/query.ts";
import { type Count, changesByHand, type Scene, type Split } from "./support/changes-by-hand.ts";
import { INDICATORS, SPANS, scenes } from "./support/random-changes.ts";

const queries = await readQueries();
const runs = process.env.PROVE === "1" ? 400 : 8;

let engine: Engine;
beforeAll(async () => {
    engine = await openDuckDBEngine({ memory: "500MB", threads: 1, temp: tmpdir() });
});
afterAll(() => engine.close());

const counts = {
    indicator_id: "VARCHAR",
    practice_id: "VARCHAR",
    area_id: "VARCHAR",
    stratum: "VARCHAR",
    period_start: "DATE",
    numerator: "BIGINT",
    denominator: "BIGINT",
} as const;
const catalogue = {
    indicator_id: "VARCHAR",
    geography: "VARCHAR",
    sums_months: "BOOLEAN",
    needs_his: "BOOLEAN",
} as const;
const levels = { geography: "VARCHAR", level: "VARCHAR", id: "VARCHAR", practice_id: "VARCHAR" } as const;
const inclusions = { indicator_id: "VARCHAR", practice_id: "VARCHAR", period_start: "DATE" } as const;
const values = {
    indicator: "VARCHAR",
    stratum: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    period: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
    state: "VARCHAR",
} as const;

const day = (month: string): string => `${month}-01`;
const rowOf = (count: Count): Cell[] => [
    count.indicator,
    count.practice,
    count.area,
    null,
    day(count.month),
    count.numerator,
    count.denominator,
];

/** Runs queries/changes over a scene. */
async function splitBySql(scene: Scene, expected: Split[]): Promise<{ parts: string[]; unexplained: number }> {
    const included = (side: Count[]) => side.filter((count) => count.included);
    await engine.load(
        "compared_spans",
        { span: "VARCHAR", kind: "VARCHAR", period_from: "VARCHAR", period_to: "VARCHAR" },
        SPANS.map(({ span, from, to }) => [span, from === to ? "restated" : "newest", from, to]),
    );
    await engine.load(
        "compared_months",
        {
            span: "VARCHAR",
            position: "INTEGER",
            month_from: "DATE",
            month_to: "DATE",
            is_last: "BOOLEAN",
            is_newest: "BOOLEAN",
        },
        SPANS.flatMap(({ span, from: first, to: second, months }) =>
            months.map(([from, to], at) => [
                span,
                at + 1,
                day(from),
                day(to),
                at === months.length - 1,
                first !== second,
            ]),
        ),
    );
    await engine.load(
        "compared_indicators",
        { indicator_id: "VARCHAR", is_rerun: "BOOLEAN" },
        INDICATORS.map(({ id }) => [id, scene.isRerun]),
    );
    await engine.load(
        "relaid_practices",
        { practice_id: "VARCHAR" },
        scene.relaid.map((practice) => [practice]),
    );
    const listed: Cell[][] = INDICATORS.map(({ id, flow, his }) => [id, "patient", flow, his]);
    await engine.load("old_catalogue", catalogue, listed);
    await engine.load("new_catalogue", catalogue, listed);
    await engine.load("old_contributions", counts, included(scene.old).map(rowOf));
    await engine.load("kept_contributions", counts, included(scene.kept).map(rowOf));
    await engine.load("new_contributions", counts, included(scene.fresh).map(rowOf));
    const moved = { span: "VARCHAR", ...counts } as const;
    await engine.load(
        "staying_contributions",
        moved,
        included(scene.staying).map((count) => [count.span ?? null, ...rowOf(count)]),
    );
    await engine.load(
        "unaged_contributions",
        moved,
        included(scene.unaged).map((count) => [count.span ?? null, ...rowOf(count)]),
    );
    const flags = (side: Count[]): Cell[][] =>
        included(side).map(({ indicator, practice, month }) => [indicator, practice, day(month)]);
    await engine.load("old_inclusions", inclusions, unique(flags(scene.old)));
    await engine.load("kept_inclusions", inclusions, unique(flags(scene.kept)));
    const placed = (groups: Scene["oldGroups"]): Cell[][] =>
        Object.entries(groups).flatMap(([practice, hagro]): Cell[][] => [
            ["patient", "practice", practice, practice],
            ["patient", "hagro", hagro, practice],
            ["patient", "region", "regio", practice],
        ]);
    await engine.load("old_level_members", levels, placed(scene.oldGroups));
    await engine.load("new_level_members", levels, placed(scene.newGroups));
    const valuesOf = (when: "before" | "after"): Cell[][] =>
        expected.map((one) => [
            one.indicator,
            null,
            one.level,
            one.id,
            SPANS.find(({ span }) => span === one.span)?.[when === "before" ? "from" : "to"] ?? "",
            one[when].numerator,
            one[when].denominator,
            "value",
        ]);
    await engine.load("old_values", values, unique(valuesOf("before")));
    await engine.load("new_values", values, unique(valuesOf("after")));
    for (const query of inOrder(queries, ["change_cells"])) await engine.materialise(query.id, query.body);
    const [left] = await engine.rows(
        "select count(*) as cells from change_cells where numerator_unexplained <> 0 or denominator_unexplained <> 0",
    );
    const rows = await engine.rows(
        "select * from change_parts where part not in ('before', 'after', 'gap') order by 1, 3, 4, 5, 6",
    );
    return {
        unexplained: Number(left?.cells),
        parts: rows.map((row) =>
            [row.indicator_id, row.level, row.id, row.span, row.part, row.numerator, row.denominator].join(" "),
        ),
    };
}

function unique(rows: Cell[][]): Cell[][] {
    return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

const linesOf = (expected: Split[]): string[] =>
    expected.flatMap(({ indicator, level, id, span, parts }) =>
        Object.entries(parts)
            .filter(([, part]) => part.numerator !== 0 || part.denominator !== 0)
            .map(([name, part]) => [indicator, level, id, span, name, part.numerator, part.denominator].join(" ")),
    );

describe("every change is split over its causes", () => {
    it("as a plain recount of the same contributions says, at every level, and the parts add up to the difference", async () => {
        await fc.assert(
            fc.asyncProperty(scenes, async (scene) => {
                const expected = changesByHand(scene);
                const { parts, unexplained } = await splitBySql(scene, expected);
                expect(parts.sort()).toEqual(linesOf(expected).sort());
                expect(unexplained).toBe(0);
                for (const { before, after, parts: split } of expected)
                    for (const measure of ["numerator", "denominator"] as const)
                        expect(Object.values(split).reduce((sum, part) => sum + part[measure], 0)).toBe(
                            after[measure] - before[measure],
                        );
            }),
            { numRuns: runs, seed: 11, endOnFailure: true },
        );
    });
});
