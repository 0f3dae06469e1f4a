import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Dialect } from "../format.ts";
import { Refusal } from "../issues.ts";
import { asUtf8, BOM, type Decoder, fromWindows1252 } from "./decoder.ts";
import { CARRIAGE_RETURN, LINE_FEED, QUOTE, splitLine } from "./line.ts";
import { LineScanner, LONGEST_LINE, tooLong } from "./line-scanner.ts";

/** A delivered text, checked and written as plain UTF-8 without header, ready for DuckDB's CSV reader. */
export interface StagedText {
    path: string;
    /** Column names as delivered; empty for a layout without header. */
    header: string[];
    /** Data records (a record may have been several lines). */
    records: number;
    bytes: number;
    sha256: string;
    /** Line number of record n is n + firstLine ... */
    firstLine: number;
    /** ... unless lines were left out or joined: see `untangle`. */
    tangled: boolean;
    /** Comment lines before the first record. */
    comments: string[];
}

/**
 * Streams a delivered text to `target`: decodes, counts and checks it, and takes off byte order mark, leading comments and
 * header. Memory is bounded by the chunk. `widest` is how many fields a record may have under this header. Refuses: tekens_ongeldig, nul_byte, regel_te_lang, aanhaling_open.
 */
export async function stageText(
    source: AsyncIterable<Buffer>,
    target: string,
    dialect: Dialect,
    name: string,
    widest: (header: readonly string[]) => number,
): Promise<StagedText> {
    const hash = createHash("sha256");
    const file = await open(target, "w");
    const scanner = new LineScanner(dialect, name);
    let head: Head | null = null;
    let pending: Buffer = Buffer.alloc(0);
    let passed: Head = { complete: false, fields: [], length: 0, lines: 0, comments: [] };
    let decoder: Decoder | null = null;
    let carry: Buffer = Buffer.alloc(0);
    let bytes = 0;
    const take = async (chunk: Buffer, last: boolean): Promise<void> => {
        let data = chunk;
        if (head === null) {
            pending = Buffer.concat([pending, chunk]);
            const reached = readHead(pending, dialect, name, last, passed);
            data = pending.subarray(reached.length);
            passed = reached;
            if (!reached.complete) {
                pending = data;
                return;
            }
            head = reached;
            scanner.widest = widest(reached.fields);
            pending = Buffer.alloc(0);
        }
        if (data.length === 0) return;
        scanner.scan(data);
        await file.write(data);
    };
    try {
        for await (const raw of source) {
            hash.update(raw);
            bytes += raw.length;
            if (raw.includes(0)) throw new Refusal("nul_byte", name);
            let chunk = carry.length === 0 ? raw : Buffer.concat([carry, raw]);
            carry = Buffer.alloc(0);
            if (decoder === null) {
                if (chunk.length < BOM.length) {
                    carry = chunk;
                    continue;
                }
                const marked = chunk.subarray(0, BOM.length).equals(BOM);
                if (marked) chunk = chunk.subarray(BOM.length);
                // A byte order mark says UTF-8, whatever the layout expects.
                decoder = marked || dialect.encoding === "utf-8" ? asUtf8(name) : fromWindows1252(name);
            }
            if (!isAscii(chunk)) {
                const whole = decoder.whole(chunk);
                carry = Buffer.from(chunk.subarray(whole));
                chunk = decoder.decode(chunk.subarray(0, whole));
            }
            await take(chunk, false);
        }
        if (carry.length > 0) await take((decoder ?? asUtf8(name)).decode(carry), false);
        await take(Buffer.alloc(0), true);
        scanner.finish();
    } finally {
        await file.close();
    }
    const found = head as Head | null;
    return {
        path: target,
        header: found?.fields ?? [],
        records: scanner.lines,
        bytes,
        sha256: hash.digest("hex"),
        firstLine: (found?.lines ?? 0) + 1,
        tangled: scanner.tangled,
        comments: found?.comments ?? [],
    };
}

interface Head {
    /** False: more bytes are needed after those that were passed. */
    complete: boolean;
    fields: string[];
    /** Bytes passed in this reading. */
    length: number;
    /** Lines before the first record. */
    lines: number;
    /** The first of the comments. */
    comments: string[];
}

/** A file of comments alone may be of any size; what says something of the file stands at its top. */
const KEPT_COMMENTS = 100;

/** Leading comment and blank lines, and the header where the layout has one; `before` is what was passed already. */
function readHead(bytes: Buffer, dialect: Dialect, name: string, last: boolean, before: Head): Head {
    const comment = dialect.comment?.charCodeAt(0);
    const comments = before.comments;
    let at = 0;
    let lines = before.lines;
    while (at < bytes.length) {
        const end = lineEnd(bytes, at, dialect.quoted && comment === undefined);
        if (end.next - at > LONGEST_LINE) throw tooLong(name);
        if (end.open && !last) return { complete: false, fields: [], length: at, lines, comments };
        if (end.open && end.quoteOpen) throw new Refusal("aanhaling_open", `${name}, in de kop`);
        const line = bytes.toString("utf8", at, end.stop);
        const passed = line.trim() === "" || (comment !== undefined && bytes[at] === comment);
        if (!passed && comment !== undefined) return { complete: true, fields: [], length: at, lines, comments };
        if (passed && line.trim() !== "" && comments.length < KEPT_COMMENTS) comments.push(line.trim());
        at = end.next;
        lines += end.lines;
        if (!passed) {
            const fields = splitLine(line, dialect.delimiter, dialect.quoted);
            return { complete: true, fields, length: at, lines, comments };
        }
    }
    return { complete: last, fields: [], length: at, lines, comments };
}

interface LineEnd {
    stop: number;
    next: number;
    lines: number;
    /** The bytes ended before the line did. */
    open: boolean;
    quoteOpen: boolean;
}

function lineEnd(bytes: Buffer, from: number, quoted: boolean): LineEnd {
    let inside = false;
    let lines = 1;
    for (let at = from; at < bytes.length; at++) {
        const byte = bytes[at];
        if (quoted && byte === QUOTE) inside = !inside;
        if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) continue;
        const pair = byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED;
        if (inside) {
            lines += 1;
            if (pair) at += 1;
            continue;
        }
        // A carriage return at the very end may be half of a pair: ask for more.
        const open = byte === CARRIAGE_RETURN && at + 1 === bytes.length;
        return { stop: at, next: at + (pair ? 2 : 1), lines, open, quoteOpen: false };
    }
    return { stop: bytes.length, next: bytes.length, lines, open: true, quoteOpen: inside };
}
