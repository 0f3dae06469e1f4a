// The marts of a country: 5.000 practices of which every result is there.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { writeCountry } from "../country.ts";
import { fillLake } from "../fill-lake.ts";

const PRACTICES = 5000;

const bench: Bench = {
    figures: ["marts_5000_s", "marts_5000_peak_mb", "marts_5000_over_region"],
    async run({ scratch, deliveries, lake }) {
        await fillLake(deliveries, lake);
        await measured("refresh", "--lake", lake);
        const { from, to } = JSON.parse(await readFile(join(lake, "marts", "current.json"), "utf8")) as {
            from: string;
            to: string;
        };
        const region = await marts(join(scratch, "streek"), 1);
        const practices = await practicesOf(join(scratch, "streek"));
        const country = await marts(join(scratch, "land"), Math.ceil(PRACTICES / practices));
        return [
            { name: "marts_5000_s", value: country.seconds, unit: "s" },
            { name: "marts_5000_peak_mb", value: country.peakMegabytes, unit: "MB" },
            { name: "marts_5000_over_region", value: country.seconds / region.seconds, unit: "x" },
        ];

        async function marts(place: string, copies: number) {
            await writeCountry(lake, place, copies, { from, to });
            return measured("refresh", "--lake", place);
        }
    },
};
export default bench;

async function practicesOf(lake: string): Promise<number> {
    const { refresh } = JSON.parse(await readFile(join(lake, "marts", "current.json"), "utf8")) as { refresh: string };
    const catalogue = JSON.parse(await readFile(join(lake, "marts", refresh, "catalogue.json"), "utf8")) as {
        practices: unknown[];
    };
    return catalogue.practices.length;
}
