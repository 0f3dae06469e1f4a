import { hasValue } from "../cells.ts";
import type { Cell, Indicator } from "../data.ts";
import { type Content, type Html, html } from "../html.ts";
import { isRate, writeValue } from "../measure.ts";
import * as say from "../sentences/nl.ts";
import { symbol } from "./symbol.ts";

/** A value as it is written everywhere: the number, or the sign of its state. */
export function value(indicator: Indicator, cell: Cell | null): Html {
    if (!hasValue(cell)) return symbol(cell?.state ?? null);
    return html`<data class="waarde" value="${cell.value}">${writeValue(indicator, cell)}</data>`;
}

/** The value with, in small, what it rests on: counts, interval, or the rate per 1.000. */
export function valueWithGround(indicator: Indicator, cell: Cell | null): Html {
    const ground = hasValue(cell) ? groundOf(indicator, cell) : null;
    return html`${value(indicator, cell)}${ground ? html` <small class="grond">${ground}</small>` : null}`;
}

function groundOf(indicator: Indicator, cell: Cell & { value: number }): Content {
    if (isRate(indicator, cell)) return say.perThousand(cell.value);
    if (indicator.maat !== "aandeel" || cell.shown !== "exact") return null;
    if (cell.denominator === 1) return null;
    if (indicator.id === "pop_ingeschreven") return null;
    const counts = say.countsOf(cell);
    const interval = indicator.klasse === "populatie" ? null : say.intervalOf(indicator, cell);
    return [counts, counts && interval ? " · " : null, interval];
}
