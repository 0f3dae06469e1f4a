import type { CheckResult } from "../quality/quality-check.ts";

/** What happened to one file (of a journal: to one record type). Counts only. */
export interface FileReceipt {
    name: string;
    /** Data rows delivered. */
    rows: number;
    /** Rows (of a wide file: cells) that went into the lake, before equal rows became one. */
    kept: number;
    /** Rows (of a wide file: cells) set aside, by problem code. */
    aside: Record<string, number>;
    /** Measurements without a value (empty or `-`): dropped, no problem. */
    notMeasured?: number;
    /** Rows equal to another one in every column. */
    duplicates?: number;
    /** Rows of patients who objected: not in the lake. */
    objected?: number;
    /** Filled cells of a wide file. */
    cells?: number;
    /** Of lines whose record type is not known: all lines of the journal, of which they may be a small share. */
    among?: number;
}

/** The answer to one delivery. A refused one carries a code and one Dutch sentence. */
export interface Receipt {
    delivery: string;
    accepted: boolean;
    code?: string;
    message?: string;
    files: FileReceipt[];
    /** Columns that are not part of the layout, as `bestand: kolom`. */
    ignoredColumns: string[];
    /** Files that are not part of the layout: listed, not read. */
    ignoredFiles?: string[];
    /** The same bytes were taken in before: nothing changed. */
    known?: boolean;
    /** Refused because too much was set aside: on which lines, the first ten per file and problem. */
    asideLines?: { file: string; code: string; rows: number; lines: number[] }[];
    /** Whether the delivery fits what the same practices delivered before, as seen when it came in. */
    checks?: CheckResult[];
    /** The copy of what arrived is kept, but the storage could not lock it. */
    unlocked?: boolean;
    /** Not accepted and not refused for good: a check that does not hold was set to hold the delivery. */
    held?: boolean;
}
