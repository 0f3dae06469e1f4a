import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { quoteText } from "../check.ts";
import type { DeliveredField } from "../conform.ts";
import { tableNamed } from "../contract.ts";
import { openDuckDB } from "../duckdb.ts";
import type { Format } from "../format.ts";
import { refuseIdentifiers } from "../ingest/gathered-texts.ts";
import { columnAt, matchHeader } from "../ingest/header.ts";
import { INGEST_SETTINGS } from "../ingest/ingest-settings.ts";
import { landJournal, widthOf } from "../ingest/journal.ts";
import { inCheckingOrder, landFile } from "../ingest/landing.ts";
import { type LandedFile, type LandingContext, startLanding } from "../ingest/landing-context.ts";
import type { FileReceipt } from "../ingest/receipt.ts";
import { csvSql, stageEntry, type TextFile } from "../ingest/textfile.ts";
import { ISSUES, type ProblemCode, Refusal } from "../issues.ts";
import { scratchFolder } from "../lake/scratch-folder.ts";
import { type CellsRead, countCells } from "./format-cells.ts";
import { faultsOf } from "./format-faults.ts";
import type { SampleFile } from "./format-sample.ts";

/** What a layout makes of one file (of a journal: one record type) of a sample. */
export interface FileCoverage {
    name: string;
    table: string;
    receipt: FileReceipt;
    /** Delivered columns that the layout reads, with the cells that could be read; bepalingen of a wide file only by name. */
    columns: CellsRead[];
    bepalingen: string[];
    /** Delivered columns that the layout does not read. */
    unmapped: string[];
}

export interface Coverage {
    /** Everything would be taken in: no fault, nothing refused or missing, few rows set aside. */
    good: boolean;
    /** What is wrong with the layout itself. */
    faults: string[];
    files: FileCoverage[];
    /** Required files that the sample lacks, and files that the layout does not know. */
    missingFiles: string[];
    unknownFiles: string[];
    /** What would refuse the delivery. */
    refusals: { file: string; code: ProblemCode; message: string }[];
    /** Rows delivered, and rows that the lake would get (of wide files: filled cells). */
    rows: number;
    kept: number;
    /** Filled cells of the columns that are read, and those that could be read. */
    cells: { filled: number; read: number };
}

const SOME_PRACTICE = "00000000";
const SECRET_BYTES = 32;

/**
 * Lands a sample as ingest would, into nothing, and reports how much of it a layout reads. `peildatum` (ISO) is the day that
 * no event may lie after. No value of the sample is in the report.
 */
export async function checkFormat(format: Format, sample: readonly SampleFile[], peildatum: string): Promise<Coverage> {
    const faults = faultsOf(format);
    const layouts = format.files ?? {};
    const known = sample.filter(({ name }) => format.records !== undefined || name in layouts);
    const coverage: Coverage = {
        good: false,
        faults: faults.map(({ text }) => text),
        files: [],
        missingFiles: Object.entries(layouts).flatMap(([name, { optional }]) =>
            optional || sample.some((file) => file.name === name) ? [] : [name],
        ),
        unknownFiles: sample.filter((file) => !known.includes(file)).map(({ name }) => name),
        refusals: [],
        rows: 0,
        kept: 0,
        cells: { filled: 0, read: 0 },
    };
    // a column that does not exist cannot be landed in
    if (faults.some(({ fatal }) => fatal)) return coverage;
    const temp = await scratchFolder("format");
    const opened = await openDuckDB({ memory: INGEST_SETTINGS.memory, threads: 2, temp: join(temp, "duckdb") });
    try {
        const context = contextOf(format, peildatum, opened.connection, await mkdtemp(join(temp, "voorbeeld-")));
        await startLanding(opened.connection);
        for (const file of inCheckingOrder(known, ({ name }) => layouts[name]?.table)) {
            await refusing(coverage, file.name, () => landOne(file, format, context, coverage));
        }
        await refusing(coverage, "", () => refuseIdentifiers(context));
    } finally {
        opened.close();
        await rm(temp, { recursive: true, force: true });
    }
    for (const { receipt, columns } of coverage.files) {
        coverage.rows += receipt.cells ?? receipt.rows;
        coverage.kept += receipt.kept + (receipt.notMeasured ?? 0);
        for (const { filled, read } of columns) {
            coverage.cells.filled += filled;
            coverage.cells.read += read;
        }
    }
    const bare = faults.length === 0 && coverage.refusals.length === 0 && coverage.missingFiles.length === 0;
    coverage.good = bare && coverage.rows > 0 && coverage.files.every(({ receipt }) => !tooMuchAside(receipt));
    return coverage;
}

function contextOf(
    format: Format,
    peildatum: string,
    connection: LandingContext["connection"],
    folder: string,
): LandingContext {
    const ownColumn = Object.values(format.files ?? {}).some(({ columns }) =>
        Object.values(columns).some(({ to }) => to === "practice_id"),
    );
    return {
        connection,
        dialect: format.dialect,
        peildatum,
        practice: ownColumn || format.source === "bureau" ? null : SOME_PRACTICE,
        allowed: null,
        checkPatients: format.source === "HIS",
        asRegion: format.source === "bureau",
        secret: randomBytes(SECRET_BYTES),
        scanned: [],
        objections: [],
        folder,
    };
}

async function refusing(coverage: Coverage, file: string, work: () => Promise<void>): Promise<void> {
    try {
        await work();
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { sentence, remedy } = ISSUES[error.code];
        const particulars = error.message === "" ? "" : ` (${error.message})`;
        coverage.refusals.push({ file, code: error.code, message: `${sentence}${particulars}; ${remedy}` });
    }
}

async function landOne(
    { name, entry }: SampleFile,
    format: Format,
    context: LandingContext,
    coverage: Coverage,
): Promise<void> {
    const layout = format.files?.[name];
    const width = layout ? undefined : widthOf(format.records ?? {});
    const text = await stageEntry(entry, context.folder, context.dialect, name, width);
    if (layout === undefined) {
        const landed = await landJournal(name, text, format.records ?? {}, context);
        coverage.files.push(...(await journalCoverage(landed, text, format, context)));
        return;
    }
    const landed = await landFile(name, text, layout, context);
    const header = matchHeader(name, text.header, layout);
    const table = tableNamed(layout.table);
    const from = csvSql(text.path, header.width, context.dialect);
    const [receipt] = landed.receipts;
    if (!receipt) return;
    coverage.files.push({
        name,
        table: layout.table,
        receipt,
        columns: await countCells(context.connection, from, header.fields, table, context.dialect),
        bepalingen: header.bepalingen.map(({ title }) => title),
        unmapped: header.extra.map(({ title }) => title),
    });
}

async function journalCoverage(
    landed: LandedFile,
    text: TextFile,
    format: Format,
    { connection, dialect }: LandingContext,
): Promise<FileCoverage[]> {
    const files: FileCoverage[] = [];
    for (const receipt of landed.receipts) {
        const type = receipt.name.split(": ").at(-1) ?? "";
        const layout = format.records?.[type];
        if (!layout) {
            files.push({ name: receipt.name, table: "", receipt, columns: [], bepalingen: [], unmapped: [] });
            continue;
        }
        const fields = layout.fields.map(
            (field, index): DeliveredField => ({ raw: columnAt(index + 1), title: `veld ${index + 2}`, field }),
        );
        const lines = csvSql(text.path, widthOf(format.records ?? {}), dialect);
        const from = `(SELECT * FROM ${lines} WHERE upper(trim(c0)) = ${quoteText(type)})`;
        files.push({
            name: receipt.name,
            table: layout.table,
            receipt,
            columns: await countCells(connection, from, fields, tableNamed(layout.table), dialect),
            bepalingen: [],
            unmapped: [],
        });
    }
    return files;
}

/** The same measure as ingest: more than ten rows, and more than one in twenty. */
function tooMuchAside({ rows, cells, among, aside }: FileReceipt): boolean {
    const total = Object.values(aside).reduce((sum, count) => sum + count, 0);
    const filled = among ?? cells ?? rows;
    return total > INGEST_SETTINGS.asideRows && total > filled * INGEST_SETTINGS.asideShare;
}
