// Draws mirrors in this process with the product's own threads, and prints what that took: seconds of the drawing itself, the
// processor's seconds, and the highest resident memory of the whole process.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drawAll } from "../../dashboards/drawing-threads.ts";

const [bundles = "", out = "", many = ""] = process.argv.slice(2);
const practices = readdirSync(join(bundles, "praktijk")).sort();
const folders = Array.from({ length: Number(many) }, (_unused, index) =>
    join("praktijk", practices[index % practices.length] ?? ""),
);
const assets = { style: "/assets/stijl.css", script: "/assets/extra.js", explorer: "/assets/verkenner.js" };
const started = performance.now();
const drawn = await drawAll({ bundles, out, assets }, folders, () => {});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
const mirrors = drawn.filter(({ pages }) => pages.some((path) => path.split("/").length === 4)).length;
process.stdout.write(
    JSON.stringify({ seconds, processorSeconds: (user + system) / 1e6, megabytes: Number(peak) / 1024, mirrors }),
);
