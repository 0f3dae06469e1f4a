import { CONTRACT } from "./contract.ts";
import type { Field, Format } from "./format.ts";
import { columnsOf } from "./table.ts";

/** Read beside a result and not kept. */
const NOT_KEPT = "unit";

/** What is wrong with a layout by itself, before any sample is read: one Dutch sentence each. */
export function faultsOf(format: Format): string[] {
    const layouts = [
        ...Object.entries(format.files ?? {}).map(([name, { table, columns, wide }]) => ({
            name,
            table,
            fields: Object.values(columns),
            titles: Object.keys(columns),
            wide: wide ?? false,
        })),
        ...Object.entries(format.records ?? {}).map(([name, { table, fields }]) => ({
            name,
            table,
            fields,
            titles: [],
            wide: false,
        })),
    ];
    const faults = layouts.flatMap(({ name, table, fields, titles, wide }) => [
        ...tableFaults(name, table, fields, wide, format),
        ...[...titles, ...(format.files ? [name] : [])]
            .filter((title) => title !== title.toLowerCase())
            .map((title) => `${name}: ${title} moet in kleine letters staan, want namen worden zo vergeleken.`),
    ]);
    const tables = layouts.map(({ table }) => table);
    for (const table of new Set(tables.filter((table, at) => tables.indexOf(table) !== at)))
        faults.push(`Tabel ${table} wordt uit meer dan één bestand gevuld; verwacht één bestand per tabel.`);
    if (layouts.length === 0) faults.push("De indeling noemt geen enkel bestand of recordtype.");
    return faults;
}

function tableFaults(name: string, table: string, fields: readonly Field[], wide: boolean, format: Format): string[] {
    const known = CONTRACT.get(table);
    if (!known) return [`${name}: tabel ${table} bestaat niet; kies uit ${[...CONTRACT.keys()].join(", ")}.`];
    const faults: string[] = [];
    const columns = new Map(columnsOf(known).map((column) => [column.name, column]));
    const targets = fields.map(({ to }) => to);
    for (const [at, { to, words }] of fields.entries()) {
        const column = columns.get(to);
        if (!column && to !== NOT_KEPT) faults.push(`${name}: kolom ${to} bestaat niet in tabel ${table}.`);
        if (targets.indexOf(to) !== at) faults.push(`${name}: kolom ${to} van tabel ${table} wordt tweemaal gevuld.`);
        const strange = Object.values(words ?? {}).filter((word) => !column?.constraints.words?.includes(word));
        if (strange.length > 0) faults.push(`${name}: ${to} kent de woorden ${[...new Set(strange)].join(", ")} niet.`);
    }
    const given = wide ? ["nhg_number", "value"] : [];
    if (format.sender === "practice") given.push("practice_id");
    for (const { name: column, nullable } of columns.values()) {
        if (!nullable && !targets.includes(column) && !given.includes(column))
            faults.push(`${name}: de verplichte kolom ${column} van tabel ${table} wordt nergens uit gevuld.`);
    }
    return faults;
}
