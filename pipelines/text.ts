import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Dialect } from "./format.ts";
import { Refusal } from "./issues.ts";
import { CARRIAGE_RETURN, LINE_FEED, QUOTE, splitLine } from "./line.ts";

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

/** A line over this is no data (exports.md). */
export const LONGEST_LINE = 1_000_000;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Streams a delivered text to `target`: decodes, counts and checks it, and takes off byte order mark, leading comments and
 * header. Memory is bounded by the chunk. Refuses: tekens_ongeldig, nul_byte, regel_te_lang, aanhaling_open.
 */
export async function stageText(
    source: AsyncIterable<Buffer>,
    target: string,
    dialect: Dialect,
    name: string,
): Promise<StagedText> {
    const hash = createHash("sha256");
    const file = await open(target, "w");
    const scanner = new LineScanner(dialect, name);
    let head: Head | null = null;
    let pending: Buffer = Buffer.alloc(0);
    let decoder: Decoder | null = null;
    let carry: Buffer = Buffer.alloc(0);
    let bytes = 0;
    const take = async (chunk: Buffer, last: boolean): Promise<void> => {
        let data = chunk;
        if (head === null) {
            pending = Buffer.concat([pending, chunk]);
            head = readHead(pending, dialect, name, last);
            if (head === null) return;
            data = pending.subarray(head.length);
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
    fields: string[];
    /** Bytes and lines before the first record. */
    length: number;
    lines: number;
    comments: string[];
}

/** Leading comment and blank lines, and the header where the layout has one; null when more bytes are needed. */
function readHead(bytes: Buffer, dialect: Dialect, name: string, last: boolean): Head | null {
    const comment = dialect.comment?.charCodeAt(0);
    const comments: string[] = [];
    let at = 0;
    let lines = 0;
    while (at < bytes.length) {
        const end = lineEnd(bytes, at, dialect.quoted && comment === undefined);
        if (end.next - at > LONGEST_LINE) throw tooLong(name);
        if (end.open && !last) return null;
        if (end.open && end.quoteOpen) throw new Refusal("aanhaling_open", `${name}, in de kop`);
        const line = bytes.toString("utf8", at, end.stop);
        const passed = line.trim() === "" || (comment !== undefined && bytes[at] === comment);
        if (!passed && comment !== undefined) return { fields: [], length: at, lines, comments };
        if (passed && line.trim() !== "") comments.push(line.trim());
        at = end.next;
        lines += end.lines;
        if (!passed) return { fields: splitLine(line, dialect.delimiter, dialect.quoted), length: at, lines, comments };
    }
    return last ? { fields: [], length: at, lines, comments } : null;
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

const tooLong = (name: string): Refusal => new Refusal("regel_te_lang", name);

/** How many bytes at the start make whole UTF-8 characters. */
function wholeCharacters(chunk: Buffer): number {
    for (let back = 1; back <= 3 && back <= chunk.length; back++) {
        const byte = chunk[chunk.length - back] ?? 0;
        if (byte < 0x80) return chunk.length;
        if (byte < 0xc0) continue;
        const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return needs > back ? chunk.length - back : chunk.length;
    }
    return chunk.length;
}

interface Decoder {
    /** How many bytes at the start of a chunk can be decoded without the next chunk. */
    whole(chunk: Buffer): number;
    decode(chunk: Buffer): Buffer;
}

const asUtf8 = (name: string): Decoder => ({
    whole: wholeCharacters,
    decode(chunk) {
        if (!isUtf8(chunk)) throw new Refusal("tekens_ongeldig", `${name}, verwacht UTF-8`);
        return chunk;
    },
});

/** Bytes 0x80 to 0x9f in windows-1252; a dot where it defines none. Node's own decoder reads them as latin-1 (Node 20). */
const FROM_0X80 = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";
const UNDEFINED = ".";

const fromWindows1252 = (name: string): Decoder => ({
    whole: (chunk) => chunk.length,
    decode(chunk) {
        const text = chunk.toString("latin1").replace(/[\u0080-\u009f]/g, (byte) => {
            const character = FROM_0X80[byte.charCodeAt(0) - 0x80] ?? UNDEFINED;
            if (character === UNDEFINED) throw new Refusal("tekens_ongeldig", `${name}, verwacht windows-1252`);
            return character;
        });
        return Buffer.from(text, "utf8");
    },
});

const FIELD_START = 0;
const PLAIN = 1;
const QUOTED = 2;
const QUOTE_IN_QUOTED = 3;

/**
 * Looks at every byte once: counts lines, measures them, follows quotes, and notes what makes records differ from lines:
 * blank or comment lines, line ends inside quotes, characters after a closing quote, mixed line ends.
 */
export class LineScanner {
    lines = 0;
    tangled = false;
    readonly #name: string;
    readonly #delimiter: number;
    readonly #comment: number;
    readonly #quoted: boolean;
    #state = FIELD_START;
    #previous = LINE_FEED;
    #length = 0;
    #crlf = false;
    #lf = false;
    #followQuotes = false;

    constructor(dialect: Dialect, name: string) {
        this.#name = name;
        this.#delimiter = dialect.delimiter.charCodeAt(0);
        this.#comment = dialect.comment?.charCodeAt(0) ?? -1;
        this.#quoted = dialect.quoted;
    }

    scan(chunk: Buffer): void {
        let from = 0;
        if (!this.#followQuotes) {
            from = this.#scanPlain(chunk);
            if (from === chunk.length) return;
            this.#followQuotes = true;
            const before = from === 0 ? this.#previous : (chunk[from - 1] ?? LINE_FEED);
            const starts = before === LINE_FEED || before === CARRIAGE_RETURN || before === this.#delimiter;
            this.#state = starts ? FIELD_START : PLAIN;
            this.#previous = before;
        }
        this.#scanQuoted(chunk, from);
    }

    finish(): void {
        if (this.#state === QUOTED) throw new Refusal("aanhaling_open", this.#name);
        if (this.#previous !== LINE_FEED && this.#previous !== CARRIAGE_RETURN) this.lines += 1;
        if (this.#crlf && this.#lf) this.tangled = true;
    }

    /** Until the first quote, which is where it returns. Most files have none: a byte costs one comparison. */
    #scanPlain(chunk: Buffer): number {
        const { length } = chunk;
        let previous = this.#previous;
        let start = -this.#length;
        for (let at = 0; at < length; at++) {
            const byte = chunk[at] as number;
            if (byte > QUOTE && previous !== LINE_FEED && previous !== CARRIAGE_RETURN) {
                previous = byte;
                continue;
            }
            if (byte === QUOTE && this.#quoted) {
                this.#previous = previous;
                this.#length = at - start;
                return at;
            }
            if (this.#lineEvent(byte, previous)) {
                if (at - start > LONGEST_LINE) throw tooLong(this.#name);
                start = at + 1;
            }
            previous = byte;
        }
        this.#previous = previous;
        this.#length = length - start;
        if (this.#length > LONGEST_LINE) throw tooLong(this.#name);
        return length;
    }

    /** Notes line ends and what stands at the start of a line; true at a line end. */
    #lineEvent(byte: number, previous: number): boolean {
        const atStart = previous === LINE_FEED || previous === CARRIAGE_RETURN;
        if (byte === LINE_FEED) {
            if (previous === CARRIAGE_RETURN) {
                this.#crlf = true;
                return true;
            }
            this.#lf = true;
            if (atStart) this.tangled = true;
            this.lines += 1;
            return true;
        }
        if (byte === CARRIAGE_RETURN) {
            if (atStart) this.tangled = true;
            this.lines += 1;
            return true;
        }
        if (atStart) {
            // A carriage return alone also ends a line.
            if (previous === CARRIAGE_RETURN) this.tangled = true;
            if (byte === this.#comment) this.tangled = true;
        }
        return false;
    }

    #scanQuoted(chunk: Buffer, from: number): void {
        const { length } = chunk;
        const delimiter = this.#delimiter;
        let state = this.#state;
        let previous = this.#previous;
        let start = from - this.#length;
        for (let at = from; at < length; at++) {
            const byte = chunk[at] as number;
            if (state === QUOTED) {
                if (byte === QUOTE) state = QUOTE_IN_QUOTED;
                else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
                    if (at - start > LONGEST_LINE) throw tooLong(this.#name);
                    this.tangled = true;
                    start = at + 1;
                }
                previous = byte;
                continue;
            }
            if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
                if (at - start > LONGEST_LINE) throw tooLong(this.#name);
                this.#lineEvent(byte, previous);
                start = at + 1;
                state = FIELD_START;
            } else {
                if (previous === CARRIAGE_RETURN) this.tangled = true;
                if (byte === delimiter) state = FIELD_START;
                else if (byte === QUOTE && state !== PLAIN) state = QUOTED;
                else {
                    if (state === QUOTE_IN_QUOTED) this.tangled = true;
                    state = PLAIN;
                }
            }
            previous = byte;
        }
        this.#state = state;
        this.#previous = previous;
        this.#length = length - start;
        if (this.#length > LONGEST_LINE) throw tooLong(this.#name);
    }
}
