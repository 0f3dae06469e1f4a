import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { collect } from "../pipelines/lake/collect.ts";
import { forget } from "../pipelines/lake/forget.ts";
import type { Lake } from "../pipelines/lake.ts";
import { lakeWithRegister, take, writeFolder, writeZip } from "./support/delivery-files.ts";
import { hisLang, measured } from "./support/small-practice.ts";

const HIS_LANG = "his-lang_01900001_20240630";

/** Files of the landing area, marks left out; an empty list when there is none. */
async function sealedFiles(lake: Lake): Promise<string[]> {
    const names = await readdir(`${lake.location}.inkomend`, { recursive: true, withFileTypes: true }).catch(() => []);
    return names
        .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("verzegeld"))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
}

describe("the copy of what arrived", () => {
    test("is kept read-only beside the lake, and the sender's own file stays writable", async () => {
        const { lake, root } = await lakeWithRegister();
        const path = await writeZip(root, `${HIS_LANG}.zip`, measured("KAAS-0001", 48));
        await take(lake, path);
        const [copy = ""] = await sealedFiles(lake);
        expect(await readFile(copy)).toEqual(await readFile(path));
        expect((await stat(copy)).mode & 0o777).toBe(0o400);
        expect((await stat(`${lake.location}.inkomend`)).mode & 0o777).toBe(0o700);
        expect((await stat(path)).mode & 0o200).toBe(0o200);
        expect((await stat(copy)).ino).not.toBe((await stat(path)).ino);
    });

    test("of a folder holds all its files, whatever they are called", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = { ...measured("KAAS-0001", 48), "Lees mij – eerst.txt": "verzonnen" };
        await take(lake, await writeFolder(root, HIS_LANG, files));
        expect(await sealedFiles(lake)).toHaveLength(Object.keys(files).length);
    });

    test("of a refused delivery is nowhere, and raw text is never in the lake", async () => {
        const { lake, root } = await lakeWithRegister();
        const [refused] = await take(
            lake,
            await writeFolder(root, HIS_LANG, hisLang({ "patienten.csv": "patientnr;bsn\nKAAS-0001;123456782\n" })),
        );
        expect(refused?.accepted).toBe(false);
        expect(await sealedFiles(lake)).toEqual([]);
        await take(lake, await writeFolder(root, `${HIS_LANG}_2`, measured("KAAS-0001", 48)));
        for (const name of await readdir(lake.location, { recursive: true, withFileTypes: true })) {
            if (!name.isFile()) continue;
            const bytes = await readFile(join(name.parentPath, name.name), "latin1");
            expect(bytes).not.toContain("KAAS-0001");
        }
    });

    test("expires after the days that are set, and not before", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeZip(root, `${HIS_LANG}.zip`, measured("KAAS-0001", 48)));
        const at = (now: string) => collect(lake, {}, { now: () => now });
        expect((await at("2024-08-14T07:59:59.000Z")).sealed).toBe(0);
        expect((await at("2024-08-14T08:00:00.000Z")).sealed).toBe(1);
        expect(await sealedFiles(lake)).toEqual([]);
    });

    test("goes with a patient or practice that is forgotten", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeZip(root, `${HIS_LANG}.zip`, measured("KAAS-0001", 48)));
        const now = { now: () => "2024-07-15T09:00:00.000Z" };
        const receipt = await forget(lake, { practice: "01900001", patient: "KAAS-0001" }, now);
        expect(receipt.sealed).toBe(1);
        expect(await sealedFiles(lake)).toEqual([]);
        const later = await writeZip(root, `${HIS_LANG}_2.zip`, hisLang({}, "KAAS-0001", "KAAS-0002"));
        expect((await take(lake, later))[0]?.accepted).toBe(true);
        expect(await sealedFiles(lake)).toEqual([]);
    });
});
