import { z } from "zod";
import { cloudLake, count, entry } from "../handler.ts";
import { refreshResults } from "../refresh.ts";

const TASK = z.object({ asOf: z.string(), from: z.string(), to: z.string(), practices: z.array(z.string()) });

/** One task of the map: the results of some practices. */
export const handler = entry(TASK, async (task) => {
    const computed = await refreshResults(cloudLake(), task);
    count("uitgerekend", computed);
    return { computed };
});
