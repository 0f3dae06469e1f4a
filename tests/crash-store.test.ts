import { join } from "node:path";
import { expect, test } from "vitest";
import { openLake } from "../pipelines/lake.ts";
import { brokenFor, contentOf, copyPlace, lakeOf, siteOf } from "./support/fault-lake.ts";
import { undisturbedStages } from "./support/fault-stages.ts";
import { type Failure, faultyStore } from "./support/fault-store.ts";
import { runStory, STORIES, type Story } from "./support/fault-stories.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";

/** What a story that stopped says. */
const SENTENCE: Record<Story, RegExp> = {
    ingest: /^(Levering |Opslag:? )[^\n]+\.$/,
    refresh: /^[A-Z][^\n]+\.$/,
    publish: /^[A-Z][^\n]+\.$/,
};

/** Every call when proving; in the sample one in the middle that does nothing, and the last one, which makes it current. */
function momentsOf(calls: number, failure: Failure): number[] {
    if (proving) return Array.from({ length: calls }, (_, index) => index + 1);
    return [failure === "lost" ? Math.ceil(calls / 2) : calls];
}

const cases = (["lost", "unheard"] as const).flatMap((failure) => STORIES.map((story) => [failure, story] as const));

test.each(cases)(
    "a storage call that is %s during %s stops it in one sentence, is read by nobody, and a rerun ends in the same bytes",
    async (failure, story) => {
        const root = await scratch();
        const { before, whole, calls } = (await undisturbedStages())[story];
        expect(calls).toBeGreaterThan(5);
        for (const at of momentsOf(calls, failure)) {
            const place = await copyPlace(before, join(root, `storing-${at}`));
            const run = (lake: ReturnType<typeof openLake>) => runStory(story, lake, siteOf(place), place.deliveries);
            const lake = openLake(lakeOf(place));
            const store = faultyStore(lake.store, at, failure);
            const stopped = await run({ ...lake, store, secretPath: lake.secretPath }).then(
                () => null,
                (thrown: Error) => thrown,
            );
            // the order of two deliveries in flight may make the last call one that is not made
            if (stopped !== null) expect(stopped.message).toMatch(SENTENCE[story]);
            expect(await brokenFor(place, whole)).toEqual([]);
            // a lake object of its own, as another process would have
            await run(openLake(lakeOf(place)));
            expect(await contentOf(place)).toEqual(whole);
        }
    },
);
