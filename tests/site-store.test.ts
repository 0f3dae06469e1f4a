import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { livePublication, removePublication, storeSite } from "../pipelines/publish/site-store.ts";
import { DiskStore } from "../pipelines/stores/disk.ts";
import { scratch } from "./support/scratch.ts";

async function siteWith(...publications: string[]) {
    const store = new DiskStore(join(await scratch(), "site"));
    const site = storeSite(store, "site");
    for (const id of publications) {
        const pages = join(await site.workFolder(id), "pages");
        await mkdir(join(pages, "coalitie"), { recursive: true });
        await writeFile(join(pages, "coalitie", "index.html"), id);
        await site.goLive(pages, { id });
    }
    return { store, site };
}

describe("a site in a store", () => {
    it("shows the last publication, whole, and keeps the last three", async () => {
        const { store } = await siteWith("aaa", "bbb", "ccc", "ddd");
        expect(await livePublication(store)).toBe("ddd");
        expect(await store.list("")).toEqual([
            "bbb/coalitie/index.html",
            "ccc/coalitie/index.html",
            "current.json",
            "ddd/coalitie/index.html",
            "publicaties/bbb.json",
            "publicaties/ccc.json",
            "publicaties/ddd.json",
        ]);
    });

    it("knows no publication without its marker, and goes back to an earlier one by the pointer alone", async () => {
        const { store, site } = await siteWith("aaa", "bbb");
        expect(await site.readMarker("aaa")).toEqual({ id: "aaa", sequence: 1 });
        await site.pointAt("aaa");
        expect(await livePublication(store)).toBe("aaa");
        await store.put("publicaties/aaa.json", Buffer.from('{"id":"bbb","sequence":1}'));
        expect(await site.readMarker("aaa")).toBeNull();
        expect(await site.readMarker("ccc")).toBeNull();
    });

    it("removes one publication, and leaves the others", async () => {
        const { store, site } = await siteWith("aaa", "bbb");
        expect(await removePublication(store, "aaa")).toBe(1);
        expect(await site.readMarker("aaa")).toBeNull();
        expect(await store.list("bbb/")).toEqual(["bbb/coalitie/index.html"]);
    });
});
