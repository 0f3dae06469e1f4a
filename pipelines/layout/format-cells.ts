import type { DuckDBConnection } from "@duckdb/node-api";
import { brokenConstraint, quoteName } from "../check.ts";
import type { DeliveredField } from "../conform.ts";
import type { NamedTable } from "../contract.ts";
import type { Dialect } from "../format.ts";
import { readField } from "../ingest/reading.ts";
import { columnsOf } from "../table.ts";

/** Of one delivered column: how many cells are filled, and how many of those the lake column can hold. */
export interface CellsRead {
    column: string;
    to: string;
    filled: number;
    read: number;
}

interface Counted {
    raw: string;
    title: string;
    to: string;
    /** Name of the trimmed text. */
    text: string;
    /** SQL that reads it; null when the text is the value. */
    value: string | null;
    /** Condition under which the value is one that the lake column can hold. */
    good: string;
}

const SHORTEST_PSEUDONYM = 8;
const LONGEST_PSEUDONYM = 64;

/**
 * Cells filled and read per column, with the same SQL that ingest reads them with. `from` holds the delivered texts. Results
 * and units, which are read together, are left out.
 */
export async function countCells(
    connection: DuckDBConnection,
    from: string,
    fields: readonly DeliveredField[],
    table: NamedTable,
    dialect: Dialect,
): Promise<CellsRead[]> {
    const columns = new Map(columnsOf(table).map((column) => [column.name, column]));
    const counted = fields.flatMap(({ raw, title, field }, at): Counted[] => {
        const column = columns.get(field.to);
        if (!column || field.reading === "result" || field.reading === "unit") return [];
        const text = `t${at}`;
        if (field.reading === "pseudonym") {
            const long = `length(${text}) BETWEEN ${SHORTEST_PSEUDONYM} AND ${LONGEST_PSEUDONYM}`;
            return [{ raw, title, to: field.to, text, value: null, good: long }];
        }
        const broken = brokenConstraint(column);
        const value = `${readField(text, field, column, dialect).value} AS ${quoteName(column.name)}`;
        const good = `${quoteName(column.name)} IS NOT NULL${broken === null ? "" : ` AND NOT coalesce(${broken}, false)`}`;
        return [{ raw, title, to: field.to, text, value, good }];
    });
    if (counted.length === 0) return [];
    const texts = counted.map(({ raw, text }) => `trim(coalesce(${quoteName(raw)}, '')) AS ${text}`).join(", ");
    const values = counted.flatMap(({ value }) => value ?? []);
    const counts = counted.flatMap(({ text, good }) => [
        `count(*) FILTER (${text} <> '')`,
        `count(*) FILTER (${text} <> '' AND ${good})`,
    ]);
    const sql = `SELECT ${counts.join(", ")} FROM (SELECT ${["*", ...values].join(", ")} FROM (SELECT ${texts} FROM ${from}))`;
    const [row = []] = (await connection.runAndReadAll(sql)).getRows();
    return counted.map(({ title, to }, at) => ({
        column: title,
        to,
        filled: Number(row[2 * at] ?? 0),
        read: Number(row[2 * at + 1] ?? 0),
    }));
}
