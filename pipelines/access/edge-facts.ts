import type { Store } from "../store.ts";

/**
 * What the edge must know at once, without a deployment: names with short values. In the cloud CloudFront's key value store,
 * here a folder. The names: `publicatie` (which publication is live), `sleutel.<id>` (a key of passes),
 * `weg.<pseudonym or session>` (turned away; the value is the second at which it may be forgotten, 0: never by itself).
 */
export interface EdgeFacts {
    set(name: string, value: string): Promise<void>;
    remove(name: string): Promise<void>;
    list(): Promise<Map<string, string>>;
}

const PREFIX = "rand/";

/** Facts as objects of a store. */
export function edgeFactsIn(store: Store): EdgeFacts & { get(name: string): Promise<string | null> } {
    const get = async (name: string): Promise<string | null> => {
        const stored = await store.get(`${PREFIX}${name}`);
        return stored && Buffer.from(stored.body).toString("utf8");
    };
    return {
        get,
        set: (name, value) => store.put(`${PREFIX}${name}`, Buffer.from(value)),
        remove: (name) => store.delete(`${PREFIX}${name}`),
        async list() {
            const names = (await store.list(PREFIX)).map((key) => key.slice(PREFIX.length));
            const pairs = await Promise.all(names.map(async (name) => [name, await get(name)] as const));
            return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== null));
        },
    };
}

export const turnedAway = (who: string): string => `weg.${who}`;

/** Forgets who was turned away until a moment that has passed: what they held has expired. */
export async function forgetExpired(facts: EdgeFacts, now: Date): Promise<void> {
    for (const [name, value] of await facts.list()) {
        const until = Number(value);
        if (name.startsWith("weg.") && until > 0 && until * 1000 < now.getTime()) await facts.remove(name);
    }
}
