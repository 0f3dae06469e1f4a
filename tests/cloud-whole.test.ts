// The whole way through the cloud, and back from its lake alone. Heavy: `npm run test:cloud`, and with the full counts.
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderSite, siteFingerprint } from "../dashboards/site.ts";
import { buildLambdas } from "../infra/build.ts";
import { EXAMPLE_ACCOUNT, synthesised } from "../infra/judged.ts";
import { pseudonymOf } from "../pipelines/access/claims.ts";
import { ROTATION_STEPS } from "../pipelines/access/rotation.ts";
import { ingest } from "../pipelines/ingest.ts";
import { openLake } from "../pipelines/lake.ts";
import { publish } from "../pipelines/publish.ts";
import { refresh } from "../pipelines/refresh.ts";
import { cookiesFor, edgeOf } from "./support/cloud-edge.ts";
import { lakeOf, newPlace, type Place, siteOf } from "./support/fault-lake.ts";
import { contentBelow, OneMachineCloud } from "./support/one-machine-cloud.ts";
import { rightsFor } from "./support/s3-rights.ts";
import { scratch } from "./support/scratch.ts";
import { mayDo } from "./support/simulated-rights.ts";

const whole = process.env.CLOUD === "1" || process.env.PROVE === "1";
/** One quarter: what a page can be made of. */
const FROM = "2024-04";
const MINUTES = 60_000;

let root: string;
let functions: string;
let key: string;
let place: Place;
let cloud: OneMachineCloud;

/** What `npm start` does after the demo: the same deliveries, in a folder. */
async function pagesOnALaptop(): Promise<Map<string, Buffer>> {
    const lake = openLake(lakeOf(place));
    const now = () => new Date().toISOString();
    await ingest(place.deliveries, lake, { now, today: () => now().slice(0, 10) });
    await refresh(lake, { from: FROM });
    const pages = { render: renderSite, pagesFingerprint: await siteFingerprint() };
    const { path } = await publish({ lake, site: siteOf(place), ...pages });
    const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    const paths = files.map((file) => join(file.parentPath, file.name));
    const made = paths.filter((one) => basename(one) !== ".publicatie.json");
    return new Map(
        await Promise.all(made.map(async (one) => [one.slice(path.length + 1), await readFile(one)] as const)),
    );
}

function expectSamePages(given: Map<string, Buffer>, expected: Map<string, Buffer>): void {
    expect([...given.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, page] of expected) expect(`${path} ${given.get(path)?.equals(page)}`).toBe(`${path} true`);
}

describe.runIf(whole)("the whole way through the cloud", () => {
    beforeAll(async () => {
        root = await scratch();
        functions = buildLambdas({ out: join(root, "gebouwd"), cpu: "x64", link: true });
        place = await newPlace(join(root, "laptop"), true);
        key = (await readFile(`${lakeOf(place)}.sleutel`, "utf8")).trim();
        cloud = await OneMachineCloud.start({ root, functions, key, rowsPerTask: 100, from: FROM });
    }, 10 * MINUTES);
    afterAll(() => cloud.stop());

    test("ends in the pages of a laptop, whatever the order and though a task failed", {
        timeout: 20 * MINUTES,
    }, async () => {
        for (const path of [...place.deliveries].reverse()) {
            const name = basename(path);
            const event = cloud.arrive(/_([0-9]{8}|regio)_/.exec(name)?.[1] ?? "", name, await readFile(path));
            for (const body of [event, event]) cloud.queue.send(body);
        }
        await cloud.workOff({ atOnce: 2 });
        expect([cloud.queue.messages, cloud.failed.messages]).toEqual([[], []]);

        // The first write of a task fails on S3's side for as long as its function tries; the map tries the task again.
        let refused = 0;
        cloud.s3.fault = ({ caller, method }) =>
            caller === "RESULTS" && method === "PUT" && refused++ < 6 ? "internal-error" : null;
        await cloud.refresh();
        cloud.s3.fault = () => null;
        expect(refused).toBeGreaterThan(5);
        expect(cloud.visited.filter((state) => state === "Resultaten").length).toBeGreaterThan(1);
        expect(cloud.visited.at(-1)).toBe("Beurt teruggeven");
        expectSamePages(cloud.livePages(), await pagesOnALaptop());
    });

    test("a second run makes nothing new, and two runs at once are one", { timeout: 20 * MINUTES }, async () => {
        const before = cloud.s3.bucket("paginas").keys();
        const outcomes = await Promise.allSettled([cloud.refresh("een"), cloud.refresh("twee")]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(cloud.s3.bucket("paginas").keys()).toEqual(before);
    });

    test("with keys that a rotation made, the edge opens to each reader their own pages and no other, until they are turned away", {
        timeout: 5 * MINUTES,
    }, async () => {
        for (const Step of ROTATION_STEPS)
            await cloud.invoke("rotate", { Step, SecretId: "toegang", ClientRequestToken: "versie-2" });
        await cloud.invoke("door", {
            RequestType: "Create",
            ResponseURL: `${cloud.aws.endpoint}/uitgerold`,
            StackId: "stack",
            RequestId: "vraag",
            LogicalResourceId: "Deur",
        });
        expect(cloud.aws.deployed).toMatchObject({ Status: "SUCCESS", PhysicalResourceId: "Deur" });

        const visit = await edgeOf(cloud);
        const live = cloud.livePages();
        const [first = "", second = ""] = [...live.keys()].filter((path) => /^p\/\d{8}\/index\.html$/.test(path));
        const pathOf = (file: string): string => `/${file.slice(0, -"index.html".length)}`;
        const subject = "persoon-1";
        const cookies = cookiesFor(cloud, `praktijk/${first.split("/")[1]}`, pseudonymOf(subject));
        const refused = await visit(pathOf(first));
        expect(refused.status).toBe(403);
        expect(refused.body).toEqual(cloud.s3.bucket("paginas").current("deur/geweigerd.html")?.body);
        const own = await visit(pathOf(first), cookies);
        expect([own.status, own.body.equals(live.get(first) ?? Buffer.alloc(0))]).toEqual([200, true]);
        expect((await visit(pathOf(second), cookies)).status).toBe(403);
        expect((await visit("/")).status).toBe(200);
        expect((await visit("/toegang/uitgelogd")).status).toBe(200);

        await cloud.invoke("revoke", { subject, by: "beheerder" });
        expect((await visit(pathOf(first), cookies)).status).toBe(302);
        expect(contentBelow(cloud.s3.bucket("toegang"), "logboek/").size).toBe(1);
    });

    test("every request of every function is within its rights", { timeout: 20 * MINUTES }, async () => {
        const { roles } = synthesised(join(root, "sjablonen"));
        const handlers: Record<string, string> = {
            INGEST: "Opnemen",
            PLAN: "Plannen",
            RESULTS: "Rekenen",
            MARTS: "Samenvatten",
            PUBLISH: "Publiceren",
            LOGIN: "ToegangInloggen",
            REVOKE: "ToegangIntrekken",
            DOOR: "ToegangDeurZetten",
        };
        const real = (bucket: string): string => `regiospiegel-voorbeeld-${bucket}-${EXAMPLE_ACCOUNT}`;
        // Rights go by prefix, so one request per caller, right and first part of a key speaks for all.
        const asked = new Map(
            cloud.s3.requests.flatMap((request) =>
                rightsFor({ ...request, bucket: real(request.bucket) }).map((right) => {
                    const place = `${request.bucket}/${request.key.split("/").slice(0, -1)[0] ?? request.key}`;
                    return [
                        `${request.caller} ${right.action} ${place}`,
                        { ...right, caller: request.caller },
                    ] as const;
                }),
            ),
        );
        const refused: string[] = [];
        for (const [what, { caller, action, resource }] of asked) {
            const role = roles.find(({ name }) => name === handlers[caller]);
            if (!role || !(await mayDo(role, EXAMPLE_ACCOUNT, action, resource))) refused.push(what);
        }
        expect(asked.size).toBeGreaterThan(40);
        expect(refused).toEqual([]);
    });

    test("from the lake and the key alone a new environment makes the same pages", {
        timeout: 20 * MINUTES,
    }, async () => {
        const restored = await OneMachineCloud.start({ root: join(root, "hersteld"), functions, key, from: FROM });
        const lake = cloud.s3.bucket("meer");
        for (const name of lake.keys())
            restored.s3.bucket("meer").write(name, { body: lake.current(name)?.body ?? Buffer.alloc(0), metadata: {} });
        await restored.refresh();
        expect(restored.visited).not.toContain("Rekenen");
        expectSamePages(restored.livePages(), cloud.livePages());

        // Also when nothing is left of what can be computed.
        const bare = await OneMachineCloud.start({ root: join(root, "kaal"), functions, key, from: FROM });
        for (const name of lake.keys().filter((one) => !/^(results|marts|values|changes|taken)\//.test(one)))
            bare.s3.bucket("meer").write(name, { body: lake.current(name)?.body ?? Buffer.alloc(0), metadata: {} });
        await bare.refresh();
        expectSamePages(bare.livePages(), cloud.livePages());
        await Promise.all([restored.stop(), bare.stop()]);
    });

    test("a wrong publication is hidden, put back and removed by the same function", {
        timeout: 5 * MINUTES,
    }, async () => {
        const live = cloud.aws.edge.get("publicatie") ?? "";
        await cloud.invoke("publish", { do: "hide" });
        expect(cloud.aws.edge.get("publicatie")).toBe("geen");
        expect(await cloud.invoke("publish", { do: "point", publication: live })).toEqual({ live });
        await cloud.invoke("publish", { do: "remove", publication: live });
        expect(
            cloud.s3
                .bucket("paginas")
                .versions()
                .filter(({ key: name }) => name.startsWith(`${live}/`)),
        ).toEqual([]);
        await expect(cloud.invoke("publish", { do: "point", publication: live })).rejects.toThrow(/staat niet meer/);
    });

    test("an operator sees the state, and forgets a practice that leaves", { timeout: 5 * MINUTES }, async () => {
        const seen = (await cloud.invoke("operate", { do: "overview" })) as { practices: { practice: string }[] };
        const [first] = seen.practices;
        await cloud.invoke("operate", { do: "forget", practice: first?.practice });
        const after = (await cloud.invoke("operate", { do: "overview" })) as typeof seen;
        expect(after.practices.filter(({ practice }) => practice === first?.practice)).toEqual([]);
    });
});
