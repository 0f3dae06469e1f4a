import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Job } from "./jobs.ts";
import { type JobResult, JobRunner } from "./run-job.ts";
import type { Settings } from "./settings.ts";

/** Below this much work the start of extra processes costs more than it gains. */
const WORTH_SHARING = 40_000;

/** Runs all jobs, on `processes` processes when there is enough to do; `done` hears of every result, in any order. */
export async function runJobs(
    settings: Settings,
    out: string,
    jobs: readonly Job[],
    processes: number,
    done: (job: Job, result: JobResult) => void,
): Promise<void> {
    const work = jobs.reduce((sum, job) => sum + job.weight, 0);
    if (processes < 2 || work < WORTH_SHARING) {
        const runner = new JobRunner(settings, out);
        for (const job of jobs) done(job, await runner.run(job));
        return;
    }
    const queue = [...jobs];
    await Promise.all(
        Array.from({ length: Math.min(processes, jobs.length) }, () => drain(settings, out, queue, done)),
    );
}

/** One process takes jobs from the queue until it is empty. */
function drain(
    settings: Settings,
    out: string,
    queue: Job[],
    done: (job: Job, result: JobResult) => void,
): Promise<void> {
    // Node 20 does not hand a TypeScript loader on to its threads; a process of its own gets it as an option.
    const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    const worker = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [], {
        execArgv: ["--import", loader],
        serialization: "advanced",
    });
    return new Promise((resolve, reject) => {
        let job: Job | undefined;
        const next = (): void => {
            job = queue.shift();
            if (job) worker.send({ job });
            else worker.disconnect();
        };
        const fail = (reason: string): void => {
            queue.length = 0;
            if (worker.connected) worker.disconnect();
            reject(new Error(`Demogenerator: een werkproces stopte voortijdig (${reason}); probeer het opnieuw.`));
        };
        worker.on("message", (message: { result: JobResult } | { failure: string }) => {
            if ("failure" in message) return fail(message.failure);
            if (job) done(job, message.result);
            next();
        });
        worker.on("error", (error) => fail(error.message));
        worker.on("exit", (code, signal) => (job ? fail(signal ?? `code ${code}`) : resolve()));
        worker.send({ settings, out });
        next();
    });
}
