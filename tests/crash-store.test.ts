import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { type Lake, openLake } from "../pipelines/lake.ts";
import { scratch } from "./support/delivery-files.ts";
import { brokenFor, contentOf, lakeOf, newPlace, type Place } from "./support/fault-lake.ts";
import { type Failure, faultyStore } from "./support/fault-store.ts";

const proving = process.env.PROVE === "1";
const EFFECTS = { today: () => "2024-07-15", now: () => "2024-07-15T08:00:00.000Z" };

/** The same lake with another store; two lake objects, as two processes would have. */
const lakeAt = (place: Place, at: number, failure: Failure) => {
    const lake = openLake(lakeOf(place));
    const store = faultyStore(lake.store, at, failure);
    return { lake: { ...lake, store, secretPath: lake.secretPath } satisfies Lake, store };
};

test.each(["lost", "unheard"] as const)(
    "a storage call that is %s stops ingest in one sentence; a rerun ends in the same bytes",
    async (failure) => {
        const root = await scratch();
        // the sample leaves the later deliveries away: each adds the same calls again
        const all = await newPlace(join(root, "begin"));
        const begin = { ...all, deliveries: proving ? all.deliveries : all.deliveries.slice(0, 2) };
        const fresh = async (name: string): Promise<Place> => {
            await cp(begin.root, join(root, name), { recursive: true });
            return { ...begin, root: join(root, name) };
        };
        const undisturbed = await fresh("heel");
        const counting = lakeAt(undisturbed, 0, failure);
        await ingest(begin.deliveries, counting.lake, EFFECTS);
        const whole = await contentOf(undisturbed);
        const calls = counting.store.asked();
        expect(calls).toBeGreaterThan(10);
        const step = proving ? 1 : Math.ceil(calls / 3);
        for (let at = 2; at <= calls; at += step) {
            const place = await fresh(`storing-${at}`);
            const error = await ingest(begin.deliveries, lakeAt(place, at, failure).lake, EFFECTS).catch(
                (thrown: Error) => thrown,
            );
            // the order of two deliveries in flight may make the last call one that is not made
            if (error instanceof Error) expect(error.message).toMatch(/^(Levering|Opslag) [^\n]+\.$/);
            expect(await brokenFor(place, {})).toEqual([]);
            const receipts = await ingest(begin.deliveries, openLake(lakeOf(place)), EFFECTS);
            expect(receipts.filter(({ accepted }) => !accepted)).toEqual([]);
            expect(await contentOf(place)).toEqual(whole);
        }
    },
);
