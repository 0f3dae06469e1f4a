// Draws the audiences that it is handed, one after another, in a thread of its own.
import { parentPort, workerData } from "node:worker_threads";
import { audienceDrawer, type Drawing } from "./audience-pages.ts";

const draw = await audienceDrawer(workerData as Drawing);
parentPort?.on("message", (folder: string) => {
    try {
        parentPort?.postMessage({ drawn: draw(folder, []) });
    } catch (error) {
        parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) });
    }
});
