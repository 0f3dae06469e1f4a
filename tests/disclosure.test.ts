import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DisclosureContext, protect } from "../pipelines/disclosure.ts";
import { additiveRelations } from "../pipelines/publish/additive-relations.ts";
import type { MartCell } from "../pipelines/publish/cell.ts";
import { practiceGroups } from "../pipelines/publish/practice-groups.ts";
import { DEFAULT_THRESHOLDS, primaryReason } from "../pipelines/publish/primary-suppression.ts";
import { figure, measured } from "./support/cells.ts";
import { valuesOf } from "./support/marts.ts";

const runs = process.env.PROVE === "1" ? 500 : 25;
const context = (given: Partial<DisclosureContext> = {}): DisclosureContext => ({
    indicators: new Map([["proef", measured("beweging", { soort: "stroom", maat: "aantal" })]]),
    groups: practiceGroups([], []),
    thresholds: DEFAULT_THRESHOLDS,
    readersArePractices: false,
    ...given,
});
const area = (id: string, numerator: number) => figure({ id, numerator, denominator: 5_000 });
const region = (numerator: number) => figure({ level: "region", id: "regio", numerator, denominator: 20_000 });

describe("protect", () => {
    it("hides a small area and the next smallest, and tells the operator why", () => {
        const cells = [
            region(77),
            area("nissewaard", 40),
            area("voorne-aan-zee", 20),
            area("rozenburg", 13),
            area("elders", 4),
        ];
        const { cells: shown, suppressed } = protect(cells, context());
        expect(shown.map(({ state }) => state)).toEqual(["value", "value", "value", "suppressed", "suppressed"]);
        expect(suppressed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
            "rozenburg: herleidbaar",
            "elders: teller_te_klein",
        ]);
    });

    it("shows a zero of what practices do, and needs nothing beside it", () => {
        const cells = [region(60), area("nissewaard", 40), area("rozenburg", 20), area("elders", 0)];
        const { cells: shown } = protect(cells, context());
        expect(shown.map(({ state }) => state)).toEqual(["value", "value", "value", "zero"]);
    });

    it("keeps not delivered and not applicable as they are", () => {
        const cells = [figure({ state: "not_delivered", numerator: null, denominator: null, value: null })];
        expect(protect(cells, context()).cells[0]?.state).toBe("not_delivered");
    });

    it("shows nothing that has no definition", () => {
        expect(protect([figure({ indicator: "onbekend" })], context()).cells[0]?.state).toBe("suppressed");
    });

    it("leaves no sum of shown figures with exactly one hidden figure, in any invented region", () => {
        const shape = fc.record({
            practices: fc.integer({ min: 2, max: 14 }),
            hagros: fc.integer({ min: 1, max: 4 }),
            seed: fc.integer({ min: 0, max: 1_000_000 }),
            readersArePractices: fc.boolean(),
        });
        fc.assert(
            fc.property(shape, ({ practices, hagros, seed, readersArePractices }) => {
                const all = valuesOf({ practices, hagros, seed, months: { from: "2022-01", to: "2022-06" } });
                const cells = all.filter(({ level }) => level !== "practice");
                const indicators = regionIndicators();
                const groups = practiceGroups(
                    all.filter(({ level }) => level === "practice"),
                    [],
                );
                const { cells: shown } = protect(cells, context({ indicators, groups, readersArePractices }));
                for (const { whole, parts } of additiveRelations(cells, indicators)) {
                    const hidden = [whole, ...parts].filter((place) => shown[place]?.state === "suppressed");
                    expect(hidden).not.toHaveLength(1);
                }
                shown.forEach((cell, place) => {
                    const before = cells[place] as MartCell;
                    const indicator = indicators.get(before.indicator);
                    if (cell.state === "suppressed") expect(cell.numerator ?? cell.value ?? cell.low).toBeNull();
                    else if (indicator) expect(primaryReason(before, indicator, 10)).toBeNull();
                    if (cell.shown === "percent")
                        expect(cell.numerator ?? cell.denominator ?? cell.low ?? cell.high).toBeNull();
                });
            }),
            { numRuns: runs },
        );
    });
});

function regionIndicators() {
    return new Map([
        ["pop_ingeschreven", measured("populatie", { id: "pop_ingeschreven", wholeGroup: true })],
        ["pop_copd", measured("populatie", { id: "pop_copd" })],
        ["dm_hba1c_gemeten", measured("proces", { id: "dm_hba1c_gemeten" })],
        ["dm_hba1c_tm53", measured("uitkomst", { id: "dm_hba1c_tm53" })],
        ["gli_verwijzingen", measured("beweging", { id: "gli_verwijzingen", maat: "aantal", soort: "stroom" })],
        ["prk_leden", measured("praktijk", { id: "prk_leden", soort: "praktijk" })],
    ]);
}
