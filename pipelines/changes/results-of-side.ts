// The results behind a side: found by their content, or computed again from the deliveries of its release.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { KEYS, type Lake } from "../lake.ts";
import { computeBatch } from "../refresh/batch.ts";
import { batches, filesByPractice, planResults, type ResultPlan, semantics } from "../refresh/results.ts";
import { contractColumns, readRegister } from "../refresh.ts";
import { NotComparable, type Side } from "./side.ts";

export const ENGINE = { memory: "2500MB", threads: 2 };

/** Local paths of the result files of a side, one per practice. Throws NotComparable when some are gone for good. */
export async function resultsOfSide(lake: Lake, side: Side, scratch: string): Promise<string[]> {
    const registered = await readRegister(lake, side.view, scratch);
    const plans = planResults(side.queries, side.view, side.periods, {}, registered, side.semantics);
    const present = new Set(await lake.store.list(KEYS.results));
    const missing = plans.filter(({ key }) => !present.has(key));
    if (missing.length > 0) await computeAgain(lake, side, missing, scratch);
    return lake.store.localPaths(plans.map(({ key }) => key));
}

async function computeAgain(lake: Lake, side: Side, missing: ResultPlan[], scratch: string): Promise<void> {
    const outdated = new NotComparable(
        `De uitkomsten ${side.refresh} zijn opgeruimd en met deze versie niet meer uit te rekenen.`,
    );
    if (side.semantics !== semantics) throw outdated;
    const stored = new Set(await lake.store.list(KEYS.parts));
    if (side.view.files.some(({ key }) => !stored.has(key)))
        throw new NotComparable(`De leveringen van uitgave ${side.view.release.id} staan niet meer in het meer.`);
    for (const group of batches(missing, filesByPractice(side.view))) {
        const temp = join(scratch, "duckdb");
        const engine = await openDuckDBEngine({ ...ENGINE, temp });
        try {
            await computeBatch({
                ...side,
                engine,
                lake,
                contract: contractColumns(),
                plans: group,
                scratch,
                step() {},
            });
        } catch (error) {
            throw isOutdated(error) ? outdated : error;
        } finally {
            engine.close();
            await rm(temp, { recursive: true, force: true });
        }
    }
}

/** True when a query text asks for a table or column that there no longer is. */
export function isOutdated(error: unknown): boolean {
    return error instanceof Error && /^(Binder|Catalog) Error/.test(error.message);
}
