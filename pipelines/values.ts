// The operator's unsuppressed numbers.
import { tmpdir } from "node:os";
import { z } from "zod";
import { openDuckDBEngine } from "./engines/duckdb.ts";
import { KEYS, type Lake } from "./lake.ts";
import { standardisationColumns, valueColumns, valuePaths } from "./refresh/marts.ts";

const pointerSchema = z.object({ refresh: z.string().regex(/^[0-9a-f]{16}$/) });

export const levels = ["practice", "hagro", "area", "organisation", "region"] as const;

export interface ValueFilter {
    indicator?: string;
    level?: (typeof levels)[number];
    /** `2024-06`, `2024-Q2` or `2024`; all months when absent. */
    period?: string;
}

export interface ValueRow {
    indicator: string;
    stratum: string | null;
    level: string;
    id: string;
    period: string;
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: "value" | "zero" | "not_delivered" | "not_applicable";
    delivered: number | null;
    members: number | null;
    /** Of shares of patients: the count to expect with the region's share in each age group of each sex. */
    expected: number | null;
    /** The share with its limits as it would be if the patients were as old, and as often men or women, as the region's. */
    standardised: number | null;
    standardised_low: number | null;
    standardised_high: number | null;
}

/** The id of the marts that the last refresh made; throws when there was none. */
export async function currentMartsId(lake: Lake): Promise<string> {
    const pointer = await lake.store.get("marts/current.json");
    if (!pointer) throw new Error("Het meer heeft nog geen uitkomsten; draai eerst regiospiegel refresh.");
    return pointerSchema.parse(JSON.parse(new TextDecoder().decode(pointer.body))).refresh;
}

/** Rows of the value mart that pass the filter, in a fixed order. */
export async function values(lake: Lake, filter: ValueFilter): Promise<ValueRow[]> {
    const id = await currentMartsId(lake);
    const files = await valuePaths(lake, id);
    const standardisation = await lake.store.localPaths([KEYS.martFile(id, "standardisation.parquet")]);
    const engine = await openDuckDBEngine({ memory: "500MB", threads: 2, temp: tmpdir() });
    try {
        await engine.attach("values_mart", valueColumns, files);
        await engine.attach("standardisation", standardisationColumns, standardisation);
        await engine.load("wanted", { indicator: "VARCHAR", level: "VARCHAR", period: "VARCHAR" }, [
            [filter.indicator ?? null, filter.level ?? null, filter.period ?? null],
        ]);
        const rows = await engine.rows(
            `select ${Object.keys(valueColumns)
                .map((name) => `values_mart.${name}`)
                .join(", ")}, standardisation.expected, ${["value", "low", "high"].map(standardised).join(", ")}
            from values_mart
            cross join wanted
            left join standardisation
                on values_mart.indicator = standardisation.indicator
                and values_mart.level = standardisation.level
                and values_mart.id = standardisation.id
                and values_mart.period = standardisation.period
                and values_mart.stratum is null
            where (wanted.indicator is null or values_mart.indicator = wanted.indicator)
                and (wanted.level is null or values_mart.level = wanted.level)
                and case when wanted.period is null then length(values_mart.period) = 7 and values_mart.period not like '%Q%'
                    else values_mart.period = wanted.period end
            order by values_mart.indicator, stratum nulls first, values_mart.level, values_mart.id, values_mart.period`,
        );
        return rows as unknown as ValueRow[];
    } finally {
        engine.close();
    }
}

/** Observed over expected times the region's share is the crude share times one factor, and so are its limits; a share stops at 1. */
function standardised(name: string): string {
    const share = `values_mart.${name} * standardisation.factor`;
    // DuckDB's least passes over null: without the case, what has no standardised value would show 1.
    return `case when ${share} is not null then least(1e0, ${share}) end as standardised${name === "value" ? "" : `_${name}`}`;
}
