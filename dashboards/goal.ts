import type { Goal } from "./data.ts";
import { inTime, isPeriod, periodKind, readPeriod } from "./period.ts";

/** A level that a goal wants to reach or stay within, on the scale of the values. */
export interface GoalNow {
    value: number | null;
    /** As the bundle writes it: a period, or a span in words. */
    period: string | null;
}

export interface Expectation {
    value: number;
    low: number;
    high: number;
}

interface PathBase {
    /** Levels to draw: one, or the two ends of a range. */
    targets: number[];
    projection: Expectation | null;
}

/** How the path of a goal is drawn. */
export type PathForm =
    | (PathBase & {
          /** The points are on the scale of the target. */
          kind: "line";
          points: { period: string; value: number | null }[];
          baseline: { period: string; value: number } | null;
          now: { period: string; value: number; low: number | null; high: number | null } | null;
      })
    | (PathBase & {
          /** The points are parts of a year's count: they are added up per calendar year. */
          kind: "pace";
          years: { year: number; totals: { month: number; value: number }[] }[];
      });

/** What a goal is at now: for growth the span that is compared, not the last month of it. */
export function goalNow(goal: Goal): GoalNow {
    if (goal.kind === "growth" && goal.all?.now !== null && goal.all?.now !== undefined) {
        const isLatest = near(goal.all.now, goal.now?.value ?? null);
        return { value: goal.all.now, period: isLatest ? (goal.now?.period ?? null) : spanLike(goal) };
    }
    return { value: goal.now?.value ?? null, period: goal.now?.period ?? null };
}

/** The span of the baseline in words, moved to the year of the last value. */
function spanLike(goal: Goal): string | null {
    const span = goal.baseline?.period ?? null;
    const year = goal.now?.period?.match(/\d{4}/)?.[0];
    if (span === null || year === undefined) return goal.now?.period ?? null;
    return span.replace(/\d{4}/g, year);
}

/** The count of the whole baseline year, from which growth is asked; the compared span where that is not known. */
function baselineLevel(goal: Goal): number | null {
    return goal.baseline?.yearValue ?? goal.baseline?.value ?? null;
}

/** The levels that a goal wants to reach, on the scale of its values; none when none is printed. */
export function targetLevels(goal: Goal): number[] {
    if (goal.kind === "growth") {
        const base = baselineLevel(goal);
        return goal.target === null || base === null ? [] : [base * (1 + goal.target)];
    }
    if (goal.kind === "range") {
        const ends = /(\d+)\s*(?:tot|-|–)\s*(\d+)/.exec(goal.targetText ?? "");
        if (ends) return [Number(ends[1]), Number(ends[2])];
    }
    if (goal.target !== null) return [goal.unit === "aandeel" && goal.target > 1.5 ? goal.target / 100 : goal.target];
    if (goal.kind === "all" && goal.unit === "aandeel") return [1];
    return goal.kind === "zero" ? [0] : [];
}

/** Where the year is expected to end, on the scale of the values; a growth goal gives its growth. */
export function expectation(goal: Goal): Expectation | null {
    const { projection } = goal;
    if (!projection || projection.value === null) return null;
    const scale = goal.kind === "growth" ? baselineLevel(goal) : null;
    if (goal.kind === "growth" && scale === null) return null;
    const level = (value: number): number => (scale === null ? value : scale * (1 + value));
    return {
        value: level(projection.value),
        low: level(projection.low ?? projection.value),
        high: level(projection.high ?? projection.value),
    };
}

/**
 * Chooses the form by checking which one reproduces what the goal is at now: a stock's path ends on it, a flow's parts add
 * up to it. A path that does neither is drawn without target, so that no chart compares a month with a year.
 */
export function pathForm(goal: Goal): PathForm | null {
    const points = goal.path
        .filter((point) => isPeriod(point.period))
        .map((point) => ({ period: point.period, value: point.value }))
        .sort((left, right) => inTime(left.period, right.period));
    const last = points.findLast((point) => point.value !== null);
    if (!last || last.value === null) return null;
    const { value } = goalNow(goal);
    const level = { targets: targetLevels(goal), projection: expectation(goal) };
    const years = runningTotals(points);
    const running = years.at(-1)?.totals.at(-1)?.value ?? null;
    const parts = goal.unit === "aantal" && !near(running, last.value) && near(running, value);
    if (parts || (goal.kind === "range" && near(running, value))) return { kind: "pace", years, ...level };
    if (value !== null && !near(last.value, value))
        return { kind: "line", points, targets: [], projection: null, baseline: null, now: null };
    const { baseline, now } = goal;
    return {
        kind: "line",
        points,
        ...level,
        baseline: baselinePoint(points, baseline),
        now:
            now?.value !== null && now?.value !== undefined
                ? { period: last.period, value: last.value, low: now.low, high: now.high }
                : null,
    };
}

/** The baseline among the points: the last month of its span in the baseline year that has its value. */
function baselinePoint(
    points: { period: string; value: number | null }[],
    baseline: Goal["baseline"],
): { period: string; value: number } | null {
    if (!baseline || baseline.value === null) return null;
    const found = points.find(
        (point) =>
            (point.period === baseline.period || point.period.startsWith(String(baseline.year))) &&
            near(point.value, baseline.value),
    );
    return found && found.value !== null ? { period: found.period, value: found.value } : null;
}

function near(left: number | null, right: number | null): boolean {
    if (left === null || right === null) return false;
    return Math.abs(left - right) <= Math.max(1, Math.abs(right)) * 1e-6;
}

function runningTotals(
    points: { period: string; value: number | null }[],
): { year: number; totals: { month: number; value: number }[] }[] {
    const years = new Map<number, { month: number; value: number }[]>();
    for (const point of points) {
        const kind = periodKind(point.period);
        if (kind === "year" || point.value === null) continue;
        const period = readPeriod(point.period);
        const month = kind === "quarter" ? period.part * 3 : period.part;
        const totals = years.get(period.year) ?? [];
        totals.push({ month, value: (totals.at(-1)?.value ?? 0) + point.value });
        years.set(period.year, totals);
    }
    return [...years].map(([year, totals]) => ({ year, totals }));
}
