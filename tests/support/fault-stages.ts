import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contentOf, copyPlace, newPlace, type Place, runInProcess } from "./fault-lake.ts";
import { STORIES, type Story } from "./fault-stories.ts";
import { madeOnce } from "./made-once.ts";

/** A story that nobody disturbed, in a process of its own. */
export interface Stage {
    /** As lake and site are just before it; not to be written in. */
    before: Place;
    /** Lake and site just after it. */
    whole: Record<string, string>;
    /** Every path it wrote, in order. */
    writes: string[];
    /** How often it asked the store anything. */
    calls: number;
    /** Milliseconds. */
    lasted: number;
}

type Made = Omit<Stage, "before"> & { deliveries: string[] };

const folderBefore = (story: Story): string => `voor-${story}`;

/** The three stories one after the other, run once for all test files that disturb them. */
export async function undisturbedStages(): Promise<Record<Story, Stage>> {
    const folder = await madeOnce("onverstoord", runAll);
    const stages = await Promise.all(
        STORIES.map(async (story): Promise<[Story, Stage]> => {
            const made = JSON.parse(await readFile(join(folder, `${story}.json`), "utf8")) as Made;
            const deliveries = made.deliveries.map((name) => join(folder, folderBefore("ingest"), "leveringen", name));
            return [story, { ...made, before: { root: join(folder, folderBefore(story)), deliveries } }];
        }),
    );
    return Object.fromEntries(stages) as Record<Story, Stage>;
}

async function runAll(folder: string): Promise<void> {
    let place = await newPlace(join(folder, folderBefore("ingest")));
    const names = place.deliveries.map((path) => path.slice(path.lastIndexOf("/") + 1));
    for (const [number, story] of STORIES.entries()) {
        const next = STORIES[number + 1];
        const after = await copyPlace(place, join(folder, next ? folderBefore(next) : "einde"));
        const log = join(folder, `${story}.log`);
        const outcome = await runInProcess(after, story, { log });
        if (outcome.code !== 0) throw new Error(outcome.stderr);
        const lines = (await readFile(log, "utf8")).trim().split("\n");
        const made: Made = {
            deliveries: names,
            whole: await contentOf(after),
            writes: lines.filter((line) => line.startsWith("schrijft ")),
            calls: lines.filter((line) => line === "vraagt").length,
            lasted: outcome.lasted,
        };
        await writeFile(join(folder, `${story}.json`), JSON.stringify(made));
        place = after;
    }
}
