import { createReadStream } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { basename } from "node:path";
import { printable } from "../delivery.ts";
import { ARCHIVE_LIMITS, type Entry, openFolder, openGzip, openZip } from "../ingest/archive.ts";
import { UsageError } from "../usage-error.ts";

/** One text of a sample export: its name without folder, in small letters, and its bytes. */
export interface SampleFile {
    name: string;
    entry: Entry;
}

const TEXT_NAME = /\.(csv|txt|tsv|asc|dat)$/i;
const JOURNAL_NAME = "journaal";

/**
 * The texts of a sample: folders, zips, gzipped texts or loose files, in the order given. What is no text by its name
 * (levering.json, a manual) is passed over. Throws UsageError when a path does not exist or nothing is left.
 */
export async function openSample(paths: readonly string[]): Promise<SampleFile[]> {
    const files: SampleFile[] = [];
    for (const path of paths) {
        const found = await stat(path).catch(() => null);
        if (!found)
            throw new UsageError(`Het voorbeeld ${printable(path)} bestaat niet; geef een map, zip of bestand.`);
        files.push(...(await openOne(path, found.isDirectory())));
    }
    if (files.length === 0) {
        throw new UsageError(
            "Het voorbeeld bevat geen tekstbestand; verwacht .csv, .txt of .tsv, ook in een map, zip of gz.",
        );
    }
    return files;
}

async function openOne(path: string, isFolder: boolean): Promise<SampleFile[]> {
    const name = basename(path).toLowerCase();
    if (!isFolder && name.endsWith(".gz")) {
        const { entries } = await openGzip(path, JOURNAL_NAME, ARCHIVE_LIMITS);
        return entries.map((entry) => ({ name: name.replace(/\.gz$/, ""), entry }));
    }
    if (!isFolder && !name.endsWith(".zip")) {
        if (!(await lstat(path)).isFile())
            throw new UsageError(`Het voorbeeld ${printable(path)} is geen gewoon bestand.`);
        return [{ name, entry: { path: name, read: () => createReadStream(path) } }];
    }
    const { entries } = isFolder ? await openFolder(path, ARCHIVE_LIMITS) : await openZip(path, ARCHIVE_LIMITS);
    return entries
        .map((entry) => ({ name: basename(entry.path).toLowerCase(), entry }))
        .filter((file) => TEXT_NAME.test(file.name));
}
