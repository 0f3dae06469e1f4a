/** Days are texts yyyy-mm-dd and months texts yyyy-mm: both compare as texts do. */
export type Day = string;
export type Month = string;

const MILLISECONDS_OF_DAY = 86_400_000;

export function monthOf(day: Day): Month {
    return day.slice(0, 7);
}

export function yearOf(period: Day | Month): number {
    return Number(period.slice(0, 4));
}

export function firstDay(month: Month): Day {
    return `${month}-01`;
}

export function lastDay(month: Month): Day {
    return addDays(firstDay(addMonths(month, 1)), -1);
}

export function addDays(day: Day, days: number): Day {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS_OF_DAY).toISOString().slice(0, 10);
}

export function addMonths(month: Month, months: number): Month {
    const index = yearOf(month) * 12 + Number(month.slice(5, 7)) - 1 + months;
    return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** The same day so many months earlier, or the last day of that month where the day does not exist. */
export function monthsBefore(day: Day, months: number): Day {
    const month = addMonths(monthOf(day), -months);
    const wanted = `${month}-${day.slice(8)}`;
    return wanted <= lastDay(month) ? wanted : lastDay(month);
}

/** Every month from the first up to and including the last. */
export function monthsBetween(first: Month, last: Month): Month[] {
    const months: Month[] = [];
    for (let month = first; month <= last; month = addMonths(month, 1)) {
        months.push(month);
    }
    return months;
}
