// The operator's unsuppressed numbers.
import { tmpdir } from "node:os";
import { z } from "zod";
import { openDuckDBEngine } from "./engines/duckdb.ts";
import type { Lake } from "./lake.ts";
import { valueColumns } from "./refresh/marts.ts";

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
}

/** The id of the marts that the last refresh made; throws when there was none. */
export async function currentMartsId(lake: Lake): Promise<string> {
    const pointer = await lake.store.get("marts/current.json");
    if (!pointer) throw new Error("Het meer heeft nog geen uitkomsten; draai eerst regiospiegel refresh.");
    return pointerSchema.parse(JSON.parse(new TextDecoder().decode(pointer.body))).refresh;
}

/** Rows of the value mart that pass the filter, in a fixed order. */
export async function values(lake: Lake, filter: ValueFilter): Promise<ValueRow[]> {
    const file = `marts/${await currentMartsId(lake)}/values.parquet`;
    const engine = await openDuckDBEngine({ memory: "500MB", threads: 2, temp: tmpdir() }, (keys) =>
        lake.store.localPaths(keys),
    );
    try {
        await engine.attach("values_mart", valueColumns, [file]);
        await engine.load("wanted", { indicator: "VARCHAR", level: "VARCHAR", period: "VARCHAR" }, [
            [filter.indicator ?? null, filter.level ?? null, filter.period ?? null],
        ]);
        const rows = await engine.rows(
            `select ${Object.keys(valueColumns)
                .map((name) => `values_mart.${name}`)
                .join(", ")}
            from values_mart
            cross join wanted
            where (wanted.indicator is null or values_mart.indicator = wanted.indicator)
                and (wanted.level is null or values_mart.level = wanted.level)
                and case when wanted.period is null then length(values_mart.period) = 7 and values_mart.period not like '%Q%'
                    else values_mart.period = wanted.period end
            order by indicator, stratum nulls first, level, id, period`,
        );
        return rows as unknown as ValueRow[];
    } finally {
        await engine.close();
    }
}
