// Which patients have rows that were set aside, in counts: the most that a problem can have done to an indicator.
import { quoteText } from "../check.ts";
import type { NamedFormat } from "../format.ts";
import type { Landed, LandingContext } from "../ingest/landing-context.ts";
import type { DeliveryRecord } from "../lake.ts";
import { type Affected, windowsCounted } from "./quality.ts";
import { TOUCHED } from "./quality-touched.ts";
import type { Vocabulary } from "./quality-vocabulary.ts";

/** Counts of affected patients per practice, table, concept and window. Numbers of no concept touch no indicator. */
export async function affectedPatients(
    { practices, peildatum }: DeliveryRecord,
    format: NamedFormat,
    landed: Landed,
    { connection, practice }: LandingContext,
    vocabulary: Vocabulary,
    source: (table: string) => string | null,
): Promise<Affected[]> {
    if (landed.receipts.every(({ aside }) => Object.keys(aside).length === 0)) return [];
    const found = new Map<string, Affected>();
    const entry = (owner: string | null, table: string | null, concept: string | null): Affected => {
        const key = JSON.stringify([owner, table, concept]);
        const known = found.get(key) ?? { practice: owner, table, concept, patients: {}, without: {} };
        found.set(key, known);
        return known;
    };
    const noted = await connection.runAndReadAll(affectedSql(peildatum, vocabulary, source("measurements")));
    for (const [owner, table, concept, window, patients, without] of noted.getRows()) {
        const known = owner !== null && practices.includes(String(owner)) ? String(owner) : null;
        const counts = entry(known, String(table), concept === null ? null : String(concept));
        const key = String(window);
        counts.patients[key] = (counts.patients[key] ?? 0) + Number(patients);
        counts.without[key] = (counts.without[key] ?? 0) + Number(without);
    }
    // Lines that were never split into fields are known by their number only.
    for (const { table, rows } of await unsplitRows(landed, format, connection)) {
        const counts = entry(practice, table, null);
        for (const window of windowsCounted) {
            const key = String(window);
            counts.patients[key] = (counts.patients[key] ?? 0) + rows;
            counts.without[key] = (counts.without[key] ?? 0) + rows;
        }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, affected]) => affected);
}

function affectedSql(peildatum: string, vocabulary: Vocabulary, measurements: string | null): string {
    // Whole calendar months; a peildatum within a month makes the window a little wider, never narrower.
    const end = `date_trunc('month', DATE ${quoteText(peildatum)} + 1)`;
    const windows = windowsCounted.map((months) => `(${months})`).join(", ");
    const kept =
        measurements === null
            ? "SELECT NULL::VARCHAR AS practice_id, NULL::VARCHAR AS patient, NULL::VARCHAR AS concept, NULL::INTEGER AS months WHERE false"
            : `SELECT DISTINCT m.practice_id, s.patient, c.concept, w.months FROM ${measurements} m
                JOIN sleutels s ON s.practice_id = m.practice_id AND s.patient_id = m.patient_id
                JOIN begrippen c ON c.nhg_number = m.nhg_number
                JOIN windows w ON m.measured_on >= ${end} - to_months(w.months)
                WHERE EXISTS (FROM rows r WHERE r.practice_id = m.practice_id AND r.patient = s.patient)`;
    return `WITH begrippen AS MATERIALIZED (SELECT concept, nhg_number, widest_window FROM ${vocabulary.concepts}),
        windows(months) AS (VALUES ${windows}),
        rows AS MATERIALIZED (SELECT t.practice_id, t.tbl, c.concept, t.patient,
            CASE WHEN c.widest_window < ${windowsCounted.at(-1)} OR c.concept IS NULL THEN t.day END AS day FROM ${TOUCHED} t
            LEFT JOIN begrippen c ON t.tbl = 'measurements' AND c.nhg_number = t.nhg_number
            WHERE t.nhg_number IS NULL OR c.concept IS NOT NULL),
        seen AS (SELECT DISTINCT r.practice_id, r.tbl, r.concept, r.patient, w.months FROM rows r
            JOIN windows w ON r.day IS NULL OR r.day >= ${end} - to_months(w.months)),
        kept AS (${kept})
        SELECT seen.practice_id, tbl, seen.concept, seen.months, count(*), count(*) FILTER (WHERE kept.patient IS NULL)
        FROM seen LEFT JOIN kept ON kept.practice_id = seen.practice_id AND kept.patient = seen.patient
            AND kept.concept = seen.concept AND kept.months = seen.months
        GROUP BY ALL ORDER BY ALL`;
}

/** Set-aside rows of the receipts that are not among the noted ones, per lake table (null: nobody knows which). */
async function unsplitRows(
    { receipts }: Landed,
    format: NamedFormat,
    connection: LandingContext["connection"],
): Promise<{ table: string | null; rows: number }[]> {
    const noted = await connection.runAndReadAll(`SELECT tbl, count(*) FROM ${TOUCHED} GROUP BY tbl`);
    const left = new Map<string | null, number>();
    for (const { name, aside } of receipts) {
        const table = tableOf(name, format);
        const rows = Object.values(aside).reduce((sum, count) => sum + count, 0);
        left.set(table, (left.get(table) ?? 0) + rows);
    }
    for (const [table, count] of noted.getRows()) {
        left.set(String(table), (left.get(String(table)) ?? 0) - Number(count));
    }
    return [...left].filter(([, rows]) => rows > 0).map(([table, rows]) => ({ table, rows }));
}

/** The lake table that a file of the receipt fills (of a journal: its record type); null for lines of no known type. */
function tableOf(receipt: string, format: NamedFormat): string | null {
    const type = receipt.slice(receipt.lastIndexOf(": ") + 2);
    return format.files?.[receipt]?.table ?? format.records?.[type]?.table ?? null;
}
