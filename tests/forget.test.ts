import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import { pseudonymOf, readSecret } from "../pipelines/ingest/pseudonym.ts";
import { ingest } from "../pipelines/ingest.ts";
import { forget } from "../pipelines/lake/forget.ts";
import { rollback } from "../pipelines/lake/rollback.ts";
import { type Lake, openLake, readRelease } from "../pipelines/lake.ts";
import { EFFECTS, lakeWithRegister, query, rowsOf, sample, take, writeFolder } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";
import { hisLang } from "./support/small-practice.ts";

const PRACTICE = "01900001";
const HIS_LANG = `his-lang_${PRACTICE}_20240630`;
const NOW = { now: () => "2024-07-15T09:00:00.000Z" };
const ADA = "KAAS-0001";
const BEN = "KAAS-0002";

const care = (...values: [string, number][]) =>
    hisLang(
        {
            "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${values.map(([name, value]) => `${name};2816;01-05-2024;${value};\n`).join("")}`,
            "contacten.csv": `patientnr;datum;soort;discipline;icpc\n${ADA};01-05-2024;consult;huisarts;\n`,
        },
        ADA,
        BEN,
    );

/** VIPLive rows of the same two people and one of another practice. */
async function viplive(root: string, name = "viplive_regio_20240630"): Promise<string> {
    const bom = "\uFEFF";
    return writeFolder(root, name, {
        "ketenzorg.csv": `${bom}agb;patientnr;programma;startdatum;einddatum;hoofdbehandelaar\r\n${PRACTICE};${ADA};DM2;01-01-2023;;huisarts\r\n${PRACTICE};${BEN};DM2;01-01-2023;;huisarts\r\n01900002;${ADA};DM2;01-01-2023;;huisarts\r\n`,
        "acp.csv": `${bom}agb;patientnr;datum;vorm\r\n${PRACTICE};${ADA};01-02-2024;gesprek\r\n`,
        "kwetsbaarheid.csv": `${bom}agb;patientnr;datum;instrument;score;kwetsbaar;bron\r\n`,
        "zorgplannen.csv": `${bom}agb;patientnr;datum;soort\r\n`,
        "gli.csv": `${bom}agb;patientnr;verwijsdatum;programma;intakedatum;startdatum;einddatum;einde\r\n`,
        "consultaties.csv": `${bom}agb;patientnr;datum;antwoorddatum;onderwerp;bij;specialisme;ziekenhuis\r\n${PRACTICE};;01-02-2024;;diabetes;kaderhuisarts;;\r\n${PRACTICE};${ADA};01-02-2024;;diabetes;kaderhuisarts;;\r\n`,
        "telemonitoring.csv": `${bom}agb;patientnr;startdatum;einddatum;aandoening\r\n`,
        "portaal.csv": `${bom}agb;maand;ingeschreven_16plus;gebruikt_inzage\r\n${PRACTICE};2024-05;2;1\r\n`,
    });
}

interface Region {
    lake: Lake;
    root: string;
    paths: string[];
}

/** Register, two deliveries of the practice and two of VIPLive, each making a release. */
async function region(): Promise<Region> {
    const { lake, root } = await lakeWithRegister();
    const paths = [
        await writeFolder(root, HIS_LANG, care([ADA, 48], [BEN, 50])),
        await writeFolder(root, `${HIS_LANG}_2`, care([ADA, 49], [BEN, 50])),
        await viplive(root),
    ];
    return { lake, root, paths };
}

let full: Promise<Region> | undefined;

/** The region with all of them taken in: once per test file, then copied. */
async function filled(): Promise<Region> {
    full ??= region().then(async (made) => {
        for (const path of made.paths) expect((await take(made.lake, path))[0]?.accepted).toBe(true);
        return made;
    });
    const original = await full;
    const root = await scratch();
    const lake = openLake(join(root, "meer"));
    await cp(original.lake.location, lake.location, { recursive: true });
    await cp(original.lake.secretPath, lake.secretPath);
    return { lake, root, paths: original.paths };
}

/** The same empty lake twice, with one secret. */
async function twin({ lake, root }: Region): Promise<Lake> {
    const other = openLake(join(root, "tweeling"));
    await cp(lake.location, other.location, { recursive: true });
    await cp(lake.secretPath, other.secretPath);
    return other;
}

async function keyOf(lake: Lake, patient: string): Promise<bigint> {
    return pseudonymOf(await readSecret(lake), PRACTICE, patient);
}

/** Every Parquet file below the lake that holds this patient, named by a release or not. */
async function filesWith(lake: Lake, patient: string): Promise<string[]> {
    const key = await keyOf(lake, patient);
    const folder = join(lake.location, "lake");
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".parquet"));
    const paths = names.map((name) => `'${join(folder, name)}'`).join(", ");
    // by name: tables without patients have no such column
    const files = `read_parquet([${paths}], union_by_name = true, filename = true, hive_partitioning = false)`;
    const rows = await query(
        `SELECT DISTINCT filename FROM ${files} WHERE patient_id = ${key} AND practice_id = '${PRACTICE}'`,
    );
    return rows.map(([path]) => String(path).slice(folder.length + 1));
}

/** What the current release is and holds: hashes of all files, wherever they stand. */
async function contentOf(lake: Lake): Promise<unknown> {
    const view = await readRelease(lake);
    const files = view?.files.map(({ key: _, ...file }) => file);
    return { id: view?.release.id, files, coverage: view?.coverage };
}

describe("a patient who objects", () => {
    test("is in no file and no release any more, and everybody else is as before", async () => {
        const { lake } = await filled();
        const before = await rowsOf(lake, "measurements", "*");
        expect((await filesWith(lake, ADA)).length).toBeGreaterThan(5);
        const ids = (await releasesOf(lake)).slice(1);
        const receipt = await forget(lake, { practice: PRACTICE, patient: ADA }, NOW);
        expect(receipt).toMatchObject({ practice: PRACTICE, what: "patient", rewritten: 3, removed: 0 });
        expect(receipt.releases.map(({ from }) => from)).toEqual(ids);
        // Patient, measurement and contact in both HIS deliveries; programme, conversation and consultation.
        expect([receipt.rows, receipt.files]).toEqual([9, 9]);
        expect(await filesWith(lake, ADA)).toEqual([]);
        const ada = String(await keyOf(lake, ADA));
        expect(await rowsOf(lake, "measurements", "*")).toEqual(before.filter((row) => !row.includes(ada)));
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[50]]);
        expect(await rowsOf(lake, "consultations", "practice_id")).toEqual([[PRACTICE]]);
        expect(await rowsOf(lake, "programmes", "practice_id")).toEqual([[PRACTICE], ["01900002"]]);
        for (const { from, to } of receipt.releases) {
            expect(await readRelease(lake, from)).toBeNull();
            expect((await readRelease(lake, to))?.release.id).toBe(to);
        }
        await everyReleaseIsWhole(lake);
    });

    test("is not brought back by any delivery: the same bytes, a later one, or one after a rollback", async () => {
        const made = await filled();
        const { lake, root, paths } = made;
        await forget(lake, { practice: PRACTICE, patient: ADA }, NOW);
        const after = await contentOf(lake);
        for (const path of paths) expect((await take(lake, path))[0]?.known).toBe(true);
        expect(await contentOf(lake)).toEqual(after);
        const [later] = await take(lake, await writeFolder(root, `${HIS_LANG}_3`, care([ADA, 52], [BEN, 53])));
        expect(later?.files.find(({ name }) => name === "bepalingen.csv")).toMatchObject({
            rows: 2,
            kept: 1,
            objected: 1,
        });
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[53]]);
        const oldest = (await releasesOf(lake))[0] ?? "";
        await rollback(lake, oldest);
        for (const path of paths) expect((await take(lake, path))[0]?.accepted).toBe(true);
        expect(await filesWith(lake, ADA)).toEqual([]);
        expect(await contentOf(lake)).toEqual(after);
    });

    test("leaves the same release and the same bytes whether the objection or the deliveries came first", async () => {
        const made = await region();
        const other = await twin(made);
        for (const path of made.paths) await take(made.lake, path);
        await forget(made.lake, { practice: PRACTICE, patient: ADA }, NOW);
        await forget(other, { practice: PRACTICE, patient: ADA }, NOW);
        for (const path of made.paths) await take(other, path);
        expect(await contentOf(other)).toEqual(await contentOf(made.lake));
    });

    test("a second one, or the same one again, changes nothing for those who went before", async () => {
        const { lake } = await filled();
        await forget(lake, { practice: PRACTICE, patient: ADA }, NOW);
        const after = await contentOf(lake);
        const again = await forget(lake, { practice: PRACTICE, patient: ADA }, NOW);
        expect([again.rows, again.releases, again.cleared]).toEqual([0, [], 0]);
        expect(await contentOf(lake)).toEqual(after);
        await forget(lake, { practice: PRACTICE, patient: BEN }, NOW);
        expect([...(await filesWith(lake, ADA)), ...(await filesWith(lake, BEN))]).toEqual([]);
        expect((await readRelease(lake))?.coverage.map(({ source }) => source)).toContain("HIS");
    });

    test("an ingest that was under way meanwhile lands without them", async () => {
        const { lake, root } = await filled();
        const path = await writeFolder(root, `${HIS_LANG}_4`, care([ADA, 60], [BEN, 61]));
        let forgotten = false;
        const store = new Proxy(lake.store, {
            get(target, name) {
                const value = Reflect.get(target, name);
                if (typeof value !== "function") return value;
                return async (...given: unknown[]) => {
                    // The moment before its files are named.
                    if (name === "putFile" && String(given[0]).startsWith("aside/") && !forgotten) {
                        forgotten = true;
                        await forget(openLake(lake.location), { practice: PRACTICE, patient: ADA }, NOW);
                    }
                    return value.apply(target, given);
                };
            },
        });
        const slow: Lake = { store, location: lake.location, secretPath: lake.secretPath };
        const [receipt] = await ingest([path], slow, EFFECTS);
        expect([receipt?.accepted, forgotten]).toEqual([true, true]);
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[61]]);
        expect(await filesWith(lake, ADA)).toEqual([]);
    });

    test("results and marts that counted them are gone, those of other practices stay", async () => {
        const { lake } = await filled();
        const keys = [
            `results/practice_id=${PRACTICE}/input=a.parquet`,
            "results/practice_id=01900002/input=a.parquet",
        ];
        const values = `values/practice_id=${PRACTICE}/input=a.parquet`;
        for (const key of [...keys, values, "marts/m/groups.parquet", "marts/current.json"])
            await lake.store.put(key, Buffer.from("{}"));
        expect(await forget(lake, { practice: PRACTICE, patient: ADA }, NOW)).toMatchObject({ results: 1, marts: 1 });
        expect(await lake.store.list("results/")).toEqual(keys.slice(1));
        expect(await lake.store.list("marts/")).toEqual([]);
        expect(await lake.store.list("values/")).toEqual([]);
    });
});

describe("a practice that is forgotten", () => {
    test("is nowhere in the lake, and the others are as before", async () => {
        const { lake } = await filled();
        const receipt = await forget(lake, { practice: PRACTICE }, NOW);
        expect(receipt).toMatchObject({ practice: PRACTICE, what: "praktijk", rewritten: 2, removed: 2 });
        for (const name of await readdir(lake.location, { recursive: true })) {
            expect(name).not.toContain(PRACTICE);
            if (!name.endsWith(".json")) continue;
            expect(await readFile(join(lake.location, name), "utf8")).not.toContain(PRACTICE);
        }
        expect(await rowsOf(lake, "practices", "practice_id")).toEqual([["01900002"], ["01900003"]]);
        expect(await rowsOf(lake, "practice_facts", "practice_id")).not.toContainEqual([PRACTICE]);
        expect(await rowsOf(lake, "programmes", "practice_id")).toEqual([["01900002"]]);
        await everyReleaseIsWhole(lake);
    });

    test("is refused until a register names it again", async () => {
        const { lake, root, paths } = await filled();
        await forget(lake, { practice: PRACTICE }, NOW);
        const refusedBy = async (path: string) => (await take(lake, path))[0]?.code;
        expect(await refusedBy(paths[0] ?? "")).toBe("praktijk_niet_in_register");
        const register = await sample(root, "bureau_regio_20240630");
        expect((await take(lake, register))[0]?.known).toBe(true);
        expect(await refusedBy(paths[0] ?? "")).toBe("praktijk_niet_in_register");
    });
});

describe("the command", () => {
    test("says what it did in counts, never the pseudonym", async () => {
        const { lake } = await filled();
        const { code, said } = await spoken(
            "forget",
            "--practice",
            PRACTICE,
            "--patient",
            ADA,
            "--lake",
            lake.location,
        );
        expect(code).toBe(0);
        expect(said).toMatch(/^De patiënt van praktijk 01900001 is vergeten: 9 rijen uit 9 bestanden/);
        expect(said).not.toContain(ADA);
        const json = await spoken(
            "forget",
            "--practice",
            PRACTICE,
            "--patient",
            BEN,
            "--lake",
            lake.location,
            "--json",
        );
        expect(JSON.parse(json.said)).toMatchObject({ what: "patient", rewritten: 3 });
        expect(json.said).not.toContain(BEN);
    });

    test("wrong use is exit code 2, and repeats nothing", async () => {
        const { lake } = await lakeWithRegister();
        const wrong = await spoken("forget", "--practice", "1", "--lake", lake.location);
        expect([wrong.code, wrong.said]).toEqual([2, expect.stringMatching(/AGB-code van acht cijfers/)]);
        const short = await spoken("forget", "--practice", PRACTICE, "--patient", "Jan", "--lake", lake.location);
        expect([short.code, short.said]).toEqual([2, expect.not.stringContaining("Jan")]);
        const empty = await spoken("forget", "--practice", PRACTICE, "--lake", `${lake.location}-leeg`);
        expect([empty.code, empty.said]).toEqual([1, expect.stringMatching(/nog geen leveringen/)]);
    });
});

async function spoken(...words: string[]): Promise<{ code: number; said: string }> {
    let said = "";
    const hear = (part: unknown): boolean => {
        said += String(part);
        return true;
    };
    const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(hear));
    const code = await main(words);
    for (const spy of spies) spy.mockRestore();
    return { code, said };
}

/** Ids from the oldest release to the current one. */
async function releasesOf(lake: Lake): Promise<string[]> {
    const ids: string[] = [];
    let view = await readRelease(lake);
    while (view) {
        ids.unshift(view.release.id);
        view = view.release.parent === null ? null : await readRelease(lake, view.release.parent);
    }
    return ids;
}

async function everyReleaseIsWhole(lake: Lake): Promise<void> {
    const there = new Set(await lake.store.list("lake/"));
    const ids = await releasesOf(lake);
    expect((await lake.store.list("releases/")).length).toBe(ids.length);
    const named = new Set<string>();
    for (const id of ids)
        for (const { files } of (await readRelease(lake, id))?.deliveries ?? [])
            for (const { key } of files) named.add(key);
    expect([...there].sort()).toEqual([...named].sort());
}
