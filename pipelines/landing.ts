import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName, quoteText } from "./check.ts";
import { conformSql, DROPPED, lakeColumns, SHORTEST_IDENTIFIER, type TextRelation } from "./conform.ts";
import { type NamedTable, tableNamed } from "./contract.ts";
import type { Dialect, Field, FileLayout, RecordLayout } from "./format.ts";
import { columnAt, type Header, matchHeader, refuseMissingColumns } from "./header.ts";
import { ISSUES, type ProblemCode } from "./issues.ts";
import { REGION } from "./lake.ts";
import { type ColumnRole, refuseByContent, refuseByName, type ScannedColumn } from "./privacy.ts";
import { hmacKeys, PSEUDONYM_SQL } from "./pseudonym.ts";
import type { FileReceipt } from "./receipt.ts";
import { columnsOf } from "./table.ts";
import { csvSql, OVERFLOW, type TextFile, withLines } from "./textfile.ts";

/** What landing needs to know of the delivery that a file belongs to. */
export interface LandingContext {
    connection: DuckDBConnection;
    dialect: Dialect;
    peildatum: string;
    /** The one practice, or null when rows name theirs. */
    practice: string | null;
    /** Practices that rows may name; null: any. */
    allowed: readonly string[] | null;
    /** HIS: a row's patient must be in the patient file of the same delivery. */
    checkPatients: boolean;
    /** The register is filed as one practice. */
    asRegion: boolean;
    secret: Uint8Array;
    /** Columns whose texts wait in table `teksten` for the identifier scan, by their place in it. */
    scanned: ScannedColumn[];
    /** Folder for Parquet files on their way to the lake. */
    folder: string;
}

export interface LandedPart {
    table: string;
    practice: string;
    path: string;
    rows: number;
}

export interface LandedFile {
    receipts: FileReceipt[];
    parts: LandedPart[];
    /** Practices of the register that the file names. */
    practices: string[];
    ignoredColumns: string[];
}

/** Makes the tables in which a delivery is gathered. Once per connection, before its first file. */
export async function startLanding(connection: DuckDBConnection): Promise<void> {
    await connection.run(
        "CREATE OR REPLACE TEMP TABLE sleutels (practice_id VARCHAR, patient VARCHAR, patient_id BIGINT)",
    );
    await connection.run("CREATE OR REPLACE TEMP TABLE terzijde (file VARCHAR, line BIGINT, code VARCHAR)");
    await connection.run("CREATE OR REPLACE TEMP TABLE teksten (place INTEGER, v VARCHAR, n BIGINT)");
}

/** Scans every text that was gathered while the files of a delivery landed. After the last file, before anything is stored. */
export async function refuseIdentifiers({ connection, scanned }: LandingContext): Promise<void> {
    await refuseByContent(connection, "SELECT place, v, n FROM teksten", scanned);
}

/** Keeps texts for the scan: `texts` has columns place (1-based in `columns`) and v. Equal texts are kept once, counted. */
async function gather(
    context: LandingContext,
    file: string,
    columns: readonly Omit<ScannedColumn, "file">[],
    texts: string,
): Promise<void> {
    const first = context.scanned.length - 1;
    context.scanned.push(...columns.map((column) => ({ ...column, file })));
    await context.connection.run(
        `INSERT INTO teksten SELECT place + ${first}, v, count(*) FROM (${texts}) WHERE strlen(v) >= ${SHORTEST_IDENTIFIER} GROUP BY ALL`,
    );
}

/** One file with a header: matches its columns, conforms, scans, and writes Parquet per practice. Throws refusals. */
export async function landFile(
    title: string,
    file: TextFile,
    layout: FileLayout,
    context: LandingContext,
): Promise<LandedFile> {
    const header = matchHeader(title, file.header, layout);
    refuseByName(
        title,
        header.extra.map((column) => column.title),
        file.records,
    );
    refuseMissingColumns(title, header, layout);
    const { connection, dialect } = context;
    const rejects = "afgewezen";
    await dropTables(connection, [rejects, `${rejects}_scan`, "breed"]);
    const csv = csvSql(file.path, header.width, dialect, rejects);
    const relation = layout.wide
        ? await wideRelation(connection, csv, header)
        : { from: csv, fields: header.fields, last: columnAt(header.width - 1), overflow: [OVERFLOW] };
    await gatherExtra(context, title, file, header);
    const landed = await landRelation({ title, file, relation, table: tableNamed(layout.table), context, rejects });
    const receipt = landed.receipt;
    receipt.rows = file.records;
    if (layout.wide) receipt.cells = landed.rows;
    return {
        receipts: [receipt],
        parts: landed.parts,
        practices: landed.practices,
        ignoredColumns: header.extra.map((column) => `${title}: ${column.title}`),
    };
}

const JOURNAL_WIDTH = 8;

/** A journal: one text in which the first field says what a line is. Its receipts are per record type. */
export async function landJournal(
    title: string,
    file: TextFile,
    layouts: Readonly<Record<string, RecordLayout>>,
    context: LandingContext,
): Promise<LandedFile> {
    const { connection, dialect } = context;
    const rejects = "afgewezen";
    await dropTables(connection, [rejects, `${rejects}_scan`, "journaal"]);
    await connection.run(
        `CREATE TEMP TABLE journaal AS SELECT upper(trim(c0)) AS soort, * FROM ${csvSql(file.path, JOURNAL_WIDTH, dialect, rejects)}`,
    );
    const landed: LandedFile = { receipts: [], parts: [], practices: [], ignoredColumns: [] };
    const types = Object.keys(layouts);
    for (const type of inPatientOrder(types, (name) => layouts[name]?.table)) {
        const { table, fields } = layouts[type] as RecordLayout;
        const columns = Array.from({ length: JOURNAL_WIDTH }, (_, index) => columnAt(index));
        const relation: TextRelation = {
            from: `(SELECT rowid AS regel, * FROM journaal WHERE soort = ${quoteText(type)})`,
            record: "regel",
            fields: fields.map((field, index) => ({
                raw: columnAt(index + 1),
                title: `${type}, veld ${index + 2}`,
                field,
            })),
            last: columnAt(fields.length),
            overflow: [...columns.slice(fields.length + 1), OVERFLOW],
        };
        const name = `${title}: ${type}`;
        const part = await landRelation({
            title,
            name,
            file,
            relation,
            table: tableNamed(table),
            context,
            rejects: null,
        });
        landed.receipts.push(part.receipt);
        landed.parts.push(...part.parts);
    }
    await journalStrangers(title, file, types, landed, context);
    return landed;
}

/** Lines of a journal that no record type claims: unknown types, and lines with far too many fields. */
async function journalStrangers(
    title: string,
    file: TextFile,
    types: readonly string[],
    landed: LandedFile,
    context: LandingContext,
): Promise<void> {
    const known = types.map(quoteText).join(", ");
    const strangers = `SELECT rowid AS record FROM journaal WHERE coalesce(soort, '') NOT IN (${known})`;
    const unknown = await setAside(
        context,
        title,
        file,
        `SELECT record, 'recordtype_onbekend' AS problem FROM (${strangers})`,
        "afgewezen",
    );
    const fields = Array.from({ length: JOURNAL_WIDTH }, (_, index) => `trim(${columnAt(index)})`);
    await gather(
        context,
        title,
        [...fields, OVERFLOW].map((_, index) => ({ title: `veld ${index + 1}`, role: "declared" })),
        `SELECT unnest(range(1, ${JOURNAL_WIDTH + 2})) AS place, unnest([${fields.join(", ")}, trim(${OVERFLOW})]) AS v FROM journaal WHERE coalesce(soort, '') NOT IN (${known})`,
    );
    const rejected = await rejectedRecords(context, title, file, "afgewezen");
    if (unknown + rejected === 0) return;
    const aside: Record<string, number> = {};
    if (unknown > 0) aside.recordtype_onbekend = unknown;
    if (rejected > 0) aside.velden_te_veel = rejected;
    // What type these lines were meant to be is not known, so that they are weighed against all lines.
    landed.receipts.push({
        name: `${title}: overig`,
        rows: file.records,
        kept: file.records - unknown - rejected,
        aside,
    });
}

interface Landing {
    /** The file, for messages and set-aside rows. */
    title: string;
    /** As it is called in the receipt, when that is not the file. */
    name?: string;
    file: TextFile;
    relation: TextRelation;
    table: NamedTable;
    context: LandingContext;
    /** Table of records that DuckDB left out, counted with this file; null when counted elsewhere. */
    rejects: string | null;
}

interface LandedRelation {
    receipt: FileReceipt;
    rows: number;
    parts: LandedPart[];
    practices: string[];
}

async function landRelation(landing: Landing): Promise<LandedRelation> {
    const { title, file, relation, table, context, rejects } = landing;
    const { connection } = context;
    const typed = "gelezen";
    await dropTables(connection, [typed, "onbekend", "gesorteerd"]);
    await connection.run(`CREATE TEMP TABLE ${typed} AS ${conformSql(relation, { ...context, table })}`);
    const record = relation.record === undefined ? "rowid" : "record";
    const aside = await countProblems(connection, typed);
    const notMeasured = aside.get(DROPPED) ?? 0;
    aside.delete(DROPPED);
    const total = await countRows(connection, typed);
    await gatherKept(context, title, relation, typed);
    let kept = total - notMeasured - sum(aside.values());

    const hasPatient = relation.fields.some(({ field }) => field.reading === "pseudonym");
    if (hasPatient) {
        const unknown = await resolvePatients(landing, typed, record);
        if (unknown > 0) {
            aside.set("patient_onbekend", unknown);
            kept -= unknown;
        }
    }
    if (sum(aside.values()) > 0) {
        const problems = `SELECT ${record} AS record, problem FROM ${typed} WHERE problem IS NOT NULL AND problem <> '${DROPPED}'`;
        const unknown = aside.has("patient_onbekend")
            ? " UNION ALL SELECT record, 'patient_onbekend' AS problem FROM onbekend"
            : "";
        await setAside(context, title, file, problems + unknown, rejects ?? "afgewezen");
    }
    let rows = total;
    if (rejects !== null) {
        const rejected = await rejectedRecords(context, title, file, rejects);
        if (rejected > 0) aside.set("velden_te_veel", (aside.get("velden_te_veel") ?? 0) + rejected);
        if (file.damaged.length > 0) aside.set("aanhaling_onleesbaar", file.damaged.length);
        rows += rejected + file.damaged.length;
    }
    const practices = await occurringPractices(context, typed, table);
    const parts = await writeParts(landing, typed, hasPatient);
    const written = parts.reduce((count, part) => count + part.rows, 0);
    const receipt: FileReceipt = {
        name: landing.name ?? title,
        rows,
        kept,
        aside: Object.fromEntries([...aside].sort()),
    };
    if (columnsOf(table).some(({ name }) => name === "nhg_number")) receipt.notMeasured = notMeasured;
    if (kept > written) receipt.duplicates = kept - written;
    await dropTables(connection, [typed, "onbekend"]);
    return { receipt, rows, parts, practices };
}

/** The wide file as one row per filled cell: practice, patient, day, NHG number, result. */
async function wideRelation(connection: DuckDBConnection, csv: string, header: Header): Promise<TextRelation> {
    const last = columnAt(header.width - 1);
    const wanted = new Set([...header.fields.map(({ raw }) => raw), ...header.bepalingen.map(({ raw }) => raw), last]);
    await connection.run(`CREATE TEMP TABLE breed AS SELECT ${[...wanted].join(", ")}, ${OVERFLOW} FROM ${csv}`);
    const shared = [...new Set([...header.fields.map(({ raw }) => raw), last, OVERFLOW])];
    const cells = header.bepalingen.map(
        ({ raw, number }) =>
            `SELECT rowid AS regel, ${shared.join(", ")}, '${number}' AS nhg, ${raw} AS cel FROM breed WHERE ${raw} <> ''`,
    );
    if (cells.length === 0) {
        cells.push(
            `SELECT rowid AS regel, ${shared.join(", ")}, NULL::VARCHAR AS nhg, NULL::VARCHAR AS cel FROM breed WHERE false`,
        );
    }
    const number: Field = { to: "nhg_number", reading: "by_column" };
    const result: Field = { to: "value", reading: "result" };
    return {
        from: `(${cells.join(" UNION ALL ")})`,
        record: "regel",
        fields: [
            ...header.fields,
            { raw: "nhg", title: "(nummer van de kolom)", field: number },
            { raw: "cel", title: "(bepalingen)", field: result },
        ],
        last,
        overflow: [OVERFLOW],
    };
}

/** Gives every patient of kept rows a lake key; returns how many rows name a patient that the delivery does not know. */
async function resolvePatients(
    { table, context, title, relation }: Landing,
    typed: string,
    record: string,
): Promise<number> {
    const { connection, checkPatients, secret } = context;
    const column = relation.fields.find(({ field }) => field.reading === "pseudonym")?.title ?? "patientnr";
    await connection.run(`CREATE TEMP TABLE onbekend AS SELECT ${record} AS record, practice_id, patient FROM ${typed} t
        WHERE problem IS NULL AND patient IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM sleutels k WHERE k.patient = t.patient AND k.practice_id = t.practice_id)`);
    await connection.run("CREATE OR REPLACE TEMP TABLE nieuw AS SELECT DISTINCT practice_id, patient FROM onbekend");
    await gather(
        context,
        title,
        [{ title: column, role: "pseudonym" }],
        "SELECT 1 AS place, patient AS v FROM onbekend",
    );
    if (checkPatients && table.name !== "patients") return countRows(connection, "onbekend");
    const { inner, outer } = hmacKeys(secret);
    const statement = await connection.prepare(
        `INSERT INTO sleutels SELECT practice_id, patient, ${PSEUDONYM_SQL} FROM nieuw`,
    );
    statement.bindBlob(statement.parameterIndex("inner"), inner);
    statement.bindBlob(statement.parameterIndex("outer"), outer);
    await statement.run();
    return 0;
}

async function writeParts({ table, context }: Landing, typed: string, hasPatient: boolean): Promise<LandedPart[]> {
    const { connection, folder, peildatum } = context;
    const columns = lakeColumns(table, peildatum);
    const distinct = table.duplicates === "collapse" ? "DISTINCT" : "";
    const nullable = columnsOf(table).some(({ name, nullable }) => name === "patient_id" && nullable);
    const keys = `(SELECT practice_id AS sleutel_praktijk, patient AS sleutel_patient, patient_id FROM sleutels)`;
    const joined = hasPatient
        ? `${nullable ? "LEFT" : ""} JOIN ${keys} k ON k.sleutel_patient = t.patient AND k.sleutel_praktijk = t.practice_id`
        : "";
    const names = columnsOf(table).map(({ name }) => quoteName(name));
    const order = [...new Set([...table.order.map(quoteName), ...names])].join(", ");
    const rows = `SELECT ${distinct} ${columns.join(", ")} FROM ${typed} t ${joined} WHERE problem IS NULL`;
    const copy = async (practice: string, sql: string): Promise<LandedPart | null> => {
        const path = join(folder, `${table.name}-${practice}.parquet`);
        const done = await connection.runAndReadAll(
            `COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`,
        );
        const count = Number(done.getRows()[0]?.[0] ?? 0);
        return count === 0 ? null : { table: table.name, practice, path, rows: count };
    };
    if (context.asRegion || context.practice !== null) {
        const part = await copy(context.practice ?? REGION, `${rows} ORDER BY ${order}`);
        return part === null ? [] : [part];
    }
    await connection.run(`CREATE TEMP TABLE gesorteerd AS ${rows} ORDER BY practice_id, ${order}`);
    const practices = (
        await connection.runAndReadAll("SELECT DISTINCT practice_id FROM gesorteerd ORDER BY 1")
    ).getRows();
    const parts: LandedPart[] = [];
    for (const [practice] of practices) {
        const part = await copy(
            String(practice),
            `SELECT * FROM gesorteerd WHERE practice_id = ${quoteText(String(practice))}`,
        );
        if (part) parts.push(part);
    }
    await dropTables(connection, ["gesorteerd"]);
    return parts;
}

/** Records the lines of rows that are set aside; `problems` has columns record and problem. Returns how many. */
async function setAside(
    { connection }: LandingContext,
    title: string,
    file: TextFile,
    problems: string,
    rejects: string,
): Promise<number> {
    const shifted = (await countRows(connection, rejects)) > 0 ? rejects : null;
    const lines = await withLines(connection, problems, file, shifted);
    const done = await connection.runAndReadAll(
        `INSERT INTO terzijde SELECT ${quoteText(title)}, line, problem FROM (${lines})`,
    );
    return Number(done.getRows()[0]?.[0] ?? 0);
}

/** Records with more fields than DuckDB was told of: scanned, set aside, counted. Damaged ones are recorded beside them. */
async function rejectedRecords(
    context: LandingContext,
    title: string,
    file: TextFile,
    rejects: string,
): Promise<number> {
    const { connection, dialect } = context;
    const code: ProblemCode = "velden_te_veel";
    const count = await countRows(connection, `(SELECT DISTINCT line FROM ${rejects})`);
    if (count > 0) {
        const pieces = `SELECT 1 AS place, trim(unnest(string_split(csv_line, '${dialect.delimiter}')), ' "') AS v FROM ${rejects}`;
        await gather(context, title, [{ title: "(te lange regels)", role: "declared" }], pieces);
        // The reader counted lines of the staged text, where every record is one line.
        const records = `SELECT DISTINCT line - 1 AS record, '${code}' AS problem FROM ${rejects}`;
        const lines = await withLines(connection, records, file, null);
        await connection.run(`INSERT INTO terzijde SELECT ${quoteText(title)}, line, problem FROM (${lines})`);
    }
    if (file.damaged.length > 0) {
        const appender = await connection.createAppender("terzijde");
        for (const { line, code } of file.damaged) {
            appender.appendVarchar(title);
            appender.appendBigInt(BigInt(line));
            appender.appendVarchar(code);
            appender.endRow();
        }
        appender.closeSync();
        await connection.run("CREATE OR REPLACE TEMP TABLE beschadigd (v VARCHAR)");
        const texts = await connection.createAppender("beschadigd");
        for (const { text } of file.damaged) {
            for (const piece of text.split(dialect.delimiter)) {
                texts.appendVarchar(piece.replaceAll('"', "").trim());
                texts.endRow();
            }
        }
        texts.closeSync();
        await gather(
            context,
            title,
            [{ title: "(beschadigde regels)", role: "declared" }],
            "SELECT 1 AS place, v FROM beschadigd",
        );
    }
    return count;
}

/** Gathers what the conformed rows kept of their delivered texts: rows set aside, and texts whose type proves nothing. */
async function gatherKept(
    context: LandingContext,
    title: string,
    relation: TextRelation,
    typed: string,
): Promise<void> {
    const places = relation.fields.length + 1;
    const texts = `SELECT unnest(range(1, ${places + 1})) AS place, unnest(raw) AS v FROM ${typed} WHERE raw IS NOT NULL`;
    const columns = relation.fields.map(({ title: column, field }) => ({ title: column, role: roleOf(field) }));
    await gather(context, title, [...columns, { title: "(na de laatste kolom)", role: "declared" }], texts);
}

/** Columns that are not part of the layout are read for this scan alone. */
async function gatherExtra(context: LandingContext, title: string, file: TextFile, header: Header): Promise<void> {
    if (header.extra.length === 0) return;
    const fields = header.extra.map(({ raw }) => `trim(${raw})`).join(", ");
    const csv = csvSql(file.path, header.width, context.dialect);
    const texts = `SELECT unnest(range(1, ${header.extra.length + 1})) AS place, unnest([${fields}]) AS v FROM ${csv}`;
    const columns = header.extra.map((column) => ({ title: column.title, role: "extra" as const }));
    await gather(context, title, columns, texts);
}

function roleOf(field: Field): ColumnRole {
    if (field.reading === "pseudonym") return "pseudonym";
    if (field.reading === "result" || field.reading === "unit") return "result";
    if (field.to === "postcode4") return "postcode";
    return field.to === "birth_year" ? "birth_year" : "declared";
}

async function occurringPractices(
    { connection, allowed, practice }: LandingContext,
    typed: string,
    table: NamedTable,
): Promise<string[]> {
    // A delivery of one practice covers that practice, whatever its rows say.
    if (allowed === null || practice !== null || !columnsOf(table).some(({ name }) => name === "practice_id"))
        return [];
    const found = await connection.runAndReadAll(
        `SELECT DISTINCT practice_id FROM ${typed} WHERE practice_id IS NOT NULL AND problem IS DISTINCT FROM 'praktijk_onbekend'`,
    );
    return found
        .getRows()
        .map(([practice]) => String(practice))
        .filter((practice) => allowed.includes(practice));
}

async function countProblems(connection: DuckDBConnection, typed: string): Promise<Map<string, number>> {
    const found = await connection.runAndReadAll(
        `SELECT problem, count(*) FROM ${typed} WHERE problem IS NOT NULL GROUP BY problem`,
    );
    const counts = new Map(found.getRows().map(([problem, count]) => [String(problem), Number(count)]));
    for (const problem of counts.keys()) {
        if (problem !== DROPPED && !(problem in ISSUES))
            throw new Error(`Probleemcode ${problem} staat niet in issues.ts.`);
    }
    return counts;
}

async function countRows(connection: DuckDBConnection, relation: string): Promise<number> {
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${relation}`);
    return Number(counted.getRows()[0]?.[0] ?? 0);
}

async function dropTables(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
    for (const name of names) await connection.run(`DROP TABLE IF EXISTS ${quoteName(name)}`);
}

/** Patients first: the other files are checked against them. */
export function inPatientOrder<T>(items: readonly T[], tableOf: (item: T) => string | undefined): T[] {
    return [...items].sort((a, b) => Number(tableOf(b) === "patients") - Number(tableOf(a) === "patients"));
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
