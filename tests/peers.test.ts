import { describe, expect, it } from "vitest";
import { mayBePeer, practiceLabel } from "../pipelines/publish/peers.ts";
import { figure, measured } from "./support/cells.ts";

const practice = (given = {}) => figure({ level: "practice", id: "a", numerator: 20, denominator: 60, ...given });

describe("mayBePeer", () => {
    it("is a share of a practice's patients", () => {
        expect(mayBePeer(practice(), measured("uitkomst"))).toBe(true);
    });

    it("is no count, stratum, fact about practices or whole group", () => {
        for (const indicator of [
            measured("beweging", { maat: "aantal" }),
            measured("praktijk", { soort: "praktijk" }),
            measured("populatie", { wholeGroup: true }),
        ]) {
            expect(mayBePeer(practice(), indicator)).toBe(false);
        }
        expect(mayBePeer(practice({ stratum: "jonger" }), measured("uitkomst"))).toBe(false);
        expect(mayBePeer(practice({ state: "not_delivered", numerator: null }), measured("uitkomst"))).toBe(false);
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
