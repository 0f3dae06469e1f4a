// What every kind of goal is judged from, and how an interval becomes a status.

import type { Estimate } from "../statistics/interval.ts";
import type { GoalDefinition, GoalEvaluated, Milestone, Status } from "./goal.ts";
import type { Series } from "./goal-series.ts";

export interface Judged {
    goal: GoalDefinition;
    series: Series;
    /** The group that ages, see `vergrijzing`. */
    ageing: Series | undefined;
    /** One series per stratum that is known, for a goal that each of them must reach. */
    strata: ReadonlyMap<string, Series>;
    /** How many member practices ever gave the fact that this is about; undefined where no fact is asked. */
    answers: { given: number; members: number } | undefined;
    milestones: readonly Milestone[];
    /** The month that is judged: the last with values, but never past the deadline. */
    at: string;
    /** True when that month is the deadline's: no more "te vroeg om te zeggen". */
    complete: boolean;
    /** From `at` to the deadline, in years. */
    yearsLeft: number;
    deadline: string;
    release: string;
}

/** A status with its reason, and what of the goal's figures is not as it is by default. */
export type Verdict = Pick<GoalEvaluated, "status" | "reason"> & Partial<GoalEvaluated>;

/** Too early when the interval holds both sides of the target. */
export function byInterval(estimate: Estimate, target: number): { status: Status; word: string } {
    if (estimate.low >= target)
        return {
            status: "op koers",
            word: isExact(estimate) ? "genoeg" : "het hele interval ligt op of boven het doel",
        };
    if (estimate.high < target)
        return {
            status: "niet op koers",
            word: isExact(estimate) ? "te weinig" : "het hele interval ligt onder het doel",
        };
    return { status: "te vroeg om te zeggen", word: "het interval ligt aan beide kanten van het doel" };
}

function isExact(estimate: Estimate): boolean {
    return estimate.low === estimate.high;
}

/** At the deadline a goal is met or not. */
export function atDeadline(met: boolean): { status: Status; word: string } {
    return met ? { status: "gehaald", word: "gehaald" } : { status: "niet op koers", word: "niet gehaald" };
}
