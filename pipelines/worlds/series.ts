import { countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "../publish/cell.ts";
import { monthsOf } from "../publish/publication-period.ts";

/** Fewer different numbers than this may be equal by chance. */
export const FEWEST_VALUES = 8;

/** What one series counts, by level, group and period. */
type Series = ReadonlyMap<string, number>;

/**
 * Which series count the same patients under two names: the measured patients of a process indicator are the denominator
 * of its outcome, and all who are registered the denominator of every population. Definitions say so in prose; here it is
 * read from the numbers of areas and the region, which must be equal in every cell and vary enough not to be equal by
 * chance. Where nobody is measured there is no outcome: a cell of nobody may be missing in the other.
 */
export function sameSeries(
    cells: readonly MartCell[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
): (name: string) => string {
    const series = new Map<string, Map<string, number>>();
    const put = (name: string, key: string, value: number) => {
        const values = series.get(name) ?? new Map<string, number>();
        series.set(name, values);
        values.set(key, values.has(key) && values.get(key) !== value ? Number.NaN : value);
    };
    for (const cell of cells) {
        const indicator = indicators.get(cell.indicator);
        if (!indicator || !countsPatients(indicator.klasse) || !hasFigure(cell) || cell.numerator === null) continue;
        if (cell.level !== "area" && cell.level !== "region") continue;
        const period = indicator.soort === "stand" ? monthsOf(cell.period).last : cell.period;
        const key = `${cell.level}\t${cell.id}\t${period}`;
        put(numeratorSeries(cell), key, cell.numerator);
        if (cell.denominator !== null) put(denominatorSeries(indicator), key, cell.denominator);
    }
    const firsts: [name: string, values: Series][] = [];
    const canonical = new Map<string, string>();
    for (const [name, values] of series) {
        if (new Set(values.values()).size < FEWEST_VALUES) continue;
        const known = firsts.find(([, others]) => isWithin(values, others) && isWithin(others, values));
        if (known) canonical.set(name, known[0]);
        else firsts.push([name, values]);
    }
    return (name) => canonical.get(name) ?? name;
}

/** Whether every number of a series stands in the other too, but for those of nobody. */
function isWithin(values: Series, others: Series): boolean {
    for (const [key, value] of values) if ((others.get(key) ?? 0) !== value) return false;
    return true;
}

export function numeratorSeries({ indicator, stratum }: Pick<MartCell, "indicator" | "stratum">): string {
    return `${indicator}\t${stratum ?? ""}`;
}

/** Indicators whose definitions name their denominator in the same words share it. */
export function denominatorSeries({ id, soort, denominator }: MeasuredIndicator): string {
    return `noemer ${soort === "stand" ? "stand" : "stroom"} ${denominator || id}`;
}
