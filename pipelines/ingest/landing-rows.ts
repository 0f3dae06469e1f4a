import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName, quoteText } from "../check.ts";
import { conformSql, DROPPED, lakeColumns, type TextRelation } from "../conform.ts";
import type { NamedTable } from "../contract.ts";
import { LAKE_PARQUET } from "../duckdb.ts";
import { ISSUES } from "../issues.ts";
import { dropObjected, noteObjections } from "../lake/objections.ts";
import { REGION } from "../lake.ts";
import { touchedSql } from "../quality/quality-touched.ts";
import { columnsOf } from "../table.ts";
import { gather, gatherKept } from "./gathered-texts.ts";
import { countRows, dropTables, type LandedPart, type LandingContext, sum } from "./landing-context.ts";
import { hmacKeys, PSEUDONYM_SQL } from "./pseudonym.ts";
import type { FileReceipt } from "./receipt.ts";
import { damagedRecords, setAside } from "./set-aside.ts";
import type { TextFile } from "./textfile.ts";

interface Landing {
    /** The file, for messages and set-aside rows. */
    title: string;
    /** As it is called in the receipt, when that is not the file. */
    name?: string;
    file: TextFile;
    relation: TextRelation;
    table: NamedTable;
    context: LandingContext;
    /** Whether the records that could not be read are counted with this relation; of a journal they are counted once. */
    withDamaged: boolean;
}

interface LandedRelation {
    receipt: FileReceipt;
    rows: number;
    parts: LandedPart[];
    practices: string[];
}

/**
 * One relation of delivered texts to one lake table: conforms, gathers texts for the scan, resolves patients, sets problem rows
 * aside, and writes what is left as Parquet.
 */
export async function landRelation(landing: Landing): Promise<LandedRelation> {
    const { title, file, relation, table, context } = landing;
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
        const whose = columnsOf(table).some(({ name }) => name === "practice_id") ? "practice_id" : "NULL::VARCHAR";
        const problems = `SELECT ${record} AS record, problem, ${whose} AS practice_id FROM ${typed} WHERE problem IS NOT NULL AND problem <> '${DROPPED}'`;
        const unknown = aside.has("patient_onbekend")
            ? " UNION ALL SELECT record, 'patient_onbekend' AS problem, practice_id FROM onbekend"
            : "";
        await setAside(context, title, file, problems + unknown);
        await connection.run(touchedSql(table, typed, record, hasPatient, unknown !== ""));
    }
    let rows = total;
    if (landing.withDamaged) {
        for (const [code, count] of await damagedRecords(context, title, file)) {
            aside.set(code, (aside.get(code) ?? 0) + count);
        }
        rows += file.damaged.length;
    }
    const practices = await occurringPractices(context, typed, table);
    const objected = hasPatient && context.objections.length > 0 ? await dropObjected(connection, typed) : 0;
    kept -= objected;
    const parts = await writeParts(landing, typed, hasPatient);
    const written = parts.reduce((count, part) => count + part.rows, 0);
    const receipt: FileReceipt = {
        name: landing.name ?? title,
        rows,
        kept,
        aside: Object.fromEntries([...aside].sort()),
    };
    if (columnsOf(table).some(({ name }) => name === "nhg_number")) receipt.notMeasured = notMeasured;
    if (objected > 0) receipt.objected = objected;
    if (kept > written) receipt.duplicates = kept - written;
    await dropTables(connection, [typed, "onbekend"]);
    return { receipt, rows, parts, practices };
}

/** Gives every patient of kept rows a lake key; returns how many rows name a patient that the delivery does not know. */
async function resolvePatients(
    { table, context, title, relation }: Landing,
    typed: string,
    record: string,
): Promise<number> {
    const { connection, checkPatients, secret, objections } = context;
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
    await noteObjections(connection, secret, objections);
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
        const done = await connection.runAndReadAll(`COPY (${sql}) TO ${quoteText(path)} (${LAKE_PARQUET})`);
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
