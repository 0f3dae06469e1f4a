// A delivery that arrived in the bucket: fetched, taken in or refused, answered, and erased where it arrived.
import { createWriteStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { refused } from "../ingest/refusal.ts";
import { ingest, type Receipt } from "../ingest.ts";
import { Refusal } from "../issues.ts";
import { contentTypeOf } from "../lake/content-type.ts";
import { scratchFolder } from "../lake/scratch-folder.ts";
import type { Lake } from "../lake.ts";
import { writeLetters } from "../quality/letters-written.ts";
import { LETTERS } from "./places.ts";

/** What EventBridge tells of an object that was made. */
const EVENT = z.object({
    detail: z.object({
        bucket: z.object({ name: z.string() }),
        object: z.object({ key: z.string(), "version-id": z.string() }),
    }),
});

export interface Arrival {
    bucket: string;
    key: string;
    version: string;
    /** Under whose prefix it was put. */
    sender: string;
    name: string;
}

/** The arrival that a message of the queue speaks of; throws one sentence when it speaks of none. */
export function arrivalOf(message: string): Arrival {
    try {
        const { bucket, object } = EVENT.parse(JSON.parse(message)).detail;
        const [, sender = "", name = ""] = /^aankomst\/([a-z0-9]+)\/([^/]+)$/.exec(object.key) ?? [];
        if (name === "") throw new Error();
        return { bucket: bucket.name, key: object.key, version: object["version-id"], sender, name };
    } catch {
        throw new Error("Het bericht noemt geen levering onder aankomst/<afzender>/<naam>.");
    }
}

/** The register decides who takes part; before there is one, other deliveries wait their turn. */
export class WaitsForRegister extends Error {
    constructor(name: string) {
        super(`Levering ${name} wacht: er is nog geen register van de regio opgenomen.`);
    }
}

/** Storage at an address of its own seldom has a name per bucket. */
const s3Client = (): S3Client =>
    new S3Client({ maxAttempts: 6, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3) });

export type Outcome = "opgenomen" | "bekend" | "geweigerd" | "verdwenen";

/**
 * Takes one arrival in. Told twice it gives the same lake: what was erased is not there any more, what is still there is
 * known by its bytes. Throws what may pass by itself, and WaitsForRegister.
 */
export async function takeArrival(arrival: Arrival, lake: Lake): Promise<{ outcome: Outcome; code?: string }> {
    const client = s3Client();
    const folder = await scratchFolder("aankomst");
    const path = join(folder, arrival.name);
    if (!(await fetchTo(client, arrival, path))) return { outcome: "verdwenen" };
    const receipt = await receiptOf(arrival, path, lake);
    if (receipt.code === "register_ontbreekt") throw new WaitsForRegister(arrival.name);
    await sendLetters(client, arrival, receipt, lake, join(folder, "brieven"));
    await client.send(
        new DeleteObjectCommand({ Bucket: arrival.bucket, Key: arrival.key, VersionId: arrival.version }),
    );
    if (receipt.accepted) return { outcome: receipt.known ? "bekend" : "opgenomen" };
    return { outcome: "geweigerd", ...(receipt.code ? { code: receipt.code } : {}) };
}

async function receiptOf({ sender, name }: Arrival, path: string, lake: Lake): Promise<Receipt> {
    const named = /_([0-9]{8}|regio)_/.exec(name.toLowerCase())?.[1];
    // Who may write under a prefix speaks for that sender, and for nobody else.
    if (named !== undefined && named !== sender)
        return refused(path, new Refusal("naam_onbekend", `aangeleverd door ${sender}, de naam noemt ${named}`));
    const now = (): string => new Date().toISOString();
    const [receipt] = await ingest([path], lake, { now, today: () => now().slice(0, 10) });
    if (!receipt) throw new Error(`Levering ${name} gaf geen ontvangstbewijs; meld dit aan de beheerder.`);
    return receipt;
}

/** False when it is not there any more: an event may come twice, and the first time it was erased. */
async function fetchTo(client: S3Client, { bucket, key, version }: Arrival, path: string): Promise<boolean> {
    try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
        await pipeline(answer.Body as Readable, createWriteStream(path));
        return true;
    } catch (error) {
        if (["NoSuchKey", "NoSuchVersion"].includes((error as Error).name)) return false;
        throw error;
    }
}

/** Every delivery gets an answer: the whole to its sender, in a joint delivery each practice its own part. */
async function sendLetters(
    client: S3Client,
    { bucket, sender }: Arrival,
    receipt: Receipt,
    lake: Lake,
    folder: string,
): Promise<void> {
    if (receipt.known) return;
    await writeLetters([receipt], lake, folder);
    for (const file of await readdir(folder)) {
        const whom = /_([0-9]{8})\.(?:html|txt)$/.exec(file)?.[1];
        const to = sender === "regio" && whom !== undefined ? whom : sender;
        await client.send(
            new PutObjectCommand({
                Bucket: bucket,
                Key: `${LETTERS}${to}/${file}`,
                Body: await readFile(join(folder, file)),
                ...contentTypeOf(file),
            }),
        );
    }
}
