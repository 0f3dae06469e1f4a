import { z } from "zod";
import type { Store } from "../store.ts";
import type { Person } from "./claims.ts";
import type { Reader } from "./exchange.ts";

/** What is live: the publication, and whose pages it holds. Written by `publish` beside the pages, served to nobody. */
const pointerSchema = z.looseObject({ path: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/) });
const audiencesSchema = z.looseObject({
    demo: z.boolean(),
    audiences: z.array(z.looseObject({ id: z.string(), kind: z.string(), title: z.string(), path: z.string() })),
});
export type Published = z.infer<typeof audiencesSchema>;

/** The folder of the live publication; null when there is none, or its pointer cannot be read. */
export async function livePublication(site: Store): Promise<string | null> {
    const pointer = await read(site, "current.json");
    const parsed = pointerSchema.safeParse(pointer);
    return parsed.success ? parsed.data.path : null;
}

/** Whose pages are live; nobody's when there is no publication. */
export async function published(site: Store): Promise<Published> {
    const live = await livePublication(site);
    const parsed = audiencesSchema.safeParse(live === null ? null : await read(site, `${live}/doelgroepen.json`));
    return parsed.success ? parsed.data : { demo: false, audiences: [] };
}

/** A person's pages as the publication names them; what it does not hold is left out. */
export async function readerOf(person: Person, site: Store): Promise<Reader> {
    const titles = new Map((await published(site)).audiences.map(({ path, title }) => [path, title]));
    const pages = person.grants.flatMap(({ kind, path }) => {
        const title = titles.get(path);
        return title === undefined ? [] : [{ kind, title, path }];
    });
    return { name: person.name, pages };
}

async function read(site: Store, key: string): Promise<unknown> {
    const stored = await site.get(key);
    try {
        return stored && JSON.parse(Buffer.from(stored.body).toString("utf8"));
    } catch {
        return null;
    }
}
