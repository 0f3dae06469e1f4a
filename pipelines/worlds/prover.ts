import { Crowds } from "./crowd.ts";
import { Exchanges } from "./exchange.ts";
import { GroupScope } from "./group-scope.ts";
import { termsOf } from "./neighbourhood.ts";
import { rangeOf } from "./range.ts";
import type { Solver } from "./solver.ts";
import type { Figure } from "./system.ts";
import type { View } from "./view.ts";
import { type Target, targetValue, Walker } from "./walk.ts";

/** How far to go for a proof: only what costs next to nothing, or bounds over everything that hangs together. */
export type Effort = "quick" | "all";

type Practices = ReadonlySet<string>;

/** Which counts move in a proof, and how much was known then. */
interface Proof {
    moved: ReadonlySet<number>;
    moment: number;
}

const NOBODY: Practices = new Set();
/** Practices whose counts may move in a proof by bounds, and so many such proofs before every reader is looked at alone. */
const MOVERS = 3;
/** Rows to solve in all before looking over everything that hangs together is given up, and more is hidden instead. */
const MOST_WORK = 2_000_000;
const MOST_PROOFS = 3;

/**
 * Shows that protected counts can have at least `wanted` values, the quick ways first: sums over practices of which
 * nothing is read, exchanges within one slice, walks of one patient at a time, and then bounds over everything that hangs
 * together. A proof holds for every reader who knows none of the counts that move in it. Not shown is not refuted.
 */
export class Prover {
    readonly view: View;
    readonly wanted: number;
    readonly solver: Solver;
    private readonly walker: Walker;
    private readonly exchanges: Exchanges;
    private readonly everybody: Practices;
    /** Whom the readers are: each knows the counts of these practices. */
    private readonly readers: readonly Practices[];
    /** What may still be asked of the solver beyond the groups themselves; after that, what was not shown stays not shown. */
    private left = MOST_WORK;
    private crowds: Crowds | null = null;
    private scope: GroupScope | null = null;
    /** Targets proved among the groups. */
    private readonly proved = new Map<Target, Proof>();
    /** Targets proved with the counts of some practices. */
    private readonly shown = new Map<Target, (Proof & { movers: Practices })[]>();
    /** How much more the count of a region or organisation can be, by its place. */
    private readonly groups = new Map<number, { room: number; changes: number }>();

    constructor(view: View, wanted: number, solver: Solver, readers: readonly Practices[] = []) {
        this.readers = readers;
        this.view = view;
        this.wanted = wanted;
        this.solver = solver;
        this.walker = new Walker(view);
        this.exchanges = new Exchanges(view);
        this.everybody = new Set(view.system.practiceOf.filter((practice) => practice !== null));
    }

    /** More is read than before: sums over practices of which nothing is read must be looked up anew. */
    forget(): void {
        this.crowds = null;
        this.scope = null;
    }

    /** Whether a target is shown to be safe from readers who know these practices. */
    isSafe(target: Target, knowing: Practices = NOBODY, effort: Effort = "all"): boolean {
        if (!isOfPractices(target)) {
            if (this.isAmongGroups(target)) return true;
        } else if (this.isEasy(target, knowing) || this.movesWithRegion(target)) return true;
        if (effort === "quick") return false;
        if (this.isShown(target, knowing)) return true;
        return this.walker.walk(target, knowing, this.wanted).values >= this.wanted || this.isBounded(target, knowing);
    }

    /** The first of these readers from whom a target is not shown to be safe; null when there is none. */
    unsafeFor(target: Target, readers: readonly Practices[], effort: Effort = "all"): Practices | null {
        if (!isOfPractices(target) && this.isAmongGroups(target)) return null;
        const { level, id } = target.figure.cell;
        const isOwn = (knowing: Practices) => (level === "practice" ? knowing.has(id) : this.isOwn(target, knowing));
        const all = [NOBODY, ...readers.filter((knowing) => !isOwn(knowing))];
        let left = isOfPractices(target) ? all.filter((knowing) => !this.isEasy(target, knowing)) : all;
        if (left.length > 0 && isOfPractices(target) && this.movesWithRegion(target)) return null;
        if (effort === "quick") return left[0] ?? null;
        left = left.filter((knowing) => !this.isShown(target, knowing));
        for (const [movers, isShown] of this.proofs(target)) {
            if (left.length < 2) break;
            if (isShown) left = left.filter((knowing) => !isDisjoint(knowing, movers));
        }
        return left.find((knowing) => !this.isSafe(target, knowing)) ?? null;
    }

    /** Attempts to prove a target for many readers at once: whose counts may move in each, and whether it succeeded. */
    private *proofs(target: Target): Generator<[Practices, boolean]> {
        const free = this.walker.walk(target, NOBODY, this.wanted);
        yield [free.practices, free.values >= this.wanted];
        if (free.values >= this.wanted) {
            const apart = this.walker.walk(target, free.practices, this.wanted);
            yield [apart.practices, apart.values >= this.wanted];
        }
        for (const practice of this.largest(target.figure, NOBODY).slice(0, MOST_PROOFS)) {
            const movers = new Set([practice]);
            yield [movers, this.isBoundedBy(target, movers)];
        }
    }

    /** Practices behind a figure that a reader does not know, those with the most patients first. */
    private largest({ cell }: Figure, knowing: Practices): string[] {
        const inside = (this.view.system.figures.at(-1) ?? []).filter(
            (figure): figure is Figure =>
                figure?.cell.level === "practice" &&
                figure.cell.indicator === cell.indicator &&
                figure.cell.stratum === cell.stratum &&
                figure.cell.period === cell.period &&
                figure.cell.id !== cell.id &&
                !knowing.has(figure.cell.id),
        );
        return inside.sort((a, b) => (b.cell.numerator ?? 0) - (a.cell.numerator ?? 0)).map((figure) => figure.cell.id);
    }

    private isEasy(target: Target, knowing: Practices): boolean {
        this.crowds ??= new Crowds(this.view);
        if (this.exchanges.valuesOf(target, knowing) >= this.wanted) return true;
        if (this.crowds.leavesRoom(target, knowing, this.wanted)) return true;
        // What the region can have more comes on top of what the others leave.
        const more = this.roomOfRegion(target);
        return more > 0 && this.crowds.leavesRoom(target, knowing, this.wanted - more);
    }

    /** Areas, organisations and the region among themselves: holds for every reader. */
    private isAmongGroups(target: Target): boolean {
        const known = this.proved.get(target);
        // Which groups may move at all depends on what is read of practices.
        const isCurrent = known !== undefined && this.view.gainedOfPractices <= known.moment;
        if (isCurrent && this.view.stillHolds(known.moment, known.moved)) return true;
        this.scope ??= new GroupScope(this.view, [NOBODY, ...this.readers]);
        const scope = this.scope;
        const look = (denominatorsStay: boolean) => {
            const within = { scope, denominatorsStay };
            const { values, isProven, moved } = rangeOf(target, this.view, NOBODY, this.wanted, this.solver, within);
            return isProven && values >= this.wanted ? moved : null;
        };
        const moved = (target.what === "denominator" ? null : look(true)) ?? look(false);
        if (moved && this.view.isSteady) this.proved.set(target, { moved, moment: this.view.gained });
        return moved !== null;
    }

    /** All that is wanted fits in what the region can have more: holds for every reader of whom it is not the own practice. */
    private movesWithRegion(target: Target): boolean {
        return this.roomOfRegion(target) >= this.wanted - 1;
    }

    /**
     * Where the region's count is not known and can be more, any practice of which nothing is read may be what makes it
     * more, in a quarter that it delivered: how much more, as far as is of interest.
     */
    private roomOfRegion({ figure, what }: Target): number {
        if (what !== "numerator") return 0;
        this.crowds ??= new Crowds(this.view);
        let room = 0;
        for (const leaf of this.crowds.leavesOf(figure)) room = Math.max(room, this.roomAbove(leaf));
        return room;
    }

    /** How much more the organisation of a practice can have, or the region where it has none. */
    private roomAbove(leaf: Figure): number {
        const { partOf, sums, figuresOf } = this.view.system;
        const wholes = (partOf[leaf.n] ?? []).map((index) => sums[index]?.whole ?? -1);
        const above = wholes.flatMap((whole) => (figuresOf[whole] ?? []).filter(({ n }) => n === whole));
        const group =
            above.find(({ cell }) => cell.level === "organisation") ??
            above.find(({ cell }) => cell.level === "region");
        this.scope ??= new GroupScope(this.view, [NOBODY, ...this.readers]);
        if (!group || this.view.isKnown(group.n) || !this.scope.has(group.n)) return 0;
        const known = this.groups.get(group.n);
        if (known?.changes === this.view.changes) return known.room;
        const target: Target = { figure: group, what: "numerator" };
        const range = rangeOf(target, this.view, NOBODY, this.wanted, this.solver, { scope: this.scope });
        const room = range.high - targetValue(target, this.view.system.values);
        this.groups.set(group.n, { room, changes: this.view.changes });
        return room;
    }

    private isBounded(target: Target, knowing: Practices): boolean {
        return this.isBoundedBy(target, new Set(this.largest(target.figure, knowing).slice(0, MOVERS)));
    }

    /** Bounds with the counts of these practices free, and all others taken to stay as they are: what is possible then, is. */
    private isBoundedBy(target: Target, movers: Practices): boolean {
        if (this.left <= 0) return false;
        const before = this.solver.work;
        const still = new Set(this.everybody);
        for (const practice of movers) still.delete(practice);
        if (target.figure.cell.level === "practice") still.delete(target.figure.cell.id);
        const { values, isProven, moved } = rangeOf(target, this.view, still, this.wanted, this.solver);
        this.left -= this.solver.work - before;
        const isFound = isProven && values >= this.wanted;
        if (isFound && this.view.isSteady) {
            const proofs = this.shown.get(target) ?? [];
            proofs.push({ movers, moved, moment: this.view.gained });
            this.shown.set(target, proofs);
        }
        return isFound;
    }

    /** Whether an earlier proof with the counts of practices stands for a reader who knows none of those. */
    private isShown(target: Target, knowing: Practices): boolean {
        return (this.shown.get(target) ?? []).some(
            ({ movers, moved, moment }) => isDisjoint(knowing, movers) && this.view.stillHolds(moment, moved),
        );
    }

    /** What is made of the reader's own practices alone is known to that reader, whatever is published. */
    private isOwn(target: Target, knowing: Practices): boolean {
        const { sums, wholeOf, practiceOf } = this.view.system;
        const known = (place: number, depth: number): boolean => {
            const practice = practiceOf[place];
            if (practice) return knowing.has(practice);
            if (depth === 0) return false;
            return (wholeOf[place] ?? []).some(
                (sum) => sums[sum]?.parts.every((part) => known(part, depth - 1)) === true,
            );
        };
        return termsOf(target).every(([place]) => known(place, 2));
    }
}

function isOfPractices({ figure: { cell } }: Target): boolean {
    return cell.level === "practice" || cell.level === "hagro";
}

function isDisjoint(one: Practices, other: Practices): boolean {
    for (const practice of other) if (one.has(practice)) return false;
    return true;
}
