// Ten times the region: whether the time of a refresh grows with it, and memory does not.
import { join } from "node:path";
import { writeDemo } from "../../../pipelines/demo/demo.ts";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { fillLake, forgetOutcomes } from "../fill-lake.ts";

const TIMES = 10;

const bench: Bench = {
    figures: ["refresh_10x_ratio", "refresh_10x_s", "refresh_10x_peak_mb"],
    async run({ scratch, deliveries, lake }) {
        const once = await fresh(join(scratch, "eenmaal"), deliveries);
        const large = join(scratch, "tienvoudig");
        await writeDemo({ out: large, practices: 45 * TIMES, patients: 130_782 * TIMES });
        const tenfold = await fresh(join(scratch, "tienmaal"), large);
        return [
            { name: "refresh_10x_ratio", value: tenfold.seconds / once.seconds, unit: "x" },
            { name: "refresh_10x_s", value: tenfold.seconds, unit: "s" },
            { name: "refresh_10x_peak_mb", value: tenfold.peakMegabytes, unit: "MB" },
        ];

        async function fresh(place: string, from: string) {
            const filled = from === deliveries ? lake : place;
            await fillLake(from, filled);
            await forgetOutcomes(filled);
            return measured("refresh", "--lake", filled);
        }
    },
};
export default bench;
