// What an audience sees of comparisons: made from figures that it is shown, and rounded so that they tell no more.

import { rateChart, shareChart } from "../statistics/control-chart.ts";
import { shareLimits } from "../statistics/funnel.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Cell } from "./cell.ts";
import type { ComparedIndicator, FunnelOfPractices, PanelChange } from "./comparisons.ts";
import type { Thresholds } from "./primary-suppression.ts";
import { periodKind } from "./publication-period.ts";

/** How practices lie around the region, as a page draws it. Shares are fractions. */
export interface ShownFunnel {
    indicator: string;
    period: string;
    /** The region's shown value. */
    centre: number;
    /** Standard deviation between practices beyond chance, in thousandths. */
    spread: number;
    /** Average number of patients per practice. */
    size: number;
    beyondChance: boolean;
    /** Beyond chance, but no longer given the age and sex of the patients. */
    byAgeSex: boolean;
    /** 95 % limits at the average size if practices differed by chance only. */
    chance: Interval;
    /** In whole percents (as a fraction); null where nothing is to be shown. */
    achievable: number | null;
}

/** Where one's own practice lies in a quarter. */
export interface Position {
    indicator: string;
    period: string;
    /** The over-dispersed 99,8 % limits at its number of patients. */
    limits: Interval;
    /** Beyond them, or null. */
    side: "boven" | "onder" | null;
    /**
     * The same limits around what is to be expected of its patients' age and sex (both shown to it) instead of around the
     * region; null where that is not known.
     */
    standardised: { limits: Interval; side: "boven" | "onder" | null } | null;
}

/** The funnel around one's own practice: limits by number of patients, and at its own numbers over time. */
export interface Curve {
    indicator: string;
    period: string;
    points: { n: number; outer: Interval; inner: Interval }[];
    own: { period: string; limits: Interval }[];
}

/** Control limits over the region's months; a rate is per 1.000 of its denominator. */
export interface ShownControl {
    indicator: string;
    centre: number;
    points: { period: string; value: number; low: number; high: number; signal: Signal | null }[];
}

/** Beyond a limit; eight on one side of the centre; six on a slope. */
export type Signal = "buiten" | "verschuiving" | "helling";

export interface ShownPanel extends Interval {
    indicator: string;
    period: string;
    before: string;
    kind: PanelChange["kind"];
    value: number;
    practices: number;
    /** Decimals of a difference in percentage points. */
    digits: number;
}

export interface ShownComparisons {
    funnels: ShownFunnel[];
    positions: Position[];
    curves: Curve[];
    control: ShownControl[];
    panels: ShownPanel[];
}

/** The region's figures that an audience is shown as they are, by indicator and period. */
export function shownOfRegion(cells: readonly Cell[]): ReadonlyMap<string, Cell> {
    return new Map(
        cells
            .filter(
                ({ level, stratum, state, shown, denominator }) =>
                    level === "region" &&
                    stratum === null &&
                    (state === "value" || state === "zero") &&
                    shown === "exact" &&
                    denominator !== null,
            )
            .map((cell) => [keyOf(cell.indicator, cell.period), cell]),
    );
}

const keyOf = (indicator: string, period: string): string => `${indicator}\t${period}`;

/**
 * The funnels of the periods in which peers are shown. A benchmark needs enough practices, none of them dominating
 * (disclosure.md rule 4); its centre is the region's shown value (rule 8).
 */
export function shownFunnels(
    funnels: readonly FunnelOfPractices[],
    region: ReadonlyMap<string, Cell>,
    { fewestPractices, largestShare }: Thresholds,
): ShownFunnel[] {
    return funnels.flatMap((funnel) => {
        const centre = region.get(keyOf(funnel.indicator, funnel.period))?.value ?? null;
        if (centre === null || centre <= 0 || centre >= 1) return [];
        if (funnel.practices < fewestPractices || funnel.largestShare > largestShare) return [];
        const size = Math.max(1, Math.round(funnel.size));
        return {
            indicator: funnel.indicator,
            period: funnel.period,
            centre,
            spread: rounded(Math.sqrt(funnel.between), 3),
            size,
            beyondChance: funnel.beyondChance,
            byAgeSex: funnel.byAgeSex,
            chance: shareLimits({ centre, between: 0, phi: 1, practices: funnel.practices }, size, 0.95),
            // What other patients make possible is no aim for everybody.
            achievable: funnel.achievable && !funnel.byAgeSex ? rounded(funnel.achievable.value, 2) : null,
        };
    });
}

/** Limits of a shown funnel at a number of patients. */
function limitsAt({ centre, spread }: ShownFunnel, n: number, level: 0.95 | 0.998): Interval {
    return shareLimits({ centre, between: spread * spread, phi: 1, practices: 0 }, n, level);
}

/**
 * Where a practice lies in the funnels that it is shown, and the curve around it for what lies beyond on one side in the
 * last two quarters (a highlight of its mirror).
 */
export function ownPlace(
    funnels: readonly ShownFunnel[],
    own: readonly Pick<Cell, "indicator" | "stratum" | "period" | "numerator" | "denominator" | "expected">[],
): { positions: Position[]; curves: Curve[] } {
    const counts = new Map<string, OwnCount[]>();
    for (const { indicator, stratum, period, numerator, denominator, expected } of own) {
        if (stratum !== null || numerator === null || denominator === null || denominator <= 0) continue;
        if (periodKind(period) !== "quarter") continue;
        const found = counts.get(indicator) ?? [];
        counts.set(indicator, found);
        found.push({ period, numerator, denominator, expected });
    }
    const quarters = [...new Set(funnels.map(({ period }) => period))]
        .filter((period) => periodKind(period) === "quarter")
        .sort()
        .slice(-2);
    const positions = funnels
        .filter(({ period }) => quarters.includes(period))
        .flatMap((funnel): Position[] => {
            const at = counts.get(funnel.indicator)?.find(({ period }) => period === funnel.period);
            if (!at) return [];
            const limits = limitsAt(funnel, at.denominator, 0.998);
            const side = sideOf(at, limits);
            const standardised = standardisedAt(funnel, at);
            return [{ indicator: funnel.indicator, period: funnel.period, limits, side, standardised }];
        });
    const [then, now] = quarters;
    const curves = funnels
        .filter((funnel) => {
            if (funnel.period !== now) return false;
            const sides = [then, now].map(
                (period) => positions.find((one) => one.indicator === funnel.indicator && one.period === period)?.side,
            );
            return sides[0] !== null && sides[0] !== undefined && sides[0] === sides[1];
        })
        .map((funnel) => curveOf(funnel, counts.get(funnel.indicator) ?? []));
    return { positions, curves };
}

interface OwnCount {
    period: string;
    numerator: number;
    denominator: number;
    expected: number | undefined;
}

function sideOf({ numerator, denominator }: OwnCount, { low, high }: Interval): Position["side"] {
    const value = numerator / denominator;
    return value > high ? "boven" : value < low ? "onder" : null;
}

/** An expected share of nobody or everybody has no funnel around it. */
function standardisedAt(funnel: ShownFunnel, at: OwnCount): Position["standardised"] {
    if (at.expected === undefined || at.expected <= 0 || at.expected >= at.denominator) return null;
    const limits = limitsAt({ ...funnel, centre: at.expected / at.denominator }, at.denominator, 0.998);
    return { limits, side: sideOf(at, limits) };
}

/** Own quarters that a curve shows. */
const LATEST = 6;
const STEPS = 48;

function curveOf(funnel: ShownFunnel, counts: readonly { period: string; denominator: number }[]): Curve {
    const own = [...counts].sort((left, right) => (left.period < right.period ? -1 : 1)).slice(-LATEST);
    const sizes = [...own.map(({ denominator }) => denominator), funnel.size];
    const smallest = Math.max(5, Math.min(...sizes) * 0.3);
    const largest = Math.max(...sizes) * 1.5;
    const steps = Array.from({ length: STEPS + 1 }, (_unused, step) =>
        Math.round(smallest + ((largest - smallest) * step) / STEPS),
    );
    return {
        indicator: funnel.indicator,
        period: funnel.period,
        points: [...new Set(steps)].map((n) => ({
            n,
            outer: limitsAt(funnel, n, 0.998),
            inner: limitsAt(funnel, n, 0.95),
        })),
        own: own.map(({ period, denominator }) => ({ period, limits: limitsAt(funnel, denominator, 0.998) })),
    };
}

/**
 * Control limits of flows over the months of the region that are shown, the suppressed ones left out. Of flows only: the
 * windows of stocks overlap (indicators.md, Publication).
 */
export function shownControl(
    region: ReadonlyMap<string, Cell>,
    indicators: readonly ComparedIndicator[],
): ShownControl[] {
    const months = new Map<string, { period: string; numerator: number; denominator: number }[]>();
    for (const { indicator, period, numerator, denominator } of region.values()) {
        if (periodKind(period) !== "month" || numerator === null || denominator === null) continue;
        const found = months.get(indicator) ?? [];
        months.set(indicator, found);
        found.push({ period, numerator, denominator });
    }
    return indicators.flatMap(({ id, maat, soort }) => {
        const flow = (months.get(id) ?? []).sort((left, right) => (left.period < right.period ? -1 : 1));
        if (soort !== "stroom" || maat === "ratio" || flow.length === 0) return [];
        const chart = maat === "aandeel" ? shareChart(flow) : rateChart(flow);
        if (!chart) return [];
        const scale = maat === "aantal" ? 1000 : 1;
        return {
            indicator: id,
            centre: chart.centre * scale,
            points: chart.points.map(({ period, value, low, high, outside, shift, trend }) => ({
                period,
                value: value * scale,
                low: low * scale,
                high: high * scale,
                signal: outside ? "buiten" : shift ? "verschuiving" : trend ? "helling" : null,
            })),
        };
    });
}

/** With so many patients, a whole percentage point leaves a count of the few practices outside the panel 12 values or more. */
const PANEL_OF_MANY = 1200;

/**
 * Changes over the constant panel, where both quarters of the region are shown. One to three practices that are in one of
 * the two only would be what is left of the region without the panel: then a share's change is shown in whole percentage
 * points if the panel is large, and a flow's, which is counted exactly, is not shown.
 */
export function shownPanels(
    panels: readonly PanelChange[],
    region: ReadonlyMap<string, Cell>,
    { fewestPractices }: Thresholds,
): ShownPanel[] {
    return panels.flatMap(({ indicator, period, before, kind, change, practices, patients, outside }) => {
        if (!region.has(keyOf(indicator, period)) || !region.has(keyOf(indicator, before))) return [];
        if (practices < fewestPractices) return [];
        const few = outside > 0 && outside < fewestPractices;
        if (few && (kind === "ratio" || patients < PANEL_OF_MANY)) return [];
        const digits = few ? 0 : 1;
        const write = (value: number) => rounded(value, kind === "difference" ? digits + 2 : 2);
        return {
            indicator,
            period,
            before,
            kind,
            value: write(change.value),
            low: write(change.low),
            high: write(change.high),
            practices,
            digits,
        };
    });
}

function rounded(value: number, digits: number): number {
    return Number(value.toFixed(digits));
}
