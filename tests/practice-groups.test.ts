import { describe, expect, it } from "vitest";
import { groupReason, practiceGroups, withoutOwnReason } from "../pipelines/publish/practice-groups.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { figure, measured } from "./support/cells.ts";

/** Practices of one hagro and one area with these numerators and denominators. */
function groupsOf(figures: readonly (readonly [number, number])[]) {
    const ids = figures.map((_, index) => `practice-${index}`);
    const places = ids.map((id) => ({ id, hagro: "noord", area: "nissewaard", organisation: "Cohaesie" }));
    const cells = figures.map(([numerator, denominator], index) =>
        figure({ level: "practice", id: ids[index] ?? "", numerator, denominator }),
    );
    return practiceGroups(cells, places);
}
const hagro = (denominator: number) => figure({ level: "hagro", id: "noord", numerator: denominator / 2, denominator });
const area = (denominator: number, numerator = denominator / 2) => figure({ numerator, denominator });

describe("groupReason", () => {
    const four = groupsOf([
        [20, 40],
        [20, 40],
        [20, 40],
        [20, 40],
    ]);
    const three = groupsOf([
        [20, 40],
        [20, 40],
        [20, 40],
    ]);

    it("shows a quality figure over four practices", () => {
        expect(groupReason(hagro(160), measured("proces"), four, DEFAULT_THRESHOLDS)).toBeNull();
        expect(groupReason(area(160), measured("uitkomst"), four, DEFAULT_THRESHOLDS)).toBeNull();
    });

    it("hides a quality figure over three practices", () => {
        expect(groupReason(hagro(120), measured("proces"), three, DEFAULT_THRESHOLDS)).toBe("te_weinig_praktijken");
        expect(groupReason(area(120), measured("uitkomst"), three, DEFAULT_THRESHOLDS)).toBe("te_weinig_praktijken");
    });

    it("hides a quality figure of which one practice has more than 60 %", () => {
        const uneven = groupsOf([
            [80, 161],
            [20, 40],
            [20, 40],
            [14, 27],
        ]);
        expect(groupReason(hagro(268), measured("proces"), uneven, DEFAULT_THRESHOLDS)).toBe("een_praktijk_overheerst");
        expect(groupReason(hagro(269), measured("proces"), uneven, DEFAULT_THRESHOLDS)).toBeNull();
    });

    it("does not count a practice without a denominator", () => {
        const idle = groupsOf([
            [20, 40],
            [20, 40],
            [20, 40],
            [0, 0],
        ]);
        expect(groupReason(hagro(120), measured("proces"), idle, DEFAULT_THRESHOLDS)).toBe("te_weinig_praktijken");
    });

    it("exempts counts by the patients' municipality, and no count of a hagro", () => {
        expect(groupReason(area(120), measured("beweging"), three, DEFAULT_THRESHOLDS)).toBeNull();
        expect(groupReason(area(120), measured("populatie"), three, DEFAULT_THRESHOLDS)).toBeNull();
        expect(groupReason(hagro(120), measured("beweging"), three, DEFAULT_THRESHOLDS)).toBe("te_weinig_praktijken");
    });

    it("leaves facts about practices alone", () => {
        expect(groupReason(hagro(120), measured("praktijk"), three, DEFAULT_THRESHOLDS)).toBeNull();
    });
});

describe("withoutOwnReason", () => {
    const readers = ["practice-0", "practice-1", "practice-2"].map((id) => new Set([id]));
    const groups = groupsOf([
        [40, 400],
        [8, 300],
        [0, 300],
    ]);

    it("hides a figure that leaves too little when a reader takes its own off", () => {
        const cell = area(1_000, 48);
        expect(withoutOwnReason(cell, measured("populatie"), groups, DEFAULT_THRESHOLDS, readers)).toBe(
            "rest_zonder_eigen_te_klein",
        );
    });

    it("shows it when enough is left", () => {
        expect(
            withoutOwnReason(area(1_000, 50), measured("populatie"), groups, DEFAULT_THRESHOLDS, readers),
        ).toBeNull();
    });

    it("leaves a rest that many practices share to what can be worked out of it", () => {
        const many = groupsOf([[40, 400], [8, 300], ...Array.from({ length: 3 }, () => [0, 300] as const)]);
        expect(withoutOwnReason(area(1_000, 48), measured("populatie"), many, DEFAULT_THRESHOLDS, readers)).toBeNull();
    });

    it("shows a known zero of others for what practices do", () => {
        const alone = groupsOf([
            [40, 400],
            [0, 300],
        ]);
        expect(withoutOwnReason(area(700, 40), measured("beweging"), alone, DEFAULT_THRESHOLDS, readers)).toBeNull();
        expect(
            withoutOwnReason(area(700, 40), measured("populatie"), alone, DEFAULT_THRESHOLDS, readers),
        ).not.toBeNull();
    });

    it("takes off all practices that an adviser knows", () => {
        const several = [new Set(["practice-0", "practice-1"])];
        const region = figure({ level: "region", id: "regio", numerator: 55, denominator: 1_000 });
        expect(withoutOwnReason(region, measured("populatie"), groups, DEFAULT_THRESHOLDS, readers)).toBeNull();
        expect(withoutOwnReason(region, measured("populatie"), groups, DEFAULT_THRESHOLDS, several)).not.toBeNull();
    });
});
