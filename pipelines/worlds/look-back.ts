import { countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "../publish/cell.ts";
import { periodKind } from "../publish/publication-period.ts";
import { denominatorSeries, FEWEST_VALUES, numeratorSeries } from "./series.ts";

/** A stock that counts who was counted by a flow in four quarters, which ended so many quarters before. */
export interface LookBack {
    stock: string;
    flow: string;
    quartersBefore: number;
}

type ByPractice = Map<string, Map<number, number>>;

export const QUARTERS = [0, 1, 2, 3];
/** How far back a stock may look. */
const FARTHEST = 12;
/** Of so many practices one may differ: it moved, or was corrected. */
const ONE_OF = 20;

/**
 * Which stocks look back on a flow: who dropped out of a programme is asked of those who started it in a year, two years
 * before, and how many those were stands among the figures of that year. As with series that two indicators share,
 * definitions say so in prose and it is read from the numbers: of practices here, because groups have since lost and
 * gained some.
 */
export function lookBacks(
    cells: readonly MartCell[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
    series: (name: string) => string,
): LookBack[] {
    const flows = new Map<string, ByPractice>();
    const stocks = new Map<string, ByPractice>();
    const put = (into: Map<string, ByPractice>, name: string, practice: string, quarter: number, count: number) => {
        const byPractice: ByPractice = into.get(name) ?? new Map();
        into.set(name, byPractice);
        byPractice.set(practice, (byPractice.get(practice) ?? new Map()).set(quarter, count));
    };
    for (const cell of cells) {
        const indicator = indicators.get(cell.indicator);
        const quarter = quarterNumber(cell.period);
        if (cell.level !== "practice" || quarter === null || !indicator || !countsPatients(indicator.klasse)) continue;
        if (!hasFigure(cell) || cell.numerator === null) continue;
        if (indicator.soort !== "stand") put(flows, numeratorSeries(cell), cell.id, quarter, cell.numerator);
        else {
            put(stocks, series(numeratorSeries(cell)), cell.id, quarter, cell.numerator);
            const { denominator } = cell;
            if (denominator !== null) put(stocks, series(denominatorSeries(indicator)), cell.id, quarter, denominator);
        }
    }
    const found: LookBack[] = [];
    for (const [flow, counts] of flows) {
        const years = inFourQuarters(counts);
        for (const [stock, others] of stocks)
            for (let quartersBefore = 0; quartersBefore <= FARTHEST; quartersBefore += 1)
                if (isSum(others, years, quartersBefore)) found.push({ stock, flow, quartersBefore });
    }
    return found;
}

/** What a flow counted in the four quarters up to each, where all four are there. */
function inFourQuarters(flow: ByPractice): ByPractice {
    const years: ByPractice = new Map();
    for (const [practice, counts] of flow) {
        const sums = new Map<number, number>();
        for (const quarter of counts.keys()) {
            const parts = QUARTERS.flatMap((back) => counts.get(quarter - back) ?? []);
            if (parts.length === QUARTERS.length)
                sums.set(
                    quarter,
                    parts.reduce((sum, part) => sum + part, 0),
                );
        }
        years.set(practice, sums);
    }
    return years;
}

/** Quarters counted from the beginning of the calendar; null for a month or a year. */
export function quarterNumber(period: string): number | null {
    return periodKind(period) === "quarter" ? Number(period.slice(0, 4)) * 4 + Number(period.slice(6)) - 1 : null;
}

function isSum(stock: ByPractice, years: ByPractice, quartersBefore: number): boolean {
    const values = new Set<number>();
    let [equal, different] = [0, 0];
    for (const [practice, quarters] of stock) {
        const sums = years.get(practice);
        if (!sums) continue;
        for (const [quarter, count] of quarters) {
            const sum = sums.get(quarter - quartersBefore);
            if (sum === undefined) continue;
            if (sum === count) {
                equal += 1;
                values.add(count);
            } else different += 1;
            if (different > 3 && different * ONE_OF > equal) return false;
        }
    }
    return values.size >= FEWEST_VALUES && different * ONE_OF <= equal;
}
