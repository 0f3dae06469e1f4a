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

/** Lines in Dutch; empty when the indicator is not about patients that a HIS search can find. */
export function searchRecipe(indicator: Indicator, concepts: ConceptCode[], conditions: ConditionCode[]): string[] {
    if (indicator.gebied !== "patiënt" || indicator.aandoeningen.length + indicator.begrippen.length === 0) return [];
    const lines = ["Kies vast ingeschreven patiënten (geen passanten)."];
    for (const id of indicator.aandoeningen) {
        const codes = conditions.filter((row) => row.condition === id);
        const included = codes.filter((row) => !row.is_excluded).map((row) => row.icpc);
        const excluded = codes.filter((row) => row.is_excluded).map((row) => row.icpc);
        const except = excluded.length > 0 ? `, zonder ${excluded.join(", ")}` : "";
        lines.push(`Met een actieve episode ${included.join(", ")} (${codes[0]?.title ?? id})${except}.`);
    }
    for (const id of indicator.begrippen) {
        const codes = concepts.filter((row) => row.concept === id);
        const numbers = codes.map((row) => row.nhg_number).join(", ");
        const window = indicator.venster ? ` in de laatste ${indicator.venster} maanden` : "";
        lines.push(
            indicator.klasse === "proces"
                ? `Zonder uitslag van ${codes[0]?.title ?? id} (NHG-nummer ${numbers})${window}: deze patiënten ontbreken in de teller.`
                : `Kijk naar de laatste uitslag van ${codes[0]?.title ?? id} (NHG-nummer ${numbers})${window}.`,
        );
    }
    lines.push(`Teller: ${indicator.teller}`);
    return lines;
}
