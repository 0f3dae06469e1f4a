import type { Scope } from "./group-scope.ts";
import type { Figure, Sum } from "./system.ts";
import type { View } from "./view.ts";
import type { Target } from "./walk.ts";

/** The part of a system that a target hangs together with: what is not known there, and all that binds it. */
export interface Neighbourhood {
    places: ReadonlySet<number>;
    sums: readonly Sum[];
    figures: readonly Figure[];
}

/** The counts whose sum, with sign, is the target. */
export function termsOf({ figure, what }: Target): (readonly [number, number])[] {
    if (what === "numerator") return [[figure.n, 1]];
    if (what === "denominator") return [[figure.d, 1]];
    return [
        [figure.d, 1],
        [figure.n, -1],
    ];
}

/** Which worlds to look at; all of them without. */
export interface Within {
    scope?: Scope;
    /** Only counts that are added up with the target move, no denominators with them: fewer worlds, found sooner. */
    denominatorsStay?: boolean;
}

/** Gathers the counts that a target hangs together with and that readers do not know, within a scope. */
export function neighbourhood(
    target: Target,
    view: View,
    knowing: ReadonlySet<string>,
    { scope, denominatorsStay = false }: Within = {},
): Neighbourhood {
    const { sums: all, partOf, wholeOf, figuresOf, practiceOf } = view.system;
    const places = new Set<number>();
    const queue: number[] = [];
    const meet = (place: number): void => {
        if (place < 0 || places.has(place) || view.isKnown(place)) return;
        const practice = practiceOf[place];
        if (practice && knowing.has(practice)) return;
        if (scope && !scope.has(place)) return;
        places.add(place);
        queue.push(place);
    };
    for (const [place] of termsOf(target)) if (!denominatorsStay || place === target.figure.n) meet(place);
    const sums = new Map<number, Sum>();
    const figures = new Set<Figure>();
    for (const place of queue) {
        for (const index of [...(partOf[place] ?? []), ...(wholeOf[place] ?? [])]) {
            const sum = all[index];
            if (!sum || sums.has(index) || scope?.leavesOut(index)) continue;
            sums.set(index, sum);
            meet(sum.whole);
            for (const part of sum.parts) meet(part);
        }
        for (const figure of figuresOf[place] ?? []) {
            if (figure.d < 0 || figure.d === figure.n) continue;
            if (!figure.isPart && !view.of(figure).ratio) continue;
            figures.add(figure);
            if (denominatorsStay) continue;
            meet(figure.n);
            meet(figure.d);
        }
    }
    return { places, sums: [...sums.values()], figures: [...figures] };
}
