import { Crowds } from "./crowd.ts";
import { termsOf } from "./neighbourhood.ts";
import { rangeOf } from "./range.ts";
import type { Solver } from "./solver.ts";
import type { View } from "./view.ts";
import { type Target, Walker } from "./walk.ts";

/** How far to go for a proof: only what costs next to nothing, or bounds over everything that hangs together. */
export type Effort = "quick" | "all";

/** A proof that a target keeps its values: whose counts move in it, so that it holds for who knows none of those. */
export interface Proof {
    isSafe: boolean;
    practices: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();
const NOT_SHOWN: Proof = { isSafe: false, practices: NOBODY };

/**
 * Shows that protected counts can have at least `wanted` values, the quick ways first: a sum over practices of which
 * nothing is read, a walk of one patient at a time, and then bounds over everything that hangs together. Not shown is not
 * refuted.
 */
export class Prover {
    readonly view: View;
    readonly wanted: number;
    readonly solver: Solver;
    private readonly walker: Walker;
    private crowds: Crowds | null = null;

    constructor(view: View, wanted: number, solver: Solver) {
        this.view = view;
        this.wanted = wanted;
        this.solver = solver;
        this.walker = new Walker(view);
    }

    /** What is read has changed since. */
    forget(): void {
        this.crowds = null;
    }

    /** Tries to show that a target is safe from readers who know these practices; with so much effort. */
    prove(target: Target, knowing: ReadonlySet<string> = NOBODY, effort: Effort = "all"): Proof {
        this.crowds ??= new Crowds(this.view);
        if (this.crowds.leavesRoom(target, knowing, this.wanted)) return { isSafe: true, practices: EVERYBODY };
        const walked = this.walker.walk(target, knowing, this.wanted);
        if (walked.values >= this.wanted) return { isSafe: true, practices: walked.practices };
        if (effort === "quick") return NOT_SHOWN;
        const { values, isProven } = rangeOf(target, this.view, knowing, this.wanted, this.solver);
        return values >= this.wanted && isProven ? { isSafe: true, practices: EVERYBODY } : NOT_SHOWN;
    }

    /** The first of these readers from whom a target is not shown to be safe; null when there is none. */
    unsafeFor(
        target: Target,
        readers: readonly ReadonlySet<string>[],
        effort: Effort = "all",
    ): ReadonlySet<string> | null {
        const { level, id } = target.figure.cell;
        const proof = this.prove(target, NOBODY, effort);
        if (!proof.isSafe) return NOBODY;
        for (const knowing of readers) {
            if (level === "practice" ? knowing.has(id) : this.isOwn(target, knowing)) continue;
            if (isDisjoint(proof.practices, knowing)) continue;
            if (!this.prove(target, knowing, effort).isSafe) return knowing;
        }
        return null;
    }

    /** What is made of the reader's own practices alone is known to that reader, whatever is published. */
    private isOwn(target: Target, knowing: ReadonlySet<string>): boolean {
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

/** Stands for a proof in which anybody's counts may move: it must be given again for every reader. */
const EVERYBODY: ReadonlySet<string> = new Set(["*"]);

function isDisjoint(practices: ReadonlySet<string>, knowing: ReadonlySet<string>): boolean {
    if (practices === EVERYBODY) return false;
    for (const practice of practices) if (knowing.has(practice)) return false;
    return true;
}
