// Verdicts on goals about who or how many practices: a share, everyone, none left, a direction.

import type { Estimate } from "../statistics/interval.ts";
import { ratioOverPractices } from "../statistics/panel-change.ts";
import { shareCarriedForward } from "../statistics/projection.ts";
import { atDeadline, byInterval, type Judged, type Verdict } from "./goal-judged.ts";
import { hasValue, panelPairs, type Series, sharesOf, yearBefore } from "./goal-series.ts";
import { percent, whole } from "./goal-words.ts";

const NO_YEAR_BEFORE = "er is geen jaar eerder om mee te vergelijken";

/** At least a share, or more than it where the goal says so. */
export function judgeShare(input: Judged): Verdict {
    const { goal, series, at } = input;
    const target = goal.streef ?? 1;
    const value = series.region.get(at)?.value ?? 0;
    const reached = goal.boven ? value > target : value >= target;
    if (reached)
        return {
            status: "gehaald",
            reason: `${percent(value)} is ${goal.boven ? "meer dan" : "minstens"} ${percent(target)}.`,
        };
    const here = `Nu ${percent(value)}, doel ${goal.boven ? "meer dan " : ""}${percent(target)}`;
    if (input.complete) return { ...atDeadline(false), reason: `${here}: niet gehaald.${silence(input)}` };
    const projection = carryShare(input);
    if (!projection) return { status: "te vroeg om te zeggen", reason: `${here}; ${NO_YEAR_BEFORE}.${silence(input)}` };
    const { status, word } = byInterval(projection, target);
    const width =
        projection.low === projection.high ? "" : ` (${percent(projection.low)} tot ${percent(projection.high)})`;
    return {
        status,
        projection,
        reason: `${here}. Gaat de verandering van het laatste jaar zo door, dan wordt het ${percent(projection.value)}${width}: ${word}.${silence(input)}`,
    };
}

/** Every member practice. */
export function judgeAll(input: Judged): Verdict {
    const { series, at, complete, yearsLeft } = input;
    const now = series.region.get(at);
    const count = now?.numerator ?? 0;
    const members = now?.denominator ?? 0;
    if (count === members) return { status: "gehaald", reason: `Alle ${members} praktijken voldoen.` };
    const missing = `${count} van de ${members} praktijken voldoen; ${members - count} nog niet.${silence(input)}`;
    if (complete) return { ...atDeadline(false), reason: missing };
    const ago = series.region.get(yearBefore(at));
    if (!hasValue(ago)) return { status: "te vroeg om te zeggen", reason: `${missing} Maar ${NO_YEAR_BEFORE}.` };
    const before = ago.value ?? 0;
    const value = now?.value ?? 0;
    const pace = `Een jaar eerder was het ${percent(before)}, nu ${percent(value)}.`;
    return value + (value - before) * yearsLeft >= 1
        ? { status: "op koers", reason: `${missing} ${pace}` }
        : { status: "niet op koers", reason: `${missing} ${pace} In dit tempo is niet iedereen op tijd zover.` };
}

/** No practice left. A practice that never answered does not count as one that stopped. */
export function judgeZero(input: Judged): Verdict {
    const { series, at, complete, yearsLeft, answers } = input;
    const left = series.region.get(at)?.numerator ?? 0;
    if (left === 0 && answers && answers.given < answers.members)
        return {
            status: complete ? "niet meetbaar" : "te vroeg om te zeggen",
            reason: `Geen enkele praktijk meldt het nog.${silence(input)}`,
        };
    if (left === 0) return { status: "gehaald", reason: "Geen enkele praktijk meer." };
    const here = `Nog ${left} ${left === 1 ? "praktijk" : "praktijken"}`;
    if (complete) return { ...atDeadline(false), reason: `${here}.${silence(input)}` };
    const before = series.region.get(yearBefore(at));
    if (!hasValue(before))
        return { status: "te vroeg om te zeggen", reason: `${here}; ${NO_YEAR_BEFORE}.${silence(input)}` };
    const ago = before.numerator ?? 0;
    const reached = left + (left - ago) * yearsLeft <= 0;
    return {
        status: reached ? "op koers" : "niet op koers",
        reason: `${here}, een jaar eerder ${ago}.${reached ? "" : " In dit tempo zijn het er op tijd nog niet nul."}${silence(input)}`,
    };
}

/**
 * Up or down against the same month a year earlier, at the practices that took part both times. Practices themselves are
 * all counted, so any difference between them is real; a figure over patients must differ beyond chance.
 */
export function judgeDirection(input: Judged): Verdict {
    const { goal, series, at } = input;
    const ago = yearBefore(at);
    const isShare = series.maat === "aandeel" && goal.eenheid !== "aantal";
    const write = (month: string): string => {
        const point = series.region.get(month);
        return isShare ? percent(point?.value ?? 0) : whole(point?.numerator ?? 0);
    };
    const difference = differenceOf(series, ago, at);
    if (!difference || !hasValue(series.region.get(ago)))
        return {
            status: input.complete ? "niet meetbaar" : "te vroeg om te zeggen",
            reason: `Nu ${write(at)}; ${NO_YEAR_BEFORE}.`,
        };
    const sign = goal.richting === "omlaag" ? -1 : 1;
    const [low = 0, high = 0] = [difference.low * sign, difference.high * sign].sort((a, b) => a - b);
    const panel =
        series.soort === "praktijk"
            ? ` Bij de praktijken die beide keren lid waren: van ${difference.before} naar ${difference.after}.`
            : "";
    const story = `Een jaar eerder ${write(ago)}, nu ${write(at)}; gewenst: ${goal.richting}.${panel}${silence(input)}`;
    if (low > 0) return { status: input.complete ? "gehaald" : "op koers", reason: story };
    if (high < 0) return { status: "niet op koers", reason: story };
    if (low === 0 && high === 0) return { status: "niet op koers", reason: `${story} Er is niets veranderd.` };
    return {
        status: input.complete ? "niet op koers" : "te vroeg om te zeggen",
        reason: `${story} Het verschil kan toeval zijn.`,
    };
}

interface Difference extends Estimate {
    before: number;
    after: number;
}

function differenceOf(series: Series, ago: string, at: string): Difference | null {
    const pairs = panelPairs(series, [ago], [at]);
    const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
    const after = pairs.reduce((sum, pair) => sum + pair.after, 0);
    if (series.soort === "praktijk") {
        const value = after - before;
        return pairs.length === 0 ? null : { value, low: value, high: value, before, after };
    }
    if (series.maat === "aandeel") {
        const weighed = sharesOf(series, ago, at).map((row) => ({
            before: row.patients,
            after: row.patients * (row.now - row.ago),
        }));
        const estimate = ratioOverPractices(weighed);
        return estimate && { ...estimate, before, after };
    }
    const ratio = ratioOverPractices(pairs);
    return ratio && { value: ratio.value - 1, low: ratio.low - 1, high: ratio.high - 1, before, after };
}

/** The share at the deadline if the last year's change goes on; without practices (a figure of the region) no interval. */
function carryShare({ series, at, yearsLeft }: Judged): Estimate | null {
    const clip = (share: number) => Math.min(1, Math.max(0, share));
    const ago = series.region.get(yearBefore(at));
    const now = series.region.get(at);
    if (series.practices.size === 0) {
        if (!hasValue(ago) || !hasValue(now) || ago.value === null || now.value === null) return null;
        const value = clip(now.value + (now.value - ago.value) * yearsLeft);
        return { value, low: value, high: value };
    }
    const carried = shareCarriedForward(sharesOf(series, yearBefore(at), at), yearsLeft);
    return carried && { value: clip(carried.value), low: clip(carried.low), high: clip(carried.high) };
}

/** No fact is "geen opgave": such practices count as not done, and the reason says how many there are. */
function silence({ answers }: Judged): string {
    const silent = answers ? answers.members - answers.given : 0;
    if (silent <= 0) return "";
    return ` Van ${silent} ${silent === 1 ? "praktijk" : "praktijken"} is er geen opgave.`;
}
