import type { Level } from "../publish/cell.ts";

/** What a figure is about. */
export interface Subject {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
}

/** A number as it stands in a file, and how precise it is: half of `step` to either side. */
export interface Printed {
    /** Kind of figure (a file of `figures/`). */
    kind: string;
    value: number;
    step: number;
    /** A whole percent of the denominator, whatever the scale of the figure. */
    isWholePercent?: boolean;
}

/** One figure that somebody reads in a file of a publication. */
export interface Claim {
    subject: Subject;
    /** As `subjectKey` writes the subject: written once, because one claim stands in the files of many audiences. */
    key: string;
    printed: Printed[];
    /** Zero, not delivered and not applicable are told apart from suppressed. */
    state: "value" | "zero" | "suppressed" | "not_delivered" | "not_applicable";
}

export function subjectKey({ indicator, stratum, level, id, period }: Subject): string {
    return `${indicator}\t${stratum ?? ""}\t${level}\t${id}\t${period}`;
}

/** The subject in words for a finding; a practice by its AGB code, never a figure. */
export function inWords({ indicator, stratum, level, id, period }: Subject): string {
    const words: Record<Level, string> = {
        practice: "praktijk",
        hagro: "hagro",
        area: "gebied",
        organisation: "organisatie",
        region: "regio",
    };
    const where = level === "region" ? "regio" : `${words[level]} ${id}`;
    return `${indicator}${stratum === null ? "" : ` (${stratum})`}, ${where}, ${period}`;
}

/** How far apart two neighbouring numbers are that are printed with as many decimals as this one. */
export function stepOf(text: string): number {
    const decimals = /[.,](\d+)$/.exec(text)?.[1]?.length ?? 0;
    return 10 ** -decimals;
}
