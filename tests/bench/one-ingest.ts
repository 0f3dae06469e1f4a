// Takes one delivery into a lake in this process, and prints what that took: seconds of the story itself, without the start
// of Node and the loading of TypeScript (a warm Lambda has had both), and the highest resident memory of the whole process.
import { readFileSync } from "node:fs";
import { ingest } from "../../pipelines/ingest.ts";
import { openLake } from "../../pipelines/lake.ts";

const [lake = "", delivery = ""] = process.argv.slice(2);
const started = performance.now();
const [receipt] = await ingest([delivery], openLake(lake), {
    today: () => new Date().toISOString().slice(0, 10),
    now: () => new Date().toISOString(),
});
const seconds = (performance.now() - started) / 1000;
if (!receipt?.accepted) throw new Error("De levering werd niet opgenomen.");
const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
const rows = receipt.files.reduce((sum, file) => sum + file.rows, 0);
process.stdout.write(JSON.stringify({ seconds, megabytes: Number(peak) / 1024, rows }));
