import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Table } from "./table.ts";

export interface NamedTable extends Table {
    name: string;
}

const FOLDER = fileURLToPath(new URL("./contract/", import.meta.url));

const tables = new Map<string, NamedTable>();
for (const file of readdirSync(FOLDER).sort()) {
    if (!file.endsWith(".ts")) continue;
    const module = (await import(new URL(`./contract/${file}`, import.meta.url).href)) as { default: Table };
    const name = file.slice(0, -".ts".length);
    tables.set(name, { ...module.default, name });
}

/** Every lake table by name. The folder is listed: a new table is one new file, and its file name is the table name. */
export const CONTRACT: ReadonlyMap<string, NamedTable> = tables;

/** The table with this name, or an error that lists what there is. */
export function tableNamed(name: string): NamedTable {
    const table = CONTRACT.get(name);
    if (!table)
        throw new Error(`Tabel ${name} bestaat niet in het contract; er zijn: ${[...CONTRACT.keys()].join(", ")}.`);
    return table;
}
