import type { Goal, Theme } from "./catalogue.ts";
import { type Cell, countsPatients, type MeasuredIndicator } from "./cell.ts";
import { enclosingPeriod } from "./publication-period.ts";

/** What a goal may be told from: the region's figures as this audience sees them, and the definitions. */
export interface GoalContext {
    cells: readonly Cell[];
    indicators: ReadonlyMap<string, MeasuredIndicator>;
    fewestPatients: number;
}

const NOT_SHOWN = "Dit cijfer wordt niet getoond: de aantallen zijn te klein.";
const PATH_NOT_SHOWN =
    "Waar dit heen gaat wordt niet gezegd: in een deel van de maanden zijn de aantallen te klein om te tonen.";
const PANEL_NOT_SHOWN =
    "De groei staat in hele procenten: alle praktijken en het vaste panel verschillen te weinig om beide te tonen.";

/**
 * Goals were evaluated over exact figures; here every number that the audience does not see among its cells goes, and
 * with it the sentence that may repeat it (disclosure.md rule 8). The difference between all members and the constant
 * panel is the count of those who joined or left, so it is held to the thresholds too.
 */
export function protectGoals(themes: readonly Theme[], context: GoalContext): Theme[] {
    const region = new Map<string, Cell>();
    for (const cell of context.cells) {
        if (cell.level === "region" && cell.stratum === null) region.set(`${cell.indicator}\t${cell.period}`, cell);
    }
    return themes.map((theme) => ({ ...theme, goals: theme.goals.map((goal) => protectGoal(goal, region, context)) }));
}

function protectGoal(goal: Goal, region: ReadonlyMap<string, Cell>, context: GoalContext): Goal {
    const indicator = goal.indicator ? context.indicators.get(goal.indicator) : undefined;
    if (!goal.indicator || (indicator && !countsPatients(indicator.klasse))) return goal;
    const isShown = (period: string): boolean | null => {
        const cell = region.get(`${goal.indicator}\t${period}`);
        if (!cell) return null;
        return (cell.state === "value" || cell.state === "zero") && cell.shown === "exact";
    };
    const visible = (period: string | null | undefined, value: number | null | undefined): boolean => {
        if (value === null || value === undefined) return true;
        const shown = period ? isShown(period) : null;
        if (shown !== null) return shown;
        const months = monthsWithin(
            period ?? "",
            (goal.path ?? []).map((point) => point.period),
        );
        const [only] = months;
        if (only && months.length === 1) return isShown(only) === true;
        // A part of a year ("months so far") is no published period: a count that is large and adds no hidden month.
        return (
            goal.unit === "aantal" &&
            isSafeCount(value, context.fewestPatients) &&
            months.every((month) => isShown(month) !== false || isShown(enclosingPeriod(month) ?? "") === true)
        );
    };
    const baselineSeen =
        goal.baseline?.computed !== true ||
        [goal.baseline.value, goal.restated?.old, goal.restated?.now].every((value) =>
            visible(periodOfBaseline(goal), value),
        );
    const nowSeen = visible(goal.now?.period, goal.now?.value);
    const path = (goal.path ?? []).map((point) =>
        visible(point.period, point.value) ? point : { ...point, value: null, state: "suppressed" },
    );
    const pathSeen = path.every((point, index) => point.value === goal.path?.[index]?.value);
    const panelSeen = isPanelSafe(goal, context.fewestPatients);
    if (baselineSeen && nowSeen && pathSeen && panelSeen) return goal;
    const hidden = !baselineSeen || !nowSeen;
    // A share's sentence may repeat any month of its path; a count's sentence repeats sums that were judged above.
    const sentenceTells = hidden || (!pathSeen && goal.unit !== "aantal");
    return {
        ...goal,
        baseline: goal.baseline && !baselineSeen ? { ...goal.baseline, value: null, yearValue: null } : goal.baseline,
        restated: baselineSeen ? goal.restated : null,
        now: goal.now && !nowSeen ? { ...goal.now, value: null, low: null, high: null } : goal.now,
        panel: goal.panel && (hidden || !panelSeen) ? withoutCounts(goal.panel, hidden) : goal.panel,
        all: goal.all && hidden ? withoutCounts(goal.all, true) : goal.all,
        projection: hidden || !panelSeen ? null : goal.projection,
        path,
        status: hidden ? "niet meetbaar" : goal.status,
        reason: hidden ? NOT_SHOWN : sentenceTells ? PATH_NOT_SHOWN : panelSeen ? goal.reason : PANEL_NOT_SHOWN,
    };
}

const MONTH_NAMES = "januari februari maart april mei juni juli augustus september oktober november december".split(
    " ",
);

/**
 * The months, of those given, within a span in words: 'juni 2024' or 'januari tot en met juni 2024'.
 * A span that cannot be read holds them all, so that doubt hides.
 */
function monthsWithin(span: string, months: readonly string[]): string[] {
    const year = /\d{4}/.exec(span)?.[0];
    const named = span.split(/\s+/).flatMap((word) => {
        const number = MONTH_NAMES.indexOf(word.toLowerCase()) + 1;
        return number > 0 ? [`${year}-${String(number).padStart(2, "0")}`] : [];
    });
    const [first, last] = [named[0], named.at(-1)];
    if (!year || !first || !last) return [...months];
    return months.filter((month) => first <= month && month <= last);
}

function periodOfBaseline(goal: Goal): string | null {
    const period = goal.baseline?.period;
    if (typeof period === "string") return period;
    const year = goal.baseline?.year;
    return year === null || year === undefined ? null : String(year);
}

/** Growth stays as a whole percent where counts go: more digits would give the counts back (disclosure.md rule 6). */
function withoutCounts<Pair extends { baseline?: number | null; now?: number | null }>(
    pair: Pair,
    growthToo: boolean,
): Pair {
    const growth = (pair as { growth?: unknown }).growth;
    const rounded = typeof growth === "number" && !growthToo ? Math.round(growth * 100) / 100 : null;
    return { ...pair, baseline: null, now: null, growth: rounded };
}

function isSafeCount(count: number, fewest: number): boolean {
    return count === 0 || Math.abs(count) >= fewest;
}

function isPanelSafe(goal: Goal, fewest: number): boolean {
    const { panel, all } = goal;
    if (!panel || !all || goal.unit !== "aantal") return true;
    return (["baseline", "now"] as const).every((moment) => {
        const whole = all[moment];
        const part = panel[moment];
        if (typeof whole !== "number" || typeof part !== "number") return true;
        return isSafeCount(whole - part, fewest);
    });
}
