// Measures a delivery that has landed and is not yet stored: its profile is what the next one is compared with.
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName, quoteText } from "../check.ts";
import { tableNamed } from "../contract.ts";
import type { NamedFormat } from "../format.ts";
import type { Landed, LandedPart, LandingContext } from "../ingest/landing-context.ts";
import type { DeliveryRecord } from "../lake.ts";
import type { DeliveryProfile, PracticeProfile } from "./quality.ts";
import { affectedPatients } from "./quality-affected.ts";
import { readVocabulary, type Vocabulary } from "./quality-vocabulary.ts";

/** The profile of a landed delivery: a function of its rows alone, whatever came before it. */
export async function profileOf(
    record: DeliveryRecord,
    format: NamedFormat,
    landed: Landed,
    context: LandingContext,
): Promise<DeliveryProfile> {
    const { connection } = context;
    const vocabulary = await readVocabulary();
    const tables = tablesOf(format);
    const practices: Record<string, PracticeProfile> = {};
    for (const practice of [...record.practices].sort()) {
        practices[practice] = {
            rows: Object.fromEntries(tables.map((table) => [table, 0])),
            lastDay: {},
            lastYearRows: {},
            registered: record.source === "HIS" ? 0 : null,
            populations: {},
            measured: {},
            measuredNumbers: {},
        };
    }
    for (const { table, practice, rows } of landed.parts) {
        const profile = practices[practice];
        if (profile) profile.rows[table] = rows;
    }
    if (record.source !== "bureau") {
        const source = (table: string): string | null => relationOf(landed.parts, table);
        for (const [practice, kind, name, value, count] of await rowsOf(
            connection,
            measuresSql(tables, source, record.peildatum, vocabulary),
        )) {
            const profile = practices[String(practice)];
            if (profile) note(profile, String(kind), String(name), value, Number(count));
        }
    }
    const { id: delivery, name, source, peildatum, sequence, historyFrom } = record;
    return {
        delivery,
        name,
        format: record.format,
        source,
        peildatum,
        sequence,
        historyFrom,
        practices,
        affected: await affectedPatients(record, format, landed, context, vocabulary, (table) =>
            relationOf(landed.parts, table),
        ),
    };
}

function note(profile: PracticeProfile, kind: string, name: string, value: unknown, count: number): void {
    if (kind === "event") {
        profile.lastDay[name] = String(value);
        profile.lastYearRows[name] = count;
    } else if (kind === "registered") profile.registered = count;
    else if (kind === "population") profile.populations[name] = count;
    else if (kind === "measured") profile.measured[name] = count;
    else profile.measuredNumbers[name] = count;
}

function tablesOf(format: NamedFormat): string[] {
    const layouts = [...Object.values(format.files ?? {}), ...Object.values(format.records ?? {})];
    return [...new Set(layouts.map(({ table }) => table))].sort();
}

function relationOf(parts: readonly LandedPart[], table: string): string | null {
    const paths = parts.filter((part) => part.table === table).map(({ path }) => quoteText(path));
    return paths.length === 0 ? null : `read_parquet([${paths.join(", ")}], hive_partitioning = false)`;
}

/** Rows of (practice, kind, name, last day, count), sorted. */
function measuresSql(
    tables: readonly string[],
    source: (table: string) => string | null,
    peildatum: string,
    vocabulary: Vocabulary,
): string {
    const day = `DATE ${quoteText(peildatum)}`;
    const parts = tables.flatMap((table) => {
        const [from, column] = [source(table), eventColumn(table)];
        return from === null || column === null ? [] : [eventSql(table, from, column)];
    });
    const patients = source("patients");
    const registered =
        patients === null
            ? null
            : `(SELECT DISTINCT practice_id, patient_id FROM ${patients} WHERE category = 'vast'
                AND registered_from <= ${day} AND (registered_until IS NULL OR registered_until > ${day}))`;
    if (registered !== null) {
        parts.push(`SELECT practice_id, 'registered', '', NULL, count(*) FROM ${registered} GROUP BY practice_id`);
        const episodes = source("episodes");
        if (episodes !== null) {
            // A three-position code covers its subcodes; excluded ones are left out (indicators.md, Latest value).
            // Codes first: there are few, and a join on LIKE over every episode is slow.
            const codes = `(SELECT DISTINCT e.icpc, c.title FROM (SELECT DISTINCT icpc FROM ${episodes}) e
                JOIN ${vocabulary.conditions} c ON NOT c.is_excluded AND (e.icpc = c.icpc OR e.icpc LIKE c.icpc || '.%')
                WHERE NOT EXISTS (FROM ${vocabulary.conditions} x WHERE x.is_excluded AND x.condition = c.condition AND x.icpc = e.icpc))`;
            parts.push(`SELECT practice_id, 'population', title, NULL, count(DISTINCT patient_id) FROM ${episodes} e
                JOIN ${codes} USING (icpc) JOIN ${registered} r USING (practice_id, patient_id)
                WHERE start_date <= ${day} AND (end_date IS NULL OR end_date > ${day})
                AND NOT (coalesce(status, '') = 'inactief' AND end_date IS NULL)
                GROUP BY practice_id, title`);
        }
    }
    const programmes = source("programmes");
    if (programmes !== null) {
        parts.push(`SELECT practice_id, 'population', 'programma ' || programme, NULL, count(DISTINCT patient_id)
            FROM ${programmes} WHERE start_date <= ${day} AND (end_date IS NULL OR end_date > ${day})
            GROUP BY practice_id, programme`);
    }
    const measurements = source("measurements");
    let recent = "";
    if (measurements !== null) {
        // Read once for both counts: of all tables this is the one that costs something.
        recent = `WITH recent AS MATERIALIZED (SELECT DISTINCT practice_id, patient_id, nhg_number FROM ${measurements}
            WHERE measured_on > ${day} - INTERVAL 12 MONTH) `;
        parts.push(
            `SELECT practice_id, 'number', nhg_number::VARCHAR, NULL, count(*) FROM recent GROUP BY practice_id, nhg_number`,
            `SELECT practice_id, 'measured', title, NULL, count(DISTINCT patient_id) FROM recent
                JOIN ${vocabulary.concepts} c USING (nhg_number) GROUP BY practice_id, title`,
        );
    }
    if (parts.length === 0) return "SELECT 1 WHERE false";
    return `${recent}SELECT * FROM (${parts.join("\nUNION ALL\n")}) ORDER BY ALL`;
}

/** The column by which a table's rows are dated, if its rows are events; that no period begins any more says little. */
function eventColumn(table: string): string | null {
    const column = tableNamed(table).rules.find((rule) => rule.kind === "event")?.column ?? null;
    return column === "start_date" ? null : column;
}

function eventSql(table: string, from: string, column: string): string {
    const day = quoteName(column);
    return `SELECT practice_id, 'event', ${quoteText(table)}, last::VARCHAR, count(*) FROM ${from}
        JOIN (SELECT practice_id, max(${day}) AS last FROM ${from} GROUP BY practice_id) USING (practice_id)
        WHERE ${day} > last - INTERVAL 365 DAY GROUP BY practice_id, last`;
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
    return (await connection.runAndReadAll(sql)).getRows();
}
