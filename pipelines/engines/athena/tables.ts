// What a name stands for in the Athena engine, and how a query reads it.
import type { Cell, Columns } from "../../engine.ts";
import { nullColumns } from "../duckdb.ts";
import type { Readable } from "./compose.ts";
import { typedLiteral } from "./literal.ts";
import type { Status } from "./service.ts";

/** Files of the lake, read in Athena through their manifest. */
export interface Files {
    kind: "files";
    columns: Columns;
    keys: string[];
    /** The name of the manifest, once Athena is to read them. */
    release: string | null;
    ready: Promise<unknown>;
}

/** Rows that are here; Athena gets them in the text of a query, or as a table when they are many. */
export interface Loaded {
    kind: "loaded";
    columns: Columns;
    /** The rows while they are few. */
    rows: Cell[][] | null;
    /** The table of the work database, when it was made one. */
    table: string | null;
    ready: Promise<unknown>;
}

/** A table that Athena made. */
export interface Computed {
    kind: "computed";
    table: string;
    ready: Promise<Status>;
}

/** A query with a name. */
export interface Defined {
    kind: "defined";
    sql: string;
    ready: Promise<unknown>;
}

/** `ready` settles when its rows are there. */
export type Source = Files | Loaded | Computed | Defined;

const CELLS_IN_TEXT = 400;

/** Whether rows travel in the text of a query; more become a table first. */
export const fitsInText = (columns: Columns, rows: Cell[][]): boolean =>
    rows.length * Object.keys(columns).length <= CELLS_IN_TEXT;

/** How a query in Athena reads a source. `name` is the table's name in the database of the lake. */
export function readableOf(source: Source, name: string, database: string): Readable {
    switch (source.kind) {
        case "defined":
            return { query: source.sql };
        case "computed":
            return { select: `select * from ${source.table}` };
        case "loaded":
            if (source.table !== null) return { select: `select * from ${source.table}` };
            return { select: rowsText(source.columns, source.rows ?? []) };
        case "files":
            if (source.keys.length === 0) return { select: emptyText(source.columns) };
            return {
                select: `select ${Object.keys(source.columns).join(", ")} from ${database}.${name} where release = ${typedLiteral(source.release ?? "", "VARCHAR")}`,
            };
    }
}

function rowsText(columns: Columns, rows: Cell[][]): string {
    if (rows.length === 0) return emptyText(columns);
    const types = Object.values(columns);
    const lines = rows.map(
        (row) => `(${row.map((cell, at) => typedLiteral(cell, types[at] ?? "VARCHAR")).join(", ")})`,
    );
    return `select * from (values\n${lines.join(",\n")}\n) as rows_given (${Object.keys(columns).join(", ")})`;
}

const emptyText = (columns: Columns): string => `select ${nullColumns(columns)} where false`;

const hiveTypes: Record<string, string> = { INTEGER: "int", VARCHAR: "string" };

/** The definition of a table over Parquet files in a folder, in the language that Athena defines tables in (Hive's). */
export function externalTable(table: string, columns: Columns, folder: string): string {
    const declared = Object.entries(columns).map(
        ([column, type]) => `\`${column}\` ${hiveTypes[type] ?? type.toLowerCase()}`,
    );
    return `create external table ${table} (${declared.join(", ")}) stored as parquet location ${typedLiteral(folder, "VARCHAR")}`;
}

const columnTypes: Record<string, Columns[string]> = {
    boolean: "BOOLEAN",
    int: "INTEGER",
    integer: "INTEGER",
    bigint: "BIGINT",
    double: "DOUBLE",
    string: "VARCHAR",
    varchar: "VARCHAR",
    date: "DATE",
    timestamp: "TIMESTAMP",
};

/** The columns of a table as Glue names their types. Throws on a type that no engine promises. */
export function columnsFrom(table: string, described: { name: string; type: string }[]): Columns {
    return Object.fromEntries(
        described.map(({ name, type }) => {
            // Trino keeps the length of a literal: a column of words of one length is varchar(n) there
            const known = columnTypes[type.toLowerCase().replace(/^varchar\(\d+\)$/, "varchar")];
            if (!known)
                throw new Error(
                    `Kolom ${name} van ${table} heeft in Athena type ${type}, dat geen engine belooft; zet de kolom om met cast.`,
                );
            return [name, known];
        }),
    );
}
