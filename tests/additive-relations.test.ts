import { describe, expect, it } from "vitest";
import { additiveRelations } from "../pipelines/publish/additive-relations.ts";
import type { MartCell } from "../pipelines/publish/cell.ts";
import { figure, measured } from "./support/cells.ts";

/** Relations spelled with the cells' names, sorted. */
function spelled(cells: readonly MartCell[], indicator = measured("beweging", { soort: "stroom" })): string[] {
    const name = (place: number) => {
        const cell = cells[place];
        return [cell?.id, cell?.stratum, cell?.period].filter(Boolean).join(" ");
    };
    return additiveRelations(cells, new Map([[indicator.id, indicator]]))
        .map(({ whole, parts }) => `${name(whole)} = ${parts.map(name).join(" + ")}`)
        .sort();
}
const region = (given: Partial<MartCell>) => figure({ level: "region", id: "regio", denominator: null, ...given });
const area = (id: string, numerator: number) => figure({ id, numerator, denominator: null });

describe("additiveRelations", () => {
    it("adds areas with elders up to the region", () => {
        const cells = [region({ numerator: 60 }), area("nissewaard", 40), area("rozenburg", 15), area("elders", 5)];
        expect(spelled(cells)).toEqual(["regio 2024 = nissewaard 2024 + rozenburg 2024 + elders 2024"]);
    });

    it("adds strata up to the whole", () => {
        const cells = [
            region({ numerator: 60 }),
            region({ numerator: 50, stratum: "volwassen" }),
            region({ numerator: 10, stratum: "kind" }),
        ];
        expect(spelled(cells)).toEqual(["regio 2024 = regio volwassen 2024 + regio kind 2024"]);
    });

    it("adds the months of a flow to the quarter, and quarters to the year", () => {
        const cells = [
            region({ numerator: 9, period: "2024-Q1" }),
            region({ numerator: 4, period: "2024-01" }),
            region({ numerator: 3, period: "2024-02" }),
            region({ numerator: 2, period: "2024-03" }),
            region({ numerator: 29, period: "2024" }),
            region({ numerator: 20, period: "2024-Q2" }),
        ];
        expect(spelled(cells)).toEqual([
            "regio 2024 = regio 2024-Q1 + regio 2024-Q2",
            "regio 2024-Q1 = regio 2024-01 + regio 2024-02 + regio 2024-03",
        ]);
    });

    it("knows that a stock's year is its last quarter", () => {
        const stock = measured("populatie");
        const quarters = [50, 51, 52, 53].map((numerator, index) =>
            region({ numerator, period: `2024-Q${index + 1}` }),
        );
        expect(spelled([region({ numerator: 53 }), ...quarters], stock)).toEqual(["regio 2024 = regio 2024-Q4"]);
    });

    it("makes no sum of figures that do not add up, and none of facts about practices", () => {
        expect(spelled([region({ numerator: 60 }), area("nissewaard", 40)])).toEqual([]);
        expect(spelled([region({ numerator: 40 }), area("nissewaard", 40)], measured("bureau"))).toEqual([]);
    });
});
