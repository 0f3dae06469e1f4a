import { CONTRACT, type NamedTable, tableNamed } from "./contract.ts";
import { DAY_STYLES } from "./day-style.ts";
import type { Dialect, Field, FileLayout, NamedFormat } from "./format.ts";
import { type Column, columnsOf, type SqlType } from "./table.ts";

/** One line of the data dictionary. */
export interface DictionaryRow {
    table: string;
    column: string;
    type: SqlType;
    mayBeEmpty: boolean;
    meaning: string;
    unit: string | null;
    privacy: string;
    allowed: string | null;
    example: string;
}

/** The data dictionary: every column of every lake table, from the contract. */
export function dictionary(): DictionaryRow[] {
    return [...CONTRACT.values()].flatMap((table) =>
        columnsOf(table).map((column) => ({
            table: table.name,
            column: column.name,
            type: column.sqlType,
            mayBeEmpty: column.nullable,
            meaning: column.about.meaning,
            unit: column.about.unit ?? null,
            privacy: column.about.privacy,
            allowed: allowedWords(column),
            example: String(column.about.example),
        })),
    );
}

function allowedWords({ constraints, sqlType }: Column): string | null {
    if (constraints.words) return constraints.words.join(", ");
    if (constraints.pattern !== undefined) return constraints.pattern;
    if (sqlType === "BOOLEAN") return "ja, nee";
    return null;
}

/** A Frictionless field: https://specs.frictionlessdata.io/table-schema/ */
interface FrictionlessField {
    name: string;
    type: string;
    format?: string;
    title?: string;
    description: string;
    decimalChar?: string;
    trueValues?: string[];
    falseValues?: string[];
    constraints?: Record<string, unknown>;
}

interface FrictionlessResource {
    name: string;
    path: string;
    profile: "tabular-data-resource";
    title: string;
    format: string;
    encoding?: string;
    dialect?: Record<string, unknown>;
    schema: { fields: FrictionlessField[]; missingValues: string[] };
}

export interface DataPackage {
    name: string;
    profile: "tabular-data-package";
    title: string;
    resources: FrictionlessResource[];
}

const TYPES: Readonly<Record<SqlType, string>> = {
    BOOLEAN: "boolean",
    INTEGER: "integer",
    BIGINT: "integer",
    DOUBLE: "number",
    VARCHAR: "string",
    DATE: "date",
};

/** `datapackage.json` of the lake: its tables with types, meanings and constraints. */
export function lakePackage(): DataPackage {
    return {
        name: "regiospiegel-meer",
        profile: "tabular-data-package",
        title: "Regiospiegel: tabellen van het meer",
        resources: [...CONTRACT.values()].map((table) => ({
            name: table.name,
            path: `lake/${table.name}.parquet`,
            profile: "tabular-data-resource",
            title: table.meaning,
            format: "parquet",
            schema: { fields: columnsOf(table).map(lakeField), missingValues: [""] },
        })),
    };
}

function lakeField(column: Column): FrictionlessField {
    return {
        name: column.name,
        type: TYPES[column.sqlType],
        description: column.about.meaning,
        constraints: constraintsOf(column, column.constraints.words),
    };
}

/**
 * `datapackage.json` of an export layout with files: a supplier checks a delivery with existing Frictionless tools before
 * sending it. What a result of a bepaling may be is richer than Table Schema can say; it is plain text there.
 */
export function formatPackage(format: NamedFormat): DataPackage {
    return {
        name: format.name,
        profile: "tabular-data-package",
        title: `Regiospiegel: indeling ${format.name}`,
        resources: Object.entries(format.files ?? {}).map(([file, layout]) =>
            formatResource(file, layout, format.dialect),
        ),
    };
}

function formatResource(file: string, layout: FileLayout, dialect: Dialect): FrictionlessResource {
    const table = tableNamed(layout.table);
    return {
        name: file.replace(/\.csv$/, ""),
        path: file,
        profile: "tabular-data-resource",
        title: table.meaning,
        format: "csv",
        encoding: dialect.encoding,
        dialect: {
            delimiter: dialect.delimiter,
            quoteChar: '"',
            doubleQuote: true,
            header: true,
            caseSensitiveHeader: false,
        },
        schema: {
            fields: Object.entries(layout.columns).map(([name, field]) => deliveredField(name, field, table, dialect)),
            missingValues: [""],
        },
    };
}

function deliveredField(name: string, field: Field, table: NamedTable, dialect: Dialect): FrictionlessField {
    const column = columnsOf(table).find((candidate) => candidate.name === field.to);
    const description = column?.about.meaning ?? "Eenheid van de uitslag";
    const required = column !== undefined && !column.nullable;
    if (field.reading === "pseudonym") {
        const constraints = { required, minLength: 8, maxLength: 64 };
        return { name, type: "string", description: "Pseudoniem van de patiënt, bij de bron gemaakt", constraints };
    }
    if (column === undefined || field.reading === "result" || field.reading === "fact_value") {
        return { name, type: "string", description };
    }
    if (field.reading === "agb" || field.reading === "agb_or_bureau") {
        const pattern = field.reading === "agb" ? "[0-9]{7,8}" : "[0-9]{7,8}|bureau";
        return { name, type: "string", description, constraints: { required: true, pattern } };
    }
    if (field.reading === "month") return { name, type: "yearmonth", description, constraints: { required } };
    const words = field.words ? Object.keys(field.words) : column.constraints.words;
    const typed: FrictionlessField = {
        name,
        type: TYPES[column.sqlType],
        description,
        constraints: constraintsOf(column, words),
    };
    if (column.sqlType === "DATE") typed.format = DAY_STYLES[dialect.dates].form;
    if (column.sqlType === "DOUBLE") typed.decimalChar = dialect.delimiter === ";" ? "," : ".";
    if (column.sqlType === "BOOLEAN") Object.assign(typed, { trueValues: ["ja", "J"], falseValues: ["nee", "N"] });
    return typed;
}

function constraintsOf(
    { nullable, sqlType, constraints }: Column,
    words: readonly string[] | undefined,
): Record<string, unknown> {
    const { pattern, minLength, maxLength, minimum, maximum } = constraints;
    const numbers = sqlType === "INTEGER" || sqlType === "DOUBLE" ? { minimum, maximum } : {};
    const text =
        pattern === undefined ? { minLength, maxLength } : { pattern: pattern.replace(/^\^/, "").replace(/\$$/, "") };
    // Words are matched in either case, which an enum cannot say.
    const listed = words ? { pattern: `(?i)(${words.join("|")})` } : sqlType === "VARCHAR" ? text : {};
    return Object.fromEntries(
        Object.entries({ required: !nullable, ...listed, ...numbers }).filter(([, value]) => value !== undefined),
    );
}
