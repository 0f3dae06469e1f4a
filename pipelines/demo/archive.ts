import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { ZipFile } from "yazl";

export interface ArchiveEntry {
    name: string;
    blocks: readonly Buffer[];
}

/** Speed counts here, not size: these files are read once and thrown away. */
const LEVEL = 1;
/** Zip stores local time; made of local parts, it is the same everywhere. */
const MOMENT = new Date(2022, 0, 1, 12, 0, 0);

/** Writes a zip with fixed times, so that equal content gives equal bytes. */
export async function writeZip(path: string, entries: readonly ArchiveEntry[]): Promise<void> {
    const zip = new ZipFile();
    for (const { name, blocks } of entries) {
        zip.addReadStream(Readable.from(blocks, { objectMode: false }), name, {
            mtime: MOMENT,
            mode: 0o100644,
            compressionLevel: LEVEL,
            forceDosTimestamp: true,
        });
    }
    zip.end();
    await pipeline(Readable.from(zip.outputStream), createWriteStream(path));
}

/** Writes a folder with the files in it. */
export async function writeFolder(path: string, entries: readonly ArchiveEntry[]): Promise<void> {
    await rm(path, { recursive: true, force: true });
    for (const { name, blocks } of entries) {
        const target = join(path, name);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, blocks);
    }
}

/** Writes one compressed file. */
export async function writeGzip(path: string, blocks: readonly Buffer[]): Promise<void> {
    const gzip = createGzip({ level: LEVEL, strategy: constants.Z_DEFAULT_STRATEGY });
    await pipeline(Readable.from(blocks, { objectMode: false }), gzip, createWriteStream(path));
}
