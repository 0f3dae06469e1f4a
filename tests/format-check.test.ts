import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import { defineFormat, type Format, readFormats, to } from "../pipelines/format.ts";
import { checkFormat } from "../pipelines/layout/format-check.ts";
import { faultsOf } from "../pipelines/layout/format-faults.ts";
import { openSample } from "../pipelines/layout/format-sample.ts";
import { FIXTURES, sample, writeFolder } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const PEILDATUM = "2024-06-30";
const LONG = "his-lang_01900001_20240630";

async function hisLang(): Promise<Format> {
    return (await readFormats()).get("his-lang") ?? expect.fail("his-lang");
}

async function told(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: "", err: "" };
    const listen = (where: "out" | "err") => (part: unknown) => {
        said[where] += String(part);
        return true;
    };
    vi.spyOn(process.stdout, "write").mockImplementation(listen("out"));
    vi.spyOn(process.stderr, "write").mockImplementation(listen("err"));
    const code = await main(words);
    vi.restoreAllMocks();
    return { code, ...said };
}

afterEach(() => vi.restoreAllMocks());

describe("a layout is checked against a sample", () => {
    test("every checked-in layout reads its own sample, in whole", async () => {
        const root = await scratch();
        for (const delivery of [LONG, "his-journaal_01900003_20240630", "viplive_regio_20240630"]) {
            const format = (await readFormats()).get(delivery.split("_")[0] ?? "") ?? expect.fail(delivery);
            const coverage = await checkFormat(format, await openSample([await sample(root, delivery)]), PEILDATUM);
            expect(coverage).toMatchObject({ good: true, faults: [], refusals: [] });
            expect(coverage.kept).toBe(coverage.rows);
        }
    });

    test("what is set aside, refused, missing or unknown is counted, and no value is repeated", async () => {
        const patients = await readFile(join(FIXTURES, LONG, "patienten.csv"), "latin1");
        const bad = patients.replace("1957", "geheim57").replace("KAAS-0002;1920", "KAAS-0002;1820");
        const path = await writeFolder(await scratch(), "voorbeeld", {
            "patienten.csv": bad,
            "contacten.csv": "patientnr;datum;soort;discipline\nKAAS-0001;12-02-2024;consult;huisarts\n",
            "episodes.csv":
                "patientnr;icpc;startdatum;einddatum;status;kolom7\nKAAS-0001;T90;01-01-2020;;actief;a.b@c.example\n",
            "iets.csv": "a;b\n1;2\n",
        });
        const coverage = await checkFormat(await hisLang(), await openSample([path]), PEILDATUM);
        expect(coverage.good).toBe(false);
        expect(coverage.unknownFiles).toEqual(["iets.csv"]);
        expect(coverage.missingFiles).toEqual(["bepalingen.csv", "medicatie.csv", "verwijzingen.csv"]);
        expect(coverage.refusals.map(({ code }) => code)).toEqual(["kolom_ontbreekt", "persoonsgegevens"]);
        const [first] = coverage.files;
        expect(first?.receipt.aside).toEqual({ geboortejaar_onmogelijk: 1, getal_onleesbaar: 1 });
        expect(first?.columns.find(({ to }) => to === "birth_year")).toMatchObject({ filled: 3, read: 2 });
        expect(JSON.stringify(coverage)).not.toMatch(/geheim57|KAAS|c\.example/);
    });

    test("the faults of a layout itself are named", () => {
        const format = defineFormat({
            source: "HIS",
            sender: "either",
            dialect: { encoding: "utf-8", delimiter: ";", quoted: true, dates: "jjjj-mm-dd" },
            files: {
                "A.csv": {
                    table: "contacts",
                    columns: { pat: to("patient_id", { reading: "pseudonym" }), dag: to("dag") },
                },
                "b.csv": { table: "bestaat_niet", columns: {} },
            },
        });
        const faults = faultsOf(format).map(({ text }) => text);
        expect(faults).toEqual([
            "A.csv: kolom dag bestaat niet in tabel contacts.",
            "A.csv: de verplichte kolom practice_id van tabel contacts wordt nergens uit gevuld.",
            "A.csv: de verplichte kolom contact_date van tabel contacts wordt nergens uit gevuld.",
            "A.csv: de verplichte kolom kind van tabel contacts wordt nergens uit gevuld.",
            "A.csv: A.csv moet in kleine letters staan, want namen worden zo vergeleken.",
            expect.stringContaining("b.csv: tabel bestaat_niet bestaat niet; kies uit "),
        ]);
    });
});

describe("regiospiegel format", () => {
    test("new writes a layout that check accepts, and does not write over it", async () => {
        const out = join(await scratch(), "indelingen");
        await mkdir(out);
        const path = join(FIXTURES, LONG);
        const made = await told("format", "new", "his-proef", path, "--out", out);
        expect(made.code).toBe(0);
        expect(made.out).toContain("Dekking van indeling his-proef: goed");
        const file = join(out, "his-proef.ts");
        expect(await readFile(file, "utf8")).toContain("// Vraag: kolom herkomst: wat is dit?");
        const checked = await told("format", "check", file, path, "--json");
        expect(checked.code).toBe(0);
        expect(JSON.parse(checked.out)).toMatchObject({ name: "his-proef", good: true, rows: 25, kept: 25 });
        const again = await told("format", "new", "his-proef", path, "--out", out);
        expect(again.code).toBe(2);
        expect(again.err).toContain("De indeling his-proef bestaat al");
    });

    test("without a name, the sample's own name is taken", async () => {
        const root = await scratch();
        const path = await writeFolder(root, "his-ander_01900001_20240630", {
            "personen.csv": await readFile(join(FIXTURES, LONG, "patienten.csv")),
        });
        expect((await told("format", "new", path, "--out", root)).code).toBe(0);
        expect(await readFile(join(root, "his-ander.ts"), "utf8")).toContain('"personen.csv": {');
    });

    test("check fails on a sample of another layout, and wrong usage is said in one sentence", async () => {
        const other = await told("format", "check", "his-lang", join(FIXTURES, "viplive_regio_20240630"));
        expect(other.code).toBe(1);
        expect(other.out).toContain("Dekking van indeling his-lang: niet goed");
        const root = await scratch();
        await writeFile(join(root, "leeg.csv"), "");
        for (const [words, sentence] of [
            [["new"], "Er ontbreekt een argument"],
            [["verzin", "x"], "Onbekende opdracht format verzin"],
            [["new", "his-x", join(root, "niet-er")], "bestaat niet"],
            [["check", "his-onbekend", FIXTURES], "Indeling his-onbekend bestaat niet"],
        ] as const) {
            const { code, err } = await told("format", ...words);
            expect([code, err.trim().split("\n").length]).toEqual([2, 1]);
            expect(err).toContain(sentence);
        }
        const empty = await told("format", "new", "his-leeg", join(root, "leeg.csv"), "--out", root);
        expect(empty.code).toBe(1);
        expect(empty.err).toContain("geen enkele tabel herkend");
    });
});
