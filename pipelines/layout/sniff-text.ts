import { isUtf8 } from "node:buffer";
import type { Dialect } from "../format.ts";
import type { Entry } from "../ingest/archive.ts";
import { BOM, fromWindows1252 } from "../ingest/decoder.ts";

/** How a sample text seems to be written, and its first records. */
export interface SniffedText {
    encoding: Dialect["encoding"];
    /** Only plain letters, without a byte order mark: the encoding is a guess. */
    plain: boolean;
    delimiter: Dialect["delimiter"];
    /** The records agree on that delimiter. */
    certain: boolean;
    quoted: boolean;
    /** Column names, or null when the first record is data. */
    header: string[] | null;
    /** Lines that begin with `#`. */
    comments: number;
    records: string[][];
}

/** What is looked at of one text: enough to see what a column holds, little enough to wait for. */
const MOST_BYTES = 4_000_000;
const MOST_RECORDS = 20_000;
const RECORDS_FOR_DIALECT = 300;
const DELIMITERS: readonly Dialect["delimiter"][] = [";", ",", "|", "\t"];
const COMMENT = "#";

/** Reads the beginning of a text and sees how it is written. Throws a refusal for bytes that are no text. */
export async function sniffText(entry: Entry, name: string): Promise<SniffedText> {
    return describeText(await beginning(entry), name);
}

async function beginning(entry: Entry): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of entry.read()) {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= MOST_BYTES) break;
    }
    const bytes = Buffer.concat(chunks);
    if (size < MOST_BYTES) return bytes;
    // the last record may have been cut
    return bytes.subarray(0, Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d)) + 1);
}

/** The same for bytes at hand. */
export function describeText(bytes: Buffer, name: string): SniffedText {
    const marked = bytes.subarray(0, BOM.length).equals(BOM);
    const body = marked ? bytes.subarray(BOM.length) : bytes;
    const encoding = marked || isUtf8(body) ? "utf-8" : "windows-1252";
    const text = (encoding === "utf-8" ? body : fromWindows1252(name).decode(body)).toString("utf8");
    const { lines, comments } = withoutComments(text);
    const best = DELIMITERS.map((delimiter) => judge(lines, delimiter)).reduce((a, b) => (b.score > a.score ? b : a));
    const { delimiter, quoted } = best;
    const records = parseRecords(lines, delimiter, quoted, MOST_RECORDS).filter((record) =>
        record.some((cell) => cell !== ""),
    );
    const header = headerOf(records);
    return {
        encoding,
        plain: !marked && !body.some((byte) => byte > 0x7f),
        delimiter,
        certain: best.score > 0.8,
        quoted,
        header,
        comments,
        records: header === null ? records : records.slice(1),
    };
}

function withoutComments(text: string): { lines: string; comments: number } {
    let comments = 0;
    const kept = text.split(/(?<=\n)|(?<=\r)(?!\n)/).filter((line) => {
        const comment = line.startsWith(COMMENT);
        if (comment) comments += 1;
        return !comment;
    });
    return { lines: kept.join(""), comments };
}

/** How well records agree on their number of fields when cut at a delimiter: of all records, or of those that begin alike. */
function judge(
    text: string,
    delimiter: Dialect["delimiter"],
): Pick<SniffedText, "delimiter" | "quoted"> & { score: number } {
    const quoted = new RegExp(`(^|[\\r\\n]|${delimiter === "|" ? "\\|" : delimiter})"`).test(text);
    const records = parseRecords(text, delimiter, quoted, RECORDS_FOR_DIALECT).filter(
        (record) => record.length > 1 || record[0] !== "",
    );
    if (records.length === 0) return { delimiter, quoted, score: 0 };
    const width = records.reduce((total, record) => total + record.length, 0) / records.length;
    if (width < 2) return { delimiter, quoted, score: 0 };
    const groups = new Map<string, string[][]>();
    for (const record of records) groups.set(record[0] ?? "", [...(groups.get(record[0] ?? "") ?? []), record]);
    const perType = [...groups.values()].reduce((total, group) => total + mostAlike(group), 0);
    const alike = groups.size * 2 <= records.length ? Math.max(mostAlike(records), perType) : mostAlike(records);
    return { delimiter, quoted, score: (alike / records.length) * (2 - 2 / width) };
}

/** Number of records with the most common number of fields; one more may come from a trailing delimiter. */
function mostAlike(records: readonly string[][]): number {
    const counts = new Map<number, number>();
    for (const record of records) {
        const width = record.at(-1) === "" ? record.length - 1 : record.length;
        for (const each of new Set([width, record.length])) counts.set(each, (counts.get(each) ?? 0) + 1);
    }
    return Math.max(...counts.values());
}

/** Records of a text, each a list of trimmed fields; a quoted field may hold delimiters, quotes (doubled) and line ends. */
export function parseRecords(text: string, delimiter: string, quoted: boolean, most: number): string[][] {
    const records: string[][] = [];
    let record: string[] = [];
    let field = "";
    let state: "start" | "plain" | "quoted" = "start";
    const endField = (): void => {
        record.push(field.trim());
        field = "";
        state = "start";
    };
    for (let at = 0; at < text.length && records.length < most; at++) {
        const character = text[at] as string;
        if (state === "quoted") {
            if (character !== '"') field += character;
            else if (text[at + 1] === '"') {
                field += '"';
                at += 1;
            } else state = "plain";
        } else if (character === delimiter) endField();
        else if (character === "\n" || character === "\r") {
            if (character === "\r" && text[at + 1] === "\n") at += 1;
            endField();
            records.push(record);
            record = [];
        } else if (character === '"' && quoted && state === "start") state = "quoted";
        else {
            field += character;
            state = "plain";
        }
    }
    if (records.length < most && (record.length > 0 || field !== "")) {
        endField();
        records.push(record);
    }
    return records;
}

/** A column name: begins with a letter, holds no long number (but for `nhg_1608`), and is no sentence. */
const TITLE = /^\p{L}[\p{L}\p{N} _.\-/()%]{0,59}$/u;
const LONG_NUMBER = /[0-9]{4,}/;
const NAMED_BY_NUMBER = /^nhg[ _-]?[0-9]{1,6}$/i;

function headerOf(records: readonly string[][]): string[] | null {
    const first = [...(records[0] ?? [])];
    while (first.length > 0 && first.at(-1) === "") first.pop();
    if (first.length < 2) return null;
    const title = (cell: string): boolean =>
        TITLE.test(cell) && (!LONG_NUMBER.test(cell) || NAMED_BY_NUMBER.test(cell));
    // the record types of a journal are one or two letters, and the lines after it repeat them
    const repeated = records.slice(1).some((record) => record[0] === first[0]);
    const distinct = new Set(first.map((cell) => cell.toLowerCase())).size === first.length;
    return first.every(title) && distinct && !repeated ? first : null;
}
