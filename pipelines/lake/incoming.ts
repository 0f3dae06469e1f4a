import { constants } from "node:fs";
import { copyFile, mkdir, readdir, stat, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { type DeliveryRecord, type Lake, openIncoming, originOf, REGION } from "../lake.ts";

/** Settings with their defaults. */
export const INCOMING_SETTINGS = {
    /** How long a copy of what was accepted is kept, in days; 0 keeps none. */
    sealedDays: 30,
};

const MARKS = "verzegeld/";
const DAY = 86_400_000;

const MARK = z.object({
    delivery: z.string(),
    practices: z.array(z.string()),
    sealed: z.string(),
    /** False: the storage could not lock the copy. Absent: it stands unlocked for a moment yet. */
    locked: z.boolean().optional(),
});

/**
 * Copies what arrived to a folder of this run, and returns the path of the copy: what is checked is then what is kept, also
 * when the sender is still writing. The copy shares its blocks with the original where the file system can do that. It is
 * no hard link: sealing that would lock the sender's own file, and a change of the sender's would change what was sealed.
 * The copy goes with the folder, so that of a refused delivery nothing stays, also when the process is killed.
 */
export async function copyArrival(path: string, folder: string): Promise<string> {
    await mkdir(folder);
    const copy = join(folder, basename(path));
    if ((await stat(path)).isDirectory()) await copyFolder(path, copy);
    else await copyFile(path, copy, constants.COPYFILE_FICLONE);
    return copy;
}

/** Links stay links, and what is no file becomes one, so that opening the copy refuses what opening the original would. */
async function copyFolder(from: string, to: string): Promise<void> {
    await mkdir(to);
    for (const entry of await readdir(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(to, entry.name)];
        if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
        else if (entry.isDirectory()) await copyFolder(source, target);
        else await symlink("geen-gewoon-bestand", target);
    }
}

/**
 * Keeps the copy of an accepted delivery: locked, beside the lake (raw text never enters it), until it expires. False when
 * the storage has no lock to put on it.
 */
export async function seal(lake: Lake, record: DeliveryRecord, copy: string, now: string): Promise<boolean> {
    if (INCOMING_SETTINGS.sealedDays === 0) return true;
    const store = openIncoming(lake.location);
    const { receipt, practices } = record;
    const mark = { delivery: receipt.delivery, practices, sealed: now } satisfies z.infer<typeof MARK>;
    // Before the files: a copy without a mark would never expire.
    await store.put(`${MARKS}${originOf(record)}.json`, Buffer.from(`${JSON.stringify(mark)}\n`));
    const until = new Date(Date.parse(now) + INCOMING_SETTINGS.sealedDays * DAY);
    let locked = true;
    const paths = (await stat(copy)).isDirectory() ? await filesBelow(copy, "") : [""];
    for (const path of paths) {
        const key = `${originOf(record)}/${keyOf(path === "" ? basename(copy) : path)}`;
        await store.putFile(key, join(copy, path));
        locked = (await store.seal(key, until)) && locked;
    }
    const known = { ...mark, locked } satisfies z.infer<typeof MARK>;
    await store.put(`${MARKS}${originOf(record)}.json`, Buffer.from(`${JSON.stringify(known)}\n`));
    return locked;
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
    const paths: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) paths.push(...(await filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)));
        else if (entry.isFile()) paths.push(prefix + entry.name);
    }
    return paths;
}

/** A path of a delivery as a key: other characters than a key may have are written as `=` and their bytes. */
const keyOf = (path: string): string =>
    path
        .split("/")
        .map((name) =>
            Array.from(Buffer.from(name), (byte, at) => {
                const character = String.fromCharCode(byte);
                if (/[A-Za-z0-9_]/.test(character) || (at > 0 && /[.-]/.test(character))) return character;
                return `${at === 0 ? "_" : ""}=${byte.toString(16).padStart(2, "0")}`;
            }).join(""),
        )
        .join("/");

/** Deletes, in every version, sealed copies that are older than so many days; returns of how many deliveries. */
export async function expireSealed(lake: Lake, days: number, now: string): Promise<number> {
    return eraseWhere(lake, ({ sealed }) => Date.parse(sealed) + days * DAY <= Date.parse(now));
}

/** Deletes the sealed copies in which a practice may occur; of a register only when the practice itself is forgotten. */
export async function eraseSealedOf(lake: Lake, practice: string, whole: boolean): Promise<number> {
    return eraseWhere(lake, ({ practices }) => practices.includes(practice) || (whole && practices.includes(REGION)));
}

async function eraseWhere(lake: Lake, goes: (mark: z.infer<typeof MARK>) => boolean): Promise<number> {
    const store = openIncoming(lake.location);
    let erased = 0;
    for (const key of await store.list(MARKS)) {
        const stored = await store.get(key);
        if (stored === null || !goes(MARK.parse(JSON.parse(Buffer.from(stored.body).toString("utf8"))))) continue;
        await eraseSealed(lake, key.slice(MARKS.length, -".json".length));
        erased += 1;
    }
    return erased;
}

/** Deletes the sealed copy of one delivery, in every version. The mark goes last: until then it says something is there. */
export async function eraseSealed(lake: Lake, origin: string): Promise<void> {
    const store = openIncoming(lake.location);
    for (const key of [...(await store.list(`${origin}/`)), `${MARKS}${origin}.json`]) await store.erase(key);
}
