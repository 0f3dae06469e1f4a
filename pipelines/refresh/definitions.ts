// The definitions behind a refresh, kept by content: an old query text can be run again on new data.
import { createHash } from "node:crypto";
import { z } from "zod";
import { KEYS } from "../lake.ts";
import { type Query, queryHash, tablesRead } from "../query.ts";
import type { Store } from "../store.ts";
import { catalogueRow, type Indicator } from "./indicator.ts";
import { semantics } from "./results.ts";

const keptSchema = z.object({
    semantics: z.string(),
    queries: z.array(
        z.object({
            id: z.string(),
            layer: z.enum(["staging", "populations", "indicators", "marts"]),
            header: z.record(z.string(), z.string()),
            body: z.string(),
        }),
    ),
});

/** Query texts as they were, by id, and what the engine made of them then. */
export interface Definitions {
    semantics: string;
    queries: Map<string, Query>;
}

/** The name of these definitions: the same texts have the same one. */
export function definitionsId(queries: Map<string, Query>): string {
    return createHash("sha256").update(textOf(queries)).digest("hex").slice(0, 16);
}

/** Keeps the texts of all queries in the lake; writes nothing when they stand there. */
export async function keepDefinitions(store: Store, queries: Map<string, Query>): Promise<void> {
    await store.putIfAbsent(KEYS.definitionsOf(definitionsId(queries)), Buffer.from(textOf(queries)));
}

/** The definitions of this name; null when the lake does not have them. */
export async function readDefinitions(store: Store, id: string): Promise<Definitions | null> {
    const stored = await store.get(KEYS.definitionsOf(id));
    if (!stored) return null;
    const kept = keptSchema.parse(JSON.parse(Buffer.from(stored.body).toString("utf8")));
    const queries = kept.queries.map((query) => ({ ...query, reads: tablesRead(query.body), examples: [] }));
    return { semantics: kept.semantics, queries: new Map(queries.map((query) => [query.id, query])) };
}

/** What decides the numbers of one indicator on given data: its texts, and of its header what states and sums follow from. */
export function definitionHash(queries: Map<string, Query>, indicator: Indicator): string {
    return createHash("sha256")
        .update(queryHash(queries, indicator.id))
        .update(JSON.stringify(catalogueRow(indicator)))
        .digest("hex")
        .slice(0, 16);
}

/** Hash over the texts that make levels and states of results. */
export function rulesHash(queries: Map<string, Query>): string {
    const marts = [...queries.values()].filter((query) => query.layer === "marts");
    const hash = createHash("sha256");
    for (const query of marts.sort((a, b) => (a.id < b.id ? -1 : 1))) hash.update(queryHash(queries, query.id));
    return hash.digest("hex").slice(0, 16);
}

function textOf(queries: Map<string, Query>): string {
    const texts = [...queries.values()]
        .filter((query) => query.layer !== "changes")
        .map(({ id, layer, header, body }) => ({ id, layer, header, body }))
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    return `${JSON.stringify({ semantics, queries: texts })}\n`;
}
