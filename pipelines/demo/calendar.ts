/** A day as the number of days since 1970-01-01; whole, may be negative. 0 never occurs as a real date here and means "none". */
export type Day = number;

const MILLISECONDS = 86_400_000;

/** Month is 1 to 12. */
export function day(year: number, month: number, dayOfMonth: number): Day {
    return Date.UTC(year, month - 1, dayOfMonth) / MILLISECONDS;
}

export function yearOf(value: Day): number {
    return new Date(value * MILLISECONDS).getUTCFullYear();
}

/** The last day of month 1 to 12. */
export function monthEnd(year: number, month: number): Day {
    return day(year, month + 1, 1) - 1;
}

/** Saturday and Sunday move to the Monday after: practices are closed. 1970-01-01 was a Thursday. */
export function workday(value: Day): Day {
    const weekday = (((value + 3) % 7) + 7) % 7;
    return weekday === 5 ? value + 2 : weekday === 6 ? value + 1 : value;
}

export interface Month {
    year: number;
    month: number;
}

/** Reads `jjjj-mm`; undefined when it is something else. */
export function parseMonth(text: string): Month | undefined {
    const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
    return match ? { year: Number(match[1]), month: Number(match[2]) } : undefined;
}

export function monthText(month: Month): string {
    return `${month.year}-${String(month.month).padStart(2, "0")}`;
}

/** All months from the first up to and including the last. */
export function monthsBetween(first: Month, last: Month): Month[] {
    const months: Month[] = [];
    for (let count = first.year * 12 + first.month - 1; count <= last.year * 12 + last.month - 1; count++) {
        months.push({ year: Math.floor(count / 12), month: (count % 12) + 1 });
    }
    return months;
}

export type DateStyle = "dd-mm-jjjj" | "jjjj-mm-dd" | "jjjjmmdd";

/** Date texts of one style, made once per day: millions of rows share some thousands of days. */
export class DateTexts {
    private readonly known = new Map<Day, string>();

    constructor(private readonly style: DateStyle) {}

    /** An absent date (0) is an empty field. */
    of(value: Day): string {
        if (value === 0) return "";
        const found = this.known.get(value);
        if (found !== undefined) return found;
        const text = dateText(value, this.style);
        this.known.set(value, text);
        return text;
    }
}

export function dateText(value: Day, style: DateStyle): string {
    const [year = "", month = "", dayOfMonth = ""] = new Date(value * MILLISECONDS)
        .toISOString()
        .slice(0, 10)
        .split("-");
    if (style === "dd-mm-jjjj") return `${dayOfMonth}-${month}-${year}`;
    return style === "jjjj-mm-dd" ? `${year}-${month}-${dayOfMonth}` : `${year}${month}${dayOfMonth}`;
}
