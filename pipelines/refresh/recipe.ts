// The search recipe: how a practice finds the patients of an indicator in its own HIS. Generated, so that it cannot drift.
import type { Indicator } from "./indicator.ts";

export interface ConceptCode {
    concept: string;
    nhg_number: number;
    title: string;
}

export interface ConditionCode {
    condition: string;
    icpc: string;
    is_excluded: boolean;
    title: string;
}

/**
 * Lines in Dutch, in the order in which one searches: who (denominator, exclusions, episodes), what (values, numerator),
 * whom one is looking for. Empty when the indicator is not about patients that a HIS search can find: facts of
 * practices and region, and counts of the bureau.
 */
export function searchRecipe(indicator: Indicator, concepts: ConceptCode[], conditions: ConditionCode[]): string[] {
    if (!isSearchable(indicator)) return [];
    return [
        registeredLine(indicator),
        // programme, age and medication stand in words only: a HIS has no common query for them
        `Noemer: ${indicator.noemer}`,
        `Uitsluitingen: ${indicator.uitsluitingen}`,
        ...indicator.aandoeningen.map((id) => episodeLine(id, conditions)),
        ...indicator.begrippen.map((id) => valueLine(id, indicator, concepts)),
        ...windowLines(indicator),
        `Teller: ${indicator.teller}`,
        ...soughtLines(indicator),
        ...elsewhereLines(indicator),
    ];
}

function isSearchable(indicator: Indicator): boolean {
    return indicator.gebied === "patiënt" && indicator.klasse !== "bureau" && indicator.bronnen.includes("HIS");
}

function registeredLine(indicator: Indicator): string {
    return indicator.soort === "stroom"
        ? "Kies vast ingeschreven patiënten (geen passanten); een gebeurtenis telt als de patiënt die dag was ingeschreven."
        : "Kies vast ingeschreven patiënten (geen passanten).";
}

function episodeLine(id: string, conditions: ConditionCode[]): string {
    const codes = conditions.filter((row) => row.condition === id);
    const included = codes.filter((row) => !row.is_excluded).map((row) => row.icpc);
    const excluded = codes.filter((row) => row.is_excluded).map((row) => row.icpc);
    const except = excluded.length > 0 ? `, zonder ${excluded.join(", ")}` : "";
    return `Met een actieve episode ${included.join(", ")} (${codes[0]?.title ?? id})${except}.`;
}

function valueLine(id: string, indicator: Indicator, concepts: ConceptCode[]): string {
    const codes = concepts.filter((row) => row.concept === id);
    const title = codes[0]?.title ?? id;
    const numbers = `NHG-nummer ${codes.map((row) => row.nhg_number).join(", ")}`;
    const window = indicator.venster ? ` in de laatste ${indicator.venster} maanden` : "";
    return indicator.klasse === "proces"
        ? `Zonder uitslag van ${title} (${numbers})${window}: deze patiënten ontbreken in de teller.`
        : `Kijk naar de laatste uitslag van ${title} (${numbers})${window}.`;
}

/** Where no value line names the window, the words of numerator and denominator still lean on it. */
function windowLines(indicator: Indicator): string[] {
    if (!indicator.venster || indicator.begrippen.length > 0) return [];
    return [`Het venster is de laatste ${indicator.venster} maanden, tot en met de peildag.`];
}

function soughtLines(indicator: Indicator): string[] {
    if (indicator.maat !== "aandeel" || indicator.beter === "geen") return [];
    return indicator.beter === "hoger"
        ? ["Gezocht: wie aan de noemer voldoet en niet aan de teller."]
        : ["Gezocht: wie aan de noemer én aan de teller voldoet."];
}

function elsewhereLines(indicator: Indicator): string[] {
    return indicator.bronnen.includes("VIPLive")
        ? ["Wat hier van VIPLive komt (programma, zorgplan, gesprek), staat niet in elk HIS: zoek dat in VIPLive."]
        : [];
}
