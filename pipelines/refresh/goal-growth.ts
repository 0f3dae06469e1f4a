// The verdict on relative growth of a count against its base year.

import { ratioOverPractices } from "../statistics/panel-change.ts";
import { atDeadline, byInterval, type Judged, type Verdict } from "./goal-judged.ts";
import { isFlow, monthsOfYear, panelPairs, sumOf } from "./goal-series.ts";
import { change, spanOf } from "./goal-words.ts";

/**
 * Growth of a flow: the months so far against the same months of the base year; of a stock: the same month
 * (`indicators.md`, Goals). Practices that joined or left do not make or break a goal: the constant panel decides.
 */
export function judgeGrowth(input: Judged): Verdict {
    const { goal, series, at, release } = input;
    const target = goal.streef ?? 0;
    const base = baseYear(input);
    const year = Number(at.slice(0, 4));
    if (year <= base) return { status: "niet meetbaar", reason: `Het basisjaar ${base} is nog niet voorbij.` };
    const flow = isFlow(series);
    const last = Number(at.slice(5));
    const now = flow ? monthsOfYear(year, last) : [at];
    const before = now.map((month) => `${base}${month.slice(4)}`);
    const all = { baseline: sumOf(series.region, before), now: sumOf(series.region, now) };
    const pairs = panelPairs(series, before, now);
    const estimate = ratioOverPractices(pairs);
    if (all.baseline === null || all.now === null)
        return { status: "niet meetbaar", reason: `Over ${spanOf(before)} of ${spanOf(now)} ontbreken gegevens.` };
    const yearValue = sumOf(series.region, flow ? monthsOfYear(base) : [`${base}-12`]);
    const figures = {
        baseline: { year: base, period: spanOf(before), value: all.baseline, yearValue, computed: true, release },
        all: { baseline: all.baseline, now: all.now, growth: all.baseline === 0 ? null : all.now / all.baseline - 1 },
    };
    if (!estimate)
        return {
            ...figures,
            status: "niet meetbaar",
            reason: `Minder dan twee praktijken telden in ${spanOf(before)} en in ${spanOf(now)} mee, of in ${spanOf(before)} was er niets om van te groeien.`,
        };
    const growth = { value: estimate.value - 1, low: estimate.low - 1, high: estimate.high - 1 };
    const panel = {
        practices: pairs.length,
        baseline: pairs.reduce((sum, pair) => sum + pair.before, 0),
        now: pairs.reduce((sum, pair) => sum + pair.after, 0),
        growth: growth.value,
    };
    const aged = ageingOf(input, new Set(pairs.map((pair) => pair.practice)), before, now);
    const { status, word } = input.complete ? atDeadline(growth.value >= target) : byInterval(growth, target);
    const ageing = aged === null ? "" : ` Door vergrijzing alleen zou het ${change(aged)} zijn.`;
    return {
        ...figures,
        status,
        panel,
        ageing: aged,
        projection: growth,
        reason: `${spanOf(now)} tegen ${spanOf(before)}: ${change(growth.value)} bij de ${panel.practices} praktijken die beide keren meededen (95%-interval ${change(growth.low)} tot ${change(growth.high)}); doel ${change(target)}: ${word}.${ageing}`,
    };
}

/** The base year of a goal: what its file says, else the year before the deadline's. */
export function baseYear({ goal, deadline }: Pick<Judged, "goal" | "deadline">): number {
    return goal.basisjaar ?? Number(deadline.slice(0, 4)) - 1;
}

/** Growth of the ageing group at the practices of the panel: the same people to compare with. */
function ageingOf(
    { ageing }: Judged,
    panel: ReadonlySet<string>,
    before: readonly string[],
    now: readonly string[],
): number | null {
    if (!ageing) return null;
    const pairs = panelPairs(ageing, before, now).filter((pair) => panel.has(pair.practice));
    const estimate = ratioOverPractices(pairs);
    return estimate && estimate.value - 1;
}
