/** How periods and numbers stand in Dutch text. Read from how people write them, not from the code that writes the pages. */

const MONTHS = [
    ["januari", "jan"],
    ["februari", "feb"],
    ["maart", "mrt"],
    ["april", "apr"],
    ["mei", "mei"],
    ["juni", "jun"],
    ["juli", "jul"],
    ["augustus", "aug"],
    ["september", "sep"],
    ["oktober", "okt"],
    ["november", "nov"],
    ["december", "dec"],
] as const;

const MONTH = MONTHS.flat().join("|");
const SPAN = new RegExp(`\\b(${MONTH})\\.? (?:tot en met|t/m|en) (${MONTH})\\.? (\\d{4})\\b`, "gi");
const SINGLE = new RegExp(`\\b(${MONTH})\\.? (\\d{4})\\b`, "gi");
const QUARTER = /\b([1-4])e (?:kwartaal|kw)\.? (\d{4})\b/gi;
const CODED = /\b(\d{4})-(Q[1-4]|0[1-9]|1[0-2])\b(?!-)/g;
const YEAR = /\b(?:19|20)\d{2}\b/g;

/** Periods that a text names: each as the marts spell it, and spans of months as lists. */
export interface NamedPeriods {
    periods: string[];
    spans: string[][];
    /** The text with periods taken out. */
    rest: string;
}

export function namedPeriods(text: string): NamedPeriods {
    const periods: string[] = [];
    const spans: string[][] = [];
    const month = (name: string, year: string) => `${year}-${String(monthNumber(name)).padStart(2, "0")}`;
    const rest = text
        .replace(/\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d{4}-\d{2}-\d{2}\b/g, " ")
        .replace(SPAN, (_whole, first: string, last: string, year: string) => {
            const span: string[] = [];
            for (let number = monthNumber(first); number <= monthNumber(last); number += 1)
                span.push(`${year}-${String(number).padStart(2, "0")}`);
            spans.push(span);
            periods.push(...span);
            return " ";
        })
        .replace(SINGLE, (_whole, name: string, year: string) => {
            periods.push(month(name, year));
            return " ";
        })
        .replace(QUARTER, (_whole, quarter: string, year: string) => {
            periods.push(`${year}-Q${quarter}`);
            return " ";
        })
        .replace(CODED, (_whole, year: string, part: string) => {
            periods.push(`${year}-${part}`);
            return " ";
        })
        .replace(YEAR, (year) => {
            periods.push(year);
            return " ";
        });
    return { periods, spans, rest };
}

function monthNumber(name: string): number {
    return MONTHS.findIndex((names) => (names as readonly string[]).includes(name.toLowerCase())) + 1;
}

/** A number in a text, as precisely as it is written. */
export interface NumberInText {
    value: number;
    step: number;
    isPercent: boolean;
    /** Written with a sign, or in percentage points: a difference, not a figure itself. */
    isChange: boolean;
}

/** What is counted by these words is no patient: practices, indicators, months. */
const NOT_PATIENTS =
    /^\s*(?:van de |de |vergelijkbare |andere |aangesloten |opeenvolgende )?(?:praktijk(?:en)?|leden|lid|indicator(?:en)?|doel(?:en)?|thema['’]?s?|mijlpa(?:al|len)|interventies?|hagro['’]?s?|perioden?|kwartal?en?|kwartaal|maand(?:en)?|ja(?:ar|ren)|rij(?:en)?|cellen|levering(?:en)?|publicaties?|gebied(?:en)?|tafels?|jaar en ouder|stippen?)\b/;
/** Fixed expressions in which a number is no figure. */
const EXPRESSIONS: readonly RegExp[] = [
    /\b\d+(?:,\d+)?\s?%?-(?:interval|grenzen|limiet|betrouwbaarheid)\w*/gi,
    /\b99,8\s?%(?= van de praktijken)/gi,
    /\bper 1\.000\b/gi,
    /\bas van -?\d+% tot -?\d+%/gi,
    /\b(?:thema|tafel)\s+\d+\b/gi,
    /\b\d{8}\b/g,
    /\b\d+(?:\.\d{3})* (?:van|→) (?:de )?\d+(?:\.\d{3})* (?=praktijken|leden|cellen)/gi,
    /\b[0-9a-f]{10,}\b/g,
];
const NUMBER = /([+−-]\s?)?(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?:\s?(%|procentpunt|pp\b))?/g;

/** The numbers of a text that may be figures about patients. */
export function numbersIn(text: string): NumberInText[] {
    let left = text;
    for (const expression of EXPRESSIONS) left = left.replace(expression, " ");
    const found: NumberInText[] = [];
    for (const match of left.matchAll(NUMBER)) {
        const [whole, sign, digits = "", unit] = match;
        const before = left[match.index - 1] ?? "";
        const after = left.slice(match.index + whole.length);
        // Part of a word or a code: HbA1c, T90.02, 75plus.
        if (/[\p{L}\d_.]/u.test(before) || /^[\p{L}_]/u.test(after)) continue;
        if (unit === undefined && NOT_PATIENTS.test(after)) continue;
        const plain = digits.replaceAll(".", "").replace(",", ".");
        const decimals = plain.split(".")[1]?.length ?? 0;
        const isPercent = unit === "%";
        const isRange = /\d[%]?\s?$/.test(left.slice(0, match.index)) && sign !== undefined;
        found.push({
            value: Number(plain) * (sign && !isRange && /[−-]/.test(sign) ? -1 : 1),
            step: 10 ** -decimals,
            isPercent,
            isChange: (sign !== undefined && !isRange) || unit === "pp" || unit === "procentpunt",
        });
    }
    return found;
}
