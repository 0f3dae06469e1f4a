// One side of a comparison: the outcomes of one refresh, with the definitions and the deliveries that they were made of.
import { z } from "zod";
import { KEYS, type Lake, type ReleaseView, readJson, readRelease } from "../lake.ts";
import type { Query } from "../query.ts";
import { readDefinitions } from "../refresh/definitions.ts";
import { type Indicator, readIndicator } from "../refresh/indicator.ts";
import { type Period, periodsBetween } from "../refresh/period.ts";
import type { Reach } from "./spans.ts";

export interface Side extends Reach {
    /** Id of the marts. */
    refresh: string;
    view: ReleaseView;
    periods: Period[];
    semantics: string;
    queries: Map<string, Query>;
    indicators: Indicator[];
}

/** These outcomes can no longer be compared; the message says why, in a sentence for readers of the page. */
export class NotComparable extends Error {}

const catalogueSchema = z.looseObject({
    release: z.string(),
    from: z.string(),
    to: z.string(),
    definitions: z.string().optional(),
});

/** Reads one side; throws NotComparable when the lake no longer holds all of it. */
export async function readSide(lake: Lake, refresh: string): Promise<Side> {
    const found = await readJson<unknown>(lake, KEYS.martFile(refresh, "catalogue.json"));
    if (found === null)
        throw new NotComparable(
            `De uitkomsten ${refresh} staan niet meer in het meer: zij zijn opgeruimd, of vervallen na een bezwaar.`,
        );
    const { release, from, to, definitions } = catalogueSchema.parse(found);
    const kept = definitions === undefined ? null : await readDefinitions(lake.store, definitions);
    if (kept === null)
        throw new NotComparable(`Van de uitkomsten ${refresh} is niet bewaard met welke definities zij zijn gemaakt.`);
    const view = await readRelease(lake, release);
    if (view === null) throw new NotComparable(`De uitgave ${release} staat niet meer in het meer.`);
    const indicators = [...kept.queries.values()].filter((query) => query.layer === "indicators").map(readIndicator);
    return { refresh, view, from, to, periods: periodsBetween(from, to), ...kept, indicators };
}
