import type { Cell, Indicator } from "./data.ts";
import { decimal, percent, plain, whole } from "./notation.ts";

/** A share of fewer patients than this is written in whole percents: a decimal would claim more than n patients can carry. */
const DECIMAL_FROM = 100;

/** How a value of an indicator is written, from what the bundle shows of it. */
export function writeValue(indicator: Indicator, cell: Cell & { value: number }): string {
    if (indicator.maat === "aandeel") {
        const exact = cell.shown === "exact" && (cell.denominator ?? 0) >= DECIMAL_FROM;
        return percent(cell.value, exact ? 1 : 0);
    }
    if (indicator.maat === "ratio")
        return perThousand(indicator) ? `${plain(cell.value)} per 1.000` : plain(cell.value);
    if (isRate(indicator, cell)) return cell.numerator === null ? rate(cell.value) : whole(cell.numerator);
    return whole(cell.value);
}

/** A ratio whose definition counts per 1.000; other scales only turn the denominator into whole units. */
function perThousand(indicator: Indicator): boolean {
    return indicator.schaal === 1000;
}

/** A count with a denominator has a value per 1.000; a count without one is its own value. */
export function isRate(indicator: Indicator, cell: Cell): boolean {
    return indicator.maat === "aantal" && cell.denominator !== null;
}

/** A number per 1.000, with decimals that fit its size. */
export function rate(value: number): string {
    return decimal(value, value !== 0 && Math.abs(value) < 10 ? 2 : 1);
}

/** A bare value on the scale of the indicator's axis: a fraction as percent, else a number. */
export function writeAxis(indicator: Indicator, value: number): string {
    return indicator.maat === "aandeel" ? percent(value, 0) : plain(value);
}
