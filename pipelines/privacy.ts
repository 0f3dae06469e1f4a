import type { DuckDBConnection } from "@duckdb/node-api";
import {
    BSN_DIGITS,
    ELEVEN_PROOF,
    IDENTIFIERS,
    type Identifier,
    identifierByName,
    looksLikeBsn,
    SHAPES,
    soepColumns,
    YEAR_OF_DATE,
} from "./ingest/identifiers.ts";
import { Refusal } from "./issues.ts";

/** What a scanned column is meant to hold: that decides what its content may look like. */
export type ColumnRole =
    /** Declared text, such as the name of a practice: only the unmistakable identifiers count. */
    | "declared"
    | "pseudonym"
    | "postcode"
    | "birth_year"
    /** Result of a bepaling. */
    | "result"
    /** Not part of the layout. */
    | "extra";

export interface ScannedColumn {
    file: string;
    title: string;
    role: ColumnRole;
}

/** Counts of one column, as the scan found them. */
export interface ScanCounts {
    values: number;
    shapes: Record<keyof typeof SHAPES, number>;
    /** Bare ten digits that could be a telephone number, and all that begin with a zero. */
    barePhones: number;
    zeroTenDigits: number;
    twoNamesDistinct: number;
    prefixedNamesDistinct: number;
    streetsAloneDistinct: number;
    sentencesDistinct: number;
    longTextsDistinct: number;
    nineDigits: number;
    nineDigitsDistinct: number;
    passingDistinct: number;
    oldDates: number;
    datesDistinct: number;
}

export interface Finding {
    identifier: Identifier;
    rows: number;
}

/** Refuses a file whose header names a column for identifying data. Declared columns are what they are declared to be. */
export function refuseByName(file: string, undeclared: readonly string[], rows: number): void {
    for (const column of undeclared) {
        const identifier = identifierByName(column);
        if (identifier !== null) throw refusal(file, column, identifier, rows);
    }
    if (soepColumns(undeclared)) throw refusal(file, "S, O, E en P", "free_text", rows);
}

export function refusal(file: string, column: string, identifier: Identifier, rows: number): Refusal {
    const counted = rows === 1 ? "1 rij" : `${rows} rijen`;
    return new Refusal("persoonsgegevens", `bestand ${file}, kolom ${column}: ${IDENTIFIERS[identifier]}, ${counted}`);
}

/**
 * Scans the texts of a relation with columns `place` (0-based place in `columns`), `v` (trimmed text) and `n` (number of rows
 * that hold it), and refuses on the first column that identifies people. Every text is looked at; never is one repeated in
 * the message.
 */
export async function refuseByContent(
    connection: DuckDBConnection,
    relation: string,
    columns: readonly ScannedColumn[],
): Promise<void> {
    for (const [place, counts] of await scan(connection, relation)) {
        const column = columns[place];
        if (!column) continue;
        const finding = judge(column.role, counts);
        if (finding) throw refusal(column.file, column.title, finding.identifier, finding.rows);
    }
}

/** Counts per column for every shape. One query, whatever the number of columns. */
export async function scan(connection: DuckDBConnection, relation: string): Promise<[number, ScanCounts][]> {
    const shapes = Object.entries(SHAPES);
    const flags = shapes.map(([shape, condition]) => `coalesce(${condition}, false) AS ${shape}`).join(", ");
    const rows = (condition: string): string => `coalesce(sum(n) FILTER (WHERE ${condition}), 0)`;
    const distinct = (condition: string): string => `count(DISTINCT v) FILTER (WHERE ${condition})`;
    const year = `CASE WHEN full_date THEN ${YEAR_OF_DATE} END`;
    const counted: Record<keyof ScanCounts, string> = {
        values: "sum(n)",
        shapes: shapes.map(([shape]) => rows(shape)).join(", "),
        barePhones: rows("phone AND ten_digits"),
        zeroTenDigits: rows("ten_digits AND starts_with(v, '0')"),
        twoNamesDistinct: distinct("two_names"),
        prefixedNamesDistinct: distinct("prefixed_name"),
        streetsAloneDistinct: distinct("street_alone"),
        sentencesDistinct: distinct("sentence"),
        longTextsDistinct: distinct("long_text"),
        nineDigits: rows("digits IS NOT NULL"),
        nineDigitsDistinct: "count(DISTINCT digits)",
        passingDistinct: `count(DISTINCT digits) FILTER (WHERE ${ELEVEN_PROOF})`,
        oldDates: rows(`${year} < ${OLD_BIRTHS}`),
        datesDistinct: distinct("full_date"),
    };
    const { shapes: perShape, ...others } = counted;
    const sql = `
SELECT place, ${[perShape, ...Object.values(others)].join(",\n    ")}
FROM (SELECT place, v, n, ${BSN_DIGITS} AS digits, ${flags} FROM (${relation}) WHERE v <> '')
GROUP BY place ORDER BY place`;
    const found = (await connection.runAndReadAll(sql)).getRows();
    return found.map((row) => {
        const [place = 0, ...counts] = row.map(Number);
        const named = Object.keys(others).map((name, index) => [name, counts[shapes.length + index] ?? 0]);
        const byShape = Object.fromEntries(shapes.map(([shape], index) => [shape, counts[index] ?? 0]));
        return [place, { ...Object.fromEntries(named), shapes: byShape } as ScanCounts];
    });
}

/** Dates before this year in a column nobody declared are dates of birth when there are many of them. */
const OLD_BIRTHS = 1985;
const MANY = 20;
const SOME = 3;
/** So many different names or streets are a list of them; fewer may be words of another kind. */
const FEW_NAMES = 8;

/** What a column identifies people by, or null. The thresholds are stated here and nowhere else. */
export function judge(role: ColumnRole, counts: ScanCounts): Finding | null {
    const { shapes } = counts;
    const found = (identifier: Identifier, rows: number): Finding => ({ identifier, rows });
    if (shapes.email > 0) return found("email", shapes.email);
    if (phoneNumbers(role, counts) > 0) return found("phone", shapes.phone);
    if (looksLikeBsn(counts.nineDigits, counts.nineDigitsDistinct, counts.passingDistinct)) {
        return found("bsn", counts.nineDigits);
    }
    const postcodes = Math.max(shapes.postcode, shapes.postcode_spaced);
    if (shapes.postcode_spaced > 0 || postcodes >= (role === "postcode" ? 1 : SOME))
        return found("postcode", postcodes);
    if (shapes.document > 0) return found("document", shapes.document);
    if (role === "birth_year" && shapes.full_date > 0) return found("birth_date", shapes.full_date);
    if (role === "pseudonym" && shapes.two_names >= MANY && counts.twoNamesDistinct * 2 > counts.values) {
        return found("name", shapes.two_names);
    }
    if (role !== "extra" && role !== "result") return null;
    if (shapes.soep >= SOME) return found("free_text", shapes.soep);
    if (counts.sentencesDistinct >= SOME) return found("free_text", shapes.sentence);
    // Descriptions of codes repeat; what people write does not.
    if (counts.longTextsDistinct >= MANY && counts.longTextsDistinct * 2 > shapes.long_text) {
        return found("free_text", shapes.long_text);
    }
    if (shapes.street >= SOME) return found("street", shapes.street);
    if (shapes.person >= SOME) return found("name", shapes.person);
    if (role === "result") return null;
    if (
        counts.twoNamesDistinct >= MANY &&
        shapes.two_names * 2 > counts.values &&
        counts.twoNamesDistinct * 2 > shapes.two_names
    ) {
        return found("name", shapes.two_names);
    }
    if (counts.prefixedNamesDistinct >= FEW_NAMES) return found("name", shapes.prefixed_name);
    if (counts.streetsAloneDistinct >= FEW_NAMES && shapes.street_alone * 2 > counts.values) {
        return found("street", shapes.street_alone);
    }
    const mostlyDates = shapes.full_date * 2 > counts.values;
    if (mostlyDates && counts.datesDistinct >= MANY && counts.oldDates * 4 > shapes.full_date) {
        return found("birth_date", shapes.full_date);
    }
    return null;
}

/**
 * Numbers that can only be telephone numbers. A column of random ten-digit numbers holds some that begin like one: in a
 * pseudonym column, or where as many begin with a zero as chance gives, those count only when they are too many for that.
 */
function phoneNumbers(role: ColumnRole, { shapes, values, barePhones, zeroTenDigits }: ScanCounts): number {
    if (shapes.phone > barePhones || shapes.ten_digits * 2 < values) return shapes.phone;
    const random = shapes.ten_digits >= MANY && zeroTenDigits * LEAST_ZERO_CHANCE >= shapes.ten_digits;
    if (role !== "pseudonym" && !random) return shapes.phone;
    return barePhones * TEN_DIGIT_CHANCE > shapes.ten_digits ? shapes.phone : 0;
}

/** About one in fifteen random ten-digit numbers begins with a Dutch area code. */
const TEN_DIGIT_CHANCE = 5;
/** One in ten random numbers begins with a zero; at least half of that must be there. */
const LEAST_ZERO_CHANCE = 20;
