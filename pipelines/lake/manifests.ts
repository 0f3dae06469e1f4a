// Which files Athena reads under a release: per table a text with one address a line (SymlinkTextInputFormat).
import { createHash } from "node:crypto";
import { CONTRACT } from "../contract.ts";
import { KEYS, type Lake, type ReleaseView } from "../lake.ts";

const FILE = "files.txt";
const PART_ID_LENGTH = 16;

/**
 * The name to ask for some files of a table by: `where release = '<name>'`. All files of the release have the name of the
 * release; some of them, or results, one that begins with it.
 */
export function manifestName(view: ReleaseView, table: string, keys: readonly string[]): string {
    return sameKeys(keys, wholeOf(view, table)) ? view.release.id : `${view.release.id}-${hashOf(keys)}`;
}

/** Writes the manifest of some files under their name. */
export async function writeManifest(
    lake: Lake,
    view: ReleaseView,
    table: string,
    keys: readonly string[],
): Promise<void> {
    const lines = keys.map((key) => `${lake.location}/${key}\n`).join("");
    const folder = KEYS.manifestsOf(table, manifestName(view, table, keys));
    await lake.store.put(`${folder}${FILE}`, Buffer.from(lines));
}

/** Makes a whole release readable in Athena, table by table. */
export async function writeReleaseManifests(lake: Lake, view: ReleaseView): Promise<void> {
    await Promise.all([...CONTRACT.keys()].map((table) => writeManifest(lake, view, table, wholeOf(view, table))));
}

/** Takes away a manifest of a part of a release; those of whole releases stay. */
export async function removePartManifest(lake: Lake, view: ReleaseView, table: string, name: string): Promise<void> {
    if (name !== view.release.id) await lake.store.erase(`${KEYS.manifestsOf(table, name)}${FILE}`);
}

/** Keys of the manifests of these releases and of parts of them. */
export async function manifestsOfReleases(lake: Lake, releases: readonly string[]): Promise<string[]> {
    const keys = releases.length === 0 ? [] : await lake.store.list(KEYS.manifests);
    return keys.filter((key) => releases.includes(/\/release=([0-9a-f]+)/.exec(key)?.[1] ?? ""));
}

const wholeOf = (view: ReleaseView, table: string): string[] =>
    view.files.filter((file) => file.table === table).map((file) => file.key);

const sameKeys = (some: readonly string[], others: readonly string[]): boolean =>
    some.length === others.length && some.every((key, at) => others[at] === key);

const hashOf = (keys: readonly string[]): string =>
    createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, PART_ID_LENGTH);
