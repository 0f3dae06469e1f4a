import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";

const folders: string[] = [];

/** A folder that goes away after the tests of the file. */
export async function scratch(): Promise<string> {
    const folder = await mkdtemp(join(inject("workplace"), "map-"));
    folders.push(folder);
    return folder;
}

export async function clearScratch(): Promise<void> {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}
