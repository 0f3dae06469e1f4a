import type { Run } from "./runs.ts";

/**
 * Bundles of one publication repeat each other: the region stands in every practice's, a hagro in those of its practices. Publish
 * writes them one item a line, group after group, so what was read before is recognised by its bytes and neither parsed, checked
 * nor indexed again. A bundle written otherwise is simply read whole.
 */

interface Known<Item> {
    bytes: Buffer;
    run: Run<Item>;
}

/** Of one list in bundles, what was read before. */
export class RepeatedList<Item> {
    readonly #keyOf: (item: Item) => string;
    readonly #check: (items: unknown) => Item[];
    readonly #isShared: (key: string) => boolean;
    /** By their first line. */
    #known = new Map<string, Known<Item>[]>();
    #bytes = 0;

    /**
     * `check` throws on an item that is not as agreed. `keyOf` is the same for items that belong together; what is not shared
     * stands in one bundle only and is not remembered.
     */
    constructor(
        check: (items: unknown) => Item[],
        keyOf: (item: Item) => string,
        isShared: (key: string) => boolean = () => true,
    ) {
        this.#check = check;
        this.#keyOf = keyOf;
        this.#isShared = isShared;
    }

    /** The items of a list whose inside stands between two places in a file. */
    read(file: Buffer, from: number, to: number): Run<Item>[] {
        const runs: Run<Item>[] = [];
        let at = from;
        while (at < to) {
            const known = this.#knownAt(file, at, to);
            if (known === null) {
                runs.push(...this.#parse(file, at, to));
                break;
            }
            runs.push(known.run);
            at += known.bytes.length + SEPARATOR.length;
        }
        return runs;
    }

    #knownAt(file: Buffer, at: number, to: number): Known<Item> | null {
        const first = file.toString("latin1", at, lineEnd(file, at, to));
        for (const one of this.#known.get(first) ?? []) {
            const end = at + one.bytes.length;
            const whole = end === to || (end < to && file.compare(SEPARATOR, 0, 2, end, end + 2) === 0);
            if (whole && file.compare(one.bytes, 0, one.bytes.length, at, end) === 0) return one;
        }
        return null;
    }

    /** Everything up to the end, cut where the key changes; remembered for next time. */
    #parse(file: Buffer, from: number, to: number): Run<Item>[] {
        const items = this.#check(JSON.parse(`[${file.toString("utf8", from, to)}]`));
        const runs: Run<Item>[] = [];
        for (const item of items) {
            const key = this.#keyOf(item);
            const last = runs.at(-1);
            if (last?.key === key) last.items.push(item);
            else runs.push({ key, items: [item] });
        }
        if (!runs.some((run) => this.#isShared(run.key))) return runs;
        let at = from;
        for (const run of runs) {
            let end = at - SEPARATOR.length;
            for (let line = 0; line < run.items.length; line += 1) end = lineEnd(file, end + SEPARATOR.length, to);
            if (this.#isShared(run.key)) this.#remember(file, at, end, run);
            at = end + SEPARATOR.length;
        }
        // Otherwise the lines were not items, and nothing that was remembered can be trusted.
        if (at !== to + SEPARATOR.length) this.#forget();
        return runs;
    }

    #remember(file: Buffer, from: number, to: number, run: Run<Item>): void {
        if (this.#bytes > MOST_BYTES) this.#forget();
        const first = file.toString("latin1", from, lineEnd(file, from, to));
        const bytes = Buffer.from(file.subarray(from, to));
        this.#known.set(first, [...(this.#known.get(first) ?? []), { bytes, run }]);
        this.#bytes += bytes.length;
    }

    #forget(): void {
        this.#known = new Map();
        this.#bytes = 0;
    }
}

/** Between two items, and nowhere within one: JSON text holds no line break inside a value as publish writes it. */
const SEPARATOR = Buffer.from(",\n");
/** A region of tens of practices fits; a country's groups pass through. */
const MOST_BYTES = 48_000_000;

function lineEnd(file: Buffer, from: number, to: number): number {
    const found = file.indexOf(SEPARATOR, from);
    return found < 0 || found > to ? to : found;
}
