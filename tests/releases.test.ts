import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { COLLECT_SETTINGS, collect } from "../pipelines/lake/collect.ts";
import { rollback } from "../pipelines/lake/rollback.ts";
import { type Lake, openLake, readRelease } from "../pipelines/lake.ts";
import { lakeWithRegister, rowsOf, take, writeFolder } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";
import { hisLang, measured } from "./support/small-practice.ts";

const NOW = { now: () => "2024-07-15T09:00:00.000Z" };
const TOMORROW = { now: () => "2024-07-16T09:00:00.000Z" };
const HIS_LANG = "his-lang_01900001_20240630";

const releaseId = async (lake: Lake): Promise<string> => (await readRelease(lake))?.release.id ?? "";
const values = (lake: Lake) => rowsOf(lake, "measurements", "value");

/** Releases in which practice 01900001 has one measurement: 48, then 49, then 50. */
async function threeReleases(): Promise<{ lake: Lake; root: string; ids: string[]; paths: string[] }> {
    const { lake, root } = await lakeWithRegister();
    const ids: string[] = [];
    const paths: string[] = [];
    for (const [at, value] of [48, 49, 50].entries()) {
        const path = await writeFolder(root, `${HIS_LANG}_${at + 1}`, measured("KAAS-0001", value));
        const [receipt] = await take(lake, path);
        expect(receipt?.accepted).toBe(true);
        ids.push(await releaseId(lake));
        paths.push(path);
    }
    return { lake, root, ids, paths };
}

let lake: Lake;
let root: string;
let first: string;
let second: string;
let third: string;
let paths: string[];

let made: Promise<Awaited<ReturnType<typeof threeReleases>>> | undefined;

beforeEach(async () => {
    made ??= threeReleases();
    const original = await made;
    ({ paths } = original);
    [first = "", second = "", third = ""] = original.ids;
    root = await scratch();
    lake = openLake(join(root, "meer"));
    await cp(original.lake.location, lake.location, { recursive: true });
    await cp(original.lake.secretPath, lake.secretPath);
});

describe("rollback moves the pointer and nothing else", () => {
    test("an older release is the current one again, and the newer one can be gone forward to", async () => {
        const before = await lake.store.list("lake/");
        expect(await rollback(lake, first)).toEqual({
            from: third,
            to: first,
            changed: true,
            leaves: [`${HIS_LANG}_2`, `${HIS_LANG}_3`],
            returns: [],
        });
        expect(await values(lake)).toEqual([[48]]);
        expect(await lake.store.list("lake/")).toEqual(before);
        expect((await rollback(lake, second)).returns).toEqual([`${HIS_LANG}_2`]);
        expect((await rollback(lake, third)).changed).toBe(true);
        expect((await rollback(lake, third)).changed).toBe(false);
        expect(await values(lake)).toEqual([[50]]);
    });

    test("what was rolled back lands again when it is delivered again, as the same release", async () => {
        await rollback(lake, first);
        for (const path of paths) await take(lake, path);
        expect(await releaseId(lake)).toBe(third);
        expect(await values(lake)).toEqual([[50]]);
    });

    test("a release that does not exist is one sentence, and changes nothing", async () => {
        await expect(rollback(lake, "0123456789abcdef")).rejects.toThrow(/staat niet in .*kies er een/);
        await expect(rollback(openLake(join(root, "leeg")), first)).rejects.toThrow(/nog geen leveringen/);
        expect(await releaseId(lake)).toBe(third);
    });

    test("a release of which a file is lost is not made current", async () => {
        const files = (await readRelease(lake, first))?.files.filter(({ table }) => table === "measurements");
        await lake.store.delete(files?.[0]?.key ?? "");
        await expect(rollback(lake, first)).rejects.toThrow(/mist 1 bestanden/);
        expect(await releaseId(lake)).toBe(third);
    });
});

describe("gc keeps what a retained release names", () => {
    test("of the dropped releases only the receipts of superseded deliveries stay", async () => {
        const before = await rowsOf(lake, "patients", "*");
        const receipt = await collect(lake, { keep: 2 }, NOW);
        expect(receipt).toMatchObject({ current: third, kept: [third, second], deliveries: 0, underWay: 0 });
        expect(receipt.dropped).toContain(first);
        expect(receipt.files).toBeGreaterThan(0);
        expect(await readRelease(lake, first)).toBeNull();
        expect((await readRelease(lake, second))?.files).toHaveLength(
            (await readRelease(lake, third))?.files.length ?? -1,
        );
        expect(await rowsOf(lake, "patients", "*")).toEqual(before);
        await everyFileIsThere(third);
        await everyFileIsThere(second);
        expect((await readRelease(lake))?.deliveries.map(({ name }) => name)).toContain(`${HIS_LANG}_1`);
        expect((await take(lake, paths[0] ?? ""))[0]?.known).toBe(true);
    });

    test("a second time there is nothing left to do", async () => {
        await collect(lake, { keep: 1 }, NOW);
        expect(await collect(lake, { keep: 1 }, NOW)).toEqual({
            current: third,
            kept: [third],
            dropped: [],
            deliveries: 0,
            files: 0,
            results: 0,
            marts: 0,
            sealed: 0,
            unfinished: 0,
            underWay: 0,
        });
    });

    test("what was rolled back from stays as long as it is among those kept, and goes whole after that", async () => {
        await rollback(lake, first);
        await collect(lake, { keep: 2 }, NOW);
        await rollback(lake, third);
        expect(await values(lake)).toEqual([[50]]);
        // Release `second` went, and the way back to `first` with it is still its own.
        await rollback(lake, first);
        const receipt = await collect(lake, { keep: 1 }, NOW);
        expect(receipt.deliveries).toBe(2);
        expect(await values(lake)).toEqual([[48]]);
        expect((await lake.store.list("deliveries/")).length).toBe((await readRelease(lake))?.deliveries.length);
        expect((await lake.store.list("aside/")).length).toBe((await readRelease(lake))?.deliveries.length);
        for (const path of paths) expect((await take(lake, path))[0]?.accepted).toBe(true);
        expect(await releaseId(lake)).toBe(third);
    });

    test("what is being taken in is left alone for a day; what was broken off goes after it", async () => {
        const orphan = "lake/patients/practice_id=01900001/delivery=abc123/part-0.parquet";
        await lake.store.put(orphan, Buffer.from("x"));
        await lake.store.put("arrivals/abc123.json", Buffer.from(`{"arrived":"${NOW.now()}"}`));
        await writeFile(join(lake.location, ".bezig", "half"), "x");
        expect((await collect(lake, {}, NOW)).underWay).toBe(1);
        expect(await lake.store.get(orphan)).not.toBeNull();
        expect(await collect(lake, {}, { now: () => "2124-07-16T09:00:00.000Z" })).toMatchObject({
            files: 1,
            unfinished: 1,
        });
        expect(await lake.store.list("lake/patients/practice_id=01900001/delivery=abc123")).toEqual([]);
        expect(await lake.store.list("arrivals/abc123")).toEqual([]);
        expect(COLLECT_SETTINGS.unfinishedHours).toBe(24);
    });

    test("a release that a writer is about to make current is not taken from under it", async () => {
        const current = await readRelease(lake);
        const content = { ...current?.release, id: "ffffffffffffffff", parent: third };
        const added = { ...content, deliveries: [...(current?.release.deliveries ?? []), "abc123"] };
        await lake.store.put("deliveries/abc123.json", Buffer.from(JSON.stringify({ id: "abc123", files: [] })));
        await lake.store.put("arrivals/abc123.json", Buffer.from(`{"arrived":"${NOW.now()}"}`));
        await lake.store.put("releases/ffffffffffffffff.json", Buffer.from(JSON.stringify(added)));
        expect((await collect(lake, { keep: 1 }, NOW)).underWay).toBe(1);
        expect(await lake.store.get("releases/ffffffffffffffff.json")).not.toBeNull();
        await collect(lake, { keep: 1 }, TOMORROW);
        expect(await lake.store.get("releases/ffffffffffffffff.json")).toBeNull();
        expect(await lake.store.get("deliveries/abc123.json")).toBeNull();
    });

    test("results and marts that neither the last refresh nor a kept release knows go", async () => {
        const put = (key: string, body: unknown) => lake.store.put(key, Buffer.from(JSON.stringify(body)));
        await put("results/index.json", { "01900001": { key: "results/practice_id=01900001/input=a.parquet" } });
        for (const input of ["a", "b"]) await put(`results/practice_id=01900001/input=${input}.parquet`, {});
        for (const [id, release] of [
            ["m1", first],
            ["m2", third],
            ["m3", first],
        ]) {
            await put(`marts/${id}/catalogue.json`, { release });
            await put(`marts/${id}/practices.json`, [`values/practice_id=01900001/input=${id}.parquet`]);
            await put(`values/practice_id=01900001/input=${id}.parquet`, {});
        }
        await put("marts/current.json", { refresh: "m3" });
        expect(await collect(lake, { keep: 1 }, NOW)).toMatchObject({ results: 1, marts: 1 });
        expect(await lake.store.list("results/practice_id")).toEqual(["results/practice_id=01900001/input=a.parquet"]);
        expect(await lake.store.list("marts/m1/")).toEqual([]);
        expect(await lake.store.list("marts/m3/")).toHaveLength(2);
        expect(await lake.store.list("values/")).toEqual([
            "values/practice_id=01900001/input=m2.parquet",
            "values/practice_id=01900001/input=m3.parquet",
        ]);
    });
});

async function everyFileIsThere(release: string): Promise<void> {
    const there = new Set(await lake.store.list("lake/"));
    expect((await readRelease(lake, release))?.files.filter(({ key }) => !there.has(key))).toEqual([]);
}

describe("which delivery counts", () => {
    test("a late older one is history: it can be read, and nothing changes", async () => {
        const late = await writeFolder(root, "his-lang_01900001_20240331", hisLang({}));
        expect((await take(lake, late))[0]?.accepted).toBe(true);
        expect(await values(lake)).toEqual([[50]]);
        const view = await readRelease(lake);
        expect(view?.release.parent).toBe(third);
        expect(view?.deliveries.map(({ name }) => name)).toContain("his-lang_01900001_20240331_1");
    });

    test("the same bytes again are the same release, whatever came between", async () => {
        for (const path of paths) expect((await take(lake, path))[0]?.known).toBe(true);
        expect(await releaseId(lake)).toBe(third);
    });

    test("every release says what it said then", async () => {
        const counts = [first, second, third].map(async (id) => (await readRelease(lake, id))?.deliveries.length);
        expect(await Promise.all(counts)).toEqual([2, 3, 4]);
    });
});
