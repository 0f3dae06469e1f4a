import { describe, expect, it } from "vitest";
import { audienceKinds } from "../pipelines/publish/audience.ts";
import { newestPeriods, publishableFigures } from "../pipelines/publish/audience-view.ts";
import { restrictedCatalogue } from "../pipelines/publish/bundle.ts";
import { practicesWithPage } from "../pipelines/publish/catalogue.ts";
import { protectReaders } from "../pipelines/publish/reader-groups.ts";
import { loadSolver } from "../pipelines/worlds/solver.ts";
import { agbOf, catalogueOf, publishedValuesOf, SMALL_REGION, valuesOf } from "./support/marts.ts";
import { NOTHING_EARLIER } from "./support/publications.ts";

describe("audiences", () => {
    it("are the files of their folder", async () => {
        const kinds = (await audienceKinds()).map(({ kind }) => kind);
        expect(kinds).toEqual([
            "adviseur",
            "beheer",
            "coalitie",
            "gemeente",
            "hagro",
            "openbaar",
            "praktijk",
            "vakgroep",
        ]);
    });

    it("see levels and periods as disclosure.md lists them", async () => {
        const levels = Object.fromEntries((await audienceKinds()).map(({ kind, levels: seen }) => [kind, seen]));
        const [month, quarter, year] = ["month", "quarter", "year"];
        expect(levels).toMatchObject({
            coalitie: { region: [month, quarter, year], area: [quarter, year], organisation: [quarter, year] },
            gemeente: { region: [quarter, year], area: [quarter, year] },
            vakgroep: { region: [month, quarter, year], area: [quarter, year], hagro: [quarter, year] },
            praktijk: { region: [quarter, year], area: [quarter, year], hagro: [quarter, year] },
            hagro: { region: [quarter, year], area: [quarter, year], hagro: [quarter, year] },
            adviseur: { region: [quarter, year], area: [quarter, year], hagro: [quarter, year] },
            beheer: {},
            openbaar: {},
        });
    });

    it("share one system of suppression, so that two bundles together tell no more, of whichever two tables one sits at", async () => {
        const kinds = await audienceKinds();
        const figures = publishableFigures(catalogueOf(SMALL_REGION), publishedValuesOf(SMALL_REGION));
        const { groups } = protectReaders(figures, kinds, NOTHING_EARLIER, await loadSolver());
        const names = Object.fromEntries(
            groups.map(({ readers, kinds: alike }) => [readers, alike.map((one) => one.kind)]),
        );
        expect(names).toMatchObject({
            lezers: ["adviseur", "coalitie", "gemeente", "hagro", "openbaar", "praktijk", "vakgroep"],
            beheerder: ["beheer"],
        });
        const everybody = groups.find(({ readers }) => readers === "lezers");
        const levels = new Set(everybody?.protected.cells.map(({ level }) => level));
        expect(levels).toEqual(new Set(["region", "organisation", "area", "hagro"]));
    });

    it("of a municipality see its own area only", async () => {
        const gemeente = (await audienceKinds()).find(({ kind }) => kind === "gemeente");
        const catalogue = catalogueOf(SMALL_REGION);
        const own = gemeente?.audiences(catalogue).find(({ id }) => id === "gemeente/rozenburg");
        if (!gemeente || !own) throw new Error("geen gemeente in de proef");
        const sees = (level: "region" | "area", id: string) => gemeente.seesGroup?.(own, catalogue, level, id);
        expect([sees("area", "rozenburg"), sees("region", "regio")]).toEqual([true, true]);
        expect([sees("area", "nissewaard"), sees("area", "elders")]).toEqual([false, false]);
        const areas = restrictedCatalogue(catalogue, gemeente, own).areas.map(({ id }) => id);
        expect(areas).toEqual(["rozenburg"]);
    });

    it("get whole quarters and years only", () => {
        const shape = { ...SMALL_REGION, months: { from: "2022-01", to: "2022-08" } };
        const { groupCells } = publishableFigures(catalogueOf(shape), valuesOf(shape));
        const periods = new Set(groupCells.map(({ period }) => period).filter((period) => period.includes("Q")));
        expect([...periods].sort()).toEqual(["2022-Q1", "2022-Q2"]);
        expect(groupCells.some(({ period }) => period === "2022")).toBe(false);
    });
});

describe("practicesWithPage", () => {
    it("are the members of the last day and all who ever delivered", () => {
        const catalogue = catalogueOf(SMALL_REGION);
        const [leaver, late, gone] = catalogue.practices;
        if (leaver && late && gone) {
            leaver.left = "2022-06-01";
            late.joined = "2023-06-01";
            gone.left = "2022-06-01";
        }
        catalogue.coverage = [{ practice: agbOf(0) }];
        const pages = practicesWithPage(catalogue).map(({ id }) => id);
        expect(pages).toContain(agbOf(0));
        expect(pages).not.toContain(agbOf(1));
        expect(pages).not.toContain(agbOf(2));
        expect(pages).toHaveLength(SMALL_REGION.practices - 2);
    });
});

describe("newestPeriods", () => {
    it("takes as many of the newest as asked, per kind", () => {
        const periods = ["2022", "2022-Q3", "2022-Q4", "2022-12", "2023-Q1"];
        expect(newestPeriods(periods, { quarter: 2, year: 1 })).toEqual(new Set(["2023-Q1", "2022-Q4", "2022"]));
    });
});
