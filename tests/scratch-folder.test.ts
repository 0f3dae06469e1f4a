import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scratchFolder } from "../pipelines/lake/scratch-folder.ts";

const module = fileURLToPath(new URL("../pipelines/lake/scratch-folder.ts", import.meta.url));

test("a scratch folder is for this user only, and what a killed process left is cleared", async () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const left = join(tmpdir(), `regiospiegel-${gone}-meer-abcdef`);
    const living = join(tmpdir(), `regiospiegel-${process.ppid}-meer-abcdef`);
    await Promise.all([left, living].map((folder) => mkdir(folder, { recursive: true })));
    const mine = await scratchFolder("meer");
    expect((await stat(mine)).mode & 0o777).toBe(0o700);
    expect([left, living, mine].map((folder) => existsSync(folder))).toEqual([false, true, true]);
    spawnSync("rmdir", [living]);
});

test("a scratch folder goes when its process ends", () => {
    const program = `import(${JSON.stringify(module)}).then(async ({ scratchFolder }) => console.log(await scratchFolder("proef")));`;
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], { encoding: "utf8" });
    expect(stdout.trim()).toMatch(/regiospiegel-\d+-proef-/);
    expect(existsSync(stdout.trim())).toBe(false);
});
