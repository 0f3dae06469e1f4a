// The old definitions on the new deliveries: what would be published now if no definition had changed.
import type { Lake } from "../lake.ts";
import { definitionHash, rulesHash } from "../refresh/definitions.ts";
import type { Indicator } from "../refresh/indicator.ts";
import { semantics } from "../refresh/results.ts";
import { countOn } from "./count-on.ts";
import { isOutdated } from "./results-of-side.ts";
import type { Side } from "./side.ts";

/** The indicators of both sides by what became of their definition. */
export interface Redefinition {
    /** In both sides, with the same definition. */
    same: string[];
    /** In both sides, with another text or header. */
    changed: string[];
    added: string[];
    dropped: string[];
}

/** Sorts the indicators of two sides (pure). */
export function redefinition(before: Side, now: Side): Redefinition {
    const earlier = new Map(before.indicators.map((indicator) => [indicator.id, indicator]));
    const result: Redefinition = { same: [], changed: [], added: [], dropped: [] };
    for (const indicator of now.indicators) {
        const old = earlier.get(indicator.id);
        earlier.delete(indicator.id);
        if (!old) result.added.push(indicator.id);
        else if (isSame(before, old, now, indicator)) result.same.push(indicator.id);
        else result.changed.push(indicator.id);
    }
    result.dropped = [...earlier.keys()];
    return result;
}

/** True when a figure could be another one by its definition: of an indicator, or of how results make levels. */
export function isRedefined(before: Side, now: Side): boolean {
    const { changed, added, dropped } = redefinition(before, now);
    const many = changed.length + added.length + dropped.length;
    return many > 0 || rulesHash(before.queries) !== rulesHash(now.queries);
}

function isSame(before: Side, old: Indicator, now: Side, indicator: Indicator): boolean {
    return (
        before.semantics === now.semantics &&
        definitionHash(before.queries, old) === definitionHash(now.queries, indicator)
    );
}

export interface OldCounts {
    /** Counts by the old definitions of what was redefined. */
    files: string[];
    /** False: the old texts cannot be run any more, on this software or on these tables. */
    isRerun: boolean;
}

/** Counts what was redefined by its old definition on the new deliveries, over all months of the new outcomes. */
export async function oldCounts(
    lake: Lake,
    before: Side,
    now: Side,
    changed: readonly string[],
    scratch: string,
): Promise<OldCounts> {
    if (changed.length === 0) return { files: [], isRerun: true };
    // what the engine made of the texts then is not what it makes of them now
    if (before.semantics !== semantics) return { files: [], isRerun: false };
    const { queries } = before;
    try {
        const job = { lake, view: now.view, queries, scratch, name: "oude-definities" };
        return { files: await countOn(job, changed, now.periods), isRerun: true };
    } catch (error) {
        if (isOutdated(error)) return { files: [], isRerun: false };
        throw error;
    }
}
