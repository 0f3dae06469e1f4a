import { createHash, createHmac } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteText } from "../check.ts";
import { hmacKeys } from "../ingest/pseudonym.ts";
import { KEYS, type Lake, readJson } from "../lake.ts";

/**
 * Who may not be in the lake, as keys: HMAC-SHA256 over practice and source pseudonym, under a secret of their own, so that
 * the list cannot be laid beside `patient_id` (AVG art. 21; exports.md says what a source pseudonym is).
 */
export type ObjectionKey = string;

const LIST_ID_LENGTH = 16;

const secretOf = (secret: Uint8Array): Uint8Array => createHmac("sha256", secret).update("bezwaren").digest();

/** The key of one patient of a practice; without a pseudonym that of the whole practice. */
export function objectionKey(secret: Uint8Array, practice: string, pseudonym = ""): ObjectionKey {
    return createHmac("sha256", secretOf(secret))
        .update(practice + pseudonym, "utf8")
        .digest("hex");
}

export interface Objections {
    /** Raised whenever somebody is forgotten, a practice too: every list is another one, and who reads under it starts again. */
    turn: number;
    keys: ObjectionKey[];
}

/** The list that a pointer names; without one, nobody. */
export async function readObjections(lake: Lake, id: string | undefined): Promise<Objections> {
    if (id === undefined) return { turn: 0, keys: [] };
    const list = await readJson<Objections>(lake, KEYS.objections(id));
    if (list === null)
        throw new Error(
            `De lijst van bezwaren ${id} ontbreekt in het meer ${lake.location}; zet haar terug, anders komen patiënten die bezwaar maakten weer in het meer.`,
        );
    return list;
}

/** Stores a list under the hash of its content; returns the id for the pointer. */
export async function writeObjections(lake: Lake, { turn, keys }: Objections): Promise<string> {
    const list: Objections = { turn, keys: [...new Set(keys)].sort() };
    const body = Buffer.from(`${JSON.stringify(list, null, 1)}\n`);
    const id = createHash("sha256").update(body).digest("hex").slice(0, LIST_ID_LENGTH);
    await lake.store.put(KEYS.objections(id), body);
    return id;
}

/** The id of a delivery that somebody is left out of: other content is another delivery in the lake, and another release. */
export function idWithout(origin: string, without: readonly ObjectionKey[]): string {
    if (without.length === 0) return origin;
    return createHash("sha256")
        .update([origin, ...[...without].sort()].join("\n"))
        .digest("hex");
}

/** Notes in table `bezwaarden` which patients of table `nieuw` (practice_id, patient) objected. */
export async function noteObjections(
    connection: DuckDBConnection,
    secret: Uint8Array,
    objections: readonly ObjectionKey[],
): Promise<void> {
    if (objections.length === 0) return;
    const { inner, outer } = hmacKeys(secretOf(secret));
    const hmac = "sha256($outer::BLOB || unhex(sha256($inner::BLOB || encode(practice_id || patient))))";
    const statement = await connection.prepare(
        `INSERT INTO bezwaarden SELECT practice_id, patient, key FROM (SELECT practice_id, patient, ${hmac} AS key FROM nieuw)
        WHERE key IN (${objections.map(quoteText).join(", ")})`,
    );
    statement.bindBlob(statement.parameterIndex("inner"), inner);
    statement.bindBlob(statement.parameterIndex("outer"), outer);
    await statement.run();
}

/** Removes the good rows of those who objected from a table of conformed rows; returns how many. */
export async function dropObjected(connection: DuckDBConnection, typed: string): Promise<number> {
    const done = await connection.runAndReadAll(
        `DELETE FROM ${typed} t WHERE problem IS NULL
        AND EXISTS (SELECT 1 FROM bezwaarden b WHERE b.practice_id = t.practice_id AND b.patient = t.patient)`,
    );
    return Number(done.getRows()[0]?.[0] ?? 0);
}

/** Keys of those who were left out of the delivery that was landed. */
export async function leftOut(connection: DuckDBConnection): Promise<ObjectionKey[]> {
    const found = await connection.runAndReadAll("SELECT DISTINCT key FROM bezwaarden ORDER BY key");
    return found.getRows().map(([key]) => String(key));
}
