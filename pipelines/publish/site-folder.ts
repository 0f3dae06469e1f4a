import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

/**
 * The folder that is served: one folder per publication and a pointer to the live one. A publication is moved into place
 * whole and carries a marker that was written last, so that a half-written one can never be live.
 */

const MARKER = ".publicatie.json";
export const KEPT_PUBLICATIONS = 3;

export const markerSchema = z.looseObject({ id: z.string(), sequence: z.number() });
export type Marker = z.infer<typeof markerSchema>;

/** Where publications are served from: a folder of this machine, or a bucket behind an edge. */
export interface Site {
    /** Where a publication is found. */
    pathOf(publication: string): string;
    /** The marker of a publication that is complete; null when it is absent or broken. */
    readMarker(publication: string): Promise<Marker | null>;
    /** A fresh folder of this machine, with `pages/` in it, in which a publication is made. */
    workFolder(publication: string): Promise<string>;
    /** Puts finished pages in place, makes them the live ones, and removes the oldest publications. */
    goLive(pages: string, marker: Omit<Marker, "sequence">): Promise<void>;
    /** Makes a publication the live one in one step; does nothing when it already is. */
    pointAt(publication: string): Promise<void>;
}

/** The marker of a publication that is complete; null when it is absent or broken. */
export async function readMarker(site: string, publication: string): Promise<Marker | null> {
    try {
        const marker = markerSchema.parse(JSON.parse(await readFile(path.join(site, publication, MARKER), "utf8")));
        return marker.id === publication ? marker : null;
    } catch {
        return null;
    }
}

/** A fresh folder on the same disk in which a publication is made; what an earlier run left behind is removed. */
export async function workFolder(site: string, publication: string): Promise<string> {
    await mkdir(site, { recursive: true });
    for (const name of await readdir(site)) {
        // Only this process's own name is taken: another one may be publishing at this moment.
        if (name.startsWith(".publiceren-") && !isRunning(Number(name.split("-").at(-1)))) {
            await rm(path.join(site, name), { recursive: true, force: true });
        }
    }
    const folder = path.join(site, `.publiceren-${publication}-${process.pid}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(path.join(folder, "pages"), { recursive: true });
    return folder;
}

function isRunning(pid: number): boolean {
    if (pid === process.pid) return false;
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

/** Moves finished pages into place: marker, rename, pointer, then the oldest publications go. */
export async function goLive(site: string, pages: string, marker: Omit<Marker, "sequence">): Promise<void> {
    const { id } = marker as { id: string };
    const earlier = await publications(site);
    const sequence = Math.max(0, ...earlier.map((publication) => publication.sequence)) + 1;
    await writeFile(path.join(pages, MARKER), `${JSON.stringify({ ...marker, sequence }, null, 1)}\n`);
    const target = path.join(site, id);
    await rm(target, { recursive: true, force: true });
    await rename(pages, target);
    await pointAt(site, id);
    const old = (await publications(site))
        .filter((publication) => publication.id !== id)
        .sort((a, b) => b.sequence - a.sequence);
    for (const publication of old.slice(KEPT_PUBLICATIONS - 1)) {
        await rm(path.join(site, publication.id), { recursive: true, force: true });
    }
}

/** Makes a publication the live one: the pointer is replaced in one step. Does nothing when it already is. */
export async function pointAt(site: string, publication: string): Promise<void> {
    const pointer = path.join(site, "current.json");
    const text = `${JSON.stringify({ publication, path: publication })}\n`;
    if ((await readFile(pointer, "utf8").catch(() => "")) === text) return;
    const fresh = path.join(site, `.current-${process.pid}.json`);
    await writeFile(fresh, text);
    await rename(fresh, pointer);
}

async function publications(site: string): Promise<Marker[]> {
    const entries = await readdir(site, { withFileTypes: true });
    const markers = await Promise.all(
        entries
            .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
            .map((entry) => readMarker(site, entry.name)),
    );
    return markers.filter((marker): marker is Marker => marker !== null);
}
