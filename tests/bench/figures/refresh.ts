// Refresh from the lake: one month, all months, a second time without any change, and after one practice delivered again.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { correct } from "../correction.ts";
import { fillLake } from "../fill-lake.ts";

const bench: Bench = {
    figures: [
        "refresh_month_s",
        "refresh_all_s",
        "refresh_all_peak_mb",
        "refresh_unchanged_s",
        "refresh_practice_s",
        "refresh_practice_over_all",
    ],
    async run({ scratch, deliveries, lake }) {
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
        await measured("ingest", await correct(deliveries, "20240630", scratch), "--lake", lake);
        const practice = await measured("refresh", "--lake", lake);
        return [
            { name: "refresh_month_s", value: month.seconds, unit: "s" },
            { name: "refresh_all_s", value: all.seconds, unit: "s" },
            { name: "refresh_all_peak_mb", value: all.peakMegabytes, unit: "MB" },
            { name: "refresh_unchanged_s", value: unchanged.seconds, unit: "s" },
            { name: "refresh_practice_s", value: practice.seconds, unit: "s" },
            { name: "refresh_practice_over_all", value: practice.seconds / all.seconds, unit: "x" },
        ];
    },
};
export default bench;
