// How practices lie around the region and how the region moves, from exact counts. What an audience may see of it is
// decided in shown-comparisons.ts; `indicators.md` "Publication" says which statistic goes where.

import { type Achievable, achievable, differBeyondChance } from "../statistics/achievable.ts";
import { type Funnel, shareFunnel } from "../statistics/funnel.ts";
import { type Estimate, sumOver } from "../statistics/interval.ts";
import { ratioOverPractices, shareChange } from "../statistics/panel-change.ts";

/** What a comparison asks of a definition. */
export interface ComparedIndicator {
    id: string;
    maat: "aandeel" | "aantal" | "ratio";
    soort: "stand" | "stroom" | "praktijk" | "regio";
    klasse: "populatie" | "proces" | "uitkomst" | "beweging" | "praktijk" | "bureau";
    beter?: "hoger" | "lager" | "geen" | null;
}

/** A practice's figure with its counts. */
export interface Counted {
    indicator: string;
    /** AGB code. */
    id: string;
    period: string;
    numerator: number;
    denominator: number;
    /** The count to expect of its patients' age and sex, where known. */
    expected?: number | null;
}

/** How practices' shares lie around the region's in one quarter or year. */
export interface FunnelOfPractices extends Funnel {
    indicator: string;
    period: string;
    /** Average number of patients in the denominator of a practice. */
    size: number;
    /** Part of all patients that the largest practice has. */
    largestShare: number;
    /** Whether practices differ more than chance gives. */
    beyondChance: boolean;
    /** They do, but no longer when the age and sex of their patients are taken into account. */
    byAgeSex: boolean;
    /** What the best practices have reached; null where practices do not differ more than chance gives. */
    achievable: Achievable | null;
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
    /** Fewest patients of the panel in the denominator, then or now. */
    patients: number;
    /** Practices with a value in only one of the two. */
    outside: number;
}

/** Quality is compared between practices; who their patients are is not. */
export function isCompared({ maat, soort, klasse }: ComparedIndicator): boolean {
    return maat === "aandeel" && soort !== "praktijk" && (klasse === "proces" || klasse === "uitkomst");
}

/** The funnel of every indicator that is compared, per period; none where fewer than 8 practices have patients. */
export function funnelsOf(counted: readonly Counted[], indicators: readonly ComparedIndicator[]): FunnelOfPractices[] {
    const rowsOf = byIndicator(counted);
    return indicators.filter(isCompared).flatMap((indicator) =>
        byPeriod(rowsOf.get(indicator.id) ?? []).flatMap(([period, rows]) => {
            const practices = rows.filter(({ denominator }) => denominator > 0);
            const funnel = shareFunnel(practices);
            if (!funnel) return [];
            const patients = sumOver(practices, ({ denominator }) => denominator);
            const { beter } = indicator;
            const beyondChance = differBeyondChance(practices);
            return {
                indicator: indicator.id,
                period,
                ...funnel,
                size: patients / practices.length,
                largestShare: Math.max(...practices.map(({ denominator }) => denominator)) / patients,
                beyondChance,
                byAgeSex: beyondChance && !differGivenAgeSex(practices, funnel.centre),
                achievable: beter === "hoger" || beter === "lager" ? achievable(practices, beter) : null,
            };
        }),
    );
}

/** The same after each practice got the region's mix of patients: its count less what was expected of it, plus the region's share. */
function differGivenAgeSex(practices: readonly Counted[], centre: number): boolean {
    const standardised = practices.map(({ numerator, denominator, expected }) => {
        const count = numerator + (centre * denominator - (expected ?? centre * denominator));
        return { denominator, numerator: Math.round(Math.min(denominator, Math.max(0, count))) };
    });
    return differBeyondChance(standardised);
}

/** Every quarter of shares and counted flows against the same quarter a year before. */
export function panelChanges(counted: readonly Counted[], indicators: readonly ComparedIndicator[]): PanelChange[] {
    const rowsOf = byIndicator(counted);
    return indicators.flatMap((indicator) => panelsOf(indicator, rowsOf.get(indicator.id) ?? []));
}

function panelsOf(indicator: ComparedIndicator, rows: readonly Counted[]): PanelChange[] {
    const isShare = indicator.maat === "aandeel";
    if (indicator.soort === "praktijk" || !(isShare || (indicator.maat === "aantal" && indicator.soort === "stroom")))
        return [];
    const quarters = new Map(
        byPeriod(rows.filter(({ denominator }) => denominator > 0)).filter(([period]) => period.includes("Q")),
    );
    return [...quarters].flatMap(([period, now]) => {
        const before = `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
        const then = new Map((quarters.get(before) ?? []).map((row) => [row.id, row]));
        const pairs = now.flatMap((after) => {
            const earlier = then.get(after.id);
            return earlier ? [{ before: earlier, after }] : [];
        });
        const change = isShare
            ? shareChange(pairs)
            : ratioOverPractices(pairs.map((pair) => ({ before: pair.before.numerator, after: pair.after.numerator })));
        if (!change) return [];
        return {
            indicator: indicator.id,
            period,
            before,
            kind: isShare ? "difference" : "ratio",
            change,
            practices: pairs.length,
            patients: Math.min(
                sumOver(pairs, ({ before: { denominator } }) => denominator),
                sumOver(pairs, ({ after: { denominator } }) => denominator),
            ),
            outside: now.length + then.size - 2 * pairs.length,
        };
    });
}

const byIndicator = (rows: readonly Counted[]) => groupBy(rows, (row) => row.indicator);

const byPeriod = (rows: readonly Counted[]): [string, Counted[]][] =>
    [...groupBy(rows, (row) => row.period)].sort(([left], [right]) => (left < right ? -1 : 1));

/** Rows by a key of theirs, in order. */
export function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
        const group = groups.get(key(row));
        if (group) group.push(row);
        else groups.set(key(row), [row]);
    }
    return groups;
}
