import type { SuppressionReason } from "../publish/primary-suppression.ts";
import { type PeriodKind, periodKind } from "../publish/publication-period.ts";
import { wholePercent } from "../publish/shown-form.ts";
import { Programme, type Solver } from "../worlds/solver.ts";
import type { Figure, Sum, System } from "../worlds/system.ts";
import { type Ratio, wholePercentRatio } from "../worlds/view.ts";
import type { Target } from "../worlds/walk.ts";
import type { Forms } from "./forms.ts";

/** Figures whose counts hang together by sums, and what must be kept secret among them. */
export interface Component {
    places: readonly number[];
    sums: readonly Sum[];
    targets: readonly Target[];
}

/** What hiding costs: a region tells most, then an area; a year and a whole more than its parts; a whole percent still tells something. */
const WEIGHT: Record<string, number> = { region: 8, organisation: 2, area: 1 };
const OF_PERIOD: Record<PeriodKind, number> = { year: 3, quarter: 1.5, month: 0.5 };
const PERCENT_SHARE = 0.3;
/** Giving up a protected count costs more than hiding everything. */
const LOST = 10_000;
/** No count is moved further than this to make room. */
const REACH = 60;
/** Near enough to the cheapest, and after so many branches the best that was found. */
const GAP = 0.1;
const NODES = 60;

/** How each figure that must change is to be shown. */
export type Decision = Map<Figure, "percent" | "hidden">;

/**
 * Finds the cheapest set of figures to take back so that another world exists that looks the same and in which every
 * protected count differs by `apart` patients or more: a mixed-integer programme with, per figure, whether it is shown as
 * it is, as a whole percent or not, and per count how far it moves. Null when none was found.
 */
export function otherWorld(
    component: Component,
    system: System,
    forms: Forms,
    mayChange: (figure: Figure) => boolean,
    apart: number,
    solver: Solver,
): Decision | null {
    const programme = new Programme();
    const moves = new Map<number, number>();
    const levers = new Map<Figure, { percent: number; hidden: number }>();
    const denominatorsMove = component.targets.some(({ what }) => what === "denominator");
    const inside = new Set(component.places);
    const isNumerator = (place: number) => system.figuresOf[place]?.some(({ n }) => n === place) === true;
    for (const place of component.places) {
        if (!denominatorsMove && !isNumerator(place)) continue;
        const value = system.values[place] ?? 0;
        moves.set(place, programme.variable({ lower: -Math.min(value, REACH), upper: REACH, whole: true }));
    }
    const leverOf = (figure: Figure) => {
        let lever = levers.get(figure);
        if (lever) return lever;
        const weight = weightOf(figure);
        const free = forms.of(figure) !== "exact" ? 1 : 0;
        const gone = forms.of(figure) === "hidden" ? 1 : 0;
        const allowed = mayChange(figure);
        const share = percentRatio(figure) === null ? 0 : PERCENT_SHARE;
        // What is hidden or a percent already costs nothing more; what readers have seen before cannot be taken back.
        const percent = programme.variable({
            lower: percentRatio(figure) === null ? gone : free,
            upper: allowed || free ? 1 : 0,
            cost: free ? 0 : weight * share,
            whole: true,
        });
        const hidden = programme.variable({
            lower: gone,
            upper: allowed || gone ? 1 : 0,
            cost: gone ? 0 : weight * (1 - share),
            whole: true,
        });
        // Without a percent to show instead, a figure is shown as it is or not at all.
        const between = percentRatio(figure) === null ? 0 : Number.POSITIVE_INFINITY;
        programme.row(0, between, [
            [percent, 1],
            [hidden, -1],
        ]);
        lever = { percent, hidden };
        levers.set(figure, lever);
        return lever;
    };
    const touched = new Set([...moves.keys()].flatMap((place) => system.figuresOf[place] ?? []));
    for (const [place, move] of moves)
        if (forms.view.isKnown(place) && !system.figuresOf[place]?.some(mayChange)) programme.bound(move, 0, 0);
    for (const figure of touched) {
        const { percent, hidden } = leverOf(figure);
        for (const place of new Set([figure.n, figure.d])) {
            const move = moves.get(place);
            if (move !== undefined) within(programme, move, percent);
        }
        keepReadable(programme, system, moves, figure, hidden);
    }
    for (const { whole, parts } of component.sums) {
        if (![whole, ...parts].some((place) => moves.has(place)) || !inside.has(whole)) continue;
        const terms = [[whole, -1] as const, ...parts.map((part) => [part, 1] as const)].flatMap(([place, sign]) => {
            const move = moves.get(place);
            return move === undefined ? [] : [[move, sign] as const];
        });
        programme.row(0, 0, terms);
    }
    for (const target of component.targets) moveApart(programme, system, moves, target, apart);
    const { values } = programme.solve(solver, { gap: GAP, nodes: NODES });
    if (!values) return null;
    const decision: Decision = new Map();
    for (const [figure, { percent, hidden }] of levers) {
        const form = forms.of(figure);
        if ((values[hidden] ?? 0) > 0.5) {
            if (form !== "hidden") decision.set(figure, "hidden");
        } else if ((values[percent] ?? 0) > 0.5 && form === "exact") decision.set(figure, "percent");
    }
    return decision;
}

/** What a figure tells its readers, beside others. */
export function weightOf({ cell }: Figure): number {
    const period = periodKind(cell.period);
    const ofPart = cell.stratum === null ? 1 : 0.5;
    const size = 1 + 0.01 * Math.log10(1 + (cell.denominator ?? 0));
    return (WEIGHT[cell.level] ?? 1) * (period ? OF_PERIOD[period] : 1) * ofPart * size;
}

/** A count moves only when the figure is not shown as it is. */
function within(programme: Programme, move: number, lever: number): void {
    programme.row(Number.NEGATIVE_INFINITY, 0, [
        [move, 1],
        [lever, -REACH],
    ]);
    programme.row(0, Number.POSITIVE_INFINITY, [
        [move, 1],
        [lever, REACH],
    ]);
}

/** A numerator stays within its denominator, and within its percent where that is shown. */
function keepReadable(
    programme: Programme,
    system: System,
    moves: ReadonlyMap<number, number>,
    figure: Figure,
    hidden: number,
): void {
    const { n, d } = figure;
    if (d < 0 || d === n) return;
    const [counted, group] = [moves.get(n), moves.get(d)];
    const keep = (scale: number, factor: number, lower: number, upper: number, slack: number) => {
        const terms: [number, number][] = [[hidden, slack]];
        if (counted !== undefined) terms.push([counted, scale]);
        if (group !== undefined) terms.push([group, -factor]);
        const now = scale * (system.values[n] ?? 0) - factor * (system.values[d] ?? 0);
        programme.row(lower - now, upper - now, terms);
    };
    if (figure.isPart) keep(1, 1, Number.NEGATIVE_INFINITY, 0, 0);
    const ratio = percentRatio(figure);
    if (ratio === null) {
        return;
    }
    const loose = 2 * REACH * ratio.scale;
    keep(ratio.scale, ratio.low, 0, Number.POSITIVE_INFINITY, loose);
    keep(ratio.scale, ratio.high, Number.NEGATIVE_INFINITY, -1, -loose);
}

/** Rates and ratios say nothing in whole percents; shares do. */
function percentRatio(figure: Figure): Ratio | null {
    const percent = figure.isPart ? wholePercent(figure.cell) : null;
    return percent === null ? null : wholePercentRatio(percent);
}

function moveApart(
    programme: Programme,
    system: System,
    moves: ReadonlyMap<number, number>,
    { figure, what }: Target,
    apart: number,
): void {
    const term = (place: number, sign: number) => {
        const move = moves.get(place);
        return move === undefined ? [] : [[move, sign] as const];
    };
    const terms =
        what === "numerator"
            ? term(figure.n, 1)
            : what === "denominator"
              ? term(figure.d, 1)
              : [...term(figure.d, 1), ...term(figure.n, -1)];
    const value =
        what === "numerator"
            ? (system.values[figure.n] ?? 0)
            : what === "denominator"
              ? (system.values[figure.d] ?? 0)
              : (system.values[figure.d] ?? 0) - (system.values[figure.n] ?? 0);
    // Within a small group a count can go up or down less far than that: as far as it goes, and seen to afterwards.
    const group = figure.isPart && what !== "denominator" ? (system.values[figure.d] ?? 0) : Number.POSITIVE_INFINITY;
    const far = Math.min(apart, Math.max(value, group - value));
    const down = programme.variable({ upper: value < far ? 0 : 1, whole: true });
    // What an earlier publication gave away cannot move at all; the others in the part must not suffer for it.
    const lost = programme.variable({ upper: 1, cost: LOST, whole: true });
    const room = 4 * REACH;
    programme.row(far, Number.POSITIVE_INFINITY, [...terms, [down, room], [lost, room]]);
    programme.row(Number.NEGATIVE_INFINITY, room - far, [...terms, [down, room], [lost, -room]]);
}

export const TAKEN_BACK: SuppressionReason = "herleidbaar";
