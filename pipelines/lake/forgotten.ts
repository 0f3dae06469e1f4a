import {
    besideDelivery,
    besideOrigin,
    KEYS,
    type Lake,
    PUBLICATION_COUNTS,
    REGION,
    readDelivery,
    readJson,
    readPointer,
} from "../lake.ts";
import { keepProfile, readProfile } from "../quality/quality-history.ts";
import { baselinesKey } from "../refresh/goal-baselines.ts";
import { arrivingReleases, COLLECT_SETTINGS, deliveryIn, remove, unnamedArrivals } from "./collect.ts";
import { eraseSealedOf } from "./incoming.ts";
import { manifestsOfReleases } from "./manifests.ts";
import { readReleases } from "./retained.ts";

/** What was made of the old content, in counts. */
export interface Cleared {
    /** Files of the lake that nothing names any more, broken-off writes of the practice among them. */
    cleared: number;
    results: number;
    marts: number;
    /** Sealed copies of delivered files in which they occurred. */
    sealed: number;
}

/**
 * Deletes, in every version, what the renamed releases no longer name: rows, records, results, marts. Releases go last, so
 * that a forget that was broken off finds by them what to delete when it is done again.
 */
export async function clearForgotten(
    lake: Lake,
    { practice, patient }: { practice: string; patient?: string },
    renamed: ReadonlyMap<string, string>,
    now: string,
): Promise<Cleared> {
    const since = new Date(Date.parse(now) - COLLECT_SETTINGS.unfinishedHours * 3_600_000);
    const all = await readReleases(lake);
    const pointer = await readPointer(lake);
    const arriving = pointer === null ? [] : await arrivingReleases(lake, all, pointer, since);
    const staying = new Set([...renamed.values(), pointer?.release, ...arriving.map(({ id }) => id)]);
    const kept = [...all.values()].filter(({ id }) => staying.has(id));
    const old = [...all.values()].filter(({ id }) => !staying.has(id));

    const named = new Set(kept.flatMap(({ deliveries }) => deliveries));
    const dropped = new Set(old.flatMap(({ deliveries }) => deliveries).filter((id) => !named.has(id)));
    const records = await Promise.all([...named].map((id) => readDelivery(lake, id)));
    const files = new Set(records.flatMap((record) => record.files.map(({ key }) => key)));
    const underWay = await unnamedArrivals(lake, all, since);
    const parts = (await lake.store.list(KEYS.parts)).filter((key) => {
        if (files.has(key) || underWay.has(deliveryIn(key))) return false;
        return dropped.has(deliveryIn(key)) || key.includes(`/practice_id=${practice}/`);
    });
    await remove(lake, [...parts, ...[...dropped].flatMap(besideDelivery)]);
    if (patient === undefined) await clearQuality(lake, practice);
    const results = await clearResults(lake, patient === undefined ? [practice, REGION] : [practice]);
    const marts = (await lake.store.list(KEYS.marts)).filter((key) => key !== KEYS.martsPointer);
    await remove(lake, [KEYS.martsPointer, ...marts, ...(await lake.store.list(KEYS.practiceValues))]);
    // what was compared counts them too; the next publication begins anew
    await remove(lake, [
        KEYS.published,
        ...(await lake.store.list(KEYS.changes)),
        ...(await lake.store.list(KEYS.hidden)),
        // What publications showed is out in the world; the counts behind it are not to be kept.
        ...(await lake.store.list(KEYS.publications)).filter((key) => key.endsWith(PUBLICATION_COUNTS)),
    ]);
    const gone = old.map(({ id }) => id);
    await remove(lake, await manifestsOfReleases(lake, gone));
    const sealed = await eraseSealedOf(lake, practice, patient === undefined);
    await renameBaselines(lake, renamed);
    await remove(lake, gone.map(KEYS.release));
    return { cleared: parts.length, sealed, results, marts: new Set(marts.map((key) => key.split("/")[1])).size };
}

async function clearResults(lake: Lake, practices: readonly string[]): Promise<number> {
    const index = await readJson<Record<string, unknown>>(lake, KEYS.resultIndex);
    if (index) {
        const left = Object.entries(index).filter(([practice]) => !practices.includes(practice));
        await lake.store.put(KEYS.resultIndex, Buffer.from(`${JSON.stringify(Object.fromEntries(left), null, 1)}\n`));
    }
    let count = 0;
    for (const practice of practices) {
        const keys = await lake.store.list(KEYS.resultsOf(practice));
        await remove(lake, keys);
        count += keys.length;
    }
    return count;
}

/** What was said of the practice when its deliveries came in: its counts go, and every letter that names it. */
async function clearQuality(lake: Lake, practice: string): Promise<void> {
    const naming = async (prefix: string): Promise<string[]> => {
        const keys = (await lake.store.list(prefix)).filter((key) => key.endsWith(".json"));
        const bodies = await Promise.all(keys.map((key) => lake.store.get(key)));
        return keys.filter((_, at) =>
            Buffer.from(bodies[at]?.body ?? "")
                .toString("utf8")
                .includes(practice),
        );
    };
    for (const key of await naming(KEYS.profiles)) {
        const profile = await readProfile(lake, deliveryIn(key));
        if (profile === null) continue;
        const { [practice]: _, ...practices } = profile.practices;
        const affected = profile.affected.filter((one) => one.practice !== practice);
        if (Object.keys(practices).length === 0) await lake.store.erase(key);
        else await keepProfile(lake, { ...profile, practices, affected });
    }
    await remove(
        lake,
        (await naming(KEYS.letters)).flatMap((key) => besideOrigin(deliveryIn(key)).slice(1)),
    );
}

/** A frozen baseline names the release that first published it: by its new id, or it could not be read again. */
async function renameBaselines({ store }: Lake, renamed: ReadonlyMap<string, string>): Promise<void> {
    for (;;) {
        const stored = await store.get(baselinesKey);
        if (stored === null) return;
        const text = Buffer.from(stored.body).toString("utf8");
        const next = text.replace(/"release": "([^"]+)"/g, (whole, id: string) =>
            whole.replace(id, renamed.get(id) ?? id),
        );
        if (next === text || (await store.putIfMatch(baselinesKey, Buffer.from(next), stored.etag)) !== null) return;
    }
}
