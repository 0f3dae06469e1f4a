import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { type Catalogue, parseCatalogue } from "./catalogue.ts";
import type { Level, MartCell } from "./cell.ts";

export interface Marts {
    catalogue: Catalogue;
    /** Quarters and years at every level, months at the region: all that any audience may see (indicators.md, Publication). */
    cells: MartCell[];
}

/**
 * The folder of the marts to publish: what `marts/current.json` names ({ refresh }), else the only one there is.
 * Throws one sentence when there is none, or when it cannot be told which.
 */
export async function currentMarts(lake: string): Promise<string> {
    const folder = path.join(lake, "marts");
    const pointer = await readFile(path.join(folder, "current.json"), "utf8").catch(() => null);
    if (pointer !== null) {
        const { refresh } = z.object({ refresh: z.string().regex(/^[\w.-]+$/) }).parse(JSON.parse(pointer));
        return path.join(folder, refresh);
    }
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
    if (folders.length === 1 && folders[0]) return path.join(folder, folders[0].name);
    throw new Error(
        folders.length === 0
            ? `Lake ${lake}: er zijn nog geen resultaten om te publiceren; draai eerst 'regiospiegel refresh --lake ${lake}'.`
            : `Lake ${lake}: marts/current.json ontbreekt terwijl er ${folders.length} resultaten staan; draai 'regiospiegel refresh --lake ${lake}' opnieuw.`,
    );
}

/** Reads one refresh's marts into memory. */
export async function readMarts(folder: string): Promise<Marts> {
    const where = path.join(folder, "catalogue.json");
    const catalogue = parseCatalogue(JSON.parse(await readFile(where, "utf8")), where);
    return {
        catalogue,
        cells: await readValues(path.join(folder, "values.parquet")),
    };
}

async function readValues(file: string): Promise<MartCell[]> {
    const instance = await DuckDBInstance.create(":memory:", {
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    try {
        // Counts stay far below 2^53, and a DOUBLE reaches JavaScript as a plain number.
        const result = await connection.runAndReadAll(`
            select
                indicator, stratum, level, id, period, state,
                cast(numerator as double), cast(denominator as double),
                cast(value as double), cast(low as double), cast(high as double),
                cast(delivered as double), cast(members as double)
            from read_parquet('${file.replaceAll("'", "''")}')
            where level = 'region' or not regexp_matches(period, '^\\d{4}-\\d{2}$')
            order by indicator, stratum nulls first, level, id, period`);
        const columns = result.getColumns();
        const texts = columns.slice(0, 6) as (string | null)[][];
        const numbers = columns.slice(6) as (number | null)[][];
        return Array.from({ length: result.currentRowCount }, (_, row): MartCell => {
            const at = (column: number) => texts[column]?.[row] ?? "";
            const figure = (column: number) => numbers[column]?.[row] ?? null;
            return {
                indicator: at(0),
                stratum: texts[1]?.[row] ?? null,
                level: at(2) as Level,
                id: at(3),
                period: at(4),
                numerator: figure(0),
                denominator: figure(1),
                value: figure(2),
                low: figure(3),
                high: figure(4),
                state: at(5) as MartCell["state"],
                delivered: figure(5),
                members: figure(6),
            };
        });
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}
