import { spawn } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openLake, readRelease } from "../pipelines/lake.ts";
import { lakeWithRegister, take, writeFolder, writeGzip } from "./support/delivery-files.ts";
import { hisLang } from "./support/small-practice.ts";

const COMMAND = fileURLToPath(new URL("../pipelines/regiospiegel.js", import.meta.url));

function ingestIn(location: string, path: string): Promise<number | null> {
    return new Promise((resolve, reject) => {
        const words = [COMMAND, "ingest", path, "--lake", location];
        const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
        child.on("error", reject).on("exit", resolve);
    });
}

test("ingests of different practices in processes of their own all land, as the release that one process makes", async () => {
    const { lake, root } = await lakeWithRegister();
    const paths = [
        await writeFolder(root, "his-lang_01900001_20240630", hisLang({}, "KAAS-0001")),
        await writeGzip(root, "his-journaal_01900003_20240630.gz", "P|MELK-0001|1957|V|3201|20110301||V\n"),
        await writeFolder(root, "his-lang_01900002_20230630", hisLang({}, "BROOD-001")),
        await writeFolder(root, "his-lang_01900001_20240331", hisLang({}, "KAAS-0001", "KAAS-0002")),
    ];
    expect(await Promise.all(paths.map((path) => ingestIn(lake.location, path)))).toEqual([0, 0, 0, 0]);
    const view = await readRelease(openLake(lake.location));
    expect(view?.deliveries).toHaveLength(5);

    const other = await lakeWithRegister();
    await copyFile(lake.secretPath, other.lake.secretPath);
    await take(other.lake, ...paths);
    const alone = await readRelease(other.lake);
    expect(view?.release.id).toBe(alone?.release.id);
    expect(view?.files.map(({ key, sha256 }) => [key, sha256])).toEqual(
        alone?.files.map(({ key, sha256 }) => [key, sha256]),
    );
    const there = await lake.store.list("lake/");
    expect(there.length).toBe(view?.deliveries.reduce((sum, { files }) => sum + files.length, 0));
});
