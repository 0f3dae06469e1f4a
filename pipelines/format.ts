import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DayStyle } from "./day-style.ts";

/** How the text of a layout is written. */
export interface Dialect {
    encoding: "utf-8" | "windows-1252";
    delimiter: ";" | "," | "|" | "\t";
    /** Whether `"` quotes fields (doubled inside). */
    quoted: boolean;
    /** How days are written (day-style.ts). */
    dates: DayStyle;
    /** A time may stand behind a day, and is left off. */
    times?: boolean;
    /** Lines that begin with this are no data. */
    comment?: string;
}

/** How a delivered field is read. What is not named follows from the type of the lake column. */
export type Reading =
    /** By the lake column: day, whole number, number, yes/no, one of its words, or text. */
    | "by_column"
    /** AGB code, possibly without its leading zero. */
    | "agb"
    /** AGB code, or the word `bureau`. */
    | "agb_or_bureau"
    /** Pseudonym given at the source. */
    | "pseudonym"
    /** A code in capitals. */
    | "upper"
    /** A code in small letters. */
    | "lower"
    /** `jjjj-mm`, stored as its first day. */
    | "month"
    /** ja/nee as 1/0, or a number. */
    | "fact_value"
    /** The result of a bepaling: fills value, comparator and answer. */
    | "result"
    /** The unit of the result; not kept. */
    | "unit";

export interface Field {
    /** Column of the lake table. */
    to: string;
    reading: Reading;
    /** Words of this layout and what the lake calls them, where they differ. */
    words?: Readonly<Record<string, string>>;
    /** The column may be absent. */
    optional?: boolean;
}

/** A delivered column that fills a lake column. */
export const to = (column: string, more: Partial<Omit<Field, "to">> = {}): Field => ({
    to: column,
    reading: "by_column",
    ...more,
});

export interface FileLayout {
    table: string;
    /** The file may be absent. */
    optional?: boolean;
    /** Delivered column name (small letters) to lake column. */
    columns: Readonly<Record<string, Field>>;
    /** All further columns are bepalingen, named by squeezed memo code or `nhg_<number>`: each filled cell is one row. */
    wide?: boolean;
}

/** One record type of a journal: its fields by position, after the type itself. */
export interface RecordLayout {
    table: string;
    fields: readonly Field[];
}

export interface Format {
    source: "HIS" | "VIPLive" | "bureau";
    /** Who is named in the delivery's name. */
    sender: "practice" | "region" | "either";
    dialect: Dialect;
    /** Zip or folder with these files (names in small letters) ... */
    files?: Readonly<Record<string, FileLayout>>;
    /** ... or one gzipped text with these record types. */
    records?: Readonly<Record<string, RecordLayout>>;
}

export interface NamedFormat extends Format {
    name: string;
}

/** An export layout: the file name in `formats/` is its name. */
export const defineFormat = (format: Format): Format => format;

const FOLDER = new URL("./formats/", import.meta.url);
let loaded: Promise<ReadonlyMap<string, NamedFormat>> | undefined;

/** Every export layout by name. The folder is listed: a new layout is one new file. */
export function readFormats(): Promise<ReadonlyMap<string, NamedFormat>> {
    loaded ??= load();
    return loaded;
}

async function load(): Promise<ReadonlyMap<string, NamedFormat>> {
    const formats = new Map<string, NamedFormat>();
    for (const file of readdirSync(fileURLToPath(FOLDER)).sort()) {
        if (!file.endsWith(".ts")) continue;
        const name = file.slice(0, -".ts".length);
        const module = (await import(new URL(file, FOLDER).href)) as { default: Format };
        formats.set(name, { ...module.default, name });
    }
    return formats;
}
