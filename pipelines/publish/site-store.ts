import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { scratchFolder } from "../lake/scratch-folder.ts";
import type { Store } from "../store.ts";
import { KEPT_PUBLICATIONS, type Marker, markerSchema, type Site } from "./site-folder.ts";

const POINTER = "current.json";
const MARKERS = "publicaties/";
const markerKey = (publication: string): string => `${MARKERS}${publication}.json`;

/**
 * A site in a store: pages under the name of their publication, which never change, and markers beside them, where no
 * reader's path leads. A publication without a marker is half written, and nobody is led to it.
 */
export function storeSite(store: Store, location: string): Site {
    const site: Site = {
        pathOf: (publication) => `${location}/${publication}`,
        async readMarker(publication) {
            const stored = await store.get(markerKey(publication));
            const marker = stored && markerSchema.safeParse(jsonOf(stored.body));
            return marker?.success && marker.data.id === publication ? marker.data : null;
        },
        async workFolder() {
            const folder = await scratchFolder("publiceren");
            await mkdir(path.join(folder, "pages"));
            return folder;
        },
        async goLive(pages, marker) {
            const { id } = marker as { id: string };
            const earlier = await publications(store);
            const sequence = Math.max(0, ...earlier.map((one) => one.sequence)) + 1;
            await Promise.all(
                (await filesBelow(pages)).map((file) => store.putFile(`${id}/${file}`, path.join(pages, file))),
            );
            await store.put(markerKey(id), encode({ ...marker, sequence }));
            await site.pointAt(id);
            const old = earlier.filter((one) => one.id !== id).sort((a, b) => b.sequence - a.sequence);
            for (const one of old.slice(KEPT_PUBLICATIONS - 1)) await removePublication(store, one.id);
        },
        async pointAt(publication) {
            const text = encode({ publication, path: publication });
            const stored = await store.get(POINTER);
            if (stored === null || !text.equals(Buffer.from(stored.body))) await store.put(POINTER, text);
        },
    };
    return site;
}

/** Removes a publication in every version. Its marker goes first: from then on nobody is led to it. */
export async function removePublication(store: Store, publication: string): Promise<number> {
    await store.erase(markerKey(publication));
    const keys = await store.list(`${publication}/`);
    await Promise.all(keys.map((key) => store.erase(key)));
    return keys.length;
}

/** Which publication the pointer of a site names; null when nothing is live. */
export async function livePublication(store: Store): Promise<string | null> {
    const stored = await store.get(POINTER);
    return stored === null ? null : (jsonOf(stored.body) as { publication: string }).publication;
}

async function publications(store: Store): Promise<Marker[]> {
    const markers: Marker[] = [];
    for (const key of await store.list(MARKERS)) {
        const stored = await store.get(key);
        const marker = stored && markerSchema.safeParse(jsonOf(stored.body));
        if (marker?.success) markers.push(marker.data);
    }
    return markers;
}

async function filesBelow(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
        .sort();
}

const encode = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

function jsonOf(body: Uint8Array): unknown {
    try {
        return JSON.parse(Buffer.from(body).toString("utf8"));
    } catch {
        return null;
    }
}
