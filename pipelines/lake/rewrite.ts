import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { quoteText } from "../check.ts";
import { tableNamed } from "../contract.ts";
import type { OpenedDuckDB } from "../duckdb.ts";
import { LAKE_PARQUET } from "../duckdb.ts";
import {
    type DeliveryRecord,
    KEYS,
    type Lake,
    type LakeFile,
    originOf,
    REGION,
    type Release,
    readDelivery,
    releaseOf,
    writeDelivery,
    writeRelease,
} from "../lake.ts";
import { columnsOf } from "../table.ts";
import { idWithout } from "./objections.ts";

/** Whom to leave out, and where to work; counts what went. */
export interface Rewriting {
    lake: Lake;
    opened: OpenedDuckDB;
    folder: string;
    practice: string;
    /** Null: the whole practice. */
    patientId: bigint | null;
    key: string;
    rows: number;
    files: number;
}

/** By old id: the delivery as it is without them (itself when they were not in it), or null when nothing is left. */
export type Rewritten = Map<string, DeliveryRecord | null>;

/** Writes every delivery of these releases again without them, under new keys; what was there stays as it is. */
export async function rewriteDeliveries(rewriting: Rewriting, releases: readonly Release[]): Promise<Rewritten> {
    const { lake } = rewriting;
    const present = new Set(await lake.store.list(KEYS.parts));
    const deliveries: Rewritten = new Map();
    for (const id of new Set(releases.flatMap((release) => release.deliveries))) {
        const record = await readDelivery(lake, id);
        const left = await rewriteDelivery(rewriting, record, present);
        if (left !== null && left.id !== id) {
            await copyBeside(lake, id, left.id);
            await writeDelivery(lake, left);
        }
        deliveries.set(id, left);
    }
    return deliveries;
}

async function rewriteDelivery(
    rewriting: Rewriting,
    record: DeliveryRecord,
    present: ReadonlySet<string>,
): Promise<DeliveryRecord | null> {
    const { practice, patientId, key } = rewriting;
    const practices = patientId === null ? record.practices.filter((other) => other !== practice) : record.practices;
    const origin = originOf(record);
    const without = [...new Set([...(record.without ?? []), key])].sort();
    const id = idWithout(origin, without);
    const files: LakeFile[] = [];
    for (const file of record.files) {
        // Rows that gc took are gone already; the record only remembers how many there were.
        const left = present.has(file.key) ? await rewriteFile(rewriting, file, id) : file;
        if (left !== null && (left.practice !== practice || patientId !== null)) files.push(left);
    }
    const unchanged = files.length === record.files.length && files.every((file, at) => file === record.files[at]);
    if (unchanged && practices.length === record.practices.length) return record;
    if (practices.length === 0) return null;
    return { ...record, id, origin, without, practices, files };
}

/** The file without them: itself when they were not in it, null when nothing is left of it. */
async function rewriteFile(rewriting: Rewriting, file: LakeFile, delivery: string): Promise<LakeFile | null> {
    const { practice, patientId, lake, opened, folder } = rewriting;
    const columns = columnsOf(tableNamed(file.table)).map(({ name }) => name);
    if (patientId === null && file.practice === practice) {
        rewriting.rows += file.rows;
        rewriting.files += 1;
        return null;
    }
    const concerned = patientId === null ? file.practice === REGION : file.practice === practice;
    const column = patientId === null ? "practice_id" : "patient_id";
    if (!concerned || !columns.includes(column)) return file;
    const [path = ""] = await lake.store.localPaths([file.key]);
    const rows = `FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    const theirs = patientId === null ? quoteText(practice) : `${patientId}::BIGINT`;
    const { connection } = opened;
    const counted = await connection.runAndReadAll(`SELECT count(*) ${rows} WHERE ${column} = ${theirs}`);
    const gone = Number(counted.getRows()[0]?.[0] ?? 0);
    if (gone === 0) return file;
    rewriting.rows += gone;
    rewriting.files += 1;
    if (gone === file.rows) return null;
    const out = join(folder, "herschreven.parquet");
    // The order of the file is kept, so that it equals what an ingest without them would have written.
    await connection.run(
        `COPY (SELECT * ${rows} WHERE ${column} IS DISTINCT FROM ${theirs}) TO ${quoteText(out)} (${LAKE_PARQUET})`,
    );
    const bytes = await readFile(out);
    const key = KEYS.part(file.table, file.practice, delivery);
    await lake.store.putFile(key, out);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ...file, key, rows: file.rows - gone, bytes: bytes.length, sha256 };
}

/** When it arrived and which lines were set aside: neither says anything about a patient. */
async function copyBeside({ store }: Lake, from: string, to: string): Promise<void> {
    for (const keyOf of [KEYS.arrival, KEYS.aside]) {
        const stored = await store.get(keyOf(from));
        if (stored) await store.put(keyOf(to), stored.body);
    }
}

/** Writes the releases of the rewritten deliveries; old id to new id, oldest first. */
export async function renameReleases(
    lake: Lake,
    releases: readonly Release[],
    deliveries: Rewritten,
): Promise<Map<string, string>> {
    const byId = new Map(releases.map((release) => [release.id, release]));
    const renamed = new Map<string, string>();
    const rename = async (release: Release): Promise<string> => {
        const known = renamed.get(release.id);
        if (known !== undefined) return known;
        const older = release.parent === null ? undefined : byId.get(release.parent);
        const parent = older === undefined ? release.parent : await rename(older);
        const left = release.deliveries.map((id) => deliveries.get(id)).filter((record) => record != null);
        const next = releaseOf(left, parent);
        // A release that only brought what is gone now equals the one before.
        if (next.id !== parent) await writeRelease(lake, next);
        renamed.set(release.id, next.id);
        return next.id;
    };
    for (const release of releases) await rename(release);
    return renamed;
}
