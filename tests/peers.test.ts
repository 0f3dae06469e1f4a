import { describe, expect, it } from "vitest";
import { peerFigures, practiceLabel } from "../pipelines/publish/peers.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { figure, measured } from "./support/cells.ts";

const indicators = new Map([["proef", measured("uitkomst")]]);
const practice = (id: string, numerator: number, denominator: number) =>
    figure({ level: "practice", id, numerator, denominator });

describe("peerFigures", () => {
    it("shows practices as whole percents and leaves the small ones out", () => {
        const cells = [
            practice("a", 20, 60),
            practice("b", 30, 61),
            practice("c", 40, 90),
            practice("d", 45, 99),
            practice("e", 9, 60),
        ];
        const { shown, suppressed } = peerFigures(cells, indicators, DEFAULT_THRESHOLDS);
        expect(shown.map(({ percent }) => percent)).toEqual([33, 49, 44, 45]);
        expect(suppressed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual(["e: teller_te_klein"]);
    });

    it("shows no strip of fewer than four practices", () => {
        const cells = [practice("a", 20, 60), practice("b", 30, 61), practice("c", 40, 90)];
        const { shown, suppressed } = peerFigures(cells, indicators, DEFAULT_THRESHOLDS);
        expect(shown).toEqual([]);
        expect(suppressed.map(({ reason }) => reason)).toEqual(Array(3).fill("te_weinig_praktijken"));
    });

    it("shows no counts, strata, facts about practices or whole groups as a percent", () => {
        const cells = ["a", "b", "c", "d"].map((id) => practice(id, 30, 60));
        for (const indicator of [
            measured("beweging", { maat: "aantal" }),
            measured("praktijk", { soort: "praktijk" }),
            measured("populatie", { wholeGroup: true }),
        ]) {
            expect(peerFigures(cells, new Map([["proef", indicator]]), DEFAULT_THRESHOLDS).shown).toEqual([]);
        }
        const strata = cells.map((cell) => ({ ...cell, stratum: "jonger" }));
        expect(peerFigures(strata, indicators, DEFAULT_THRESHOLDS).shown).toEqual([]);
    });
});

describe("practiceLabel", () => {
    const key = Buffer.from("sleutel");

    it("changes with the publication, the practice and the key, and does not hold the AGB code", () => {
        const label = practiceLabel(key, "p1", "01053293");
        expect(practiceLabel(key, "p1", "01053293")).toBe(label);
        const others = [
            practiceLabel(key, "p2", "01053293"),
            practiceLabel(key, "p1", "01053294"),
            practiceLabel(Buffer.from("x"), "p1", "01053293"),
        ];
        expect(new Set([label, ...others]).size).toBe(4);
        expect(label).not.toContain("01053293");
    });
});
