import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import { readSecret } from "../pipelines/ingest/pseudonym.ts";
import { ingest } from "../pipelines/ingest.ts";
import { commitDelivery, type DeliveryRecord, openLake, readRelease } from "../pipelines/lake.ts";
import { gzipped, hisJournal, put, register, zipped } from "./acceptance/small-deliveries.ts";
import { EFFECTS, sample, sampleFiles, writeFolder } from "./support/delivery-files.ts";
import { type Fault, type S3StandIn, startS3StandIn } from "./support/s3-stand-in.ts";
import { scratch } from "./support/scratch.ts";

const PROVING = process.env.PROVE === "1";
const AT_ONCE = PROVING ? 20 : 8;

let standIn: S3StandIn;

/** The usual environment of Amazon's library, as somebody who runs a command would set it. */
beforeAll(async () => {
    standIn = await startS3StandIn({ meren: { versioned: true, locks: true }, zonder: { versioned: true } });
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
                ["refresh", "--from", "2024-04", "--to", "2024-06", "--json"],
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

    test("is corrected, rolled back, cleared and forgotten from like one in a folder, in every version", async () => {
        const root = await scratch();
        const names = ["bureau_regio_20240630", "his-lang_01900001_20240630", "viplive_regio_20240630"];
        const deliveries = await Promise.all(names.map((name) => sample(root, name)));
        const corrected = await writeFolder(root, "his-lang_01900001_20240630_2", {
            ...(await sampleFiles("his-lang_01900001_20240630")),
            "verwijzingen.csv": "patientnr;datum;bestemming;programma\r\n",
        });
        const unreadable = await writeFolder(root, "his-lang_01900001_20240630_3", { "leeg.csv": "x\n" });
        const onDisk = join(root, "meer");
        const onS3 = "s3://meren/werkwoorden/meer";
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "meer.sleutel"));
        const answers: Record<string, string[]> = {};
        for (const lake of [onDisk, onS3]) {
            let first = "";
            if (lake === onS3) nowAndThen(13);
            const said = async (name: string, expected: number, ...words: string[]): Promise<string> => {
                const answer = await run(...words, "--lake", lake);
                expect(`${name} ${answer.code} ${answer.complained}`).toBe(`${name} ${expected} `);
                answers[name] = [...(answers[name] ?? []), answer.said];
                return answer.said;
            };
            await said("ingest", 0, "ingest", ...deliveries);
            first = (JSON.parse((await run("releases", "--json", "--lake", lake)).said) as { release: string }[])[0]
                ?.release as string;
            await said("correctie", 0, "ingest", corrected);
            await said("weigering", 1, "ingest", unreadable);
            await said("letter", 0, "letter", "his-lang_01900001_20240630_2");
            await said("as-of", 0, "refresh", "--from", "2024-06", "--to", "2024-06", "--as-of", first, "--json");
            await said("rollback", 0, "rollback", first, "--json");
            await said("deliveries", 0, "deliveries");
            await said("gc", 0, "gc", "--keep", "1", "--json");
            await said("forget", 0, "forget", "--practice", "01900001", "--patient", "KAAS-0001");
            await said("forget-praktijk", 0, "forget", "--practice", "01900001");
            await said("daarna", 0, "deliveries", "--json");
        }
        standIn.fault = () => null;
        for (const [name, [disk, s3]] of Object.entries(answers)) {
            expect(`${name}: ${s3?.replaceAll(onS3, "MEER")}`).toBe(`${name}: ${disk?.replaceAll(onDisk, "MEER")}`);
        }
        const [disk, s3] = [openLake(onDisk).store, openLake(onS3).store];
        expect(await s3.list("")).toEqual(await disk.list(""));
        // No version of any object that was removed is left, also not of what was refused.
        const left = standIn
            .bucket("meren")
            .versions()
            .filter(({ key }) => key.startsWith("werkwoorden/"));
        const current = new Set(standIn.bucket("meren").keys());
        expect(left.filter(({ key }) => !current.has(key)).map(({ key }) => key)).toEqual([]);
        for (const { key, body } of left) {
            expect(`${key} ${Buffer.from(body ?? []).includes("KAAS-0001")}`).toBe(`${key} false`);
        }
    });

    test("locks the copy of what arrived, and says so when the bucket has no locks", async () => {
        const root = await scratch();
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "meer.sleutel"));
        const register = await sample(root, "bureau_regio_20240630");
        expect((await run("ingest", register, "--lake", "s3://meren/slot")).said).not.toContain("object lock");
        const copies = standIn
            .bucket("meren")
            .versions()
            .filter(({ key }) => /^slot\.inkomend\/[0-9a-f]{64}\//.test(key));
        expect(copies.length).toBeGreaterThan(3);
        for (const { key, lockedUntil } of copies) {
            const days = Math.round(((lockedUntil?.getTime() ?? 0) - Date.now()) / 86_400_000);
            expect(`${key.split("/")[2]} ${days}`).toBe(`${key.split("/")[2]} 30`);
        }
        const { said } = await run("ingest", register, "--lake", "s3://zonder/slot");
        expect(said).toContain("de bucket kent geen objectvergrendeling (object lock)");
    });

    test(`takes in ${AT_ONCE} practices that deliver at once: none is lost`, async () => {
        const root = await scratch();
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "meer.sleutel"));
        const practices = Array.from({ length: AT_ONCE }, (_, n) => `010${String(n + 1).padStart(5, "0")}`);
        const lake = "s3://meren/twintig";
        const registered = await put(root, "bureau_regio_20240630.zip", zipped(register(...practices)));
        expect((await run("ingest", registered, "--lake", lake)).code).toBe(0);
        const journal = hisJournal().join("\n");
        const paths = await Promise.all(
            practices.map((agb) => put(root, `his-journaal_${agb}_20240630.gz`, gzipped(`# ${agb}\n${journal}`))),
        );
        nowAndThen(17);
        if (PROVING) {
            const door = fileURLToPath(new URL("../pipelines/regiospiegel.js", import.meta.url));
            const words = (path: string) => [door, "ingest", path, "--lake", lake];
            await Promise.all(paths.map((path) => promisify(execFile)(process.execPath, words(path))));
        } else {
            // A lock is until a day to come, so that this is about now.
            const effects = { ...EFFECTS, now: () => new Date().toISOString() };
            const receipts = await Promise.all(paths.map((path) => ingest([path], openLake(lake), effects)));
            expect(receipts.flat().filter(({ accepted }) => !accepted)).toEqual([]);
        }
        standIn.fault = () => null;
        const view = await readRelease(openLake(lake));
        expect(Object.keys(view?.release.current.HIS ?? {})).toEqual(practices);
        expect(view?.deliveries).toHaveLength(AT_ONCE + 1);
        for (const { key, sha256 } of view?.files ?? []) {
            const stored = await openLake(lake).store.get(key);
            expect(
                createHash("sha256")
                    .update(stored?.body ?? "")
                    .digest("hex"),
            ).toBe(sha256);
        }
    });

    test("refuses another key than the one its pseudonyms were made with", async () => {
        const root = await scratch();
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "een.sleutel"));
        const [register, practice] = await Promise.all(
            ["bureau_regio_20240630", "his-lang_01900001_20240630"].map((name) => sample(root, name)),
        );
        expect((await run("ingest", register ?? "", "--lake", "s3://meren/sleutels")).code).toBe(0);
        vi.stubEnv("REGIOSPIEGEL_SLEUTEL", join(root, "ander.sleutel"));
        await writeFile(join(root, "ander.sleutel"), `${"a5".repeat(32)}\n`, { mode: 0o600 });
        const { code, complained } = await run("ingest", practice ?? "", "--lake", "s3://meren/sleutels");
        expect(code).toBe(1);
        expect(complained).toMatch(/^De sleutel in .* is niet die van het meer s3:\/\/meren\/sleutels .*\n$/);
        expect(complained).not.toContain("a5a5");
    });

    test("keeps all of many deliveries that are committed at once, also when answers get lost", async () => {
        const location = "s3://meren/samen";
        const ids = Array.from({ length: AT_ONCE }, (_, index) => `d${String(index).padStart(2, "0")}`);
        nowAndThen(7);
        await Promise.all(ids.map((id) => commitDelivery(openLake(location), record(id))));
        const view = await readRelease(openLake(location));
        expect(view?.release.deliveries).toEqual(ids);
        expect(view?.deliveries).toHaveLength(AT_ONCE);
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
