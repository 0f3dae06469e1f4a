import { neighbourhood, termsOf } from "./neighbourhood.ts";
import { Programme, type Solver } from "./solver.ts";
import type { View } from "./view.ts";
import type { Target } from "./walk.ts";

/** What could be found out about a target with everything that is read. */
export interface Range {
    /** Different values it can take, up to the number asked for. */
    values: number;
    /** Lowest and highest whole number; null when that could not be decided. */
    low: number | null;
    high: number | null;
    /** False: too hard to decide in the time given; `values` is what was found. */
    isProven: boolean;
}

/** So many times wider over fractions than wanted is wide enough over whole numbers too. */
const WIDE = 5;
/** Seconds for one question; what takes longer counts as not proven. */
const SECONDS = 20;

/**
 * Bounds a target exactly over all that hangs together with it: over fractions first, which proves that it is narrow when
 * it is; over whole numbers for the rest, until `wanted` different values were found or no more exist.
 */
export function rangeOf(
    target: Target,
    view: View,
    knowing: ReadonlySet<string>,
    wanted: number,
    solver: Solver,
): Range {
    const question = new Question(target, view, knowing);
    const least = question.bound(solver, { maximise: false, whole: false });
    const most = question.bound(solver, { maximise: true, whole: false });
    const [low, high] = [Math.ceil(least - 1e-6) + 0, Math.floor(most + 1e-6)];
    if (high - low + 1 < wanted) return { values: Math.max(0, high - low + 1), low, high, isProven: true };
    // Sums of whole numbers have whole corners; only where it is near are the numbers in between looked for one by one.
    if (high - low + 1 >= WIDE * wanted) return { values: wanted, low, high, isProven: true };
    const first = Math.round(question.bound(solver, { maximise: false, whole: true }));
    const last = Number.isFinite(most)
        ? Math.round(question.bound(solver, { maximise: true, whole: true }))
        : first + 10 * wanted;
    if (Number.isNaN(first) || Number.isNaN(last)) return { values: 0, low: null, high: null, isProven: false };
    const found = new Set([first, last]);
    for (let value = first + 1; value < last && found.size < wanted; value += 1)
        if (question.isPossible(solver, value)) found.add(value);
    return { values: found.size, low: first, high: last, isProven: true };
}

/** The counts that a target hangs together with, as a programme. */
class Question {
    private readonly programme = new Programme();
    /** The variable that equals the target less its known part. */
    private readonly asked: number;
    private readonly constant: number;

    constructor(target: Target, view: View, knowing: ReadonlySet<string>) {
        const { values } = view.system;
        const { places, sums, figures } = neighbourhood(target, view, knowing);
        const variables = new Map([...places].map((place) => [place, this.programme.variable({ whole: true })]));
        const split = (pairs: readonly (readonly [number, number])[]) => {
            const terms: (readonly [number, number])[] = [];
            let known = 0;
            for (const [place, factor] of pairs) {
                const variable = variables.get(place);
                if (variable === undefined) known += factor * (values[place] ?? 0);
                else terms.push([variable, factor]);
            }
            return { terms, known };
        };
        const row = (lower: number, upper: number, pairs: readonly (readonly [number, number])[]) => {
            const { terms, known } = split(pairs);
            this.programme.row(lower - known, upper - known, terms);
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
        this.constant = known;
        this.asked = this.programme.variable({ lower: Number.NEGATIVE_INFINITY });
        this.programme.row(0, 0, [...terms, [this.asked, -1]]);
        this.programme.objective([[this.asked, 1]]);
    }

    /** The least or the greatest that the target can be; NaN when that was not decided in time. */
    bound(solver: Solver, { maximise, whole }: { maximise: boolean; whole: boolean }): number {
        this.programme.bound(this.asked, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
        const { outcome, objective } = this.programme.solve(solver, { maximise, whole, seconds: SECONDS });
        if (outcome === "unbounded") return maximise ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        return outcome === "optimal" ? objective + this.constant : Number.NaN;
    }

    isPossible(solver: Solver, value: number): boolean {
        this.programme.bound(this.asked, value - this.constant, value - this.constant);
        return this.programme.solve(solver, { seconds: SECONDS }).outcome === "optimal";
    }
}
