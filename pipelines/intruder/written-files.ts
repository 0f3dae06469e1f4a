import { readdir } from "node:fs/promises";
import path from "node:path";
import type { AudienceKind } from "../publish/audience.ts";
import type { Catalogue } from "../publish/catalogue.ts";

/** A file that an audience may open. */
export interface WrittenFile {
    /** Its place in the publication. */
    name: string;
    path: string;
}

/** Files of a publication by the audience that may open them: the one whose path is nearest. */
export async function filesByAudience(
    folder: string,
    kinds: readonly AudienceKind[],
    catalogue: Catalogue,
): Promise<Map<string, WrittenFile[]>> {
    const audiences = kinds.flatMap((kind) => kind.audiences(catalogue));
    const places = audiences
        .map(({ id, path: place }) => ({ id, place }))
        .sort((a, b) => b.place.length - a.place.length);
    const found = new Map<string, WrittenFile[]>();
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    for (const entry of entries) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        const name = path.relative(folder, file).split(path.sep).join("/");
        const owner = places.find(({ place }) => `/${name}`.startsWith(place));
        if (!owner) continue;
        const files = found.get(owner.id);
        if (files) files.push({ name, path: file });
        else found.set(owner.id, [{ name, path: file }]);
    }
    for (const files of found.values()) files.sort((a, b) => (a.name < b.name ? -1 : 1));
    return found;
}
