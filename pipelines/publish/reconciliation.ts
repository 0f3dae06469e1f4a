import { type ComputedFrom, PRINTED_FIGURES, type PrintedFigure } from "../reconciliation/annual-report-2022.ts";
import type { Cell } from "./cell.ts";

export interface ReconciliationRow {
    id: string;
    figure: string;
    group: string;
    printed: string;
    /** A count, a text ('16,2%'), or null when the release does not hold it. */
    computed: number | string | null;
    equal: boolean;
    how: string;
    indicator?: string;
    note?: string;
}

const NOT_SHOWN = "niet getoond";

/**
 * The annual report beside our figures. Takes the audience's own, already suppressed cells: a page can tell no more than
 * the audience may know.
 */
export function reconcile(
    cells: readonly Cell[],
    printed: readonly PrintedFigure[] = PRINTED_FIGURES,
): ReconciliationRow[] {
    const find = (from: Extract<ComputedFrom, { kind: "cell" }>) =>
        cells.find(
            (cell) =>
                cell.indicator === from.indicator &&
                cell.level === from.level &&
                cell.id === from.id &&
                cell.period === from.period &&
                cell.stratum === (from.stratum ?? null),
        );
    return printed.map((row) => {
        const computed = compute(row.from, cells, find);
        const equal = typeof computed === "number" ? dutchCount(computed) === row.printed : computed === row.printed;
        const indicator = row.from.indicator;
        const { id, figure, group, how, note } = row;
        return { id, figure, group, printed: row.printed, computed, equal, how, indicator, note };
    });
}

function compute(
    from: ComputedFrom,
    cells: readonly Cell[],
    find: (from: Extract<ComputedFrom, { kind: "cell" }>) => Cell | undefined,
): number | string | null {
    if (from.kind === "cell") {
        const cell = find(from);
        if (cell?.state === "suppressed") return NOT_SHOWN;
        return cell?.numerator ?? null;
    }
    if (from.kind === "strata") {
        const found = from.strata.map((stratum) => find({ ...from, kind: "cell", stratum }));
        if (found.some((cell) => cell?.state === "suppressed")) return NOT_SHOWN;
        const known = found.filter((cell) => cell !== undefined);
        return known.length === 0 ? null : known.reduce((sum, cell) => sum + (cell.numerator ?? 0), 0);
    }
    return shareWithout(cells, from);
}

/** The share over all areas but one, to one decimal as it was printed. */
function shareWithout(
    cells: readonly Cell[],
    from: Extract<ComputedFrom, { kind: "areaShareWithout" }>,
): string | null {
    const areas = cells.filter(
        (cell) =>
            cell.indicator === from.indicator &&
            cell.level === "area" &&
            cell.id !== from.without &&
            cell.period === from.period &&
            cell.stratum === null,
    );
    if (areas.some((cell) => cell.state === "suppressed" || cell.shown === "percent")) return NOT_SHOWN;
    const numerator = areas.reduce((sum, cell) => sum + (cell.numerator ?? 0), 0);
    const denominator = areas.reduce((sum, cell) => sum + (cell.denominator ?? 0), 0);
    if (denominator === 0) return null;
    return `${((100 * numerator) / denominator).toFixed(1).replace(".", ",")}%`;
}

/** Thousands with points, as the report prints them. */
function dutchCount(count: number): string {
    return String(count).replace(/\B(?=(\d{3})+$)/g, ".");
}
