import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grantOf } from "../pipelines/access/audience-path.ts";
import { pathNames } from "../pipelines/publish/path-names.ts";

describe("names for paths", () => {
    it("are what the register calls it, in small letters, digits and dashes", () => {
        expect([...pathNames(["Noord", "Hagro Spijkenisse (Oost)", "Coöperatie ’t Brielle", "hagro-1"])]).toEqual([
            ["Coöperatie ’t Brielle", "cooperatie-t-brielle"],
            ["Hagro Spijkenisse (Oost)", "hagro-spijkenisse-oost"],
            ["Noord", "noord"],
            ["hagro-1", "hagro-1"],
        ]);
    });

    it("tell two that would read alike apart, and call what has no letter nameless", () => {
        expect([...pathNames(["noord", "Noord", "NOORD!", "…"]).values()]).toEqual([
            "noord",
            "noord-2",
            "noord-3",
            "naamloos",
        ]);
    });

    it("differ, do not depend on order, and are names that access opens, whatever the register calls them", () => {
        fc.assert(
            fc.property(fc.uniqueArray(fc.string({ unit: "grapheme", maxLength: 90 }), { maxLength: 12 }), (names) => {
                const paths = pathNames(names);
                expect(new Set(paths.values()).size).toBe(names.length);
                expect(pathNames([...names].reverse())).toEqual(paths);
                for (const path of paths.values()) expect(grantOf(`hagro/${path}`)?.path).toBe(`/hagro/${path}/`);
            }),
        );
    });
});
