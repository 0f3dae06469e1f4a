import { type Published, publishedOutcomes } from "../changes/published.ts";
import {
    besideOrigin,
    KEYS,
    type Lake,
    originOf,
    type Pointer,
    type Release,
    readDelivery,
    readJson,
    readPointer,
    SOURCE_KINDS,
} from "../lake.ts";
import { expireSealed, INCOMING_SETTINGS } from "./incoming.ts";
import { chainOf, reachable, readReleases } from "./retained.ts";

/** Settings with their defaults. */
export const COLLECT_SETTINGS = {
    /** Releases that stay readable. */
    keep: 50,
    /** What nobody names yet may be on its way, until it is this old. */
    unfinishedHours: 24,
};

export interface CollectOptions {
    keep?: number;
    /** Sealed copies of delivered files go after so many days. */
    sealedDays?: number;
}

export interface CollectEffects {
    /** ISO instant. */
    now: () => string;
}

/** What was kept, by id, and how much went. */
export interface CollectReceipt {
    current: string;
    kept: string[];
    dropped: string[];
    /** Deliveries of which nothing is left; those that only older releases used keep their receipt, without their rows. */
    deliveries: number;
    files: number;
    results: number;
    marts: number;
    /** Deliveries of which the sealed copy expired. */
    sealed: number;
    /** Writes that were never finished. */
    unfinished: number;
    /** Deliveries that are being taken in now, or were broken off less than a day ago: left alone. */
    underWay: number;
}

/** Deletes what no retained release names, and unfinished writes; never what a reader or writer of now may need. */
export async function collect(
    lake: Lake,
    { keep = COLLECT_SETTINGS.keep, sealedDays = INCOMING_SETTINGS.sealedDays }: CollectOptions,
    { now }: CollectEffects,
): Promise<CollectReceipt> {
    const since = new Date(Date.parse(now()) - COLLECT_SETTINGS.unfinishedHours * 3_600_000);
    for (;;) {
        // Releases first, the pointer after them: a release that comes later is not among those that may go.
        const releases = await readReleases(lake);
        const pointer = await readPointer(lake);
        if (pointer === null)
            throw new Error(`Het meer ${lake.location} heeft nog geen leveringen; er is niets om op te ruimen.`);
        const kept = reachable(releases, pointer).slice(0, keep);
        if (kept[0]?.id !== pointer.release) continue;
        const arriving = await arrivingReleases(lake, releases, pointer, since);
        // what is published stays comparable with what comes next
        const published = await publishedOutcomes(lake);
        const stays = published.flatMap(({ release }) => releases.get(release) ?? []);
        const named = await namedBy(lake, [...kept, ...arriving, ...stays]);
        const underWay = await unnamedArrivals(lake, releases, since);
        const dropped = [...releases.keys()].filter((id) => !named.releases.has(id));
        const unused = await unusedKeys(lake, named, underWay);
        if ((await readPointer(lake))?.etag !== pointer.etag) continue;
        // Releases before their files, so that no release is ever there whose files are not.
        await remove(lake, dropped.map(KEYS.release));
        await remove(lake, [...unused.files, ...unused.beside, ...unused.records]);
        const results = await unusedResults(lake);
        const marts = await unusedMarts(lake, named.releases);
        await remove(lake, [...results, ...marts.keys, ...(await unusedComparisons(lake, marts.keys, published))]);
        await remove(lake, await unusedValues(lake));
        return {
            current: pointer.release,
            kept: kept.map(({ id }) => id),
            dropped,
            deliveries: unused.records.length,
            files: unused.files.length,
            results: results.length,
            marts: marts.count,
            sealed: await expireSealed(lake, sealedDays, now()),
            unfinished: await lake.store.clearUnfinished(since),
            underWay: underWay.size + arriving.length,
        };
    }
}

export async function remove(lake: Lake, keys: readonly string[]): Promise<void> {
    for (const key of keys) await lake.store.erase(key);
}

interface Named {
    releases: Set<string>;
    deliveries: Set<string>;
    files: Set<string>;
}

/** Deliveries of these releases, and the files that are current in one of them. */
async function namedBy(lake: Lake, releases: readonly Release[]): Promise<Named> {
    const named: Named = { releases: new Set(), deliveries: new Set(), files: new Set() };
    for (const release of releases) {
        named.releases.add(release.id);
        for (const id of release.deliveries) named.deliveries.add(id);
    }
    named.files = await currentKeys(lake, releases);
    return named;
}

/** Keys of the files that are current in one of these releases. */
async function currentKeys(lake: Lake, releases: readonly Release[]): Promise<Set<string>> {
    const keys = new Set<string>();
    for (const { current } of releases)
        for (const source of SOURCE_KINDS)
            for (const [practice, id] of Object.entries(current[source]))
                for (const file of (await readDelivery(lake, id)).files)
                    if (file.practice === practice) keys.add(file.key);
    return keys;
}

/** Releases that a writer may be about to make current: on top of this one, with a delivery that just arrived. */
export async function arrivingReleases(
    lake: Lake,
    releases: ReadonlyMap<string, Release>,
    pointer: Pointer,
    since: Date,
): Promise<Release[]> {
    const undone = new Set((pointer.undone ?? []).flatMap((id) => chainOf(releases, id)));
    const before = new Set(releases.get(pointer.release)?.deliveries);
    const arriving: Release[] = [];
    for (const release of releases.values()) {
        if (release.parent !== pointer.release || undone.has(release)) continue;
        const added = release.deliveries.filter((id) => !before.has(id));
        const fresh = await Promise.all(added.map((id) => arrivedAfter(lake, id, since)));
        if (fresh.includes(true)) arriving.push(release);
    }
    return arriving;
}

/** Deliveries that arrived lately and that no release names, not even one that goes. */
export async function unnamedArrivals(
    lake: Lake,
    releases: ReadonlyMap<string, Release>,
    since: Date,
): Promise<Set<string>> {
    const known = new Set([...releases.values()].flatMap(({ deliveries }) => deliveries));
    const fresh = new Set<string>();
    for (const key of await lake.store.list(KEYS.arrivals)) {
        const id = deliveryIn(key);
        if (!known.has(id) && (await arrivedAfter(lake, id, since))) fresh.add(id);
    }
    return fresh;
}

async function arrivedAfter(lake: Lake, id: string, since: Date): Promise<boolean> {
    const arrival = await readJson<{ arrived: string }>(lake, KEYS.arrival(id));
    return arrival !== null && new Date(arrival.arrived) > since;
}

/** The delivery that a key of the lake speaks of. */
export const deliveryIn = (key: string): string =>
    /(?:delivery=|\/)([0-9a-z]+)(?:\/[^/]*)?\.[a-z]+$/.exec(key)?.[1] ?? "";

async function unusedKeys(lake: Lake, named: Named, underWay: ReadonlySet<string>) {
    const unused = async (prefix: string, needed: (key: string) => boolean): Promise<string[]> =>
        (await lake.store.list(prefix)).filter((key) => !needed(key) && !underWay.has(deliveryIn(key)));
    const known = (key: string): boolean => named.deliveries.has(deliveryIn(key));
    const records = await unused(KEYS.deliveries, known);
    const originsOf = async (ids: Iterable<string>): Promise<string[]> =>
        (await Promise.all([...ids].map((id) => readDelivery(lake, id)))).map(originOf);
    const staying = new Set(await originsOf(named.deliveries));
    const gone = (await originsOf(records.map(deliveryIn))).filter((origin) => !staying.has(origin));
    return {
        files: await unused(KEYS.parts, (key) => named.files.has(key)),
        records,
        beside: [
            ...(await unused(KEYS.arrivals, known)),
            ...(await unused(KEYS.asides, known)),
            ...gone.flatMap(besideOrigin),
        ],
    };
}

/** Results that the last refresh did not use; they can be computed again. */
async function unusedResults(lake: Lake): Promise<string[]> {
    const index = (await readJson<Record<string, { key: string }>>(lake, KEYS.resultIndex)) ?? {};
    const used = new Set([KEYS.resultIndex, ...Object.values(index).map(({ key }) => key)]);
    return (await lake.store.list(KEYS.results)).filter((key) => !used.has(key));
}

/** Comparisons with marts that go, definitions that no marts name any more, and what older publications did not show. */
async function unusedComparisons(
    lake: Lake,
    goneMarts: readonly string[],
    published: readonly Published[],
): Promise<string[]> {
    const gone = new Set(goneMarts);
    const catalogues = (await lake.store.list(KEYS.marts)).filter(
        (key) => key.endsWith("/catalogue.json") && !gone.has(key),
    );
    const marts = await Promise.all(
        catalogues.map((key) => readJson<{ refresh: string; definitions?: string }>(lake, key)),
    );
    const refreshes = new Set(marts.map((one) => one?.refresh));
    const definitions = new Set(marts.map((one) => KEYS.definitionsOf(one?.definitions ?? "")));
    const hidden = new Set(published.map(({ publication }) => KEYS.hiddenOf(publication)));
    const comparisons = await lake.store.list(KEYS.changes);
    const stale = new Set<string>();
    for (const key of comparisons) {
        if (!key.endsWith("/summary.json")) continue;
        const sides = await readJson<{ before: { refresh: string }; now: { refresh: string } }>(lake, key);
        const stays = sides !== null && [sides.before, sides.now].every(({ refresh }) => refreshes.has(refresh));
        if (!stays) stale.add(key.slice(0, -"summary.json".length));
    }
    return [
        ...comparisons.filter((key) => [...stale].some((prefix) => key.startsWith(prefix))),
        ...(await lake.store.list(KEYS.definitions)).filter((key) => !definitions.has(key)),
        ...(await lake.store.list(KEYS.hidden)).filter((key) => !hidden.has(key)),
    ];
}

/** Marts of releases that are gone. Those that the pointer names stay: they are what was published. */
async function unusedMarts(lake: Lake, releases: ReadonlySet<string>): Promise<{ count: number; keys: string[] }> {
    const current = (await readJson<{ refresh: string }>(lake, KEYS.martsPointer))?.refresh;
    const keys = (await lake.store.list(KEYS.marts)).filter((key) => key !== KEYS.martsPointer);
    const gone = new Set<string>();
    for (const id of new Set(keys.map((key) => key.split("/")[1] ?? ""))) {
        if (id === current) continue;
        const catalogue = await readJson<{ release: string }>(lake, `${KEYS.marts}${id}/catalogue.json`);
        if (catalogue === null || !releases.has(catalogue.release)) gone.add(id);
    }
    return { count: gone.size, keys: keys.filter((key) => gone.has(key.split("/")[1] ?? "")) };
}

/** Values of practices that no marts name any more. */
async function unusedValues(lake: Lake): Promise<string[]> {
    const lists = (await lake.store.list(KEYS.marts)).filter((key) => key.endsWith("/practices.json"));
    const named = await Promise.all(lists.map((key) => readJson<string[]>(lake, key)));
    const used = new Set(named.flatMap((keys) => keys ?? []));
    return (await lake.store.list(KEYS.practiceValues)).filter((key) => !used.has(key));
}
