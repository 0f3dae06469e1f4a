// Refresh from the lake: one month, all months, and a second time without any change.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { fillLake } from "../fill-lake.ts";

const bench: Bench = {
    figures: ["refresh_month_s", "refresh_all_s", "refresh_all_peak_mb", "refresh_unchanged_s"],
    async run({ deliveries, lake }) {
        await fillLake(deliveries, lake);
        const forget = async () => {
            await rm(join(lake, "results"), { recursive: true, force: true });
            await rm(join(lake, "marts"), { recursive: true, force: true });
        };
        await forget();
        const month = await measured("refresh", "--lake", lake, "--from", "2022-12", "--to", "2022-12");
        await forget();
        const all = await measured("refresh", "--lake", lake);
        const unchanged = await measured("refresh", "--lake", lake);
        return [
            { name: "refresh_month_s", value: month.seconds, unit: "s" },
            { name: "refresh_all_s", value: all.seconds, unit: "s" },
            { name: "refresh_all_peak_mb", value: all.peakMegabytes, unit: "MB" },
            { name: "refresh_unchanged_s", value: unchanged.seconds, unit: "s" },
        ];
    },
};
export default bench;
