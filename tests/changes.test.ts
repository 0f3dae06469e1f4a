import { beforeAll, describe, expect, it } from "vitest";
import { type Change, isComparable } from "../pipelines/changes/change.ts";
import { definitionReport, needsAcceptance } from "../pipelines/changes/definition-report.ts";
import { readChanges } from "../pipelines/changes/read-changes.ts";
import type { Summary } from "../pipelines/changes/summary.ts";
import { compare } from "../pipelines/changes.ts";
import type { Lake } from "../pipelines/lake.ts";
import { type Query, readQueries } from "../pipelines/query.ts";
import { refresh } from "../pipelines/refresh.ts";
import { CORRECTS, firstDeliveries, IMPROVES, JOINS, RELAYS, secondDeliveries } from "./support/two-deliveries.ts";

/** The code lists of before: K76 was not yet counted as cardiovascular disease. */
async function oldDefinitions(): Promise<Map<string, Query>> {
    const queries = await readQueries();
    const conditions = queries.get("stg_conditions");
    if (!conditions) throw new Error("stg_conditions ontbreekt");
    const body = conditions.body.replace(/\n[^\n]*'hvz', 'K76'[^\n]*/, "");
    return new Map([...queries, ["stg_conditions", { ...conditions, body }]]);
}

let lake: Lake;
let first: string;
let second: string;
let summary: Summary;
let changes: Change[];

beforeAll(async () => {
    lake = await firstDeliveries();
    first = (await refresh(lake, { from: "2023-10", to: "2023-12" }, { queries: await oldDefinitions() })).refresh;
    await secondDeliveries(lake);
    second = (await refresh(lake, { from: "2023-10", to: "2024-03" })).refresh;
    summary = await compare(lake, { before: first, now: second });
    changes = await readChanges(lake, summary.id);
});

const NEWEST = { from: "2023-Q4", to: "2024-Q1" };
const AGAIN = { from: "2023-Q4", to: "2023-Q4" };

/** The numerator's parts of one change. */
function partsOf(
    indicator: string,
    place: Pick<Change, "level" | "id">,
    periods: { from: string; to: string } = NEWEST,
): Record<string, number> {
    const found = changes.find(
        (change) =>
            change.indicator === indicator &&
            change.stratum === null &&
            change.level === place.level &&
            change.id === place.id &&
            change.from === periods.from &&
            change.to === periods.to,
    );
    if (!found) throw new Error(`${indicator} is niet vergeleken`);
    const parts = Object.entries(found.parts).map(([cause, part]) => [cause, part.numerator] as const);
    return Object.fromEntries(parts.filter(([, many]) => many !== 0));
}

const region = { level: "region", id: "regio" } as const;
const practice = (id: string) => ({ level: "practice", id }) as const;

describe("what happens to one practice has its own cause", () => {
    it("a value that is measured again is care", () => {
        expect(partsOf("dm_hba1c_gemeten", region)).toEqual({ care: 1 });
        expect(partsOf("dm_hba1c_gemeten", practice(IMPROVES))).toEqual({ care: 1 });
    });

    it("a birthday into 75 is ageing", () => {
        expect(partsOf("pop_75plus", region)).toEqual({ ageing: 1 });
    });

    it("who came and who left is registration: two came, one left", () => {
        expect(partsOf("pop_ingeschreven", practice(IMPROVES))).toEqual({ moves: 1 });
    });

    it("a practice that joined is membership, with all its patients", () => {
        expect(summary.joined).toEqual([JOINS]);
        expect(partsOf("pop_ingeschreven", practice(JOINS))).toEqual({});
        expect(partsOf("pop_ingeschreven", region)).toEqual({ membership: 11, moves: 1, correction: -1 });
    });

    it("another layout that tells less of the same months is named as such", () => {
        expect(summary.relaid).toEqual([{ practice: RELAYS, from: "his-lang", to: "his-breed" }]);
        expect(partsOf("pop_dm2", practice(RELAYS))).toEqual({ layout: -1 });
        expect(partsOf("pop_dm2", practice(RELAYS), AGAIN)).toEqual({ layout: -1 });
    });

    it("a correction that removes rows is a correction, and restates what was published", () => {
        expect(partsOf("pop_dm2", practice(CORRECTS))).toEqual({ correction: -1 });
        expect(partsOf("pop_dm2", practice(CORRECTS), AGAIN)).toEqual({ correction: -1 });
        expect(partsOf("pop_dm2", region)).toEqual({ membership: 1, layout: -1, correction: -1 });
    });

    it("a code added to a code list is a definition, in every period", () => {
        expect(partsOf("pop_hvz", region)).toEqual({ definition: 1 });
        expect(partsOf("pop_hvz", region, AGAIN)).toEqual({ definition: 1 });
    });
});

describe("every change", () => {
    it("is the sum of its parts, numerator and denominator, at every level", () => {
        const comparable = changes.filter((change) => change.stratum === null && isComparable(change));
        expect(comparable.length).toBeGreaterThan(500);
        for (const { before, after, parts } of comparable)
            for (const measure of ["numerator", "denominator"] as const)
                expect(Object.values(parts).reduce((sum, part) => sum + part[measure], 0)).toBe(
                    (after[measure] ?? 0) - (before[measure] ?? 0),
                );
    });

    it("is nothing when nothing changed, and nothing is restated", async () => {
        const same = await compare(lake, { before: second, now: second });
        const found = await readChanges(lake, same.id);
        expect(found.length).toBeGreaterThan(500);
        expect(found.filter(({ parts }) => Object.keys(parts).length > 0)).toEqual([]);
        expect(same.definitions.mark).toBeNull();
        expect([same.joined, same.left, same.relaid]).toEqual([[], [], []]);
    });
});

describe("a definition that changed", () => {
    it("is reported by its codes and with before and after at every level, and must be accepted", () => {
        const report = definitionReport(summary, changes);
        expect(report?.queries.map(({ query, codes }) => ({ query, codes }))).toEqual([
            {
                query: "stg_conditions",
                codes: { added: ["hvz · K76 · false · hart- en vaatziekte"], removed: [] },
            },
        ]);
        const hvz = report?.moved.find(({ indicator }) => indicator === "pop_hvz");
        const quarter = hvz?.cells.filter(({ period }) => period === "2024-Q1") ?? [];
        expect(quarter.map(({ level, before, after }) => [level, before.numerator, after.numerator])).toEqual([
            ["area", 0, 1],
            ["hagro", 0, 1],
            ["organisation", 0, 1],
            ["practice", 0, 1],
            ["region", 0, 1],
        ]);
        expect(hvz?.restated).toBeGreaterThan(0);
        expect(report?.unmoved).toContain("pop_dm2");
        expect(needsAcceptance(report)).toBe(true);
    });
});
