import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { audienceDrawer, type Drawing, type Drawn } from "./audience-pages.ts";

/** Under this many audiences starting threads takes longer than it saves. */
const WORTH_THREADS = 40;
/** More threads than this read bundles faster than a disk gives them, and each holds what bundles repeat. */
const MOST_THREADS = 4;

/** Draws many audiences, on every processor when there are many; calls `done` after each. The first that fails stops all. */
export async function drawAll(
    drawing: Drawing,
    folders: readonly string[],
    done: (folder: string) => void,
    worthThreads = WORTH_THREADS,
): Promise<Drawn[]> {
    const threads = Math.min(MOST_THREADS, availableParallelism());
    if (folders.length < worthThreads || threads < 2 || !canRunSources()) {
        const draw = await audienceDrawer(drawing);
        const drawn: Drawn[] = [];
        for (const folder of folders) {
            drawn.push(await draw(folder, []));
            done(folder);
        }
        return drawn;
    }
    const drawn: Drawn[] = [];
    let next = 0;
    const workers = Array.from(
        { length: threads },
        () => new Worker(new URL("./drawing-thread.js", import.meta.url), { workerData: drawing, execArgv: [] }),
    );
    try {
        await Promise.all(
            workers.map(async (worker) => {
                for (let at = next++; at < folders.length; at = next++) {
                    const folder = folders[at] ?? "";
                    drawn[at] = await drawnBy(worker, folder);
                    done(folder);
                }
            }),
        );
    } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
    }
    return drawn;
}

function drawnBy(worker: Worker, folder: string): Promise<Drawn> {
    return new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (answer: { drawn?: Drawn; failed?: string }) => {
            worker.off("error", reject);
            if (answer.drawn) resolve(answer.drawn);
            else reject(new Error(answer.failed));
        });
        worker.postMessage(folder);
    });
}

/** Whether a thread can run sources as they are; in a function of the cloud it cannot, and one thread draws all. */
function canRunSources(): boolean {
    try {
        return import.meta.resolve("esbuild") !== "";
    } catch {
        return false;
    }
}
