import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ARCHIVE_LIMITS, type Archive, openFolder, openGzip, openZip } from "../pipelines/ingest/archive.ts";
import { writeFolder, writeGzip, writeZip } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

async function contents(archive: Archive): Promise<Record<string, string>> {
    const read: Record<string, string> = {};
    for (const entry of archive.entries) {
        const chunks: Buffer[] = [];
        for await (const chunk of entry.read()) chunks.push(chunk);
        read[entry.path] = Buffer.concat(chunks).toString();
    }
    return read;
}

const refused = (code: string) => expect.objectContaining({ code });

describe("archives", () => {
    test("a zip, a folder and a gz give their files; hidden ones in a folder are passed over", async () => {
        const root = await scratch();
        const files = { "a.csv": "x".repeat(100_000), "map/b.csv": "", "c.csv": randomBytes(3000).toString("hex") };
        expect(await contents(await openZip(await writeZip(root, "z.zip", files), ARCHIVE_LIMITS))).toEqual(files);
        expect(
            await contents(await openFolder(await writeFolder(root, "f", { ...files, ".weg": "x" }), ARCHIVE_LIMITS)),
        ).toEqual(files);
        expect(await contents(await openGzip(await writeGzip(root, "g.gz", "inhoud"), "g", ARCHIVE_LIMITS))).toEqual({
            g: "inhoud",
        });
    });

    test("a folder's identity is its names and contents", async () => {
        const root = await scratch();
        const id = async (name: string, files: Record<string, string>) =>
            (await openFolder(await writeFolder(root, name, files), ARCHIVE_LIMITS)).id;
        expect(await id("een", { a: "1", b: "2" })).toBe(await id("twee", { b: "2", a: "1" }));
        expect(await id("drie", { a: "1", b: "3" })).not.toBe(await id("vier", { a: "1", b: "2" }));
        expect(await id("vijf", { a: "12", b: "" })).not.toBe(await id("zes", { a: "1", b: "2" }));
    });

    test("limits on size, ratio and entries hold", async () => {
        const root = await scratch();
        const zip = await writeZip(root, "z.zip", { "a.csv": "x".repeat(200_000), "b.csv": "" });
        await expect(openZip(zip, { ...ARCHIVE_LIMITS, expanded: 100_000 })).rejects.toEqual(
            refused("archief_te_groot"),
        );
        await expect(openZip(zip, { ...ARCHIVE_LIMITS, ratioFrom: 1000 })).rejects.toEqual(refused("archief_te_groot"));
        await expect(openZip(zip, { ...ARCHIVE_LIMITS, entries: 1 })).rejects.toEqual(refused("archief_te_groot"));
        const gz = await writeGzip(root, "g.gz", "x".repeat(200_000));
        await expect(openGzip(gz, "g", { ...ARCHIVE_LIMITS, ratioFrom: 1000 }).then(contents)).rejects.toEqual(
            refused("archief_te_groot"),
        );
    });

    test("a zip that lies about the size of a file is refused", async () => {
        const root = await scratch();
        const path = await writeZip(root, "z.zip", { "a.csv": "x".repeat(200_000) });
        const { readFile } = await import("node:fs/promises");
        const bytes = await readFile(path);
        const directory = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
        bytes.writeUInt32LE(100, directory + 24);
        await writeFile(path, bytes);
        await expect(openZip(path, ARCHIVE_LIMITS).then(contents)).rejects.toEqual(refused("archief_onleesbaar"));
    });

    test.each(["/etc/x.csv", "../x.csv", "a/../../x.csv", "C:\\x.csv", "a\\..\\x.csv"])(
        "a path like %s is refused",
        async (name) => {
            const root = await scratch();
            const path = await writeZip(root, "z.zip", { [name]: "x" });
            await expect(openZip(path, ARCHIVE_LIMITS)).rejects.toEqual(refused("pad_buiten_archief"));
        },
    );

    test("what is no zip is refused", async () => {
        const path = join(await scratch(), "z.zip");
        await writeFile(path, "geen zip");
        await expect(openZip(path, ARCHIVE_LIMITS)).rejects.toEqual(refused("archief_onleesbaar"));
    });
});
