import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
    interface ProvidedContext {
        /** Folder of this run. */
        workplace: string;
    }
}

/** Runs once, before all files: one folder for what the run makes, gone when it ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
    const workplace = await mkdtemp(join(tmpdir(), "rs-tests-"));
    project.provide("workplace", workplace);
    return () => rm(workplace, { recursive: true, force: true });
}
