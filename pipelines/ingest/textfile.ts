import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName, quoteText } from "../check.ts";
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

/** Stages one entry of a delivery under a folder for temporary files. */
export async function stageEntry(entry: Entry, folder: string, dialect: Dialect, title: string): Promise<TextFile> {
    const staged = await stageText(entry.read(), join(folder, "tekst.csv"), dialect, title);
    if (!staged.tangled) return { ...staged, breaks: null, damaged: [] };
    const clean = await untangle(staged, join(folder, "regels.csv"), dialect, title);
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
 * still are left out; with `rejects` they are listed in that table.
 */
export function csvSql(path: string, width: number, dialect: Dialect, rejects?: string): string {
    const names = [...Array.from({ length: width }, (_, index) => columnAt(index)), OVERFLOW];
    const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
    const quote = dialect.quoted ? `'"'` : "''";
    const left =
        rejects === undefined
            ? "ignore_errors = true"
            : `store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan', rejects_limit = 0`;
    return `read_csv(${quoteText(path)}, delim = '${dialect.delimiter}', quote = ${quote}, escape = ${quote}, header = false, auto_detect = false, columns = {${columns}}, null_padding = true, nullstr = ${quoteText(ABSENT)}, max_line_size = ${LONGEST_RECORD}, ${left})`;
}

/**
 * SQL for the line of 0-based record numbers in column `record` of a relation: rejected records shift the numbers of those
 * after them, and joined or left-out lines shift the lines. Adds column `line`.
 */
export async function withLines(
    connection: DuckDBConnection,
    relation: string,
    file: TextFile,
    rejects: string | null,
): Promise<string> {
    let numbered = relation;
    if (rejects !== null) {
        await connection.run(`CREATE OR REPLACE TEMP TABLE verschuiving AS
            SELECT threshold, max(shift) AS shift FROM (
                SELECT line - 1 - (row_number() OVER (ORDER BY line) - 1) AS threshold, row_number() OVER (ORDER BY line) AS shift
                FROM (SELECT DISTINCT line FROM ${quoteName(rejects)})
            ) GROUP BY threshold`);
        numbered = `SELECT r.* REPLACE (r.record + coalesce(s.shift, 0) AS record) FROM (${relation}) r ASOF LEFT JOIN verschuiving s ON r.record >= s.threshold`;
    }
    if (file.breaks === null) return `SELECT *, record + ${file.firstLine} AS line FROM (${numbered})`;
    const { records, offsets } = file.breaks;
    await connection.run("CREATE OR REPLACE TEMP TABLE regelsprongen (start BIGINT, verschil BIGINT)");
    const appender = await connection.createAppender("regelsprongen");
    records.forEach((start, index) => {
        appender.appendBigInt(BigInt(start));
        appender.appendBigInt(BigInt(offsets[index] ?? 0));
        appender.endRow();
    });
    appender.closeSync();
    return `SELECT n.*, n.record + b.verschil AS line FROM (${numbered}) n ASOF JOIN regelsprongen b ON n.record >= b.start`;
}
