// Publishing: from marts to pages that are live, per page.
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { fillLake } from "../fill-lake.ts";

const bench: Bench = {
    figures: ["publish_page_ms", "publish_s", "publish_peak_mb"],
    async run({ scratch, deliveries, lake }) {
        await fillLake(deliveries, lake);
        await measured("refresh", "--lake", lake);
        const publish = await measured("publish", "--lake", lake, "--site", join(scratch, "site"), "--json");
        const { pages } = JSON.parse(publish.output) as { pages: number };
        return [
            { name: "publish_page_ms", value: (1000 * publish.seconds) / pages, unit: "ms" },
            { name: "publish_s", value: publish.seconds, unit: "s" },
            { name: "publish_peak_mb", value: publish.peakMegabytes, unit: "MB" },
        ];
    },
};
export default bench;
