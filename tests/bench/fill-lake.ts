// Benches share one lake.
import { access } from "node:fs/promises";
import { measured } from "./command.ts";

/** Fills the lake unless an earlier bench of this run did. */
export async function fillLake(deliveries: string, lake: string): Promise<void> {
    const filled = await access(lake).then(
        () => true,
        () => false,
    );
    if (!filled) await measured("ingest", deliveries, "--lake", lake);
}
