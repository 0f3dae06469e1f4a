/**
 * Lines that bundles of one publication repeat: the region stands in every practice's, a hagro in those of its practices.
 * What was read before is recognised by its bytes.
 */

interface Known<Item> {
    bytes: Buffer;
    item: Item;
}

/** A region of tens of practices fits; a country's groups pass through. */
const MOST_BYTES = 48_000_000;
/** So much of a line tells most lines apart. */
const BEGINNING = 48;

/** What was read of lines of one kind. */
export class RepeatedLines<Item> {
    /** By their length and beginning. */
    readonly #known = new Map<string, Known<Item>[]>();
    #bytes = 0;

    /** What stands between two places in a file; `parse` is asked once per text. What is not shared is not remembered. */
    read(file: Buffer, from: number, to: number, parse: (text: string) => Item, isShared = true): Item {
        if (!isShared) return parse(file.toString("utf8", from, to));
        const name = `${to - from} ${file.toString("latin1", from, Math.min(to, from + BEGINNING))}`;
        const alike = this.#known.get(name) ?? [];
        for (const { bytes, item } of alike) if (file.compare(bytes, 0, bytes.length, from, to) === 0) return item;
        const item = parse(file.toString("utf8", from, to));
        if (this.#bytes > MOST_BYTES) {
            this.#known.clear();
            this.#bytes = 0;
        }
        const bytes = Buffer.from(file.subarray(from, to));
        this.#known.set(name, [...alike, { bytes, item }]);
        this.#bytes += bytes.length;
        return item;
    }
}
