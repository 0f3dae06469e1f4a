// A manifest that is not where the definition of a table looks for it reads as no rows, without an error. So before anything
// is computed, what Athena counts must be what the release says.
import type { ReleaseView } from "../../lake.ts";
import { typedLiteral } from "./literal.ts";

export interface Counted {
    table: string;
    /** Name of the manifest. */
    release: string;
    keys: readonly string[];
}

/** One query that counts the rows of each table under its manifest; columns `name` and `rows_read`. */
export function countingQuery(database: string, tables: readonly Counted[]): string {
    const quoted = (word: string): string => typedLiteral(word, "VARCHAR");
    return tables
        .map(
            ({ table, release }) =>
                `select ${quoted(table)} as name, count(*) as rows_read from ${database}.${table} where release = ${quoted(release)}`,
        )
        .join("\nunion all\n");
}

/** Throws when a count is not that of the release; of files that no release counts, only that there is something. */
export function checkCounts(
    view: ReleaseView,
    location: string,
    tables: readonly Counted[],
    found: ReadonlyMap<string, number>,
): void {
    const rowsOf = new Map(view.files.map((file) => [file.key, file.rows]));
    for (const { table, keys } of tables) {
        const rows = keys.map((key) => rowsOf.get(key));
        const expected = rows.includes(undefined) ? null : rows.reduce<number>((sum, one) => sum + (one ?? 0), 0);
        const read = found.get(table) ?? 0;
        if (expected === null ? read > 0 : read === expected) continue;
        throw new Error(
            `Athena leest ${read} rijen uit ${table}, waar uitgave ${view.release.id} er ${expected ?? "meer dan 0"} heeft; maak de tabellen in Glue opnieuw voor het meer ${location}.`,
        );
    }
}
