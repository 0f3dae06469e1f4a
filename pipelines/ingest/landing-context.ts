import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteName } from "../check.ts";
import type { Dialect } from "../format.ts";
import type { ScannedColumn } from "../privacy.ts";
import { startTouched } from "../quality/quality-touched.ts";
import type { FileReceipt } from "./receipt.ts";

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
    /** Keys of those who may not be in the lake. */
    objections: readonly string[];
    /** Columns whose texts wait in table `teksten` for the identifier scan, by their place in it. */
    scanned: ScannedColumn[];
    /** Folder for Parquet files on their way to the lake. */
    folder: string;
}

/** A Parquet file on its way to the lake. */
export interface LandedPart {
    table: string;
    practice: string;
    path: string;
    rows: number;
}

/** What became of one delivered file. */
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
    await connection.run("CREATE OR REPLACE TEMP TABLE bezwaarden (practice_id VARCHAR, patient VARCHAR, key VARCHAR)");
    await connection.run(
        "CREATE OR REPLACE TEMP TABLE terzijde (file VARCHAR, line BIGINT, code VARCHAR, practice_id VARCHAR)",
    );
    await connection.run(startTouched);
    await connection.run("CREATE OR REPLACE TEMP TABLE teksten (place INTEGER, v VARCHAR, n BIGINT)");
}

export async function countRows(connection: DuckDBConnection, relation: string): Promise<number> {
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${relation}`);
    return Number(counted.getRows()[0]?.[0] ?? 0);
}

export async function dropTables(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
    for (const name of names) await connection.run(`DROP TABLE IF EXISTS ${quoteName(name)}`);
}

export const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

/** What a whole delivery landed as. */
export interface Landed extends LandedFile {
    demo: boolean;
}
