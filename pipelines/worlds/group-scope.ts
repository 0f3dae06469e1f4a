import { isLookedBackOn } from "./back-link.ts";
import type { Figure, System } from "./system.ts";
import type { View } from "./view.ts";

/** Which counts a proof may move, and how far down. */
export interface Scope {
    /** Takes part in the proof; the others are taken to stay as they are. */
    has(place: number): boolean;
    /** Sums that any world within the scope can fulfil outside it. */
    leavesOut(sum: number): boolean;
    /** No count gets lower than this. */
    floor(place: number): number;
}

/**
 * Worlds of areas, organisations and the region alone. Where nothing is read of the practices and hagros of an indicator,
 * one practice that the reader does not know can take whatever its group has more or less, so that the group's count has
 * no other bound than what the reader knows of it; elsewhere a group's count that is added up from practices stays as it is.
 */
export class GroupScope implements Scope {
    private readonly system: System;
    private readonly readers: readonly ReadonlySet<string>[];
    private readonly loose = new Map<string, boolean>();
    private readonly floors = new Map<number, number>();

    constructor(view: View, readers: readonly ReadonlySet<string>[]) {
        this.system = view.system;
        this.readers = readers;
        const placeOf = new Map<string, number>();
        for (const figure of view.system.figures.flat()) {
            if (!figure) continue;
            const { cell, n, isPart } = figure;
            const { numerator, denominator, ratio } = view.of(figure);
            const ofPractices = isOfPractices(figure);
            // A practice that takes more of a flow would have more in the stock that looks back on it.
            const isTold = ofPractices && (numerator || denominator || ratio || isLookedBackOn(figure, this.system));
            if (isPart || isTold) this.loose.set(cell.indicator, false);
            if (ofPractices) continue;
            // Counted anew since an earlier publication: then practices are bound by both.
            const key = `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.level}\t${cell.id}\t${cell.period}`;
            if ((placeOf.get(key) ?? n) !== n) this.loose.set(cell.indicator, false);
            placeOf.set(key, n);
        }
    }

    has(place: number): boolean {
        const { practiceOf, figuresOf, wholeOf } = this.system;
        if (practiceOf[place] || figuresOf[place]?.some(isOfPractices)) return false;
        if (!(wholeOf[place] ?? []).some((sum) => this.leavesOut(sum))) return true;
        return this.floor(place) <= (this.system.values[place] ?? 0) && this.isLoose(place);
    }

    leavesOut(sum: number): boolean {
        const { sums, practiceOf, figuresOf } = this.system;
        const parts = sums[sum]?.parts ?? [];
        return parts.every(
            (part) =>
                practiceOf[part] ||
                (figuresOf[part] ?? []).length === 0 ||
                figuresOf[part]?.every(isOfPractices) === true,
        );
    }

    /** What the best informed reader knows of a count that is added up from practices, and what is nobody's. */
    floor(place: number): number {
        const known = this.floors.get(place);
        if (known !== undefined) return known;
        const { wholeOf, sums, practiceOf, figuresOf, values } = this.system;
        let floor = 0;
        for (const index of wholeOf[place] ?? []) {
            const parts = sums[index]?.parts ?? [];
            if (!this.leavesOut(index) || !parts.some((part) => practiceOf[part])) continue;
            const total = (isMeant: (part: number) => boolean) =>
                parts.reduce((sum, part) => (isMeant(part) ? sum + (values[part] ?? 0) : sum), 0);
            const nobodys = total((part) => !practiceOf[part] && (figuresOf[part] ?? []).length === 0);
            for (const knowing of this.readers) {
                const isKnown = (part: number) => knowing.has(practiceOf[part] ?? "");
                // Who knows all practices of a group knows the group.
                const isAll = parts.every((part) => !practiceOf[part] || isKnown(part));
                floor = Math.max(floor, isAll ? Number.POSITIVE_INFINITY : nobodys + total(isKnown));
            }
        }
        this.floors.set(place, floor);
        return floor;
    }

    private isLoose(place: number): boolean {
        return this.system.figuresOf[place]?.every(({ cell }) => this.loose.get(cell.indicator) ?? true) === true;
    }
}

function isOfPractices({ cell }: Figure): boolean {
    return cell.level === "practice" || cell.level === "hagro";
}
