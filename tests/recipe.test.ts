import { tmpdir } from "node:os";
import { beforeAll, describe, expect, it } from "vitest";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { readQueries } from "../pipelines/query.ts";
import { type Indicator, readIndicator } from "../pipelines/refresh/indicator.ts";
import { type ConceptCode, type ConditionCode, searchRecipe } from "../pipelines/refresh/recipe.ts";

const concepts: ConceptCode[] = [
    { concept: "hba1c", nhg_number: 2816, title: "HbA1c" },
    { concept: "hba1c", nhg_number: 3266, title: "HbA1c" },
    { concept: "inhalatietechniek", nhg_number: 1608, title: "inhalatietechniek" },
];
const conditions: ConditionCode[] = [
    { condition: "dm2", icpc: "T90.02", is_excluded: false, title: "diabetes mellitus type 2" },
    { condition: "astma", icpc: "R96", is_excluded: false, title: "astma" },
    { condition: "astma", icpc: "R96.01", is_excluded: true, title: "astma" },
];

const example: Indicator = {
    id: "dm_hba1c_gemeten",
    titel: "HbA1c gemeten",
    vraag: "Bij welk deel?",
    waarom: "Omdat.",
    teller: "Patiënten uit de noemer met een HbA1c in het venster.",
    noemer: "Vast ingeschreven, 18 jaar of ouder, minstens 12 maanden in het DM2-programma.",
    uitsluitingen: "Passanten; wie de specialist als hoofdbehandelaar heeft.",
    maat: "aandeel",
    soort: "stand",
    klasse: "proces",
    gebied: "patiënt",
    bronnen: ["HIS", "VIPLive"],
    venster: 12,
    beter: "hoger",
    thema: 30,
    vakgroep: "diabetes-cvrm",
    aandoeningen: ["dm2"],
    begrippen: ["hba1c"],
    strata: null,
    jaarcijfer: "",
    bron: "HIS",
    referentie: "NHG",
    bevestigd: true,
    auteur: "Regiospiegel",
    gecontroleerd: "nog niet",
    herzien: "2026-11-22",
    opnieuw: "2027-11-22",
    aanpak: "",
};
const recipe = (changes: Partial<Indicator>): string[] =>
    searchRecipe({ ...example, ...changes }, concepts, conditions);

describe("het zoekrecept", () => {
    it("says who, what and whom one is looking for, in the order of a search", () => {
        expect(recipe({})).toEqual([
            "Kies vast ingeschreven patiënten (geen passanten).",
            "Noemer: Vast ingeschreven, 18 jaar of ouder, minstens 12 maanden in het DM2-programma.",
            "Uitsluitingen: Passanten; wie de specialist als hoofdbehandelaar heeft.",
            "Met een actieve episode T90.02 (diabetes mellitus type 2).",
            "Zonder uitslag van HbA1c (NHG-nummer 2816, 3266) in de laatste 12 maanden: deze patiënten ontbreken in de teller.",
            "Teller: Patiënten uit de noemer met een HbA1c in het venster.",
            "Gezocht: wie aan de noemer voldoet en niet aan de teller.",
            "Wat hier van VIPLive komt (programma, zorgplan, gesprek), staat niet in elk HIS: zoek dat in VIPLive.",
        ]);
    });

    it("names the codes that a condition leaves out", () => {
        expect(recipe({ aandoeningen: ["astma"] })).toContain("Met een actieve episode R96 (astma), zonder R96.01.");
    });

    it("looks at the latest value for an outcome, and seeks those in the numerator where lower is better", () => {
        const lines = recipe({ klasse: "uitkomst", beter: "lager" });
        expect(lines).toContain(
            "Kijk naar de laatste uitslag van HbA1c (NHG-nummer 2816, 3266) in de laatste 12 maanden.",
        );
        expect(lines).toContain("Gezocht: wie aan de noemer én aan de teller voldoet.");
    });

    it("seeks nobody where neither direction is better", () => {
        expect(recipe({ beter: "geen" }).filter((line) => line.startsWith("Gezocht"))).toEqual([]);
    });

    it("names the window itself where no value does", () => {
        expect(recipe({ begrippen: [], venster: 60 })).toContain(
            "Het venster is de laatste 60 maanden, tot en met de peildag.",
        );
        expect(recipe({ begrippen: [], venster: null }).filter((line) => line.includes("venster is"))).toEqual([]);
    });

    it("asks of a flow that the patient was registered on the day itself, and does not send to VIPLive for a HIS count", () => {
        const lines = recipe({
            soort: "stroom",
            maat: "aantal",
            klasse: "beweging",
            bronnen: ["HIS"],
            aandoeningen: [],
            begrippen: [],
            venster: null,
        });
        expect(lines[0]).toBe(
            "Kies vast ingeschreven patiënten (geen passanten); een gebeurtenis telt als de patiënt die dag was ingeschreven.",
        );
        expect(lines.join(" ")).not.toContain("VIPLive");
        expect(lines).toHaveLength(4);
    });

    it.each<[string, Partial<Indicator>]>([
        ["a fact of a practice", { gebied: "praktijk", klasse: "praktijk", bronnen: ["bureau"] }],
        ["a count of the region", { gebied: "regio", klasse: "bureau", bronnen: ["bureau"] }],
        ["a consultation, which the HIS does not hold", { klasse: "bureau" }],
    ])("is empty for %s", (_title, changes) => {
        expect(recipe(changes)).toEqual([]);
    });
});

describe("de recepten van alle indicatoren", async () => {
    const queries = await readQueries();
    const indicators = [...queries.values()].filter((query) => query.layer === "indicators").map(readIndicator);
    let known: { concepts: ConceptCode[]; conditions: ConditionCode[] };
    beforeAll(async () => {
        const engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: tmpdir() });
        try {
            const rows = async <T>(id: string): Promise<T[]> => (await engine.rows(queries.get(id)?.body ?? "")) as T[];
            known = { concepts: await rows("stg_concepts"), conditions: await rows("stg_conditions") };
        } finally {
            await engine.close();
        }
    });
    const textOf = (id: string): string => {
        const indicator = indicators.find((candidate) => candidate.id === id);
        return indicator ? searchRecipe(indicator, known.concepts, known.conditions).join("\n") : "";
    };

    it("use only concepts and conditions that have codes", () => {
        const unknown = indicators.flatMap((indicator) => [
            ...indicator.begrippen.filter((id) => !known.concepts.some((row) => row.concept === id)),
            ...indicator.aandoeningen.filter((id) => !known.conditions.some((row) => row.condition === id)),
        ]);
        expect(unknown).toEqual([]);
    });

    it("exist for every indicator over patients of the HIS, and for no other", () => {
        const searchable = indicators.filter(
            ({ gebied, klasse, bronnen }) => gebied === "patiënt" && klasse !== "bureau" && bronnen.includes("HIS"),
        );
        expect(indicators.filter(({ id }) => textOf(id) !== "").map(({ id }) => id)).toEqual(
            searchable.map(({ id }) => id),
        );
    });

    it.each([
        ["copd_inhalatietechniek", ["R03", "R95", "1608", "40 jaar", "COPD-programma", "12 maanden"]],
        ["astma_inhalatietechniek", ["R03", "zonder R96.01", "16 jaar"]],
        ["hvz_antitrombotica", ["B01A", "K90.02", "venster is de laatste 12 maanden"]],
        ["hvz_ldl_onder18", ["jonger dan 70 jaar", "1,8", "542, 2683, 3854"]],
        ["vrm_risicocategorie", ["3953", "60 maanden", "K86, K87, T93"]],
        ["oud_acp_his", ["A20"]],
        ["wor_verwijzingen", ["welzijn op recept"]],
    ])("of %s hold every condition of the definition", (id, words) => {
        const text = textOf(id);
        expect(words.filter((word) => !text.includes(word))).toEqual([]);
    });
});
