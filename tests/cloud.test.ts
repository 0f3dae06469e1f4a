import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildLambdas } from "../infra/build.ts";
import { PRACTICE, SECOND_PRACTICE } from "./corpus/case.ts";
import { lakeOf, newPlace, type Place } from "./support/fault-lake.ts";
import { contentBelow, OneMachineCloud } from "./support/one-machine-cloud.ts";
import { sqsEvent } from "./support/queue-stand-in.ts";
import { scratch } from "./support/scratch.ts";

let place: Place;
let cloud: OneMachineCloud;

beforeAll(async () => {
    const root = await scratch();
    const functions = buildLambdas({ out: join(root, "gebouwd"), cpu: "x64", link: true });
    place = await newPlace(join(root, "laptop"), true);
    const key = (await readFile(`${lakeOf(place)}.sleutel`, "utf8")).trim();
    cloud = await OneMachineCloud.start({ root, functions, key, tries: 2 });
});
afterAll(() => cloud.stop());

/** Lets the delivery with this in its name arrive; the event that tells of it. */
async function arrive(part: string): Promise<string> {
    const path = place.deliveries.find((one) => basename(one).startsWith(part)) ?? "";
    const name = basename(path);
    return cloud.arrive(/_([0-9]{8}|regio)_/.exec(name)?.[1] ?? "", name, await readFile(path));
}

const reasons = () => cloud.failed.messages.map(({ attributes }) => attributes.reden?.StringValue);

describe("deliveries arrive in the cloud on one machine", () => {
    test("twice and before the register: each is taken in once, and nothing of it stays where it arrived", async () => {
        const events = [await arrive(`his-breed_${PRACTICE}`), await arrive("bureau_regio")];
        for (const event of events.flatMap((one) => [one, one])) cloud.queue.send(event);
        await cloud.workOff();

        expect(cloud.queue.messages).toEqual([]);
        expect(reasons()).toEqual([]);
        const incoming = cloud.s3.bucket("inkomend");
        expect(incoming.versions().filter(({ key }) => key.startsWith("aankomst/"))).toEqual([]);
        expect([...contentBelow(incoming, "brieven/").keys()]).toContain(
            `${PRACTICE}/his-breed_${PRACTICE}_20240630.html`,
        );
        expect(contentBelow(incoming, "kopieen/verzegeld/").size).toBe(2);
        const deliveries = [...contentBelow(cloud.s3.bucket("meer"), "deliveries/").keys()];
        expect(deliveries).toHaveLength(2);
        const { log = "" } = cloud.functions["ingest-0"] ?? {};
        expect(log.match(/is opgenomen/g)).toHaveLength(2);
        expect(log).not.toMatch(/patient\d|T90|3201/);
    });

    test("what is about nothing, and what stops the process each time, ends aside with its reason; the rest goes on", async () => {
        const killer = await arrive(`his-lang_${PRACTICE}`);
        for (const event of ['{"detail":{}}', killer, await arrive(`his-journaal_${SECOND_PRACTICE}`)])
            cloud.queue.send(event);
        let kills = 0;
        const { crashes } = await cloud.workOff({ killAfter: (body) => (body === killer && kills++ < 2 ? 0 : null) });

        expect(crashes).toBe(2);
        expect(cloud.queue.messages).toEqual([]);
        expect(reasons().sort()).toEqual([
            "Het bericht noemt geen levering onder aankomst/<afzender>/<naam>.",
            "de functie stopte 2 keer zonder antwoord (geheugen of tijd)",
        ]);
        expect(contentBelow(cloud.s3.bucket("meer"), "deliveries/").size).toBe(3);

        // Put back by an operator, it is taken in after all.
        const [stopped] = cloud.failed.messages.filter(({ body }) => body === killer);
        cloud.queue.send(stopped?.body ?? "");
        await cloud.workOff();
        expect(contentBelow(cloud.s3.bucket("meer"), "deliveries/").size).toBe(4);
    });

    test("under another sender's prefix it is refused, and of several messages only the failed one is seen again", async () => {
        const path = place.deliveries.find((one) => /viplive/.test(one)) ?? "";
        const stolen = cloud.arrive(PRACTICE, "viplive_regio_20240630.zip", await readFile(path));
        const messages = [stolen, '{"detail":{}}'].map((body) => cloud.queue.send(body));
        const answer = await cloud.invoke("ingest", sqsEvent(cloud.queue.receive(2)), { sandbox: "ingest-0" });
        expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: messages[1]?.id }] });
        expect(cloud.functions["ingest-0"]?.log).toMatch(/viplive_regio_20240630.zip is geweigerd/);
        expect(
            contentBelow(cloud.s3.bucket("inkomend"), "brieven/").has(`${PRACTICE}/viplive_regio_20240630.html`),
        ).toBe(true);
        const letters = [...contentBelow(cloud.s3.bucket("inkomend"), "aankomst/").keys()];
        expect(letters).toEqual([]);
    });
});
