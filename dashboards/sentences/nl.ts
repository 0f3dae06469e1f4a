import type { Standing } from "../assigned.ts";
import type { CauseClass, Changes, DriftCause, ShownChange } from "../changes.ts";
import type { Control, Panel } from "../comparisons.ts";
import type { AudienceKind, Cell, Goal, GoalStatus, Indicator, Level, Theme } from "../data.ts";
import type { Finding } from "../findings.ts";
import type { GroupId } from "../groups.ts";
import type { Explained, Highlight } from "../highlights.ts";
import { isRate, rate, writeValue } from "../measure.ts";
import { date, decimal, percent, signed, whole } from "../notation.ts";
import { isPeriod, type PeriodKind, readPeriod } from "../period.ts";
import type { Presence } from "../presence.ts";

/** Everything a reader reads, in Dutch. A second language is a file beside this one with the same names. */

export const language = "nl";

const MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
export const shortMonths = MONTHS.map((month) => (month === "maart" ? "mrt" : month.slice(0, 3)));

/** juni 2024, 2e kwartaal 2024, 2024. */
export function periodName(text: string): string {
    const period = readPeriod(text);
    if (period.kind === "month") return `${MONTHS[period.part - 1]} ${period.year}`;
    return period.kind === "quarter" ? `${period.part}e kwartaal ${period.year}` : String(period.year);
}

/** jun 2024, 2e kw 2024, 2024: for a column head. */
export function periodShort(text: string): string {
    const period = readPeriod(text);
    if (period.kind === "month") return `${shortMonths[period.part - 1]} ${period.year}`;
    return period.kind === "quarter" ? `${period.part}e kw ${period.year}` : String(period.year);
}

const count = (n: number, one: string, more: string): string => `${whole(n)} ${n === 1 ? one : more}`;
export const practices = (n: number): string => count(n, "praktijk", "praktijken");
export const patients = (n: number): string => count(n, "patiënt", "patiënten");
export const list = (parts: string[]): string =>
    parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} en ${parts.at(-1)}`;
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** A title used inside a sentence: the first letter small, unless the word is an abbreviation (HbA1c, PZP). */
export const inSentence = (title: string): string =>
    /^[A-Z][a-z]+(?:\s|$|[,:-])/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

export const site = {
    name: "Regiospiegel",
    skip: "Naar de inhoud",
    demo: "Verzonnen demogegevens",
    demoLong: "Verzonnen demogegevens: alle praktijken, patiënten en getallen op deze pagina zijn bedacht.",
    nav: "Hoofdmenu",
    crumbs: "Kruimelpad",
    home: "Start",
    definitions: "Definities",
    signIn: "Inloggen",
    signOut: "Uitloggen",
    publication: "Publicatie",
    release: "Gegevens (release)",
    peildatum: "Peildatum",
    made: "Gemaakt op",
    noBlame: "Spiegelinformatie om van te leren, niet om op af te rekenen. Er is geen ranglijst van praktijken.",
    download: "Deze cijfers als bestand",
    downloadNote: "precies de getallen die op deze pagina’s getoond mogen worden",
    readingGuide: "Leeswijzer",
    asTable: "Dezelfde cijfers als tabel",
    definition: "definitie",
    unconfirmed: "nog te bevestigen",
    unconfirmedLong: "Nog te bevestigen: een code in deze definitie is nog niet door een kaderhuisarts bevestigd.",
};

export const audience: Record<AudienceKind, string> = {
    coalitie: "Coalitie",
    gemeente: "Gemeente",
    vakgroep: "Vakgroep",
    hagro: "Hagro",
    praktijk: "Praktijkspiegel",
    adviseur: "Adviseur",
    beheer: "Beheer",
    openbaar: "Openbaar",
};

export const symbols = {
    legend: "Tekens",
    suppressed: { sign: "x", text: "afgeschermd", long: "afgeschermd: te weinig patiënten, of terug te rekenen" },
    not_delivered: { sign: "…", text: "niet geleverd", long: "niet geleverd over deze periode" },
    not_applicable: { sign: "–", text: "niet van toepassing", long: "niet van toepassing" },
    zero: "0 is een echte nul",
};

const absence = (state: Cell["state"] | null) =>
    symbols[state === "suppressed" || state === "not_delivered" ? state : "not_applicable"];
/** The word and the sign for a value that is not there. */
export const absent = (state: Cell["state"] | null): string => absence(state).text;
export const signOf = (state: Cell["state"] | null): string => absence(state).sign;

export const groups: Record<GroupId, string> = {
    diabetes: "Diabetes",
    hartvaat: "Hart en vaten",
    longen: "Astma en COPD",
    ouderen: "Ouderenzorg en palliatieve zorg",
    leefstijl: "Leefstijl en sociaal domein",
    digitaal: "Digitaal samenwerken",
    mtvp: "Meer Tijd voor de Patiënt",
    praktijk: "Praktijkorganisatie",
    regio: "Regionale activiteiten",
    populatie: "Populatie",
    overig: "Overig",
};

/** The message that goes with a publication. */
export const message = {
    subject: (title: string, period: string): string => `Onderwerp: Regiospiegel ${title}, ${periodName(period)}`,
    greeting: "Goedendag,",
    ready: (period: string, day: string): string =>
        `De cijfers van het ${periodName(period)} staan klaar (peildatum ${date(day)}). In het kort:`,
    demo: "Dit zijn verzonnen demogegevens.",
    since: "Sinds de vorige publicatie",
    mirror: "Uw praktijk naast de regio",
    year: "Wat in een jaar meer dan toeval veranderde",
    goals: "Hoe de doelen ervoor staan",
    calm: "Geen enkele indicator veranderde in een jaar aantoonbaar.",
    andMore: (n: number): string => `En nog ${whole(n)}: die staan op de pagina's.`,
    where: (path: string): string =>
        `Alle cijfers, met definities en tabellen, staan na inloggen op ${path} van de Regiospiegel.`,
};

export const statusWords: Record<GoalStatus, string> = {
    gehaald: "gehaald",
    "op koers": "op koers",
    "te vroeg om te zeggen": "te vroeg om te zeggen",
    "niet op koers": "niet op koers",
    "niet meetbaar": "niet meetbaar",
};

export const better: Record<Indicator["beter"], string> = {
    hoger: "hoger is beter",
    lager: "lager is beter",
    geen: "geen goed of fout",
};

/** "stand op 30-06-2024 · n = 6.812 · 34 van 36 praktijken" */
export function measured(indicator: Indicator, cell: Cell, lastDay: string): string {
    const when =
        indicator.soort === "stand" || indicator.soort === "praktijk"
            ? `peildatum ${date(lastDay)}`
            : periodName(cell.period);
    const parts = [when];
    if (cell.denominator !== null && indicator.maat === "aandeel" && cell.shown === "exact")
        parts.push(`n = ${whole(cell.denominator)}`);
    const covered = deliveredOf(cell);
    if (covered) parts.push(covered);
    return parts.join(" · ");
}

export function deliveredOf(cell: Pick<Cell, "delivered" | "members">): string | null {
    if (cell.delivered === null || cell.members === null || cell.members < 1) return null;
    return `${whole(cell.delivered)} van ${practices(cell.members)}`;
}

/** "8.204 van 9.690" for a share whose counts may be shown. */
export function countsOf(cell: Cell): string | null {
    if (cell.shown !== "exact" || cell.numerator === null || cell.denominator === null) return null;
    return `${whole(cell.numerator)} van ${whole(cell.denominator)}`;
}

export function intervalOf(indicator: Indicator, cell: Cell): string | null {
    if (cell.low === null || cell.high === null) return null;
    if (indicator.maat === "aandeel") {
        const digits = (cell.denominator ?? 0) >= 100 ? 1 : 0;
        return `${decimal(cell.low * 100, digits)}–${percent(cell.high, digits)}`;
    }
    if (isRate(indicator, cell)) return `${rate(cell.low)}–${rate(cell.high)}`;
    return `${decimal(cell.low, 1)}–${decimal(cell.high, 1)}`;
}

export const table = {
    indicator: "Indicator",
    value: "Waarde",
    region: "Regio",
    own: "Uw praktijk",
    interval: "95%-interval",
    counts: "Teller van noemer",
    period: "Periode",
    spread: "Spreiding over praktijken",
    spreadShort: "Spreiding",
    axis: (from: number, to: number): string => `as van ${from}% tot ${to}%`,
    trend: "Verloop",
    delivered: "Geleverd",
    perThousand: "Per 1.000 per maand",
    area: "Gebied",
    practice: "Praktijk",
    status: "Status",
};

/** The finding above a trend chart: what the last value is and whether it moved in a year. */
export function trendFinding(indicator: Indicator, finding: Finding | null, who = "De regio"): string {
    const title = indicator.titel;
    if (!finding) return `${title}: geen waarde om te tonen`;
    const now = writeShort(indicator, finding.now);
    if (!finding.earlier) return `${title}: ${now} in ${periodName(finding.now.period)}`;
    const then = writeShort(indicator, finding.earlier);
    if (finding.change === "same" && finding.others)
        return `${title}: ${now}; een jaar eerder ${then}, maar bij dezelfde praktijken veranderde het niet aantoonbaar`;
    if (finding.change === "same")
        return now === then
            ? `${title}: ${now}, net als een jaar eerder`
            : `${title}: ${now}; het verschil met een jaar eerder (${then}) kan toeval zijn`;
    const moved = finding.change === "more" ? "steeg" : "daalde";
    return who === "De regio"
        ? `${title} ${moved} in een jaar van ${then} naar ${now}`
        : `${who}: ${inSentence(title)} ${moved} in een jaar van ${then} naar ${now}`;
}

/** The finding above a flow with control limits: where its last month lies, as the limits judge it. */
export function flowFinding(indicator: Indicator, finding: Finding, { centre, points }: Control): string {
    const last = points.at(-1);
    const now = `${indicator.titel}: ${writeShort(indicator, finding.now)} in ${periodName(finding.now.period)}`;
    if (last?.period !== finding.now.period) return now;
    if (last.signal === null) return `${now}, niet anders dan toeval geeft`;
    if (last.signal === "helling") return `${now}, na zes of meer maanden in één richting`;
    return `${now}, ${last.value > centre ? "hoger" : "lager"} dan toeval geeft`;
}

/** A value for a title: a rate without its count, because rates are what compares. */
function writeShort(indicator: Indicator, cell: Cell & { value: number }): string {
    return isRate(indicator, cell) ? perThousand(cell.value) : writeValue(indicator, cell);
}

/** A value with its unit said: 81,3%, 357 (0,2 per 1.000 per maand). */
export function writeLong(indicator: Indicator, cell: Cell & { value: number }): string {
    const short = writeValue(indicator, cell);
    if (indicator.maat === "aantal" && cell.denominator !== null)
        return cell.numerator === null ? `${short} per 1.000 per maand` : `${short} (${perThousand(cell.value)})`;
    return short;
}

export const perThousand = (value: number): string => `${rate(value)} per 1.000 per maand`;

export function trendSummary(
    indicator: Indicator,
    first: Cell & { value: number },
    finding: Finding,
    gaps: number,
): string {
    const parts = [
        `Van ${writeLong(indicator, first)} in ${periodName(first.period)} naar ${writeLong(indicator, finding.now)} in ${periodName(finding.now.period)}.`,
    ];
    const interval = intervalOf(indicator, finding.now);
    if (interval)
        parts.push(`95%-interval nu: ${interval}${indicator.maat === "aandeel" ? "" : " per 1.000 per maand"}.`);
    if (finding.earlier && indicator.maat === "aandeel")
        parts.push(
            `Ten opzichte van een jaar eerder ${signed((finding.now.value - finding.earlier.value) * 100)} procentpunt.`,
        );
    if (gaps > 0) parts.push(`${count(gaps, "periode is", "perioden zijn")} niet te tonen.`);
    return parts.join(" ");
}

export const trend = {
    overlap:
        "Elk punt telt over een venster van meerdere maanden; opeenvolgende punten overlappen dus en één punt erboven of eronder zegt weinig. Daarom geen regelgrenzen, wel het verschil met dezelfde periode een jaar eerder.",
    january:
        "De stippellijn staat op 1 januari: van patiënten is alleen het geboortejaar bekend, dus leeftijden schuiven dan in één keer op.",
    control:
        "De grijze lijnen zijn regelgrenzen: daarbinnen is schommeling gewoon toeval. Een omcirkeld punt valt erbuiten en verdient een verklaring.",
    axis: "De as begint niet bij nul.",
    members: (before: number, after: number): string => `${whole(before)} → ${whole(after)} leden`,
    memberNote: (before: number, after: number, period: string): string =>
        `Vanaf ${periodName(period)} is het aantal aangesloten praktijken ${whole(after)} in plaats van ${whole(before)}; een sprong op dat moment hoeft geen verandering van zorg te zijn.`,
};

/** What the control limits of a flow say of its months. */
export function controlSignals({ points }: Control): string {
    const of = (signal: "buiten" | "verschuiving" | "helling"): string[] =>
        points.filter((point) => point.signal === signal).map((point) => point.period);
    const outside = of("buiten").map(periodName);
    const shift = of("verschuiving").at(-1);
    const slope = of("helling").at(-1);
    const found = [
        outside.length > 0 ? `buiten de regelgrenzen: ${list(outside)}` : null,
        shift ? `acht of meer maanden op rij aan één kant van het midden, het laatst in ${periodName(shift)}` : null,
        slope ? `zes of meer maanden op rij stijgend of dalend, het laatst in ${periodName(slope)}` : null,
    ].filter((text) => text !== null);
    if (found.length === 0) return "Alle maanden liggen binnen de regelgrenzen: de schommelingen zijn gewoon toeval.";
    return `${capital(found.join("; "))}. Oorzaak onbekend, tenzij het bureau er een heeft vastgelegd.`;
}

/** The change in a year over the same practices, with its interval. */
export function panelChange({ kind, value, low, high, before, period, practices: many, digits }: Panel): string {
    const write = (number: number): string =>
        kind === "difference" ? signed(number * 100, digits) : `${signed((number - 1) * 100, 0)}%`;
    const unit = kind === "difference" ? " procentpunt" : "";
    return `Over de ${practices(many)} met cijfers in het ${periodName(before)} én het ${periodName(period)}: ${write(value)}${unit} (95%-interval ${write(low)} tot ${write(high)}).`;
}

/** Said beside a spread over practices where record systems explain part of it. */
export const spreadBySystem = "Het verschil tussen praktijken hangt samen met hun HIS en kan dus registratie zijn.";

/** The finding above a strip of practices. */
export function spreadFinding(low: number, high: number, difference: "more" | "chance" | "age" | null): string {
    const half =
        low === high
            ? `De helft van de praktijken zit rond ${low}%`
            : `De helft van de praktijken zit tussen ${low}% en ${high}%`;
    if (difference === null) return half;
    if (difference === "age") return `${half}; dat verschil past bij de leeftijd en het geslacht van hun patiënten`;
    return difference === "more"
        ? `${half}; dat verschil is groter dan toeval`
        : `${half}; dat verschil kan toeval zijn`;
}

export function spreadSummary(percents: number[], region: number | null, period: string): string {
    const low = percents[0] ?? 0;
    const high = percents.at(-1) ?? 0;
    const middle = percents[Math.floor(percents.length / 2)] ?? 0;
    return `${practices(percents.length)} in ${periodName(period)}: laagste ${low}%, middelste ${middle}%, hoogste ${high}%${region === null ? "" : `; regio ${percent(region, 0)}`}.`;
}

export const spread = {
    note: "Elke stip is een praktijk, zonder naam en in hele procenten. De lijn is de regio.",
    chance: (size: number): string =>
        `De gekleurde baan is wat toeval alleen zou geven bij een praktijk van gemiddelde grootte (n = ${whole(size)}).`,
    achievable: (value: string): string =>
        `Haalbaar is ${value} (streepjeslijn): wat de beste praktijken met samen een tiende van de patiënten bereiken, gecorrigeerd voor toeval.`,
    percent: "Percentage",
    howMany: "Aantal praktijken",
    caption: (title: string, period: string): string =>
        `${title}: aantal praktijken per percentage, ${periodName(period)}`,
};

export const areas = {
    title: "Gebieden naast elkaar",
    intro: "Per 1.000 ingeschreven patiënten per maand of als percentage, naar de woonplaats van de patiënt. Rozenburg is een gebied, geen gemeente; “elders” zijn patiënten met een postcode buiten de regio.",
    outlier: "uitschieter, oorzaak onbekend",
    outlierFinding: (title: string, name: string, text: string, region: string): string =>
        `${title}: ${name} wijkt sterk af met ${text}; regio ${region}`,
    evenFinding: (title: string, region: string, isPart: boolean): string =>
        `${title}: geen ${isPart ? "getoond " : ""}gebied wijkt sterk af van de regio (${region})`,
    oneFinding: (title: string, name: string, text: string, region: string): string =>
        `${title}: ${name} ${text}, geen groot verschil met de regio (${region})`,
    hidden: (names: string[]): string => `${list(names)}: afgeschermd, te weinig patiënten of praktijken om te tonen.`,
    regionLabel: (text: string): string => `regio ${text}`,
    caption: (title: string, period: string): string => `${title} per gebied, ${periodName(period)}`,
    steps: {
        "far-low": "uitschieter (lager)",
        low: "lager dan de regio",
        same: "als de regio",
        high: "hoger dan de regio",
        "far-high": "uitschieter (hoger)",
        unknown: "geen interval",
    },
    stepsLong: {
        "far-low": "ver onder de regio, oorzaak onbekend",
        low: "lager, meer dan toeval",
        same: "verschil kan toeval zijn",
        high: "hoger, meer dan toeval",
        "far-high": "ver boven de regio, oorzaak onbekend",
        unknown: "zonder interval is niet te zeggen of het toeval is",
    },
    mapNote: "Tegels liggen ruwweg zoals de gebieden liggen; elders staat apart. Naast de regio:",
    mapLabel: (tiles: { name: string; text: string; note: string }[]): string =>
        `Gebieden op de kaart: ${list(tiles.map(({ name, text, note }) => `${name} ${text} (${note})`))}.`,
    first: "Verwijzingen en gesprekken per gebied, en wat eruit springt",
    calm: (n: number): string => `${count(n, "indicator", "indicatoren")} · geen uitschieters`,
    none: "Geen gebiedscijfers in deze publicatie.",
    predecessors: (name: string, predecessors: string[]): string =>
        `${name} bestaat uit de vroegere gemeenten ${list(predecessors)}.`,
};

export const coalition = {
    title: "Doelen van de Koers",
    board: "Doelenbord",
    tally: (goals: number, themes: number, interventions: number): string =>
        `${count(goals, "doel", "doelen")} in ${count(themes, "thema", "thema’s")} van de Koers${interventions > 0 ? `, en ${count(interventions, "interventie", "interventies")} om te volgen` : ""}. Zo staan de doelen ervoor:`,
    attention: "Vraagt nu aandacht",
    noAttention: "Geen enkel doel staat op ‘niet op koers’.",
    noTable: "Thema’s zonder tafel",
    table: (name: string): string =>
        /^\d+ /.test(name) ? `Tafel ${name.replace(/^(\d+) /, "$1 · ")}` : `Tafel ${inSentence(name)}`,
    tableNote: "De indeling in tafels is van ons; de Koers zelf noemt geen tafel bij een thema.",
    theme: ({ thema }: Pick<Theme, "thema">): string => (thema === null ? mtvp.title : themeNumber(thema)),
    attentionMore: (n: number): string =>
        `Daarnaast ${n === 1 ? "is het voor één doel" : `is het voor ${whole(n)} doelen`} te vroeg om te zeggen; die staan hieronder bij hun tafel.`,
    milestoneThemes: "Thema’s zonder getal om tegen te meten",
    milestoneCaption: (name: string): string => `${name}: thema’s met mijlpalen`,
    overview: "De tafels in één blik",
    tableColumn: "Tafel",
    goalsColumn: "Doelen",
    noGoalShort: "geen doel met een getal",
    themeColumn: "Thema",
    followedColumn: "Gevolgd, zonder doel",
    goalCount: (n: number): string => count(n, "doel", "doelen"),
    themeCount: (n: number): string => count(n, "thema", "thema’s"),
    statusCaption: "Hoe de doelen ervoor staan",
    baseline: "Vertrekpunt",
    now: "Nu",
    target: "Doel",
    population: "De mensen om wie het gaat",
    populationIntro: "Ingeschreven patiënten van aangesloten praktijken.",
    members: "Aangesloten praktijken",
    membersFinding: (before: number, after: number): string =>
        `Aangesloten praktijken: van ${whole(before)} naar ${whole(after)}`,
    membersFlat: (now: number): string => `${practices(now)} aangesloten, de hele periode`,
    membersNote:
        "Praktijken die toetreden of vertrekken maken of breken geen doel: de groei van een doel wordt bepaald over het vaste panel van praktijken die in beide jaren lid waren en leverden.",
    indicators: "Alle indicatoren",
    reconciliation: "Vergelijking met het jaarverslag 2022",
    reconciliationLink: "Cijfer voor cijfer naast het jaarverslag 2022",
    noGoals: "In deze publicatie staan nog geen doelen.",
};

export const municipality = {
    title: (name: string): string => `${name} naast de regio`,
    area: "Uw gebied naast de regio",
    lead: (name: string, odd: { title: string; text: string; region: string }[], compared: number): string =>
        odd.length === 0
            ? `Op geen van de ${whole(compared)} cijfers die te tonen zijn wijkt ${name} sterk af van de regio.`
            : `Op ${whole(odd.length)} van de ${whole(compared)} cijfers die te tonen zijn wijkt ${name} sterk af van de regio: ${list(odd.map(({ title, text, region }) => `${inSentence(title)} (${text}, regio ${region})`))}. De oorzaak is niet vastgelegd.`,
    intro: "Wat de huisartsenpraktijken in de regio voor uw inwoners doen, naast het cijfer van de hele regio.",
};

export const hagro = {
    members: "Onze praktijken",
    membersIntro: (named: boolean): string =>
        named
            ? "Alle praktijken van deze hagro stemden ermee in dat hun naam hier staat. In hele procenten; een x is afgeschermd of niet geleverd."
            : "Zonder naam, want daarvoor moeten alle praktijken van de hagro instemmen. Het label van een praktijk is in elke publicatie een ander. In hele procenten; een x is afgeschermd of niet geleverd.",
    membersCaption: (group: string, period: string): string => `${group}: onze praktijken, ${period}`,
    ourHagro: "Hagro",
    lead: (total: number, moved: string[]): string =>
        moved.length > 0
            ? `Van de ${whole(total)} indicatoren ${list(moved)} in de regio in een jaar, meer dan toeval. De andere veranderden niet aantoonbaar.`
            : `Geen van de ${whole(total)} indicatoren veranderde in de regio in een jaar aantoonbaar.`,
    overviewCaption: (period: string): string => `Indicatoren van deze hagro, regio, ${period}`,
};

export const adviser = {
    practices: "Uw praktijken",
    lead: (standings: readonly Standing[]): string => {
        const n = standings.length;
        const assigned = `${count(n, "praktijk is", "praktijken zijn")} aan u toegewezen. U ziet elke praktijk zoals zij zichzelf ziet.`;
        if (standings.every(({ decision }) => decision.judged === 0)) return assigned;
        const worse = standings.filter(({ decision }) =>
            decision.highlights.some(({ verdict }) => verdict === "ongunstig"),
        ).length;
        const absent = standings.filter(({ presence }) => presence.kind === "missing").length;
        return `${assigned} Bij ${worse === 0 ? "geen enkele" : practices(worse)} wijkt iets aantoonbaar ongunstig af.${absent === 0 ? "" : ` Van ${practices(absent)} ontbreken de nieuwste cijfers.`}`;
    },
    caption: "Praktijken die aan u zijn toegewezen",
    standsOut: (period: string | null): string =>
        period === null ? "Wat opvalt" : `Wat opvalt, ${periodName(period)}`,
    calm: "niets wijkt aantoonbaar af",
    notJudged: "nog niets te vergelijken",
    more: (n: number): string => `en nog ${whole(n)}, zie de spiegel`,
    rule: "Wat opvalt, is wat op de spiegel van de praktijk uitgelicht staat: twee kwartalen achtereen buiten de 99,8%-grenzen, ook gegeven leeftijd en geslacht van de patiënten. De praktijken staan in de volgorde van het register; het is geen ranglijst.",
    /** Why there is nothing of the newest quarter; null where there is. */
    absent: (presence: Presence): string | null => {
        if (presence.kind === "left") return "geen lid meer";
        if (presence.kind === "new") return "pas lid";
        if (presence.kind === "present") return null;
        const kinds = list(presence.sources.map(({ source }) => source));
        const isHeld = presence.sources.some(({ held }) => held !== null);
        return `levering ontbreekt${isHeld ? " of is aangehouden" : ""}: ${kinds}`;
    },
    messageTitle: "Wat opvalt bij uw praktijken",
    line: ({ name, presence, decision, told }: Standing): string => {
        const verdicts = told.map(({ verdict, titles }) => `${verdictWords[verdict]}: ${list(titles)}`);
        const absent = adviser.absent(presence);
        const nothing = decision.judged === 0 ? adviser.notJudged : adviser.calm;
        const words = [...(absent === null ? [] : [absent]), ...verdicts];
        return `${name}: ${words.length === 0 ? nothing : words.join("; ")}.`;
    },
};

export const goal = {
    computed: "door ons berekend",
    when: (period: string | null, year: number | null): string =>
        isPeriod(period) ? periodName(period) : (period ?? (year === null ? "" : String(year))),
    noBaseline: "geen vertrekpunt",
    noNow: "geen waarde",
    noTarget: "geen getal genoemd",
    deadline: (iso: string | null): string => (iso ? `uiterlijk ${date(iso)}` : ""),
    all: "Alle leden",
    panel: "Vast panel",
    panelOf: (n: number | null): string => (n === null ? "vast panel" : `vast panel van ${practices(n)}`),
    ageing: "Groei door vergrijzing alleen",
    growthTable: "Groei ten opzichte van het vertrekpunt",
    growth: "Groei",
    norm: "Norm",
    streefwaarde: "Streefwaarde",
    pathTable: (title: string): string => `${title}: het pad in cijfers`,
    pathTitle: (now: string | null, when: string | null, target: string | null): string =>
        now === null
            ? "Het pad in cijfers"
            : `${now}${when ? ` (${when})` : ""}${target ? `, het doel is ${target}` : ", zonder genoemd doel"}`,
    pathWords: (from: string, to: string): string => `Van ${from} naar ${to}.`,
    paceWords: (years: string[]): string => `Lopende telling: ${list(years)}.`,
    paceYear: (year: number, value: string, months: number): string =>
        months === 12 ? `${year} heel het jaar ${value}` : `${year} tot en met ${MONTHS[months - 1]} ${value}`,
    expected: (value: string, low: string, high: string): string =>
        `Verwachting bij de einddatum: ${value} (${low} tot ${high}).`,
    expectedRow: "Verwachting bij de einddatum",
    pathFinding: (goal: Goal): string => `${goal.titel}: ${statusWords[goal.status]}`,
    running: "Lopende telling per kalenderjaar; de telling begint elk jaar opnieuw bij nul.",
    targetOfYear: (target: string, share: string, year: number, base: string): string =>
        `Het doel van ${target} geldt voor het hele jaar of het eind ervan: ${share} boven heel ${year} (${base}). De groei hierboven vergelijkt dezelfde maanden.`,
    projectionNote: "De dikke streep rechts is de verwachting met haar onzekerheid.",
    targetLabel: (text: string): string => `doel ${text}`,
    milestones: "Mijlpalen",
    milestonesDone: "Mijlpalen gedaan",
    milestoneNone: "Dit thema heeft geen mijlpalen.",
    printedResult: ({ thema }: Pick<Theme, "thema">): string =>
        `Beoogd resultaat, zoals gedrukt in de ${thema === null ? "Toolbox" : "Koers"}`,
    noGoals: "Hier hoort geen doel met een getal bij: er is niets om tegen te meten, wel om te volgen.",
    figures: "Waar de cijfers vandaan komen",
    restated: (old: string, now: string, year: number | null): string =>
        `${year === null ? "" : `heel ${year}: `}eerst gepubliceerd ${old}, nu berekend ${now}`,
    restatedMark: "herzien",
    followed: "Indicatoren om te volgen",
    followedIntro: "Geen doel, wel een cijfer: de laatste waarde van de regio.",
    followedElsewhere: (n: number): string =>
        `${count(n, "gevolgde indicator staat", "gevolgde indicatoren staan")} niet op uw pagina’s; wat ${n === 1 ? "hij telt, staat" : "ze tellen, staat"} bij de`,
    change: "Wat de groei bepaalt",
    toIndicator: "Naar de indicator",
    inNumbers: "Het pad in cijfers",
    source: "Thema van de Koers",
};

const themeNumber = (n: number): string => `Thema ${n}`;

export const mtvp = {
    title: "Toolbox Meer Tijd voor de Patiënt",
    intro: (n: number): string =>
        `${count(n, "interventie", "interventies")}. De Toolbox noemt geen getal en geen datum: hier staat hoeveel praktijken het doen, zonder oordeel.`,
    intervention: "Interventie",
    doing: "Praktijken die het doen",
    koers: "Hoort bij de Koers",
    noKoers: "geen thema",
    belongs: "hoort bij",
    koersTheme: (n: number): string => themeNumber(n).toLowerCase(),
    ofKoers: "van de Koers",
    toolbox: "In de Toolbox Meer Tijd voor de Patiënt",
};

/** "2 van 3", or nothing to count. */
export function milestonesDone(milestones: Theme["milestones"]): string {
    const done = milestones.filter((one) => one.status === "gedaan").length;
    return milestones.length === 0 ? "–" : `${whole(done)} van ${whole(milestones.length)}`;
}

/** "2 van 3 mijlpalen gedaan, 1 bezig"; without any the word that says so. */
export function milestoneTally(milestones: Theme["milestones"]): string {
    if (milestones.length === 0) return "geen mijlpalen";
    const many = (status: string): number => milestones.filter((one) => one.status === status).length;
    const rest = ["bezig", "open", "geen opgave"].flatMap((status) =>
        many(status) > 0 ? [`${whole(many(status))} ${status}`] : [],
    );
    return [`${whole(many("gedaan"))} van ${count(milestones.length, "mijlpaal", "mijlpalen")} gedaan`, ...rest].join(
        ", ",
    );
}

export const vakgroep = {
    title: (name: string): string => name,
    lead: (total: number, moved: string[]): string =>
        moved.length > 0
            ? `Van de ${whole(total)} indicatoren ${list(moved)} in een jaar, meer dan toeval. De andere veranderden niet aantoonbaar.`
            : `Geen van de ${whole(total)} indicatoren veranderde in een jaar aantoonbaar.`,
    allDelivered: (n: number): string => `alle ${practices(n)} leverden`,
    movedBetter: (n: number): string => (n === 1 ? "verbeterde er 1" : `verbeterden er ${whole(n)}`),
    movedWorse: (n: number): string => (n === 1 ? "verslechterde er 1" : `verslechterden er ${whole(n)}`),
    movedNeutral: (n: number): string => (n === 1 ? "veranderde er 1" : `veranderden er ${whole(n)}`),
    overview: "Overzicht",
    overviewCaption: (period: string): string => `Indicatoren van deze vakgroep, regio, ${period}`,
    largest: "Waar praktijken het meest van elkaar verschillen",
    largestIntro:
        "Het grootste verschil tussen praktijken dat niet door toeval te verklaren is: hier valt van elkaar te leren.",
    largestNone: "Bij geen enkele indicator verschillen de praktijken meer dan toeval zou geven.",
    population: "Om hoeveel patiënten het gaat",
    anonymous: "Praktijken zijn anoniem; hun volgorde en label zeggen niets en veranderen per publicatie.",
    goals: "Doelen van deze vakgroep",
    yearChange: "Verandering in een jaar",
    noneYet: "Er zijn nog geen indicatoren in deze bundel.",
};

/** Cell text for a change in a year. */
export function changeText(indicator: Indicator, finding: Finding | null): string {
    if (!finding?.earlier) return "–";
    if (indicator.maat === "aandeel") return `${signed((finding.now.value - finding.earlier.value) * 100)} pp`;
    if (finding.earlier.value === 0) return "–";
    return `${signed((finding.now.value / finding.earlier.value - 1) * 100)}%`;
}

export const change = {
    pp: "pp = procentpunt",
    more: "meer dan toeval",
    same: "kan toeval zijn",
    others: "door andere praktijken",
    othersNote:
        "‘Door andere praktijken’: wie toetrad, vertrok of niet leverde verschuift het cijfer; bij de praktijken die beide keren meetellen veranderde het niet aantoonbaar.",
};

export const mirror = {
    title: (name: string | null, agb: string): string => name ?? `Praktijk ${agb}`,
    lead: (shown: number, more: number, judged: number, explained = 0): string => {
        if (judged === 0)
            return "Uw praktijk heeft te weinig patiënten of te weinig kwartalen met cijfers om haar met de regio te vergelijken.";
        if (shown === 0 && explained > 0)
            return `Op geen van de ${whole(judged)} vergelijkbare indicatoren wijkt uw praktijk aantoonbaar af van de regio, als de leeftijd en het geslacht van uw patiënten worden meegewogen. Dat is een geldige uitkomst: er is niets uit te lichten.`;
        if (shown === 0)
            return `Op geen van de ${whole(judged)} vergelijkbare indicatoren wijkt uw praktijk aantoonbaar af van de regio. Dat is een geldige uitkomst: er is niets uit te lichten.`;
        const total = shown + more;
        return `Op ${whole(total)} van de ${whole(judged)} vergelijkbare indicatoren wijkt uw praktijk aantoonbaar af van de regio${more > 0 ? `; de ${whole(shown)} belangrijkste staan hieronder` : ""}.`;
    },
    rule: (quarters: [string, string] | null): string =>
        quarters
            ? `Uitgelicht is alleen wat in twee opeenvolgende kwartalen (${periodName(quarters[0])} en ${periodName(quarters[1])}) buiten de 99,8%-grenzen valt, nadat met de gewone verschillen tussen praktijken rekening is gehouden.`
            : "Uitgelicht wordt alleen wat twee kwartalen achtereen buiten de 99,8%-grenzen valt.",
    left: (on: string, period: string | null): string =>
        `Uw praktijk is sinds ${date(on)} geen lid meer en telt vanaf dan in geen enkel cijfer mee.${period === null ? "" : ` Hieronder staan uw laatste cijfers: ${periodName(period)}.`}`,
    newcomer: (since: string): string =>
        `Uw praktijk is lid sinds ${date(since)}; cijfers volgen na het eerste hele kwartaal.`,
    missing: (
        sources: { source: string; peildatum: string | null; held: string | null }[],
        newest: string,
        period: string | null,
    ): string => {
        const told = sources.map(({ source, peildatum, held }) => {
            const reached = peildatum === null ? "nooit geleverd" : `geleverd tot en met ${date(peildatum)}`;
            const waits = held === null ? "" : `; een levering tot en met ${date(held)} is aangehouden`;
            return `${source} (${reached}${waits})`;
        });
        const why = sources.some(({ held }) => held !== null)
            ? " Een aangehouden levering telt nog niet mee, omdat een controle daarin iets ongewoons vond: in uw kwaliteitsbrief staat wat, en hoe zij alsnog meetelt."
            : "";
        const older =
            period === null || period === newest
                ? ""
                : ` Hieronder staan uw laatste cijfers, die van het ${periodName(period)}.`;
        return `Over het ${periodName(newest)} ontbreekt van uw praktijk een levering: ${list(told)}. Die cijfers zijn niet nul maar onbekend, en uw praktijk is over dat kwartaal niet met de regio vergeleken.${why}${older}`;
    },
    /** Why a practice has no newest figures; null when it has. */
    absent: (presence: Presence, newest: string | null, period: string | null): string | null => {
        if (presence.kind === "left") return mirror.left(presence.on, period);
        if (presence.kind === "new") return mirror.newcomer(presence.since);
        return presence.kind === "missing" && newest !== null ? mirror.missing(presence.sources, newest, period) : null;
    },
    relaid: (from: string, to: string): string =>
        `Uw praktijk levert sinds de vorige publicatie uit een ander HIS of in een andere indeling (${from} → ${to}). Een sprong in uw cijfers kan dus registratie zijn en hoeft geen verandering van zorg te zijn.`,
    explained: "Lijkt te verschillen, maar past bij uw patiënten",
    explainedIntro:
        "Bij deze indicatoren ligt uw cijfer buiten de grenzen rond de regio, maar niet meer als de leeftijd en het geslacht van uw patiënten worden meegewogen. Hier hoeft u niets mee.",
    tooFew: "te weinig patiënten om te vergelijken",
    highlights: "Waar uw praktijk echt verschilt",
    rest: "Alle cijfers van uw praktijk",
    restIntro:
        "Per onderwerp dichtgevouwen. Elke stip is een anonieme praktijk, de lijn is de regio, de driehoek bent u. Verwacht is wat het aantal zou zijn als bij uw patiënten, naar hun leeftijd en geslacht, hetzelfde deel meetelde als in de regio.",
    expected: (many: number): string => `verwacht ${whole(many)}`,
    facts: "Over deze praktijk",
    agb: "AGB-code",
    hagro: "Hagro",
    inHagro: "hagro",
    area: "Gebied",
    registered: "Ingeschreven patiënten",
    find: "Zo vindt u deze patiënten in uw HIS",
    findShort: "Zoekrecept",
    recipesOnScreen: "De zoekrecepten voor uw HIS staan bij deze punten op het scherm.",
    noRecipe: "Voor deze indicator is geen zoekrecept geschreven.",
    approach: "Aanpak van de vakgroep",
    groupSummary: (total: number, outside: number, compared: number, isCompared = true): string => {
        const all = count(total, "indicator", "indicatoren");
        if (compared === 0) return all;
        if (!isCompared) return `${all} · dit kwartaal niet vergeleken`;
        return `${all} · ${outside > 0 ? `${whole(outside)} uitgelicht` : "geen aantoonbaar verschil met de regio"}`;
    },
    quarterTable: (group: string): string => `${group}: uw cijfers per kwartaal`,
    position: "Uw praktijk in de trechter",
    ownTrend: "Uw eigen verloop",
    printTable: "Alle vergelijkbare indicatoren op één blad",
    talk: "Voor het jaargesprek",
    talkLines: ["Wat herkennen we?", "Wat spreken we af, wie doet het, en wanneer kijken we weer?"],
    nothing: "Niets uitgelicht",
};

/** Title of a highlight: the finding itself. */
export function highlightTitle(highlight: Highlight): string {
    return `${highlight.indicator.titel}: ${writeValue(highlight.indicator, highlight.own)} bij u, ${percent(highlight.region, highlight.own.denominator >= 100 ? 1 : 0)} in de regio`;
}

/** One plain sentence: what it is, how many patients, and the direction. */
export function highlightSentence(highlight: Highlight): string {
    const { own, indicator, side, verdict } = highlight;
    const counts = `${whole(own.numerator)} van uw ${patients(own.denominator)}`;
    const where = side === "boven" ? "hoger" : "lager";
    const value = verdict === "anders" ? "" : verdict === "gunstig" ? " Dat is gunstig." : " Dat is ongunstig.";
    return `Bij u gaat het om ${counts} (${writeValue(indicator, own)}): ${where} dan bij een praktijk van uw grootte te verwachten is, twee kwartalen achtereen.${value}`;
}

/** What is to be expected of these patients; null where it is not known. */
export function highlightExpected({ own }: Highlight): string | null {
    return own.expected === undefined
        ? null
        : `Naar de leeftijd en het geslacht van uw patiënten waren er ${whole(own.expected)} te verwachten.`;
}

/** What the record system may have to do with it. */
export function highlightSystem({ his, percent: together }: { his: string; percent: number }): string {
    return `Praktijken met hetzelfde HIS als u (${his}) zitten samen op ${together}%. Een deel van het verschil kan dus registratie zijn: kijk eerst of het in uw HIS anders is vastgelegd.`;
}

/** A difference that age and sex of the patients explain. */
export function explainedSentence({ indicator, own, region, expected }: Explained): string {
    const many = own.denominator >= 100 ? 1 : 0;
    return `${indicator.titel}: ${writeValue(indicator, own)} bij u, ${percent(region, many)} in de regio. Naar de leeftijd en het geslacht van uw patiënten zijn er ${whole(expected)} te verwachten; u heeft er ${whole(own.numerator)}. Dat verschil kan toeval zijn.`;
}

/** How many patients lie between the practice and the region. */
export function highlightPatients(highlight: Highlight): string {
    if (highlight.verdict === "ongunstig")
        return highlight.side === "boven"
            ? `${capital(patients(highlight.patients))} minder, en u zit op de regionale waarde.`
            : `${capital(patients(highlight.patients))} erbij, en u zit op de regionale waarde.`;
    const beyond = highlight.side === "boven" ? "meer" : "minder";
    return `Dat zijn ${patients(highlight.patients)} ${beyond} dan bij de regionale waarde.`;
}

export const verdictWords = { gunstig: "gunstig", ongunstig: "aandacht", anders: "anders" } as const;

export function funnelLabel(highlight: Highlight, low: number, high: number): string {
    return `${highlight.indicator.titel}: uw praktijk ${writeValue(highlight.indicator, highlight.own)} bij ${patients(highlight.own.denominator)}; bij die grootte ligt 99,8% van de praktijken tussen ${percent(low, 0)} en ${percent(high, 0)}, regio ${percent(highlight.region, 0)}.`;
}

export const funnel = {
    outer: "Buitenste baan: 99,8% van de praktijken van die grootte; binnenste baan: 95%. Andere praktijken staan er niet in: hun aantallen zijn van hen.",
    axis: "aantal patiënten in de noemer",
    region: (value: number): string => `regio ${percent(value, 0)}`,
    table: (title: string): string => `${title}: uw praktijk per kwartaal, met de grenzen`,
    limits: "99,8%-grenzen",
};

export const passport = {
    title: "Definitiepaspoort",
    why: "Waarom dit telt",
    numerator: "Teller",
    denominator: "Noemer",
    exclusions: "Niet meegeteld",
    measure: "Maat",
    kind: "Soort",
    klass: "Klasse",
    sources: "Bronnen",
    window: "Venster",
    windowMonths: (months: number): string => `${count(months, "maand", "maanden")} tot en met de peildatum`,
    better: "Richting",
    theme: "Thema van de Koers",
    vakgroep: "Vakgroep",
    strata: "Uitgesplitst naar",
    reference: "Bron van de definitie",
    otherReference: "Referentie",
    author: "Opgesteld door",
    checked: "Gecontroleerd",
    revised: "Herzien",
    again: "Opnieuw te bekijken",
    approach: "Aanpak",
    recipe: "Zoekrecept voor het HIS",
    recipeIntro:
        "Met deze zoekopdracht vindt een praktijk de patiënten in het eigen HIS. Er gaan geen patiëntgegevens de praktijk uit.",
    examples: "Uitgewerkte voorbeelden",
    examplesIntro:
        "Zo telt de definitie. Deze voorbeelden zijn ook de proef op de som: bij elke wijziging worden ze nagerekend.",
    expect: "Uitkomst",
    hash: "Vingerafdruk van de query",
    measures: {
        aandeel: "aandeel: de teller is deel van de noemer; 95%-interval volgens Wilson",
        aantal: "aantal: gebeurtenissen of personen, waar een noemer is ook per 1.000 per maand: een kwartaal of jaar is de gemiddelde maand (exacte Poisson-grenzen)",
        ratio: "verhouding: de teller kan groter zijn dan de noemer; geen interval",
    } as Record<Indicator["maat"], string>,
    kinds: {
        stand: "stand op de laatste dag van de periode",
        stroom: "stroom: wat in de periode gebeurde",
        praktijk: "per praktijk ja of nee op de laatste dag van de periode",
        regio: "telling van het bureau",
    } as Record<Indicator["soort"], string>,
    klasses: {
        populatie: "populatie",
        proces: "proces: gedaan of bekend",
        uitkomst: "uitkomst: hoe het met de patiënt is",
        beweging: "beweging: verwijzingen, gesprekken",
        praktijk: "praktijk",
        bureau: "bureau",
    } as Record<Indicator["klasse"], string>,
};

export const definitions = {
    title: "Definities",
    lead: (n: number, open: number): string =>
        `${whole(n)} indicatoren, elk met vraag, teller, noemer, zoekrecept en uitgewerkte voorbeelden${open > 0 ? `; ${whole(open)} met een code die nog te bevestigen is` : ""}. Op deze pagina’s staan geen cijfers.`,
    caption: (group: string): string => `Definities: ${group}`,
    question: "Vraag",
    state: "Stand",
    confirmed: "codes bevestigd",
};

export const indicatorPage = {
    strata: "Uitgesplitst",
    strataCaption: (title: string, period: string): string => `${title}, uitgesplitst, ${periodName(period)}`,
    stratum: "Deel",
    quality: "Hoe volledig is dit?",
    coverage: (delivered: number, members: number, period: string): string =>
        delivered >= members
            ? `Alle ${practices(members)} die lid zijn leverden over ${periodName(period)}.`
            : `${whole(delivered)} van de ${practices(members)} leverden over ${periodName(period)}; de andere tellen niet mee, ook niet als nul.`,
    noValue: "Voor deze indicator is in deze publicatie nog geen regionale waarde te tonen.",
    hidden: "De regionale waarde is afgeschermd: het gaat om te weinig patiënten, of zij zou terug te rekenen zijn. Dat is geen nul.",
    redefined:
        "De definitie van deze indicator is sinds de vorige publicatie veranderd; eerdere perioden zijn opnieuw geteld. Wat daardoor verschuift, is geen verandering van zorg.",
    toChanges: "Wat veranderde er en waardoor",
    years: (title: string): string => `${title}: per kalenderjaar`,
};

/** Ages from the youngest of their group. */
function ageGroup(from: number): string {
    const upTo = new Map([
        [0, 17],
        [18, 44],
        [45, 64],
        [65, 74],
    ]).get(from);
    return upTo === undefined ? `${from} jaar en ouder` : `${from}-${upTo} jaar`;
}

const sexes: Record<string, string> = { V: "vrouwen", M: "mannen", O: "onbekend" };

export const ageSex = {
    title: "Naar leeftijd en geslacht",
    age: "Leeftijd",
    ageGroup,
    sex: (sex: string | null): string => capital(sex === null ? "iedereen" : (sexes[sex] ?? sex)),
    finding: (low: { name: string; percent: number }, high: { name: string; percent: number }): string =>
        low.percent === high.percent
            ? `In alle leeftijdsgroepen ${low.percent}%`
            : `Van ${low.percent}% bij ${low.name} tot ${high.percent}% bij ${high.name}`,
    group: (from: number, sex: string | null): string =>
        sex === null ? ageGroup(from) : `${sexes[sex] ?? sex} van ${ageGroup(from)}`,
    caption: (title: string, period: string): string =>
        `${title} naar leeftijd en geslacht, regio, ${periodName(period)}`,
    note: "Hele procenten van de regio. Een praktijk met oudere of jongere patiënten komt hierdoor anders uit zonder andere zorg; in elke spiegel staat daarom ook het verwachte aantal.",
};

export const recordSystems = {
    title: "Effect van het HIS",
    finding: (low: { his: string; percent: number }, high: { his: string; percent: number }, more: boolean): string =>
        low.percent === high.percent
            ? `Tussen HIS’en geen verschil: overal ${low.percent}%`
            : more
              ? `Praktijken met ${high.his} ${high.percent}%, met ${low.his} ${low.percent}%: dat verschil kan registratie zijn`
              : `Praktijken met ${high.his} ${high.percent}%, met ${low.his} ${low.percent}%: dat kan toeval zijn`,
    more: "Het verschil tussen HIS’en is groter dan toeval tussen praktijken zou geven. Het kan aan registratie of export liggen en hoeft geen verschil in zorg te zijn: vergelijk eerst hoe het wordt vastgelegd.",
    same: "Het verschil tussen HIS’en is niet groter dan toeval tussen praktijken zou geven.",
    his: "HIS",
    practices: "Praktijken",
    together: "Samen",
    caption: (title: string, period: string): string => `${title} per HIS, ${periodName(period)}`,
    only: "Alleen HIS’en van minstens vier praktijken, waarvan geen meer dan 60% van de patiënten heeft; in hele procenten.",
    mark: "verschilt per HIS: kan registratie zijn",
};

export const deliveryNotes = {
    missing: (sources: { source: string; practices: number; held: number }[]): string => {
        const told = sources.map(({ source, practices: n, held }) => {
            const waits = held === 0 ? "" : held === n ? " (aangehouden)" : ` (waarvan ${whole(held)} aangehouden)`;
            return `${source} van ${practices(n)}${waits}`;
        });
        const why = sources.some(({ held }) => held > 0)
            ? " Aangehouden is wat binnenkwam en nog nagekeken wordt, omdat een controle er iets ongewoons in vond."
            : "";
        return `Niet geleverd tot het eind van de periode: ${list(told)}.${why}`;
    },
    relaid: (n: number): string =>
        `${capital(practices(n))} ${n === 1 ? "levert" : "leveren"} uit een ander HIS of in een andere indeling dan de keer daarvoor: een sprong kan daar registratie zijn.`,
    warned: (n: number): string =>
        `Bij ${practices(n)} ${n === 1 ? "verspringt" : "verspringen"} de aantallen achter dit cijfer ten opzichte van de levering daarvoor. Dat is vaker een verandering in codering of export dan in zorg; de praktijken hebben hierover bericht.`,
    aside: (points: number): string =>
        `Rijen die niet te lezen waren, tellen niet mee. Zij kunnen het cijfer van de regio hooguit ${decimal(points, points < 1 ? 1 : 0)} procentpunt verschuiven.`,
    fine: "Wat wel geleverd is, verspringt niet tegenover de levering daarvoor en komt niet uit een ander HIS.",
    mark: "kan registratie zijn",
};

export const reconciliation = {
    title: "Het jaarverslag 2022 nagerekend",
    lead: (equal: number, total: number): string =>
        equal === total
            ? `Alle ${whole(total)} gedrukte cijfers die uit leveringen na te rekenen zijn, komen precies uit.`
            : `${whole(equal)} van de ${whole(total)} gedrukte cijfers komen precies uit; ${whole(total - equal)} niet.`,
    rows: "Cijfer voor cijfer",
    figure: "Cijfer",
    printed: "Gedrukt",
    computed: "Berekend",
    how: "Hoe berekend",
    verdict: "Uitkomst",
    equal: "gelijk",
    different: "verschilt",
    unknown: "niet na te rekenen",
    contradictions: "Waar het jaarverslag zichzelf tegenspreekt",
    contradictionsIntro: "Deze tegenspraken staan in het verslag zelf. Ze zijn hier benoemd en niet gladgestreken.",
    inReport: "In het verslag",
    finding: "Wat we zien",
    other: "Overig",
    caption: (group: string): string => `Jaarverslag 2022: ${group}`,
    none: "In deze bundel staat geen vergelijking met het jaarverslag.",
};

export const operator = {
    title: "Beheer",
    lead: (accepted: number, held: number, refused: number, aside: number): string =>
        `${count(accepted, "levering", "leveringen")} aangenomen, ${whole(held)} aangehouden, ${whole(refused)} geweigerd; ${count(aside, "rij", "rijen")} terzijde gelegd.`,
    held: "Aangehouden",
    heldIntro:
        "Deze leveringen kwamen binnen en tellen nog niet mee, omdat een controle niet opgaat. De brief van de levering zegt wat er ongewoon is; klopt het toch, neem haar dan op zonder --hold.",
    noHeld: "Er wordt niets aangehouden.",
    quality: "Wat anders is dan de vorige levering",
    qualityCaption: "Huidige leveringen die verspringen of uit een andere indeling komen",
    noQuality: "Geen enkele levering verspringt tegenover de vorige of komt uit een andere indeling.",
    source: "Bron",
    differs: "Wat anders is",
    relaid: (from: string, to: string): string => `Andere indeling: eerst ${from}, nu ${to}.`,
    checks: "Controles",
    deliveries: "Leveringen",
    refused: "Geweigerd",
    name: "Levering",
    format: "Indeling",
    practices: "Praktijken",
    rows: "Rijen",
    kept: "Bewaard",
    aside: "Terzijde",
    asideCaption: "Terzijde gelegde rijen per reden",
    asideTitle: "Terzijde gelegd",
    reason: "Reden",
    message: "Melding",
    code: "Code",
    coverage: "Dekking per praktijk",
    coverageCaption: "Laatste levering per praktijk en bron",
    practice: "Praktijk",
    history: "Gegevens vanaf",
    none: "geen levering",
    noDeliveries: "In deze bundel staan geen leveringen.",
    keptTitle: "Wat per publiek getoond wordt",
    keptCaption: "Getoonde cellen per publiek en pagina",
    page: "Pagina",
    cells: "Cellen",
    shown: "Getoond",
    share: "Deel getoond",
    suppression: "Logboek afscherming",
    suppressionCaption: "Afgeschermde cellen per publiek en reden",
    audience: "Publiek",
    releases: "Releases",
    releasesCaption: "Releases van het meer",
    number: "Aantal",
    noRefused: "Er is niets geweigerd.",
    noAside: "Er zijn geen rijen terzijde gelegd.",
};

export const start = {
    title: "Wie bent u?",
    lead: "Regiospiegel laat zien hoe de zorg van huisartsenpraktijken in de regio ervoor staat. Kies wat bij u past.",
    coalitie: "Ik werk in de regionale coalitie of bij een verzekeraar",
    gemeente: "Ik werk bij een gemeente",
    vakgroep: "Ik zit in een vakgroep",
    hagro: "Ik bespreek cijfers in mijn hagro",
    adviseur: "Ik voer de jaargesprekken",
    praktijk: "Ik werk in een praktijk",
    beheer: "Ik beheer de leveringen",
    openbaar: "Ik wil weten hoe er geteld wordt",
    coalitieText: "Doelen van de Koers, gebieden naast elkaar en de vergelijking met het jaarverslag.",
    gemeenteText: "Het eigen gebied naast de regio, per kwartaal en per jaar.",
    hagroText: "De praktijken van één hagro naast elkaar, en naast de regio.",
    adviseurText: "De spiegels van de praktijken die aan u zijn toegewezen.",
    vakgroepText: "Regionale waarden, verloop en spreiding over anonieme praktijken.",
    praktijkText: "Uw eigen cijfers naast de regio, met zoekrecepten voor uw HIS.",
    beheerText: "Leveringen, wat terzijde is gelegd en wat is afgeschermd.",
    openbaarText: "Alle definities met uitgewerkte voorbeelden.",
    ownLink: "Na het inloggen staat uw eigen spiegel voor u klaar. De regionale organisatie geeft u toegang.",
    signIn: "Inloggen",
    mirrors: "Praktijkspiegels in deze demo",
    mirrorsNote: "Alleen omdat dit een demo met verzonnen praktijken is, staan ze hier bij elkaar.",
};

export const kept = {
    title: "Wat is afgeschermd",
    line: (shown: number, cells: number): string =>
        cells === 0
            ? "Er zijn geen cellen."
            : `${whole(shown)} van ${whole(cells)} cellen (${percent(shown / cells, 1)}) worden getoond; de rest is afgeschermd om personen en praktijken te beschermen.`,
};

/** "+12 (noemer +30)": what a cause moved, in patients or events. */
const moved = ({ numerator, denominator }: { numerator: number; denominator: number }): string =>
    denominator === 0 ? signed(numerator, 0) : `${signed(numerator, 0)} (noemer ${signed(denominator, 0)})`;

const causeWords: Record<DriftCause, string> = {
    care: "zorg",
    membership: "lidmaatschap van praktijken",
    ageing: "vergrijzing",
    registration: "registratie of indeling",
    definition: "een nieuwe definitie",
    moves: "in- en uitschrijving",
    correction: "een correctie in een levering",
    layout: "een andere indeling van de levering",
    other: "andere oorzaken samen",
    several: "meer dan een oorzaak",
};

const classWords: Record<CauseClass, string> = {
    care: "zorg",
    membership: "lidmaatschap",
    ageing: "vergrijzing",
    registration: "registratie of indeling",
    definition: "definitie",
};

export const changes = {
    menu: "Wat veranderde er",
    title: "Wat veranderde er en waardoor",
    description: "Elk verschil met de vorige publicatie, in patiënten uitgesplitst naar oorzaak.",
    first: "Dit is de eerste publicatie: er is nog niets om mee te vergelijken. De volgende legt hier uit wat er veranderde en waardoor.",
    notComparable: "Met de vorige publicatie kan niet worden vergeleken.",
    lead: ({ before, practices: happened, newest, definitions }: Changes): string => {
        const did = (n: number | undefined, one: string, more: string): string =>
            n === undefined || n === 0 ? "" : `${practices(n)} ${n === 1 ? one : more}`;
        const parts = [
            did(happened?.joined, "kwam erbij", "kwamen erbij"),
            did(happened?.left, "vertrok", "vertrokken"),
            did(happened?.relaid, "leverde uit een ander HIS", "leverden uit een ander HIS"),
            definitions && definitions.changed.length > 0 ? "definities veranderden" : "",
        ].filter((part) => part !== "");
        const since = before
            ? `Sinds de publicatie van ${date(before.made)} (peildatum ${date(before.peildatum)})`
            : "Sinds de vorige publicatie";
        const many = newest.filter(
            ({ before: then, after }) => then.numerator !== after.numerator || then.denominator !== after.denominator,
        ).length;
        return `${since} ${many === 0 ? "veranderde geen enkel cijfer" : `veranderden ${count(many, "cijfer", "cijfers")}`}${parts.length > 0 ? `; ${list(parts)}` : ""}.`;
    },
    before: "Eerder",
    after: "Nu",
    why: "Waardoor",
    own: "Uw praktijk",
    region: "Regio",
    nothing: "niets veranderd",
    of: (numerator: number, denominator: number): string => `${whole(numerator)} van ${whole(denominator)}`,
    part: (word: string, part: { numerator: number; denominator: number }): string => `${word} ${moved(part)}`,
    together: (classes: CauseClass[]): string =>
        classes.length === 1
            ? classWords[classes[0] ?? "care"]
            : `overig (${classes.map((name) => classWords[name]).join(", ")})`,
    causes: {
        care: "zorg",
        membership: "lidmaatschap",
        ageing: "vergrijzing",
        moves: "in- en uitschrijving",
        correction: "correctie in de levering",
        layout: "andere indeling (ander HIS)",
        definition: "definitie",
    },
    notSplit: (numerator: number, denominator: number): string =>
        `${moved({ numerator, denominator })}; te klein om uit te splitsen zonder iets over personen of praktijken te zeggen`,
    barLabel: (sentence: string): string => `Waardoor: ${sentence}`,
    still: (n: number): string => `${count(n, "cijfer bleef", "cijfers bleven")} gelijk.`,
    movedOf: (many: number, all: number): string => `${whole(many)} van ${count(all, "cijfer", "cijfers")} veranderd`,
    alarm: (cause: DriftCause | null): string =>
        cause === null ? "meer dan toeval" : `meer dan toeval, waarschijnlijk door ${causeWords[cause]}`,
    pair: (from: string, to: string): string =>
        from === to
            ? `${capital(periodName(to))}, opnieuw geteld`
            : `${capital(periodName(to))} naast ${periodName(from)}`,
    moved: (indicator: Indicator, { before: then, after, drift }: ShownChange): string => {
        const write = ({ numerator, denominator }: ShownChange["before"]): string =>
            indicator.maat === "aandeel" && denominator
                ? percent(numerator / denominator, denominator >= 100 ? 1 : 0)
                : whole(numerator);
        const why =
            drift.cause === null
                ? "de oorzaak is te klein om te noemen of niet te scheiden"
                : `waarschijnlijk door ${causeWords[drift.cause]}`;
        return `van ${write(then)} naar ${write(after)}, ${why}`;
    },
    beyondChance: "Meer dan toeval",
    noneBeyond: "Geen enkel cijfer veranderde meer dan toeval kan geven.",
    moreBeyond: (n: number): string => `Nog ${count(n, "cijfer", "cijfers")} staan met hetzelfde merk in de tabellen.`,
    chanceNote:
        "De grens is die van de trechter (99,8%). Wat een definitie, een levering of lidmaatschap verschuift, is geen verandering van zorg. Cijfers met te weinig patiënten en cijfers zonder interval krijgen geen merk: daar is het niet te zeggen.",
    withheld: (n: number): string =>
        `${count(n, "verandering wordt", "veranderingen worden")} niet getoond, omdat een van de twee cijfers is afgeschermd.`,
    definitions: "Nieuwe definities",
    definitionsIntro: (n: number): string =>
        `De definitie achter ${count(n, "cijfer", "cijfers")} is veranderd. Wat daardoor verschuift, is geen verandering van zorg; eerdere perioden zijn opnieuw geteld.`,
    definitionsCaption: "Dezelfde leveringen, met de oude en met de nieuwe definitie",
    oldDefinition: "Oude definitie",
    newDefinition: "Nieuwe definitie",
    codeAdded: (code: string): string => `erbij: ${code}`,
    codeRemoved: (code: string): string => `vervallen: ${code}`,
    textChanged: (added: number, removed: number): string =>
        `De tekst van deze vraag veranderde: ${count(added, "regel", "regels")} erbij, ${count(removed, "regel", "regels")} eraf.`,
    added: (title: string): string => `Nieuw: ${title}.`,
    dropped: (id: string): string => `Vervallen: ${id}.`,
    unmoved: (n: number): string =>
        `Van ${count(n, "definitie", "definities")} veranderde de tekst zonder dat een getal veranderde.`,
    notRerun:
        "De oude definitie kon niet meer worden uitgerekend: wat een correctie verschoof, staat bij de definitie.",
    restated: "Herzien",
    restatedIntro: (figures: number, beyond: number): string =>
        figures === 0
            ? "Geen enkel eerder gepubliceerd cijfer is herzien."
            : `${count(figures, "eerder gepubliceerd cijfer is", "eerder gepubliceerde cijfers zijn")} herzien, meestal omdat zorg later is vastgelegd. ${beyond === 0 ? "Geen daarvan verschoof meer dan toeval kan geven" : `Meer dan toeval verschoof ${count(beyond, "cijfer", "cijfers")}, hieronder oud en nieuw`}; ze staan alle in het bestand onder aan deze pagina.`,
    classesTitle: "Hoe de oorzaken zijn geteld",
    classes: {
        care: {
            word: "zorg",
            text: "Wat praktijken en patiënten deden: gemeten, gesproken, een waarde verbeterd, een episode begonnen. Bij praktijkfeiten en tellingen van het bureau: wat er werd opgegeven.",
        },
        membership: {
            word: "lidmaatschap",
            text: "Praktijken die maar in een van beide meetellen: lid geworden of vertrokken, van hagro veranderd, of nu wel of niet meer geleverd.",
        },
        ageing: {
            word: "vergrijzing",
            text: "Patiënten die alleen door hun geboortejaar over een leeftijdsgrens gingen. Alleen het geboortejaar is bekend, dus dit verspringt op 1 januari.",
        },
        registration: {
            word: "registratie of indeling",
            text: "Patiënten die zich in- of uitschreven in een van beide tijdvakken, met al hun zorg; en wat een latere levering anders zegt over hetzelfde tijdvak, ook na een ander HIS.",
        },
        definition: {
            word: "definitie",
            text: "Dezelfde leveringen en hetzelfde tijdvak, met de oude en met de nieuwe vraag of codelijst.",
        },
        other: {
            word: "overig",
            text: "Oorzaken samen, waar een ervan alleen te klein is om te tonen.",
        },
    },
};

/** "Nissewaard 83,1%, Rozenburg afgeschermd en regio 81,0%": names keep their capital, common words do not. */
const named = (values: (readonly [name: string, text: string])[]): string =>
    list(values.map(([name, text]) => `${[table.region, table.own].includes(name) ? inSentence(name) : name} ${text}`));
const missed = (missing: (readonly [word: string, many: number])[]): string =>
    list(missing.map(([word, many]) => `${count(many, "periode", "perioden")} ${word}`));
const inPeriod = (period: string): string => `${period.includes("Q") ? "het " : ""}${periodName(period)}`;

export const explorer = {
    title: "Verkenner",
    description: "Zelf een indicator, niveau en periode kiezen uit de gepubliceerde cijfers.",
    lead: "Kies zelf een indicator, een niveau en een periode, en neem de grafiek of de cijfers mee.",
    needsScript: "Kiezen kan alleen met JavaScript. Zonder staan dezelfde cijfers op",
    samePages: "uw gewone pagina’s",
    asFiles: "Als bestand:",
    choose: "Kies wat u ziet",
    level: "Niveau",
    levels: {
        practice: "Praktijk",
        region: "Regio",
        area: "Gebied",
        hagro: "Hagro",
        organisation: "Organisatie",
    } as Record<Level, string>,
    series: (most: number): string => `Naast elkaar (hoogstens ${whole(most)})`,
    region: "Regio ernaast",
    per: "Per",
    kinds: { month: "maand", quarter: "kwartaal", year: "jaar" } as Record<PeriodKind, string>,
    all: "alle perioden: het verloop",
    group: "Groep",
    part: (name: string, stratum: string): string => `${name}, ${stratum}`,
    finding: (title: string, values: (readonly [string, string])[], period: string, unit: string | null): string =>
        `${title} in ${inPeriod(period)}${unit ? `, ${unit}` : ""}: ${named(values)}`,
    unit: "per 1.000 per maand",
    span: (
        name: string,
        first: { text: string; period: string },
        last: { text: string; period: string },
        missing: (readonly [string, number])[],
    ): string =>
        `${name}: ${first.period === last.period ? `${last.text} in ${inPeriod(last.period)}` : `van ${first.text} in ${inPeriod(first.period)} naar ${last.text} in ${inPeriod(last.period)}`}${missing.length > 0 ? `; ${missed(missing)}` : ""}.`,
    nothing: (name: string, missing: (readonly [string, number])[]): string =>
        `${name}: geen waarde om te tonen${missing.length > 0 ? ` (${missed(missing)})` : ""}.`,
    intervals: (values: (readonly [string, string])[]): string =>
        values.length === 0 ? "" : `95%-interval: ${named(values)}.`,
    courseCaption: (title: string): string => `${title}, het verloop`,
    periodCaption: (title: string, period: string): string => `${title}, ${periodName(period)}`,
    noChart: "Van deze keuze is geen waarde te tekenen; de tabel zegt waarom.",
    copy: "Kopieer koppeling",
    copied: "De koppeling is gekopieerd; wie hem opent en deze pagina’s mag zien, ziet dezelfde keuze.",
    byHand: "Kopiëren mag hier niet vanzelf: de koppeling staat hieronder, klaar om over te nemen.",
    link: "Koppeling naar deze keuze",
    svg: "Grafiek (SVG)",
    csv: "Cijfers (CSV)",
    arrow: "Cijfers (Arrow)",
    definition: "Definitie",
    source: ({ id, peildatum, demo }: { id: string; peildatum: string | null; demo: boolean }): string =>
        [
            demo ? `${site.demo}.` : "",
            `Bron: ${site.name}, publicatie ${id}${peildatum ? `, peildatum ${date(peildatum)}` : ""}.`,
        ]
            .filter((part) => part !== "")
            .join(" "),
    noFile: "De cijfers konden niet worden opgehaald: misschien bent u te lang weg geweest. Laad de pagina opnieuw en log zo nodig weer in.",
};
