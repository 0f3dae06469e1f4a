import type { Scope } from "./group-scope.ts";
import { type Neighbourhood, neighbourhood, termsOf, type Within } from "./neighbourhood.ts";
import { Programme, type Solver } from "./solver.ts";
import type { View } from "./view.ts";
import { type Target, targetValue } from "./walk.ts";

/** What could be found out about a target with everything that is read. */
export interface Range {
    /** Different values it can take, up to the number asked for. */
    values: number;
    /** Lowest and highest value that were found possible; all there are when fewer were found than asked for. */
    low: number;
    high: number;
    /** False: too hard to decide in the time given; `values` is what was found. */
    isProven: boolean;
    /** Counts that move in a world that was found. */
    moved: ReadonlySet<number>;
}

/** Seconds for one question; what takes longer counts as not proven. */
const SECONDS = 20;
/** Steps to try one by one before a whole search. */
const STEPS = 40;
/** Values tried in one direction when some in between have no world of whole numbers. */
const FARTHEST = 60;

/**
 * Looks for worlds of whole numbers in which the target is one more, two more and so on, and one less, until `wanted`
 * different values were found or no world is left in either direction, over fractions neither.
 */
export function rangeOf(
    target: Target,
    view: View,
    knowing: ReadonlySet<string>,
    wanted: number,
    solver: Solver,
    within: Within = {},
): Range {
    const question = new Question(target, view, knowing, within);
    const range: Range = { values: 1, low: question.now, high: question.now, isProven: true, moved: question.moved };
    for (const step of [1, -1]) {
        for (let away = 1; range.values < wanted && away <= FARTHEST; away += 1) {
            const value = question.now + step * away;
            const answer = question.ask(solver, value);
            if (answer === "nowhere") break;
            if (answer === "unknown") range.isProven = false;
            if (answer !== "possible") continue;
            range.values += 1;
            range.low = Math.min(range.low, value);
            range.high = Math.max(range.high, value);
        }
    }
    // What was found is proof whatever could not be decided beside it.
    return range.values >= wanted ? { ...range, isProven: true } : range;
}

/** The least and the most that a target can be, over fractions: infinite where nothing bounds it, NaN undecided. */
export function extremesOf(target: Target, view: View, knowing: ReadonlySet<string>, solver: Solver) {
    const question = new Question(target, view, knowing, {});
    return { low: question.extreme(solver, false), high: question.extreme(solver, true) };
}

/** What a target can be, asked value by value. */
class Question {
    /** What the target is. */
    readonly now: number;
    /** Counts that move in the worlds that were found. */
    readonly moved = new Set<number>();
    private readonly near: Worlds;
    private readonly build: (isNear: boolean) => Worlds;
    private any: Worlds | null = null;

    constructor(target: Target, view: View, knowing: ReadonlySet<string>, within: Within) {
        const around = neighbourhood(target, view, knowing, within);
        this.build = (isNear) => new Worlds(target, view, around, within.scope, isNear);
        this.near = this.build(true);
        this.now = targetValue(target, view.system.values);
    }

    /** Whether the target can be this: in whole numbers, in fractions only, or in no world at all. */
    ask(solver: Solver, value: number): "possible" | "fractions" | "nowhere" | "unknown" {
        const { near } = this;
        near.fix(value - this.now);
        const over = near.programme.solve(solver, { whole: false, seconds: SECONDS });
        if (over.outcome === "infeasible") return "nowhere";
        // Sums of whole numbers have whole corners nearly always, and then nothing more need be asked.
        const found = over.outcome === "optimal" ? near.programme.findWhole(solver, STEPS) : "unknown";
        if (found === "none") return "fractions";
        if (found !== "unknown") return this.possible(near, found);
        // A whole search is for any world, with half the variables.
        this.any ??= this.build(false);
        this.any.fix(value - this.now);
        const { outcome, values } = this.any.programme.solve(solver, { seconds: SECONDS });
        if (outcome === "optimal" && values) return this.possible(this.any, values);
        return outcome === "infeasible" ? "fractions" : "unknown";
    }

    extreme(solver: Solver, maximise: boolean): number {
        this.any ??= this.build(false);
        const { programme, asked } = this.any;
        programme.bound(asked, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
        programme.objective([[asked, 1]]);
        const { outcome, objective } = programme.solve(solver, { maximise, whole: false, seconds: SECONDS });
        if (outcome === "unbounded") return maximise ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        return outcome === "optimal" ? objective + this.now : Number.NaN;
    }

    private possible(worlds: Worlds, found: ArrayLike<number>): "possible" {
        for (const place of worlds.moved(found)) this.moved.add(place);
        return "possible";
    }
}

/**
 * The worlds that look the same as the true one, as a programme of how far every count that is not known moves from what
 * it is. Near worlds have steps up and steps down, as few as can be: the programme begins at the truth and has not far to go.
 */
class Worlds {
    readonly programme = new Programme();
    /** The variable that is how far the target moves. */
    readonly asked: number;
    /** Per count the variables that move it, each with its sign. */
    private readonly steps = new Map<number, readonly (readonly [variable: number, sign: number])[]>();

    constructor(target: Target, view: View, around: Neighbourhood, scope: Scope | undefined, isNear: boolean) {
        const { programme, steps } = this;
        const countOf = (place: number) => view.system.values[place] ?? 0;
        for (const place of around.places) {
            const most = Math.max(0, countOf(place) - (scope?.floor(place) ?? 0));
            const step = (lower: number, upper: number) =>
                programme.variable({ lower, upper, cost: isNear ? 1 : 0, whole: true });
            steps.set(
                place,
                isNear
                    ? [
                          [step(0, Number.POSITIVE_INFINITY), 1],
                          [step(0, most), -1],
                      ]
                    : [[step(-most, Number.POSITIVE_INFINITY), 1]],
            );
        }
        for (const { whole, parts } of around.sums)
            this.row(countOf, 0, 0, [[whole, -1], ...parts.map((part) => [part, 1] as const)]);
        for (const figure of around.figures) {
            const { n, d, isPart } = figure;
            const atLeast = (lower: number, pairs: Pairs) => this.row(countOf, lower, Number.POSITIVE_INFINITY, pairs);
            if (isPart)
                atLeast(0, [
                    [d, 1],
                    [n, -1],
                ]);
            const { ratio } = view.of(figure);
            if (!ratio) continue;
            atLeast(0, [
                [n, ratio.scale],
                [d, -ratio.low],
            ]);
            atLeast(1, [
                [d, ratio.high],
                [n, -ratio.scale],
            ]);
        }
        this.asked = programme.variable({ lower: Number.NEGATIVE_INFINITY });
        programme.row(0, 0, [...this.terms(termsOf(target)), [this.asked, -1]]);
    }

    /** The target moves this far. */
    fix(by: number): void {
        this.programme.bound(this.asked, by, by);
    }

    /** Counts that move in a world that was found. */
    moved(world: ArrayLike<number>): number[] {
        return [...this.steps].flatMap(([place, steps]) => {
            const by = steps.reduce((sum, [variable, sign]) => sum + sign * (world[variable] ?? 0), 0);
            return Math.abs(by) > 0.5 ? [place] : [];
        });
    }

    private terms(pairs: Pairs): (readonly [number, number])[] {
        return pairs.flatMap(([place, factor]) =>
            (this.steps.get(place) ?? []).map(([variable, sign]) => [variable, factor * sign] as const),
        );
    }

    /** Adds lower <= sum of factor x count <= upper; what bounds one count alone bounds it to whole numbers. */
    private row(countOf: (place: number) => number, lower: number, upper: number, pairs: Pairs): void {
        const now = pairs.reduce((sum, [place, factor]) => sum + factor * countOf(place), 0);
        const free = pairs.filter(([place]) => this.steps.has(place));
        const [only, another] = free;
        if (!only || another) {
            this.programme.row(lower - now, upper - now, this.terms(free));
            return;
        }
        const [one = 0, other = 0] = [lower, upper].map((bound) => (bound - now) / only[1]);
        // What the count is now always fits.
        const down = Math.max(0, Math.floor(1e-9 - Math.min(one, other)));
        const up = Math.max(0, Math.floor(Math.max(one, other) + 1e-9));
        const steps = this.steps.get(only[0]) ?? [];
        for (const [variable, sign] of steps)
            this.programme.narrow(variable, steps.length > 1 ? 0 : -down, sign > 0 ? up : down);
    }
}

type Pairs = readonly (readonly [place: number, factor: number])[];
