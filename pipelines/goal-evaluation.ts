// From values to a status with its reason. Pure: all figures come in, nothing is read here.
import type { GoalDefinition, GoalEvaluated, Status } from "./goal.ts";
import { countCarriedForward, type Estimate, ratioOverPractices, shareCarriedForward } from "./goal-statistics.ts";
import { monthIndex, monthOf } from "./period.ts";
import { poisson } from "./statistics.ts";

export interface Point {
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: string;
    delivered: number;
    members: number;
}

/** Monthly values of one indicator, whole only: the region's and each practice's, by month. */
export interface Series {
    soort: string;
    maat: string;
    region: Map<string, Point>;
    practices: Map<string, Map<string, Point>>;
}

export interface EvaluationInput {
    goal: GoalDefinition;
    series: Series | undefined;
    /** The group that ages, see `vergrijzing`. */
    ageing: Series | undefined;
    /** Last month with values, `2024-06`. */
    to: string;
    deadline: string;
    release: string;
}

type Verdict = Pick<GoalEvaluated, "status" | "reason"> & Partial<GoalEvaluated>;

/** Judges one goal (`indicators.md`, Goals). Without values it is `niet meetbaar`, never guessed. */
export function evaluateGoal(input: EvaluationInput): GoalEvaluated {
    const { goal, series, to, deadline } = input;
    const latest = series?.region.get(to);
    const isShare = series?.maat === "aandeel" && goal.soort !== "growth";
    const unmeasured: Verdict = { status: "niet meetbaar", reason: "Er zijn geen gegevens over de laatste maand." };
    const verdict = series && hasValue(latest) ? judges[goal.soort](input, series) : unmeasured;
    return {
        id: goal.id,
        titel: goal.titel,
        kind: goal.soort,
        indicator: goal.indicator,
        unit: isShare ? "aandeel" : "aantal",
        baseline: null,
        now: hasValue(latest)
            ? {
                  period: to,
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
        ...verdict,
    };
}

const judges: Record<GoalDefinition["soort"], (input: EvaluationInput, series: Series) => Verdict> = {
    share: judgeShare,
    all: judgeAll,
    growth: judgeGrowth,
    range: judgeRange,
    at_least: judgeAtLeast,
    zero: judgeZero,
    direction: judgeDirection,
};

function judgeShare({ goal, to, deadline }: EvaluationInput, series: Series): Verdict {
    const target = goal.streef ?? 1;
    const value = series.region.get(to)?.value ?? 0;
    if (value >= target) return { status: "gehaald", reason: `${percent(value)} is minstens ${percent(target)}.` };
    const projection = carryShare(series, to, deadline);
    if (!projection)
        return {
            status: "te vroeg om te zeggen",
            reason: `Nu ${percent(value)}; er is geen jaar eerder om mee te vergelijken.`,
        };
    const { status, word } = byInterval(projection, target);
    return {
        status,
        projection,
        reason: `Nu ${percent(value)}, doel ${percent(target)}. Gaat de verandering van het laatste jaar zo door, dan wordt het ${percent(projection.value)} (${percent(projection.low)} tot ${percent(projection.high)}): ${word}.`,
    };
}

function judgeAll({ to }: EvaluationInput, series: Series): Verdict {
    const now = series.region.get(to);
    const count = now?.numerator ?? 0;
    const members = now?.denominator ?? 0;
    if (count === members) return { status: "gehaald", reason: `Alle ${members} praktijken voldoen.` };
    const ago = series.region.get(monthOf(monthIndex(to) - 12));
    const missing = `${count} van de ${members} praktijken voldoen; ${members - count} nog niet.`;
    if (!hasValue(ago))
        return { status: "te vroeg om te zeggen", reason: `${missing} Er is geen jaar eerder om mee te vergelijken.` };
    const before = ago.value ?? 0;
    const value = now?.value ?? 0;
    const pace = `Een jaar eerder was het ${percent(before)}, nu ${percent(value)}.`;
    const left = (12 - (monthIndex(to) % 12 || 12)) / 12;
    return value + (value - before) * left >= 1
        ? { status: "op koers", reason: `${missing} ${pace}` }
        : { status: "niet op koers", reason: `${missing} ${pace} In dit tempo is niet iedereen op tijd zover.` };
}

function judgeGrowth(input: EvaluationInput, series: Series): Verdict {
    const { goal, to, release } = input;
    const target = goal.streef ?? 0;
    const base = goal.basisjaar ?? Number(input.deadline.slice(0, 4)) - 1;
    const year = Number(to.slice(0, 4));
    if (year <= base) return { status: "niet meetbaar", reason: `Het basisjaar ${base} is nog niet voorbij.` };
    const flow = series.soort === "stroom";
    const last = Number(to.slice(5));
    const months = flow ? Array.from({ length: last }, (_, at) => at + 1) : [last];
    const now = months.map((month) => `${year}-${String(month).padStart(2, "0")}`);
    const before = months.map((month) => `${base}-${String(month).padStart(2, "0")}`);
    const all = { baseline: sumOf(series.region, before), now: sumOf(series.region, now) };
    const pairs = panelPairs(series, before, now);
    const estimate = ratioOverPractices(pairs);
    if (all.baseline === null || all.now === null || !estimate)
        return { status: "niet meetbaar", reason: `Over ${spanOf(before)} of ${spanOf(now)} ontbreken gegevens.` };
    const growth = { value: estimate.value - 1, low: estimate.low - 1, high: estimate.high - 1 };
    const panel = {
        practices: pairs.length,
        baseline: pairs.reduce((sum, pair) => sum + pair.before, 0),
        now: pairs.reduce((sum, pair) => sum + pair.after, 0),
        growth: growth.value,
    };
    const aged = input.ageing ? ratioOverPractices(panelPairs(input.ageing, before, now)) : null;
    const complete = last === 12;
    const { status, word } = complete ? atDeadline(growth.value >= target) : byInterval(growth, target);
    const yearMonths = Array.from({ length: 12 }, (_, at) => `${base}-${String(at + 1).padStart(2, "0")}`);
    const yearValue = flow ? sumOf(series.region, yearMonths) : sumOf(series.region, yearMonths.slice(-1));
    const ageing = aged ? ` Door vergrijzing alleen zou het ${change(aged.value - 1)} zijn.` : "";
    return {
        status,
        baseline: { year: base, period: spanOf(before), value: all.baseline, yearValue, computed: true, release },
        all: { baseline: all.baseline, now: all.now, growth: all.baseline === 0 ? null : all.now / all.baseline - 1 },
        panel,
        ageing: aged ? aged.value - 1 : null,
        projection: growth,
        reason: `${spanOf(now)} tegen ${spanOf(before)}: ${change(growth.value)} bij de ${panel.practices} praktijken die beide keren meededen (95%-interval ${change(growth.low)} tot ${change(growth.high)}); doel ${change(target)}: ${word}.${ageing}`,
    };
}

function judgeRange({ goal, to }: EvaluationInput, series: Series): Verdict {
    const lowest = goal.van ?? 0;
    const highest = goal.tot ?? Number.POSITIVE_INFINITY;
    const { events, months } = yearSoFar(series, to);
    const inside = (count: number) => count >= lowest && count <= highest;
    const started = `${events} in ${months === 12 ? `heel ${to.slice(0, 4)}` : `de eerste ${months} maanden van ${to.slice(0, 4)}`}; doel ${lowest} tot ${highest} per jaar`;
    const now = {
        period: spanOf([`${to.slice(0, 4)}-01`, to]),
        value: events,
        low: null,
        high: null,
        delivered: 0,
        members: 0,
    };
    if (months === 12) return { now, ...atDeadline(inside(events)), reason: `${started}.` };
    if (events > highest) return { now, status: "niet op koers", reason: `${started}: nu al meer dan ${highest}.` };
    const projection = countCarriedForward(events, months, poisson(events));
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

function judgeAtLeast({ goal, to }: EvaluationInput, series: Series): Verdict {
    const target = goal.streef ?? 0;
    const { events, months } = yearSoFar(series, to);
    if (events >= target) return { status: "gehaald", reason: `${events} is minstens ${target}.` };
    if (months === 12) return { status: "niet op koers", reason: `${events} van ${target} aan het eind van het jaar.` };
    const projection = countCarriedForward(events, months, poisson(events));
    const { status, word } = byInterval(projection, target);
    return { status, projection, reason: `${events} van ${target} in ${months} maanden: ${word}.` };
}

function judgeZero({ to }: EvaluationInput, series: Series): Verdict {
    const left = series.region.get(to)?.numerator ?? 0;
    if (left === 0) return { status: "gehaald", reason: "Geen enkele praktijk meer." };
    const ago = series.region.get(monthOf(monthIndex(to) - 12))?.numerator ?? null;
    if (ago === null)
        return {
            status: "te vroeg om te zeggen",
            reason: `Nog ${left}; er is geen jaar eerder om mee te vergelijken.`,
        };
    const rest = (12 - (monthIndex(to) % 12 || 12)) / 12;
    const status: Status = left + (left - ago) * rest <= 0 ? "op koers" : "niet op koers";
    return { status, reason: `Nog ${left}, een jaar eerder ${ago}.` };
}

function judgeDirection({ goal, to }: EvaluationInput, series: Series): Verdict {
    const ago = monthOf(monthIndex(to) - 12);
    const practices = sharesOf(series, ago, to);
    const difference = ratioOverPractices(
        practices.map((row) => ({ before: row.patients, after: row.patients * (row.now - row.ago) })),
    );
    const before = series.region.get(ago)?.value ?? null;
    const value = series.region.get(to)?.value ?? 0;
    if (!difference || before === null)
        return {
            status: "te vroeg om te zeggen",
            reason: `Nu ${percent(value)}; er is geen jaar eerder om mee te vergelijken.`,
        };
    const sign = goal.richting === "omlaag" ? -1 : 1;
    const edges = [difference.low * sign, difference.high * sign].sort((a, b) => a - b);
    const story = `Een jaar eerder ${percent(before)}, nu ${percent(value)}; gewenst: ${goal.richting}.`;
    if ((edges[0] ?? 0) > 0) return { status: "op koers", reason: story };
    if ((edges[1] ?? 0) < 0) return { status: "niet op koers", reason: story };
    return { status: "te vroeg om te zeggen", reason: `${story} Het verschil kan toeval zijn.` };
}

function byInterval(estimate: Estimate, target: number): { status: Status; word: string } {
    if (estimate.low >= target) return { status: "op koers", word: "het hele interval ligt op of boven het doel" };
    if (estimate.high < target) return { status: "niet op koers", word: "het hele interval ligt onder het doel" };
    return { status: "te vroeg om te zeggen", word: "het interval ligt aan beide kanten van het doel" };
}

function atDeadline(met: boolean): { status: Status; word: string } {
    return met ? { status: "gehaald", word: "gehaald" } : { status: "niet op koers", word: "niet gehaald" };
}

function hasValue(point: Point | undefined): point is Point {
    return point !== undefined && (point.state === "value" || point.state === "zero");
}

function pathPoint(
    period: string,
    point: Point,
    isShare: boolean,
): { period: string; value: number | null; state: string } {
    return { period, value: hasValue(point) ? (isShare ? point.value : point.numerator) : null, state: point.state };
}

function sumOf(points: Map<string, Point>, months: string[]): number | null {
    let sum = 0;
    for (const month of months) {
        const point = points.get(month);
        if (!hasValue(point)) return null;
        sum += point.numerator ?? 0;
    }
    return sum;
}

/** The constant panel: practices with a value in every month of both spans. */
function panelPairs(series: Series, before: string[], now: string[]): { before: number; after: number }[] {
    const pairs: { before: number; after: number }[] = [];
    for (const points of series.practices.values()) {
        const first = sumOf(points, before);
        const second = sumOf(points, now);
        if (first !== null && second !== null) pairs.push({ before: first, after: second });
    }
    return pairs;
}

function sharesOf(series: Series, ago: string, now: string): { ago: number; now: number; patients: number }[] {
    const shares: { ago: number; now: number; patients: number }[] = [];
    for (const points of series.practices.values()) {
        const first = points.get(ago);
        const second = points.get(now);
        if (hasValue(first) && hasValue(second) && first.value !== null && second.value !== null)
            shares.push({ ago: first.value, now: second.value, patients: second.denominator ?? 0 });
    }
    return shares;
}

function carryShare(series: Series, to: string, deadline: string): Estimate | null {
    const left = Math.max(0, monthIndex(deadline.slice(0, 7)) - monthIndex(to)) / 12;
    const carried = shareCarriedForward(sharesOf(series, monthOf(monthIndex(to) - 12), to), left);
    const clip = (share: number) => Math.min(1, Math.max(0, share));
    return carried && { value: clip(carried.value), low: clip(carried.low), high: clip(carried.high) };
}

function yearSoFar(series: Series, to: string): { events: number; months: number } {
    const months = Number(to.slice(5));
    let events = 0;
    for (let month = 1; month <= months; month++)
        events += series.region.get(`${to.slice(0, 4)}-${String(month).padStart(2, "0")}`)?.numerator ?? 0;
    return { events, months };
}

function spanOf(months: string[]): string {
    const first = months[0] ?? "";
    const last = months.at(-1) ?? "";
    return first === last ? monthWords(first) : `${monthWords(first).split(" ")[0]} tot en met ${monthWords(last)}`;
}

const monthNames = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");

function monthWords(month: string): string {
    return `${monthNames[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}

const decimals = new Intl.NumberFormat("nl-NL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const integers = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });

const percent = (share: number): string => `${decimals.format(share * 100)}%`;
const change = (growth: number): string => `${growth >= 0 ? "+" : "−"}${decimals.format(Math.abs(growth) * 100)}%`;
const whole = (count: number): string => integers.format(count);
