import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TEMP_PREFIX = "regiospiegel-";

/** A folder for this run, after those of runs that were killed are cleared: raw text must not stay behind. */
export async function temporaryFolder(): Promise<string> {
    const root = tmpdir();
    for (const entry of await readdir(root)) {
        const owner = new RegExp(`^${TEMP_PREFIX}([0-9]+)-`).exec(entry)?.[1];
        if (owner !== undefined && !isAlive(Number(owner)))
            await rm(join(root, entry), { recursive: true, force: true });
    }
    const folder = await mkdtemp(join(root, `${TEMP_PREFIX}${process.pid}-`));
    await mkdir(join(folder, "duckdb"));
    return folder;
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
