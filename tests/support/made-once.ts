import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";

const there = (path: string): Promise<boolean> =>
    stat(path).then(
        () => true,
        () => false,
    );

/**
 * Path of a folder that several test files start from, made by the first that asks in this run; the others wait for it.
 * Nobody writes in it: copy what you change.
 */
export async function madeOnce(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
    const folder = join(inject("workplace"), name);
    const unfinished = `${folder}.bezig`;
    while (!(await there(folder))) {
        if (!(await claimed(unfinished))) await setTimeout(50);
        else if (await there(folder)) await rm(unfinished, { recursive: true });
        else {
            try {
                await make(unfinished);
                await rename(unfinished, folder);
            } catch (error) {
                await rm(unfinished, { recursive: true, force: true });
                throw error;
            }
        }
    }
    return folder;
}

/** Making a folder is atomic: of several processes one succeeds. */
async function claimed(folder: string): Promise<boolean> {
    return mkdir(folder).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
            if (error.code === "EEXIST") return false;
            throw error;
        },
    );
}
