import type { Dialect } from "../format.ts";
import { Refusal } from "../issues.ts";
import { CARRIAGE_RETURN, LINE_FEED, QUOTE } from "./line.ts";

/** A line over this is no data (exports.md). */
export const LONGEST_LINE = 1_000_000;

const FIELD_START = 0;

const PLAIN = 1;

const QUOTED = 2;

const QUOTE_IN_QUOTED = 3;

export const tooLong = (name: string): Refusal => new Refusal("regel_te_lang", name);

/**
 * Looks at every byte once: counts lines, measures them, follows quotes, and notes what makes records differ from lines:
 * blank or comment lines, line ends inside quotes, characters after a closing quote, mixed line ends, and lines of more
 * than `widest` fields (which the reader behind it would keep whole, once per field).
 */
export class LineScanner {
    lines = 0;
    tangled = false;
    /** Most fields of a record; set when the header is known. */
    widest = Number.POSITIVE_INFINITY;
    readonly #name: string;
    readonly #delimiter: number;
    readonly #comment: number;
    readonly #quoted: boolean;
    #state = FIELD_START;
    #previous = LINE_FEED;
    #length = 0;
    /** Fields of the line so far, less one. */
    #delimiters = 0;
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
        this.#endFields();
        if (this.#previous !== LINE_FEED && this.#previous !== CARRIAGE_RETURN) this.lines += 1;
        if (this.#crlf && this.#lf) this.tangled = true;
    }

    /** Until the first quote, which is where it returns. Most files have none: a byte costs one comparison. */
    #scanPlain(chunk: Buffer): number {
        const { length } = chunk;
        const delimiter = this.#delimiter;
        let previous = this.#previous;
        let start = -this.#length;
        for (let at = 0; at < length; at++) {
            const byte = chunk[at] as number;
            if (byte === delimiter) this.#delimiters += 1;
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

    #endFields(): void {
        if (this.#delimiters >= this.widest) this.tangled = true;
        this.#delimiters = 0;
    }

    /** Notes line ends and what stands at the start of a line; true at a line end. */
    #lineEvent(byte: number, previous: number): boolean {
        const atStart = previous === LINE_FEED || previous === CARRIAGE_RETURN;
        if (byte === LINE_FEED || byte === CARRIAGE_RETURN) this.#endFields();
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
                if (byte === delimiter) {
                    state = FIELD_START;
                    this.#delimiters += 1;
                } else if (byte === QUOTE && state !== PLAIN) state = QUOTED;
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
