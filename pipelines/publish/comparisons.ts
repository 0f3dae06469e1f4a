// How practices compare and how figures move: funnels, achievable values, control charts and panel changes of a publication.
// `indicators.md` "Publication" says which statistic goes where.

import { isFlow } from "../refresh/goal-series.ts";
import type { Indicator } from "../refresh/indicator.ts";
import { type Achievable, achievable } from "../statistics/achievable.ts";
import { type ControlChart, type FlowPoint, rateChart, shareChart } from "../statistics/control-chart.ts";
import { type Funnel, ratioFunnel, ratioLimits, shareFunnel, shareLimits } from "../statistics/funnel.ts";
import { type Estimate, type Interval, type Level, sumOver } from "../statistics/interval.ts";
import { ratioOverPractices, shareChange } from "../statistics/panel-change.ts";

/** How practices lie around the region in one quarter or year. */
export interface FunnelOfPractices extends Funnel {
    indicator: string;
    period: string;
    /** Shares are fractions; rates are events per unit of the denominator, with `between` in squares of observed over expected. */
    kind: "share" | "rate";
    /** What the best practices have reached; null where practices do not differ more than chance gives. */
    achievable: Achievable | null;
}

/** Where one practice lies in a quarter. */
export interface Position {
    indicator: string;
    period: string;
    practice: string;
    limits95: Interval;
    limits998: Interval;
    /** Beyond the 99,8 % limits, or null. */
    beyond: "boven" | "onder" | null;
}

export interface ControlOfRegion extends ControlChart {
    indicator: string;
}

/** A quarter against the same quarter a year before, over the practices that have a value in both. */
export interface PanelChange {
    indicator: string;
    period: string;
    before: string;
    /** Shares: a difference of fractions. Flows: sum over sum, 1 is no change. */
    kind: "difference" | "ratio";
    change: Estimate;
    practices: number;
}

export interface Comparisons {
    funnels: FunnelOfPractices[];
    /** Of the last two quarters: a highlight lies beyond on the same side in both. */
    positions: Position[];
    control: ControlOfRegion[];
    panels: PanelChange[];
}

/** A figure with counts, of a practice or the region. */
export interface Counted {
    indicator: string;
    /** AGB code, or `regio`. */
    id: string;
    period: string;
    numerator: number;
    denominator: number;
}

/** Compares practices per quarter and year, and the region's flows over months (pure). */
export function compare(counted: readonly Counted[], indicators: readonly Indicator[]): Comparisons {
    const comparisons: Comparisons = { funnels: [], positions: [], control: [], panels: [] };
    const byIndicator = groupBy(counted, (row) => row.indicator);
    for (const indicator of indicators) {
        const rows = byIndicator.get(indicator.id) ?? [];
        const ofPractices = rows.filter((row) => row.id !== "regio");
        const chart = controlOf(indicator, rows);
        if (chart) comparisons.control.push({ indicator: indicator.id, ...chart });
        comparisons.panels.push(...panelsOf(indicator, ofPractices));
        if (!isCompared(indicator)) continue;
        const byPeriod = [...groupBy(ofPractices, (row) => row.period)].sort(([left], [right]) =>
            left < right ? -1 : 1,
        );
        const lastTwo = byPeriod.filter(([period]) => period.includes("Q")).slice(-2);
        for (const entry of byPeriod) {
            const [period, practices] = entry;
            const funnel = funnelOf(indicator, practices);
            if (!funnel) continue;
            const { beter } = indicator;
            const best = indicator.maat === "aandeel" && beter !== "geen" ? achievable(practices, beter) : null;
            comparisons.funnels.push({
                indicator: indicator.id,
                period,
                kind: kindOf(indicator),
                ...funnel.funnel,
                centre: funnel.rate ?? funnel.funnel.centre,
                achievable: best,
            });
            if (lastTwo.includes(entry)) comparisons.positions.push(...positionsOf(indicator.id, practices, funnel));
        }
    }
    return comparisons;
}

/** Quality is compared between practices, and what they do; not who their patients are. */
function isCompared({ maat, klasse, gebied }: Indicator): boolean {
    if (gebied !== "patiënt") return false;
    return maat === "aandeel"
        ? klasse === "proces" || klasse === "uitkomst"
        : maat === "aantal" && klasse === "beweging";
}

const kindOf = ({ maat }: Indicator): "share" | "rate" => (maat === "aandeel" ? "share" : "rate");

interface PracticeFunnel {
    funnel: Funnel;
    /** Of rates: the region's events per unit of the denominator. */
    rate: number | null;
}

function funnelOf(indicator: Indicator, practices: readonly Counted[]): PracticeFunnel | null {
    if (kindOf(indicator) === "share") {
        const funnel = shareFunnel(practices);
        return funnel && { funnel, rate: null };
    }
    const rate = sumOver(practices, (row) => row.numerator) / sumOver(practices, (row) => row.denominator);
    const funnel = ratioFunnel(
        practices.map(({ numerator, denominator }) => ({ observed: numerator, expected: rate * denominator })),
    );
    return funnel && { funnel, rate };
}

function positionsOf(indicator: string, practices: readonly Counted[], { funnel, rate }: PracticeFunnel) {
    const limitsAt = (row: Counted, level: Level): Interval => {
        if (rate === null) return shareLimits(funnel, row.denominator, level);
        const { low, high } = ratioLimits(funnel, rate * row.denominator, level);
        return { low: low * rate, high: high * rate };
    };
    return practices.map((row) => {
        const limits998 = limitsAt(row, 0.998);
        const value = row.numerator / row.denominator;
        const beyond = value > limits998.high ? "boven" : value < limits998.low ? "onder" : null;
        return {
            indicator,
            period: row.period,
            practice: row.id,
            limits95: limitsAt(row, 0.95),
            limits998,
            beyond,
        } as const;
    });
}

/** Of flows over the region's months only: stocks with a window overlap, and their line has no control limits. */
function controlOf(indicator: Indicator, rows: readonly Counted[]): ControlChart | null {
    if (!isFlow(indicator)) return null;
    const months: FlowPoint[] = rows.filter((row) => row.id === "regio");
    if (indicator.maat === "aandeel") return shareChart(months);
    return indicator.maat === "aantal" ? rateChart(months) : null;
}

/** Every quarter against the same quarter a year before, over the practices that have a value in both. */
function panelsOf(indicator: Indicator, practices: readonly Counted[]): PanelChange[] {
    const isShare = indicator.maat === "aandeel";
    if (!isShare && !(indicator.maat === "aantal" && isFlow(indicator))) return [];
    const at = new Map(practices.map((row) => [`${row.id} ${row.period}`, row]));
    const quarters = [...new Set(practices.map((row) => row.period))].filter((period) => period.includes("Q")).sort();
    return quarters.flatMap((period) => {
        const before = `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
        const pairs = practices.flatMap((after) => {
            const earlier = after.period === period ? at.get(`${after.id} ${before}`) : undefined;
            return earlier ? [{ before: earlier, after }] : [];
        });
        const change = isShare
            ? shareChange(pairs)
            : ratioOverPractices(pairs.map((pair) => ({ before: pair.before.numerator, after: pair.after.numerator })));
        if (!change) return [];
        const kind = isShare ? ("difference" as const) : ("ratio" as const);
        return [{ indicator: indicator.id, period, before, kind, change, practices: pairs.length }];
    });
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
        const group = groups.get(key(row));
        if (group) group.push(row);
        else groups.set(key(row), [row]);
    }
    return groups;
}
