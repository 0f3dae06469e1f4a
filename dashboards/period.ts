/** A period as the marts spell it: '2024-06', '2024-Q2' or '2024'. */
export type PeriodKind = "month" | "quarter" | "year";

export interface Period {
    kind: PeriodKind;
    year: number;
    /** 1-12 for a month, 1-4 for a quarter, 0 for a year. */
    part: number;
}

/** Reads a period; throws on any other spelling. */
export function readPeriod(text: string): Period {
    const match = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})))?$/.exec(text);
    if (!match) throw new Error(`Onbekende periode "${text}" in een bundel: verwacht 2024-06, 2024-Q2 of 2024.`);
    const year = Number(match[1]);
    if (match[2]) return { kind: "quarter", year, part: Number(match[2]) };
    if (match[3]) return { kind: "month", year, part: Number(match[3]) };
    return { kind: "year", year, part: 0 };
}

/** Whether a text is a period; goals also name spans in words ('januari tot en met juni 2024'). */
export function isPeriod(text: string | null): text is string {
    return text !== null && /^\d{4}(-(Q[1-4]|\d{2}))?$/.test(text);
}

/** The kind of period that a text spells, without reading it fully. */
export function periodKind(text: string): PeriodKind {
    if (text.length === 4) return "year";
    return text.charAt(5) === "Q" ? "quarter" : "month";
}

/** The last month (1-12) of a period. */
function lastMonth(period: Period): number {
    if (period.kind === "month") return period.part;
    return period.kind === "quarter" ? period.part * 3 : 12;
}

/** The last day of a period, as an ISO date: the day on which a stand is measured. */
export function lastDay(text: string): string {
    const period = readPeriod(text);
    return new Date(Date.UTC(period.year, lastMonth(period), 0)).toISOString().slice(0, 10);
}

/** The last day of a period as a date at midnight UTC. */
export function endOf(text: string): Date {
    return new Date(`${lastDay(text)}T00:00:00Z`);
}

/** The same period one year earlier. */
export function yearBefore(text: string): string {
    return `${Number(text.slice(0, 4)) - 1}${text.slice(4)}`;
}

/** The period of the same kind just before this one. */
export function before(text: string): string {
    const period = readPeriod(text);
    if (period.kind === "year") return String(period.year - 1);
    if (period.kind === "quarter")
        return period.part === 1 ? `${period.year - 1}-Q4` : `${period.year}-Q${period.part - 1}`;
    if (period.part === 1) return `${period.year - 1}-12`;
    return `${period.year}-${String(period.part - 1).padStart(2, "0")}`;
}

const KIND_ORDER: Record<PeriodKind, number> = { month: 0, quarter: 1, year: 2 };

/** Bundles name the same few periods hundreds of thousands of times, so the order of each is worked out once. */
const orders = new Map<string, number>();

function orderOf(text: string): number {
    const known = orders.get(text);
    if (known !== undefined) return known;
    const period = readPeriod(text);
    const order = (period.year * 12 + lastMonth(period)) * 3 + KIND_ORDER[period.kind];
    orders.set(text, order);
    return order;
}

/** Order in time; of periods that end on the same day the shorter comes first. */
export function inTime(left: string, right: string): number {
    return orderOf(left) - orderOf(right);
}
