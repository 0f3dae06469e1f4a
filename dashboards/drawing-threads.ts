import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { audienceDrawer, type Drawing, type Drawn } from "./audience-pages.ts";

/** Under this many audiences starting threads takes longer than it saves. */
const WORTH_THREADS = 40;
/** More threads than this read bundles faster than a disk gives them, and each holds what bundles repeat. */
const MOST_THREADS = 4;

/** So many audiences are handed to a thread at a time, so that it never waits for the next. */
const AHEAD = 2;
/** A page is megabytes of short-lived text: with more room for it, less is looked through and copied in between. */
const YOUNG_MEGABYTES = 128;

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
            drawn.push(draw(folder, []));
            done(folder);
        }
        return drawn;
    }
    const drawn: Drawn[] = [];
    let next = 0;
    const workers = Array.from({ length: threads }, () => new DrawingThread(drawing));
    try {
        const drawOneAfterAnother = async (worker: DrawingThread): Promise<void> => {
            for (let at = next++; at < folders.length; at = next++) {
                const folder = folders[at] ?? "";
                drawn[at] = await worker.draw(folder);
                done(folder);
            }
        };
        await Promise.all(
            workers.flatMap((worker) => Array.from({ length: AHEAD }, () => drawOneAfterAnother(worker))),
        );
    } finally {
        await Promise.all(workers.map((worker) => worker.end()));
    }
    return drawn;
}

/** Draws what it is handed in the order in which it was. */
class DrawingThread {
    readonly #worker: Worker;
    readonly #waiting: { resolve: (drawn: Drawn) => void; reject: (error: Error) => void }[] = [];

    constructor(drawing: Drawing) {
        this.#worker = new Worker(new URL("./drawing-thread.js", import.meta.url), {
            workerData: drawing,
            execArgv: [],
            resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
        });
        this.#worker.on("message", (answer: { drawn?: Drawn; failed?: string }) => {
            const first = this.#waiting.shift();
            if (answer.drawn) first?.resolve(answer.drawn);
            else first?.reject(new Error(answer.failed));
        });
        this.#worker.on("error", (error) => {
            for (const { reject } of this.#waiting.splice(0)) reject(error);
        });
    }

    draw(folder: string): Promise<Drawn> {
        return new Promise((resolve, reject) => {
            this.#waiting.push({ resolve, reject });
            this.#worker.postMessage(folder);
        });
    }

    end(): Promise<number> {
        return this.#worker.terminate();
    }
}

/** Whether a thread can run sources as they are; in a function of the cloud it cannot, and one thread draws all. */
function canRunSources(): boolean {
    try {
        return import.meta.resolve("esbuild") !== "";
    } catch {
        return false;
    }
}
