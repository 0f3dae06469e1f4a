import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32, createGunzip, createInflateRaw } from "node:zlib";
import yauzl from "yauzl";
import { Refusal } from "../issues.ts";
import { beginsAsArchive, SIGNATURE_BYTES } from "./archive-signature.ts";

export interface ArchiveLimits {
    /** Bytes after expansion, of all entries together. */
    expanded: number;
    /** Expanded over compressed, for an entry above `ratioFrom` bytes. */
    ratio: number;
    ratioFrom: number;
    entries: number;
}

/** Defaults of exports.md. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
    expanded: 8_000_000_000,
    ratio: 200,
    ratioFrom: 50_000_000,
    entries: 1000,
};

/** One file of a delivery. `read` streams its bytes and refuses when they are not what the archive promised. */
export interface Entry {
    /** Path inside the delivery, with `/`. */
    path: string;
    read(): AsyncIterable<Buffer>;
}

export interface Archive {
    /** SHA-256 of the delivered bytes; of a folder over its sorted paths and contents. */
    id: string;
    entries: Entry[];
}

const CHUNK = 512 * 1024;
const ARCHIVE_NAME = /\.(zip|gz|tgz|7z|rar|tar|bz2|xz|zst|jar|cab|iso)$/i;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const broken = (where: string): Refusal => new Refusal("archief_onleesbaar", `${where} is afgebroken of beschadigd`);

/** Opens a zip without expanding anything; paths, links, nested archives and limits are checked first. */
export async function openZip(path: string, limits: ArchiveLimits): Promise<Archive> {
    const id = await hashFile(path);
    const entries: Entry[] = [];
    let expanded = 0;
    for (const entry of await zipDirectory(path, limits)) {
        const name = entryName(entry);
        checkPath(name);
        if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK) {
            throw new Refusal("link_in_archief", name);
        }
        if (name.endsWith("/")) continue;
        checkNotArchive(name);
        const { compressedSize, uncompressedSize } = entry;
        expanded += uncompressedSize;
        checkSize(name, compressedSize, uncompressedSize, expanded, limits);
        if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
            throw new Refusal("archief_onleesbaar", `${name} is versleuteld`);
        }
        if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
            throw new Refusal("archief_onleesbaar", `${name} is op een onbekende manier samengeperst`);
        }
        entries.push({ path: name, read: () => readZipEntry(path, entry, name) });
    }
    await refuseNested(entries);
    return { id, entries };
}

/** Opens a folder; a link or an archive in it refuses, hidden files are passed over. */
export async function openFolder(path: string, limits: ArchiveLimits): Promise<Archive> {
    const entries: Entry[] = [];
    let expanded = 0;
    const walk = async (folder: string, prefix: string): Promise<void> => {
        const found = await readdir(folder, { withFileTypes: true });
        for (const item of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
            const name = `${prefix}${item.name}`;
            if (item.isSymbolicLink()) throw new Refusal("link_in_archief", name);
            if (item.name.startsWith(".")) continue;
            const full = join(folder, item.name);
            if (item.isDirectory()) {
                await walk(full, `${name}/`);
                continue;
            }
            if (!item.isFile()) throw new Refusal("link_in_archief", `${name} is geen gewoon bestand`);
            checkNotArchive(name);
            const { size } = await lstat(full);
            expanded += size;
            checkSize(name, size, size, expanded, limits);
            entries.push({ path: name, read: () => createReadStream(full, { highWaterMark: CHUNK }) });
            if (entries.length > limits.entries) throw tooMany(limits);
        }
    };
    await walk(path, "");
    await refuseNested(entries);
    const hash = createHash("sha256");
    for (const entry of entries) {
        const content = createHash("sha256");
        for await (const chunk of entry.read()) content.update(chunk);
        hash.update(`${entry.path}\0${content.digest("hex")}\n`);
    }
    return { id: hash.digest("hex"), entries };
}

/** Opens a single gzipped text as an archive of one entry. */
export async function openGzip(path: string, entryPath: string, limits: ArchiveLimits): Promise<Archive> {
    const id = await hashFile(path);
    const { size } = await lstat(path);
    async function* read(): AsyncGenerator<Buffer> {
        let expanded = 0;
        for await (const chunk of inflated(createReadStream(path, { highWaterMark: CHUNK }), "gzip", entryPath)) {
            expanded += chunk.length;
            checkSize(entryPath, size, expanded, expanded, limits);
            yield chunk;
        }
    }
    const entries = [{ path: entryPath, read }];
    await refuseNested(entries);
    return { id, entries };
}

function checkSize(name: string, packed: number, expanded: number, total: number, limits: ArchiveLimits): void {
    if (total > limits.expanded) {
        throw new Refusal("archief_te_groot", `uitgepakt meer dan ${limits.expanded} bytes`);
    }
    if (expanded > limits.ratioFrom && expanded > packed * limits.ratio) {
        throw new Refusal("archief_te_groot", `${name} wordt uitgepakt meer dan ${limits.ratio} keer zo groot`);
    }
}

const tooMany = (limits: ArchiveLimits): Refusal =>
    new Refusal("archief_te_groot", `meer dan ${limits.entries} bestanden`);

function checkPath(name: string): void {
    const parts = name.split("/");
    if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || parts.includes("..") || name.includes("\0")) {
        throw new Refusal("pad_buiten_archief", "verwacht alleen paden binnen het archief");
    }
}

function checkNotArchive(name: string): void {
    if (ARCHIVE_NAME.test(name)) throw new Refusal("archief_in_archief", name);
}

/** An archive is one by its bytes too: a few of every entry are read, also of those that are only listed. */
async function refuseNested(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
        let first: Buffer = Buffer.alloc(0);
        for await (const chunk of entry.read()) {
            first = Buffer.concat([first, chunk.subarray(0, SIGNATURE_BYTES)]);
            if (first.length >= SIGNATURE_BYTES) break;
        }
        if (beginsAsArchive(first)) throw new Refusal("archief_in_archief", entry.path);
    }
}

const entryName = (entry: yauzl.Entry): string =>
    Buffer.from(entry.fileName as unknown as Uint8Array)
        .toString("utf8")
        .replaceAll("\\", "/");

/** The entries of a zip as its central directory lists them. */
function zipDirectory(path: string, limits: ArchiveLimits): Promise<yauzl.Entry[]> {
    return new Promise((resolve, reject) => {
        yauzl.open(path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false }, (error, zip) => {
            if (error || !zip) return reject(broken("het archief"));
            const entries: yauzl.Entry[] = [];
            zip.on("error", () => reject(broken("het archief")));
            zip.on("end", () => resolve(entries));
            zip.on("entry", (entry: yauzl.Entry) => {
                entries.push(entry);
                if (entries.length > limits.entries) {
                    zip.close();
                    reject(tooMany(limits));
                } else zip.readEntry();
            });
            zip.readEntry();
        });
    });
}

/** Where the data of an entry begins: after its local header, whose lengths may differ from the directory's. */
async function dataStart(path: string, entry: yauzl.Entry, name: string): Promise<number> {
    const file = await open(path, "r");
    try {
        const header = Buffer.alloc(30);
        const { bytesRead } = await file.read(header, 0, header.length, entry.relativeOffsetOfLocalHeader);
        if (bytesRead < header.length || header.readUInt32LE(0) !== 0x04034b50) throw broken(name);
        return entry.relativeOffsetOfLocalHeader + header.length + header.readUInt16LE(26) + header.readUInt16LE(28);
    } finally {
        await file.close();
    }
}

async function* readZipEntry(path: string, entry: yauzl.Entry, name: string): AsyncGenerator<Buffer> {
    const start = await dataStart(path, entry, name);
    let read = 0;
    let checksum = 0;
    if (entry.compressedSize > 0) {
        const packed = createReadStream(path, { start, end: start + entry.compressedSize - 1, highWaterMark: CHUNK });
        const bytes = entry.compressionMethod === STORED ? packed : inflated(packed, "deflate", name);
        for await (const chunk of bytes as AsyncIterable<Buffer>) {
            read += chunk.length;
            if (read > entry.uncompressedSize) throw broken(name);
            checksum = crc32(chunk, checksum);
            yield chunk;
        }
    }
    if (read !== entry.uncompressedSize || checksum !== entry.crc32) throw broken(name);
}

async function* inflated(
    packed: NodeJS.ReadableStream,
    kind: "gzip" | "deflate",
    name: string,
): AsyncGenerator<Buffer> {
    const unpacker = kind === "gzip" ? createGunzip({ chunkSize: CHUNK }) : createInflateRaw({ chunkSize: CHUNK });
    const feeding = pipeline(packed, unpacker).catch(() => undefined);
    try {
        for await (const chunk of unpacker) yield chunk as Buffer;
    } catch {
        throw broken(name);
    } finally {
        unpacker.destroy();
        await feeding;
    }
}

async function hashFile(path: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk as Buffer);
    return hash.digest("hex");
}
