import { quoteName, quoteText } from "../check.ts";
import { DAY_STYLES, TIME_BEHIND } from "../day-style.ts";
import type { Dialect, Field } from "../format.ts";
import type { ProblemCode } from "../issues.ts";
import type { Column } from "../table.ts";

/** How one delivered field becomes a lake value: SQL over the trimmed text in column `raw`. */
export interface FieldReading {
    /** Typed value; NULL when empty or unreadable. */
    value: string;
    /** What it is called when there is text but no value. */
    unreadable: ProblemCode;
    /** The value can only be one that the contract allows, so that its constraints need no second look. */
    allowed?: boolean;
    /** Condition under which a value was read that must count as unreadable after all. */
    misread?: string;
    /** A value that was read cannot identify anybody: its type leaves no room for it. */
    proven: boolean;
}

/** Reads one field of a layout into a lake column. `result` and `unit` are read together, see measurement.ts. */
export function readField(raw: string, field: Field, column: Column, dialect: Dialect): FieldReading {
    switch (field.reading) {
        case "agb":
            return { value: readAgb(raw), unreadable: "praktijk_onbekend", proven: true };
        case "agb_or_bureau":
            return {
                value: `CASE WHEN lower(${raw}) = 'bureau' THEN 'bureau' ELSE ${readAgb(raw)} END`,
                unreadable: "praktijk_onbekend",
                proven: true,
            };
        case "month":
            return {
                value: `CASE WHEN length(${raw}) = 7 THEN try_strptime(${raw} || '-01', '%Y-%m-%d')::DATE END`,
                unreadable: "datum_onleesbaar",
                proven: true,
            };
        case "upper":
            return { value: `nullif(upper(${raw}), '')`, unreadable: "waarde_onleesbaar", proven: true };
        case "lower":
            return { value: `nullif(lower(${raw}), '')`, unreadable: "waarde_onleesbaar", proven: false };
        case "fact_value":
            return {
                value: `CASE lower(${raw}) WHEN 'ja' THEN 1 WHEN 'j' THEN 1 WHEN 'nee' THEN 0 WHEN 'n' THEN 0 ELSE ${readNumber(raw)} END`,
                unreadable: "waarde_onleesbaar",
                proven: false,
            };
        default:
            return byColumn(raw, field, column, dialect);
    }
}

function byColumn(raw: string, field: Field, column: Column, dialect: Dialect): FieldReading {
    const problem = column.about.problem ?? "waarde_onleesbaar";
    switch (column.sqlType) {
        case "DATE":
            return {
                value: readDay(raw, dialect),
                unreadable: "datum_onleesbaar",
                proven: true,
                misread: `${quoteName(column.name)} < DATE '${FIRST_READABLE_DAY}'`,
            };
        case "INTEGER":
            return { value: readInteger(raw), unreadable: problem, proven: false };
        case "DOUBLE":
            return { value: readNumber(raw), unreadable: problem, proven: false };
        case "BOOLEAN":
            return {
                value: `CASE lower(${raw}) WHEN 'ja' THEN true WHEN 'j' THEN true WHEN 'nee' THEN false WHEN 'n' THEN false END`,
                unreadable: problem,
                proven: true,
            };
        default:
            break;
    }
    const words = wordsOf(field, column);
    if (words !== null) {
        const cases = Object.entries(words).map(([from, to]) => `WHEN ${quoteText(from)} THEN ${quoteText(to)}`);
        return { value: `CASE lower(${raw}) ${cases.join(" ")} END`, unreadable: problem, proven: true, allowed: true };
    }
    const isPostcode = problem === "postcode_onleesbaar";
    const text = isPostcode ? `regexp_replace(${raw}, '\\s+', ' ', 'g')` : raw;
    return { value: `nullif(${text}, '')`, unreadable: problem, proven: isPostcode };
}

/** Small letters to the spelling of the lake: the layout's own words, else those of the contract. */
function wordsOf(field: Field, column: Column): Readonly<Record<string, string>> | null {
    if (field.words) return field.words;
    if (!column.constraints.words) return null;
    return Object.fromEntries(column.constraints.words.map((word) => [word.toLowerCase(), word]));
}

/** Eight digits; seven when the leading zero was lost in a spreadsheet. */
const readAgb = (raw: string): string =>
    `CASE WHEN regexp_full_match(${raw}, '[0-9]{7,8}') THEN lpad(${raw}, 8, '0') END`;

/** Years below 1800 come from two-digit years, which are not guessed. */
const FIRST_READABLE_DAY = "1800-01-01";

function readDay(raw: string, { dates, times }: Dialect): string {
    const { form } = DAY_STYLES[dates];
    const lengths = form.length === "%Y%m%d".length ? "= 8" : "BETWEEN 8 AND 10";
    const read = (day: string): string =>
        `CASE WHEN strlen(${day}) ${lengths} THEN try_strptime(${day}, '${form}')::DATE END`;
    if (!times) return read(raw);
    // What follows must be a time: anything else behind a day makes it unreadable.
    const timed = `regexp_matches(${raw}, ${quoteText(TIME_BEHIND.source)})`;
    return `CASE WHEN ${timed} THEN ${read(`regexp_replace(${raw}, ${quoteText(TIME_BEHIND.source)}, '')`)} ELSE ${read(raw)} END`;
}

const readInteger = (raw: string): string =>
    `CASE WHEN regexp_full_match(${raw}, '[+-]?[0-9]{1,10}([.,]0+)?') THEN try_cast(replace(${raw}, ',', '.') AS INTEGER) END`;

/**
 * A number with a decimal comma or point (whichever the layout prefers), or an exponent. With both signs the last is the
 * decimal one and the others must stand where thousands end. What is not a number gives NULL.
 */
export function readNumber(raw: string): string {
    const plain = `try_cast(replace(${raw}, ',', '.') AS DOUBLE)`;
    const both = `CASE WHEN regexp_full_match(${raw}, '[+-]?[0-9]{1,3}([.][0-9]{3})+,[0-9]+') THEN try_cast(replace(replace(${raw}, '.', ''), ',', '.') AS DOUBLE) WHEN regexp_full_match(${raw}, '[+-]?[0-9]{1,3}(,[0-9]{3})+[.][0-9]+') THEN try_cast(replace(${raw}, ',', '') AS DOUBLE) END`;
    // DuckDB itself reads 1_000 and nan as numbers; an export that holds them means something else.
    return `CASE WHEN contains(${raw}, '_') THEN NULL WHEN ${plain} IS NULL AND contains(${raw}, ',') AND contains(${raw}, '.') THEN ${both} WHEN isfinite(${plain}) THEN ${plain} END`;
}

/** Surrounding blanks taken off; looking for one first is several times cheaper than trimming what needs none. */
export const trimmed = (column: string): string =>
    `CASE WHEN contains(${quoteName(column)}, ' ') THEN trim(${quoteName(column)}) ELSE ${quoteName(column)} END`;
