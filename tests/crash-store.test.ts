import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderSite } from "../dashboards/site.ts";
import { ingest } from "../pipelines/ingest.ts";
import { type Lake, openLake } from "../pipelines/lake.ts";
import { publish } from "../pipelines/publish.ts";
import { refresh } from "../pipelines/refresh.ts";
import { brokenFor, contentOf, lakeOf, newPlace, type Place, siteOf } from "./support/fault-lake.ts";
import { type Failure, faultyStore } from "./support/fault-store.ts";
import { scratch } from "./support/scratch.ts";

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

const AFTER_INGEST = {
    refresh: (lake: Lake) => refresh(lake, { from: "2024-01", to: "2024-03" }),
    publish: (lake: Lake, site: string) =>
        publish({ lake, site, render: renderSite, now: () => new Date("2024-07-15T00:00:00Z") }),
} as const;

test.each(["lost", "unheard"] as const)(
    "a storage call that is %s during refresh or publish stops it, is read by nobody, and a rerun ends in the same bytes",
    async (failure) => {
        const root = await scratch();
        let begin = await newPlace(join(root, "begin"));
        await ingest(begin.deliveries, openLake(lakeOf(begin)), EFFECTS);
        for (const [story, run] of Object.entries(AFTER_INGEST)) {
            const fresh = async (name: string): Promise<Place> => {
                const place = { ...begin, root: join(root, `${story}-${name}`) };
                await cp(begin.root, place.root, { recursive: true });
                return place;
            };
            const undisturbed = await fresh("heel");
            const counting = lakeAt(undisturbed, 0, failure);
            await run(counting.lake, siteOf(undisturbed));
            const whole = await contentOf(undisturbed);
            const calls = counting.store.asked();
            expect(calls).toBeGreaterThan(5);
            const step = proving ? 1 : Math.ceil(calls / 2);
            for (let at = 1; at <= calls; at += step) {
                const place = await fresh(`storing-${at}`);
                const stopped = await run(lakeAt(place, at, failure).lake, siteOf(place)).then(
                    () => null,
                    (thrown: Error) => thrown,
                );
                if (stopped !== null) expect(stopped.message).toMatch(/^[A-Z][^\n]+\.$/);
                expect(await brokenFor(place, whole)).toEqual([]);
                await run(openLake(lakeOf(place)), siteOf(place));
                expect(await contentOf(place)).toEqual(whole);
            }
            begin = undisturbed;
        }
    },
);
