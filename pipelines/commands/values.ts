import { openLake } from "../lake.ts";
import { readQueries } from "../query.ts";
import { UsageError } from "../usage-error.ts";
import { type ValueFilter, type ValueRow, values } from "../values.ts";

interface ValueFlags extends ValueFilter {
    lake: string;
    format: "table" | "json" | "csv";
}

const columns = [
    "indicator",
    "stratum",
    "level",
    "id",
    "period",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "state",
    "delivered",
    "members",
    "expected",
    "standardised",
    "standardised_low",
    "standardised_high",
] as const satisfies readonly (keyof ValueRow)[];

/** `regiospiegel values`. */
export async function showValues(flags: ValueFlags): Promise<number> {
    if (flags.indicator && (await readQueries()).get(flags.indicator)?.layer !== "indicators")
        throw new UsageError(`Indicator ${flags.indicator} bestaat niet; zie de bestandsnamen in queries/indicators/.`);
    const rows = await values(openLake(flags.lake), flags);
    const write = { json: writeJson, csv: writeCsv, table: writeTable }[flags.format];
    await write(rows);
    return 0;
}

/** Waits for the reader, so that a long list through a pipe is not cut. */
async function write(text: string): Promise<void> {
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

const rowsPerWrite = 5000;

async function writeInParts(rows: ValueRow[], line: (row: ValueRow) => string, separator: string): Promise<void> {
    for (let start = 0; start < rows.length; start += rowsPerWrite) {
        const part = rows
            .slice(start, start + rowsPerWrite)
            .map(line)
            .join(separator);
        await write(start === 0 ? part : separator + part);
    }
}

async function writeJson(rows: ValueRow[]): Promise<void> {
    await write("[");
    await writeInParts(rows, (row) => JSON.stringify(row), ",\n");
    await write("]\n");
}

async function writeCsv(rows: ValueRow[]): Promise<void> {
    await write(`${columns.join(",")}\n`);
    await writeInParts(rows, (row) => columns.map((column) => csvCell(row[column])).join(","), "\n");
    await write(rows.length > 0 ? "\n" : "");
}

function csvCell(cell: string | number | null): string {
    const text = cell === null ? "" : String(cell);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const numberFormat = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 4 });

async function writeTable(rows: ValueRow[]): Promise<void> {
    const cells = rows.map((row) => columns.map((column) => tableCell(row[column])));
    const widths = columns.map((column, at) =>
        cells.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), column.length),
    );
    const line = (row: readonly string[]): string =>
        `${row
            .map((cell, at) => cell.padEnd(widths[at] ?? 0))
            .join("  ")
            .trimEnd()}\n`;
    await write(line(columns));
    for (const row of cells) await write(line(row));
}

function tableCell(cell: string | number | null): string {
    return cell === null ? "" : typeof cell === "number" ? numberFormat.format(cell) : cell;
}
