import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Receipt } from "./ingest/receipt.ts";
import type { Store } from "./store.ts";
import { DiskStore } from "./stores/disk.ts";
import { S3Store } from "./stores/s3.ts";
import { UsageError } from "./usage-error.ts";

export type SourceKind = "HIS" | "VIPLive" | "bureau";
export const SOURCE_KINDS: readonly SourceKind[] = ["HIS", "VIPLive", "bureau"];

/** The "practice" under which the register (bureau) is filed. */
export const REGION = "regio";

export interface LakeFile {
    table: string;
    practice: string;
    key: string;
    rows: number;
    bytes: number;
    sha256: string;
}

export interface DeliveryRecord {
    /** SHA-256 of the delivered bytes; of a delivery that somebody is left out of, over that and whom (see objections.ts). */
    id: string;
    /** The id of the delivered bytes, when `id` is another. */
    origin?: string;
    /** Keys of the patients and practices that are left out of what was delivered, sorted. */
    without?: string[];
    name: string;
    format: string;
    source: SourceKind;
    /** ISO day up to which the delivery is a full snapshot. */
    peildatum: string;
    sequence: number;
    /** Practices it covers, with or without rows; for the bureau `regio`. */
    practices: string[];
    /** ISO day from which the source holds history. */
    historyFrom: string;
    demo: boolean;
    files: LakeFile[];
    receipt: Receipt;
}

export interface Release {
    id: string;
    parent: string | null;
    /** Accepted deliveries, history included, sorted. */
    deliveries: string[];
    /** Per source kind: which delivery is current for which practice. */
    current: Record<SourceKind, Record<string, string>>;
}

export interface Coverage {
    practice: string;
    source: SourceKind;
    delivery: string;
    peildatum: string;
    historyFrom: string;
}

export interface ReleaseView {
    release: Release;
    deliveries: DeliveryRecord[];
    /** Files of the current deliveries only. */
    files: LakeFile[];
    coverage: Coverage[];
}

export interface Lake {
    store: Store;
    location: string;
    /** Local file with the key of the pseudonyms: beside the lake, never in it. Reading this throws when nobody said where. */
    readonly secretPath: string;
}

/** Every key of the lake is spelled here and nowhere else. */
export const KEYS = {
    current: "current.json",
    /** By which key the pseudonyms were made: a fingerprint, never the key. */
    secretMark: "sleutelmerk.json",
    releases: "releases/",
    deliveries: "deliveries/",
    arrivals: "arrivals/",
    asides: "aside/",
    parts: "lake/",
    objections: (id: string): string => `objections/${id}.json`,
    results: "results/",
    resultsOf: (practice: string): string => `results/practice_id=${practice}/`,
    resultIndex: "results/index.json",
    marts: "marts/",
    martsPointer: "marts/current.json",
    /** Frozen baselines of goals. */
    baselines: "baselines.json",
    /** Lists of practices to compute, for a refresh that is spread over many processes. */
    tasks: "taken/",
    /** What publications showed, in the order in which they were made. */
    publications: "publications/",
    martsOf: (refresh: string): string => `marts/${refresh}/`,
    martFile: (refresh: string, name: string): string => `marts/${refresh}/${name}`,
    /** Values per practice, by the hash of what they depend on; marts name those that are theirs. */
    practiceValues: "values/",
    valuesOf: (practice: string, input: string): string => `values/practice_id=${practice}/input=${input}.parquet`,
    /** Query texts of a refresh, by content: an old definition can be run again on new data. */
    definitions: "definitions/",
    definitionsOf: (id: string): string => `definitions/${id}.json`,
    /** What was published last, and before that. */
    published: "published.json",
    /** Group figures that a publication did not show exactly. */
    hiddenOf: (publication: string): string => `published/${publication}.json`,
    hidden: "published/",
    changes: "changes/",
    changesFile: (id: string, file: "cells.parquet" | "parts.parquet" | "summary.json"): string =>
        `changes/${id}/${file}`,
    release: (id: string): string => `releases/${id}.json`,
    delivery: (id: string): string => `deliveries/${id}.json`,
    arrival: (id: string): string => `arrivals/${id}.json`,
    aside: (delivery: string): string => `aside/delivery=${delivery}.parquet`,
    /** Counts per practice of a delivery (quality.ts), by the id of the delivered bytes. */
    quality: (origin: string): string => `quality/${origin}.json`,
    profiles: "quality/",
    letters: "letters/",
    /** The letter of a delivery: by that id, or by a hash of the delivery's name while it is not accepted. */
    letter: (key: string, form: "json" | "html" | "txt"): string => `letters/${key}.${form}`,
    manifests: "manifests/",
    /** The text manifests of a table for Athena: per release, or per part of one. Without a release: the folder they stand in. */
    manifestsOf: (table: string, release?: string): string =>
        `manifests/${table}/${release === undefined ? "" : `release=${release}/`}`,
    part: (table: string, practice: string, delivery: string): string =>
        `lake/${table}/practice_id=${practice}/delivery=${delivery}/part-0.parquet`,
};

/** How the two objects of a publication end: what it showed, and the counts behind it. */
export const PUBLICATION_SHOWN = ".getoond.gz";
export const PUBLICATION_COUNTS = ".tellingen.gz";

/**
 * The objects of the publication that was made with this many before it. What it showed is named after its place alone, so
 * that of two that are made at the same moment only one finds it free.
 */
export function publicationKeys(sequence: number, id: string): [shown: string, counts: string] {
    const place = `${KEYS.publications}${String(sequence).padStart(6, "0")}`;
    return [`${place}${PUBLICATION_SHOWN}`, `${place}-${id}${PUBLICATION_COUNTS}`];
}

/** What stands in the lake under the id of the delivered bytes, whoever was left out since. */
export const besideOrigin = (origin: string): string[] => [
    KEYS.quality(origin),
    ...(["json", "html", "txt"] as const).map((form) => KEYS.letter(origin, form)),
];

/** Everything that stands in the lake under the id of one delivery, except its rows. */
export const besideDelivery = (id: string): string[] => [KEYS.delivery(id), KEYS.arrival(id), KEYS.aside(id)];

/** A lake in S3 has no place beside it: the key's file is named by this variable. */
const SECRET_VARIABLE = "REGIOSPIEGEL_SLEUTEL";

/** Opens the lake in a local folder or at `s3://bucket/prefix`; it need not hold anything yet. */
export function openLake(location: string): Lake {
    if (/^s3:/i.test(location)) {
        const store = new S3Store(location);
        return {
            store,
            location: store.location,
            get secretPath() {
                return secretPathOf(store.location);
            },
        };
    }
    const root = resolve(location);
    return { store: new DiskStore(root), location: root, secretPath: join(`${root}.sleutel`) };
}

/** Copies of a lake in S3 may have a bucket of their own, with another key and locks: named by this variable. */
const INCOMING_VARIABLE = "REGIOSPIEGEL_INKOMEND";

/** Where copies of delivered files are kept: beside the lake, because raw text never enters it. */
export function openIncoming(location: string): Store {
    if (!/^s3:/i.test(location)) return new DiskStore(`${location}.inkomend`);
    const named = process.env[INCOMING_VARIABLE];
    if (named) return new S3Store(named);
    const hasPrefix = location.split("/").length > 3;
    return new S3Store(hasPrefix ? `${location}.inkomend` : `${location}/inkomend`);
}

function secretPathOf(location: string): string {
    const path = process.env[SECRET_VARIABLE];
    if (!path)
        throw new UsageError(
            `Voor het meer ${location} is niet gezegd waar de sleutel van de pseudoniemen staat; zet ${SECRET_VARIABLE} op het pad van het sleutelbestand op deze computer (bij een leeg meer wordt het gemaakt).`,
        );
    return resolve(path);
}

/** The release with this id, or the current one; null when the lake is empty or the release does not exist. */
export async function readRelease(lake: Lake, id?: string): Promise<ReleaseView | null> {
    const wanted = id ?? (await readPointer(lake))?.release;
    if (wanted === undefined) return null;
    const release = await readJson<Release>(lake, KEYS.release(wanted));
    if (release === null) return null;
    const deliveries = await Promise.all(release.deliveries.map((delivery) => readDelivery(lake, delivery)));
    const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    const coverage: Coverage[] = [];
    const files: LakeFile[] = [];
    for (const source of SOURCE_KINDS) {
        for (const [practice, holder] of Object.entries(release.current[source])) {
            const delivery = byId.get(holder);
            if (!delivery)
                throw new Error(`Uitgave ${wanted} noemt levering ${holder}, maar die staat niet in het meer.`);
            const { peildatum, historyFrom } = delivery;
            coverage.push({ practice, source, delivery: holder, peildatum, historyFrom });
            files.push(...delivery.files.filter((file) => file.practice === practice));
        }
    }
    return { release, deliveries, files, coverage };
}

/** Which release is current, and what goes with that. One object, so that all of it changes at once. */
export interface Pointer {
    release: string;
    /** Releases from which the lake was rolled back, last one first; until the next delivery they can be gone forward to. */
    undone?: string[];
    /** The list of objections in force: an ingest that began under another one starts again. */
    objections?: string;
}

/** The pointer with the mark to swap it by; null when the lake is empty. */
export async function readPointer(lake: Lake): Promise<(Pointer & { etag: string }) | null> {
    const stored = await lake.store.get(KEYS.current);
    return stored === null ? null : { ...decode<Pointer>(stored.body), etag: stored.etag };
}

/** Compare-and-swap of the pointer; false when someone else was first. */
export async function swapPointer(lake: Lake, pointer: Pointer, etag: string | null): Promise<boolean> {
    return (await lake.store.putIfMatch(KEYS.current, encode(pointer), etag)) !== null;
}

/** Writes a release, which nobody reads before the pointer or another release names it. */
export async function writeRelease(lake: Lake, release: Release): Promise<void> {
    await lake.store.put(KEYS.release(release.id), encode(release));
}

/** Writes what the lake keeps of a delivery. */
export async function writeDelivery(lake: Lake, record: DeliveryRecord): Promise<void> {
    await lake.store.put(KEYS.delivery(record.id), encode(record));
}

/** The objections changed while a delivery was read: what was made of it may hold somebody who objected. */
export class ObjectionsChanged extends Error {
    /** What was about to be committed; its files are in the lake, unnamed. */
    readonly record: DeliveryRecord;
    constructor(record: DeliveryRecord) {
        super("De bezwaren zijn veranderd terwijl de levering werd gelezen.");
        this.record = record;
    }
}

/**
 * Adds an accepted delivery to the release, whoever else is adding at the same time: compare-and-swap, again when lost.
 * `check` sees the deliveries so far and may throw a refusal. Returns the new current release. Throws ObjectionsChanged when
 * `objections`, under which the delivery was read, is no longer the list in force.
 */
export async function commitDelivery(
    lake: Lake,
    record: DeliveryRecord,
    check: (deliveries: readonly DeliveryRecord[]) => void = () => {},
    objections?: string,
): Promise<Release> {
    for (;;) {
        const pointer = await readPointer(lake);
        if (pointer?.objections !== objections) throw new ObjectionsChanged(record);
        const parent = pointer?.release ?? null;
        const before = parent === null ? null : await readJson<Release>(lake, KEYS.release(parent));
        if (before?.deliveries.includes(record.id)) return before;
        const earlier = await Promise.all((before?.deliveries ?? []).map((id) => readDelivery(lake, id)));
        check(earlier);
        const release = releaseOf([...earlier, record], parent);
        await writeDelivery(lake, record);
        await writeRelease(lake, release);
        const next = { release: release.id, ...(objections === undefined ? {} : { objections }) };
        if (await swapPointer(lake, next, pointer?.etag ?? null)) return release;
    }
}

/** The id of the delivered bytes: the same ones are the same delivery, whoever was left out since. */
export const originOf = ({ id, origin }: Pick<DeliveryRecord, "id" | "origin">): string => origin ?? id;

/** The release that a set of deliveries makes, whatever the order in which they came. */
export function releaseOf(deliveries: readonly DeliveryRecord[], parent: string | null): Release {
    const current: Release["current"] = { HIS: {}, VIPLive: {}, bureau: {} };
    const sorted = [...deliveries].sort(older);
    for (const source of SOURCE_KINDS) {
        const holders = new Map<string, string>();
        for (const delivery of sorted) {
            if (delivery.source !== source) continue;
            for (const practice of delivery.practices) holders.set(practice, delivery.id);
        }
        current[source] = Object.fromEntries([...holders].sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    const ids = deliveries.map((delivery) => delivery.id).sort();
    const content = JSON.stringify({ deliveries: ids, current });
    const id = createHash("sha256").update(content).digest("hex").slice(0, RELEASE_ID_LENGTH);
    return { id, parent, deliveries: ids, current };
}

/** Newest peildatum wins, then the highest sequence number; equal ones by content, so that order never matters. */
function older(a: DeliveryRecord, b: DeliveryRecord): number {
    if (a.peildatum !== b.peildatum) return a.peildatum < b.peildatum ? -1 : 1;
    if (a.sequence !== b.sequence) return a.sequence - b.sequence;
    return originOf(a) < originOf(b) ? -1 : 1;
}

const RELEASE_ID_LENGTH = 16;

/** Delivery records never change once a release names them, so each is read once per lake object. */
const deliveryCache = new WeakMap<Lake, Map<string, DeliveryRecord>>();

export async function readDelivery(lake: Lake, id: string): Promise<DeliveryRecord> {
    const cache = deliveryCache.get(lake) ?? new Map<string, DeliveryRecord>();
    deliveryCache.set(lake, cache);
    const known = cache.get(id);
    if (known) return known;
    const record = await readJson<DeliveryRecord>(lake, KEYS.delivery(id));
    if (!record)
        throw new Error(`Levering ${id} staat niet in het meer ${lake.location}, maar een uitgave noemt haar.`);
    cache.set(id, record);
    return record;
}

export async function readJson<T>(lake: Lake, key: string): Promise<T | null> {
    const stored = await lake.store.get(key);
    return stored === null ? null : decode<T>(stored.body);
}

const encode = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
const decode = <T>(body: Uint8Array): T => JSON.parse(Buffer.from(body).toString("utf8")) as T;
