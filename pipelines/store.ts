import type { Readable } from "node:stream";

/** What a key holds, with the mark that `putIfMatch` compares. */
export interface Stored {
    body: Uint8Array;
    etag: string;
}

/**
 * Where a lake lives: named objects with compare-and-swap. Two adapters (local disk, S3) pass one contract test suite.
 * Keys are relative, with `/`; an object is whole or absent, never half written.
 */
export interface Store {
    get(key: string): Promise<Stored | null>;
    /** The bytes of an object in pieces, for what should not be in memory at once. A broken read is an error, never a short end. */
    stream(key: string): Promise<Readable | null>;
    put(key: string, body: Uint8Array): Promise<void>;
    /** Writes only when the key does not exist. Of several writers exactly one gets `true`. */
    putIfAbsent(key: string, body: Uint8Array): Promise<boolean>;
    /**
     * Compare-and-swap: writes when the key still has `etag` (null: does not exist).
     * Returns the new etag, or null when someone else was first. A key is either swapped or put, never both, and is never
     * swapped for what it already holds (S3 knows a content by its bytes, and would let everybody win).
     */
    putIfMatch(key: string, body: Uint8Array, etag: string | null): Promise<string | null>;
    /** All keys that begin with `prefix`, sorted. */
    list(prefix: string): Promise<string[]>;
    /** The same keys, at most `size` (and never over 1.000) at a time. */
    pages(prefix: string, size?: number): AsyncIterable<string[]>;
    /** Deletes the key; no error when it does not exist. */
    delete(key: string): Promise<void>;
    /** Deletes the key with every earlier version that the storage kept, so that nothing can be brought back. */
    erase(key: string): Promise<void>;
    /** Clears writes that were begun before this moment and never finished; returns how many. */
    clearUnfinished(before: Date): Promise<number>;
    /**
     * Locks an object against change and deletion until a moment: on disk read-only for this user alone, on S3 by object
     * lock in governance mode. Only `erase` removes it before. False: the storage cannot lock (a bucket without object lock).
     */
    seal(key: string, until: Date): Promise<boolean>;
    /** Puts a local file; the local file may be moved. */
    putFile(key: string, localPath: string): Promise<void>;
    /**
     * Local paths that hold these keys, in the same order (on disk: the files themselves; do not write to them).
     * They stay until the process ends. Throws a StoreError when a key does not exist.
     */
    localPaths(keys: readonly string[]): Promise<string[]>;
}

export const LARGEST_PAGE = 1_000;

const KEY = /^[A-Za-z0-9_][A-Za-z0-9_.=-]*(\/[A-Za-z0-9_][A-Za-z0-9_.=-]*)*$/;

/** What a store lists and gives; other files in its folder or bucket are not ours. */
export const isKey = (key: string): boolean => KEY.test(key);

/** Refuses keys that could leave the store or hide in it. */
export function checkKey(key: string): string {
    if (!isKey(key)) throw new Error(`Sleutel ${JSON.stringify(key)} mag niet: verwacht namen met / ertussen.`);
    return key;
}
