import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { z } from "zod";
import { groupOfCell } from "./cells.ts";
import { funnelsSchema, panelsSchema } from "./comparisons.ts";
import {
    type Bundle,
    type BundlePeer,
    type Cell,
    checkBundle,
    indicatorsSchema,
    wrongField,
    wrongPeerField,
} from "./data.ts";
import { RepeatedLines } from "./repeated.ts";
import { itemsOf, type Run } from "./runs.ts";

/**
 * The only door to data: reads and checks bundles that publish wrote (pipelines/publish/bundle.ts), line by line. What
 * bundles of one publication repeat is known by its bytes and neither parsed, checked nor indexed again.
 */

/** Parts of a bundle that have a line of their own, in this order, and how each is checked. */
const PARTS = { indicators: indicatorsSchema, funnels: funnelsSchema, panels: panelsSchema } as const;
type Parts = { [Name in keyof typeof PARTS]: z.output<(typeof PARTS)[Name]> };

/** Reads bundles one after another; what they repeat is read once. */
export function bundleReader(): (file: string) => Bundle {
    const parse = bundleParser();
    const fileBytes = reusedBuffer();
    return (file) => parse(fileBytes(file), file);
}

/** Reads the text of bundles one after another. Throws one sentence that names the first field that is wrong. */
export function bundleParser(): (bytes: Buffer, where: string) => Bundle {
    const parts = new RepeatedLines<unknown>();
    const groups = new RepeatedLines<Run<Cell>>();
    const practices = new RepeatedLines<Run<BundlePeer>>();
    return (bytes, where) => {
        const lines = new Lines(bytes);
        try {
            const frame = JSON.parse(`${lines.next()}}`) as Record<string, unknown>;
            const shared = {} as Record<keyof Parts, unknown>;
            for (const name of Object.keys(PARTS) as (keyof Parts)[]) {
                const [from, to] = lines.after(`"${name}":`);
                shared[name] = parts.read(bytes, from, to, (text) => checkedPart(name, JSON.parse(text)));
            }
            const { indicators, funnels, panels } = shared as Parts;
            const own = frame.comparisons as object | undefined;
            const catalogue = { ...(frame.catalogue as object), indicators: [] };
            const comparisons = own && { ...own, funnels: [], panels: [] };
            const bundle = checkBundle({ ...frame, catalogue, comparisons, values: [], peers: [] }, where);
            bundle.catalogue.indicators = indicators;
            if (own) Object.assign(bundle.comparisons, { funnels, panels });
            const values: Run<Cell>[] = [];
            for (const [from, to] of lines.list("values")) {
                const isShared = !bytes.subarray(from, from + OWN.length).equals(OWN);
                const group = (text: string) => groupOf(JSON.parse(text), values.length);
                values.push(groups.read(bytes, from, to, group, isShared));
            }
            const peers: Run<BundlePeer>[] = [];
            for (const [from, to] of lines.list("peers"))
                peers.push(practices.read(bytes, from, to, (text) => practiceOf(JSON.parse(text), peers.length)));
            bundle.values = itemsOf(values);
            bundle.peers = itemsOf(peers);
            return bundle;
        } catch (error) {
            if (error instanceof SyntaxError)
                throw new Error(`Bundel ${where} is geen leesbare JSON van regels; publiceer opnieuw.`);
            if (error instanceof WrongPart) throw new Error(error.sentence(where));
            throw error;
        }
    };
}

/** A reader's own figures stand in one bundle only. */
const OWN = Buffer.from('{"level":"practice"');

class WrongPart extends Error {
    constructor(readonly field: string) {
        super(field);
    }

    sentence(where: string): string {
        return `Bundel ${where}: veld "${this.field}" klopt niet; publiceer opnieuw met dezelfde versie van publish en dashboards.`;
    }
}

function checkedPart(name: keyof Parts, value: unknown): unknown {
    const result = PARTS[name].safeParse(value);
    if (result.success) return result.data;
    throw new WrongPart([name, ...(result.error.issues[0]?.path ?? [])].join("."));
}

type Row = unknown[];
const isList = (item: unknown): item is unknown[] => Array.isArray(item);

/** The cells of one line of "values". Rows are most of a bundle, so they are checked in place, not copied. */
function groupOf(written: unknown, at: number): Run<Cell> {
    const { level, id, lines } = (written ?? {}) as Record<string, unknown>;
    if (!isList(lines)) throw new WrongPart(`values.${at}.lines`);
    const items: Cell[] = [];
    for (const line of lines) {
        const [indicator, stratum, rows] = isList(line) ? line : [];
        if (!isList(rows) || !rows.every(isList)) throw new WrongPart(`values.${at}.lines`);
        for (const row of rows) {
            const cell = cellOf({ indicator, stratum, level, id }, row);
            const wrong = wrongField(cell);
            if (wrong !== null) throw new WrongPart(`values.${at}.${items.length}.${wrong}`);
            items.push(cell as Cell);
        }
    }
    const [first] = items;
    return { key: first ? groupOfCell(first) : "", items };
}

/** A row leaves out the nulls at its end. */
function cellOf({ indicator, stratum, level, id }: Record<string, unknown>, row: Row): unknown {
    const cell: Record<string, unknown> = {
        indicator,
        stratum,
        level,
        id,
        period: row[0],
        state: row[1],
        numerator: row[5] ?? null,
        denominator: row[6] ?? null,
        value: row[7] ?? null,
        low: row[8] ?? null,
        high: row[9] ?? null,
        delivered: row[3] ?? null,
        members: row[4] ?? null,
        shown: row[2],
    };
    if (row.length > 10) cell.expected = row[10];
    return cell;
}

/** The percents of one line of "peers". */
function practiceOf(written: unknown, at: number): Run<BundlePeer> {
    const { label, percents } = (written ?? {}) as Record<string, unknown>;
    if (!isList(percents) || !percents.every(isList)) throw new WrongPart(`peers.${at}.percents`);
    const items = percents.map(([indicator, period, percent]) => {
        const peer = { indicator, period, label, percent };
        const wrong = wrongPeerField(peer);
        if (wrong !== null) throw new WrongPart(`peers.${at}.${wrong}`);
        return peer as BundlePeer;
    });
    return { key: items[0]?.label ?? "", items };
}

const LINE_END = 10;
const COMMA = 44;

/** The lines of a bundle, without the comma at their end. Throws SyntaxError on any other text. */
class Lines {
    #at = 0;
    readonly #bytes: Buffer;

    constructor(bytes: Buffer) {
        this.#bytes = bytes;
    }

    /** From where to where the next line stands. */
    #line(): [from: number, to: number] {
        const from = this.#at;
        const end = this.#bytes.indexOf(LINE_END, from);
        if (end < 0) throw new SyntaxError("no line");
        this.#at = end + 1;
        return [from, this.#bytes[end - 1] === COMMA ? end - 1 : end];
    }

    next(): string {
        const [from, to] = this.#line();
        return this.#bytes.toString("utf8", from, to);
    }

    /** The next line, behind this beginning. */
    after(beginning: string): [from: number, to: number] {
        const [from, to] = this.#line();
        const behind = from + beginning.length;
        if (this.#bytes.toString("latin1", from, behind) !== beginning) throw new SyntaxError(beginning);
        return [behind, to];
    }

    /** The lines of a list. */
    *list(name: string): Generator<[from: number, to: number]> {
        const [from, to] = this.after(`"${name}":`);
        if (this.#bytes.toString("latin1", from, to) !== "[") throw new SyntaxError(name);
        for (let line = this.#line(); ; line = this.#line()) {
            if (this.#bytes[line[0]] === LIST_END) return;
            if (line[1] > line[0]) yield line;
        }
    }
}

const LIST_END = 93;

/**
 * Reads a file into the same memory every time: bundles are megabytes long and thousands, and nothing of one is needed after
 * it was read.
 */
function reusedBuffer(): (file: string) => Buffer {
    let memory = Buffer.alloc(0);
    return (file) => {
        const handle = openSync(file, "r");
        try {
            const { size } = fstatSync(handle);
            if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.ceil(size * 1.25));
            let read = 0;
            while (read < size) {
                const more = readSync(handle, memory, read, size - read, read);
                if (more === 0)
                    throw new Error(`Bundel ${file} werd korter terwijl hij gelezen werd; publiceer opnieuw.`);
                read += more;
            }
            return memory.subarray(0, size);
        } finally {
            closeSync(handle);
        }
    };
}
