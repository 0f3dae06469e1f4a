import { describe, expect, it } from "vitest";
import { measuredIndicators, parseCatalogue } from "../pipelines/publish/catalogue.ts";
import { catalogueOf, SMALL_REGION } from "./support/marts.ts";

describe("catalogue", () => {
    it("keeps the fields of a definition that publishing does not read", () => {
        const [first] = catalogueOf(SMALL_REGION).indicators;
        const given = { ...catalogueOf(SMALL_REGION), indicators: [{ ...first, recept: ["ICPC T90.02"] }] };
        expect(parseCatalogue(given, "proef").indicators[0]).toMatchObject({ recept: ["ICPC T90.02"] });
    });

    it("names the file and the field that is not as expected", () => {
        const broken = { ...catalogueOf(SMALL_REGION), to: "juni" };
        expect(() => parseCatalogue(broken, "marts/x/catalogue.json")).toThrow(
            /marts\/x\/catalogue\.json.*'to'.*refresh/,
        );
    });

    it("knows the whole group by its definition, and no other", () => {
        const measured = measuredIndicators(catalogueOf(SMALL_REGION));
        expect([...measured.values()].filter(({ wholeGroup }) => wholeGroup).map(({ id }) => id)).toEqual([
            "pop_ingeschreven",
        ]);
    });
});
