// Refreshes a lake in this process, and prints the seconds of the story itself, without the start of Node and the loading
// of TypeScript (a warm Lambda has had both).
import { openLake } from "../../pipelines/lake.ts";
import { refresh } from "../../pipelines/refresh.ts";

const [lake = ""] = process.argv.slice(2);
const started = performance.now();
await refresh(openLake(lake), {});
process.stdout.write(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
