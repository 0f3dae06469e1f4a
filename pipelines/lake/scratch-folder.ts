import { rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "regiospiegel-";

const mine = new Set<string>();

/**
 * A folder that only this user can read and that goes when the process ends. Those of processes that were killed are
 * cleared first: rows of patients must not stay behind.
 */
export async function scratchFolder(purpose: string): Promise<string> {
    const root = tmpdir();
    for (const entry of await readdir(root)) {
        const owner = new RegExp(`^${PREFIX}([0-9]+)-`).exec(entry)?.[1];
        if (owner !== undefined && !isAlive(Number(owner)))
            await rm(join(root, entry), { recursive: true, force: true });
    }
    const folder = await mkdtemp(join(root, `${PREFIX}${process.pid}-${purpose}-`));
    if (mine.size === 0) process.once("exit", clear);
    mine.add(folder);
    return folder;
}

function clear(): void {
    for (const folder of mine) rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
