// Which two sets of outcomes are compared: those of two releases, or what was published last with what is current.

import type { Pair } from "../changes.ts";
import { KEYS, type Lake, readJson, readRelease } from "../lake.ts";
import { type RefreshEffects, refresh } from "../refresh.ts";
import { UsageError } from "../usage-error.ts";
import { currentMartsId } from "../values.ts";
import { publishedBefore, publishedOutcomes } from "./published.ts";

export interface Releases {
    from?: string;
    to?: string;
}

/**
 * The pair of refreshes for two releases. Without `to`: the current outcomes; without `from`: the publication before them, and
 * where nothing was published yet the release before. A release without outcomes is computed with the definitions of today.
 */
export async function pairOf(lake: Lake, { from, to }: Releases, effects: RefreshEffects = {}): Promise<Pair> {
    const now = to === undefined ? await currentMartsId(lake) : await outcomesOf(lake, to, effects);
    if (from !== undefined) return { before: await outcomesOf(lake, from, effects), now };
    const published = await publishedBefore(lake, now);
    if (published) return { before: published.refresh, now };
    const { release = "" } = (await readJson<{ release?: string }>(lake, KEYS.martFile(now, "catalogue.json"))) ?? {};
    const parent = (await readRelease(lake, release))?.release.parent;
    if (!parent)
        throw new UsageError(
            `Uitgave ${release} is de eerste van ${lake.location} en er is nog niets gepubliceerd; er is niets om mee te vergelijken.`,
        );
    return { before: await outcomesOf(lake, parent, effects), now };
}

async function outcomesOf(lake: Lake, release: string, effects: RefreshEffects): Promise<string> {
    const published = (await publishedOutcomes(lake)).find((one) => one.release === release);
    if (published) return published.refresh;
    const current = await readJson<{ refresh: string; release?: string }>(lake, KEYS.martsPointer);
    if (current?.release === release) return current.refresh;
    if ((await readRelease(lake, release)) === null)
        throw new UsageError(
            `Uitgave ${release} staat niet in ${lake.location}; kies er een uit regiospiegel releases.`,
        );
    return (await refresh(lake, { asOf: release, aside: true }, effects)).refresh;
}
