// What was published last: the outcomes that the next publication is compared with.
import { z } from "zod";
import { KEYS, type Lake } from "../lake.ts";

const publicationSchema = z.object({
    publication: z.string(),
    refresh: z.string(),
    release: z.string(),
    /** The day it was made; no outcome depends on it. */
    made: z.string(),
});

const publishedSchema = z.object({ current: publicationSchema, previous: publicationSchema.nullable() });

export type Published = z.output<typeof publicationSchema>;

/** The publication that outcomes are to be compared with: the last one of other outcomes; null when there is none. */
export async function publishedBefore(lake: Lake, refresh: string): Promise<Published | null> {
    const known = await readPublished(lake);
    if (known === null) return null;
    return known.current.refresh === refresh ? known.previous : known.current;
}

/** The refreshes that must stay readable: what is published, and what it was compared with. */
export async function publishedOutcomes(lake: Lake): Promise<Published[]> {
    const known = await readPublished(lake);
    return known === null ? [] : [known.current, ...(known.previous ? [known.previous] : [])];
}

/** Remembers a publication that went live. Publishing the same outcomes again keeps what they were compared with. */
export async function rememberPublication(lake: Lake, publication: Published): Promise<void> {
    const known = await readPublished(lake);
    const again = known?.current.refresh === publication.refresh;
    if (again && known.current.publication === publication.publication) return;
    const previous = again ? known.previous : (known?.current ?? null);
    const next = { current: publication, previous };
    await lake.store.put(KEYS.published, Buffer.from(`${JSON.stringify(next, null, 1)}\n`));
}

async function readPublished(lake: Lake): Promise<z.output<typeof publishedSchema> | null> {
    const stored = await lake.store.get(KEYS.published);
    return stored === null ? null : publishedSchema.parse(JSON.parse(Buffer.from(stored.body).toString("utf8")));
}
