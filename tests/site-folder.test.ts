import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goLive, pointAt, readMarker, workFolder } from "../pipelines/publish/site-folder.ts";

let site: string;
beforeEach(async () => {
    site = await mkdtemp(path.join(tmpdir(), "site-"));
});
afterEach(() => rm(site, { recursive: true, force: true }));

async function publishEmpty(id: string): Promise<void> {
    const work = await workFolder(site, id);
    await goLive(site, path.join(work, "pages"), { id });
    await rm(work, { recursive: true, force: true });
}
const live = async () => JSON.parse(await readFile(path.join(site, "current.json"), "utf8")) as unknown;

describe("site folder", () => {
    it("moves a publication into place with its marker and points at it", async () => {
        await publishEmpty("aaa");
        expect(await readMarker(site, "aaa")).toEqual({ id: "aaa", sequence: 1 });
        expect(await live()).toEqual({ publication: "aaa", path: "aaa" });
    });

    it("keeps the last three publications", async () => {
        for (const id of ["aaa", "bbb", "ccc", "ddd"]) await publishEmpty(id);
        expect((await readdir(site)).sort()).toEqual(["bbb", "ccc", "current.json", "ddd"]);
    });

    it("knows no publication without a whole marker of its own", async () => {
        expect(await readMarker(site, "aaa")).toBeNull();
        await mkdir(path.join(site, "aaa"));
        await writeFile(path.join(site, "aaa", ".publicatie.json"), '{"id":"aaa"');
        expect(await readMarker(site, "aaa")).toBeNull();
        await writeFile(path.join(site, "aaa", ".publicatie.json"), '{"id":"bbb","sequence":1}');
        expect(await readMarker(site, "aaa")).toBeNull();
    });

    it("goes back to an earlier publication by its pointer alone", async () => {
        await publishEmpty("aaa");
        await publishEmpty("bbb");
        await pointAt(site, "aaa");
        expect(await live()).toEqual({ publication: "aaa", path: "aaa" });
    });

    it("clears away what a stopped run left behind, not what another is making", async () => {
        await mkdir(path.join(site, ".publiceren-aaa-999999999"));
        await mkdir(path.join(site, `.publiceren-bbb-${process.ppid}`));
        await workFolder(site, "ccc");
        const names = (await readdir(site)).sort();
        expect(names).not.toContain(".publiceren-aaa-999999999");
        expect(names).toContain(`.publiceren-bbb-${process.ppid}`);
    });
});
