import { describe, expect, it } from "vitest";
import type { Cell } from "../pipelines/publish/cell.ts";
import { reconcile } from "../pipelines/publish/reconciliation.ts";
import { exactCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { CONTRADICTIONS, PRINTED_FIGURES } from "../pipelines/reconciliation/annual-report-2022.ts";
import { figure } from "./support/cells.ts";

const cell = (indicator: string, period: string, numerator: number, given: Partial<Cell> = {}): Cell => ({
    ...exactCell(figure({ indicator, period, level: "region", id: "regio", numerator, denominator: null })),
    ...given,
});
const rowOf = (id: string, cells: Cell[]) => reconcile(cells).find((row) => row.id === id);

describe("reconcile", () => {
    it("calls a computed figure equal when it is printed the same", () => {
        expect(rowOf("pop_ingeschreven", [cell("pop_ingeschreven", "2022-12", 130_782)])).toMatchObject({
            printed: "130.782",
            computed: 130_782,
            equal: true,
        });
        expect(rowOf("pop_ingeschreven", [cell("pop_ingeschreven", "2022-12", 130_781)])?.equal).toBe(false);
    });

    it("takes the stratum, the area and the month it names", () => {
        const cells = [
            cell("personeel", "2022-12", 241, {}),
            cell("personeel", "2022-12", 38, { stratum: "POH-S" }),
            cell("gli_verwijzingen", "2022", 81, { level: "area", id: "voorne-aan-zee" }),
            cell("prk_leden", "2023-01", 36),
        ];
        expect(rowOf("personeel-poh-s", cells)?.computed).toBe(38);
        expect(rowOf("gli-voorne-aan-zee", cells)?.equal).toBe(true);
        expect(rowOf("leden-2023", cells)?.equal).toBe(true);
    });

    it("leaves Rozenburg out of the portal's share", () => {
        const portal = (id: string, numerator: number, denominator: number) =>
            cell("portaal_gebruik", "2022", numerator, { level: "area", id, denominator });
        const cells = [
            portal("nissewaard", 1_000, 6_000),
            portal("voorne-aan-zee", 620, 4_000),
            portal("rozenburg", 900, 1_000),
        ];
        expect(rowOf("portaal", cells)).toMatchObject({ computed: "16,2%", equal: true });
    });

    it("adds the consultations of an advisor, and says nothing where none are known", () => {
        const cells = [cell("consultaties_bij", "2022", 35, { stratum: "SO" })];
        expect(rowOf("geraadpleegd-so", cells)).toMatchObject({ computed: 35, equal: true });
        expect(rowOf("geraadpleegd-so", [])).toMatchObject({ computed: null, equal: false });
    });

    it("tells no more than the audience sees", () => {
        const hidden = suppressedCell(
            figure({ indicator: "pop_copd_programma", level: "region", id: "regio", period: "2022-12" }),
        );
        expect(rowOf("pop_copd_programma", [hidden])).toMatchObject({ computed: "niet getoond", equal: false });
    });

    it("holds the report's own sums: referrals, consultations, trainings and participants", () => {
        const printed = (prefix: string) =>
            PRINTED_FIGURES.filter(({ id }) => id.startsWith(prefix)).map((row) =>
                Number(row.printed.replace(".", "")),
            );
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
        expect(sum(printed("scholingen-"))).toBe(73);
        expect(sum(printed("deelnemers-"))).toBe(848);
        expect(sum(printed("consultaties-"))).toBe(206);
        expect(sum(printed("geraadpleegd-"))).toBe(206);
        expect(sum(printed("gli-"))).toBe(2 * 357);
    });

    it("has one row per figure, and names the contradictions", () => {
        const ids = PRINTED_FIGURES.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(CONTRADICTIONS.map(({ finding }) => finding).join(" ")).toMatch(/204.*161\.991.*110%.*78/);
    });
});
