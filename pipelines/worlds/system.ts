import type { MartCell, MeasuredIndicator } from "../publish/cell.ts";
import { countsPatients, hasFigure } from "../publish/cell.ts";
import { enclosingPeriod, monthsOf } from "../publish/publication-period.ts";
import { type LookBack, lookBacks, QUARTERS, quarterNumber } from "./look-back.ts";
import { denominatorSeries, numeratorSeries, sameSeries } from "./series.ts";

/** Counts that add up: by their places in the system. */
export interface Sum {
    whole: number;
    parts: readonly number[];
}

/** One figure of one publication: which counts it is made of. */
export interface Figure {
    cell: MartCell;
    /** Place of the count that is its numerator. */
    n: number;
    /** Place of its denominator; -1 without one. */
    d: number;
    /** The numerator is part of the denominator. */
    isPart: boolean;
}

/** The register as it was when a publication was made: which group each practice belonged to. */
export interface Place {
    id: string;
    hagro: string | null;
    organisation: string | null;
}

export interface Publication {
    cells: readonly MartCell[];
    places: readonly Place[];
}

/**
 * All counts of patients behind one or more publications, and every sum that holds between them (disclosure.md rule 5):
 * practices, hagros, areas, organisations and the region, strata, months, quarters and years. A count that two figures
 * share is one count: the denominator of all indicators with the same denominator, a stock's December and its year, and
 * a figure of an earlier publication that did not change since. A stock that looks back on a flow is the sum of its
 * quarters. Who reads what is no part of it.
 */
export interface System {
    values: Float64Array;
    sums: readonly Sum[];
    /** Sums in which a count is a part, and in which it is the whole. */
    partOf: readonly (readonly number[])[];
    wholeOf: readonly (readonly number[])[];
    /** Per publication, beside its cells; null for a cell that counts no patients or has no figure. */
    figures: readonly (readonly (Figure | null)[])[];
    /** Figures that a count is the numerator or the denominator of. */
    figuresOf: readonly (readonly Figure[])[];
    /** The practice whose own count it is. */
    practiceOf: readonly (string | null)[];
}

/** Builds the system of these publications, oldest first. */
export function countSystem(
    publications: readonly Publication[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
): System {
    const newest = publications.at(-1)?.cells ?? [];
    const series = sameSeries(newest, indicators);
    const builder = new Builder(indicators, series, lookBacks(newest, indicators, series));
    const figures = publications.map((publication) => builder.add(publication));
    return builder.finish(figures);
}

class Builder {
    private readonly values: number[] = [];
    private readonly practices: (string | null)[] = [];
    private readonly places = new Map<string, number>();
    private readonly sums = new Map<string, Sum>();
    private readonly indicators: ReadonlyMap<string, MeasuredIndicator>;
    private readonly series: (name: string) => string;
    private readonly lookBacks: readonly LookBack[];

    constructor(
        indicators: ReadonlyMap<string, MeasuredIndicator>,
        series: (name: string) => string,
        found: readonly LookBack[],
    ) {
        this.indicators = indicators;
        this.series = series;
        this.lookBacks = found;
    }

    add({ cells, places }: Publication): (Figure | null)[] {
        const figures = cells.map((cell) => this.figure(cell));
        const numerators = new Sums((figure) => figure.n);
        const denominators = new Sums((figure) => figure.d);
        const placeOf = new Map(places.map((place) => [place.id, place]));
        for (const figure of figures) {
            if (figure === null) continue;
            const indicator = this.indicators.get(figure.cell.indicator);
            if (!indicator) continue;
            numerators.put(figure, indicator, placeOf);
            if (figure.d >= 0 && figure.cell.stratum === null) denominators.put(figure, indicator, placeOf);
        }
        for (const { whole, parts, mayMiss } of [...numerators.all(), ...denominators.all()])
            this.sum(whole, parts, mayMiss);
        if (this.lookBacks.length > 0) this.lookBack(figures);
        return figures;
    }

    /** Sums of a flow's four quarters to the stock that looks back on them. */
    private lookBack(figures: readonly (Figure | null)[]): void {
        const flows = new Map<string, number>();
        const stocks = new Map<string, { at: string; quarter: number; place: number }[]>(
            this.lookBacks.map(({ stock }) => [stock, []]),
        );
        for (const figure of figures) {
            const quarter = figure && quarterNumber(figure.cell.period);
            const indicator = figure && this.indicators.get(figure.cell.indicator);
            if (!figure || quarter === null || !indicator) continue;
            const at = `${figure.cell.level}\t${figure.cell.id}`;
            if (indicator.soort !== "stand") {
                flows.set(`${numeratorSeries(figure.cell)}\t${at}\t${quarter}`, figure.n);
                continue;
            }
            for (const [name, place] of [
                [numeratorSeries(figure.cell), figure.n],
                [denominatorSeries(indicator), figure.d],
            ] as const)
                if (place >= 0) stocks.get(this.series(name))?.push({ at, quarter, place });
        }
        for (const { stock, flow, quartersBefore } of this.lookBacks) {
            for (const { at, quarter, place } of stocks.get(stock) ?? []) {
                const parts = QUARTERS.flatMap(
                    (back) => flows.get(`${flow}\t${at}\t${quarter - quartersBefore - back}`) ?? [],
                );
                if (parts.length === QUARTERS.length) this.sum(place, parts, false);
            }
        }
    }

    finish(figures: readonly (readonly (Figure | null)[])[]): System {
        const sums = [...this.sums.values()];
        const lists = <Item>(): Item[][] => this.values.map(() => []);
        const [partOf, wholeOf, figuresOf] = [lists<number>(), lists<number>(), lists<Figure>()];
        sums.forEach(({ whole, parts }, index) => {
            wholeOf[whole]?.push(index);
            for (const part of parts) partOf[part]?.push(index);
        });
        for (const figure of figures.flat()) {
            if (figure === null) continue;
            figuresOf[figure.n]?.push(figure);
            if (figure.d >= 0 && figure.d !== figure.n) figuresOf[figure.d]?.push(figure);
        }
        const practiceOf = this.practices;
        return { values: Float64Array.from(this.values), sums, partOf, wholeOf, figures, figuresOf, practiceOf };
    }

    private figure(cell: MartCell): Figure | null {
        const indicator = this.indicators.get(cell.indicator);
        if (!indicator || !countsPatients(indicator.klasse) || !hasFigure(cell) || cell.numerator === null) return null;
        const period = momentOf(cell.period, indicator);
        const n = this.count(numeratorSeries(cell), cell, period, cell.numerator);
        const d =
            cell.denominator === null ? -1 : this.count(denominatorSeries(indicator), cell, period, cell.denominator);
        return { cell, n, d, isPart: d >= 0 && indicator.maat === "aandeel" };
    }

    /** The count of this series at this place and time with this value: one that changed since is another count. */
    private count(name: string, { level, id }: MartCell, period: string, value: number): number {
        const key = `${this.series(name)}\t${level}\t${id}\t${period}\t${value}`;
        let place = this.places.get(key);
        if (place === undefined) {
            place = this.values.push(value) - 1;
            this.practices.push(level === "practice" ? id : null);
            this.places.set(key, place);
        }
        return place;
    }

    /** Keeps the sum when the numbers add up. Practices that did not deliver a whole period leave a rest of nobody's. */
    private sum(whole: number, parts: readonly number[], mayMiss: boolean): void {
        const known = this.values[whole] ?? 0;
        let left = known;
        for (const part of parts) left -= this.values[part] ?? 0;
        if (left < 0 || (left > 0 && !mayMiss)) return;
        const all = [...parts];
        if (left > 0) {
            all.push(this.values.push(left) - 1);
            this.practices.push(null);
        }
        const key = `${whole}=${parts.join("+")}`;
        if (!this.sums.has(key) && !(all.length === 1 && all[0] === whole)) this.sums.set(key, { whole, parts: all });
    }
}

/** Gathers which figures are parts of which whole. */
class Sums {
    private readonly wholes = new Map<string, number>();
    private readonly groups = new Map<string, { wholeKey: string; parts: number[]; mayMiss: boolean }>();
    private readonly placeOf: (figure: Figure) => number;

    constructor(placeOf: (figure: Figure) => number) {
        this.placeOf = placeOf;
    }

    put(figure: Figure, indicator: MeasuredIndicator, places: ReadonlyMap<string, Place>): void {
        const { indicator: id, stratum, level, id: group, period } = figure.cell;
        const at = (stratumAt: string | null, levelAt: string, groupAt: string, periodAt: string) =>
            `${id}\t${stratumAt ?? ""}\t${levelAt}\t${groupAt}\t${periodAt}`;
        this.wholes.set(at(stratum, level, group, period), this.placeOf(figure));
        const join = (kind: string, wholeKey: string, mayMiss = false) => {
            const key = `${kind}\t${wholeKey}`;
            const found = this.groups.get(key);
            if (found) found.parts.push(this.placeOf(figure));
            else this.groups.set(key, { wholeKey, parts: [this.placeOf(figure)], mayMiss });
        };
        if (level === "practice") {
            const place = places.get(group);
            const region = at(stratum, "region", "regio", period);
            // A practice of no hagro or organisation stands beside those in the sum to the region.
            for (const [kind, of] of [
                ["hagro", place?.hagro],
                ["organisation", place?.organisation],
            ] as const) {
                if (of) join("practices", at(stratum, kind, of, period), true);
                else join(kind, region, true);
            }
            join("practices", region, true);
        } else if (level !== "region") join(level, at(stratum, "region", "regio", period), level !== "area");
        if (stratum !== null) join("strata", at(null, level, group, period));
        const wider = indicator.soort === "stand" ? null : enclosingPeriod(period);
        if (wider !== null) join("periods", at(stratum, level, group, wider));
    }

    *all(): Generator<{ whole: number; parts: readonly number[]; mayMiss: boolean }> {
        for (const { wholeKey, parts, mayMiss } of this.groups.values()) {
            const whole = this.wholes.get(wholeKey);
            if (whole !== undefined) yield { whole, parts, mayMiss };
        }
    }
}

/** A stock is what it was in the last month of its period, so its December, fourth quarter and year are one count. */
function momentOf(period: string, { soort }: MeasuredIndicator): string {
    return soort === "stand" ? monthsOf(period).last : period;
}
