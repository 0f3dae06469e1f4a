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
    put(key: string, body: Uint8Array): Promise<void>;
    /** Writes only when the key does not exist. Of several writers exactly one gets `true`. */
    putIfAbsent(key: string, body: Uint8Array): Promise<boolean>;
    /**
     * Compare-and-swap: writes when the key still has `etag` (null: does not exist).
     * Returns the new etag, or null when someone else was first. A key is either swapped or put, never both.
     */
    putIfMatch(key: string, body: Uint8Array, etag: string | null): Promise<string | null>;
    /** All keys that begin with `prefix`, sorted. */
    list(prefix: string): Promise<string[]>;
    /** Deletes the key; no error when it does not exist. */
    delete(key: string): Promise<void>;
    /** Puts a local file; the local file may be moved. */
    putFile(key: string, localPath: string): Promise<void>;
    /** Local paths that hold these keys, in the same order (on disk: the files themselves; do not write to them). */
    localPaths(keys: readonly string[]): Promise<string[]>;
}

const KEY = /^[A-Za-z0-9_][A-Za-z0-9_.=-]*(\/[A-Za-z0-9_][A-Za-z0-9_.=-]*)*$/;

/** Refuses keys that could leave the store or hide in it. */
export function checkKey(key: string): string {
    if (!KEY.test(key)) throw new Error(`Sleutel ${JSON.stringify(key)} mag niet: verwacht namen met / ertussen.`);
    return key;
}
