import type { DeliveredField } from "../conform.ts";
import { printable } from "../delivery.ts";
import type { FileLayout } from "../format.ts";
import { Refusal } from "../issues.ts";
import { numberOfColumn } from "./memo.ts";

/** What the columns of a delivered file are, by name. Columns of the text relation are called c0, c1, … in delivered order. */
export interface Header {
    fields: DeliveredField[];
    /** Of a wide file: bepaling columns with their NHG number. */
    bepalingen: { raw: string; title: string; number: number }[];
    /** Not part of the layout. */
    extra: { raw: string; title: string }[];
    /** Number of named columns; a trailing delimiter may add an unnamed one. */
    width: number;
}

export const columnAt = (index: number): string => `c${index}`;

/** Matches the header of a file with its layout. Throws kolom_dubbel and kolom_ontbreekt (naming all that miss). */
export function matchHeader(file: string, header: readonly string[], layout: FileLayout): Header {
    const titles = header.map((title) => title.trim());
    while (titles.length > 0 && titles.at(-1) === "") titles.pop();
    const result: Header = { fields: [], bepalingen: [], extra: [], width: titles.length };
    const seen = new Set<string>();
    titles.forEach((title, index) => {
        const name = title.toLowerCase();
        const raw = columnAt(index);
        const field = layout.columns[name];
        const number = layout.wide && !field ? numberOfColumn(name) : null;
        if (field || number !== null) {
            if (seen.has(name)) throw new Refusal("kolom_dubbel", `bestand ${file}, kolom ${printable(name)}`);
            seen.add(name);
        }
        if (field) result.fields.push({ raw, title: name, field });
        else if (number !== null) result.bepalingen.push({ raw, title: printable(title), number });
        else result.extra.push({ raw, title: title === "" ? `(kolom ${index + 1} zonder naam)` : printable(title) });
    });
    return result;
}

/** Refuses a file that lacks required columns; called after identifying columns were looked for. */
export function refuseMissingColumns(file: string, header: Header, layout: FileLayout): void {
    const present = new Set(header.fields.map(({ title }) => title));
    const missing = Object.entries(layout.columns)
        .filter(([name, { optional }]) => !optional && !present.has(name))
        .map(([name]) => name);
    if (missing.length === 0) return;
    throw new Refusal("kolom_ontbreekt", `bestand ${file}, verwacht ook ${missing.join(", ")}`);
}
