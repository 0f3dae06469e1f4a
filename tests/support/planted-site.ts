import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderSite } from "../../dashboards/site.ts";
import { publish } from "../../pipelines/publish.ts";
import { madeOnce } from "./made-once.ts";
import { writeMarts } from "./marts.ts";
import { plantedRegion } from "./planted-region.ts";

/** The planted region as it was published: its pages, and the bundles that they were made from. */
export async function plantedSite(): Promise<{ site: string; bundles: string }> {
    const folder = await madeOnce("geplante-regio", async (root) => {
        const { catalogue, cells, ageSex } = plantedRegion();
        const lake = join(root, "lake");
        await writeMarts(lake, catalogue, cells, ageSex);
        const key = Buffer.from("proefsleutel");
        await publish({ lake, site: join(root, "site"), bundles: join(root, "bundles"), key, render: renderSite });
    });
    const live = await readFile(join(folder, "site", "current.json"), "utf8");
    const { publication } = JSON.parse(live) as { publication: string };
    return { site: join(folder, "site", publication), bundles: join(folder, "bundles") };
}
