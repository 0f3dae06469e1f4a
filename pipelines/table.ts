import { z } from "zod";
import type { ProblemCode } from "./issues.ts";

/** Column types of the lake. Nothing wider: DuckDB, Parquet, Glue and Athena read these alike (aws.md §1). */
export type SqlType = "BOOLEAN" | "INTEGER" | "BIGINT" | "DOUBLE" | "VARCHAR" | "DATE";

/** How carefully a column is to be handled: pseudonym, trait of a person, care data, organisation, or a count. */
export type PrivacyClass = "pseudoniem" | "persoonskenmerk" | "zorggegeven" | "organisatie" | "telling";

export interface About {
    /** Dutch, for the data dictionary. */
    meaning: string;
    privacy: PrivacyClass;
    example: string | number | boolean | bigint;
    unit?: string;
    /** The code a row gets when the value is there but not allowed. */
    problem?: ProblemCode;
}

/** Written beside the zod type with `.meta()`, so that the schema stays the one source. */
interface ColumnMeta extends Record<string, unknown> {
    sqlType: SqlType;
    about: About;
}

const describe = <T extends z.ZodType>(type: T, sqlType: SqlType, about: About): T => {
    const meta: ColumnMeta = { sqlType, about };
    return type.meta(meta) as T;
};

const NOT_EMPTY = 1;
const LONGEST_TEXT = 200;
const LARGEST_INTEGER = 2_147_483_647;

/** A short text that is kept as delivered. */
export const text = (about: About, longest = LONGEST_TEXT) =>
    describe(z.string().min(NOT_EMPTY).max(longest), "VARCHAR", { problem: "woord_onbekend", ...about });

/** A code with a fixed form. */
export const code = (pattern: RegExp, about: About & { problem: ProblemCode }, longest?: number) => {
    const type = z.string().regex(pattern);
    return describe(longest === undefined ? type : type.max(longest), "VARCHAR", about);
};

/** One of a list of words, stored as spelled here. */
export const word = <const W extends readonly [string, ...string[]]>(words: W, about: About) =>
    describe(z.enum(words), "VARCHAR", { problem: "woord_onbekend", ...about });

export const integer = (about: About, bounds: { min?: number; max?: number } = {}) =>
    describe(
        z
            .int()
            .min(bounds.min ?? -LARGEST_INTEGER)
            .max(bounds.max ?? LARGEST_INTEGER),
        "INTEGER",
        { problem: "getal_onleesbaar", ...about },
    );

export const bigint = (about: About) => describe(z.bigint(), "BIGINT", { problem: "getal_onleesbaar", ...about });

export const double = (about: About, bounds: { min?: number; max?: number } = {}) => {
    let type = z.number();
    if (bounds.min !== undefined) type = type.min(bounds.min);
    if (bounds.max !== undefined) type = type.max(bounds.max);
    return describe(type, "DOUBLE", { problem: "getal_onleesbaar", ...about });
};

/** A day as ISO text in TypeScript (`2024-06-30`), as DATE in the lake. */
export const date = (about: About) => describe(z.iso.date(), "DATE", { problem: "datum_onleesbaar", ...about });

export const boolean = (about: About) => describe(z.boolean(), "BOOLEAN", { problem: "woord_onbekend", ...about });

/** The same column, but it may be empty (NULL). */
export function optional<T extends z.ZodType>(column: T): z.ZodNullable<T> {
    return column.nullable().meta(column.meta() ?? {}) as z.ZodNullable<T>;
}

/** The practice's AGB code, eight digits as text: as a number it would lose its leading zero. */
export const practiceId = () =>
    code(/^[0-9]{8}$/, {
        meaning: "AGB-code van de praktijk (acht cijfers)",
        privacy: "organisatie",
        example: "01900001",
        problem: "praktijk_onbekend",
    });

/** First 63 bits of HMAC-SHA256(secret, agb + source pseudonym): see pseudonym.ts. */
export const patientId = () =>
    bigint({
        meaning: "Pseudoniem van de patiënt binnen het meer",
        privacy: "pseudoniem",
        example: 1_234_567_890_123_456_789n,
        problem: "patient_onbekend",
    });

/** ICPC-1-NL: a letter, two digits, and two more after a point. */
export const icpc = (meaning: string) =>
    code(/^[A-Z][0-9]{2}(\.[0-9]{2})?$/, {
        meaning,
        privacy: "zorggegeven",
        example: "T90.02",
        problem: "icpc_onbekend",
    });

/** Rules over a row, as data: the SQL and the TypeScript verdict are both made from them. */
export type Rule =
    /** A day that must lie between 1 January 1990 and the peildatum. */
    | { kind: "event"; column: string }
    /** `column` may not lie before `start`; either may be empty. */
    | { kind: "not_before"; column: string; start: string }
    /** 1900 up to the year of the peildatum. */
    | { kind: "birth_year"; column: string }
    /** The value must lie in the range that belongs to the number in `by`. */
    | { kind: "range"; by: string; value: string; ranges: readonly Range[] }
    /** Exactly one of these columns is filled. */
    | { kind: "exactly_one"; columns: readonly string[] }
    /** `column` is only filled where `other` is. */
    | { kind: "only_with"; column: string; other: string };

export interface Range {
    numbers: readonly number[];
    min: number;
    max: number;
}

export interface Table<S extends z.ZodRawShape = z.ZodRawShape> {
    meaning: string;
    schema: z.ZodObject<S>;
    /** Rows are sorted by these first, then by all columns, so that a rebuild gives the same bytes. */
    order: readonly (keyof S & string)[];
    /** Whether rows that are equal in every column are one row. */
    duplicates: "collapse" | "keep";
    rules: readonly Rule[];
}

/** One row of a table, as TypeScript sees it. */
export type Row<T extends Table> = z.infer<T["schema"]>;

/** A lake table: its columns (zod types from the builders above), the order of its files and its row rules. */
export function defineTable<const S extends z.ZodRawShape>(table: {
    meaning: string;
    columns: S;
    order: readonly (keyof S & string)[];
    duplicates?: "collapse" | "keep";
    rules?: readonly Rule[];
}): Table<S> {
    return {
        meaning: table.meaning,
        schema: z.object(table.columns),
        order: table.order,
        duplicates: table.duplicates ?? "collapse",
        rules: table.rules ?? [],
    };
}

/** What the zod type of a column allows, read back from its JSON Schema. */
export interface Constraints {
    words?: readonly string[];
    pattern?: string;
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
}

export interface Column {
    name: string;
    sqlType: SqlType;
    nullable: boolean;
    about: About;
    constraints: Constraints;
    type: z.ZodType;
}

interface JsonColumn {
    enum?: string[];
    pattern?: string;
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
}

const columnCache = new WeakMap<Table, readonly Column[]>();

/** The columns of a table in the order of the lake files. */
export function columnsOf(table: Table): readonly Column[] {
    const known = columnCache.get(table);
    if (known) return known;
    const columns = Object.entries(table.schema.shape).map(([name, declared]): Column => {
        const type = declared as z.ZodType;
        const nullable = type instanceof z.ZodNullable;
        const inner = (nullable ? type.unwrap() : type) as z.ZodType;
        const meta = inner.meta() as ColumnMeta | undefined;
        if (!meta?.sqlType)
            throw new Error(`Kolom ${name}: gebruik een kolombouwer uit table.ts, niet een los zod-type.`);
        return {
            name,
            sqlType: meta.sqlType,
            nullable,
            about: meta.about,
            constraints: constraintsOf(inner, meta),
            type,
        };
    });
    columnCache.set(table, columns);
    return columns;
}

function constraintsOf(type: z.ZodType, meta: ColumnMeta): Constraints {
    if (meta.sqlType === "DATE" || meta.sqlType === "BOOLEAN" || meta.sqlType === "BIGINT") return {};
    const json = z.toJSONSchema(type) as JsonColumn;
    return {
        words: json.enum,
        pattern: json.pattern,
        minLength: json.minLength,
        maxLength: json.maxLength,
        minimum: json.minimum,
        maximum: json.maximum,
    };
}

/** An invented row: the examples of the columns, without those that the rules forbid together. */
export function exampleRow(table: Table): Record<string, unknown> {
    const others = table.rules.flatMap((rule) => (rule.kind === "exactly_one" ? rule.columns.slice(1) : []));
    return Object.fromEntries(
        columnsOf(table).map(({ name, about }) => [name, others.includes(name) ? null : about.example]),
    );
}
