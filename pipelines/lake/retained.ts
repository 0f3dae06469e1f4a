import { KEYS, type Lake, type Pointer, type Release, readJson } from "../lake.ts";

/** Every release that stands in the lake, named by the pointer or not. */
export async function readReleases(lake: Lake): Promise<Map<string, Release>> {
    const releases = new Map<string, Release>();
    for (const key of await lake.store.list(KEYS.releases)) {
        const release = await readJson<Release>(lake, key);
        if (release) releases.set(release.id, release);
    }
    return releases;
}

/** A release and those before it, newest first. */
export function chainOf(releases: ReadonlyMap<string, Release>, from: string): Release[] {
    const chain: Release[] = [];
    const seen = new Set<string>();
    let release = releases.get(from);
    while (release && !seen.has(release.id)) {
        chain.push(release);
        seen.add(release.id);
        release = release.parent === null ? undefined : releases.get(release.parent);
    }
    return chain;
}

/** What can be gone to: the current release, those that were rolled back from, and all before them; newest first. */
export function reachable(releases: ReadonlyMap<string, Release>, pointer: Pointer): Release[] {
    const [current = [], ...undone] = [pointer.release, ...(pointer.undone ?? [])].map((id) => chainOf(releases, id));
    const heads = [current[0], ...undone.map(([head]) => head)].filter((head) => head !== undefined);
    return [...new Set([...heads, ...current.slice(1), ...undone.flat()])];
}
