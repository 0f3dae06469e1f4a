import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { badDeliveries } from "./bad-deliveries.ts";
import { type BadDelivery, PRACTICE, SECOND_PRACTICE } from "./bad-delivery.ts";
import { type Outcome, regiospiegel, regiospiegelProcess } from "./command-line.ts";
import { Receipts, receiptOf } from "./receipts.ts";
import { gzipped, hisBreed, hisJournal, hisLang, put, register, viplive, zipped } from "./small-deliveries.ts";

const PROVING = process.env.PROVE === "1";
const BAD = badDeliveries();

let folder = "";
let lake = "";
let before = "";
let together: Outcome;

async function published(): Promise<string> {
    const values = await regiospiegel("values", "--lake", lake, "--format", "json");
    const releases = await regiospiegel("releases", "--lake", lake, "--json");
    expect([values.exitCode, releases.exitCode]).toEqual([0, 0]);
    return values.stdout + releases.stdout;
}

async function everyByteOf(path: string): Promise<Buffer> {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "acceptance-bad-"));
    lake = join(folder, "lake");
    const good = join(folder, "good");
    await put(good, "bureau_regio_20240630.zip", zipped(register(PRACTICE, SECOND_PRACTICE)));
    await put(good, `his-lang_${PRACTICE}_20240630.zip`, zipped(hisLang()));
    await put(good, `his-breed_${SECOND_PRACTICE}_20240630`, hisBreed(SECOND_PRACTICE));
    await put(good, "viplive_regio_20240630.zip", zipped(viplive(PRACTICE)));
    const accepted = await regiospiegel("ingest", good, "--lake", lake, "--json");
    expect(accepted.exitCode, accepted.stdout + accepted.stderr).toBe(0);
    const refresh = await regiospiegel("refresh", "--lake", lake, "--from", "2024-05", "--to", "2024-06");
    expect(refresh.exitCode, refresh.stderr).toBe(0);
    before = await published();

    const paths = await Promise.all(BAD.map(({ name, content }) => put(join(folder, "bad"), name, content)));
    together = await regiospiegel("ingest", ...paths, "--lake", lake, "--json");
}, 240_000);

afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
});

function expectRefused(outcome: Outcome, bad: Pick<BadDelivery, "name" | "codes" | "secrets">): void {
    const receipt = receiptOf(Receipts.parse(JSON.parse(outcome.stdout)), bad.name.replace(/\.(zip|gz)$/, ""));
    expect({ accepted: receipt.accepted, code: receipt.code }).toEqual({
        accepted: false,
        code: bad.codes.length === 1 ? bad.codes[0] : expect.toBeOneOf([...bad.codes]),
    });
    const message = receipt.message ?? "";
    expect(message).toMatch(/^\S[^\n]*\.$/);
    // One sentence: no full stop, question or exclamation mark followed by a new beginning.
    expect(message).not.toMatch(/[.!?]\s+[A-Z]/);
    for (const secret of bad.secrets ?? []) {
        expect(outcome.stdout + outcome.stderr).not.toContain(secret);
    }
}

describe("what must be refused", () => {
    test("the run that holds every bad delivery ends with exit code 1 and a receipt for each", () => {
        expect(together.exitCode, together.stderr).toBe(1);
        expect(Receipts.parse(JSON.parse(together.stdout))).toHaveLength(BAD.length);
        expect(BAD.length).toBeGreaterThanOrEqual(40);
    });

    test.for(BAD)("$why: refused with its own code, in one sentence, without a value", (bad) => {
        expectRefused(together, bad);
    });

    test("nothing that was published has changed, and nothing of what was refused is in the lake", async () => {
        expect(await published()).toBe(before);
        const stored = await everyByteOf(lake);
        for (const secret of BAD.flatMap((bad) => bad.secrets ?? []).filter((secret) => secret.length > 5)) {
            expect(stored.includes(secret)).toBe(false);
        }
    });

    test.runIf(PROVING)("each alone ends with exit code 1 and changes nothing", async () => {
        for (const bad of BAD) {
            const outcome = await regiospiegel("ingest", join(folder, "bad", bad.name), "--lake", lake, "--json");
            expect(outcome.exitCode, bad.why).toBe(1);
            expectRefused(outcome, bad);
            expect(await published()).toBe(before);
        }
    });

    test("without --json too a refusal is told, and the good ones beside it land", async () => {
        const own = join(folder, "mixed");
        await put(own, `his-journaal_${SECOND_PRACTICE}_20240531.gz`, gzipped(hisJournal().join("\n")));
        await put(own, "foute-naam.zip", zipped(hisLang()));
        const second = join(folder, "second-lake");
        await put(own, "bureau_regio_20240630.zip", zipped(register(PRACTICE, SECOND_PRACTICE)));
        const outcome = await regiospiegel("ingest", own, "--lake", second);
        expect(outcome.exitCode).toBe(1);
        expect(outcome.stdout + outcome.stderr).toContain("foute-naam");
        const deliveries = await regiospiegel("deliveries", "--lake", second, "--json");
        expect(deliveries.stdout).toContain(`his-journaal_${SECOND_PRACTICE}_20240531`);
    });

    test("the register comes first: without one a practice is refused", async () => {
        const path = await put(join(folder, "no-register"), `his-lang_${PRACTICE}_20240630.zip`, zipped(hisLang()));
        const outcome = await regiospiegel("ingest", path, "--lake", join(folder, "no-register-lake"), "--json");
        expect(outcome.exitCode).toBe(1);
        expectRefused(outcome, { name: `his-lang_${PRACTICE}_20240630`, codes: ["register_ontbreekt"] });
    });

    test("a path that is not there is refused, and the process says so", async () => {
        const outcome = await regiospiegelProcess(
            "ingest",
            join(folder, `his-lang_${PRACTICE}_20240101.zip`),
            "--lake",
            lake,
            "--json",
        );
        expect(outcome.exitCode).toBe(1);
        expectRefused(outcome, { name: `his-lang_${PRACTICE}_20240101`, codes: ["niet_gevonden"] });
    });

    test("the same bytes twice are one delivery; the same name with other bytes is refused", async () => {
        const name = `his-lang_${PRACTICE}_20240630.zip`;
        const same = await regiospiegel("ingest", join(folder, "good", name), "--lake", lake, "--json");
        expect(same.exitCode, same.stdout).toBe(0);
        const other = { ...hisLang(), "verwijzingen.csv": "patientnr;datum;bestemming;programma\r\n" };
        const path = await put(join(folder, "other"), name, zipped(other));
        const refused = await regiospiegel("ingest", path, "--lake", lake, "--json");
        expect(refused.exitCode).toBe(1);
        expectRefused(refused, { name: `his-lang_${PRACTICE}_20240630`, codes: ["naam_hergebruikt"] });
        expect(await published()).toBe(before);
    });

    test("a link in a folder is refused", async () => {
        const name = `his-lang_${PRACTICE}_20240630_900`;
        const path = await put(join(folder, "linked"), name, hisLang());
        await rm(join(path, "episodes.csv"));
        await symlink(join(folder, "linked", "elders.csv"), join(path, "episodes.csv"));
        const outcome = await regiospiegel("ingest", path, "--lake", lake, "--json");
        expect(outcome.exitCode).toBe(1);
        expectRefused(outcome, { name, codes: ["link_in_archief"] });
    });
});

describe("wrong usage", () => {
    test("ends the process with exit code 2", async () => {
        const outcome = await regiospiegelProcess("ingest");
        expect([outcome.exitCode, outcome.stdout]).toEqual([2, ""]);
        expect(outcome.stderr.trim()).not.toBe("");
    });

    test.for([
        [["ingest"]],
        [["ingest", "ergens.zip"]],
        [["ingest", "ergens.zip", "--lake"]],
        [["onbekend"]],
        [["values", "--lake", "LAKE", "--level", "straat"]],
        [["values", "--lake", "LAKE", "--format", "xml"]],
        [["values", "--lake", "LAKE", "--period", "juni"]],
        [["values", "--lake", "LAKE", "--period", "2024-13"]],
        [["values", "--lake", "LAKE", "--indicator", "bestaat_niet"]],
        [["values", "--lake", "LAKE", "--onbekend"]],
        [["refresh", "--lake", "LAKE", "--from", "2024"]],
        [["refresh", "--lake", "LAKE", "--from", "2024-06", "--to", "2024-01"]],
    ])("%j ends with exit code 2 and says why", async ([args]) => {
        const outcome = await regiospiegel(...(args ?? []).map((word) => (word === "LAKE" ? lake : word)));
        expect(outcome.exitCode).toBe(2);
        expect(outcome.stderr.trim()).not.toBe("");
        expect(outcome.stdout).toBe("");
    });
});
