import { describe, expect, it } from "vitest";
import type { Klasse } from "../pipelines/publish/cell.ts";
import { DEFAULT_THRESHOLDS, primaryReason, type SuppressionReason } from "../pipelines/publish/primary-suppression.ts";
import { figure, measured } from "./support/cells.ts";

const shown = null;

describe("primaryReason", () => {
    // disclosure.md rule 2, one line per sentence of it.
    it.each<[Klasse, number, number | null, SuppressionReason | null, string]>([
        ["proces", 3, 10, shown, "a denominator of 10 is enough, however few were done"],
        ["proces", 9, 9, "noemer_te_klein", "a denominator of 9 is not"],
        ["proces", 0, 50, shown, "nobody measured is shown as zero"],
        ["uitkomst", 10, 20, shown, "numerator and rest both 10"],
        ["uitkomst", 9, 50, "teller_te_klein", "numerator 9"],
        ["uitkomst", 41, 50, "rest_te_klein", "rest 9"],
        ["uitkomst", 0, 50, "teller_te_klein", "a zero is not shown"],
        ["populatie", 10, 20, shown, "count and rest both 10"],
        ["populatie", 9, 5_000, "teller_te_klein", "count 9"],
        ["populatie", 0, 5_000, "teller_te_klein", "a zero is not shown"],
        ["populatie", 4_995, 5_000, "rest_te_klein", "rest 5"],
        ["beweging", 10, 5_000, shown, "count 10"],
        ["beweging", 9, 5_000, "teller_te_klein", "count 9"],
        ["beweging", 0, 5_000, shown, "a zero is shown"],
        ["beweging", 12, 15, "rest_te_klein", "rest 3"],
        ["praktijk", 1, 1, shown, "facts about practices are shown as they are"],
        ["bureau", 2, null, shown, "the bureau's counts are shown as they are"],
    ])("%s %i of %s: %s (%s)", (klasse, numerator, denominator, reason) => {
        const cell = figure({ numerator, denominator });
        expect(primaryReason(cell, measured(klasse), DEFAULT_THRESHOLDS.fewestPatients)).toBe(reason);
    });

    it("asks no rest of the group where the group itself is counted", () => {
        const cell = figure({ numerator: 5_000, denominator: 5_000 });
        expect(primaryReason(cell, measured("populatie", { wholeGroup: true }), 10)).toBeNull();
    });

    it("asks no rest of a ratio, whose numerator may exceed its denominator", () => {
        const cell = figure({ numerator: 20_000, denominator: 5_000 });
        expect(primaryReason(cell, measured("beweging", { maat: "ratio" }), 10)).toBeNull();
    });

    it("has nothing to hide where nothing was delivered", () => {
        const cell = figure({ numerator: null, denominator: null, state: "not_delivered" });
        expect(primaryReason(cell, measured("uitkomst"), 10)).toBeNull();
    });
});
