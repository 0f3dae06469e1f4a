import { neighbourhood, termsOf } from "./neighbourhood.ts";
import { Programme, type Solver } from "./solver.ts";
import type { View } from "./view.ts";
import type { Target } from "./walk.ts";

/** Counts around a target that are looked at, few first: what is near nearly always leaves room. */
const LIMITS = [60, 400, 3_000];
const SECONDS = 5;

/**
 * Looks for a direction in which the target can go, one patient at a time, `wanted` - 1 steps in all, back and forth, with
 * everything that is read left as it is. A direction found proves that the target can have that many values, and is told by
 * the practices whose counts move; none found (null) proves nothing.
 */
export function lineThrough(
    target: Target,
    view: View,
    knowing: ReadonlySet<string>,
    wanted: number,
    solver: Solver,
): ReadonlySet<string> | null {
    for (const limit of LIMITS) {
        const near = neighbourhood(target, view, knowing, limit);
        for (let back = 0; back < wanted; back += 1) {
            const moved = direction(target, view, near, back, wanted - 1 - back, solver);
            if (moved) return new Set(moved.flatMap((place) => view.system.practiceOf[place] ?? []));
        }
        if (near.isWhole) return null;
    }
    return null;
}

/** The counts that move along with the target; null when it cannot go so far. */
function direction(
    target: Target,
    view: View,
    near: ReturnType<typeof neighbourhood>,
    back: number,
    forth: number,
    solver: Solver,
): number[] | null {
    const { values } = view.system;
    const programme = new Programme();
    const steps = new Map<number, number>();
    for (const place of near.places) {
        const value = values[place] ?? 0;
        // No count may become negative, forth nor back.
        const lower = forth > 0 ? -value / forth : Number.NEGATIVE_INFINITY;
        const upper = back > 0 ? value / back : Number.POSITIVE_INFINITY;
        steps.set(place, programme.variable({ lower: Math.max(-9, lower), upper: Math.min(9, upper), whole: true }));
    }
    const terms = (pairs: readonly (readonly [number, number])[]) =>
        pairs.flatMap(([place, factor]) => {
            const step = steps.get(place);
            return step === undefined ? [] : [[step, factor] as const];
        });
    /** slack + k x step >= 0 for every k on the way. */
    const keep = (slack: number, pairs: readonly (readonly [number, number])[]) => {
        const lower = forth > 0 ? -slack / forth : Number.NEGATIVE_INFINITY;
        const upper = back > 0 ? slack / back : Number.POSITIVE_INFINITY;
        programme.row(lower, upper, terms(pairs));
    };
    for (const { whole, parts } of near.sums) {
        const pairs = terms([[whole, -1], ...parts.map((part) => [part, 1] as const)]);
        programme.row(0, 0, pairs);
    }
    for (const figure of near.figures) {
        const { n, d, isPart } = figure;
        const [numerator, denominator] = [values[n] ?? 0, values[d] ?? 0];
        if (isPart)
            keep(denominator - numerator, [
                [d, 1],
                [n, -1],
            ]);
        const { ratio } = view.of(figure);
        if (!ratio) continue;
        const { scale, low, high } = ratio;
        keep(scale * numerator - low * denominator, [
            [n, scale],
            [d, -low],
        ]);
        keep(high * denominator - scale * numerator - 1, [
            [d, high],
            [n, -scale],
        ]);
    }
    programme.row(1, 1, terms(termsOf(target)));
    const { outcome, values: taken } = programme.solve(solver, { seconds: SECONDS });
    if (outcome !== "optimal" || !taken) return null;
    return [...steps].flatMap(([place, step]) => (Math.abs(taken[step] ?? 0) > 0.5 ? [place] : []));
}
