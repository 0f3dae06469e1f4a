// One story in a process of its own, as a test may want to kill it: STORY LAKE SITE [DELIVERY...]
import "./fault-writes.ts";
import { appendFileSync } from "node:fs";
import { openLake } from "../../pipelines/lake.ts";
import { faultyStore } from "./fault-store.ts";
import { runStory, STORIES } from "./fault-stories.ts";

const [name = "", lakePath = "", site = "", ...deliveries] = process.argv.slice(2);

async function run(): Promise<void> {
    const story = STORIES.find((one) => one === name);
    if (story === undefined) throw new Error(`Onbekend verhaal ${name}; kies uit ${STORIES.join(", ")}.`);
    const lake = openLake(lakePath);
    const store = faultyStore(lake.store, 0, "lost");
    await runStory(story, { ...lake, store, secretPath: lake.secretPath }, site, deliveries);
    if (process.env.FAULT_LOG !== undefined) appendFileSync(process.env.FAULT_LOG, "vraagt\n".repeat(store.asked()));
}

run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});
