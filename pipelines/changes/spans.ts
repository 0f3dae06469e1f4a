// Which periods are compared: the newest whole quarter and year with those published last, and every period that both hold.
import { isComplete, monthsOf, type PeriodKind } from "../publish/publication-period.ts";
import { monthIndex, monthOf, quarterOf } from "../refresh/period.ts";

/** The months that two sets of outcomes hold: first and last, `2022-01`. */
export interface Reach {
    from: string;
    to: string;
}

/** `newest`: what changed since; `restated`: what was published of the same period before. `month`: the same, region only. */
export type SpanKind = "newest" | "restated" | "month";

export interface Span {
    /** `2024-Q1>2024-Q2`, or one period that is compared with itself. */
    span: string;
    kind: SpanKind;
    from: string;
    to: string;
    /** Month by month: the first of one with the first of the other. */
    months: { position: number; from: string; to: string; isLast: boolean }[];
}

/**
 * The comparisons of outcomes published before with outcomes now (pure). The newest whole quarter and the newest whole year of
 * both are compared with each other, also when they are the same, as long as the new outcomes hold both; every whole period
 * that both hold is compared with itself.
 */
export function comparedSpans(before: Reach, now: Reach): Span[] {
    const newest = (["quarter", "year"] as const).flatMap((kind) => {
        const from = newestWhole(kind, before);
        const to = newestWhole(kind, now);
        return from && to && isComplete(from, now.from, now.to) ? [spanOf("newest", from, to)] : [];
    });
    const known = new Set(newest.map(({ span }) => span));
    const shared = (kind: PeriodKind): Span[] =>
        periodsWithin(kind, before)
            .filter((period) => isComplete(period, now.from, now.to))
            .map((period) => spanOf(kind === "month" ? "month" : "restated", period, period));
    const restated = [...shared("quarter"), ...shared("year"), ...shared("month")];
    return [...newest, ...restated.filter(({ span }) => !known.has(span))];
}

function spanOf(kind: SpanKind, from: string, to: string): Span {
    const before = monthsWithin(from);
    const after = monthsWithin(to);
    return {
        span: from === to ? from : `${from}>${to}`,
        kind,
        from,
        to,
        months: before.map((month, at) => ({
            position: at + 1,
            from: month,
            to: after[at] ?? month,
            isLast: at === before.length - 1,
        })),
    };
}

function monthsWithin(period: string): string[] {
    const { first, last } = monthsOf(period);
    const start = monthIndex(first);
    return Array.from({ length: monthIndex(last) - start + 1 }, (_, at) => monthOf(start + at));
}

/** The whole periods of a kind, oldest first. */
function periodsWithin(kind: PeriodKind, reach: Reach): string[] {
    const start = monthIndex(reach.from);
    const months = Array.from({ length: Math.max(0, monthIndex(reach.to) - start + 1) }, (_, at) => start + at);
    const name = { month: monthOf, quarter: quarterOf, year: (index: number) => monthOf(index).slice(0, 4) }[kind];
    return [...new Set(months.map(name))].filter((period) => isComplete(period, reach.from, reach.to));
}

function newestWhole(kind: "quarter" | "year", reach: Reach): string | undefined {
    return periodsWithin(kind, reach).at(-1);
}
