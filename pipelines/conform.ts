import { columnChecks, quoteName, quoteText, ruleChecks } from "./check.ts";
import type { NamedTable } from "./contract.ts";
import type { Dialect, Field } from "./format.ts";
import { KNOWN_UNITS, NOT_MEASURED, readResults } from "./ingest/measurement.ts";
import { type FieldReading, readField, trimmed } from "./ingest/reading.ts";
import { type Column, columnsOf } from "./table.ts";

/** One delivered column: where it stands in the text relation, what it is called there, and what it fills. */
export interface DeliveredField {
    /** Column of the text relation. */
    raw: string;
    /** As delivered, for messages. */
    title: string;
    field: Field;
}

/** A delivered file as DuckDB sees it: all text, one row per record (of a wide file: per filled cell). */
export interface TextRelation {
    /** What stands behind FROM. */
    from: string;
    /** SQL for the 0-based record number; absent: the row number of the conformed table is it. */
    record?: string;
    fields: readonly DeliveredField[];
    /** Last column of the header: NULL when the record is shorter. */
    last: string;
    /** Columns after it: filled when the record is longer (empty ones come from a trailing delimiter). */
    overflow: readonly string[];
}

export interface ConformContext {
    table: NamedTable;
    dialect: Dialect;
    peildatum: string;
    /** The one practice of the delivery, or null when every row names its own. */
    practice: string | null;
    /** Practices that rows may name; null: any (the register itself). */
    allowed: readonly string[] | null;
}

/** Internal code of a measurement without a value: the row is dropped, it is no problem. */
export const DROPPED = "niet_gemeten";

/** Shorter texts hold no identifier that the scan looks for (the shortest are a postcode and an e-mail address). */
export const SHORTEST_IDENTIFIER = 6;

const SHORTEST_PSEUDONYM = 8;
const LONGEST_PSEUDONYM = 64;

/**
 * The one SQL that types, checks and splits the rows of a file. Columns of the result: the lake columns (a patient as text
 * in `patient` instead of `patient_id`), `problem` (NULL: kept), `raw` (the delivered texts of rows that are set aside or
 * that hold text long enough to identify someone; everything else is proven harmless by its type), and `record` if known.
 * The first problem in this order decides: number of fields, not measured, practice, patient, columns in the order of the
 * contract (unreadable, missing, not allowed), row rules.
 */
export function conformSql(relation: TextRelation, context: ConformContext): string {
    const { table, dialect } = context;
    const columns = new Map(columnsOf(table).map((column) => [column.name, column]));
    const texts = relation.fields.map(({ raw, field }) => `${trimmed(raw)} AS ${textOf(field)}`);
    const readings = new Map<string, FieldReading>();
    for (const { field } of relation.fields) {
        const column = columns.get(field.to);
        if (column && field.reading !== "pseudonym" && field.reading !== "result") {
            readings.set(field.to, readField(textOf(field), field, column, dialect));
        }
    }
    const has = (reading: Field["reading"]): boolean => relation.fields.some(({ field }) => field.reading === reading);
    const measured = has("result");
    const typed = [...readings].map(([name, reading]) => `${reading.value} AS ${quoteName(name)}`);
    if (context.practice !== null && columns.has("practice_id")) {
        typed.push(`${quoteText(context.practice)} AS practice_id`);
    }
    if (has("pseudonym")) typed.push(`nullif(t_patient_id, '') AS patient`);
    if (measured) typed.push("t_value AS result", `${has("unit") ? "lower(t_unit)" : "''"} AS unit`);
    const absent = [...columns.values()].filter(
        ({ name }) => !readings.has(name) && !filledElsewhere(name, measured, context.practice !== null),
    );
    typed.push(...absent.map(({ name, sqlType }) => `NULL::${sqlType} AS ${quoteName(name)}`));

    const record = relation.record === undefined ? "" : `${relation.record} AS record, `;
    const [only = "", ...more] = relation.overflow;
    const beyond =
        more.length === 0 ? quoteName(only) : `concat_ws(' ', ${relation.overflow.map(quoteName).join(", ")})`;
    const text = `SELECT ${record}${quoteName(relation.last)} IS NULL AS too_few, trim(coalesce(${beyond}, '')) AS beyond, ${texts.join(", ")} FROM ${relation.from}`;
    const read = `SELECT *, ${typed.join(",\n    ")} FROM (${text})`;
    const complete = measured ? readResults(read) : read;
    const branches = verdict(relation, context, columns, readings, measured);
    const judged = `SELECT *, CASE ${branches.join("\n    ")} END AS problem FROM (${complete})`;
    const lake = [...columns.keys()].map((name) => (name === "patient_id" ? "patient" : quoteName(name)));
    const delivered = relation.fields.map(({ field }) => textOf(field)).join(", ");
    const open = openFields(relation, readings);
    const kept = open.length === 0 ? "problem IS NOT NULL" : `problem IS NOT NULL OR ${open.join(" OR ")}`;
    const number = relation.record === undefined ? "" : "record, ";
    return `SELECT ${number}${lake.join(", ")}, problem, CASE WHEN ${kept} THEN [${delivered}, beyond] END AS raw\nFROM (${judged})`;
}

const textOf = (field: Field): string => `t_${field.to}`;

function filledElsewhere(name: string, measured: boolean, onePractice: boolean): boolean {
    if (name === "patient_id") return true;
    if (name === "practice_id") return onePractice;
    return measured && ["value", "comparator", "answer"].includes(name);
}

function verdict(
    relation: TextRelation,
    context: ConformContext,
    columns: ReadonlyMap<string, Column>,
    readings: ReadonlyMap<string, FieldReading>,
    measured: boolean,
): string[] {
    const branches = ["WHEN too_few THEN 'velden_te_weinig'", "WHEN beyond <> '' THEN 'velden_te_veel'"];
    if (measured) branches.push(`WHEN ${NOT_MEASURED} THEN '${DROPPED}'`);
    for (const column of columns.values()) {
        if (column.name === "patient_id") {
            if (!relation.fields.some(({ field }) => field.reading === "pseudonym")) continue;
            if (!column.nullable) branches.push("WHEN patient IS NULL THEN 'veld_ontbreekt'");
            branches.push(
                `WHEN length(patient) NOT BETWEEN ${SHORTEST_PSEUDONYM} AND ${LONGEST_PSEUDONYM} THEN 'pseudoniem_lengte'`,
            );
            continue;
        }
        const reading = readings.get(column.name);
        if (reading) {
            const text = `t_${column.name}`;
            branches.push(`WHEN ${text} <> '' AND ${quoteName(column.name)} IS NULL THEN '${reading.unreadable}'`);
            if (reading.misread) branches.push(`WHEN ${reading.misread} THEN '${reading.unreadable}'`);
        } else if (context.practice !== null && column.name === "practice_id") continue;
        branches.push(...columnChecks(reading?.allowed ? { ...column, constraints: {} } : column));
        if (column.name === "practice_id" && context.allowed !== null)
            branches.push(allowedPractices(context.allowed, relation));
    }
    // A result that could not be read says so before the rule that one of value and answer must be there.
    const rules = ruleChecks(context.table.rules, context);
    if (measured) branches.push("WHEN value IS NULL AND answer IS NULL THEN result_problem");
    return [...branches, ...rules];
}

/** The bureau's own staff stands in the register under a word instead of an AGB code (exports.md, personeel.csv). */
function allowedPractices(allowed: readonly string[], relation: TextRelation): string {
    const ofBureau = relation.fields.some(({ field }) => field.reading === "agb_or_bureau");
    const known = [...allowed, ...(ofBureau ? ["bureau"] : [])];
    if (known.length === 0) return "WHEN true THEN 'praktijk_onbekend'";
    return `WHEN practice_id NOT IN (${known.map(quoteText).join(", ")}) THEN 'praktijk_onbekend'`;
}

/** Conditions for texts that are kept or dropped unread and so could hold anything. Pseudonyms are scanned once each. */
function openFields(relation: TextRelation, readings: ReadonlyMap<string, FieldReading>): string[] {
    const conditions: string[] = [];
    for (const { field } of relation.fields) {
        if (field.reading === "pseudonym" || readings.get(field.to)?.proven) continue;
        const text = textOf(field);
        const long = `strlen(${text}) >= ${SHORTEST_IDENTIFIER}`;
        if (field.reading !== "unit") conditions.push(long);
        else conditions.push(`(${long} AND lower(${text}) NOT IN (${KNOWN_UNITS.map(quoteText).join(", ")}))`);
    }
    return conditions;
}

/** Lake columns of kept rows, cast to the contract's types, with birth years cut off at 90 years before the peildatum. */
export function lakeColumns(table: NamedTable, peildatum: string): string[] {
    const birthYear = table.rules.find((rule) => rule.kind === "birth_year")?.column;
    const oldest = Number(peildatum.slice(0, 4)) - OLDEST_AGE;
    return columnsOf(table).map(({ name, sqlType }) => {
        const column = name === birthYear ? `greatest(${quoteName(name)}, ${oldest})` : quoteName(name);
        return `CAST(${column} AS ${sqlType}) AS ${quoteName(name)}`;
    });
}

/** Ages above this are rare enough to point at people (exports.md, Values). */
const OLDEST_AGE = 90;
