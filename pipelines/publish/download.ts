import { Dictionary, Float64, Int32, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import type { Cell } from "./cell.ts";

/** The columns of both downloads, in order, with the Dutch heading of the CSV file. */
const COLUMNS = [
    ["indicator", "indicator"],
    ["stratum", "uitsplitsing"],
    ["level", "niveau"],
    ["id", "id"],
    ["period", "periode"],
    ["state", "toestand"],
    ["numerator", "teller"],
    ["denominator", "noemer"],
    ["value", "waarde"],
    ["low", "ondergrens"],
    ["high", "bovengrens"],
    ["delivered", "geleverd"],
    ["members", "leden"],
    ["shown", "weergave"],
] as const satisfies readonly (readonly [keyof Cell, string])[];

const NUMBERS = new Set<keyof Cell>(["numerator", "denominator", "value", "low", "high", "delivered", "members"]);

/** The cells as an Arrow file: text as dictionaries, numbers as DOUBLE, absent as null. Same cells, same bytes. */
export function arrowOf(cells: readonly Cell[]): Uint8Array {
    const columns: Record<string, Vector> = {};
    COLUMNS.forEach(([name], index) => {
        const values = cells.map((cell) => cell[name]);
        // A fixed id per column: the library would otherwise number dictionaries on, and the bytes with them.
        const type = NUMBERS.has(name) ? new Float64() : new Dictionary(new Utf8(), new Int32(), index);
        columns[name] = vectorFromArray(values, type);
    });
    return tableToIPC(new Table(columns), "file");
}

/** Byte order mark and heading, so that a Dutch spreadsheet opens the file as it is. */
export const CSV_HEADING = `\uFEFF${COLUMNS.map(([, heading]) => heading).join(";")}\r\n`;

/** The cells as CSV lines without heading: `;`, decimal comma, CRLF, an absent number empty. */
export function csvLines(cells: readonly Cell[]): string {
    return cells.map((cell) => `${COLUMNS.map(([name]) => field(cell[name])).join(";")}\r\n`).join("");
}

function field(value: string | number | null): string {
    if (value === null) return "";
    if (typeof value === "number") return String(value).replace(".", ",");
    return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
