import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { missingKey } from "../lake/store-error.ts";
import { KEYS, type Lake } from "../lake.ts";
import { valuePaths } from "../refresh/marts.ts";
import type { Stored } from "../store.ts";
import type { AgeSexCount } from "./age-sex.ts";
import { type Catalogue, parseCatalogue } from "./catalogue.ts";
import type { Level, MartCell } from "./cell.ts";

export interface Marts {
    catalogue: Catalogue;
    /** Quarters and years at every level, months at the region: all that any audience may see (indicators.md, Publication). */
    cells: MartCell[];
    /** The region by age group and sex. */
    ageSex: AgeSexCount[];
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
    const standardisation = await store.localPaths([KEYS.martFile(refresh, "standardisation.parquet")]);
    const ageSex = await store.localPaths([KEYS.martFile(refresh, "age_sex.parquet")]);
    const values = await valuePaths(lake, refresh);
    return {
        catalogue: parseCatalogue(jsonOf(stored), key),
        cells: await inDuckDb((connection) => readValues(connection, values, standardisation)),
        ageSex: await inDuckDb((connection) => readAgeSex(connection, ageSex)).catch(() => {
            throw new Error(
                `Meer ${location}: age_sex.parquet van resultaat ${refresh} is van een eerdere versie; draai 'regiospiegel refresh --lake ${location}' opnieuw.`,
            );
        }),
    };
}

const jsonOf = ({ body }: Stored): unknown => JSON.parse(Buffer.from(body).toString("utf8"));

async function inDuckDb<Rows>(read: (connection: DuckDBConnection) => Promise<Rows>): Promise<Rows> {
    const instance = await DuckDBInstance.create(":memory:", {
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    try {
        return await read(connection);
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}

async function readAgeSex(connection: DuckDBConnection, files: readonly string[]): Promise<AgeSexCount[]> {
    const result = await connection.runAndReadAll(`
        select
            indicator, age_band, sex, period, cast(numerator as double), cast(denominator as double),
            cast(largest_numerator as double), cast(largest_rest as double)
        from read_parquet(${listed(files)}, hive_partitioning = false)
        order by indicator, period, age_band, sex`);
    return result.getRows().map((row) => ({
        indicator: String(row[0]),
        ageBand: Number(row[1]),
        sex: String(row[2]),
        period: String(row[3]),
        numerator: Number(row[4]),
        denominator: Number(row[5]),
        largestNumerator: Number(row[6]),
        largestRest: Number(row[7]),
    }));
}

async function readValues(
    connection: DuckDBConnection,
    files: readonly string[],
    standardisation: readonly string[],
): Promise<MartCell[]> {
    // Counts stay far below 2^53, and a DOUBLE reaches JavaScript as a plain number.
    // Joined by equal columns alone: any other condition makes it compare every row with every other.
    const result = await connection.runAndReadAll(`
            with of_practices as (
                select level, indicator, id, period, expected
                from read_parquet(${listed(standardisation)}, hive_partitioning = false)
                where level = 'practice'
            )
            select
                figures.indicator, stratum, figures.level, figures.id, figures.period, state,
                cast(numerator as double), cast(denominator as double),
                cast(value as double), cast(low as double), cast(high as double),
                cast(delivered as double), cast(members as double), case when stratum is null then expected end
            from read_parquet(${listed(files)}, hive_partitioning = false) as figures
            left join of_practices as standard
                on figures.level = standard.level and figures.indicator = standard.indicator
                and figures.id = standard.id and figures.period = standard.period
            where figures.level = 'region' or not regexp_matches(figures.period, '^\\d{4}-\\d{2}$')
            order by figures.indicator, stratum nulls first, figures.level, figures.id, figures.period`);
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
            ...(figure(7) === null ? {} : { expected: figure(7) }),
        };
    });
}

const listed = (files: readonly string[]): string =>
    `[${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(", ")}]`;
