import { countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "../publish/cell.ts";
import { monthsOf } from "../publish/publication-period.ts";

/** Fewer different numbers than this may be equal by chance. */
const FEWEST_VALUES = 8;

/**
 * Which series of group figures count the same patients under two names: the measured patients of a process indicator are
 * the denominator of its outcome, and all who are registered the denominator of every population. Definitions say so in
 * prose; here it is read from the numbers, which must be equal in every cell and vary enough not to be equal by chance.
 * Holds for groups, whose counts are shown; practices are shown as percents of an unknown number of patients.
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
    const first = new Map<string, string>();
    const canonical = new Map<string, string>();
    for (const [name, values] of series) {
        if (new Set(values.values()).size < FEWEST_VALUES) continue;
        const signature = [...values]
            .map(([key, value]) => `${key}=${value}`)
            .sort()
            .join("\n");
        const known = first.get(signature);
        if (known === undefined) first.set(signature, name);
        else canonical.set(name, known);
    }
    return (name) => canonical.get(name) ?? name;
}

export function numeratorSeries({ indicator, stratum }: Pick<MartCell, "indicator" | "stratum">): string {
    return `${indicator}\t${stratum ?? ""}`;
}

/** Indicators whose definitions name their denominator in the same words share it. */
export function denominatorSeries({ id, soort, denominator }: MeasuredIndicator): string {
    return `noemer ${soort === "stand" ? "stand" : "stroom"} ${denominator || id}`;
}
