import { inWords, type Subject } from "./claim.ts";

/** What the intruder found; `kind` says which rule was broken. */
export type FindingKind =
    | "herleidbaar"
    | "onbeslist"
    | "te-precies"
    | "andermans"
    | "onjuist"
    | "verraden"
    | "onleesbaar";

export interface Finding {
    kind: FindingKind;
    /** Who could read it. */
    audience: string;
    /** Where it was read, in the publication; empty when it follows from several files together. */
    file: string;
    subject: Subject | null;
    /** Which count, or which number in which sentence; never its value. */
    detail: string;
}

const SENTENCES: Record<FindingKind, string> = {
    herleidbaar: "een beschermde telling is terug te brengen tot minder dan 6 mogelijke waarden",
    onbeslist: "het is niet gelukt te bewijzen dat een beschermde telling 6 waarden houdt",
    "te-precies": "er staat meer dan een heel percentage, terwijl niet meer getoond mag worden",
    andermans: "dit cijfer is niet voor deze doelgroep",
    onjuist: "dit cijfer past niet bij de uitkomsten",
    verraden: "een tekst of tekening zegt een cijfer dat verborgen hoort te zijn",
    onleesbaar: "dit bestand kan de aanvaller niet lezen, en wat niet gelezen kan worden is niet veilig",
};

/** One sentence for a person; it names the figure and the file, never a count. */
export function findingSentence({ kind, audience, file, subject, detail }: Finding): string {
    const about = subject ? `${inWords(subject)}: ` : "";
    const where = file === "" ? "" : ` (${file})`;
    return `${audience}: ${about}${SENTENCES[kind]}${detail === "" ? "" : ` [${detail}]`}${where}.`;
}
