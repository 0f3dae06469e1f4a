import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
    brokenFor,
    contentOf,
    copyPlace,
    leftBehind,
    type Outcome,
    rerun,
    runInProcess,
} from "./support/fault-lake.ts";
import { type Stage, undisturbedStages } from "./support/fault-stages.ts";
import { STORIES, type Story } from "./support/fault-stories.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
/** Pages are written into a work folder that nobody reads, a thousand of them alike: every so manieth is tried. */
const ALIKE = /\/\.publiceren-/;
const EVERY_ALIKE = 25;

let root: string;
let stages: Record<Story, Stage>;

beforeAll(async () => {
    root = await scratch();
    stages = await undisturbedStages();
});

interface Moment {
    story: Story;
    at?: number;
    kind?: "kill" | "torn" | "full";
    /** Share of the time that the story takes. */
    share?: number;
}

/** A fixed series of shares between 0 and 1, spread evenly. */
const share = (n: number): number => (n * 0.6180339887498949) % 1;

/**
 * Disturbs one story, looks at what others would read, runs it again, and compares with the undisturbed run. The stories
 * after it start from the same bytes and are disturbed in their turn.
 */
async function disturb(moment: Moment): Promise<Outcome> {
    const { story, at, kind, share } = moment;
    const { before, lasted, whole } = stages[story];
    const place = await copyPlace(before, join(root, "verstoord"));
    const killAfter = share === undefined ? undefined : Math.round(share * lasted);
    const outcome = await runInProcess(place, story, { at, kind, killAfter });
    expect(await brokenFor(place, whole)).toEqual([]);
    expect(await rerun(place, story)).toMatchObject({ code: 0, stderr: "" });
    expect(await contentOf(place)).toEqual(whole);
    expect(await leftBehind(place)).toEqual([]);
    return outcome;
}

/** Numbers of the writes to fail at. */
function placesOf(story: Story): number[] {
    let alike = 0;
    return stages[story].writes.flatMap((path, index) => {
        if (ALIKE.test(path) && alike++ % EVERY_ALIKE !== 0) return [];
        return [index + 1];
    });
}

const sampled = proving ? 200 : 1;
test("killed at random moments, a rerun ends in the same bytes", async () => {
    for (let n = 1; n <= sampled; n++) {
        const story = STORIES[(n - 1) % STORIES.length] as Story;
        const outcome = await disturb({ story, share: 0.15 + 0.85 * share(n) });
        // the last moments may come too late
        expect([outcome.signal, outcome.code]).toEqual(outcome.code === 0 ? [null, 0] : ["SIGKILL", null]);
    }
});

test.each(STORIES)("killed at a write during %s, whole or torn, a rerun ends in the same bytes", async (story) => {
    const places = placesOf(story);
    expect(places.length).toBeGreaterThan(3);
    // in the sample: just before the write that makes it all current
    const last = places.length - (story === "ingest" ? 2 : 1);
    for (const [n, at] of (proving ? places : places.slice(last, last + 1)).entries()) {
        const outcome = await disturb({ story, at, kind: n % 2 === 0 ? "kill" : "torn" });
        expect(outcome.signal).toBe("SIGKILL");
    }
});

test.each(proving ? STORIES : STORIES.slice(0, 1))(
    "with a full disk %s says so in one sentence, and a rerun ends in the same bytes",
    async (story) => {
        const places = placesOf(story);
        const middle = Math.floor(places.length / 2);
        for (const at of proving ? places.filter((_, n) => n % 4 === 0) : places.slice(middle, middle + 1)) {
            const outcome = await disturb({ story, at, kind: "full" });
            expect([outcome.code, outcome.signal]).toEqual([1, null]);
            expect(outcome.stderr).toMatch(/^[^\n]+\n$/);
            expect(outcome.stderr).toContain("ENOSPC");
        }
    },
);
