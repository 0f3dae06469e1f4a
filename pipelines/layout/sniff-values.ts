import { DAY_STYLES, dayStyles, TIME_BEHIND } from "../day-style.ts";
import type { Dialect } from "../format.ts";
import { KNOWN_UNITS } from "../ingest/measurement.ts";
import type { Column } from "../table.ts";
import { type KnownColumn, likeness, SYNONYMS } from "./sniff-vocabulary.ts";

/** The filled values of one delivered column (or place in a journal), in delivered order. */
export interface ColumnProfile {
    /** Empty in a journal. */
    title: string;
    /** 0-based place among the columns that can be mapped. */
    place: number;
    values: readonly string[];
    distinct: ReadonlySet<string>;
    /** How often the first so many distinct values occur: enough to judge by. */
    tally: ReadonlyMap<string, number>;
    /** Records looked at. */
    rows: number;
}

const MOST_JUDGED = 500;

export function profile(title: string, place: number, cells: readonly string[]): ColumnProfile {
    const values = cells.filter((cell) => cell !== "");
    const tally = new Map<string, number>();
    for (const value of values) {
        const count = tally.get(value);
        if (count !== undefined || tally.size < MOST_JUDGED) tally.set(value, (count ?? 0) + 1);
    }
    return { title, place, values, distinct: new Set(values), tally, rows: cells.length };
}

type DateStyle = Dialect["dates"];

/** A text that may have a time behind its day, without it. */
const withoutTime = (value: string): string => value.replace(TIME_BEHIND, "");

/** Ways of writing a day that no layout can declare, as a sender would call them: two digits of a year are not guessed. */
const OTHER_DATES: readonly [string, RegExp][] = [["dd-mm-jj", /^[0-3]?[0-9][-/.][01]?[0-9][-/.][0-9]{2}$/]];

export interface SniffedDates {
    style: DateStyle;
    /** Days have a time behind them. */
    times: boolean;
    /** Values written so. */
    found: number;
    /** Ways of writing days that were found besides and cannot be read. */
    unreadable: string[];
    /** Day and month cannot be told apart: no value has a day above 12. */
    ambiguous: boolean;
}

/** Share of the judged values, counted as often as they occur. */
function share(tally: ReadonlyMap<string, number>, test: (value: string) => boolean): number {
    let [all, passing] = [0, 0];
    for (const [value, count] of tally) {
        all += count;
        if (test(value)) passing += count;
    }
    return all === 0 ? 0 : passing / all;
}

/** How days are written: the style of most columns that hold nothing but days. */
export function sniffDates(columns: readonly ColumnProfile[]): SniffedDates {
    const counts = new Map<DateStyle, number>();
    const unreadable = new Set<string>();
    let times = false;
    let ambiguous = true;
    for (const { values, tally } of columns) {
        for (const style of dayStyles) {
            const { looks } = DAY_STYLES[style];
            // Every value that looks like a day must look so in this order: one day above 12 decides between two.
            if (share(tally, (value) => looks.test(withoutTime(value))) < 0.8) continue;
            counts.set(
                style,
                (counts.get(style) ?? 0) + values.filter((value) => looks.test(withoutTime(value))).length,
            );
            if (values.some((value) => TIME_BEHIND.test(value))) times = true;
            if (values.some((value) => Number(value.split(/[-/.]/)[0]) > 12)) ambiguous = false;
        }
        for (const [called, pattern] of OTHER_DATES) {
            if (share(tally, (value) => pattern.test(value)) >= 0.8) unreadable.add(called);
        }
    }
    const [style, found] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["jjjj-mm-dd", 0];
    return {
        style: style as DateStyle,
        times,
        found,
        unreadable: [...unreadable],
        ambiguous: ambiguous && /^dd[-/.]mm/.test(style),
    };
}

const AGB = /^[0-9]{7,8}$/;
const NUMBER = /^(?=.*[0-9])[+-]?([0-9]+|[0-9]{1,3}([.,][0-9]{3})+)?([.,][0-9]+)?([eE][+-]?[0-9]+)?$/;
const WHOLE = /^[+-]?[0-9]{1,10}([.,]0+)?$/;
const MONTH = /^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$/;
const YES_NO = /^(ja|nee|j|n)$/i;
const RESULT = /^((<=|>=|=<|=>|≤|≥|<|>)?\s*[+-]?[0-9][0-9.,]*([eE][+-]?[0-9]+)?\s*\S*|-|[\p{L}\p{N} ]{1,60})$/u;
const PSEUDONYM = /^[^\s@]{8,64}$/;
/** No list of coded words is this long. */
const MOST_WORDS = 100;
const EARLIEST_BIRTH = 1900;
const LATEST_BIRTH = 2100;

export interface Fit {
    /** Share of the filled values that the lake column can hold, 0 to 1. */
    share: number;
    /** How much such a fit says, 0 (anything fits) to 1 (hardly anything else would). */
    weight: number;
}

/** How well the values fit a lake column; null when there are none. `declared` is missing for the unit, which is not kept. */
export function fitOf(
    { values, distinct, tally }: ColumnProfile,
    known: KnownColumn,
    declared: Column | undefined,
    dates: DateStyle,
): Fit | null {
    if (values.length === 0) return null;
    const held = (test: (value: string) => boolean, weight: number): Fit => ({ share: share(tally, test), weight });
    const day = DAY_STYLES[dates].looks;
    switch (known.reading) {
        case "agb":
            return held((value) => AGB.test(value) && !(dates === "jjjjmmdd" && day.test(value)), 0.85);
        case "agb_or_bureau":
            return held((value) => AGB.test(value) || value.toLowerCase() === "bureau", 0.85);
        case "pseudonym": {
            const looks = held((value) => PSEUDONYM.test(value) && !isDay(value), 0.6);
            // a column of one word is a code word, not who somebody is
            return /^[\p{L}]+$/u.test(values[0] ?? "") && distinct.size * 10 < values.length
                ? { ...looks, share: 0 }
                : looks;
        }
        case "month":
            return held((value) => MONTH.test(value), 1);
        case "unit":
            return held((value) => KNOWN_UNITS.includes(value.toLowerCase()), 0.9);
        case "result":
            return held((value) => RESULT.test(value) && !isDay(value), 0.4);
        case "fact_value":
            return held((value) => YES_NO.test(value) || NUMBER.test(value), 0.6);
        default:
            return declared === undefined ? null : byColumn(held, known, declared, day, distinct.size);
    }
}

const isDay = (value: string): boolean =>
    // Eight digits may be anything: as a day they count only year first.
    dayStyles.some((style) => style !== "ddmmjjjj" && DAY_STYLES[style].looks.test(withoutTime(value)));

function byColumn(
    held: (test: (value: string) => boolean, weight: number) => Fit,
    known: KnownColumn,
    column: Column,
    day: RegExp,
    distinct: number,
): Fit {
    const { words, pattern, minimum, maximum, maxLength } = column.constraints;
    if (column.sqlType === "DATE") return held((value) => day.test(withoutTime(value)), 0.7);
    if (column.sqlType === "BOOLEAN") return held((value) => YES_NO.test(value), 0.8);
    if (words)
        return distinct > MOST_WORDS
            ? { share: 0, weight: 1 }
            : held((value) => wordOf(value, column.name, words) !== null, 0.95);
    if (pattern !== undefined) {
        const form = new RegExp(pattern, "u");
        // what letters and digits of any kind satisfy says little
        const weight = pattern.includes("\\p{") ? 0.15 : 0.9;
        const spelled = (value: string): string =>
            known.reading === "upper"
                ? value.toUpperCase()
                : known.reading === "lower"
                  ? value.toLowerCase()
                  : value.replace(/\s+/g, " ");
        return held((value) => form.test(spelled(value)), weight);
    }
    if (column.name === "birth_year")
        return held((value) => WHOLE.test(value) && within(value, EARLIEST_BIRTH, LATEST_BIRTH), 0.85);
    if (column.sqlType === "INTEGER")
        return held((value) => WHOLE.test(value) && within(value, minimum, maximum), 0.45);
    if (column.sqlType === "DOUBLE") return held((value) => NUMBER.test(value) && within(value, minimum, maximum), 0.4);
    return held((value) => value.length <= (maxLength ?? 200) && !isDay(value) && !NUMBER.test(value), 0.15);
}

function within(value: string, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY): boolean {
    const number = Number(value.replace(",", "."));
    return number >= minimum && number <= maximum;
}

const spelling = (word: string): string =>
    word
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_");

/** The contract's word for a word of an export: the same but for signs, a known synonym, its beginning, or nearly the same. */
export function wordOf(value: string, column: string, words: readonly string[]): string | null {
    const lower = value.toLowerCase();
    const same = words.find((word) => word.toLowerCase() === lower);
    if (same !== undefined) return same;
    const spelled = spelling(value);
    const alike = words.find((word) => spelling(word) === spelled);
    if (alike !== undefined) return alike;
    const synonym = SYNONYMS[column]?.[spelled];
    if (synonym !== undefined && words.includes(synonym)) return synonym;
    if (!/^[a-z]/.test(spelled)) return null;
    const begun = words.filter((word) => spelling(word).startsWith(spelled));
    if (begun.length === 1) return begun[0] ?? null;
    const [nearest] = words.map((word) => ({ word, near: likeness(word, value) })).sort((a, b) => b.near - a.near);
    return nearest && nearest.near >= 0.8 ? nearest.word : null;
}

/** Words that differ from the contract's but for capitals, as a layout writes them down; null when there are none. */
export function wordsFor(
    { distinct }: ColumnProfile,
    column: Column,
): { words: Record<string, string> | null; strangers: string[] } {
    const { words } = column.constraints;
    if (!words) return { words: null, strangers: [] };
    const found: Record<string, string> = {};
    const strangers: string[] = [];
    let own = false;
    for (const value of distinct) {
        const word = wordOf(value, column.name, words);
        if (word === null) strangers.push(value.toLowerCase());
        else if (word.toLowerCase() !== value.toLowerCase()) {
            own = true;
            found[value.toLowerCase()] = word;
        }
    }
    // a layout's own words replace those of the contract, so that these come along
    for (const word of words) if (own) found[word.toLowerCase()] ??= word;
    for (const [synonym, word] of Object.entries(SYNONYMS[column.name] ?? {})) {
        if (own && !synonym.includes("_") && words.includes(word)) found[synonym] ??= word;
    }
    return {
        words: own ? Object.fromEntries(Object.entries(found).sort(byWord(words))) : null,
        strangers: [...new Set(strangers)],
    };
}

const byWord =
    (words: readonly string[]) =>
    (a: readonly [string, string], b: readonly [string, string]): number =>
        words.indexOf(a[1]) - words.indexOf(b[1]) || (a[0] < b[0] ? -1 : 1);
