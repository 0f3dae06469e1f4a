// From values to a status with its reason. Pure: all figures come in, nothing is read here.
import type { Baseline, GoalDefinition, GoalEvaluated, Milestone } from "./goal.ts";
import { judgeAtLeast, judgeMilestones, judgeRange, reachedBy } from "./goal-counts.ts";
import { baseYear, judgeGrowth } from "./goal-growth.ts";
import type { Judged, Verdict } from "./goal-judged.ts";
import { hasValue, isFlow, monthsOfYear, type Series, sumOf } from "./goal-series.ts";
import { judgeAll, judgeDirection, judgeShare, judgeZero } from "./goal-shares.ts";
import { spanOf } from "./goal-words.ts";
import { monthIndex } from "./period.ts";

export interface EvaluationInput {
    goal: GoalDefinition;
    series: Series | undefined;
    indicatorTitle?: string | undefined;
    /** The group that ages, see `vergrijzing`. */
    ageing: Series | undefined;
    /** One series per known stratum, where the goal is `per` stratum. */
    strata?: ReadonlyMap<string, Series> | undefined;
    /** Member practices, and how many of them ever gave the fact that the goal is about. */
    answers?: { given: number; members: number } | undefined;
    milestones?: readonly Milestone[] | undefined;
    /** Last month with values, `2024-06`. */
    to: string;
    deadline: string;
    release: string;
}

const judges: Record<GoalDefinition["soort"], (input: Judged) => Verdict> = {
    share: judgeShare,
    all: judgeAll,
    growth: judgeGrowth,
    range: judgeRange,
    at_least: judgeAtLeast,
    zero: judgeZero,
    direction: judgeDirection,
};

/** The month that a goal is judged by: the last with values, never past the deadline. */
export function momentOf(to: string, deadline: string): string {
    return monthIndex(to) < monthIndex(deadline.slice(0, 7)) ? to : deadline.slice(0, 7);
}

/** Judges one goal (`indicators.md`, Goals). Without values it is `niet meetbaar`, never guessed. */
export function evaluateGoal(input: EvaluationInput): GoalEvaluated {
    const { goal, series, deadline } = input;
    const at = momentOf(input.to, deadline);
    const latest = series?.region.get(at);
    const isShare = series?.maat === "aandeel" && goal.soort !== "growth" && goal.eenheid !== "aantal";
    const moment = {
        at,
        complete: at === deadline.slice(0, 7),
        yearsLeft: (monthIndex(deadline.slice(0, 7)) - monthIndex(at)) / 12,
    };
    const judged = {
        ...input,
        ...moment,
        strata: input.strata ?? new Map(),
        answers: input.answers,
        milestones: input.milestones ?? [],
    };
    return {
        id: goal.id,
        titel: goal.titel,
        kind: goal.soort,
        indicator: goal.indicator,
        indicatorTitle: input.indicatorTitle ?? null,
        unit: isShare ? "aandeel" : "aantal",
        baseline: printedBaseline(goal) ?? (series ? computedBaseline({ ...judged, series, isShare }) : null),
        restated: null,
        now: hasValue(latest)
            ? {
                  period: at,
                  value: (isShare ? latest.value : latest.numerator) ?? 0,
                  low: isShare ? latest.low : null,
                  high: isShare ? latest.high : null,
                  delivered: latest.delivered,
                  members: latest.members,
              }
            : null,
        target: goal.streef ?? null,
        targetText: goal.doel,
        streefwaarde: goal.soort === "share" ? (goal.streef ?? null) : null,
        norm: goal.norm ?? null,
        deadline,
        panel: null,
        all: null,
        ageing: null,
        path: series ? [...series.region].map(([period, point]) => pathPoint(period, point, isShare)) : [],
        projection: null,
        ...verdictOn(judged),
    };
}

function verdictOn(input: Omit<Judged, "series"> & { series: Series | undefined }): Verdict {
    const { goal, series, at, answers } = input;
    if (goal.mijlpalen) return judgeMilestones(input);
    if (goal.indicator === null)
        return { status: "niet meetbaar", reason: "Geen bron: geen enkele levering telt dit." };
    if (!series || !hasValue(series.region.get(at)))
        return { status: "niet meetbaar", reason: `Er zijn geen gegevens over ${spanOf([at])}.` };
    if (answers && answers.given === 0)
        return { status: "niet meetbaar", reason: "Geen opgave: van geen enkele praktijk is dit vastgelegd." };
    return judges[goal.soort]({ ...input, series });
}

function printedBaseline({ vertrekpunt }: GoalDefinition): Baseline | null {
    if (!vertrekpunt) return null;
    const { jaar, waarde, bron } = vertrekpunt;
    return { year: jaar, period: bron, value: waarde, yearValue: null, computed: false, release: null };
}

/**
 * The baseline where the source prints none: of a flow its whole base year, of a stock its December; null when not every
 * month has a value. Growth compares spans and gives its own.
 */
function computedBaseline(input: Omit<Judged, "answers"> & { isShare: boolean }): Baseline | null {
    const { goal, series, strata, at, isShare, release } = input;
    const year = baseYear(input);
    if (goal.soort === "growth" || Number(at.slice(0, 4)) <= year) return null;
    const flow = isFlow(series) && !isShare;
    const months = flow ? monthsOfYear(year) : [`${year}-12`];
    const sum = sumOf(series.region, months);
    if (sum === null) return null;
    const share = series.region.get(`${year}-12`)?.value ?? null;
    const value = goal.per ? reachedBy(strata, goal.streef ?? 1, `${year}-12`) : isShare ? share : sum;
    if (value === null) return null;
    return { year, period: flow ? String(year) : spanOf(months), value, yearValue: value, computed: true, release };
}

function pathPoint(
    period: string,
    point: { state: string; value: number | null; numerator: number | null },
    isShare: boolean,
): GoalEvaluated["path"][number] {
    const shown = point.state === "value" || point.state === "zero";
    return { period, value: shown ? (isShare ? point.value : point.numerator) : null, state: point.state };
}
