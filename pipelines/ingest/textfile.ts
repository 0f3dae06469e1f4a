import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteText } from "../check.ts";
import type { Dialect } from "../format.ts";
import type { Entry } from "./archive.ts";
import { columnAt } from "./header.ts";
import { type StagedText, stageText } from "./text.ts";
import { type LineBreaks, type Untangled, untangle } from "./untangle.ts";

/** A staged text that DuckDB can read one record per line, and what is needed to find a record's line again. */
export interface TextFile extends StagedText {
    breaks: LineBreaks | null;
    damaged: Untangled["damaged"];
}

/**
 * Stages one entry of a delivery under a folder for temporary files. `width` is how many fields the reader will be told of;
 * without it, as many as the header has.
 */
export async function stageEntry(
    entry: Entry,
    folder: string,
    dialect: Dialect,
    title: string,
    width?: number,
): Promise<TextFile> {
    // One more field is read than is named, to see that a record is too long.
    const widest = (header: readonly string[]): number => (width ?? header.length) + 1;
    const staged = await stageText(entry.read(), join(folder, "tekst.csv"), dialect, title, widest);
    if (!staged.tangled) return { ...staged, breaks: null, damaged: [] };
    const clean = await untangle(staged, join(folder, "regels.csv"), dialect, title, widest(staged.header));
    return {
        ...staged,
        path: clean.path,
        records: clean.records + clean.damaged.length,
        breaks: clean.breaks,
        damaged: clean.damaged,
    };
}

/** The column after the last named one: empty for a trailing delimiter, filled when a record is too long. */
export const OVERFLOW = "na_de_laatste";

/** Marks fields that are not there at all, as against fields that are empty. No export writes this text. */
const ABSENT = "\u0001afwezig\u0001";
/** UTF-8 may take three bytes where windows-1252 took one. */
const LONGEST_RECORD = 3_200_000;

/**
 * DuckDB's reader over a staged text: all text, columns c0, c1, … and one for what comes after. Records that are longer
 * still are not in a staged text (`damaged` has them), so that every record is one row.
 */
export function csvSql(path: string, width: number, dialect: Dialect): string {
    const names = [...Array.from({ length: width }, (_, index) => columnAt(index)), OVERFLOW];
    const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
    const quote = dialect.quoted ? `'"'` : "''";
    return `read_csv(${quoteText(path)}, delim = '${dialect.delimiter}', quote = ${quote}, escape = ${quote}, header = false, auto_detect = false, columns = {${columns}}, null_padding = true, nullstr = ${quoteText(ABSENT)}, max_line_size = ${LONGEST_RECORD})`;
}

/**
 * SQL for the line of 0-based record numbers in column `record` of a relation: joined or left-out lines shift the lines.
 * Adds column `line`.
 */
export async function withLines(connection: DuckDBConnection, relation: string, file: TextFile): Promise<string> {
    if (file.breaks === null) return `SELECT *, record + ${file.firstLine} AS line FROM (${relation})`;
    const { records, offsets } = file.breaks;
    await connection.run("CREATE OR REPLACE TEMP TABLE regelsprongen (start BIGINT, verschil BIGINT)");
    const appender = await connection.createAppender("regelsprongen");
    records.forEach((start, index) => {
        appender.appendBigInt(BigInt(start));
        appender.appendBigInt(BigInt(offsets[index] ?? 0));
        appender.endRow();
    });
    appender.closeSync();
    return `SELECT n.*, n.record + b.verschil AS line FROM (${relation}) n ASOF JOIN regelsprongen b ON n.record >= b.start`;
}
