import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Dialect } from "../format.ts";
import { type ProblemCode, Refusal } from "../issues.ts";
import { CARRIAGE_RETURN, LINE_FEED, QUOTE } from "./line.ts";
import { LONGEST_LINE } from "./line-scanner.ts";
import type { StagedText } from "./text.ts";

/** Line numbers of records where record and line do not run alike: from record `records[i]` on, line = record + `offsets[i]`. */
export interface LineBreaks {
    records: number[];
    offsets: number[];
}

export interface Untangled {
    path: string;
    records: number;
    breaks: LineBreaks;
    /** Records left out: a quote where it cannot stand, or more than `widest` fields. With line and text, for the identifier scan. */
    damaged: { line: number; code: ProblemCode; text: string }[];
}

/** Damaged records are kept for the identifier scan, so that memory bounds them; no file with so many would be accepted. */
const MOST_DAMAGED = 32_000_000;
const SPACE = 32;
const CHUNK = 512 * 1024;

/**
 * Rewrites a staged text so that every record is exactly one line that ends in a line feed: blank and comment lines go,
 * line ends inside quotes become a space, empty fields behind the last go, records with a misplaced quote or far too many fields are left out and reported.
 * Only the rare text that needs it goes through here.
 */
export async function untangle(
    staged: StagedText,
    target: string,
    dialect: Dialect,
    name: string,
    widest: number,
): Promise<Untangled> {
    const file = await open(target, "w");
    const delimiter = dialect.delimiter.charCodeAt(0);
    const comment = dialect.comment?.charCodeAt(0) ?? -1;
    const breaks: LineBreaks = { records: [], offsets: [] };
    const damaged: Untangled["damaged"] = [];
    let damagedBytes = 0;
    const record = Buffer.allocUnsafe(LONGEST_LINE + 1);
    let used = 0;
    let inQuotes = false;
    let afterQuote = false;
    let fieldStart = true;
    let bad = false;
    let delimiters = 0;
    /** Where the record ends that has no more fields than it may have, and whether anything stands behind it. */
    let cut = 0;
    let beyond = false;
    let line = staged.firstLine;
    let startLine = line;
    let records = 0;
    let out: Buffer[] = [];
    let previous = -1;

    const finishRecord = (): void => {
        const isComment = used > 0 && record[0] === comment;
        const tooWide = delimiters >= widest && beyond;
        // Empty fields at the end are no fields.
        if (delimiters >= widest && !beyond) used = cut;
        if ((bad || tooWide) && !isComment) {
            damagedBytes += used;
            if (damagedBytes > MOST_DAMAGED)
                throw new Refusal(
                    "te_veel_terzijde",
                    `bestand ${name}: meer dan 32 MB aan regels met te veel velden of een los aanhalingsteken`,
                );
            const code = tooWide ? "velden_te_veel" : "aanhaling_onleesbaar";
            damaged.push({ line: startLine, code, text: record.toString("utf8", 0, used) });
        } else if (used > 0 && !isComment) {
            const offset = startLine - records;
            if (breaks.offsets.at(-1) !== offset) {
                breaks.records.push(records);
                breaks.offsets.push(offset);
            }
            record[used] = LINE_FEED;
            out.push(Buffer.from(record.subarray(0, used + 1)));
            records += 1;
        }
        used = 0;
        inQuotes = false;
        afterQuote = false;
        fieldStart = true;
        bad = false;
        delimiters = 0;
        beyond = false;
    };

    try {
        for await (const chunk of createReadStream(staged.path, { highWaterMark: CHUNK })) {
            for (const byte of chunk as Buffer) {
                const ends = byte === LINE_FEED || byte === CARRIAGE_RETURN;
                const secondOfPair = byte === LINE_FEED && previous === CARRIAGE_RETURN;
                previous = byte;
                if (secondOfPair) continue;
                if (ends) line += 1;
                if (ends && !inQuotes) {
                    finishRecord();
                    startLine = line;
                    continue;
                }
                if (inQuotes) {
                    if (byte === QUOTE) {
                        inQuotes = false;
                        afterQuote = true;
                    }
                } else if (dialect.quoted && byte === QUOTE && (fieldStart || afterQuote)) {
                    inQuotes = true;
                    fieldStart = false;
                    afterQuote = false;
                } else if (byte === delimiter) {
                    delimiters += 1;
                    if (delimiters === widest) cut = used;
                    fieldStart = true;
                    afterQuote = false;
                } else {
                    if (afterQuote) bad = true;
                    fieldStart = false;
                    afterQuote = false;
                }
                if (delimiters >= widest && byte !== delimiter && byte !== SPACE && byte !== QUOTE) beyond = true;
                if (used >= LONGEST_LINE) throw new Refusal("regel_te_lang", name);
                record[used++] = ends ? SPACE : byte;
            }
            await file.write(Buffer.concat(out));
            out = [];
        }
        if (used > 0) finishRecord();
        await file.write(Buffer.concat(out));
    } finally {
        await file.close();
    }
    return { path: target, records, breaks, damaged };
}

/** The line on which a record (0-based) began. */
export function lineOf(record: number, breaks: LineBreaks): number {
    let low = 0;
    let high = breaks.records.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((breaks.records[middle] ?? 0) <= record) low = middle;
        else high = middle - 1;
    }
    return record + (breaks.offsets[low] ?? 0);
}
