// How changes are told on the command line.
import { type Cause, type Change, isComparable } from "./change.ts";
import { type BeforeAfter, type DefinitionReport, needsAcceptance } from "./definition-report.ts";
import type { Drift } from "./drift.ts";
import type { Summary } from "./summary.ts";

export const CAUSE_WORDS: Record<Cause, string> = {
    care: "zorg",
    membership: "lidmaatschap",
    ageing: "vergrijzing",
    moves: "in- en uitschrijving",
    correction: "correctie",
    layout: "andere indeling",
    definition: "definitie",
};

const LEVEL_WORDS = {
    practice: "praktijk",
    hagro: "hagro",
    area: "gebied",
    organisation: "organisatie",
    region: "regio",
} as const;

const STATE_WORDS: Record<Change["before"]["state"], string> = {
    value: "",
    zero: "",
    not_delivered: "niet geleverd",
    not_applicable: "n.v.t.",
    absent: "bestond niet",
};

const whole = new Intl.NumberFormat("nl-NL");
const signed = new Intl.NumberFormat("nl-NL", { signDisplay: "exceptZero" });

/** What happened to the sides as a whole: periods, practices, layouts. */
export function summaryLines(summary: Summary): string[] {
    const { before, now, newest, joined, left, relaid } = summary;
    const periods = newest.map(({ from, to }) => (from === to ? `${to} opnieuw` : `${from} tegen ${to}`));
    return [
        `Van uitgave ${before.release} (uitkomsten ${before.refresh}) naar uitgave ${now.release} (uitkomsten ${now.refresh}): ${periods.join(", ") || "geen heel kwartaal in beide"}.`,
        ...(joined.length > 0 ? [`Lid geworden: ${joined.join(", ")}.`] : []),
        ...(left.length > 0 ? [`Vertrokken: ${left.join(", ")}.`] : []),
        ...relaid.map(
            ({ practice, from, to }) => `Andere indeling: ${practice} levert nu ${to} in plaats van ${from}.`,
        ),
    ];
}

/** Levels of groups: a report that named every practice would be read by nobody. */
const GROUPS: readonly BeforeAfter["level"][] = ["region", "organisation", "area", "hagro"];

/** What changed in the definitions and what that does to the figures, before anything is published. */
export function definitionLines(report: DefinitionReport, levels: readonly BeforeAfter["level"][] = GROUPS): string[] {
    const lines = ["Definities zijn veranderd sinds de vorige publicatie."];
    for (const { query, layer, codes, lines: text, indicators } of report.queries) {
        const what = codes ?? text;
        lines.push(`  queries/${layer}/${query}.sql (${counted(indicators.length, "indicator", "indicatoren")})`);
        lines.push(...what.removed.map((line) => `    - ${line}`), ...what.added.map((line) => `    + ${line}`));
    }
    for (const { indicator, key, before, after } of report.headers)
        lines.push(`  ${indicator}: ${key} was ${before}, is ${after}`);
    if (report.rules) lines.push("  Hoe uitkomsten tot niveaus optellen (queries/marts/) is ook veranderd.");
    if (report.added.length > 0) lines.push(`  Nieuw: ${report.added.join(", ")}`);
    if (report.dropped.length > 0) lines.push(`  Vervallen: ${report.dropped.join(", ")}`);
    if (report.unmoved.length > 0)
        lines.push(
            `  Zonder gevolg voor enig cijfer: ${counted(report.unmoved.length, "indicator", "indicatoren")} (${report.unmoved.join(", ")})`,
        );
    if (!report.isRerun)
        lines.push(
            "  De oude definitie kan niet meer worden uitgerekend: correcties staan hieronder bij de definitie.",
        );
    for (const { indicator, restated, cells } of report.moved) {
        lines.push(`  ${indicator}: oude definitie -> nieuwe definitie, op dezelfde leveringen`);
        for (const cell of cells.filter((one) => levels.includes(one.level)))
            lines.push(
                `    ${LEVEL_WORDS[cell.level]} ${cell.id}${cell.stratum ? ` (${cell.stratum})` : ""} ${cell.period}: ${counts(cell.before)} -> ${counts(cell.after)}`,
            );
        const practices = cells.filter(({ level }) => level === "practice").length;
        if (practices > 0 && !levels.includes("practice"))
            lines.push(
                `    en ${counted(practices, "cijfer van een praktijk", "cijfers van praktijken")}: zie regiospiegel changes --indicator ${indicator}`,
            );
        if (restated > 0)
            lines.push(`    en ${counted(restated, "eerder cijfer wordt", "eerdere cijfers worden")} herzien`);
    }
    return lines;
}

/** What `refresh` and `publish` print of new definitions; nothing when there are none. */
export function definitionText(report: DefinitionReport | null): string {
    if (report === null) return "";
    const asks = needsAcceptance(report)
        ? [`  Publiceren kan met --accept-definitions ${report.mark}, dat voor precies deze veranderingen staat.`]
        : [];
    return `${[...definitionLines(report), ...asks].join("\n")}\n`;
}

/** How many published figures of earlier periods are restated; nothing when none is. */
export function restatedLine(restated: readonly Change[]): string[] {
    if (restated.length === 0) return [];
    const region = restated.filter(({ level, stratum }) => level === "region" && stratum === null).length;
    return [
        `${counted(restated.length, "eerder cijfer is", "eerdere cijfers zijn")} herzien, waarvan ${whole.format(region)} van de regio; zie --indicator of --json.`,
    ];
}

/** One change: the two figures, the parts, and whether it is more than chance. */
export function changeLine(change: Change, drift: Drift): string {
    const { indicator, stratum, level, id, from, to, before, after } = change;
    const place = `${indicator}${stratum ? ` (${stratum})` : ""}  ${LEVEL_WORDS[level]} ${id}  ${from === to ? `${to} opnieuw` : `${from} -> ${to}`}`;
    const figures = `${figure(before)} -> ${figure(after)}`;
    const parts = Object.entries(change.parts).map(([cause, part]) => {
        const denominator = part.denominator === 0 ? "" : ` (noemer ${signed.format(part.denominator)})`;
        return `${CAUSE_WORDS[cause as Cause]} ${signed.format(part.numerator)}${denominator}`;
    });
    const why = isComparable(change) ? parts.join(", ") || "niets veranderd" : "niet uit te splitsen";
    return `${place}  ${figures}  ${why}${driftWords(drift)}`;
}

function driftWords({ verdict, cause, reason }: Drift): string {
    if (verdict === "within") return "";
    if (verdict === "outside") {
        if (cause === "several") return "  LET OP: meer dan toeval, door meer dan een oorzaak";
        return cause === null
            ? "  LET OP: meer dan toeval; zorg en registratie zijn niet te scheiden"
            : `  LET OP: meer dan toeval, waarschijnlijk door ${CAUSE_WORDS[cause]}`;
    }
    const why = { too_few: "te weinig om van toeval te onderscheiden", no_interval: "voor een ratio is er geen grens" };
    return reason === "too_few" || reason === "no_interval" ? `  (${why[reason]})` : "";
}

function figure({ state, numerator, denominator }: Change["before"]): string {
    return numerator === null ? STATE_WORDS[state] : counts({ numerator, denominator });
}

function counts({ numerator, denominator }: { numerator: number | null; denominator: number | null }): string {
    if (numerator === null) return "geen cijfer";
    return denominator === null
        ? whole.format(numerator)
        : `${whole.format(numerator)} van ${whole.format(denominator)}`;
}

function counted(many: number, one: string, more: string): string {
    return `${whole.format(many)} ${many === 1 ? one : more}`;
}
