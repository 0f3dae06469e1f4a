import { z } from "zod";
import { type Archive, type ArchiveLimits, type Entry, openFolder, openGzip, openZip } from "./ingest/archive.ts";
import type { DeliveryName } from "./ingest/delivery-name.ts";
import { Refusal } from "./issues.ts";

/** `levering.json`: optional, and every key in it too. */
const MANIFEST = z.object({
    extractiedatum: z.iso.date().optional(),
    gegevens_vanaf: z.iso.date().optional(),
    praktijken: z.array(z.string().regex(/^[0-9]{7,8}$/)).optional(),
    bestanden: z
        .array(
            z.object({
                naam: z.string(),
                sha256: z
                    .string()
                    .regex(/^[0-9a-fA-F]{64}$/)
                    .optional(),
                rijen: z.int().min(0).optional(),
            }),
        )
        .optional(),
    demo: z.boolean().optional(),
});

export type Manifest = z.infer<typeof MANIFEST>;

export interface Delivery {
    name: DeliveryName;
    /** SHA-256 over what was delivered, by whom and for which day; the volgnr is not part: same bytes, same delivery. */
    contentHash: string;
    manifest: Manifest;
    /** Files of the layout by their name in the layout; of a journal its one text, under its own name. */
    files: Map<string, Entry>;
    /** Files that the layout does not know. */
    ignoredFiles: string[];
}

const MANIFEST_NAME = "levering.json";
const LARGEST_MANIFEST = 10_000_000;

/** Opens a delivery and finds its files; nothing is expanded yet. Throws refusals. */
export async function openDelivery(path: string, name: DeliveryName, limits: ArchiveLimits): Promise<Delivery> {
    const archive = await openArchive(path, name, limits);
    if (name.format.records) {
        return {
            name,
            contentHash: archive.id,
            manifest: {},
            files: new Map(archive.entries.map((entry) => [entry.path, entry])),
            ignoredFiles: [],
        };
    }
    const layout = name.format.files ?? {};
    const files = new Map<string, Entry>();
    const ignoredFiles: string[] = [];
    let manifestEntry: Entry | null = null;
    for (const entry of archive.entries) {
        const base = baseName(entry.path);
        const wanted = base === MANIFEST_NAME || base in layout;
        if (!wanted || depth(entry.path) > 1) {
            ignoredFiles.push(entry.path);
        } else if (base === MANIFEST_NAME) {
            if (manifestEntry) throw new Refusal("bestand_dubbel", MANIFEST_NAME);
            manifestEntry = entry;
        } else {
            if (files.has(base)) throw new Refusal("bestand_dubbel", base);
            files.set(base, entry);
        }
    }
    const missing = Object.entries(layout)
        .filter(([file, { optional }]) => !optional && !files.has(file))
        .map(([file]) => file);
    if (missing.length > 0) {
        throw new Refusal("bestand_ontbreekt", `verwacht ${missing.join(", ")} in de levering`);
    }
    const manifest = manifestEntry === null ? {} : await readManifest(manifestEntry);
    const known = new Set([...files.keys(), ...ignoredFiles.map(baseName)]);
    for (const { naam } of manifest.bestanden ?? []) {
        if (!known.has(baseName(naam))) {
            throw new Refusal("bestand_ontbreekt", `levering.json noemt ${printable(naam)}, maar dat zit er niet in`);
        }
    }
    return { name, contentHash: archive.id, manifest, files, ignoredFiles };
}

function openArchive(path: string, name: DeliveryName, limits: ArchiveLimits): Promise<Archive> {
    if (name.kind === "zip") return openZip(path, limits);
    if (name.kind === "gz") return openGzip(path, "journaal", limits);
    return openFolder(path, limits);
}

async function readManifest(entry: Entry): Promise<Manifest> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of entry.read()) {
        size += chunk.length;
        if (size > LARGEST_MANIFEST) throw new Refusal("levering_json_onleesbaar", "het is te groot");
        chunks.push(chunk);
    }
    let parsed: unknown;
    try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
        parsed = JSON.parse(text);
    } catch {
        throw new Refusal("levering_json_onleesbaar", "verwacht JSON in UTF-8");
    }
    const result = MANIFEST.safeParse(parsed);
    if (result.success) return result.data;
    const where = result.error.issues.map((issue) => issue.path.join(".") || "het geheel");
    throw new Refusal("levering_json_onleesbaar", `niet goed: ${[...new Set(where)].join(", ")}`);
}

const baseName = (path: string): string => (path.split("/").at(-1) ?? path).toLowerCase();

/** 0 at the top; 1 inside the one folder that may stand around the files. */
const depth = (path: string): number => path.split("/").length - 1;

/** A name from a delivery, fit for a message. */
export const printable = (name: string): string => name.replace(/[^\p{L}\p{N} ._/:()-]/gu, "?").slice(0, 80);
