import type { Dialect } from "../format.ts";
import type { SampleFile } from "./format-sample.ts";
import { type SniffedText, sniffText } from "./sniff-text.ts";
import { type ColumnProfile, profile } from "./sniff-values.ts";

/** One kind of text in a sample: a file with a header, or the lines of one record type of a journal. */
export interface SampleText {
    /** File name, or record type. */
    name: string;
    columns: ColumnProfile[];
}

export interface SniffedSample {
    kind: "files" | "journal";
    /** Name of the journal, when it is one. */
    journal: string | null;
    dialect: Omit<Dialect, "dates" | "times">;
    texts: SampleText[];
    /** What was seen that the reader must decide on, per file (Dutch, no values). */
    remarks: { file: string; text: string }[];
}

const MOST_TYPES = 20;
const TYPE_NAME = /^([A-Za-z][A-Za-z0-9]{0,5}|[0-9]{1,2})$/;

/** Reads the beginnings of all texts of a sample; files of the same name in several deliveries are taken together. */
export async function sniffSample(files: readonly SampleFile[]): Promise<SniffedSample> {
    const remarks: SniffedSample["remarks"] = [];
    const read: { name: string; text: SniffedText }[] = [];
    for (const { name, entry } of files) {
        const text = await sniffText(entry, name);
        const earlier = read.find((other) => other.name === name)?.text;
        if (earlier === undefined) read.push({ name, text });
        else if (sameHeader(earlier, text)) earlier.records.push(...text.records);
        else remarks.push({ file: name, text: "komt vaker voor met een andere kop; alleen de eerste is bekeken" });
    }
    const journals = read.filter(({ text }) => typesOf(text) !== null);
    const withHeader = read.filter(({ text }) => text.header !== null);
    const isJournal = journals.length > 0 && withHeader.length === 0;
    const used = isJournal ? journals.slice(0, 1) : withHeader;
    for (const { name } of read.filter((text) => !used.includes(text))) {
        remarks.push({
            file: name,
            text: "heeft geen kop met kolomnamen en is overgeslagen; lever het met kolomnamen",
        });
    }
    const dialect = dialectOf(used, remarks);
    const texts = isJournal
        ? used.flatMap(({ text }) =>
              [...(typesOf(text) ?? [])].map(([name, records]) => ({ name, columns: placesOf(records) })),
          )
        : used.map(({ name, text }) => ({ name, columns: columnsOfText(text) }));
    return {
        kind: isJournal ? "journal" : "files",
        journal: isJournal ? (used[0]?.name ?? null) : null,
        dialect: isJournal ? { ...dialect, comment: "#" } : dialect,
        texts,
        remarks,
    };
}

const sameHeader = (a: SniffedText, b: SniffedText): boolean =>
    a.delimiter === b.delimiter && JSON.stringify(a.header) === JSON.stringify(b.header);

/** The records of a text without header per record type; null when the first field is no such type. */
function typesOf({ header, records }: SniffedText): Map<string, string[][]> | null {
    if (header !== null || records.length === 0) return null;
    const types = new Map<string, string[][]>();
    for (const [type = "", ...fields] of records) {
        const name = type.toUpperCase();
        if (!TYPE_NAME.test(name)) return null;
        types.set(name, [...(types.get(name) ?? []), fields]);
        if (types.size > MOST_TYPES) return null;
    }
    return types.size < records.length || types.size === 1 ? types : null;
}

function placesOf(records: readonly string[][]): ColumnProfile[] {
    const width = records.reduce((most, record) => Math.max(most, record.length), 0);
    return Array.from({ length: width }, (_, place) =>
        profile(
            "",
            place,
            records.map((record) => record[place] ?? ""),
        ),
    );
}

const columnsOfText = ({ header, records }: SniffedText): ColumnProfile[] =>
    (header ?? []).map((title, place) =>
        profile(
            title.toLowerCase(),
            place,
            records.map((record) => record[place] ?? ""),
        ),
    );

/** One way of writing for the whole export; a text that is written otherwise is remarked upon. */
function dialectOf(
    read: readonly { name: string; text: SniffedText }[],
    remarks: SniffedSample["remarks"],
): SniffedSample["dialect"] {
    const delimiter = mostCommon(read.map(({ text }) => text.delimiter)) ?? ";";
    const beyondPlain = read.filter(({ text }) => !text.plain);
    const encoding = mostCommon(beyondPlain.map(({ text }) => text.encoding)) ?? "utf-8";
    for (const { name, text } of read) {
        if (text.delimiter !== delimiter)
            remarks.push({ file: name, text: "is met een ander scheidingsteken geschreven dan de meeste bestanden" });
        else if (!text.certain) remarks.push({ file: name, text: "heeft regels met verschillende aantallen velden" });
        if (!text.plain && text.encoding !== encoding)
            remarks.push({ file: name, text: `is niet in ${encoding} geschreven, zoals de meeste bestanden` });
    }
    if (read.length > 0 && beyondPlain.length === 0)
        remarks.push({ file: "", text: "bevat alleen gewone letters: is de codering utf-8, of windows-1252?" });
    // a header file may quote where needed, also when the sample never needed it
    const quoted = read.some(({ text }) => text.quoted || text.header !== null);
    return { encoding, delimiter, quoted };
}

/** The most common one, the first of equals. */
function mostCommon<T>(values: readonly T[]): T | null {
    const counts = new Map<T, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
