import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import { readSecret } from "../pipelines/ingest/pseudonym.ts";
import { commitDelivery, type DeliveryRecord, openLake, readRelease } from "../pipelines/lake.ts";
import { sample, scratch } from "./support/delivery-files.ts";
import { type Fault, type S3StandIn, startS3StandIn } from "./support/s3-stand-in.ts";

let standIn: S3StandIn;

/** The usual environment of Amazon's library, as somebody who runs a command would set it. */
beforeAll(async () => {
    standIn = await startS3StandIn({ meren: { versioned: true } });
    vi.stubEnv("AWS_ENDPOINT_URL", standIn.endpoint);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", standIn.accessKey);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "geheim");
});
afterEach(() => {
    standIn.fault = () => null;
});
afterAll(async () => {
    vi.unstubAllEnvs();
    await standIn.close();
});

/** Every so many requests the next fault; each of them is one that passes by itself. */
function nowAndThen(every: number): void {
    const faults: Fault[] = ["internal-error", "lost-answer", "torn-upload", "torn-download"];
    standIn.fault = ({ number }) => (number % every === 0 ? (faults[(number / every) % faults.length] ?? null) : null);
}

/** One command line, with what it said on the output and on the error stream. */
async function run(...words: string[]): Promise<{ code: number; said: string; complained: string }> {
    const heard = { said: "", complained: "" };
    const hear = (where: keyof typeof heard) => (text: string | Uint8Array) => {
        heard[where] += String(text);
        return true;
    };
    const spies = [
        vi.spyOn(process.stdout, "write").mockImplementation(hear("said")),
        vi.spyOn(process.stderr, "write").mockImplementation(hear("complained")),
    ];
    const code = await main(words).finally(() => {
        for (const spy of spies) spy.mockRestore();
    });
    return { code, ...heard };
}

describe("a lake in S3", () => {
    test("works in every verb where a folder does, through faults, to the same bytes", async () => {
        const root = await scratch();
        const names = ["bureau_regio_20240630", "his-lang_01900001_20240630", "viplive_regio_20240630"];
        const deliveries = await Promise.all(names.map((name) => sample(root, name)));
        const onDisk = join(root, "meer");
        const onS3 = "s3://meren/een/meer";
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "meer.sleutel"));
        const answers: Record<string, string[]> = {};
        for (const lake of [onDisk, onS3]) {
            if (lake === onS3) nowAndThen(11);
            const site = join(root, lake === onS3 ? "site-s3" : "site-schijf");
            for (const words of [
                ["ingest", ...deliveries],
                ["deliveries", "--json"],
                ["releases", "--json"],
                ["refresh", "--from", "2024-01", "--to", "2024-06", "--json"],
                ["values", "--format", "json", "--level", "region"],
                ["publish", "--site", site, "--json"],
            ]) {
                const { code, said, complained } = await run(...words, "--lake", lake);
                expect(`${words[0]} ${code} ${code === 0 ? "" : complained}`).toBe(`${words[0]} 0 `);
                answers[words[0] ?? ""] = [...(answers[words[0] ?? ""] ?? []), said.replaceAll(site, "site")];
            }
        }
        standIn.fault = () => null;
        for (const [verb, [disk, s3]] of Object.entries(answers)) expect(`${verb}: ${s3}`).toBe(`${verb}: ${disk}`);

        const [disk, s3] = [openLake(onDisk).store, openLake(onS3).store];
        const keys = await disk.list("");
        expect(await s3.list("")).toEqual(keys);
        for (const key of keys.filter((name) => !name.startsWith("arrivals/"))) {
            const [here, there] = await Promise.all([disk.get(key), s3.get(key)]);
            expect(`${key} ${Buffer.from(there?.body ?? []).equals(Buffer.from(here?.body ?? []))}`).toBe(
                `${key} true`,
            );
        }
    });

    test("keeps all of many deliveries that are committed at once, also when answers get lost", async () => {
        const location = "s3://meren/samen";
        const ids = Array.from({ length: 20 }, (_, index) => `d${String(index).padStart(2, "0")}`);
        nowAndThen(7);
        await Promise.all(ids.map((id) => commitDelivery(openLake(location), record(id))));
        const view = await readRelease(openLake(location));
        expect(view?.release.deliveries).toEqual(ids);
        expect(view?.deliveries).toHaveLength(20);
    });

    test("has its key in a file that the environment names, made when the lake is empty", async () => {
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", "");
        const lake = openLake("s3://meren/sleutel");
        await expect(readSecret(lake)).rejects.toThrow(/zet REGIOSPIEGEL_SLEUTEL op het pad/);
        const folder = await scratch();
        await mkdir(folder, { recursive: true });
        const path = join(folder, "sleutel");
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", path);
        const secret = await readSecret(lake);
        expect((await readFile(path, "utf8")).trim()).toBe(Buffer.from(secret).toString("hex"));
        expect(await lake.store.list("")).toEqual([]);
        await commitDelivery(lake, record("d"));
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(folder, "kwijt"));
        await expect(readSecret(lake)).rejects.toThrow(/ontbreekt/);
    });

    test("that cannot be reached is one sentence on the error stream and exit code 1; no place at all is wrong usage", async () => {
        expect(await run("deliveries", "--lake", "s3://nergens/meer")).toEqual({
            code: 1,
            said: "",
            complained:
                "Opslag s3://nergens/meer: lezen van current.json mislukte (NoSuchBucket); de bucket bestaat niet; controleer de naam achter s3://.\n",
        });
        const wrong = await run("refresh", "--lake", "s3://Geen Bucket");
        expect(wrong.code).toBe(2);
        expect(wrong.complained).toMatch(/verwacht s3:\/\/bucket/);
        const folder = await scratch();
        expect((await run("refresh", "--lake", "s3://meren/leeg")).complained).toMatch(/regiospiegel ingest/);
        expect((await run("publish", "--lake", "s3://meren/leeg", "--site", folder)).complained).toMatch(
            /regiospiegel refresh/,
        );
    });
});

const record = (id: string): DeliveryRecord => ({
    id,
    name: id,
    format: "his-lang",
    source: "HIS",
    peildatum: "2024-06-30",
    sequence: 1,
    practices: [`019000${id.slice(1) || "01"}`],
    historyFrom: "2019-01-01",
    demo: false,
    files: [],
    receipt: { delivery: id, accepted: true, files: [], ignoredColumns: [] },
});
