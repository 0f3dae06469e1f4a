import type { Sum } from "../worlds/system.ts";

/**
 * The hidden parts of a sum must leave room: with this many patients together none of two or more hidden counts can be
 * pinned to fewer than 6 values (disclosure.md rule 5), whichever of them holds how many.
 */
const ROOM = 10;

/** What there is to hide in a figure: patients counted, and the rest of their group where that is protected too. */
export interface ProtectedCount {
    count: number;
    rest: number | null;
}

/**
 * The simple, safe fallback for secondary suppression: as long as a sum has exactly one hidden figure, or hidden parts
 * that together are too few, its smallest further figure is hidden too; repeated until nothing changes.
 * Returns the places to hide besides those in `primary`. Pure; takes time in proportion to the relations touched.
 */
export function secondarySuppression(
    counts: readonly ProtectedCount[],
    primary: ReadonlySet<number>,
    relations: readonly Sum[],
): Set<number> {
    const hidden = new Set(primary);
    const added = new Set<number>();
    const touching = new Map<number, number[]>();
    relations.forEach((relation, index) => {
        for (const place of [relation.whole, ...relation.parts]) {
            const list = touching.get(place);
            if (list) list.push(index);
            else touching.set(place, [index]);
        }
    });
    const queue = [...new Set([...hidden].flatMap((place) => touching.get(place) ?? []))].sort((a, b) => a - b);
    // The queue grows while it is walked: every newly hidden figure puts its other sums at the end.
    for (const index of queue) {
        const relation = relations[index];
        if (!relation) continue;
        for (let extra = furtherCell(counts, relation, hidden); extra; extra = furtherCell(counts, relation, hidden)) {
            hidden.add(extra.place);
            added.add(extra.place);
            for (const other of touching.get(extra.place) ?? []) if (other !== index) queue.push(other);
        }
    }
    return added;
}

/** The figure to hide next so that this sum gives nothing away; null when it is safe. */
function furtherCell(
    counts: readonly ProtectedCount[],
    relation: Sum,
    hidden: ReadonlySet<number>,
): { place: number } | null {
    const hiddenParts = relation.parts.filter((place) => hidden.has(place));
    const wholeHidden = hidden.has(relation.whole);
    const count = hiddenParts.length + (wholeHidden ? 1 : 0);
    if (count === 0) return null;
    if (count >= 2 && (wholeHidden || hasRoom(counts, hiddenParts))) return null;
    const size = (place: number) => counts[place]?.count ?? 0;
    const candidates = relation.parts
        .filter((place) => !hidden.has(place))
        // A zero hides nothing: it adds no room to the sum, so it comes after the figures that do.
        .sort((a, b) => Number(size(a) === 0) - Number(size(b) === 0) || size(a) - size(b) || a - b);
    const place = candidates[0] ?? (wholeHidden ? undefined : relation.whole);
    return place === undefined ? null : { place };
}

/** Both the counted patients and the rest of the group must be enough together: either side of a sum gives the other away. */
function hasRoom(counts: readonly ProtectedCount[], parts: readonly number[]): boolean {
    let counted = 0;
    let rest: number | null = 0;
    for (const place of parts) {
        const part = counts[place];
        counted += part?.count ?? 0;
        rest = rest === null || part === undefined || part.rest === null ? null : rest + part.rest;
    }
    return counted >= ROOM && (rest === null || rest >= ROOM);
}
