import { CONTRACT } from "../contract.ts";
import type { Field, Format } from "../format.ts";
import { columnsOf } from "../table.ts";

/** Read beside a result and not kept. */
const NOT_KEPT = "unit";

/** A place in a journal that is read past. */
export const PASSED = /^veld_[0-9]+$/;

export interface Fault {
    /** One Dutch sentence. */
    text: string;
    /** No sample can be read with it. */
    fatal: boolean;
}

const fatal = (text: string): Fault => ({ text, fatal: true });

/** What is wrong with a layout by itself, before any sample is read. */
export function faultsOf(format: Format): Fault[] {
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
            .map((title) => fatal(`${name}: ${title} moet in kleine letters staan, want namen worden zo vergeleken.`)),
    ]);
    const tables = layouts.map(({ table }) => table);
    for (const table of new Set(tables.filter((table, at) => tables.indexOf(table) !== at)))
        faults.push(fatal(`Tabel ${table} wordt uit meer dan één bestand gevuld; verwacht één bestand per tabel.`));
    if (layouts.length === 0) faults.push(fatal("De indeling noemt geen enkel bestand of recordtype."));
    return faults;
}

function tableFaults(name: string, table: string, fields: readonly Field[], wide: boolean, format: Format): Fault[] {
    const known = CONTRACT.get(table);
    if (!known) return [fatal(`${name}: tabel ${table} bestaat niet; kies uit ${[...CONTRACT.keys()].join(", ")}.`)];
    const faults: Fault[] = [];
    const columns = new Map(columnsOf(known).map((column) => [column.name, column]));
    const targets = fields.map(({ to }) => to);
    for (const [at, { to, words }] of fields.entries()) {
        const column = columns.get(to);
        const passed = to === NOT_KEPT || (format.records !== undefined && PASSED.test(to));
        if (!column && !passed) faults.push(fatal(`${name}: kolom ${to} bestaat niet in tabel ${table}.`));
        if (targets.indexOf(to) !== at)
            faults.push(fatal(`${name}: kolom ${to} van tabel ${table} wordt tweemaal gevuld.`));
        const strange = Object.values(words ?? {}).filter((word) => !column?.constraints.words?.includes(word));
        if (strange.length > 0)
            faults.push(fatal(`${name}: ${to} kent de woorden ${[...new Set(strange)].join(", ")} niet.`));
    }
    const given = wide ? ["nhg_number", "value"] : [];
    if (format.sender === "practice") given.push("practice_id");
    for (const { name: column, nullable } of columns.values()) {
        if (!nullable && !targets.includes(column) && !given.includes(column))
            faults.push({
                text: `${name}: de verplichte kolom ${column} van tabel ${table} wordt nergens uit gevuld.`,
                fatal: false,
            });
    }
    return faults;
}
