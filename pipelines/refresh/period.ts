// Calendar months: the grain of every result. A month is written `2022-12`.

export interface Period {
    /** First and last day, ISO. */
    start: string;
    end: string;
    /** year * 12 + month (1 to 12): consecutive months differ by one. */
    index: number;
}

const monthForm = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** `2022-12` to its index; throws when the text is no month. */
export function monthIndex(month: string): number {
    const match = monthForm.exec(month);
    if (!match) throw new Error(`"${month}" is geen maand; verwacht jjjj-mm, bijvoorbeeld 2022-12.`);
    return Number(match[1]) * 12 + Number(match[2]);
}

/** Index to `2022-12`. */
export function monthOf(index: number): string {
    const year = Math.floor((index - 1) / 12);
    return `${year}-${String(index - year * 12).padStart(2, "0")}`;
}

/** The month with its days. */
export function periodOf(index: number): Period {
    const start = `${monthOf(index)}-01`;
    const next = new Date(`${monthOf(index + 1)}-01T00:00:00Z`);
    return { start, end: new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10), index };
}

/** All months from `from` to `to`, both included; empty when `to` lies before `from`. */
export function periodsBetween(from: string, to: string): Period[] {
    const first = monthIndex(from);
    return Array.from({ length: Math.max(0, monthIndex(to) - first + 1) }, (_, offset) => periodOf(first + offset));
}

/** First and last month as one word. */
export function spanOf(periods: readonly Period[]): string {
    return `${periods[0]?.index}..${periods.at(-1)?.index}`;
}

/** The last month that ends on or before a peildatum: a peildatum within a month says nothing of its last day. */
export function lastWholeMonth(peildatum: string): string {
    const index = monthIndex(peildatum.slice(0, 7));
    return periodOf(index).end <= peildatum ? monthOf(index) : monthOf(index - 1);
}

/** `2022-Q4` for any month of it. */
export function quarterOf(index: number): string {
    const [year = "", month = ""] = monthOf(index).split("-");
    return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}
