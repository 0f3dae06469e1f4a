import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AgeSexCount, shownAgeSex } from "../pipelines/publish/age-sex.ts";
import { publishableFigures } from "../pipelines/publish/audience-view.ts";
import type { Cell, MartCell, MeasuredIndicator } from "../pipelines/publish/cell.ts";
import { deliveryNotes } from "../pipelines/publish/delivery-notes.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { newestQuarter } from "../pipelines/publish/publication-period.ts";
import { shownRecordSystems } from "../pipelines/publish/record-systems.ts";
import { exactCell } from "../pipelines/publish/shown-form.ts";
import type { PracticeDelivery } from "../pipelines/quality/release-quality.ts";
import { readQueries } from "../pipelines/query.ts";
import { readIndicator } from "../pipelines/refresh/indicator.ts";
import { PLANTED, plantedRegion } from "./support/planted-region.ts";

const runs = process.env.PROVE === "1" ? 20_000 : 150;
const PERIOD = "2024-Q2";

describe("groups by age and sex", () => {
    const of = (klasse: MeasuredIndicator["klasse"]) => ({
        definition: { id: "x", titel: "X", maat: "aandeel" as const, soort: "stand" as const, klasse },
        measured: new Map([
            ["x", { id: "x", maat: "aandeel" as const, soort: "stand" as const, klasse, wholeGroup: false }],
        ]),
    });
    const region = (rows: readonly AgeSexCount[]): Cell => {
        const sum = (pick: (row: AgeSexCount) => number): number => rows.reduce((total, row) => total + pick(row), 0);
        const [numerator, denominator] = [sum((row) => row.numerator), sum((row) => row.denominator)];
        const at = { indicator: "x", stratum: null, level: "region" as const, id: "regio", period: PERIOD };
        return {
            ...{ ...at, numerator, denominator, value: numerator / denominator, low: 0, high: 1 },
            ...{ state: "value", delivered: 20, members: 20, shown: "exact" },
        };
    };
    const shownOf = (rows: readonly AgeSexCount[], klasse: MeasuredIndicator["klasse"], base = [region(rows)]) => {
        const { definition, measured } = of(klasse);
        return shownAgeSex(rows, base, [definition], measured, DEFAULT_THRESHOLDS)[0]?.groups ?? [];
    };
    const row = (ageBand: number, sex: string, numerator: number, denominator: number, largest = 0): AgeSexCount => ({
        ...{ indicator: "x", period: PERIOD, ageBand, sex, numerator, denominator },
        ...{ largestNumerator: largest, largestRest: largest },
    });

    it("are whole percents, and nothing beside them", () => {
        const groups = shownOf([row(65, "V", 301, 400), row(65, "M", 100, 300), row(75, "V", 150, 400)], "uitkomst");
        expect(groups).toEqual([
            { ageBand: 65, sex: "V", percent: 75 },
            { ageBand: 65, sex: "M", percent: 33 },
            { ageBand: 75, sex: "V", percent: 38 },
        ]);
    });

    it("of which one is too small take a second with it, because together they are the region", () => {
        const groups = shownOf(
            [row(18, "V", 3, 40), row(45, "V", 30, 400), row(65, "V", 100, 900), row(65, "M", 90, 900)],
            "uitkomst",
        );
        expect(groups.map(({ percent }) => percent)).toEqual([null, null, 11, 10]);
    });

    it("are wider where too many of them are too small by sex", () => {
        const groups = shownOf(
            [row(65, "V", 8, 400), row(65, "M", 8, 400), row(75, "V", 9, 400), row(75, "M", 9, 400)],
            "uitkomst",
        );
        expect(groups.map(({ ageBand, sex, percent }) => [ageBand, sex, percent])).toEqual([
            [65, null, 2],
            [75, null, 2],
        ]);
    });

    it("of which one practice holds nearly all are hidden: it knows its own", () => {
        const rows = [row(65, "V", 60, 120, 55), ...[0, 18, 45, 75].map((band) => row(band, "V", 900, 2000))];
        expect(shownOf(rows, "uitkomst")[0]?.percent).toBeNull();
    });

    it("are absent where the region is not shown, and where age alone decides", () => {
        const rows = [row(65, "V", 200, 400), row(75, "V", 200, 400)];
        expect(shownOf(rows, "uitkomst", [])).toEqual([]);
        expect(shownOf([row(65, "V", 0, 400), row(75, "V", 400, 400)], "populatie")).toEqual([]);
    });

    it("leave six values or more for every hidden count, for who knows the region, all shown groups and any one practice", () => {
        const group = fc
            .record({
                others: fc.oneof(fc.nat(25), fc.nat(600)),
                rest: fc.oneof(fc.nat(25), fc.nat(600)),
                own: fc.nat(30),
                ownRest: fc.nat(30),
            })
            .map(({ others, rest, own, ownRest }) => ({ others, rest, own, ownRest }));
        fc.assert(
            fc.property(
                fc.array(group, { minLength: 2, maxLength: 10 }),
                fc.constantFrom("proces" as const, "uitkomst" as const, "populatie" as const),
                (drawn, klasse) => {
                    const rows = drawn.map(({ others, rest, own, ownRest }, place) => ({
                        ...row(place % 5, place < 5 ? "V" : "M", others + own, others + own + rest + ownRest),
                        largestNumerator: own,
                        largestRest: ownRest,
                    }));
                    const groups = shownOf(rows, klasse);
                    // Hidden in the groups as they were written: by sex, or by age alone.
                    const parts = groups.map(({ ageBand, sex }) =>
                        drawn.filter(
                            (_one, place) =>
                                rows[place]?.ageBand === ageBand && (sex === null || rows[place]?.sex === sex),
                        ),
                    );
                    const hidden = parts.filter((_part, place) => groups[place]?.percent === null);
                    if (hidden.length === 0) return;
                    const total = (pick: (one: (typeof drawn)[number]) => number): number =>
                        hidden.flat().reduce((sum, one) => sum + pick(one), 0);
                    // What the reader does not know of the hidden groups together lies anywhere between them.
                    expect(hidden.length).toBeGreaterThanOrEqual(2);
                    if (klasse === "proces") {
                        expect(total(({ others, rest }) => others + rest) + 1).toBeGreaterThanOrEqual(6);
                    } else {
                        expect(total(({ others }) => others) + 1).toBeGreaterThanOrEqual(6);
                        expect(total(({ rest }) => rest) + 1).toBeGreaterThanOrEqual(6);
                    }
                },
            ),
            { numRuns: runs },
        );
    });
});

describe("practices by record system", () => {
    const region = plantedRegion();
    const figures = publishableFigures(region.catalogue, region.cells);
    const base = figures.groupCells.map((cell: MartCell) => exactCell(cell));
    const shown = (thresholds = DEFAULT_THRESHOLDS) => shownRecordSystems(figures, base, PERIOD, thresholds);

    it("differ where they were made to, in whole percents, with practices counted and patients not", () => {
        const foot = shown().find(({ indicator }) => indicator === "dm_voetonderzoek");
        expect(foot?.beyondChance).toBe(true);
        expect(foot?.systems.map(({ his, practices }) => [his, practices])).toEqual([
            ["Bricks", 5],
            ["Medicom", 11],
        ]);
        for (const { percent } of foot?.systems ?? []) expect(Number.isInteger(percent)).toBe(true);
        expect(shown().filter(({ beyondChance }) => beyondChance)).toHaveLength(1);
    });

    it("are not shown with fewer than four practices, or with one that has most of the patients", () => {
        expect(shown({ ...DEFAULT_THRESHOLDS, fewestPractices: 6 })).toEqual([]);
        expect(shown({ ...DEFAULT_THRESHOLDS, largestShare: 0.1 })).toEqual([]);
    });
});

describe("what is said of deliveries", async () => {
    const { catalogue, cells } = plantedRegion();
    const figures = publishableFigures(catalogue, cells);
    const queries = await readQueries();
    const sourced = ["dm_hba1c_gemeten", "pop_ingeschreven"].flatMap((id) => {
        const query = queries.get(id);
        return query ? [{ indicator: readIndicator(query), tables: ["measurements", "patients"] }] : [];
    });
    const delivery = (practice: string, more: Partial<PracticeDelivery> = {}): PracticeDelivery => ({
        ...{ practice, source: "HIS", peildatum: "2024-06-30", relaid: null, warnings: [], affected: [] },
        ...more,
    });
    const noteOf = (deliveries: PracticeDelivery[], id = "dm_hba1c_gemeten") =>
        deliveryNotes(figures, deliveries, sourced, PERIOD, []).find(({ indicator }) => indicator === id);

    it("counts who did not deliver per kind of source, and only what the indicator needs", () => {
        const deliveries = [delivery(PLANTED.silent, { peildatum: "2024-03-31" })];
        expect(noteOf(deliveries)?.missing).toEqual([
            { source: "HIS", practices: 1, held: 0 },
            { source: "VIPLive", practices: 1, held: 0 },
        ]);
        expect(noteOf(deliveries, "pop_ingeschreven")?.missing).toEqual([{ source: "HIS", practices: 1, held: 0 }]);
        const there = [delivery(PLANTED.silent), delivery(PLANTED.silent, { source: "VIPLive" })];
        expect(noteOf(there)?.missing).toEqual([]);
    });

    it("tells apart whose delivery came in and is held, where it would reach the end of the period", () => {
        const deliveries = [delivery(PLANTED.silent, { peildatum: "2024-03-31" })];
        const heldTo = (peildatum: string, practice: string = PLANTED.silent) =>
            deliveryNotes(figures, deliveries, sourced, PERIOD, [{ practice, source: "HIS", peildatum }])
                .find(({ indicator }) => indicator === "dm_hba1c_gemeten")
                ?.missing.map(({ held }) => held);
        expect(heldTo("2024-06-30")).toEqual([1, 0]);
        expect(heldTo("2024-05-31")).toEqual([0, 0]);
        expect(heldTo("2024-06-30", PLANTED.calm)).toEqual([0, 0]);
    });

    it("counts practices of which something jumps that this indicator counts, and no other", () => {
        const warned = (sentence: string) =>
            noteOf([delivery(PLANTED.calm, { warnings: [{ check: "c", sentence }] })])?.warned;
        expect(warned("hba1c: 3 van 900 patiënten gemeten, eerder 310 van 905")).toBe(1);
        expect(warned("ldl: 3 van 900 patiënten gemeten, eerder 310 van 905")).toBe(0);
        expect(warned("ingeschreven: 900 patiënten, eerder 2000")).toBe(1);
        expect(noteOf([delivery(PLANTED.calm, { relaid: { from: "a", to: "b" } })])?.relaid).toBe(1);
    });

    it("bounds what set-aside rows can do to the region in steps that give no number of patients", () => {
        const affected = [
            {
                ...{ practice: PLANTED.calm, table: "measurements", concept: "hba1c" },
                patients: { "12": 5, "1200": 5 },
                without: { "12": 3, "1200": 3 },
            },
        ];
        expect(noteOf([delivery(PLANTED.calm, { affected })])?.aside).toBe(0.1);
        expect(noteOf([delivery(PLANTED.calm)])?.aside).toBeNull();
    });

    it("is about the newest whole quarter", () => {
        expect(newestQuarter("2022-01", "2024-06")).toBe("2024-Q2");
        expect(newestQuarter("2022-01", "2024-05")).toBe("2024-Q1");
        expect(newestQuarter("2024-05", "2024-06")).toBeNull();
    });
});
