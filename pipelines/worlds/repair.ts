import type { System } from "./system.ts";

/** How a change may go on: which counts may move, and how far. */
export interface Freedom {
    /** Whether a count may change by so much from what it is now. */
    mayMove(place: number, by: number): boolean;
}

/** Counts that are tried before a search is given up. */
const TRIES = 400;
const DEPTH = 24;
const BRANCHES = 4;

/**
 * Completes a change so that every sum holds again: as long as a sum does not, another of its counts takes up the
 * difference, the one that mends most first. Returns null when no way was found within a bounded search.
 */
export function repaired(
    system: System,
    start: ReadonlyMap<number, number>,
    freedom: Freedom,
    accept: (change: ReadonlyMap<number, number>) => boolean,
): Map<number, number> | null {
    const change = new Map(start);
    const gaps = new Map<number, number>();
    let tries = TRIES;

    /** parts - whole of each sum, after this count moved. */
    const move = (place: number, by: number): void => {
        change.set(place, (change.get(place) ?? 0) + by);
        if (change.get(place) === 0) change.delete(place);
        const add = (sum: number, gap: number) => {
            const total = (gaps.get(sum) ?? 0) + gap;
            if (total === 0) gaps.delete(sum);
            else gaps.set(sum, total);
        };
        for (const sum of system.partOf[place] ?? []) add(sum, by);
        for (const sum of system.wholeOf[place] ?? []) add(sum, -by);
    };

    const mend = (depth: number): boolean => {
        const [open] = gaps;
        if (open === undefined) return accept(change);
        if (depth === 0) return false;
        const [sum, gap] = open;
        const { whole, parts } = system.sums[sum] ?? { whole: -1, parts: [] };
        const candidates: { place: number; by: number; left: number }[] = [];
        for (const place of [whole, ...parts]) {
            const by = place === whole ? gap : -gap;
            if (change.has(place) || !freedom.mayMove(place, by)) continue;
            let left = gaps.size;
            const after = (index: number, delta: number) => {
                const before = gaps.get(index) ?? 0;
                left += Number(before + delta !== 0) - Number(before !== 0);
            };
            for (const index of system.partOf[place] ?? []) after(index, by);
            for (const index of system.wholeOf[place] ?? []) after(index, -by);
            candidates.push({ place, by, left });
        }
        candidates.sort((a, b) => a.left - b.left || (system.values[b.place] ?? 0) - (system.values[a.place] ?? 0));
        for (const { place, by } of candidates.slice(0, BRANCHES)) {
            tries -= 1;
            if (tries < 0) return false;
            move(place, by);
            if (mend(depth - 1)) return true;
            move(place, -by);
        }
        return false;
    };

    for (const [place, by] of start) {
        change.delete(place);
        move(place, by);
    }
    return mend(DEPTH) ? change : null;
}
