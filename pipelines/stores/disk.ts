import { createHash, randomBytes } from "node:crypto";
import {
    chmod,
    copyFile,
    link,
    mkdir,
    open,
    readdir,
    readFile,
    rename,
    rm,
    rmdir,
    stat,
    unlink,
    writeFile,
} from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { missingKey } from "../lake/store-error.ts";
import { checkKey, isKey, LARGEST_PAGE, type Store, type Stored } from "../store.ts";

/** Beside a swapped key stand its versions: creating the next one is the swap, and only one writer can create it. */
const VERSIONS = ".versies";
/** Unfinished writes: never listed, never read. */
const UNFINISHED = ".bezig";
const OWNER_ONLY = 0o700;
const READ_ONLY = 0o400;
const VERSION_DIGITS = 12;

const isErrno = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException | null)?.code === code;

const isAbsence = (error: unknown): boolean =>
    isErrno(error, "ENOENT") || isErrno(error, "EISDIR") || isErrno(error, "ENOTDIR");

/**
 * A store in a local folder. Every write goes to a new name first and is then linked or renamed into place, so a reader
 * sees a whole object or none, whatever happens to the writer.
 */
export class DiskStore implements Store {
    readonly root: string;

    constructor(root: string) {
        this.root = resolve(root);
    }

    async get(key: string): Promise<Stored | null> {
        const path = this.#path(key);
        const version = await this.#latestVersion(path);
        try {
            const body = await readFile(version === 0 ? path : versionPath(path, version));
            return { body, etag: version === 0 ? sha256(body) : String(version) };
        } catch (error) {
            if (isAbsence(error)) return null;
            throw error;
        }
    }

    async stream(key: string): Promise<Readable | null> {
        const path = await this.#file(key);
        return path === null ? null : (await open(path)).createReadStream();
    }

    async put(key: string, body: Uint8Array): Promise<void> {
        const path = this.#path(key);
        const unfinished = await this.#writeUnfinished(body);
        await intoPlace(path, () => rename(unfinished, path));
    }

    async putIfAbsent(key: string, body: Uint8Array): Promise<boolean> {
        return this.#create(this.#path(key), body);
    }

    async putIfMatch(key: string, body: Uint8Array, etag: string | null): Promise<string | null> {
        const path = this.#path(key);
        const version = await this.#latestVersion(path);
        if (etag !== (version === 0 ? null : String(version))) return null;
        if (!(await this.#create(versionPath(path, version + 1), body))) return null;
        return String(version + 1);
    }

    async list(prefix: string): Promise<string[]> {
        const keys = new Set<string>();
        const folder = prefix.includes("/") ? prefix.slice(0, prefix.lastIndexOf("/")) : "";
        await this.#walk(folder, keys);
        return [...keys].filter((key) => key.startsWith(prefix) && isKey(key)).sort();
    }

    async *pages(prefix: string, size = LARGEST_PAGE): AsyncGenerator<string[]> {
        const keys = await this.list(prefix);
        const step = Math.min(size, LARGEST_PAGE);
        for (let start = 0; start < keys.length; start += step) yield keys.slice(start, start + step);
    }

    async delete(key: string): Promise<void> {
        const path = this.#path(key);
        await rm(path, { force: true });
        await rm(`${path}${VERSIONS}`, { recursive: true, force: true });
    }

    /** A local disk keeps no versions beyond those of swapped keys, which go too; so do folders that end up empty. */
    async erase(key: string): Promise<void> {
        await this.delete(key);
        for (let folder = dirname(this.#path(key)); folder !== this.root; folder = dirname(folder)) {
            const removed = await rmdir(folder).then(
                () => true,
                () => false,
            );
            if (!removed) return;
        }
    }

    async seal(key: string): Promise<boolean> {
        await chmod(this.root, OWNER_ONLY);
        await chmod(this.#path(key), READ_ONLY);
        return true;
    }

    async clearUnfinished(before: Date): Promise<number> {
        const folder = join(this.root, UNFINISHED);
        let cleared = 0;
        for (const name of await readdir(folder).catch(() => [])) {
            const found = await stat(join(folder, name)).catch(() => null);
            if (found === null || found.mtime >= before) continue;
            await rm(join(folder, name), { force: true });
            cleared += 1;
        }
        return cleared;
    }

    async putFile(key: string, localPath: string): Promise<void> {
        const path = this.#path(key);
        try {
            await intoPlace(path, () => rename(localPath, path));
        } catch (error) {
            if (!isErrno(error, "EXDEV")) throw error;
            const unfinished = await this.#unfinishedName();
            await copyFile(localPath, unfinished);
            await intoPlace(path, () => rename(unfinished, path));
            await unlink(localPath);
        }
    }

    async localPaths(keys: readonly string[]): Promise<string[]> {
        return Promise.all(
            keys.map(async (key) => {
                const path = await this.#file(key);
                if (path === null) throw missingKey(this.root, key);
                return path;
            }),
        );
    }

    /** The file that holds a key now; null when there is none. */
    async #file(key: string): Promise<string | null> {
        const path = this.#path(key);
        const version = await this.#latestVersion(path);
        const file = version === 0 ? path : versionPath(path, version);
        const found = await stat(file).catch((error: unknown) => {
            if (isAbsence(error)) return null;
            throw error;
        });
        return found?.isFile() ? file : null;
    }

    #path(key: string): string {
        return join(this.root, checkKey(key));
    }

    async #unfinishedName(): Promise<string> {
        const folder = join(this.root, UNFINISHED);
        await mkdir(folder, { recursive: true });
        return join(folder, randomBytes(12).toString("hex"));
    }

    async #writeUnfinished(body: Uint8Array): Promise<string> {
        const path = await this.#unfinishedName();
        await writeFile(path, body, { flag: "wx" });
        return path;
    }

    /** Creates a whole file under a name that may not exist yet. */
    async #create(path: string, body: Uint8Array): Promise<boolean> {
        const unfinished = await this.#writeUnfinished(body);
        try {
            await intoPlace(path, () => link(unfinished, path));
            return true;
        } catch (error) {
            if (isErrno(error, "EEXIST")) return false;
            throw error;
        } finally {
            await unlink(unfinished);
        }
    }

    /** 0 when the key was never swapped. */
    async #latestVersion(path: string): Promise<number> {
        try {
            const names = await readdir(`${path}${VERSIONS}`);
            return names.reduce((latest, name) => Math.max(latest, Number(name)), 0);
        } catch (error) {
            if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return 0;
            throw error;
        }
    }

    async #walk(folder: string, keys: Set<string>): Promise<void> {
        const entries = await readdir(join(this.root, folder), { withFileTypes: true }).catch((error: unknown) => {
            if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return [];
            throw error;
        });
        for (const entry of entries) {
            const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
            if (entry.name === UNFINISHED && folder === "") continue;
            if (entry.name.endsWith(VERSIONS)) keys.add(name.slice(0, -VERSIONS.length));
            else if (entry.isDirectory()) await this.#walk(name, keys);
            else keys.add(name);
        }
    }
}

const PLACINGS = 5;

/** Makes the folder and then places a file in it; again when the folder, still empty, was removed in between. */
async function intoPlace(path: string, place: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
        await mkdir(dirname(path), { recursive: true });
        try {
            return await place();
        } catch (error) {
            if (!isErrno(error, "ENOENT") || attempt === PLACINGS) throw error;
        }
    }
}

const versionPath = (path: string, version: number): string =>
    join(`${path}${VERSIONS}`, String(version).padStart(VERSION_DIGITS, "0"));

const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
