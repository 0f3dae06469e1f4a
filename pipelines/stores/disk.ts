import { createHash, randomBytes } from "node:crypto";
import { copyFile, link, mkdir, readdir, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { checkKey, type Store, type Stored } from "../store.ts";

/** Beside a swapped key stand its versions: creating the next one is the swap, and only one writer can create it. */
const VERSIONS = ".versies";
/** Unfinished writes: never listed, never read. */
const UNFINISHED = ".bezig";
const VERSION_DIGITS = 12;

const isErrno = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException | null)?.code === code;

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
            if (isErrno(error, "ENOENT") || isErrno(error, "EISDIR") || isErrno(error, "ENOTDIR")) return null;
            throw error;
        }
    }

    async put(key: string, body: Uint8Array): Promise<void> {
        const path = this.#path(key);
        const unfinished = await this.#writeUnfinished(body);
        await mkdir(dirname(path), { recursive: true });
        await rename(unfinished, path);
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
        return [...keys].filter((key) => key.startsWith(prefix)).sort();
    }

    async delete(key: string): Promise<void> {
        const path = this.#path(key);
        await rm(path, { force: true });
        await rm(`${path}${VERSIONS}`, { recursive: true, force: true });
    }

    async putFile(key: string, localPath: string): Promise<void> {
        const path = this.#path(key);
        await mkdir(dirname(path), { recursive: true });
        try {
            await rename(localPath, path);
        } catch (error) {
            if (!isErrno(error, "EXDEV")) throw error;
            const unfinished = await this.#unfinishedName();
            await copyFile(localPath, unfinished);
            await rename(unfinished, path);
            await unlink(localPath);
        }
    }

    async localPaths(keys: readonly string[]): Promise<string[]> {
        return keys.map((key) => this.#path(key));
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
        await mkdir(dirname(path), { recursive: true });
        try {
            await link(unfinished, path);
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

const versionPath = (path: string, version: number): string =>
    join(`${path}${VERSIONS}`, String(version).padStart(VERSION_DIGITS, "0"));

const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
