// 5.000 mirrors: the demo region's practices, each with all its figures, again and again. What practices of a region share is
// read once, as it is in a region of many; their own figures are read, judged and drawn every time. Files to download are
// copied by publish and are no part of this.
import { execFile } from "node:child_process";
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Bench } from "../bench.ts";
import { demoBundles } from "../demo-bundles.ts";

const MIRRORS = 5000;

const bench: Bench = {
    figures: ["publish_5000_s", "publish_5000_cpu_s", "publish_5000_peak_mb"],
    async run(place) {
        const made = join(await demoBundles(place), "praktijk");
        const bundles = join(place.scratch, "spiegels");
        for (const practice of await readdir(made)) {
            await mkdir(join(bundles, "praktijk", practice), { recursive: true });
            await cp(join(made, practice, "bundle.json"), join(bundles, "praktijk", practice, "bundle.json"));
        }
        const script = join(import.meta.dirname, "../one-drawing.ts");
        const words = ["--import", "tsx", script, bundles, join(place.scratch, "spiegels-uit"), String(MIRRORS)];
        const { stdout } = await promisify(execFile)(process.execPath, words);
        const once = JSON.parse(stdout) as {
            seconds: number;
            processorSeconds: number;
            megabytes: number;
            mirrors: number;
        };
        if (once.mirrors !== MIRRORS) throw new Error(`${once.mirrors} spiegels getekend, verwacht ${MIRRORS}.`);
        return [
            { name: "publish_5000_s", value: once.seconds, unit: "s" },
            { name: "publish_5000_cpu_s", value: once.processorSeconds, unit: "s processor" },
            { name: "publish_5000_peak_mb", value: once.megabytes, unit: "MB" },
        ];
    },
};
export default bench;
