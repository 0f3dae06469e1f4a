// Athena has no session: a query brings everything that it reads, as common table expressions before it.
import { tablesRead } from "../../query.ts";

/** How the rows of a name are read: a select of its own, or a query that itself reads names. */
export type Readable = { select: string } | { query: string };

/**
 * The query with what it reaches before it, each once and in an order in which they can be read. Names inside a query hide
 * those outside it, in both engines, so the text of a query stays as it is. `used` are the names that were reached.
 */
export function composed(sql: string, readable: (name: string) => Readable): { text: string; used: string[] } {
    const parts = new Map<string, string>();
    const visit = (name: string, path: readonly string[]): void => {
        if (parts.has(name)) return;
        if (path.includes(name)) throw new Error(`De vraag ${name} leest zichzelf via ${path.join(" -> ")}.`);
        const one = readable(name);
        if ("query" in one) for (const read of tablesRead(one.query)) visit(read, [...path, name]);
        parts.set(name, `${name} as (\n${"query" in one ? one.query : one.select}\n)`);
    };
    for (const name of tablesRead(sql)) visit(name, []);
    const before = parts.size === 0 ? "" : `with\n\n${[...parts.values()].join(",\n\n")}\n\n`;
    return { text: `${before}select * from (\n${sql}\n) as outcome`, used: [...parts.keys()] };
}
