import { type Files, gzipped, put, zipped } from "../acceptance/small-deliveries.ts";

export const PRACTICE = "01000101";
export const SECOND_PRACTICE = "01000202";

/** Stands in whatever a bad delivery holds that a message or a log may never repeat. */
export const MARKER = "zqxvw";

/** A bad delivery, made by rule: how to write it, and what must come of it. */
export interface BadDelivery {
    title: string;
    write(root: string): Promise<string>;
    /** Refused with this code (or one of these, when two problems meet) ... */
    code?: string | readonly string[];
    /** ... or accepted, with rows set aside under this one. */
    aside?: string;
}

export type Layout = "his-lang" | "his-breed" | "his-journaal" | "viplive" | "bureau";

const SENDERS: Record<Layout, string> = {
    "his-lang": PRACTICE,
    "his-breed": PRACTICE,
    "his-journaal": PRACTICE,
    viplive: "regio",
    bureau: "regio",
};

let number = 100;

/** A name of its own for each, so that one lake can be offered them all: the volgnr counts on. */
export function named(layout: string, sender: string, extension: string): string {
    number += 1;
    return `${layout}_${sender}_20240630_${number}${extension}`;
}

/** A bad delivery of a layout in its usual packing. */
export function spoiled(
    layout: Layout,
    title: string,
    content: Files | string | Uint8Array,
    outcome: { code: string | readonly string[] } | { aside: string },
): BadDelivery {
    const journal = layout === "his-journaal";
    const name = named(layout, SENDERS[layout], journal ? ".gz" : ".zip");
    const bytes = () =>
        typeof content === "string" || content instanceof Uint8Array ? gzipped(content) : zipped(content);
    return { title: `${layout}: ${title}`, write: (root) => put(root, name, bytes()), ...outcome };
}

/** A file replaced; throws when nothing changed, so that a rule cannot fall silent. */
export function changed(files: Files, name: string, change: (text: string) => string): Files {
    const text = files[name];
    if (typeof text !== "string" || change(text) === text) throw new Error(`nothing to change in ${name}`);
    return { ...files, [name]: change(text) };
}

export const without = (files: Files, name: string): Files =>
    Object.fromEntries(Object.entries(files).filter(([file]) => file !== name));

/** One cell of the table text replaced, in one data row (0-based; -1: in all). */
export function withCell(text: string, delimiter: string, column: string, row: number, value: string): string {
    const lines = text.split("\r\n");
    const at = (lines[0] ?? "").split(delimiter).indexOf(column);
    if (at < 0) throw new Error(`no column ${column}`);
    const replaced = lines.map((line, index) => {
        if (line === "" || index === 0 || (row >= 0 && index !== row + 1)) return line;
        const cells = line.split(delimiter);
        cells[at] = value;
        return cells.join(delimiter);
    });
    return replaced.join("\r\n");
}
