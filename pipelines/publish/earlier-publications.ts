import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Form } from "../disclosure/forms.ts";
import { KEYS, type Lake, PUBLICATION_SHOWN, publicationKeys } from "../lake.ts";
import type { Store } from "../store.ts";
import type { Place } from "../worlds/system.ts";
import { type Cell, cellKey, type MartCell, type MeasuredIndicator } from "./cell.ts";
import { monthsOf } from "./publication-period.ts";

/**
 * What earlier publications showed. Static files cannot be taken back, so a new publication is protected together with all
 * that was published before (disclosure.md rule 5). Kept per part: one indicator at one moment (a stock) or in one year (a
 * flow), and only where a part differs from what the publication before it held.
 *
 * Each publication leaves two objects in the lake: what it showed, which is out in the world, and the counts behind it,
 * which only the operator may know. `forget` deletes the second; then what was hidden stays hidden.
 */

/** A part of an earlier publication: cells with their counts, and how every group of readers was shown them. */
export interface EarlierPart {
    publication: string;
    places: readonly Place[];
    cells: readonly MartCell[];
    forms: ReadonlyMap<string, readonly Form[]>;
}

export interface Earlier {
    /** Publications before this one, oldest first: what they were made of. */
    chain: readonly { id: string; inputs: string }[];
    parts: readonly EarlierPart[];
    /** Keys of cells hidden before of which the counts were forgotten: by group of readers. */
    mustStayHidden: ReadonlyMap<string, ReadonlySet<string>>;
    /** Text of the latest version of each part, to tell what changed. */
    latest: ReadonlyMap<string, string>;
}

/** What a publication shows of one cell, per group of readers in the order of the heading. */
export interface ShownCell {
    cell: MartCell;
    forms: readonly Form[];
}

interface Heading {
    id: string;
    inputs: string;
    readers: string[];
    places: Place[];
}

/** Readers under the names of before, when those who know a practice were protected apart. */
const READERS_BEFORE = new Set(["buitenstaanders", "praktijken"]);
const LETTERS: Record<Form, string> = { exact: "e", percent: "p", hidden: "h" };
/** What tells most first. */
const FORMS_BY_WEIGHT: readonly Form[] = ["exact", "percent", "hidden"];
const FORMS = new Map(Object.entries(LETTERS).map(([form, letter]) => [letter, form as Form]));
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Reads what was published from this lake before a publication of these inputs, or at all when there is none yet. */
export async function earlierPublications(lake: Lake, inputs: string): Promise<Earlier> {
    const earlier = new EarlierReader();
    for await (const kept of keptPublications(lake)) {
        if (kept.heading.inputs === inputs) break;
        earlier.add(kept);
    }
    return earlier.read();
}

/** What one publication showed, by group of readers and key, and what was published before it; null when it was not kept. */
export async function keptPublication(
    lake: Lake,
    id: string,
): Promise<{ earlier: Earlier; shown: ReadonlyMap<string, ReadonlyMap<string, Form>> } | null> {
    const before = new EarlierReader();
    const parts = new Map<string, { lines: string[]; readers: readonly string[] }>();
    for await (const kept of keptPublications(lake)) {
        const { heading, texts } = kept;
        for (const text of texts) {
            const [name = "", ...lines] = text.split("\n");
            parts.set(name, { lines, readers: heading.readers });
        }
        if (heading.id !== id) {
            before.add(kept);
            continue;
        }
        const shown = new Map(heading.readers.map((reader) => [readersNow(reader), new Map<string, Form>()]));
        for (const { lines, readers } of parts.values()) {
            for (const { at, told } of lines.map(readLine)) {
                for (const [reader, form] of formsByReader(readers, told))
                    if (form !== "hidden") shown.get(reader)?.set(cellKey(at), form);
            }
        }
        return { earlier: before.read(), shown };
    }
    return null;
}

interface KeptTexts {
    heading: Heading;
    texts: string[];
}

/** What every publication left, oldest first; with the counts where those are still there. */
async function* keptPublications({ store }: Lake): AsyncGenerator<KeptTexts> {
    const keys = (await store.list(KEYS.publications)).filter((key) => key.endsWith(PUBLICATION_SHOWN));
    for (const [sequence, key] of keys.sort().entries()) {
        const shown = await textsAt(store, key);
        if (shown === null) continue;
        const [, counts] = publicationKeys(sequence, shown.heading.id);
        yield (await textsAt(store, counts)) ?? shown;
    }
}

async function textsAt(store: Store, key: string): Promise<KeptTexts | null> {
    const stored = await store.get(key);
    if (stored === null) return null;
    const [first = "", ...texts] = (await unpack(stored.body)).toString("utf8").split("\n\n");
    return { heading: JSON.parse(first) as Heading, texts };
}

class EarlierReader {
    private readonly chain: { id: string; inputs: string }[] = [];
    private readonly parts: EarlierPart[] = [];
    private readonly hidden = new Map<string, Set<string>>();
    private readonly latest = new Map<string, string>();

    add({ heading, texts }: KeptTexts): void {
        this.chain.push({ id: heading.id, inputs: heading.inputs });
        for (const text of texts) {
            const [name = "", ...lines] = text.split("\n");
            this.latest.set(name, text);
            this.parts.push(readPart(lines, heading, this.hidden));
        }
    }

    read(): Earlier {
        return { chain: this.chain, parts: this.parts, mustStayHidden: this.hidden, latest: this.latest };
    }
}

/** Keeps what a publication shows. Throws when another publication was kept since `earlier` was read. */
export async function keepPublication(
    { store, location }: Lake,
    earlier: Earlier,
    heading: Heading,
    cells: readonly ShownCell[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
): Promise<void> {
    const [shownKey, countsKey] = publicationKeys(earlier.chain.length, heading.id);
    const there = await textsAt(store, shownKey);
    if (there?.heading.id === heading.id) return;
    const another = new Error(
        `Meer ${location}: er is intussen een andere publicatie gemaakt, en samen zouden ze te veel kunnen zeggen; draai 'regiospiegel publish' opnieuw.`,
    );
    if (there !== null) throw another;
    const parts = new Map<string, ShownCell[]>();
    for (const shown of cells) {
        const name = partOf(shown.cell, indicators.get(shown.cell.indicator));
        const part = parts.get(name);
        if (part) part.push(shown);
        else parts.set(name, [shown]);
    }
    const changed = [...parts].flatMap(([name, rows]) => {
        const text = partText(name, rows, true);
        return text === earlier.latest.get(name) ? [] : [{ counts: text, shown: partText(name, rows, false) }];
    });
    const body = (texts: readonly string[]) => pack([JSON.stringify(heading), ...texts].join("\n\n"));
    // Counts first: without what was shown beside them nobody reads them.
    await store.put(countsKey, await body(changed.map((part) => part.counts)));
    const isOurs = await store.putIfAbsent(shownKey, await body(changed.map((part) => part.shown)));
    // The very same publication may have been made beside this one.
    if (!isOurs && (await textsAt(store, shownKey))?.heading.id !== heading.id) throw another;
}

/** A stock's moment, or a flow's year: whatever adds up with a cell is in the same part. */
function partOf({ indicator, period }: MartCell, definition: MeasuredIndicator | undefined): string {
    return `${indicator} ${definition?.soort === "stand" ? monthsOf(period).last : period.slice(0, 4)}`;
}

function partText(name: string, rows: readonly ShownCell[], withCounts: boolean): string {
    const lines = rows.map(({ cell, forms }) => {
        const isTold = withCounts || forms.includes("exact");
        const counts = isTold ? [cell.numerator, cell.denominator ?? ""] : ["", ""];
        const letters = forms.map((form) => LETTERS[form]).join("");
        return [cell.indicator, cell.stratum ?? "", cell.level, cell.id, cell.period, ...counts, letters].join("\t");
    });
    return [name, ...lines.sort()].join("\n");
}

/** One cell of a part: the counts are empty where they were forgotten. */
function readLine(line: string) {
    const [
        indicator = "",
        stratum = "",
        level = "",
        id = "",
        period = "",
        numerator = "",
        denominator = "",
        letters = "",
    ] = line.split("\t");
    const at = { indicator, stratum: stratum || null, level: level as Cell["level"], id, period };
    return { at, numerator, denominator, told: [...letters].map((letter) => FORMS.get(letter) ?? "hidden") };
}

function readPart(lines: readonly string[], heading: Heading, hidden: Map<string, Set<string>>): EarlierPart {
    const cells: MartCell[] = [];
    const forms = new Map<string, Form[]>(heading.readers.map((reader) => [readersNow(reader), []]));
    for (const { at, numerator, denominator, told } of lines.map(readLine)) {
        if (numerator === "") {
            // Its counts were forgotten: all that can be done is not to show it now either.
            heading.readers.forEach((name, place) => {
                if (told[place] !== "hidden") return;
                const reader = readersNow(name);
                hidden.set(reader, (hidden.get(reader) ?? new Set()).add(cellKey(at)));
            });
            continue;
        }
        cells.push({
            ...at,
            numerator: Number(numerator),
            denominator: denominator === "" ? null : Number(denominator),
            value: null,
            low: null,
            high: null,
            state: numerator === "0" ? "zero" : "value",
            delivered: null,
            members: null,
        });
        for (const [reader, form] of formsByReader(heading.readers, told)) forms.get(reader)?.push(form);
    }
    return { publication: heading.id, places: heading.places, cells, forms };
}

const readersNow = (name: string): string => (READERS_BEFORE.has(name) ? "lezers" : name);

/** How each group of readers was shown a cell: what tells most, where two groups of before are one now. */
function formsByReader(readers: readonly string[], told: readonly Form[]): Map<string, Form> {
    const forms = new Map<string, Form>();
    for (const form of FORMS_BY_WEIGHT)
        readers.forEach((name, place) => {
            const reader = readersNow(name);
            if ((told[place] ?? "hidden") === form && !forms.has(reader)) forms.set(reader, form);
        });
    return forms;
}
