import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { groupOfCell, practiceOfPeer } from "./cells.ts";
import {
    type Bundle,
    type BundlePeer,
    type Cell,
    checkBundle,
    type Indicator,
    wrongField,
    wrongPeerField,
} from "./data.ts";
import { RepeatedList } from "./repeated.ts";
import { itemsOf } from "./runs.ts";

/** The only door to data: reads and checks bundles that publish wrote. */

/** Reads bundles of one publication one after another; what they repeat is read once. */
export function bundleReader(): (file: string) => Promise<Bundle> {
    const isGroup = (key: string): boolean => !key.startsWith("practice|");
    const values = new RepeatedList(listOf<Cell>("values", wrongField), groupOfCell, isGroup);
    const peers = new RepeatedList(listOf<BundlePeer>("peers", wrongPeerField), practiceOfPeer);
    const definitions = new RepeatedIndicators();
    const fileBytes = reusedBuffer();
    return async (file) => {
        const bytes = fileBytes(file);
        const parts = partsOf(bytes);
        if (parts === null) return checkBundle(parsed(bytes.toString("utf8"), file), file);
        try {
            const known = definitions.find(bytes, parts.head);
            const head = parsed(`${known?.rest ?? bytes.toString("utf8", 0, parts.head)}${WITHOUT_LISTS}`, file);
            const bundle = checkBundle(head, file);
            if (known) bundle.catalogue.indicators = known.indicators;
            else definitions.remember(bytes, parts.head, head, bundle.catalogue.indicators);
            bundle.values = itemsOf(values.read(bytes, ...parts.values));
            bundle.peers = itemsOf(peers.read(bytes, ...parts.peers));
            return bundle;
        } catch (error) {
            // Whatever is wrong with the parts is told of the whole, or is not wrong with the whole.
            if (error instanceof WrongItem || error instanceof SyntaxError)
                return checkBundle(parsed(bytes.toString("utf8"), file), file);
            throw error;
        }
    };
}

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

class WrongItem extends Error {}

/** Checks every item of a list in place. */
function listOf<Item>(name: string, wrong: (item: unknown) => string | null): (items: unknown) => Item[] {
    return (items) => {
        if (!Array.isArray(items) || items.some((item) => wrong(item) !== null)) throw new WrongItem(name);
        return items as Item[];
    };
}

function parsed(text: string, file: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        throw new Error(`Bundel ${file} is geen leesbare JSON; publiceer opnieuw.`);
    }
}

const VALUES = Buffer.from(',"values":[');
const PEERS = Buffer.from('],"peers":[');
const END = Buffer.from("]}\n");
/** What makes a frame a bundle of its own, for checking. */
const WITHOUT_LISTS = ',"values":[],"peers":[]}';

/** Where the frame ends and the two long lists stand, in a bundle as publish writes it; null in any other. */
function partsOf(bytes: Buffer): { head: number; values: [number, number]; peers: [number, number] } | null {
    const end = bytes.length - END.length;
    const peers = bytes.lastIndexOf(PEERS);
    const head = bytes.lastIndexOf(VALUES, peers);
    if (head < 0 || peers < 0 || end < 0 || bytes.compare(END, 0, END.length, end) !== 0) return null;
    return { head, values: [head + VALUES.length, peers], peers: [peers + PEERS.length, end] };
}

/** Definitions are the longest part of a frame and the same in all frames of a kind. */
class RepeatedIndicators {
    static readonly #START = Buffer.from('"indicators":[');
    readonly #known: { bytes: Buffer; indicators: Indicator[] }[] = [];

    /** The frame without the definitions, and the definitions, when they were read before. */
    find(bytes: Buffer, head: number): { rest: string; indicators: Indicator[] } | null {
        const from = bytes.indexOf(RepeatedIndicators.#START) + RepeatedIndicators.#START.length - 1;
        for (const { bytes: known, indicators } of this.#known) {
            const to = from + known.length;
            if (to <= head && bytes.compare(known, 0, known.length, from, to) === 0)
                return { rest: `${bytes.toString("utf8", 0, from)}[]${bytes.toString("utf8", to, head)}`, indicators };
        }
        return null;
    }

    remember(bytes: Buffer, head: number, frame: unknown, indicators: Indicator[]): void {
        const written = (frame as { catalogue?: { indicators?: unknown } }).catalogue?.indicators;
        const known = Buffer.from(JSON.stringify(written ?? null));
        const from = bytes.indexOf(RepeatedIndicators.#START) + RepeatedIndicators.#START.length - 1;
        const to = from + known.length;
        if (to <= head && bytes.compare(known, 0, known.length, from, to) === 0)
            this.#known.push({ bytes: known, indicators });
    }
}
