import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Store } from "../pipelines/store.ts";
import { DiskStore } from "../pipelines/stores/disk.ts";
import { scratch } from "./support/delivery-files.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (stored: { body: Uint8Array } | null): string | null =>
    stored ? Buffer.from(stored.body).toString() : null;

/** What every adapter promises; S3 will run the same suite. */
const ADAPTERS: [string, () => Promise<Store>][] = [["disk", async () => new DiskStore(join(await scratch(), "meer"))]];

describe.each(ADAPTERS)("the store on %s", (_, open) => {
    test("gives back what was put, and null for what was not", async () => {
        const store = await open();
        await store.put("a/b.json", bytes("een"));
        await store.put("a/b.json", bytes("twee"));
        expect(textOf(await store.get("a/b.json"))).toBe("twee");
        expect(await store.get("a/c.json")).toBeNull();
        expect(await store.get("a")).toBeNull();
    });

    test("puts only once if absent, also when many try at once", async () => {
        const store = await open();
        const tries = await Promise.all(
            Array.from({ length: 20 }, (_, index) => store.putIfAbsent("x.json", bytes(String(index)))),
        );
        expect(tries.filter(Boolean)).toHaveLength(1);
        expect(textOf(await store.get("x.json"))).toBe(String(tries.indexOf(true)));
    });

    test("swaps only for who saw the latest, and of concurrent writers exactly one wins each round", async () => {
        const store = await open();
        expect(await store.putIfMatch("p.json", bytes("x"), "1")).toBeNull();
        let etag: string | null = null;
        for (let round = 0; round < 5; round++) {
            const results: (string | null)[] = await Promise.all(
                Array.from({ length: 12 }, (_, writer) =>
                    store.putIfMatch("p.json", bytes(`${round}-${writer}`), etag),
                ),
            );
            const winners = results.flatMap((result, writer) => (result === null ? [] : [writer]));
            expect(winners).toHaveLength(1);
            const stored = await store.get("p.json");
            expect(textOf(stored)).toBe(`${round}-${winners[0]}`);
            expect(await store.putIfMatch("p.json", bytes("oud"), etag)).toBeNull();
            etag = stored?.etag ?? null;
        }
    });

    test("lists keys by prefix, sorted, swapped keys once, unfinished writes never", async () => {
        const store = await open();
        for (const key of ["b/2", "b/1", "c", "ba"]) await store.put(key, bytes("x"));
        await store.putIfMatch("b/3", bytes("x"), null);
        expect(await store.list("b")).toEqual(["b/1", "b/2", "b/3", "ba"]);
        expect(await store.list("b/")).toEqual(["b/1", "b/2", "b/3"]);
        expect(await store.list("")).toEqual(["b/1", "b/2", "b/3", "ba", "c"]);
        expect(await store.list("nergens/")).toEqual([]);
    });

    test("deletes, and deleting nothing is no error", async () => {
        const store = await open();
        await store.put("a", bytes("x"));
        await store.putIfMatch("b", bytes("x"), null);
        for (const key of ["a", "b", "c"]) await store.delete(key);
        expect(await store.list("")).toEqual([]);
    });

    test("takes a local file and gives local paths", async () => {
        const store = await open();
        const folder = await scratch();
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, "bron"), "inhoud");
        await store.putFile("diep/in/de/map.parquet", join(folder, "bron"));
        const [path = ""] = await store.localPaths(["diep/in/de/map.parquet"]);
        expect(await readFile(path, "utf8")).toBe("inhoud");
    });

    test.each(["../buiten", "/vast", "a/../b", "", "a//b", ".verborgen", "a/.bezig"])(
        "refuses the key %s",
        async (key) => {
            const store = await open();
            await expect(store.put(key, bytes("x"))).rejects.toThrow(/Sleutel/);
            await expect(store.get(key)).rejects.toThrow(/Sleutel/);
        },
    );
});
