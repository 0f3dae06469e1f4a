import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildLambdas } from "../infra/build.ts";
import { gzipped, hisJournal, put, register, zipped } from "./acceptance/small-deliveries.ts";
import { contentBelow, OneMachineCloud } from "./support/one-machine-cloud.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
const DELIVERIES = 200;
const PRACTICES = 20;
/** Nobody can ever take these in: about nothing, or stopping the process each time. */
const POISON = { nothing: 3, killers: 2 };

let cloud: OneMachineCloud;
const sent: { sender: string; name: string; body: Buffer }[] = [];
let seed = 20_260_711;
/** A fixed series between 0 and 1 (Park and Miller's minimal standard). */
const chance = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
};

describe.runIf(proving)(`chaos: ${DELIVERIES} deliveries, 10 % of events twice, 5 % crashes, 5 % throttles`, () => {
    beforeAll(async () => {
        const root = await scratch();
        const agbs = Array.from({ length: PRACTICES }, (_, at) => String(1_000_100 + at).padStart(8, "0"));
        const from = join(root, "leveringen");
        const paths = [await put(from, "bureau_regio_20240630.zip", zipped(register(...agbs)))];
        for (let at = 0; paths.length < DELIVERIES; at += 1) {
            const sequence = 1 + Math.floor(at / PRACTICES);
            const name = `his-journaal_${agbs[at % PRACTICES]}_20240630_${sequence}.gz`;
            // Another value each time: the same bytes under another number would be the same delivery.
            const lines = hisJournal().map((line) => line.replace("|52|", `|${50 + sequence}|`));
            paths.push(await put(from, name, gzipped([...lines, ""].join("\n"))));
        }
        for (const path of paths) {
            const name = path.split("/").at(-1) ?? "";
            sent.push({ sender: /_(\d{8}|regio)_/.exec(name)?.[1] ?? "", name, body: await readFile(path) });
        }
        const functions = buildLambdas({ out: join(root, "gebouwd"), cpu: "x64", link: true });
        cloud = await OneMachineCloud.start({ root, functions, key: "5a".repeat(32) });
    });
    afterAll(() => cloud.stop());

    test("nothing is lost, nothing doubled, the queue is empty, and poison is aside with its reason", async () => {
        const events = sent.map(({ sender, name, body }) => cloud.arrive(sender, name, body));
        const twice = events.filter(() => chance() < 0.1);
        const nothing = Array.from({ length: POISON.nothing }, (_, at) => `{"detail":{"poison":${at}}}`);
        const killers = Array.from({ length: POISON.killers }, (_, at) =>
            cloud.arrive("01000100", `his-lang_01000100_20240331_${at + 1}.zip`, Buffer.from(`killer ${at}`)),
        );
        const all = [...events, ...twice, ...nothing, ...killers];
        for (const event of all.map((one) => [chance(), one] as const).sort(([a], [b]) => a - b))
            cloud.queue.send(event[1]);
        cloud.s3.fault = () => (chance() < 0.05 ? "slow-down" : null);
        const kills = new Map<string, number>();
        const told = await cloud.workOff({
            atOnce: 2,
            killAfter(body) {
                const before = kills.get(body) ?? 0;
                kills.set(body, before + 1);
                if (killers.includes(body)) return before < 6 ? 1 : null;
                return chance() < 0.05 ? Math.ceil(chance() * 1_500) : null;
            },
        });
        cloud.s3.fault = () => null;

        expect(twice.length).toBeGreaterThan(10);
        expect(told.crashes).toBeGreaterThan(POISON.killers * 6);
        expect(cloud.queue.messages).toEqual([]);
        const aside = cloud.failed.messages.map(({ body, attributes }) => [body, attributes.reden?.StringValue ?? ""]);
        expect(aside.map(([body]) => body).sort()).toEqual([...nothing, ...killers].sort());
        for (const [body, reason] of aside)
            expect(reason).toMatch(
                nothing.includes(body ?? "") ? /noemt geen levering/ : /stopte 6 keer zonder antwoord/,
            );

        const lake = cloud.s3.bucket("meer");
        const records = [...contentBelow(lake, "deliveries/").values()].map(
            (body) => JSON.parse(body.toString()) as { name: string },
        );
        const names = sent
            .map(({ name }) => name.replace(/\.(zip|gz)$/, ""))
            .map((name) => (/_\d{8}_\d+$/.test(name) ? name : `${name}_1`));
        expect(records.map(({ name }) => name).sort()).toEqual(names.sort());
        const { release } = JSON.parse(String(lake.current("current.json")?.body)) as { release: string };
        const current = JSON.parse(String(lake.current(`releases/${release}.json`)?.body)) as { deliveries: string[] };
        expect(current.deliveries).toHaveLength(DELIVERIES);
        const incoming = cloud.s3.bucket("inkomend");
        const left = incoming.versions().filter(({ key }) => key.startsWith("aankomst/"));
        expect(left.map(({ key }) => key).sort()).toEqual(
            ["_1", "_2"].map((at) => `aankomst/01000100/his-lang_01000100_20240331${at}.zip`),
        );
    });
});
