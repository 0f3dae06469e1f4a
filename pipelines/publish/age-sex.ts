// The region's shares by age group and sex: which of them an audience may see, in whole percents.

import { sumOver } from "../statistics/interval.ts";
import type { IndicatorDefinition } from "./catalogue.ts";
import type { Cell, MeasuredIndicator } from "./cell.ts";
import { groupBy } from "./comparisons.ts";
import { primaryReason, type Thresholds } from "./primary-suppression.ts";
import { type ProtectedCount, secondarySuppression } from "./secondary-suppression.ts";
import { shownOfRegion } from "./shown-comparisons.ts";
import type { ShownAgeSex, ShownGroup } from "./shown-details.ts";
import { wholePercent } from "./shown-form.ts";

/** A row of age_sex.parquet: exact. `largest`: what one practice has at most. */
export interface AgeSexCount {
    indicator: string;
    /** The youngest age of the group: 0, 18, 45, 65 or 75. */
    ageBand: number;
    sex: string;
    period: string;
    numerator: number;
    denominator: number;
    largestNumerator: number;
    largestRest: number;
}

/** Groups by sex that hold less of the patients than this are made wider: age groups alone. */
const ENOUGH = 0.8;

/**
 * Every group must stand disclosure.md rules 2 and 3 without its largest practice, so that no reader who knows an own
 * practice is left with too few others. Groups add up to the region, so hidden ones are kept apart from it by rule 5 on the
 * same remainders, as if all shown groups were known exactly; they are not, because only whole percents are written (rule 6).
 * Absent where the region is not shown exactly, where fewer than two groups may be shown, or where age alone decides.
 */
export function shownAgeSex(
    counts: readonly AgeSexCount[],
    base: readonly Cell[],
    definitions: readonly IndicatorDefinition[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
    thresholds: Thresholds,
): ShownAgeSex[] {
    const region = shownOfRegion(base);
    const byIndicator = groupBy(counts, ({ indicator }) => indicator);
    return definitions.flatMap(({ id, maat, soort }) => {
        const indicator = indicators.get(id);
        const rows = (byIndicator.get(id) ?? []).filter(({ denominator }) => denominator > 0);
        const [first] = rows;
        if (!indicator || !first || maat !== "aandeel" || soort !== "stand" || indicator.wholeGroup) return [];
        const shown = region.get(`${id}\t${first.period}`);
        if (!shown || rows.every(({ numerator, denominator }) => numerator === 0 || numerator === denominator))
            return [];
        const bySex = protectedGroups(rows, indicator, thresholds);
        const wider = protectedGroups(withoutSex(rows), indicator, thresholds);
        const chosen = bySex.patients >= ENOUGH || bySex.patients >= wider.patients ? bySex : wider;
        if (chosen.groups.filter(({ percent }) => percent !== null).length < 2) return [];
        return { indicator: id, period: first.period, groups: chosen.groups };
    });
}

/** Age groups of all sexes; the largest practices of the parts together are at least as large as that of the whole. */
function withoutSex(rows: readonly AgeSexCount[]): AgeSexCount[] {
    return [...groupBy(rows, ({ ageBand }) => String(ageBand)).values()].flatMap((parts) => {
        const [first] = parts;
        if (!first) return [];
        const sum = (pick: (row: AgeSexCount) => number): number => sumOver(parts, pick);
        return {
            ...first,
            sex: "",
            numerator: sum(({ numerator }) => numerator),
            denominator: sum(({ denominator }) => denominator),
            largestNumerator: sum(({ largestNumerator }) => largestNumerator),
            largestRest: sum(({ largestRest }) => largestRest),
        };
    });
}

/** The groups as they may be shown, and which part of the patients the shown ones hold. */
function protectedGroups(
    rows: readonly AgeSexCount[],
    indicator: MeasuredIndicator,
    { fewestPatients }: Thresholds,
): { groups: ShownGroup[]; patients: number } {
    const remainders = rows.map(withoutLargest);
    const primary = new Set<number>();
    remainders.forEach((left, place) => {
        if (primaryReason({ ...left, state: "value" }, indicator, fewestPatients)) primary.add(place);
    });
    const counts = remainders.map((left) => protectedCount(left, indicator));
    const whole = rows.length;
    const region = {
        count: sumOver(counts, ({ count }) => count),
        rest: sumOver(counts, ({ rest }) => rest ?? 0),
    };
    const parts = rows.map((_row, place) => place);
    const secondary = secondarySuppression([...counts, region], primary, [{ whole, parts }]);
    // The region is shown whatever happens, so where it would have to go no group is safe.
    const isHidden = (place: number): boolean => secondary.has(whole) || primary.has(place) || secondary.has(place);
    const groups = rows.map((row, place) => ({
        ageBand: row.ageBand,
        sex: row.sex === "" ? null : row.sex,
        percent: isHidden(place) ? null : wholePercent(row),
    }));
    const shown = sumOver(rows, (row) => (isHidden(rows.indexOf(row)) ? 0 : row.denominator));
    return { groups, patients: shown / sumOver(rows, ({ denominator }) => denominator) };
}

/**
 * What is left of a group for the reader who knows most of it. The practice with most patients counted and the one with most
 * who are not may be two, so this errs on the safe side.
 */
function withoutLargest(row: AgeSexCount): { numerator: number; denominator: number } {
    const numerator = row.numerator - row.largestNumerator;
    return { numerator, denominator: row.denominator - row.largestNumerator - row.largestRest };
}

/** A process figure protects its small group (the denominator), the others the patients counted and those who are not. */
function protectedCount(
    cell: { numerator: number; denominator: number },
    indicator: MeasuredIndicator,
): ProtectedCount {
    if (indicator.klasse === "proces") return { count: cell.denominator, rest: null };
    return { count: cell.numerator, rest: cell.denominator - cell.numerator };
}
