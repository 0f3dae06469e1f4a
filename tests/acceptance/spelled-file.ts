import type { Day } from "./calendar.ts";

/** One file of a delivery: column names and cells as text, before a delimiter, quotes or an encoding are chosen. */
export interface SpelledFile {
    name: string;
    columns: string[];
    rows: string[][];
}

type DateStyle = (day: Day | null) => string;

export const dutchDate: DateStyle = (day) => (day === null ? "" : day.split("-").reverse().join("-"));
export const isoDate: DateStyle = (day) => day ?? "";
export const compactDate: DateStyle = (day) => (day ?? "").replaceAll("-", "");
