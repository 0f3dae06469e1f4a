// The concepts and conditions that indicators speak of, read from the same queries, so that there is one list of each.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseQuery, queriesFolder } from "../query.ts";

/** SQL that can stand behind FROM: (concept, nhg_number, title, ...) and (condition, icpc, is_excluded, title). */
export interface Vocabulary {
    concepts: string;
    conditions: string;
}

let loaded: Promise<Vocabulary> | undefined;

export function readVocabulary(): Promise<Vocabulary> {
    loaded ??= Promise.all([stagingQuery("stg_concepts"), stagingQuery("stg_conditions")]).then(
        ([concepts, conditions]) => ({ concepts, conditions }),
    );
    return loaded;
}

async function stagingQuery(id: string): Promise<string> {
    const text = await readFile(join(queriesFolder, "staging", `${id}.sql`), "utf8");
    return `(${parseQuery(text, id, "staging").body})`;
}
