import { KEYS, type Lake, readPointer, readRelease, swapPointer } from "../lake.ts";
import { reachable, readReleases } from "./retained.ts";

/** What a rollback did. Nothing is deleted: until the next delivery it can be rolled forward again. */
export interface RollbackReceipt {
    from: string;
    to: string;
    /** False: the release was the current one already. */
    changed: boolean;
    /** Names of deliveries that the lake had, and has no longer; delivered again they land again. */
    leaves: string[];
    /** Names of deliveries that come back. */
    returns: string[];
}

/** Makes an older release the current one: the pointer moves, and nothing else. Throws one sentence when that cannot be. */
export async function rollback(lake: Lake, release: string): Promise<RollbackReceipt> {
    for (;;) {
        const pointer = await readPointer(lake);
        const before = await readRelease(lake);
        if (pointer === null || before === null)
            throw new Error(`Het meer ${lake.location} heeft nog geen leveringen; er is niets om naar terug te gaan.`);
        const from = pointer.release;
        if (before.release.id !== from) continue;
        const known = reachable(await readReleases(lake), pointer).some(({ id }) => id === release);
        const after = known ? await readRelease(lake, release) : null;
        if (after === null)
            throw new Error(
                `Uitgave ${release} staat niet in ${lake.location}; kies er een uit regiospiegel releases --lake ${lake.location}.`,
            );
        if (from === release) return { from, to: release, changed: false, leaves: [], returns: [] };
        await refuseIncomplete(lake, release, new Set(after.files.map(({ key }) => key)));
        // What lies before the new current release can be reached without being listed; the rest is kept for going forward.
        const undone = [from, ...(pointer.undone ?? [])].filter((id) => id !== release);
        const { objections } = pointer;
        const next = { release, ...(undone.length > 0 ? { undone } : {}), ...(objections ? { objections } : {}) };
        if (!(await swapPointer(lake, next, pointer.etag))) continue;
        const names = (view: typeof before, other: typeof before): string[] =>
            view.deliveries
                .filter(({ id }) => !other.release.deliveries.includes(id))
                .map(({ name }) => name)
                .sort();
        return { from, to: release, changed: true, leaves: names(before, after), returns: names(after, before) };
    }
}

async function refuseIncomplete(lake: Lake, release: string, files: Set<string>): Promise<void> {
    for (const key of await lake.store.list(KEYS.parts)) files.delete(key);
    if (files.size > 0)
        throw new Error(
            `Uitgave ${release} mist ${files.size} bestanden in ${lake.location} en kan niet gelden; zet de opslag terug naar een hele kopie of kies een andere uitgave.`,
        );
}
