import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cause, type CauseClass, type Change, CLASSES, partsByClass } from "../pipelines/changes/change.ts";
import type { SincePublication } from "../pipelines/changes/since-publication.ts";
import { audienceKinds } from "../pipelines/publish/audience.ts";
import type { PublishableFigures } from "../pipelines/publish/audience-view.ts";
import type { Catalogue } from "../pipelines/publish/catalogue.ts";
import { type ShownPart, shownParts } from "../pipelines/publish/change-disclosure.ts";
import { byKey, changesOfBundle, placedChanges } from "../pipelines/publish/changes-bundle.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { groupChange } from "../pipelines/publish/shown-change.ts";
import { exactCell } from "../pipelines/publish/shown-form.ts";
import { figure, measured } from "./support/cells.ts";

/** What each practice has in a cause; the numerator only. */
type Shares = Partial<Record<Cause, number[]>>;

function change(id: string, shares: Shares): Change {
    const sum = (list: number[]): number => list.reduce((total, one) => total + one, 0);
    const only = (numerator: number) => ({ numerator, denominator: 0 });
    const parts = Object.entries(shares).map(([cause, list]) => [
        cause,
        {
            numerator: sum(list),
            denominator: 0,
            practices: only(list.filter((one) => one !== 0).length),
            largest: only(Math.max(0, ...list.map(Math.abs))),
            gross: only(sum(list.map(Math.abs))),
        },
    ]);
    const total = sum(Object.values(shares).map(sum));
    return {
        indicator: "proef",
        stratum: null,
        level: id === "regio" ? "region" : "area",
        id,
        from: "2023-Q4",
        to: "2024-Q1",
        before: { state: "value", numerator: 1000, denominator: 5000 },
        after: { state: "value", numerator: 1000 + total, denominator: 5000 },
        parts: Object.fromEntries(parts),
        gap: false,
        redefined: false,
    };
}

const many = (each: number): number[] => [each, each, each, each, each];
const shown = (changes: Change[], id = "regio"): ShownPart[] | null =>
    shownParts(changes, DEFAULT_THRESHOLDS).get(changes.find((one) => one.id === id) ?? change(id, {})) ?? null;

describe("a part is shown alone only when enough patients of enough practices are behind it", () => {
    it("large parts of many practices stand alone, and add up", () => {
        const one = change("regio", { care: many(10), ageing: many(4), moves: many(-5) });
        expect(shown([one])).toEqual([
            { classes: ["care"], numerator: 50, denominator: 0 },
            { classes: ["ageing"], numerator: 20, denominator: 0 },
            { classes: ["registration"], numerator: -25, denominator: 0 },
        ]);
    });

    it("a small one is told together with another", () => {
        const one = change("regio", { care: many(10), ageing: [1, 1, 1, 0, 0], moves: many(-5) });
        expect(shown([one])).toEqual([
            { classes: ["care"], numerator: 50, denominator: 0 },
            { classes: ["ageing", "registration"], numerator: -22, denominator: 0 },
        ]);
    });

    it("one practice that joined is never told by itself: that would be its own figure", () => {
        const one = change("regio", { care: many(10), membership: [0, 0, 0, 0, 400], moves: many(-5) });
        expect(shown([one])).toEqual([
            { classes: ["care"], numerator: 50, denominator: 0 },
            { classes: ["membership", "ageing", "registration"], numerator: 375, denominator: 0 },
        ]);
        expect(shown([change("regio", { membership: [0, 0, 0, 0, 400] })])).toBeNull();
    });

    it("with nothing to hide among, only the whole is told", () => {
        expect(shown([change("regio", { care: many(10), moves: [1, 0, 0, 0, 0] })])).toBeNull();
    });

    it("a balance of many is no small number, a balance of few is", () => {
        const balanced = change("regio", { care: [20, -19, 15, -16, 3], moves: many(-5) });
        expect(shown([balanced])?.[0]).toEqual({ classes: ["care"], numerator: 3, denominator: 0 });
        expect(shown([change("regio", { care: [5, -4, 0, 0, 0], moves: many(-5) })])).toBeNull();
    });

    it("a practice that reads along knows its own part: what the others have must be enough without it", () => {
        expect(shown([change("regio", { care: many(10), moves: [6, 4, 4, 2, 0] })])).not.toBeNull();
        // Eleven in all, of whom the reader may have had six.
        expect(shown([change("regio", { care: many(10), moves: [6, 2, 2, 1, 0] })])).toBeNull();
    });

    it("areas are split alike and never finer than the region", () => {
        const region = change("regio", { care: many(20), ageing: many(8), moves: many(-10) });
        const one = change("nissewaard", { care: many(10), ageing: many(4), moves: many(-5) });
        const small = change("rozenburg", { care: many(10), ageing: [1, 1, 0, 0, 0], moves: many(-5) });
        expect(shown([region, one, small])).toHaveLength(3);
        for (const id of ["nissewaard", "rozenburg"])
            expect(shown([region, one, small], id)?.map(({ classes }) => classes)).toEqual([
                ["care"],
                ["ageing", "registration"],
            ]);
    });

    it("an audience that sees fewer areas gets the split of all who read alike, so that two of them tell no more", async () => {
        const region = change("regio", { care: many(20), ageing: many(8), moves: many(-10) });
        const own = change("nissewaard", { care: many(10), ageing: many(4), moves: many(-5) });
        const small = change("rozenburg", { care: many(10), ageing: [1, 1, 0, 0, 0], moves: many(-5) });
        expect(shown([region, own], "nissewaard")).toHaveLength(3);
        const kinds = await audienceKinds();
        const catalogue = { areas: [{ id: "nissewaard", name: "Nissewaard" }], indicators: [], practices: [] };
        const cells = [region, own, small].map(({ indicator, stratum, level, id, to }) =>
            exactCell(figure({ indicator, stratum, level, id, period: to })),
        );
        const published = { publication: "p", release: "r", made: "2024-04-01", refresh: "f", peildatum: "2024-03-31" };
        const summary = { newest: [region], joined: [], left: [], relaid: [], before: published };
        const since = {
            state: "compared",
            before: published,
            summary,
            changes: [region, own, small],
            report: null,
            hidden: { lezers: [] },
        };
        const told = (kind: string) => {
            const found = kinds.find((one) => one.kind === kind);
            const audience = found?.audiences(catalogue as unknown as Catalogue)[0];
            if (!found || !audience) throw new Error(`geen doelgroep ${kind}`);
            const { changes } = changesOfBundle({
                since: since as unknown as SincePublication,
                changes: placedChanges(since as unknown as SincePublication),
                figures: {
                    indicators: new Map([["proef", measured("proces")]]),
                    catalogue,
                } as unknown as PublishableFigures,
                kind: found,
                audience,
                indicators: new Set(["proef"]),
                shown: byKey(cells),
            });
            return changes.newest.find(({ id }) => id === "nissewaard")?.parts?.map(({ classes }) => classes);
        };
        expect(told("coalitie")).toEqual([["care"], ["ageing", "registration"]]);
        expect(told("gemeente")).toEqual(told("coalitie"));
    });

    it("the alarm names no cause that is hidden among others", () => {
        const one = change("regio", { care: many(1), membership: [0, 0, 0, 0, 400], moves: many(-5) });
        expect(groupChange(one, "aandeel", shown([one])).drift.cause).toBeNull();
        const two = change("regio", { care: many(10), membership: [0, 0, 0, 0, 400], moves: many(-5) });
        expect(groupChange(two, "aandeel", shown([two])).drift).toEqual({ verdict: "outside", cause: "other" });
    });
});

const causes = fc.record(
    Object.fromEntries(
        (["care", "membership", "ageing", "moves", "definition"] as const).map((cause) => [
            cause,
            fc.oneof(
                fc.constant([0, 0, 0, 0, 0]),
                fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 5, maxLength: 5 }),
                fc.array(fc.integer({ min: -40, max: 60 }), { minLength: 5, maxLength: 5 }),
            ),
        ]),
    ),
) as fc.Arbitrary<Record<Cause, number[]>>;

describe("an intruder who adds and subtracts all that is shown", () => {
    it("finds no part of a class that is too small to be shown alone", () => {
        fc.assert(
            fc.property(fc.array(causes, { minLength: 2, maxLength: 4 }), (areas) => {
                const cells = areas.map((shares, at) => change(`gebied-${at}`, shares));
                const together = Object.fromEntries(
                    Object.keys(areas[0] ?? {}).map((cause) => [
                        cause,
                        [0, 1, 2, 3, 4].map((practice) =>
                            areas.reduce((sum, shares) => sum + (shares[cause as Cause][practice] ?? 0), 0),
                        ),
                    ]),
                );
                const all = [change("regio", together), ...cells];
                const found = determined(all, shownParts(all, DEFAULT_THRESHOLDS));
                for (const { at, name } of found) {
                    const part = partsByClass(all[at]?.parts ?? {}).get(name);
                    if (!part || part.gross.numerator === 0) continue;
                    const others = part.gross.numerator - part.largest.numerator;
                    expect(others).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.fewestPatients);
                    expect(part.practices.numerator).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.fewestPractices);
                }
            }),
            { numRuns: process.env.PROVE === "1" ? 20_000 : 300, seed: 5 },
        );
    });
});

/**
 * The parts that follow from what is shown by linear algebra: unknown is what every class has in every place; known are the
 * changes as a whole, the parts shown, that the areas add up to the region, and which classes do not occur at all.
 */
function determined(all: Change[], parts: Map<Change, ShownPart[] | null>): { at: number; name: CauseClass }[] {
    const unknowns = all.length * CLASSES.length;
    const place = (at: number, name: CauseClass): number => at * CLASSES.length + CLASSES.indexOf(name);
    const equations: number[][] = [];
    const equation = (terms: [number, number][]): void => {
        const row = new Array<number>(unknowns).fill(0);
        for (const [index, factor] of terms) row[index] = (row[index] ?? 0) + factor;
        equations.push(row);
    };
    const occurs = (name: CauseClass): boolean =>
        all.some((one) => (partsByClass(one.parts).get(name)?.gross.numerator ?? 0) > 0);
    all.forEach((one, at) => {
        equation(CLASSES.map((name) => [place(at, name), 1]));
        for (const { classes } of parts.get(one) ?? []) equation(classes.map((name) => [place(at, name), 1]));
        for (const name of CLASSES) if (!occurs(name)) equation([[place(at, name), 1]]);
    });
    for (const name of CLASSES)
        equation([[place(0, name), -1], ...all.slice(1).map((_, at): [number, number] => [place(at + 1, name), 1])]);
    const rows = reduced(equations);
    return all.flatMap((_, at) =>
        CLASSES.filter((name) => {
            const wanted = place(at, name);
            return rows.some((row) => row.every((factor, index) => (index === wanted) === Math.abs(factor) > 1e-9));
        }).map((name) => ({ at, name })),
    );
}

/** Gauss-Jordan: what the equations say of each unknown, in as few unknowns as they can. */
function reduced(equations: number[][]): number[][] {
    const rows = equations.map((row) => [...row]);
    let top = 0;
    for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
        const pivot = rows.findIndex((row, at) => at >= top && Math.abs(row[column] ?? 0) > 1e-9);
        if (pivot < 0) continue;
        [rows[top], rows[pivot]] = [rows[pivot] ?? [], rows[top] ?? []];
        const lead = rows[top] ?? [];
        const factor = lead[column] ?? 1;
        for (let index = 0; index < lead.length; index++) lead[index] = (lead[index] ?? 0) / factor;
        rows.forEach((row, at) => {
            const times = row[column] ?? 0;
            if (at === top || Math.abs(times) < 1e-9) return;
            for (let index = 0; index < row.length; index++)
                row[index] = (row[index] ?? 0) - times * (lead[index] ?? 0);
        });
        top += 1;
    }
    return rows.slice(0, top);
}
