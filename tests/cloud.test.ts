import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderSite, siteFingerprint } from "../dashboards/site.ts";
import { buildLambdas } from "../infra/build.ts";
import { ingest } from "../pipelines/ingest.ts";
import { openLake } from "../pipelines/lake.ts";
import { publish } from "../pipelines/publish.ts";
import { refresh } from "../pipelines/refresh.ts";
import { PRACTICE } from "./corpus/case.ts";
import { scratch } from "./support/delivery-files.ts";
import { newPlace, type Place, siteOf } from "./support/fault-lake.ts";
import { contentBelow, OneMachineCloud } from "./support/one-machine-cloud.ts";

/** The key with which support/fault-lake.ts fills its lake. */
const KEY = "5a".repeat(32);
/** One quarter: what a page can be made of. */
const FROM = "2024-04";
let root: string;
let functions: string;
let place: Place;
let cloud: OneMachineCloud;

beforeAll(async () => {
    root = await scratch();
    functions = buildLambdas({ out: join(root, "gebouwd"), cpu: "x64", link: true });
    place = await newPlace(join(root, "laptop"));
    cloud = await OneMachineCloud.start({ root, functions, key: KEY, rowsPerTask: 120, from: FROM });
});
afterAll(() => cloud.stop());

/** What `npm start` does after the demo: the same deliveries, in a folder. */
async function pagesOnALaptop(): Promise<Map<string, Buffer>> {
    const lake = openLake(join(place.root, "meer"));
    const now = () => "2024-07-15T08:00:00.000Z";
    await ingest(place.deliveries, lake, { now, today: () => now().slice(0, 10) });
    await refresh(lake, { from: FROM });
    const report = await publish({
        lake,
        site: siteOf(place),
        render: renderSite,
        pagesFingerprint: await siteFingerprint(),
    });
    const files = await readdir(report.path, { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    const pages = paths.filter((path) => basename(path) !== ".publicatie.json");
    return new Map(
        await Promise.all(
            pages.map(async (path) => [path.slice(report.path.length + 1), await readFile(path)] as const),
        ),
    );
}

const senderOf = (name: string): string => /_([0-9]{8}|regio)_/.exec(name)?.[1] ?? "";

describe("the cloud on one machine", () => {
    test("events twice, in the wrong order and with poison between them end in the pages of a laptop", async () => {
        const events = await Promise.all(
            place.deliveries.map(async (path) =>
                cloud.arrive(senderOf(basename(path)), basename(path), await readFile(path)),
            ),
        );
        // The register comes last, everything comes twice, and one event is about nothing.
        for (const event of [...events].reverse().flatMap((one) => [one, one])) cloud.queue.send(event);
        cloud.queue.send('{"detail":{}}');
        await cloud.workOff();

        expect(cloud.queue.messages).toEqual([]);
        expect(cloud.failed.messages.map(({ body, attributes }) => [body, attributes.reden?.StringValue])).toEqual([
            ['{"detail":{}}', "Het bericht noemt geen levering onder aankomst/<afzender>/<naam>."],
        ]);
        const incoming = cloud.s3.bucket("inkomend");
        expect([...contentBelow(incoming, "aankomst/").keys()]).toEqual([]);
        expect(incoming.versions().filter(({ key }) => key.startsWith("aankomst/"))).toEqual([]);
        expect([...contentBelow(incoming, "brieven/").keys()]).toContain(
            `${PRACTICE}/his-breed_${PRACTICE}_20240630.html`,
        );

        await cloud.refresh();
        expect(cloud.visited.filter((state) => state === "Resultaten").length).toBeGreaterThan(1);
        expect(cloud.visited.at(-1)).toBe("Beurt teruggeven");
        const [here, there] = [await pagesOnALaptop(), cloud.livePages()];
        expect([...there.keys()].sort()).toEqual([...here.keys()].sort());
        for (const [path, page] of here) expect(`${path} ${there.get(path)?.equals(page)}`).toBe(`${path} true`);
    });
});
