import type { Job } from "./jobs.ts";
import { JobRunner } from "./run-job.ts";
import type { Settings } from "./settings.ts";

/** A process beside the main one: gets the settings first, then one job after the other, and answers each with its result. */
let runner: JobRunner | undefined;

process.on("message", (message: { settings: Settings; out: string } | { job: Job }) => {
    if ("settings" in message) {
        runner = new JobRunner(message.settings, message.out);
        return;
    }
    if (!runner) throw new Error("Demogenerator: een opdracht kwam voor de instellingen.");
    runner.run(message.job).then(
        (result) => process.send?.({ result }),
        (error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) }),
    );
});
