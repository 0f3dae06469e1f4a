/** Dutch notation: 1.234,5 and 16,2% and 30-06-2024. A second language replaces this file and its sentences. */

const MINUS = "\u2212";

/** A number with a fixed number of decimals, thousands with a point and decimals with a comma. */
export function decimal(value: number, digits = 1): string {
    const rounded = roundAway(Math.abs(value), digits);
    const sign = value < 0 && rounded !== 0 ? MINUS : "";
    // Nearly every number on a page; thousands of pages hold millions of them.
    if (rounded < 1000) return sign + rounded.toFixed(digits).replace(".", ",");
    const [whole = "0", rest] = rounded.toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
    return `${sign}${grouped}${rest ? `,${rest}` : ""}`;
}

/** Halves go away from zero, as a reader rounds, not as binary fractions happen to fall (0,285 is 0,29). */
function roundAway(value: number, digits: number): number {
    const scale = 10 ** digits;
    return Math.round(value * scale + Number.EPSILON * value * scale * 4) / scale;
}

/** A whole number: 130.782. */
export function whole(value: number): string {
    return decimal(value, 0);
}

/** A fraction as a percentage: 0.162 is 16,2%. */
export function percent(fraction: number, digits = 1): string {
    return `${decimal(fraction * 100, digits)}%`;
}

/** A number with its sign said: +5,0 or −1,2; nothing changed is 0,0 without a sign. */
export function signed(value: number, digits = 1): string {
    const text = decimal(value, digits);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** As few decimals as a number needs, at most two: 2,7 and 3 and 4,61. */
export function plain(value: number): string {
    for (const digits of [0, 1]) if (Math.abs(roundAway(value, digits) - value) < 1e-9) return decimal(value, digits);
    return decimal(value, 2);
}

/** An ISO date as dd-mm-jjjj; something else is returned as it came. */
export function date(iso: string | null): string {
    const match = iso ? /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) : null;
    return match ? `${match[3]}-${match[2]}-${match[1]}` : (iso ?? "");
}
