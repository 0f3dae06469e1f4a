// Verdicts on goals that count: between two numbers in a year, at least so many, at least so many each.

import { countCarriedForward } from "../statistics/projection.ts";
import { atDeadline, byInterval, type Judged, type Verdict } from "./goal-judged.ts";
import { hasValue, isFlow, type Series, yearSoFar } from "./goal-series.ts";
import { spanOf, whole } from "./goal-words.ts";

/** Between two counts in the calendar year of the deadline. */
export function judgeRange(input: Judged): Verdict {
    const { goal, series, at } = input;
    const lowest = goal.van ?? 0;
    const highest = goal.tot ?? Number.POSITIVE_INFINITY;
    const { events, months, missing } = yearSoFar(series, at);
    const now = nowOf(input, events);
    const waiting = notYet(input, events, missing);
    if (waiting) return { now, ...waiting };
    const inside = (count: number) => count >= lowest && count <= highest;
    const started = `${events} in ${input.complete ? `heel ${at.slice(0, 4)}` : `de eerste ${months} maanden van ${at.slice(0, 4)}`}; doel ${lowest} tot ${highest} per jaar`;
    if (input.complete) return { now, ...atDeadline(inside(events)), reason: `${started}.` };
    if (events > highest) return { now, status: "niet op koers", reason: `${started}: nu al meer dan ${highest}.` };
    const projection = countCarriedForward(events, months);
    const expected = `In dit tempo worden het er ${whole(projection.value)} (${whole(projection.low)} tot ${whole(projection.high)})`;
    if (inside(projection.low) && inside(projection.high))
        return { now, projection, status: "op koers", reason: `${started}. ${expected}.` };
    if (projection.high < lowest || projection.low > highest)
        return { now, projection, status: "niet op koers", reason: `${started}. ${expected}.` };
    return {
        now,
        projection,
        status: "te vroeg om te zeggen",
        reason: `${started}. ${expected}: het kan nog beide kanten op.`,
    };
}

/** At least so many: of a flow in the year of the deadline, of a stock at the moment. */
export function judgeAtLeast(input: Judged): Verdict {
    const { goal, series, at } = input;
    if (goal.per) return judgeEach(input);
    const target = goal.streef ?? 0;
    if (!isFlow(series)) {
        const count = series.region.get(at)?.numerator ?? 0;
        if (count >= target) return { status: "gehaald", reason: `${count} is minstens ${target}.` };
        return {
            status: input.complete ? "niet op koers" : "te vroeg om te zeggen",
            reason: `Nu ${count} van de ${target}.`,
        };
    }
    const { events, months, missing } = yearSoFar(series, at);
    const now = nowOf(input, events);
    const waiting = notYet(input, events, missing);
    if (waiting && (events < target || isBeforeYear(input))) return { now, ...waiting };
    if (events >= target)
        return { now, status: "gehaald", reason: `${events} in ${at.slice(0, 4)} is minstens ${target}.` };
    if (input.complete)
        return { now, ...atDeadline(false), reason: `${events} van ${target} aan het eind van het jaar.` };
    const projection = countCarriedForward(events, months);
    const { status, word } = byInterval(projection, target);
    return { now, projection, status, reason: `${events} van ${target} in ${months} maanden: ${word}.` };
}

/** Every stratum that is known must reach the count on its own: what is counted is how many of them do. */
function judgeEach(input: Judged): Verdict {
    const { goal, strata, series, at } = input;
    const least = goal.streef ?? 1;
    const kind = goal.per ?? "";
    if (strata.size === 0)
        return { status: "niet meetbaar", reason: `Er zijn nog geen ${kind} met een opgave bekend.` };
    const reached = reachedBy(strata, least, at);
    const now = nowOf(input, reached);
    const path = [...series.region].map(([period, point]) => ({
        period,
        value: hasValue(point) ? reachedBy(strata, least, period) : null,
        state: point.state,
    }));
    const figures = { now, path, target: strata.size };
    const waiting = notYet(input, reached, yearSoFar(series, at).missing);
    if (waiting) return { ...figures, ...waiting };
    const aim = goal.liefst ? `, ${reachedBy(strata, goal.liefst, at)} aan minstens ${goal.liefst} (streef)` : "";
    const story = `Van de ${strata.size} bekende ${kind} kwamen er in ${at.slice(0, 4)} ${reached} aan minstens ${least}${aim}.`;
    if (reached === strata.size) return { ...figures, status: "gehaald", reason: story };
    return { ...figures, status: input.complete ? "niet op koers" : "te vroeg om te zeggen", reason: story };
}

/** How many strata reached a count in the year up to a month. */
export function reachedBy(strata: ReadonlyMap<string, Series>, least: number, month: string): number {
    return [...strata.values()].filter((series) => yearSoFar(series, month).events >= least).length;
}

/** Counts the milestones that stand for what no delivery counts. */
export function judgeMilestones(input: Omit<Judged, "series">): Verdict {
    const { goal, milestones, complete } = input;
    const counted = milestones.filter((milestone) => goal.mijlpalen?.includes(milestone.id));
    const target = goal.streef ?? counted.length;
    if (counted.every((milestone) => milestone.status === "geen opgave"))
        return {
            status: "niet meetbaar",
            reason: "Geen opgave: geen levering telt dit, en het bureau heeft er nog geen mijlpaal voor vastgelegd.",
        };
    const done = counted.filter((milestone) => milestone.status === "gedaan").length;
    const begun = counted.filter((milestone) => milestone.status === "bezig").length;
    const now = { ...nowOf(input, done), period: spanOf([input.at]) };
    const story = `${done} van ${target} gedaan${begun > 0 ? `, ${begun} bezig` : ""}.`;
    if (done >= target) return { now, status: "gehaald", reason: story };
    if (complete) return { now, ...atDeadline(false), reason: story };
    return { now, status: done + begun >= target ? "op koers" : "te vroeg om te zeggen", reason: story };
}

/** A year that has not begun, or has months without a value, cannot be judged. */
function notYet(input: Judged, count: number, missing: number): Verdict | null {
    const year = input.at.slice(0, 4);
    if (isBeforeYear(input))
        return {
            status: "te vroeg om te zeggen",
            reason: `Het jaar ${input.deadline.slice(0, 4)} is nog niet begonnen; in ${year} waren het er ${count}.`,
        };
    if (missing > 0)
        return {
            status: "niet meetbaar",
            reason: `Van ${missing} ${missing === 1 ? "maand" : "maanden"} van ${year} ontbreken gegevens.`,
        };
    return null;
}

function isBeforeYear({ at, deadline }: Judged): boolean {
    return at.slice(0, 4) < deadline.slice(0, 4);
}

function nowOf({ at }: { at: string }, value: number): NonNullable<Verdict["now"]> {
    return { period: spanOf([`${at.slice(0, 4)}-01`, at]), value, low: null, high: null, delivered: 0, members: 0 };
}
