/**
 * Which periods are published, and how they nest (indicators.md, Publication).
 * Periods are written '2024-06', '2024-Q2' or '2024'.
 */

export type PeriodKind = "month" | "quarter" | "year";

/** The kind of a period by its spelling; null for a text that is no period. */
export function periodKind(period: string): PeriodKind | null {
    if (/^\d{4}-\d{2}$/.test(period)) return "month";
    if (/^\d{4}-Q[1-4]$/.test(period)) return "quarter";
    if (/^\d{4}$/.test(period)) return "year";
    return null;
}

/** First and last month of a period, as 'yyyy-mm'. */
export function monthsOf(period: string): { first: string; last: string } {
    const year = period.slice(0, 4);
    const kind = periodKind(period);
    if (kind === "month") return { first: period, last: period };
    if (kind === "year") return { first: `${year}-01`, last: `${year}-12` };
    const quarter = Number(period.slice(6));
    const twoDigits = (month: number) => String(month).padStart(2, "0");
    return { first: `${year}-${twoDigits(quarter * 3 - 2)}`, last: `${year}-${twoDigits(quarter * 3)}` };
}

/** The quarter of a month, the year of a quarter, nothing above a year. */
export function enclosingPeriod(period: string): string | null {
    const kind = periodKind(period);
    if (kind === "month") return `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5)) / 3)}`;
    if (kind === "quarter") return period.slice(0, 4);
    return null;
}

/** A quarter or year counts once its last month has been refreshed; one that began before the first month is not whole either. */
export function isComplete(period: string, from: string, to: string): boolean {
    const { first, last } = monthsOf(period);
    return first >= from && last <= to;
}

/** Sorts by the last month, then the shorter period first. */
export function comparePeriods(a: string, b: string): number {
    const left = monthsOf(a);
    const right = monthsOf(b);
    return left.last.localeCompare(right.last) || right.first.localeCompare(left.first);
}

/** The last quarter that lies whole in the months from and up to; null without one. */
export function newestQuarter(from: string, to: string): string | null {
    const last = Number(to.slice(0, 4));
    const years = Array.from({ length: last - Number(from.slice(0, 4)) + 1 }, (_, back) => last - back);
    const quarters = years.flatMap((year) => [4, 3, 2, 1].map((quarter) => `${year}-Q${quarter}`));
    return quarters.find((quarter) => isComplete(quarter, from, to)) ?? null;
}
