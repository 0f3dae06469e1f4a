// What changed in the definitions themselves: query texts, rows of code lists, keys of a header.
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { inOrder, type Query } from "../query.ts";
import { catalogueRow } from "../refresh/indicator.ts";
import type { Redefinition } from "./old-definitions.ts";
import type { Side } from "./side.ts";

/** One query text that changed, and what rests on it. */
export interface QueryDifference {
    query: string;
    layer: string;
    /** Rows of a code list, as text; null when the query is no list. */
    codes: { added: string[]; removed: string[] } | null;
    /** Lines of the text. */
    lines: { added: string[]; removed: string[] };
    /** Redefined indicators that rest on it. */
    indicators: string[];
}

/** One key of a header from which states, sums or values follow. */
export interface HeaderDifference {
    indicator: string;
    key: string;
    before: string;
    after: string;
}

export interface DefinitionDifference {
    queries: QueryDifference[];
    headers: HeaderDifference[];
}

/** Compares the definitions of two sides, as far as the redefined indicators rest on them. */
export async function definitionDifference(
    before: Side,
    now: Side,
    { changed }: Redefinition,
    scratch: string,
): Promise<DefinitionDifference> {
    const found = new Map<string, QueryDifference>();
    for (const indicator of changed) {
        const ids = [before, now].flatMap((side) => inOrder(side.queries, [indicator]).map((query) => query.id));
        for (const id of new Set(ids)) {
            const old = before.queries.get(id);
            const fresh = now.queries.get(id);
            if (old?.body === fresh?.body) continue;
            const known = found.get(id);
            if (known) known.indicators.push(indicator);
            else
                found.set(id, {
                    query: id,
                    layer: fresh?.layer ?? old?.layer ?? "",
                    codes: await codesOf(old, fresh, scratch),
                    lines: differing(linesOf(old), linesOf(fresh)),
                    indicators: [indicator],
                });
        }
    }
    return {
        queries: [...found.values()].sort((a, b) => (a.query < b.query ? -1 : 1)),
        headers: changed.flatMap((indicator) => headersOf(before, now, indicator)),
    };
}

/** A query that reads nothing is a list: its rows say more than its lines. */
async function codesOf(
    old: Query | undefined,
    fresh: Query | undefined,
    scratch: string,
): Promise<QueryDifference["codes"]> {
    if ([old, fresh].some((query) => query !== undefined && query.reads.length > 0)) return null;
    const engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: scratch });
    const rowsOf = async (query: Query | undefined): Promise<string[]> =>
        query === undefined
            ? []
            : (await engine.rows(query.body)).map((row) =>
                  Object.values(row)
                      .filter((cell) => cell !== null)
                      .map(String)
                      .join(" · "),
              );
    try {
        return differing(await rowsOf(old), await rowsOf(fresh));
    } finally {
        engine.close();
    }
}

function linesOf(query: Query | undefined): string[] {
    return (query?.body ?? "")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
}

/** What one list has more of than the other, each in its own order. */
function differing(old: readonly string[], fresh: readonly string[]): { added: string[]; removed: string[] } {
    return { added: without(fresh, old), removed: without(old, fresh) };
}

function without(list: readonly string[], others: readonly string[]): string[] {
    const left = new Map<string, number>();
    for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
    return list.filter((item) => {
        const many = left.get(item) ?? 0;
        left.set(item, many - 1);
        return many <= 0;
    });
}

function headersOf(before: Side, now: Side, id: string): HeaderDifference[] {
    const [old, fresh] = [before, now].map((side) => side.indicators.find((indicator) => indicator.id === id));
    if (!old || !fresh) return [];
    const earlier = new Map(Object.entries(catalogueRow(old)));
    return Object.entries(catalogueRow(fresh)).flatMap(([key, value]) =>
        earlier.get(key) === value
            ? []
            : [{ indicator: id, key, before: String(earlier.get(key)), after: String(value) }],
    );
}
