import { hasValue, type Line } from "../cells.ts";
import { sparkline } from "../charts/sparkline.ts";
import type { Indicator } from "../data.ts";
import { type Html, html } from "../html.ts";
import { whole } from "../notation.ts";
import type { View } from "../page.ts";
import type { PeriodKind } from "../period.ts";
import * as say from "../sentences/nl.ts";

/**
 * A word-sized trend of a line; its label says first and last value. Nothing with fewer than two values.
 * Shares share one scale of at least 20 points, so that rows compare; `counted` draws the count of a population instead.
 */
export function sparkOf(
    view: View,
    indicator: Indicator,
    line: Line,
    kind: PeriodKind = "quarter",
    counted = false,
): Html {
    const series = view.cells.series(line, kind);
    const shown = series.filter(hasValue);
    const first = shown[0];
    const last = shown.at(-1);
    if (!first || !last || shown.length < 2) return html``;
    const write = (cell: typeof first): string =>
        counted && cell.numerator !== null ? whole(cell.numerator) : say.writeLong(indicator, cell);
    const label = `${write(first)} in ${say.periodShort(first.period)}, ${write(last)} in ${say.periodShort(last.period)}`;
    const points = series.map((cell) => {
        if (!hasValue(cell)) return { value: null, low: null, high: null };
        return counted
            ? { value: cell.numerator, low: null, high: null }
            : { value: cell.value, low: cell.low, high: cell.high };
    });
    const highest = Math.max(...points.map((point) => point.value ?? 0));
    const least = counted ? highest * 0.2 : indicator.maat === "aandeel" ? 0.2 : highest * 0.5;
    return sparkline(points, label, least || 1);
}
