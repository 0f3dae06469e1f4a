// Benches share one lake.
import { access, rm } from "node:fs/promises";
import { join } from "node:path";
import { measured } from "./command.ts";

/** Fills the lake unless an earlier bench of this run did. */
export async function fillLake(deliveries: string, lake: string): Promise<void> {
    const filled = await access(lake).then(
        () => true,
        () => false,
    );
    if (!filled) await measured("ingest", deliveries, "--lake", lake);
}

/** Takes away whatever a refresh made, so that the next computes everything. */
export async function forgetOutcomes(lake: string): Promise<void> {
    for (const folder of ["results", "marts", "values"]) await rm(join(lake, folder), { recursive: true, force: true });
}
