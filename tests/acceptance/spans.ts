import { type Month, monthsBetween, yearOf } from "./calendar.ts";
import { type Cell, keyOf, measured } from "./cells.ts";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import type { Region } from "./region.ts";

/** A quarter or a year, by the name that `values --period` knows it by. */
export interface Span {
    name: string;
    months: Month[];
}

function quarterOf(month: Month): string {
    return `${yearOf(month)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

function whole(region: Region, length: number, nameOf: (month: Month) => string): Span[] {
    const months = monthsBetween(region.from, region.to);
    return [...new Set(months.map(nameOf))]
        .map((name) => ({ name, months: months.filter((month) => nameOf(month) === name) }))
        .filter((span) => span.months.length === length);
}

/** The calendar years of which every month was computed. */
export function wholeYears(region: Region): Span[] {
    return whole(region, 12, (month) => String(yearOf(month)));
}

/** The quarters of which every month was computed. */
export function wholeQuarters(region: Region): Span[] {
    return whole(region, 3, quarterOf);
}

/**
 * A month in which nobody was registered does not apply by itself, and adds no denominator to its quarter and year; what
 * happened in it (a question without a patient) is still among the sum of the months.
 */
function withoutPatients(cell: Cell | undefined): Cell | undefined {
    const isEmpty = cell?.state === "not_applicable" && (cell.summed ?? 0) > 0;
    return cell !== undefined && isEmpty ? { ...cell, numerator: cell.counted ?? 0, denominator: 0 } : cell;
}

/** The cells of a quarter or year: of a stand those of its last month, of a stroom the sum where every month has a value. */
export function spanCells(months: readonly Cell[], span: Span): Cell[] {
    const cells: Cell[] = [];
    const byKey = new Map(months.map((cell) => [keyOf(cell), cell]));
    for (const last of months.filter((cell) => cell.period === span.months.at(-1))) {
        const definition = DEFINITIONS[last.indicator];
        const regional = REGION_DEFINITIONS[last.indicator];
        if (definition?.span === "last" || (regional !== undefined && regional.counts !== "the month")) {
            cells.push({ ...last, period: span.name });
            continue;
        }
        const each = (stratum: string | null): (Cell | undefined)[] =>
            span.months.map((period) => withoutPatients(byKey.get(keyOf({ ...last, stratum, period }))));
        const wholes = each(null);
        // A stratum that first occurs in the course of the span was not there before: zero.
        const numerators = each(last.stratum).map((cell) =>
            cell === undefined && last.stratum !== null ? 0 : cell?.numerator,
        );
        const unsure = wholes.some((cell) => cell === undefined || cell.numerator === null);
        if (unsure || numerators.some((one) => one === null || one === undefined)) {
            continue;
        }
        const sum = numerators.reduce<number>((total, one) => total + (one ?? 0), 0);
        // The denominator of a stratum is that of the whole, also in the months before it first occurred.
        const denominator = wholes.reduce((total, cell) => total + (cell?.denominator ?? 0), 0);
        cells.push({
            ...last,
            ...measured(definition?.measure ?? "los aantal", sum, denominator),
            // Who is a member of a span, of whose months the figure is a sum, is not written down.
            ...{ period: span.name, delivered: null, members: null },
        });
    }
    return cells;
}
