import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../pipelines/store.ts";
import { DiskStore } from "../pipelines/stores/disk.ts";
import { S3Store } from "../pipelines/stores/s3.ts";
import { type Fault, type S3Request, type S3StandIn, startS3StandIn } from "./support/s3-stand-in.ts";
import { scratch } from "./support/scratch.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (stored: { body: Uint8Array } | null): string | null =>
    stored ? Buffer.from(stored.body).toString() : null;

const bytesOf = async (stream: Readable | null): Promise<Buffer> => buffer(stream ?? Readable.from([]));

let standIn: S3StandIn;
beforeAll(async () => {
    standIn = await startS3StandIn({
        gewoon: { versioned: false },
        versies: { versioned: true },
        sloten: { versioned: true, locks: true },
    });
});
afterEach(() => {
    standIn.fault = () => null;
});
afterAll(() => standIn.close());

const clientOf = (endpoint: string, change: S3ClientConfig = {}): S3ClientConfig => ({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "STANDIN", secretAccessKey: "geheim" },
    forcePathStyle: true,
    ...change,
});
const prefix = (): string => `meer-${randomBytes(6).toString("hex")}`;
const ourS3 = (bucket: string, change: S3ClientConfig = {}, partBytes?: number): S3Store =>
    new S3Store(`s3://${bucket}/${prefix()}`, { client: clientOf(standIn.endpoint, change), partBytes });

/** An S3 that others wrote, when `npm run test:s3` started one; its bucket keeps versions. */
const judge = process.env.S3_JUDGE;

/** What every adapter promises. */
const ADAPTERS: [string, () => Promise<Store>][] = [
    ["disk", async () => new DiskStore(join(await scratch(), "meer"))],
    ["S3", async () => ourS3("gewoon")],
    ["S3 with versions", async () => ourS3("versies")],
    ["S3 with locks", async () => ourS3("sloten")],
    ...(judge === undefined
        ? []
        : [
              [
                  "S3 of others",
                  async () =>
                      new S3Store(`s3://meren/${prefix()}`, { client: clientOf(judge), partBytes: 5 * 1024 ** 2 }),
              ] satisfies [string, () => Promise<Store>],
          ]),
];

describe.each(ADAPTERS)("the store on %s", (_, open) => {
    test("gives back what was put, and null for what was not", async () => {
        const store = await open();
        await store.put("a/b.json", bytes("een"));
        await store.put("a/b.json", bytes("twee"));
        await store.put("a/leeg", bytes(""));
        expect(textOf(await store.get("a/b.json"))).toBe("twee");
        expect(textOf(await store.get("a/leeg"))).toBe("");
        expect(await store.get("a/c.json")).toBeNull();
        expect(await store.get("a")).toBeNull();
    });

    test("streams the same bytes that it gets, and null for what is not there", async () => {
        const store = await open();
        const body = randomBytes(700_000);
        await store.put("groot", body);
        await store.putIfMatch("gewisseld", bytes("x"), null);
        const stream = await store.stream("groot");
        expect(stream && body.equals(await buffer(stream))).toBe(true);
        const swapped = await store.stream("gewisseld");
        expect(swapped && (await buffer(swapped)).toString()).toBe("x");
        expect(await store.stream("nergens")).toBeNull();
        expect(await store.stream("groot/daarin")).toBeNull();
    });

    test("erases what was sealed, in every version", async () => {
        const store = await open();
        await store.put("a/b", bytes("een"));
        await store.put("a/c", bytes("twee"));
        await store.seal("a/b", new Date(Date.now() + 3_600_000));
        expect(textOf(await store.get("a/b"))).toBe("een");
        await store.erase("a/b");
        expect(await store.get("a/b")).toBeNull();
        expect(await store.list("")).toEqual(["a/c"]);
    });

    test("has nothing unfinished to clear when all was finished", async () => {
        const store = await open();
        await store.put("a", bytes("een"));
        expect(await store.clearUnfinished(new Date(Date.now() + 3_600_000))).toBe(0);
        expect(textOf(await store.get("a"))).toBe("een");
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
            expect(results[winners[0] ?? 0]).toBe(stored?.etag);
            expect(await store.putIfMatch("p.json", bytes("oud"), etag)).toBeNull();
            etag = stored?.etag ?? null;
        }
    });

    test("loses no step of a counter that many raise at once", async () => {
        const store = await open();
        const raise = async (): Promise<void> => {
            for (;;) {
                const seen = await store.get("teller");
                const next = String(Number(textOf(seen) ?? 0) + 1);
                if ((await store.putIfMatch("teller", bytes(next), seen?.etag ?? null)) !== null) return;
            }
        };
        await Promise.all(Array.from({ length: 10 }, raise));
        expect(textOf(await store.get("teller"))).toBe("10");
    });

    test("lists keys by prefix, sorted, swapped keys once, unfinished writes never", async () => {
        const store = await open();
        for (const key of ["b/2", "b/1", "c", "ba", "b/10"]) await store.put(key, bytes("x"));
        await store.putIfMatch("b/3", bytes("x"), null);
        expect(await store.list("b")).toEqual(["b/1", "b/10", "b/2", "b/3", "ba"]);
        expect(await store.list("b/")).toEqual(["b/1", "b/10", "b/2", "b/3"]);
        expect(await store.list("")).toEqual(["b/1", "b/10", "b/2", "b/3", "ba", "c"]);
        expect(await store.list("nergens/")).toEqual([]);
    });

    test("lists by the page what it lists at once", async () => {
        const store = await open();
        const keys = Array.from({ length: 23 }, (_, index) => `deel/${String(index).padStart(3, "0")}`);
        await Promise.all(keys.map((key) => store.put(key, bytes(key))));
        const pages: string[][] = [];
        for await (const page of store.pages("deel/", 5)) pages.push(page);
        expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
        expect(pages.flat()).toEqual(keys);
        expect(await store.list("deel/")).toEqual(keys);
    });

    test("deletes and erases, and doing so to nothing is no error", async () => {
        const store = await open();
        for (const key of ["a", "ab", "c"]) await store.put(key, bytes("x"));
        await store.put("a", bytes("y"));
        await store.putIfMatch("b", bytes("x"), null);
        for (const key of ["b", "c", "d"]) await store.delete(key);
        for (const key of ["a", "c", "d"]) await store.erase(key);
        expect(await store.list("")).toEqual(["ab"]);
        expect(await store.get("a")).toBeNull();
        expect(await store.putIfAbsent("a", bytes("z"))).toBe(true);
    });

    test("takes local files of any size and gives local paths", async () => {
        const store = await open();
        const folder = await scratch();
        await mkdir(folder, { recursive: true });
        const large = randomBytes(11 * 1024 ** 2);
        await writeFile(join(folder, "bron"), "inhoud");
        await writeFile(join(folder, "groot"), large);
        await store.putFile("diep/in/de/map.parquet", join(folder, "bron"));
        await store.putFile("groot.parquet", join(folder, "groot"));
        const [path = "", other = ""] = await store.localPaths(["diep/in/de/map.parquet", "groot.parquet"]);
        expect(await readFile(path, "utf8")).toBe("inhoud");
        expect(large.equals(await readFile(other))).toBe(true);
        await expect(store.localPaths(["groot.parquet", "nergens"])).rejects.toThrow(/nergens ontbreekt/);
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

/** The first `count` requests that fit go wrong. */
function first(count: number, fault: Fault, fits: (request: S3Request) => boolean = () => true): void {
    let left = count;
    standIn.fault = (request) => (fits(request) && left-- > 0 ? fault : null);
}

const impatient: S3ClientConfig = { requestHandler: { connectionTimeout: 1_000, socketTimeout: 150 } };

describe("when S3 fails for a moment", () => {
    test.each<Fault>(["slow-down", "internal-error", "silence", "torn-upload", "lost-answer"])(
        "every operation succeeds after %s",
        async (fault) => {
            const store = ourS3("gewoon", impatient);
            first(1, fault);
            await store.put("a", bytes("een"));
            first(1, fault);
            expect(textOf(await store.get("a"))).toBe("een");
            first(1, fault);
            expect(await store.list("")).toEqual(["a"]);
            first(1, fault);
            await store.delete("a");
            expect(await store.get("a")).toBeNull();
        },
    );

    test.each<Fault>(["slow-down", "internal-error", "conflict", "silence", "torn-upload", "lost-answer"])(
        "a conditional write knows whether it won after %s",
        async (fault) => {
            const store = ourS3("gewoon", impatient);
            first(1, fault);
            expect(await store.putIfAbsent("a", bytes("wij"))).toBe(true);
            expect(await store.putIfAbsent("a", bytes("zij"))).toBe(false);
            first(1, fault);
            expect(await store.putIfAbsent("a", bytes("zij"))).toBe(false);
            const seen = await store.get("a");
            first(1, fault);
            const etag = await store.putIfMatch("a", bytes("verder"), seen?.etag ?? null);
            expect(etag).toBe((await store.get("a"))?.etag);
            first(1, fault);
            expect(await store.putIfMatch("a", bytes("te laat"), seen?.etag ?? null)).toBeNull();
            expect(textOf(await store.get("a"))).toBe("verder");
        },
    );

    test("of many writers whose answers get lost exactly one believes that it won, and it did", async () => {
        const store = ourS3("gewoon");
        let number = 0;
        standIn.fault = ({ method }) => (method === "PUT" && number++ % 3 === 0 ? "lost-answer" : null);
        const tries = await Promise.all(
            Array.from({ length: 12 }, (_, writer) => store.putIfAbsent("x", bytes(String(writer)))),
        );
        expect(tries.filter(Boolean)).toHaveLength(1);
        expect(textOf(await store.get("x"))).toBe(String(tries.indexOf(true)));
    });

    test("a download that breaks off is begun again; a stream that breaks off is an error", async () => {
        const store = ourS3("gewoon");
        const body = randomBytes(300_000);
        await store.put("a", body);
        first(2, "torn-download");
        expect(body.equals(Buffer.from((await store.get("a"))?.body ?? []))).toBe(true);
        first(2, "torn-download");
        expect(body.equals(await readFile((await store.localPaths(["a"]))[0] ?? ""))).toBe(true);
        first(1, "torn-download");
        await expect(bytesOf(await store.stream("a"))).rejects.toThrow(/lezen van a mislukte \(ECONNRESET\)/);
        first(1, "torn-download");
        const unread = await store.stream("a");
        await pause(50);
        await expect(bytesOf(unread)).rejects.toThrow(/lezen van a mislukte/);
    });

    test("what was replaced while a download broke off is read anew, never half one and half the other", async () => {
        const store = ourS3("gewoon");
        await store.put("a", bytes("a".repeat(200_000)));
        let broken = false;
        standIn.fault = ({ bucket, key, method }) => {
            if (method !== "GET" || broken) return null;
            broken = true;
            const body = Buffer.from("b".repeat(200_000));
            setTimeout(() => standIn.bucket(bucket).write(key, { body, metadata: {} }), 20);
            return "torn-download";
        };
        expect(textOf(await store.get("a"))).toBe("b".repeat(200_000));
    });

    test("a download with a wrong byte is an error and never given as whole", async () => {
        const store = ourS3("gewoon");
        await store.put("a", bytes("waarde"));
        standIn.fault = ({ method }) => (method === "GET" ? "flipped-bit" : null);
        await expect(store.get("a")).rejects.toThrow(/lezen van a mislukte \(ChecksumMismatch\)/);
        await expect(store.localPaths(["a"])).rejects.toThrow(/ophalen van a mislukte/);
        await expect(bytesOf(await store.stream("a"))).rejects.toThrow(/lezen van a mislukte \(ChecksumMismatch\)/);
    });

    test("a large file goes up in parts, each repeated by itself, and nothing unfinished stays behind", async () => {
        const store = ourS3("gewoon", {}, 5 * 1024 ** 2);
        const path = join(await scratch(), "groot");
        const body = randomBytes(11 * 1024 ** 2);
        await writeFile(path, body);
        const seen = standIn.requests.length;
        const faults: Fault[] = ["torn-upload", "internal-error", "lost-answer"];
        standIn.fault = ({ number }) => ((number - seen) % 2 === 1 ? (faults.shift() ?? null) : null);
        await store.putFile("groot", path);
        expect(faults).toEqual([]);
        expect(body.equals(Buffer.from((await store.get("groot"))?.body ?? []))).toBe(true);
        expect(standIn.bucket("gewoon").unfinishedUploads).toBe(0);

        first(1, "lost-answer", ({ method, query }) => method === "POST" && query.has("uploadId"));
        await store.putFile("nog-eens", path);
        expect(body.equals(Buffer.from((await store.get("nog-eens"))?.body ?? []))).toBe(true);
    });
});

describe("when S3 keeps failing", () => {
    const brief: S3ClientConfig = { ...impatient, maxAttempts: 2 };

    test.each<[Fault, RegExp]>([
        ["slow-down", /SlowDown.*later/],
        ["internal-error", /InternalError.*later/],
        ["silence", /TimeoutError.*later/],
        ["torn-upload", /ECONNRESET|TimeoutError/],
    ])("%s becomes one sentence, and what was there is still there", async (fault, sentence) => {
        const store = ourS3("gewoon", brief);
        await store.put("a", bytes("oud"));
        const etag = (await store.get("a"))?.etag ?? null;
        const path = join(await scratch(), "bron");
        await writeFile(path, "nieuw");
        standIn.fault = () => fault;
        await expect(store.put("a", bytes("nieuw"))).rejects.toThrow(sentence);
        await expect(store.putIfMatch("a", bytes("nieuw"), etag)).rejects.toThrow(sentence);
        await expect(store.putFile("a", path)).rejects.toThrow(sentence);
        standIn.fault = () => null;
        expect(textOf(await store.get("a"))).toBe("oud");
        expect(await store.list("")).toEqual(["a"]);
    });

    test("a failed read is an error: never an empty list, never an absent key", async () => {
        const store = ourS3("gewoon", { ...brief, maxAttempts: 1 });
        await store.put("a", bytes("x"));
        for (const fault of ["internal-error", "slow-down", "silence"] as const) {
            standIn.fault = () => fault;
            await expect(store.get("a")).rejects.toThrow(/lezen van a/);
            await expect(store.stream("a")).rejects.toThrow(/lezen van a/);
            await expect(store.list("")).rejects.toThrow(/opsommen/);
            await expect(store.localPaths(["a"])).rejects.toThrow(/ophalen van a/);
            await expect(store.erase("a")).rejects.toThrow(/versies van a/);
        }
    });

    test("says what to do about a bucket, a key or a region that is not right", async () => {
        const nowhere = new S3Store("s3://nergens/meer", { client: clientOf(standIn.endpoint) });
        await expect(nowhere.get("a")).rejects.toThrow(/de bucket bestaat niet/);
        await expect(nowhere.list("")).rejects.toThrow(/de bucket bestaat niet/);
        const stranger = ourS3("gewoon", { credentials: { accessKeyId: "VREEMD", secretAccessKey: "x" } });
        await expect(stranger.put("a", bytes("x"))).rejects.toThrow(/inloggegevens/);
        const offline = new S3Store("s3://gewoon", { client: { ...clientOf("http://127.0.0.1:9"), maxAttempts: 1 } });
        await expect(offline.get("a")).rejects.toThrow(/niet te bereiken/);
    });
});

describe("S3 in particular", () => {
    test("erases every version and marker of a key, and of no other", async () => {
        const store = ourS3("versies");
        for (const key of ["a", "a", "ab", "a/b"]) await store.put(key, bytes(Math.random().toString()));
        await store.delete("a");
        await store.put("a", bytes("weer"));
        await store.delete("a");
        await store.erase("a");
        const own = standIn
            .bucket("versies")
            .versions()
            .filter(({ key }) => store.location.endsWith(key.split("/")[0] ?? ""));
        expect(own.map(({ key }) => key.replace(/^[^/]*\//, ""))).toEqual(["a/b", "ab"]);
        expect(await store.list("")).toEqual(["a/b", "ab"]);
    });

    test("locks what is sealed: nobody deletes that version before its time but who erases it", async () => {
        const store = ourS3("sloten");
        await store.put("a", bytes("een"));
        expect(await store.seal("a", new Date(Date.now() + 3_600_000))).toBe(true);
        const content = standIn.bucket("sloten");
        const own = () => content.versions().filter(({ key }) => store.location.endsWith(key.split("/")[0] ?? ""));
        const [version] = own();
        expect(() => content.delete(version?.key ?? "", version?.id ?? "")).toThrow("AccessDenied");
        await store.delete("a");
        expect(own().filter(({ body }) => body !== null)).toHaveLength(1);
        await store.erase("a");
        expect(own()).toEqual([]);
    });

    test("says so when the bucket has no locks", async () => {
        const store = ourS3("versies");
        await store.put("a", bytes("een"));
        expect(await store.seal("a", new Date(Date.now() + 3_600_000))).toBe(false);
    });

    test("clears the uploads of a process that was killed, and no other's", async () => {
        const store = ourS3("gewoon");
        const [, root = ""] = /^s3:\/\/gewoon\/(.*)$/.exec(store.location) ?? [];
        const content = standIn.bucket("gewoon");
        content.startUpload(`${root}/lake/half`, {});
        content.startUpload("van-een-ander/half", {});
        expect(await store.clearUnfinished(new Date(Date.now() - 3_600_000))).toBe(0);
        expect(await store.clearUnfinished(new Date(Date.now() + 1_000))).toBe(1);
        expect(content.unfinishedUploads).toBe(1);
        content.abortUpload(content.uploads()[0]?.id ?? "");
    });

    test("lists what is its own: not the folder marks of a console, not another prefix", async () => {
        const store = ourS3("gewoon");
        const [, root = ""] = /^s3:\/\/gewoon\/(.*)$/.exec(store.location) ?? [];
        for (const key of [`${root}/`, `${root}/map/`, `${root}/.DS_Store`, `${root}-anders/a`, `${root}/a`])
            standIn.bucket("gewoon").write(key, { body: Buffer.from("x"), metadata: {} });
        expect(await store.list("")).toEqual(["a"]);
    });

    test("fetches an object once, and again when it changed; a path that was given keeps its bytes", async () => {
        const store = ourS3("gewoon");
        await store.put("a", bytes("een"));
        const [before = ""] = await store.localPaths(["a"]);
        expect(await store.localPaths(["a"])).toEqual([before]);
        await store.put("a", bytes("twee"));
        const [after = ""] = await store.localPaths(["a"]);
        expect(await readFile(after, "utf8")).toBe("twee");
        expect(await readFile(before, "utf8")).toBe("een");
    });
});
