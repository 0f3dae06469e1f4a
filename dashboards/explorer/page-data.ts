import type { Indicator, Level } from "../data.ts";

/** What the script needs of an indicator to write its values. */
const NEEDED = ["id", "titel", "maat", "schaal", "soort", "klasse", "beter"] as const;

type LeanIndicator = Pick<Indicator, (typeof NEEDED)[number]>;

/** What the page hands to its script: names and measures. Figures come from the Arrow file only. */
export interface PageData {
    /** Paths of the audience's downloads. */
    arrow: string;
    csv: string;
    indicators: LeanIndicator[];
    /** Names of groups, in the register's order. */
    names: { level: Level; id: string; name: string }[];
    publication: { id: string; peildatum: string | null; demo: boolean };
}

/** The needed part of an indicator, for the page to hand over. */
export function lean(indicator: Indicator): LeanIndicator {
    return Object.fromEntries(NEEDED.map((name) => [name, indicator[name]])) as unknown as LeanIndicator;
}

/** An indicator as the parts of a page take it; the texts of its definition stand on its own page. */
export function whole(indicator: LeanIndicator): Indicator {
    const none = { vraag: null, waarom: null, teller: null, noemer: null, uitsluitingen: null, strata: null };
    const nobody = { bron: null, referentie: null, auteur: null, gecontroleerd: null, herzien: null, opnieuw: null };
    const rest = { bronnen: [], venster: null, thema: null, vakgroep: null, aanpak: null, bevestigd: false };
    return { ...none, ...nobody, ...rest, recept: [], voorbeelden: [], queryHash: null, ...indicator };
}
