// How goals write months and figures in their Dutch reasons. The spans are read back by goal-disclosure.ts.

const monthNames = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");
const decimals = new Intl.NumberFormat("nl-NL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const integers = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });

/** Months `2024-01` to `2024-06` as "januari tot en met juni 2024"; one month as "juni 2024". */
export function spanOf(months: readonly string[]): string {
    const first = months[0] ?? "";
    const last = months.at(-1) ?? "";
    return first === last ? monthWords(first) : `${monthWords(first).split(" ")[0]} tot en met ${monthWords(last)}`;
}

/** `2023-12` as "december 2023". */
export function monthWords(month: string): string {
    return `${monthNames[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}

/** A fraction as a percentage with one decimal. */
export const percent = (share: number): string => `${decimals.format(share * 100)}%`;

/** A relative change with its sign. */
export const change = (growth: number): string =>
    `${growth >= 0 ? "+" : "−"}${decimals.format(Math.abs(growth) * 100)}%`;

/** A count without decimals. */
export const whole = (count: number): string => integers.format(count);
