import { countsPatients, hasFigure, type Level, type MartCell, type MeasuredIndicator } from "./cell.ts";
import { enclosingPeriod } from "./publication-period.ts";

/** Figures that add up: by their places in the list of cells. One part is an equality (a stock's December and its year). */
export interface Relation {
    whole: number;
    parts: number[];
}

/**
 * Every sum that an audience can make over the cells it sees together (disclosure.md rule 5): levels to the region,
 * strata to the whole, months to the quarter and quarters to the year. Whether figures really add up is read from the
 * numbers: a stock's year is its December, not the sum of its quarters, and both follow from the same test.
 */
export function additiveRelations(
    cells: readonly MartCell[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
): Relation[] {
    const wholes = new Map<string, number>();
    const groups = new Map<string, number[]>();
    const join = (kind: string, wholeKey: string, place: number) => {
        const key = `${kind}\t${wholeKey}`;
        const group = groups.get(key);
        if (group) group.push(place);
        else groups.set(key, [place]);
    };
    cells.forEach((cell, place) => {
        const indicator = indicators.get(cell.indicator);
        if (!indicator || !countsPatients(indicator.klasse) || !hasFigure(cell)) return;
        const at = (stratum: string | null, level: Level, id: string, period: string) =>
            `${cell.indicator}\t${stratum ?? ""}\t${level}\t${id}\t${period}`;
        wholes.set(at(cell.stratum, cell.level, cell.id, cell.period), place);
        if (cell.level !== "region") join(cell.level, at(cell.stratum, "region", "regio", cell.period), place);
        if (cell.stratum !== null) join("stratum", at(null, cell.level, cell.id, cell.period), place);
        const wider = enclosingPeriod(cell.period);
        if (wider !== null) {
            join("period", at(cell.stratum, cell.level, cell.id, wider), place);
            // The last period within: for a stock it is the wider period's figure.
            if (indicator.soort === "stand")
                join(`last ${cell.period}`, at(cell.stratum, cell.level, cell.id, wider), place);
        }
    });
    const relations: Relation[] = [];
    for (const [key, parts] of groups) {
        const whole = wholes.get(key.slice(key.indexOf("\t") + 1));
        if (whole !== undefined && addsUp(cells, whole, parts)) relations.push({ whole, parts });
    }
    return relations;
}

function addsUp(cells: readonly MartCell[], whole: number, parts: readonly number[]): boolean {
    let sum = 0;
    for (const part of parts) sum += cells[part]?.numerator ?? 0;
    return sum === cells[whole]?.numerator;
}
