import path from "node:path";
import { type Lake, openLake } from "../lake.ts";
import { publish } from "../publish.ts";
import type { Store } from "../store.ts";

/**
 * The bundles that a publication of this lake would hold now, in `<folder>/bundels`, for looking at pages. The lake remembers
 * nothing of it: what the real next publication is compared with stays as it was. Needs marts (refresh).
 */
export async function draftBundles(lake: string, folder: string): Promise<string> {
    const bundles = path.join(folder, "bundels");
    const opened = openLake(lake);
    const draft: Lake = {
        store: forgetful(opened.store),
        location: opened.location,
        get secretPath() {
            return opened.secretPath;
        },
    };
    await publish({ lake: draft, site: path.join(folder, "site"), bundles, acceptDefinitions: true });
    return bundles;
}

/** Keeps small objects in memory only. Files are kept: outcomes of a comparison, which are named after what they are made of. */
function forgetful(store: Store): Store {
    const kept = new Map<string, { body: Uint8Array; etag: string }>();
    const remember = (key: string, body: Uint8Array): string => {
        const etag = `concept-${kept.size}-${body.length}`;
        kept.set(key, { body, etag });
        return etag;
    };
    const get: Store["get"] = async (key) => kept.get(key) ?? store.get(key);
    return {
        get,
        put: async (key, body) => void remember(key, body),
        putIfAbsent: async (key, body) => {
            if ((await get(key)) !== null) return false;
            remember(key, body);
            return true;
        },
        putIfMatch: async (key, body, etag) => (((await get(key))?.etag ?? null) === etag ? remember(key, body) : null),
        delete: async (key) => void kept.delete(key),
        erase: async (key) => void kept.delete(key),
        seal: async () => false,
        clearUnfinished: async () => 0,
        stream: (key) => store.stream(key),
        list: (prefix) => store.list(prefix),
        pages: (prefix, size) => store.pages(prefix, size),
        putFile: (key, localPath) => store.putFile(key, localPath),
        localPaths: (keys) => store.localPaths(keys),
    };
}
