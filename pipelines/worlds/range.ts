import { neighbourhood, termsOf, type Within } from "./neighbourhood.ts";
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

/** The counts that a target hangs together with, as a programme. */
class Question {
    private readonly programme = new Programme();
    /** The variable that equals the target less its known part. */
    private readonly asked: number;
    private readonly constant: number;
    /** How many a count goes up or down from what it is: the world found is then one that is near. */
    private readonly steps = new Map<number, { up: number; down: number }>();
    /** What the target is. */
    readonly now: number;
    /** Counts that move in the worlds that were found. */
    readonly moved = new Set<number>();

    constructor(target: Target, view: View, knowing: ReadonlySet<string>, within: Within) {
        const { values } = view.system;
        const { places, sums, figures } = neighbourhood(target, view, knowing, within);
        for (const place of places) {
            const most = (values[place] ?? 0) - (within.scope?.floor(place) ?? 0);
            this.steps.set(place, {
                up: this.programme.variable({ cost: 1, whole: true }),
                down: this.programme.variable({ upper: Math.max(0, most), cost: 1, whole: true }),
            });
        }
        const split = (pairs: readonly (readonly [number, number])[]) => {
            const terms: (readonly [number, number])[] = [];
            let known = 0;
            for (const [place, factor] of pairs) {
                known += factor * (values[place] ?? 0);
                const step = this.steps.get(place);
                if (step) terms.push([step.up, factor], [step.down, -factor]);
            }
            return { terms, known };
        };
        const row = (lower: number, upper: number, pairs: readonly (readonly [number, number])[]) => {
            const { terms, known } = split(pairs);
            const [up, down, another] = terms;
            if (up && down && !another) this.narrow(up[0], down[0], (lower - known) / up[1], (upper - known) / up[1]);
            else this.programme.row(lower - known, upper - known, terms);
        };
        for (const { whole, parts } of sums) row(0, 0, [[whole, -1], ...parts.map((part) => [part, 1] as const)]);
        for (const figure of figures) {
            const { n, d, isPart } = figure;
            if (isPart)
                row(0, Number.POSITIVE_INFINITY, [
                    [d, 1],
                    [n, -1],
                ]);
            const { ratio } = view.of(figure);
            if (!ratio) continue;
            row(0, Number.POSITIVE_INFINITY, [
                [n, ratio.scale],
                [d, -ratio.low],
            ]);
            row(1, Number.POSITIVE_INFINITY, [
                [d, ratio.high],
                [n, -ratio.scale],
            ]);
        }
        const { terms, known } = split(termsOf(target));
        this.now = targetValue(target, values);
        this.constant = known;
        this.asked = this.programme.variable({ lower: Number.NEGATIVE_INFINITY });
        this.programme.row(0, 0, [...terms, [this.asked, -1]]);
    }

    /** What bounds one count alone bounds its steps to whole numbers; what it is now always fits. */
    private narrow(up: number, down: number, one: number, other: number): void {
        const [least, most] = [Math.min(one, other), Math.max(one, other)];
        this.programme.narrow(up, 0, Math.max(0, Math.floor(most + 1e-9)));
        this.programme.narrow(down, 0, Math.max(0, Math.floor(1e-9 - least)));
    }

    /** Whether the target can be this: in whole numbers, in fractions only, or in no world at all. */
    ask(solver: Solver, value: number): "possible" | "fractions" | "nowhere" | "unknown" {
        this.programme.bound(this.asked, value - this.constant, value - this.constant);
        const over = this.programme.solve(solver, { whole: false, seconds: SECONDS });
        if (over.outcome === "infeasible") return "nowhere";
        // Sums of whole numbers have whole corners nearly always, and then nothing more need be asked.
        const near = over.outcome === "optimal" ? this.programme.findWhole(solver, STEPS) : "unknown";
        if (near === "none") return "fractions";
        if (near !== "unknown") return this.found(near);
        const { outcome, values } = this.programme.solve(solver, { seconds: SECONDS });
        if (outcome === "optimal" && values) return this.found(values);
        return outcome === "infeasible" ? "fractions" : "unknown";
    }

    private found(world: ArrayLike<number>): "possible" {
        for (const [place, { up, down }] of this.steps)
            if (Math.abs((world[up] ?? 0) - (world[down] ?? 0)) > 0.5) this.moved.add(place);
        return "possible";
    }

    extreme(solver: Solver, maximise: boolean): number {
        this.programme.bound(this.asked, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
        this.programme.objective([[this.asked, 1]]);
        const { outcome, objective } = this.programme.solve(solver, { maximise, whole: false, seconds: SECONDS });
        if (outcome === "unbounded") return maximise ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        return outcome === "optimal" ? objective + this.constant : Number.NaN;
    }
}
