// Changes as they were saved, read back for whoever shows them.
import { tmpdir } from "node:os";
import type { Cell } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { KEYS, type Lake } from "../lake.ts";
import type { Level } from "../publish/cell.ts";
import { CAUSES, type Cause, type Change, type Figure, isComparable, type Part, sumOfParts } from "./change.ts";
import { cellColumns, partColumns } from "./split.ts";

export interface ChangeFilter {
    indicator?: string;
    levels?: readonly Level[];
    /** Only the figure as a whole, not its strata. */
    wholes?: boolean;
}

/** The changes of one comparison that pass the filter, in a fixed order. */
export async function readChanges(lake: Lake, id: string, filter: ChangeFilter = {}): Promise<Change[]> {
    const [cells, parts] = await lake.store.localPaths([
        KEYS.changesFile(id, "cells.parquet"),
        KEYS.changesFile(id, "parts.parquet"),
    ]);
    const engine = await openDuckDBEngine({ memory: "1000MB", threads: 2, temp: tmpdir() });
    try {
        await engine.attach("cells", cellColumns, cells ? [cells] : []);
        await engine.attach("parts", partColumns, parts ? [parts] : []);
        await engine.load(
            "wanted_levels",
            { level: "VARCHAR" },
            (filter.levels ?? []).map((level) => [level]),
        );
        await engine.load(
            "wanted_indicators",
            { indicator_id: "VARCHAR" },
            filter.indicator ? [[filter.indicator]] : [],
        );
        const wanted = [
            filter.indicator ? "indicator_id in (select indicator_id from wanted_indicators)" : "true",
            filter.levels ? "level in (select level from wanted_levels)" : "true",
            filter.wholes ? "stratum is null" : "true",
        ].join(" and ");
        const order = "order by indicator_id, stratum nulls first, level, id, span";
        const changes = (await engine.rows(`select * from cells where ${wanted} ${order}`)).map(changeOf);
        const byKey = new Map(changes.map((change) => [keyOf(change), change]));
        for (const row of await engine.rows(`select * from parts where ${wanted} ${order}, part`)) {
            const { from, to } = periodsOf(String(row.span));
            const change = byKey.get(keyOf({ ...placeOf(row), from, to }));
            if (change) addPart(change, String(row.part), partOf(row));
        }
        return changes;
    } finally {
        engine.close();
    }
}

type Row = Record<string, Cell>;

function keyOf(change: Pick<Change, "indicator" | "stratum" | "level" | "id" | "from" | "to">): string {
    const { indicator, stratum, level, id, from, to } = change;
    return [indicator, stratum ?? "", level, id, from, to].join("\t");
}

function placeOf(row: Row): Pick<Change, "indicator" | "stratum" | "level" | "id"> {
    return {
        indicator: String(row.indicator_id),
        stratum: row.stratum === null ? null : String(row.stratum),
        level: String(row.level) as Level,
        id: String(row.id),
    };
}

function periodsOf(span: string): { from: string; to: string } {
    const [from = "", to = from] = span.split(">");
    return { from, to };
}

function changeOf(row: Row): Change {
    const figure = (when: "before" | "after"): Figure => ({
        state: String(row[`state_${when}`]) as Figure["state"],
        numerator: numberOf(row[`numerator_${when}`]),
        denominator: numberOf(row[`denominator_${when}`]),
    });
    return {
        ...placeOf(row),
        ...periodsOf(String(row.span)),
        before: figure("before"),
        after: figure("after"),
        parts: {},
        gap: false,
        redefined: false,
    };
}

function partOf(row: Row): Part {
    const both = (what: string): Part["gross"] => ({
        numerator: Number(row[`numerator_${what}`]),
        denominator: Number(row[`denominator_${what}`]),
    });
    return {
        numerator: Number(row.numerator),
        denominator: Number(row.denominator),
        practices: both("practices"),
        largest: both("largest"),
        gross: both("gross"),
    };
}

function addPart(change: Change, name: string, part: Part): void {
    if (name === "definition") change.redefined = true;
    if (!isComparable(change)) return;
    if (name === "gap") change.gap = true;
    const cause = CAUSES.find((known): known is Cause => known === name);
    if (!cause) return;
    // a figure without a denominator has only a numerator to explain
    const own = change.after.denominator === null ? { ...part, denominator: 0 } : part;
    const known = change.parts[cause];
    change.parts[cause] = known ? sumOfParts(known, own) : own;
}

function numberOf(cell: Cell | undefined): number | null {
    return cell === null || cell === undefined ? null : Number(cell);
}
