import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
    brokenFor,
    contentOf,
    copyPlace,
    leftBehind,
    newPlace,
    type Outcome,
    type Place,
    runStories,
} from "./support/fault-lake.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
const STORIES = ["ingest", "refresh", "publish"] as const;
type Story = (typeof STORIES)[number];
/** Pages are written into a work folder that nobody reads, a thousand of them alike: every so manieth is tried. */
const ALIKE = /\/\.publiceren-/;
const EVERY_ALIKE = 25;

let root: string;
/** As it is just before each story, and how long that story takes. */
const before: Partial<Record<Story, Place>> = {};
const lasted: Partial<Record<Story, number>> = {};
/** The writes that each story makes, by path. */
const writes: Partial<Record<Story, string[]>> = {};
/** Lake and site just after each story, undisturbed. */
const whole: Partial<Record<Story, Record<string, string>>> = {};

beforeAll(async () => {
    root = await scratch();
    let place = await newPlace(join(root, "begin"));
    for (const story of STORIES) {
        before[story] = place;
        const next = await copyPlace(place, join(root, `na-${story}`));
        const log = join(root, `${story}.log`);
        const outcome = await runStories(next, story, { log });
        if (outcome.code !== 0) throw new Error(outcome.stderr);
        lasted[story] = outcome.lasted;
        writes[story] = (await readFile(log, "utf8")).trim().split("\n");
        whole[story] = await contentOf(next);
        place = next;
    }
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
    const place = await copyPlace(before[story] as Place, join(root, "verstoord"));
    const killAfter = share === undefined ? undefined : Math.round(share * (lasted[story] ?? 1000));
    const outcome = await runStories(place, story, { at, kind, killAfter });
    const end = whole[story] ?? {};
    expect(await brokenFor(place, end)).toEqual([]);
    expect(await runStories(place, story)).toMatchObject({ code: 0, stderr: "" });
    expect(await contentOf(place)).toEqual(end);
    expect(await leftBehind(place)).toEqual([]);
    return outcome;
}

/** Numbers of the writes to fail at. */
function placesOf(story: Story): number[] {
    let alike = 0;
    return (writes[story] ?? []).flatMap((path, index) => {
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
