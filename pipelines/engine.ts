// What refresh asks of a query engine. Both engines get the same SQL text (`queries/`) and give the same rows.

export type ColumnType = "BOOLEAN" | "INTEGER" | "BIGINT" | "DOUBLE" | "VARCHAR" | "DATE" | "TIMESTAMP";
export type Columns = Record<string, ColumnType>;
export type Cell = string | number | bigint | boolean | null;

export interface Engine {
    /** How many of the calls below may be under way at a time, each about tables of its own. */
    readonly atOnce: number;
    /** Makes `name` readable as the rows of these Parquet files; without files it is empty with these columns. */
    attach(name: string, columns: Columns, files: string[]): Promise<void>;
    /** Makes `name` a small table of these rows, cells in column order; dates as ISO text. */
    load(name: string, columns: Columns, rows: Cell[][]): Promise<void>;
    /** Computes a query once and keeps it under `name`, replacing what had that name. */
    materialise(name: string, sql: string): Promise<void>;
    /** Gives a query a name without computing it: for what is cheaper to read through than to keep. */
    define(name: string, sql: string): Promise<void>;
    /** Adds the rows of a query to a table that `load` made, by position. */
    append(name: string, sql: string): Promise<void>;
    /** Writes the rows of a query to one Parquet file on this machine; the order of the query is the order in the file. */
    save(sql: string, path: string): Promise<void>;
    /** Rows of a query; whole numbers come as number when safe, dates as ISO text. */
    rows(sql: string): Promise<Record<string, Cell>[]>;
    /** Forgets a table, so that its memory is free. */
    drop(name: string): Promise<void>;
    close(): void;
}
