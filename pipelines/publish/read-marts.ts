import { DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { missingKey } from "../lake/store-error.ts";
import type { Lake } from "../lake.ts";
import { valuePaths } from "../refresh/marts.ts";
import type { Stored } from "../store.ts";
import { type Catalogue, parseCatalogue } from "./catalogue.ts";
import type { Level, MartCell } from "./cell.ts";

export interface Marts {
    catalogue: Catalogue;
    /** Quarters and years at every level, months at the region: all that any audience may see (indicators.md, Publication). */
    cells: MartCell[];
}

/** Every file of one refresh's marts stands under this prefix. */
export const martsPrefix = (refresh: string): string => `${ROOT}${refresh}/`;

const ROOT = "marts/";
const POINTER = `${ROOT}current.json`;

/**
 * The refresh to publish: what `marts/current.json` names ({ refresh }), else the only one there is.
 * Throws one sentence when there is none, or when it cannot be told which.
 */
export async function currentMarts({ store, location }: Lake): Promise<string> {
    const pointer = await store.get(POINTER);
    if (pointer !== null) return z.object({ refresh: z.string().regex(/^[\w.-]+$/) }).parse(jsonOf(pointer)).refresh;
    const nested = (await store.list(ROOT)).map((key) => key.split("/")).filter((words) => words.length > 2);
    const [refresh, ...others] = new Set(nested.map((words) => words[1] ?? ""));
    if (refresh !== undefined && others.length === 0) return refresh;
    throw new Error(
        refresh === undefined
            ? `Meer ${location}: er zijn nog geen resultaten om te publiceren; draai eerst 'regiospiegel refresh --lake ${location}'.`
            : `Meer ${location}: marts/current.json ontbreekt terwijl er ${others.length + 1} resultaten staan; draai 'regiospiegel refresh --lake ${location}' opnieuw.`,
    );
}

/** Reads one refresh's marts into memory. */
export async function readMarts(lake: Lake, refresh: string): Promise<Marts> {
    const { store, location } = lake;
    const key = `${martsPrefix(refresh)}catalogue.json`;
    const stored = await store.get(key);
    if (stored === null) throw missingKey(location, key);
    return { catalogue: parseCatalogue(jsonOf(stored), key), cells: await readValues(await valuePaths(lake, refresh)) };
}

const jsonOf = ({ body }: Stored): unknown => JSON.parse(Buffer.from(body).toString("utf8"));

async function readValues(files: readonly string[]): Promise<MartCell[]> {
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
            from read_parquet([${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(", ")}], hive_partitioning = false)
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
