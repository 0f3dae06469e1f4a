import { repaired } from "./repair.ts";
import type { Figure, System } from "./system.ts";
import { fits, type View } from "./view.ts";

/** A count that must keep its secret: a numerator or denominator, or those of the denominator who are not counted. */
export interface Target {
    figure: Figure;
    what: "numerator" | "denominator" | "rest";
}

/** What a target is in a world. */
export function targetValue(target: Target, world: Float64Array): number {
    const { figure, what } = target;
    const numerator = world[figure.n] ?? 0;
    const denominator = figure.d >= 0 ? (world[figure.d] ?? 0) : numerator;
    return what === "numerator" ? numerator : what === "denominator" ? denominator : denominator - numerator;
}

/** How far a walk came: the different values that the target was seen to take, and whose counts moved on the way. */
export interface Walked {
    values: number;
    practices: ReadonlySet<string>;
}

type Change = Map<number, number>;

/**
 * Other worlds that look the same: from the true counts, one patient at a time is moved between a target and another
 * count beside it, as long as everything that is read stays as it was. Every value met on the way is possible, so a
 * walk of six values proves a target safe; a short one proves nothing.
 */
export class Walker {
    private readonly system: System;
    private readonly view: View;
    private readonly world: Float64Array;

    constructor(view: View) {
        this.view = view;
        this.system = view.system;
        this.world = Float64Array.from(view.system.values);
    }

    /** Walks until `wanted` values were seen. Who knows the counts of `knowing` practices sees when one of those moves. */
    walk(target: Target, knowing: ReadonlySet<string>, wanted: number): Walked {
        const practices = new Set<string>();
        let values = 1;
        const path: Change[] = [];
        for (const direction of [1, -1]) {
            let last: number | null = null;
            while (values < wanted) {
                const step = this.step(target, direction, knowing, last);
                if (step === null) break;
                last = step.partner;
                this.apply(step.change, 1);
                path.push(step.change);
                values += 1;
                for (const place of step.change.keys()) {
                    const practice = this.system.practiceOf[place];
                    if (practice) practices.add(practice);
                }
            }
            for (let change = path.pop(); change; change = path.pop()) this.apply(change, -1);
        }
        return { values, practices };
    }

    /** One step of the target in a direction, with the partner of the last step first. */
    private step(
        target: Target,
        direction: number,
        knowing: ReadonlySet<string>,
        last: number | null,
    ): { change: Change; partner: number } | null {
        const { what } = target;
        const figure = this.practiceWithin(target.figure, knowing);
        const place = what === "denominator" ? figure.d : figure.n;
        const leaf = this.leafOf(place);
        const by = what === "rest" ? -direction : direction;
        for (const partner of this.partnersOf(leaf, last)) {
            const start = new Map([
                [leaf, by],
                [partner, -by],
            ]);
            const change = this.consistent(start, knowing);
            if (change && this.moves(target, change, direction)) return { change, partner };
        }
        if (figure.d >= 0 && figure.d !== figure.n) {
            for (const partner of this.partnersOf(what === "denominator" ? figure.d : figure.n, last)) {
                const change = this.patients({ figure, what }, partner, direction, knowing);
                if (change && this.moves(target, change, direction)) return { change, partner };
            }
        }
        const change = this.mended(place, by, knowing);
        return change && this.moves(target, change, direction) ? { change, partner: -1 } : null;
    }

    /** A hagro's count moves with one of its practices: the largest that the reader does not know. */
    private practiceWithin(figure: Figure, knowing: ReadonlySet<string>): Figure {
        if (figure.cell.level !== "hagro") return figure;
        const { wholeOf, sums, figuresOf, practiceOf, values } = this.system;
        let best: Figure | null = null;
        for (const index of wholeOf[figure.n] ?? []) {
            for (const part of sums[index]?.parts ?? []) {
                const practice = practiceOf[part];
                if (!practice || knowing.has(practice)) continue;
                const inside = figuresOf[part]?.find(({ n, cell }) => n === part && cell.period === figure.cell.period);
                if (inside && (best === null || (values[inside.n] ?? 0) > (values[best.n] ?? 0))) best = inside;
            }
        }
        return best ?? figure;
    }

    /** Searches for any set of counts that may move along with this one. */
    private mended(place: number, by: number, knowing: ReadonlySet<string>): Change | null {
        if (!this.mayMove(place, by, knowing)) return null;
        const mayMove = (other: number, step: number) => this.mayMove(other, step, knowing);
        return repaired(this.system, new Map([[place, by]]), { mayMove }, (change) => this.staysReadable(change));
    }

    private mayMove(place: number, by: number, knowing: ReadonlySet<string>): boolean {
        if (this.view.isKnown(place) || (this.world[place] ?? 0) + by < 0) return false;
        const practice = this.system.practiceOf[place];
        return !practice || !knowing.has(practice);
    }

    /** Moves whole patients between the target's group and the partner's: the denominator goes along. */
    private patients(target: Target, partner: number, direction: number, knowing: ReadonlySet<string>): Change | null {
        const { figure, what } = target;
        const other = this.system.figuresOf[partner]?.find((one) => isBeside(one, figure));
        if (!other || other.d < 0) return null;
        const change: Change = new Map([
            [figure.d, direction],
            [other.d, -direction],
        ]);
        if (what === "numerator") {
            change.set(figure.n, direction);
            change.set(other.n, -direction);
        }
        this.fillUp(change, figure.d, other.d);
        return this.consistent(change, knowing);
    }

    /** Where the group that shrinks had everybody counted, the one who leaves it was counted. */
    private fillUp(change: Change, one: number, other: number): void {
        for (const [from, to] of [
            [one, other],
            [other, one],
        ] as const) {
            const by = change.get(from) ?? 0;
            if (by >= 0) continue;
            for (const figure of this.system.figuresOf[from] ?? []) {
                if (figure.d !== from || !figure.isPart || change.has(figure.n)) continue;
                if ((this.world[figure.n] ?? 0) < (this.world[from] ?? 0)) continue;
                const receiver = this.system.figuresOf[to]?.find((candidate) => isBeside(candidate, figure));
                if (!receiver) continue;
                change.set(figure.n, by);
                change.set(receiver.n, -by);
            }
        }
    }

    /** Carries a change into the sums above; null when something that is read would change, or the sums no longer hold. */
    private consistent(change: Change, knowing: ReadonlySet<string>): Change | null {
        const { sums, partOf, wholeOf } = this.system;
        const inSums = (): Map<number, number> => {
            const totals = new Map<number, number>();
            for (const [place, by] of change)
                for (const sum of partOf[place] ?? []) totals.set(sum, (totals.get(sum) ?? 0) + by);
            return totals;
        };
        let totals = inSums();
        for (let round = 0, settled = false; round < 5 && !settled; round += 1) {
            settled = true;
            for (const [sum, total] of totals) {
                const whole = sums[sum]?.whole ?? -1;
                if ((change.get(whole) ?? 0) === total) continue;
                change.set(whole, total);
                settled = false;
            }
            if (!settled) totals = inSums();
        }
        for (const [place, by] of change) {
            if (by === 0) change.delete(place);
            else if (!this.mayMove(place, by, knowing)) return null;
        }
        for (const [place, by] of change)
            for (const sum of wholeOf[place] ?? []) if ((totals.get(sum) ?? 0) !== by) return null;
        for (const [sum, total] of totals) if ((change.get(sums[sum]?.whole ?? -1) ?? 0) !== total) return null;
        return this.staysReadable(change) ? change : null;
    }

    private staysReadable(change: ReadonlyMap<number, number>): boolean {
        for (const place of change.keys()) {
            for (const figure of this.system.figuresOf[place] ?? []) {
                if (figure.d < 0) continue;
                const numerator = (this.world[figure.n] ?? 0) + (change.get(figure.n) ?? 0);
                const denominator = (this.world[figure.d] ?? 0) + (change.get(figure.d) ?? 0);
                if (figure.isPart && numerator > denominator) return false;
                const { ratio } = this.view.of(figure);
                if (ratio && !fits(ratio, numerator, denominator)) return false;
            }
        }
        return true;
    }

    private moves(target: Target, change: Change, direction: number): boolean {
        const { figure, what } = target;
        const numerator = change.get(figure.n) ?? 0;
        const denominator = figure.d >= 0 ? (change.get(figure.d) ?? 0) : numerator;
        const by = what === "numerator" ? numerator : what === "denominator" ? denominator : denominator - numerator;
        return by === direction;
    }

    private apply(change: Change, sign: number): void {
        for (const [place, by] of change) this.world[place] = (this.world[place] ?? 0) + sign * by;
    }

    /** A count with nothing below it, on which the target moves along. */
    private leafOf(place: number): number {
        const { wholeOf, sums, values } = this.system;
        let leaf = place;
        for (let depth = 0; depth < 6; depth += 1) {
            const below = wholeOf[leaf]?.[0];
            if (below === undefined) return leaf;
            const parts = sums[below]?.parts ?? [];
            const largest = parts.reduce((best, part) => ((values[part] ?? 0) > (values[best] ?? 0) ? part : best));
            leaf = largest;
        }
        return leaf;
    }

    /** Counts beside this one in any sum, nearest group first. */
    private *partnersOf(place: number, last: number | null): Generator<number> {
        if (last !== null && last >= 0) yield last;
        const seen = new Set([place, last]);
        const { partOf, sums } = this.system;
        const around = [...(partOf[place] ?? [])].sort((a, b) => sizeOf(sums[a]) - sizeOf(sums[b]));
        for (const sum of around) {
            for (const part of sums[sum]?.parts ?? []) {
                if (seen.has(part)) continue;
                seen.add(part);
                yield part;
            }
        }
    }
}

const sizeOf = (sum: { parts: readonly number[] } | undefined): number => sum?.parts.length ?? 0;

/** The same indicator, stratum, level and period, of another practice or group. */
function isBeside(one: Figure, other: Figure): boolean {
    const [a, b] = [one.cell, other.cell];
    return (
        a.indicator === b.indicator &&
        a.stratum === b.stratum &&
        a.level === b.level &&
        a.period === b.period &&
        a.id !== b.id
    );
}
