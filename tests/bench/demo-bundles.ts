// Bundles of the demo region, made once for all benches of pages.
import { access } from "node:fs/promises";
import { join } from "node:path";
import { draftBundles } from "../../pipelines/publish/draft.ts";
import type { BenchPlace } from "./bench.ts";
import { measured } from "./command.ts";
import { fillLake } from "./fill-lake.ts";

/** The folder of bundles; with what an audience may download beside each, as publish writes them. */
export async function demoBundles({ scratch, deliveries, lake }: BenchPlace): Promise<string> {
    const folder = join(scratch, "concept");
    const there = await access(folder).then(
        () => true,
        () => false,
    );
    if (there) return join(folder, "bundels");
    await fillLake(deliveries, lake);
    await measured("refresh", "--lake", lake);
    return draftBundles(lake, folder);
}
