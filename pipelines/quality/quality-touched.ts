// While rows are landing: who and when, of each row that is set aside. Gone when the delivery has been read.
import { quoteName, quoteText } from "../check.ts";
import { DROPPED } from "../conform.ts";
import type { NamedTable } from "../contract.ts";
import { columnsOf } from "../table.ts";

/** Table in which landing notes, per set-aside row, who and when. It lives as long as the delivery is being read. */
export const TOUCHED = "geraakt";

/** What a date says of a row that was set aside for that date: nothing. */
const DATE_PROBLEMS = ["na_peildatum", "voor_1990", "datum_onleesbaar"];

export const startTouched = `CREATE OR REPLACE TEMP TABLE ${TOUCHED} (practice_id VARCHAR, tbl VARCHAR, nhg_number INTEGER, patient VARCHAR, day DATE)`;

/** SQL that notes the set-aside rows of a conformed file; `unknown`: also those in `onbekend` (patient not delivered). */
export function touchedSql(
    table: NamedTable,
    typed: string,
    record: string,
    hasPatient: boolean,
    unknown: boolean,
): string {
    const names = columnsOf(table).map(({ name }) => name);
    // A row with a beginning and an end matters long after it began.
    const isPeriod = table.rules.some((rule) => rule.kind === "not_before");
    const day = isPeriod ? undefined : table.rules.find((rule) => rule.kind === "event")?.column;
    const codes = DATE_PROBLEMS.map(quoteText).join(", ");
    const known = table.name === "measurements" ? "nhg_number" : "NULL";
    const when = day === undefined ? "NULL" : `CASE WHEN problem IN (${codes}) THEN NULL ELSE ${quoteName(day)} END`;
    const who = hasPatient ? `coalesce(patient, '(rij ' || ${record} || ')')` : `'(rij ' || ${record} || ')'`;
    const also = unknown ? ` OR ${record} IN (SELECT record FROM onbekend)` : "";
    return `INSERT INTO ${TOUCHED} SELECT ${names.includes("practice_id") ? "practice_id" : "NULL"}, ${quoteText(table.name)},
        TRY_CAST(${known} AS INTEGER), ${who}, TRY_CAST(${when} AS DATE)
        FROM ${typed} WHERE (problem IS NOT NULL AND problem <> '${DROPPED}')${also}`;
}
