// Refresh from the lake: one month, all months, a second time without any change, and after one practice delivered again.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { corrections } from "../correction.ts";
import { fillLake, forgetOutcomes } from "../fill-lake.ts";

const bench: Bench = {
    figures: [
        "refresh_month_s",
        "refresh_all_s",
        "refresh_all_peak_mb",
        "refresh_unchanged_s",
        "refresh_practice_s",
        "refresh_practice_process_s",
        "refresh_practice_over_all",
        "refresh_practice_process_over_all",
    ],
    async run({ scratch, deliveries, lake }) {
        await fillLake(deliveries, lake);
        await forgetOutcomes(lake);
        const month = await measured("refresh", "--lake", lake, "--from", "2022-12", "--to", "2022-12");
        await forgetOutcomes(lake);
        const all = await measured("refresh", "--lake", lake);
        const unchanged = await measured("refresh", "--lake", lake);
        const sequels = await corrections(deliveries, "20240630", scratch, 2);
        await measured("ingest", sequels[0] ?? "", "--lake", lake);
        const practice = await measured("refresh", "--lake", lake);
        await measured("ingest", sequels[1] ?? "", "--lake", lake);
        const practiceWarm = await inOneProcess(lake);
        await forgetOutcomes(lake);
        const allWarm = await inOneProcess(lake);
        return [
            { name: "refresh_month_s", value: month.seconds, unit: "s" },
            { name: "refresh_all_s", value: all.seconds, unit: "s" },
            { name: "refresh_all_peak_mb", value: all.peakMegabytes, unit: "MB" },
            { name: "refresh_unchanged_s", value: unchanged.seconds, unit: "s" },
            { name: "refresh_practice_s", value: practiceWarm, unit: "s" },
            { name: "refresh_practice_process_s", value: practice.seconds, unit: "s" },
            { name: "refresh_practice_over_all", value: practiceWarm / allWarm, unit: "x" },
            { name: "refresh_practice_process_over_all", value: practice.seconds / all.seconds, unit: "x" },
        ];
    },
};
export default bench;

/** Seconds of a refresh in a process that has started. */
async function inOneProcess(lake: string): Promise<number> {
    const script = join(import.meta.dirname, "../one-refresh.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, lake]);
    return (JSON.parse(stdout) as { seconds: number }).seconds;
}
