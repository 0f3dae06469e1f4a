import { createHmac, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { KEYS, type Lake } from "../lake.ts";

const SECRET_BYTES = 32;
const BLOCK_BYTES = 64;
const MARK = z.object({ fingerprint: z.string() });
const OUTER = 0x5c;
const INNER = 0x36;

/** `patient_id` of one source pseudonym of a practice: the first 63 bits of HMAC-SHA256(secret, agb + pseudonym). */
export function pseudonymOf(secret: Uint8Array, practice: string, source: string): bigint {
    const mac = createHmac("sha256", secret)
        .update(practice + source, "utf8")
        .digest();
    return mac.readBigUInt64BE(0) >> 1n;
}

/**
 * The same in SQL, for many at once: an expression over VARCHAR columns `practice_id` and `patient`, with the padded keys
 * of `hmacKeys` bound as BLOB parameters `inner` and `outer`, so that the secret is never part of a query text.
 */
export const PSEUDONYM_SQL =
    "(('0x' || substr(sha256($outer::BLOB || unhex(sha256($inner::BLOB || encode(practice_id || patient)))), 1, 16))::UBIGINT >> 1)::BIGINT";

export function hmacKeys(secret: Uint8Array): { inner: Uint8Array; outer: Uint8Array } {
    const block = Buffer.alloc(BLOCK_BYTES);
    block.set(secret.subarray(0, BLOCK_BYTES));
    return { inner: block.map((byte) => byte ^ INNER), outer: block.map((byte) => byte ^ OUTER) };
}

/**
 * The secret of a lake: made on first use (0600, beside the lake). A lake that holds deliveries but has lost its secret is
 * an error: new pseudonyms would not match the old ones, and everybody would be counted twice.
 */
export async function readSecret(lake: Lake): Promise<Uint8Array> {
    const known = await readSecretFile(lake.secretPath);
    if (known) {
        await checkMark(lake, known);
        return known;
    }
    if ((await lake.store.get(KEYS.current)) !== null) {
        throw new Error(
            `De sleutel van het meer ${lake.location} ontbreekt (verwacht in ${lake.secretPath}); zet het sleutelbestand terug, anders passen nieuwe pseudoniemen niet bij de oude.`,
        );
    }
    await mkdir(dirname(lake.secretPath), { recursive: true });
    const own = `${lake.secretPath}.${randomBytes(6).toString("hex")}`;
    await writeFile(own, `${randomBytes(SECRET_BYTES).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    try {
        // Of several that start at once one wins, and all read the winner's.
        await link(own, lake.secretPath);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
        await rm(own);
    }
    const made = await readSecretFile(lake.secretPath);
    if (!made) throw new Error(`De sleutel ${lake.secretPath} is niet te lezen.`);
    return made;
}

/** Notes by which key this lake makes its pseudonyms. Before the first delivery lands; throws when it is another one. */
export async function markSecret(lake: Lake, secret: Uint8Array): Promise<void> {
    const mark = Buffer.from(`${JSON.stringify({ fingerprint: fingerprintOf(secret) })}\n`);
    if (!(await lake.store.putIfAbsent(KEYS.secretMark, mark))) await checkMark(lake, secret);
}

/** A key that is not the one of before would make everybody a new patient, without any error. */
async function checkMark(lake: Lake, secret: Uint8Array): Promise<void> {
    const stored = await lake.store.get(KEYS.secretMark);
    if (stored === null) return;
    const { fingerprint } = MARK.parse(JSON.parse(Buffer.from(stored.body).toString("utf8")));
    if (fingerprint === fingerprintOf(secret)) return;
    throw new Error(
        `De sleutel in ${lake.secretPath} is niet die van het meer ${lake.location} (verwacht vingerafdruk ${fingerprint}, kreeg ${fingerprintOf(secret)}); zet het juiste sleutelbestand terug, anders passen nieuwe pseudoniemen niet bij de oude.`,
    );
}

/** 64 bits of an HMAC under the key: tells two keys apart and says nothing of either. */
const fingerprintOf = (secret: Uint8Array): string =>
    createHmac("sha256", secret).update("regiospiegel sleutelmerk").digest("hex").slice(0, 16);

async function readSecretFile(path: string): Promise<Uint8Array | null> {
    try {
        const secret = Buffer.from((await readFile(path, "utf8")).trim(), "hex");
        if (secret.length !== SECRET_BYTES)
            throw new Error(`De sleutel ${path} is beschadigd: verwacht ${SECRET_BYTES} bytes in hexadecimalen.`);
        return secret;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
    }
}
