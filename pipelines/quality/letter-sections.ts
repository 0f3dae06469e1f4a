// The data-quality letter in Dutch, as sections that HTML and text are both made from.
import { ISSUES } from "../issues.ts";
import type { AsideChange, LetterFacts } from "./letter.ts";
import type { IndicatorEffect } from "./letter-effects.ts";
import type { CheckResult, NamedCheck, Verdict } from "./quality-check.ts";

export interface Section {
    heading: string;
    paragraphs: string[];
    /** First row: the heads. */
    table?: string[][];
    list?: string[];
}

export interface Letter {
    title: string;
    sections: Section[];
}

/** What the effects were measured against: the month, or why there is none. */
export interface Effects {
    period: string | null;
    indicators: IndicatorEffect[];
}

const EFFECTS_NAMED = 20;
const FINDINGS_NAMED = 12;

const decimal = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("nl-NL");
const monthName = new Intl.DateTimeFormat("nl-NL", { month: "long", year: "numeric", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" });
const day = (iso: string): string => dayName.format(new Date(`${iso}T00:00:00Z`));
const month = (period: string): string => monthName.format(new Date(`${period}-01T00:00:00Z`));
const rows = (count: number): string => (count === 1 ? "1 rij" : `${whole.format(count)} rijen`);
const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

export function writeLetter(facts: LetterFacts, effects: Effects, checks: readonly NamedCheck[]): Letter {
    return {
        title: `Kwaliteit van levering ${facts.delivery}${facts.shared ? `, praktijk ${facts.practices[0]}` : ""}`,
        sections: [
            summary(facts),
            setAside(facts),
            changes(facts),
            history(facts.checks, facts.practices.length > 1),
            effect(facts, effects),
            remedies(facts, checks),
        ],
    };
}

const STATES: Record<LetterFacts["state"], string> = {
    accepted: "De levering is opgenomen: alles wat niet terzijde is gelegd telt mee.",
    held: "De levering is aangehouden: zij telt nog niet mee, omdat een van de controles hieronder niet opgaat.",
};

function summary(facts: LetterFacts): Section {
    const delivered = facts.files.reduce((sum, file) => sum + (file.cells ?? file.rows), 0);
    const aside = asideTotal(facts);
    const whose =
        facts.practices.length === 1 ? `praktijk ${facts.practices[0]}` : `${facts.practices.length} praktijken`;
    const part = facts.shared ? "uw deel van de gezamenlijke levering" : "de levering";
    const about = facts.source === "bureau" ? "van het register van het bureau" : `van ${whose} (bron ${facts.source})`;
    const paragraphs = [
        `Deze brief gaat over ${part} ${about}, peildatum ${day(facts.peildatum)}, indeling ${facts.format}. Er zijn ${whole.format(delivered)} rijen of metingen gelezen; ${aside === 0 ? "geen daarvan is" : `${rows(aside)} ${aside === 1 ? "is" : "zijn"}`} terzijde gelegd.`,
        STATES[facts.state],
    ];
    if (facts.demo) paragraphs.push("Dit zijn verzonnen gegevens: deze brief gaat over niemand.");
    if (facts.ignoredColumns.length > 0)
        paragraphs.push(
            `Kolommen die niet bij de indeling horen en niet zijn gebruikt: ${facts.ignoredColumns.join(", ")}.`,
        );
    if (facts.ignoredFiles.length > 0)
        paragraphs.push(`Bestanden die niet zijn gelezen: ${facts.ignoredFiles.join(", ")}.`);
    return { heading: "In het kort", paragraphs };
}

function asideTotal({ aside }: LetterFacts): number {
    return aside.reduce((sum, group) => sum + group.rows, 0);
}

function setAside(facts: LetterFacts): Section {
    const heading = "Wat terzijde is gelegd, en waarom dat ertoe doet";
    if (facts.aside.length === 0) return { heading, paragraphs: ["Er is niets terzijde gelegd."] };
    return {
        heading,
        paragraphs: [
            "Een rij die niet zeker te lezen is, telt niet mee en wordt niet geraden. Wij bewaren het bestand, de regel en het soort probleem, niet wat er stond; met het regelnummer vindt u de rij terug in uw eigen export.",
        ],
        table: [
            ["Bestand", "Probleem", "Aantal", "Regels", "Waarom dat ertoe doet"],
            ...facts.aside.map(({ file, code, rows, lines }) => [
                file,
                sentence(ISSUES[code].sentence),
                whole.format(rows),
                lines.join(", ") + (rows > lines.length ? ", ..." : ""),
                sentence(ISSUES[code].why),
            ]),
        ],
    };
}

const CHANGES: Record<AsideChange["change"], string> = { new: "nieuw", solved: "opgelost", persisting: "gebleven" };

function changes({ changes, previous }: LetterFacts): Section {
    const heading = "Nieuw, opgelost en gebleven sinds de vorige levering";
    if (changes === null || previous === null)
        return {
            heading,
            paragraphs: ["Er is geen eerdere levering van dezelfde praktijk en bron; dit is het begin van de reeks."],
        };
    const counted = Object.entries(CHANGES).map(
        ([change, word]) => `${changes.filter((row) => row.change === change).length} ${word}`,
    );
    const paragraphs = [
        `Vergeleken met levering ${previous.name} (peildatum ${day(previous.peildatum)}): ${changes.length === 0 ? "beide zonder problemen" : counted.join(", ")}.`,
    ];
    if (changes.some(({ file }) => file === null))
        paragraphs.push("De indeling is veranderd; daarom wordt per probleem vergeleken en niet per bestand.");
    if (changes.length === 0) return { heading, paragraphs };
    const order = Object.keys(CHANGES);
    return {
        heading,
        paragraphs,
        table: [
            ["", "Bestand", "Probleem", "Vorige keer", "Nu"],
            ...[...changes]
                .sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
                .map(({ change, file, code, before, now }) => [
                    CHANGES[change],
                    file ?? "alle",
                    sentence(ISSUES[code].sentence),
                    whole.format(before),
                    whole.format(now),
                ]),
        ],
    };
}

const VERDICTS: Record<Verdict, string> = {
    holds: "gaat op",
    does_not_hold: "gaat niet op",
    cannot_tell: "niet te zeggen",
};

function history(checks: readonly CheckResult[], many: boolean): Section {
    const findings = checks.flatMap(({ findings, verdict }) => findings.filter((found) => found.verdict === verdict));
    const list = findings
        .slice(0, FINDINGS_NAMED)
        .map(({ practice, sentence: clause }) => (many ? `Praktijk ${practice}: ${clause}.` : sentence(clause)));
    if (findings.length > FINDINGS_NAMED) list.push(`En nog ${findings.length - FINDINGS_NAMED}.`);
    return {
        heading: "Past deze levering bij wat u eerder leverde?",
        paragraphs: [
            "Een sprong hoeft geen fout te zijn. Deze controles vragen alleen of u ernaar wilt kijken; wat niet te zeggen is, is geen goedkeuring.",
        ],
        table: [
            ["Controle", "Uitkomst", ...(many ? ["Praktijken: op, niet op, niet te zeggen"] : [])],
            ...checks.map(({ title, verdict, setting, practices }) => [
                title,
                VERDICTS[verdict] + (setting === "hold" && verdict === "does_not_hold" ? " (houdt aan)" : ""),
                ...(many ? [`${practices.holds}, ${practices.does_not_hold}, ${practices.cannot_tell}`] : []),
            ]),
        ],
        list: [...new Set(list)],
    };
}

function effect(facts: LetterFacts, { period, indicators }: Effects): Section {
    const heading = "Wat het hooguit met uw cijfers doet";
    const anonymous = facts.affected.some(({ practice }) => practice === null);
    if (facts.source === "bureau")
        return {
            heading,
            paragraphs: [
                "Het register telt praktijken en gebeurtenissen, geen patiënten; elke rij die terzijde is gelegd is er een die ontbreekt in de telling.",
            ],
        };
    const paragraphs: string[] = [];
    if (anonymous)
        paragraphs.push(
            "Van sommige rijen is niet te zeggen van welke deelnemende praktijk zij zijn; die zijn hieronder niet meegeteld.",
        );
    if (indicators.length === 0) {
        paragraphs.push(
            "Wat terzijde is gelegd raakt geen enkele indicator: er was niets, of de patiënten hebben binnen het venster ook een uitslag die wel te lezen was.",
        );
        return { heading, paragraphs };
    }
    paragraphs.push(
        "Wat in een terzijde gelegde rij stond weten wij niet. Daarom staat hier een bovengrens: het aantal patiënten dat binnen het venster van de indicator zo'n rij heeft, alsof zij allemaal in de noemer zitten en allemaal verkeerd geteld zijn. Bij wel of niet gemeten telt alleen wie geen andere leesbare uitslag heeft, en kan het cijfer alleen te laag zijn. Het werkelijke verschil is meestal kleiner.",
        period === null
            ? "Voor deze peildatum zijn nog geen cijfers berekend. De punten volgen zodra dat is gedaan; de aantallen staan er al."
            : `De punten zijn procentpunten, gerekend met de teller en noemer van ${month(period)} uit de laatste berekening.`,
    );
    if (indicators.length > EFFECTS_NAMED)
        paragraphs.push(`De ${EFFECTS_NAMED} grootste van ${indicators.length} geraakte indicatoren:`);
    return {
        heading,
        paragraphs,
        table: [
            ["Indicator", "Hooguit patiënten", "Cijfer nu", "Ligt tussen", "Hooguit punten"],
            ...indicators
                .slice(0, EFFECTS_NAMED)
                .map(({ titel, patients, value, points }) => [
                    titel,
                    whole.format(patients),
                    value === null ? "-" : `${decimal.format(value.now)} %`,
                    value === null ? "-" : `${decimal.format(value.low)} en ${decimal.format(value.high)} %`,
                    points === null ? "-" : decimal.format(points),
                ]),
        ],
    };
}

function remedies(facts: LetterFacts, checks: readonly NamedCheck[]): Section {
    const heading = "Wat u kunt doen";
    const codes = [...new Set(facts.aside.map(({ code }) => code))];
    const failing = new Set(
        facts.checks.filter(({ verdict }) => verdict === "does_not_hold").map(({ check }) => check),
    );
    const list = [
        ...codes.map((code) => `${sentence(ISSUES[code].sentence)} ${sentence(ISSUES[code].remedy)}`),
        ...checks
            .filter(({ id }) => failing.has(id))
            .map(({ title, why, remedy }) => `${title}: dat gaat niet op. ${sentence(why)} ${sentence(remedy)}`),
    ];
    if (list.length === 0) return { heading, paragraphs: ["Er is niets te herstellen."] };
    return {
        heading,
        paragraphs: ["Een verbeterde levering met dezelfde peildatum krijgt een hoger volgnummer en vervangt deze."],
        list,
    };
}
