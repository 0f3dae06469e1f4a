import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { type Lake, openLake, readRelease } from "../pipelines/lake.ts";
import {
    asideOf,
    EFFECTS,
    emptyLake,
    type Files,
    lakeWithRegister,
    rowsOf,
    sample,
    sampleFiles,
    take,
    writeFolder,
    writeGzip,
    writeZip,
} from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const HIS_LANG = "his-lang_01900001_20240630";

/** A small whole his-lang delivery; files given replace or add. */
function hisLang(change: Files = {}): Files {
    return {
        "patienten.csv":
            "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\nKAAS-0001;1957;V;3201;01-03-2011;;vast\n",
        "episodes.csv": "patientnr;icpc;startdatum;einddatum;status\n",
        "bepalingen.csv": "patientnr;nhgnr;datum;waarde;eenheid\n",
        "contacten.csv": "patientnr;datum;soort;discipline;icpc\n",
        "medicatie.csv": "patientnr;datum;atc;dagen\n",
        "verwijzingen.csv": "patientnr;datum;bestemming;programma\n",
        ...change,
    };
}

const measurements = (...lines: string[]): Files =>
    hisLang({ "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${lines.join("\n")}\n` });

const releaseId = async (lake: Lake): Promise<string | undefined> => (await readRelease(lake))?.release.id;

async function allFiles(folder: string): Promise<string[]> {
    return (await readdir(folder, { recursive: true })).sort();
}

describe("a delivery is a full snapshot that replaces the one before", () => {
    test("the newest peildatum and then the highest volgnr wins, in whatever order they arrive", async () => {
        const root = await scratch();
        const born = async (name: string, year: number) =>
            writeFolder(root, name, {
                ...hisLang(),
                "patienten.csv": `patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\nKAAS-0001;${year};V;3201;01-03-2011;;vast\n`,
            });
        const proving = process.env.PROVE === "1";
        const deliveries = [
            await born("his-lang_01900001_20240331_2", 1951),
            await born("his-lang_01900001_20240630", 1953),
            await born("his-lang_01900001_20240630_3", 1954),
            ...(proving ? [await born("his-lang_01900001_20240331", 1952)] : []),
            ...(proving ? [await born("his-lang_01900001_20240630_2", 1955)] : []),
        ];
        const releases = new Set<string | undefined>();
        await fc.assert(
            fc.asyncProperty(
                fc.shuffledSubarray(deliveries, { minLength: deliveries.length }),
                fc.integer({ min: 0, max: deliveries.length - 1 }),
                async (order, again) => {
                    const { lake } = await lakeWithRegister();
                    for (const path of [...order, order[again] ?? ""]) {
                        const [receipt] = await take(lake, path);
                        expect(receipt?.accepted).toBe(true);
                    }
                    expect(await rowsOf(lake, "patients", "birth_year")).toEqual([[1954]]);
                    releases.add(await releaseId(lake));
                },
            ),
            { numRuns: proving ? 100 : 2, seed: 7 },
        );
        expect(releases.size).toBe(1);
    });

    test("a correction removes rows, and the old ones can still be read in the old release", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(
            lake,
            await writeFolder(
                root,
                HIS_LANG,
                measurements("KAAS-0001;2816;01-05-2024;48;", "KAAS-0001;2816;02-05-2024;49;"),
            ),
        );
        const before = await releaseId(lake);
        await take(lake, await writeFolder(root, `${HIS_LANG}_2`, measurements("KAAS-0001;2816;01-05-2024;48;")));
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[48]]);
        const old = await readRelease(lake, before);
        expect(old?.files.find(({ table }) => table === "measurements")?.rows).toBe(2);
    });

    test("a practice that changes HIS is counted once", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, "his-lang_01900001_20240331", hisLang()));
        const [receipt] = await take(
            lake,
            await writeGzip(root, "his-journaal_01900001_20240630.gz", "P|KAAS-0001|1957|V|3201|20110301||V\n"),
        );
        expect(receipt?.accepted).toBe(true);
        expect(await rowsOf(lake, "patients", "birth_year")).toEqual([[1957]]);
    });

    test("the same bytes again change nothing; the same name with other bytes is refused", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, HIS_LANG, hisLang()));
        const before = await releaseId(lake);
        const [again] = await take(lake, join(root, HIS_LANG));
        expect([again?.accepted, again?.known]).toEqual([true, true]);
        await writeFolder(root, HIS_LANG, measurements("KAAS-0001;2816;01-05-2024;48;"));
        const [other] = await take(lake, join(root, HIS_LANG));
        expect([other?.accepted, other?.code]).toEqual([false, "naam_hergebruikt"]);
        expect(await releaseId(lake)).toBe(before);
    });

    test("a multi-practice delivery replaces only whom it covers, and a covered practice without rows has none", async () => {
        const { lake, root } = await lakeWithRegister();
        const viplive = await sampleFiles("viplive_regio_20240630");
        const empty = Object.fromEntries(
            Object.entries(viplive).map(([file, content]) => [
                file,
                `${content.toString("utf8").split("\r\n")[0]}\r\n`,
            ]),
        );
        await take(lake, await writeFolder(root, "viplive_regio_20240331", viplive));
        await take(
            lake,
            await writeFolder(root, "viplive_regio_20240630", {
                ...empty,
                "levering.json": '{"praktijken":["1900001"]}',
            }),
        );
        expect(await rowsOf(lake, "programmes", "practice_id")).toEqual([["01900002"]]);
        const coverage = (await readRelease(lake))?.coverage.filter(({ source }) => source === "VIPLive");
        expect(coverage?.map(({ practice, peildatum }) => [practice, peildatum])).toEqual([
            ["01900001", "2024-06-30"],
            ["01900002", "2024-03-31"],
            ["01900003", "2024-03-31"],
        ]);
    });

    test("rows of practices that the register or the list does not know are set aside", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = await sampleFiles("viplive_regio_20240630");
        const portal =
            "agb;maand;ingeschreven_16plus;gebruikt_inzage\n01900009;2022-12;1;1\n01900001;2022-12;2;1\n01900002;2022-12;3;1\n";
        const name = "viplive_regio_20240630";
        await take(
            lake,
            await writeFolder(root, name, {
                ...files,
                "portaal.csv": portal,
                "levering.json": '{"praktijken":["01900001","01900003"]}',
            }),
        );
        expect(await rowsOf(lake, "portal_use", "enrolled_16plus")).toEqual([[2]]);
        expect((await asideOf(lake, name)).filter(([file]) => file === "portaal.csv")).toEqual([
            ["portaal.csv", 2, "praktijk_onbekend"],
            ["portaal.csv", 4, "praktijk_onbekend"],
        ]);
    });

    test("history begins at gegevens_vanaf, or 60 months before the peildatum", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(
            lake,
            await writeFolder(root, HIS_LANG, hisLang({ "levering.json": '{"gegevens_vanaf":"2018-01-01"}' })),
        );
        await take(lake, await sample(root, "his-journaal_01900003_20240630"));
        const from = (await readRelease(lake))?.coverage.filter(({ source }) => source === "HIS");
        expect(from?.map(({ historyFrom }) => historyFrom)).toEqual(["2018-01-01", "2019-06-30"]);
    });

    test("a folder of deliveries is taken whole, the register first, hidden entries passed over", async () => {
        const lake = await emptyLake();
        const root = join(await scratch(), "inbox");
        await mkdir(root);
        await writeFile(join(root, ".demo.json"), "{}");
        for (const name of ["his-lang_01900001_20240630", "bureau_regio_20240630", "viplive_regio_20240630"])
            await sample(root, name);
        const receipts = await take(lake, root);
        expect(receipts.map(({ accepted }) => accepted)).toEqual([true, true, true]);
        expect(receipts[0]?.delivery).toBe("bureau_regio_20240630");
    });

    test("a rerun into a new lake with the same key gives the same files, byte for byte", async () => {
        const root = await scratch();
        const names = [
            "bureau_regio_20240630",
            "his-lang_01900001_20240630",
            "his-breed_01900002_20231231",
            "viplive_regio_20240630",
        ];
        const paths = await Promise.all(names.map((name) => sample(root, name)));
        const lakes = [openLake(join(root, "een")), openLake(join(root, "twee"))];
        await writeFile(lakes[0]?.secretPath ?? "", "11".repeat(32));
        await writeFile(lakes[1]?.secretPath ?? "", "11".repeat(32));
        const hashes: unknown[] = [];
        for (const [index, lake] of lakes.entries()) {
            await take(lake, ...(index === 0 ? paths : [...paths].reverse()));
            const files = (await allFiles(lake.location)).filter((file) => /\.(parquet|json)$/.test(file));
            hashes.push(
                await Promise.all(
                    files.map(async (file) => [
                        file,
                        createHash("sha256")
                            .update(await readFile(join(lake.location, file)))
                            .digest("hex"),
                    ]),
                ),
            );
        }
        expect(hashes[0]).toEqual(hashes[1]);
    });
});

describe("row problems set the row aside with its line", () => {
    test("one of each, with the first problem deciding, and line numbers that hold", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = hisLang({
            "patienten.csv": [
                "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie",
                "KAAS-0001;1957;V;3201;01-03-2011;;vast",
                "KORT;1957;V;3201;01-03-2011;;vast",
                "KAAS-0002;1899;V;3201;01-03-2011;;vast",
                "KAAS-0003;2025;V;3201;01-03-2011;;vast",
                "KAAS-0004;1957;V;3201;01-03-2011;28-02-2011;vast",
                "KAAS-0005;1957;X;3201;01-03-2011;;vast",
                "KAAS-0006;1957;V;32;01-03-2011;;vast",
                "KAAS-0007;1957;V;3201;31-02-2011;;vast",
                "KAAS-0008;;V;3201;01-03-2011;;vast",
            ].join("\n"),
            "episodes.csv":
                'patientnr;icpc;startdatum;einddatum;status\r\n\r\nKAAS-0001;"T9002";01-01-2020;;actief\r\nKAAS-0001;T90.02;01-01-2020;;"a\r\nb"\r\nKAAS-0001;T90.02;01-01-1980;;actief\r\nKAAS-0009;T90.02;01-01-2020;;actief\r\n',
            "contacten.csv": [
                "patientnr;datum;soort;discipline;icpc",
                "KAAS-0001;01-07-2024;consult;huisarts;",
                "KAAS-0001;31-12-1989;consult;huisarts;",
                "KAAS-0001;30-06-2024;consult;huisarts;",
                "KAAS-0001;30-06-2024;consult",
                "KAAS-0001;30-06-2024;consult;huisarts;;;T90",
                "KAAS-0001;30-06-2024;consult;huisarts;;;;;;",
                "KAAS-0001;30-06-2024;praatje;huisarts;",
                "KAAS-0001;01-01-24;consult;huisarts;",
            ].join("\n"),
            "medicatie.csv":
                "patientnr;datum;atc;dagen\nKAAS-0001;08-01-2024;A1;90\nKAAS-0001;08-01-2024;A10;9,5\nKAAS-0001;08-01-2024;;9\n",
        });
        const [receipt] = await take(lake, await writeFolder(root, HIS_LANG, files));
        expect(receipt?.message).toBeUndefined();
        expect(await asideOf(lake, HIS_LANG)).toEqual(
            [
                ["patienten.csv", 3, "pseudoniem_lengte"],
                ["patienten.csv", 4, "geboortejaar_onmogelijk"],
                ["patienten.csv", 5, "geboortejaar_onmogelijk"],
                ["patienten.csv", 6, "einde_voor_start"],
                ["patienten.csv", 7, "woord_onbekend"],
                ["patienten.csv", 8, "postcode_onleesbaar"],
                ["patienten.csv", 9, "datum_onleesbaar"],
                ["patienten.csv", 10, "veld_ontbreekt"],
                ["episodes.csv", 3, "icpc_onbekend"],
                ["episodes.csv", 4, "woord_onbekend"],
                ["episodes.csv", 7, "patient_onbekend"],
                ["contacten.csv", 2, "na_peildatum"],
                ["contacten.csv", 3, "voor_1990"],
                ["contacten.csv", 5, "velden_te_weinig"],
                ["contacten.csv", 6, "velden_te_veel"],
                ["contacten.csv", 8, "woord_onbekend"],
                ["contacten.csv", 9, "datum_onleesbaar"],
                ["medicatie.csv", 2, "atc_onbekend"],
                ["medicatie.csv", 3, "getal_onleesbaar"],
                ["medicatie.csv", 4, "veld_ontbreekt"],
            ].sort((a, b) => `${a[0]}`.localeCompare(`${b[0]}`) || Number(a[1]) - Number(b[1])),
        );
        expect(receipt?.files.find(({ name }) => name === "contacten.csv")).toEqual({
            name: "contacten.csv",
            rows: 8,
            kept: 2,
            duplicates: 1,
            aside: {
                datum_onleesbaar: 1,
                na_peildatum: 1,
                velden_te_veel: 1,
                velden_te_weinig: 1,
                voor_1990: 1,
                woord_onbekend: 1,
            },
        });
        expect(await rowsOf(lake, "episodes", "start_date")).toEqual([["1980-01-01"]]);
    });

    test("a damaged quote costs one record and not the next", async () => {
        const { lake, root } = await lakeWithRegister();
        const lines = [
            '"KAAS-0001";"2816";"01-05-2024";"48";""',
            '"KAAS-0001";"2816";"02-05"2024";"49";""',
            '"KAAS-0001";"2816";"03-05-2024";"50";""',
        ];
        await take(lake, await writeFolder(root, HIS_LANG, measurements(...lines)));
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[48], [50]]);
        expect(await asideOf(lake, HIS_LANG)).toEqual([["bepalingen.csv", 3, "aanhaling_onleesbaar"]]);
    });

    test("up to 5 % or 10 rows may be set aside, above that the delivery is refused", async () => {
        const { lake, root } = await lakeWithRegister();
        const good = (count: number) =>
            Array.from({ length: count }, (_, index) => `KAAS-0001;2816;01-05-2023;${10 + index * 0.1};`);
        const bad = (count: number) => Array.from({ length: count }, () => "KAAS-0001;2816;01-05-2023;onzin;");
        const result = async (name: string, goodRows: number, badRows: number) => {
            const [receipt] = await take(
                lake,
                await writeFolder(root, name, measurements(...good(goodRows), ...bad(badRows))),
            );
            return receipt?.code ?? "ok";
        };
        expect(await result("his-lang_01900001_20240101", 0, 10)).toBe("ok");
        expect(await result("his-lang_01900001_20240102", 0, 11)).toBe("te_veel_terzijde");
        expect(await result("his-lang_01900001_20240103", 380, 20)).toBe("ok");
        expect(await result("his-lang_01900001_20240104", 379, 20)).toBe("te_veel_terzijde");
    });

    test("in a journal the share is taken per record type, and an unknown type is set aside", async () => {
        const { lake, root } = await lakeWithRegister();
        const patient = "P|MELK-0001|1971|M|3202|20230101||V";
        const contacts = Array.from(
            { length: 500 },
            (_, index) =>
                `C|MELK-0001|2024${String(1 + (index % 6)).padStart(2, "0")}01|consult|huisarts|A${10 + (index % 80)}`,
        );
        const bad = Array.from({ length: 11 }, () => "V|MELK-0001|20240105|nergens|");
        const [refused] = await take(
            lake,
            await writeGzip(root, "his-journaal_01900003_20240630.gz", [patient, ...contacts, ...bad].join("\n")),
        );
        expect(refused?.code).toBe("te_veel_terzijde");
        const [accepted] = await take(
            lake,
            await writeGzip(
                root,
                "his-journaal_01900003_20240630_2.gz",
                ["# begin", patient, "", "X|iets", ...contacts].join("\n"),
            ),
        );
        expect(accepted?.accepted).toBe(true);
        expect(await asideOf(lake, "his-journaal_01900003_20240630_2.gz")).toEqual([
            ["journaal", 4, "recordtype_onbekend"],
        ]);
    });

    test("equal rows become one, except consultations", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(
            lake,
            await writeFolder(
                root,
                HIS_LANG,
                measurements(
                    "KAAS-0001;2816;01-05-2024;48;",
                    "KAAS-0001;2816;01-05-2024;48,0;mmol/mol",
                    "KAAS-0001;2816;01-05-2024;49;",
                ),
            ),
        );
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[48], [49]]);
    });
});

describe("columns and files are found by name", () => {
    test("in any order and case, with unknown extras listed", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = hisLang({
            "bepalingen.csv": "bron;WAARDE;Datum;PatientNr;nhgNR;eenheid;bron2\nlab;48;01-05-2024;KAAS-0001;2816;;x\n",
            "leesmij.txt": "uitleg",
        });
        const [receipt] = await take(
            lake,
            await writeZip(
                root,
                `${HIS_LANG}.zip`,
                Object.fromEntries(
                    Object.entries(files).map(([file, content]) => [`export/${file.toUpperCase()}`, content]),
                ),
            ),
        );
        expect(receipt?.accepted).toBe(true);
        expect(receipt?.ignoredColumns).toEqual(["bepalingen.csv: bron", "bepalingen.csv: bron2"]);
        expect(receipt?.ignoredFiles).toEqual(["export/LEESMIJ.TXT"]);
        expect(await rowsOf(lake, "measurements", "value")).toEqual([[48]]);
    });

    test("organisatie is optional in the register", async () => {
        const root = await scratch();
        const lake = openLake(join(root, "meer"));
        const files = {
            ...(await sampleFiles("bureau_regio_20240630")),
            "praktijken.csv": "agb;naam;hagro;gebied;his;toegetreden;vertrokken\n01900001;De Eend;h;g;x;;\n",
        };
        await take(
            lake,
            await writeFolder(root, "bureau_regio_20240630", {
                ...files,
                "praktijkfeiten.csv": "agb;feit;datum;waarde\n",
                "personeel.csv": "agb;datum;functie;aantal;fte\n",
            }),
        );
        expect(await rowsOf(lake, "practices", "name, organisation")).toEqual([["De Eend", null]]);
    });
});

describe("a bad delivery is refused in one sentence and changes nothing", () => {
    const cases: [string, string, (root: string) => Promise<string>][] = [
        ["naam_onbekend", "a misnamed file", (root) => writeZip(root, "export.zip", hisLang())],
        [
            "naam_onbekend",
            "a peildatum that is no day",
            (root) => writeFolder(root, "his-lang_01900001_20240631", hisLang()),
        ],
        [
            "naam_onbekend",
            "a layout for one practice sent as a region",
            (root) => writeFolder(root, "his-lang_regio_20240630", hisLang()),
        ],
        [
            "naam_onbekend",
            "a journal in a zip",
            (root) => writeZip(root, "his-journaal_01900001_20240630.zip", hisLang()),
        ],
        [
            "indeling_onbekend",
            "an unknown layout",
            (root) => writeFolder(root, "his-rond_01900001_20240630", hisLang()),
        ],
        ["niet_gevonden", "a path that is not there", async (root) => join(root, "his-lang_01900001_20240630.zip")],
        [
            "peildatum_in_toekomst",
            "a peildatum after today",
            (root) => writeFolder(root, "his-lang_01900001_20240716", hisLang()),
        ],
        [
            "praktijk_niet_in_register",
            "a practice outside the register",
            (root) => writeFolder(root, "his-lang_01900008_20240630", hisLang()),
        ],
        [
            "bestand_ontbreekt",
            "a missing file",
            async (root) => {
                const { "medicatie.csv": _, ...files } = hisLang();
                return writeFolder(root, HIS_LANG, files);
            },
        ],
        [
            "bestand_dubbel",
            "a file twice",
            (root) => writeZip(root, `${HIS_LANG}.zip`, { ...hisLang(), "Patienten.CSV": "x" }),
        ],
        [
            "kolom_ontbreekt",
            "a missing column",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "medicatie.csv": "patientnr;datum;atc\n" })),
        ],
        ["kolom_ontbreekt", "an empty file", (root) => writeFolder(root, HIS_LANG, hisLang({ "medicatie.csv": "" }))],
        [
            "kolom_dubbel",
            "a column twice",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "medicatie.csv": "patientnr;datum;atc;dagen;DATUM\n" })),
        ],
        [
            "archief_onleesbaar",
            "a truncated zip",
            async (root) => {
                const path = await writeZip(root, `${HIS_LANG}.zip`, hisLang());
                await writeFile(path, (await readFile(path)).subarray(0, 300));
                return path;
            },
        ],
        [
            "archief_onleesbaar",
            "a truncated gz",
            async (root) => {
                const path = await writeGzip(
                    root,
                    "his-journaal_01900003_20240630.gz",
                    "P|MELK-0001|1971|M|3202|20230101||V\n".repeat(900),
                );
                await writeFile(path, (await readFile(path)).subarray(0, 60));
                return path;
            },
        ],
        [
            "archief_onleesbaar",
            "a zip with damaged content",
            async (root) => {
                const path = await writeZip(root, `${HIS_LANG}.zip`, hisLang());
                const bytes = await readFile(path);
                bytes[60] = (bytes[60] ?? 0) ^ 0xff;
                await writeFile(path, bytes);
                return path;
            },
        ],
        [
            "pad_buiten_archief",
            "a path that leaves the archive",
            (root) => writeZip(root, `${HIS_LANG}.zip`, { ...hisLang(), "../boven.csv": "x" }),
        ],
        [
            "link_in_archief",
            "a link in the folder",
            async (root) => {
                const path = await writeFolder(root, HIS_LANG, hisLang());
                await rm(join(path, "medicatie.csv"));
                await symlink(join(path, "episodes.csv"), join(path, "medicatie.csv"));
                return path;
            },
        ],
        [
            "archief_in_archief",
            "an archive in the archive",
            (root) => writeZip(root, `${HIS_LANG}.zip`, { ...hisLang(), "meer.zip": "PK" }),
        ],
        [
            "archief_te_groot",
            "too many entries",
            (root) =>
                writeZip(root, `${HIS_LANG}.zip`, {
                    ...hisLang(),
                    ...Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`x${index}.txt`, ""])),
                }),
        ],
        [
            "tekens_ongeldig",
            "bytes that are no UTF-8",
            (root) => writeGzip(root, "his-journaal_01900003_20240630.gz", Buffer.from([0x50, 0x7c, 0xff, 0xfe, 0x0a])),
        ],
        [
            "tekens_ongeldig",
            "bytes that are no windows-1252",
            (root) =>
                writeFolder(
                    root,
                    HIS_LANG,
                    hisLang({
                        "medicatie.csv": Buffer.from([...Buffer.from("patientnr;datum;atc;dagen\nKAAS"), 0x81, 0x0a]),
                    }),
                ),
        ],
        [
            "nul_byte",
            "a NUL byte",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "medicatie.csv": "patientnr;datum;atc;dagen\n\0\n" })),
        ],
        [
            "regel_te_lang",
            "a line over 1 MB",
            (root) =>
                writeFolder(
                    root,
                    HIS_LANG,
                    hisLang({ "medicatie.csv": `patientnr;datum;atc;dagen\n${"x".repeat(1_000_001)}\n` }),
                ),
        ],
        [
            "aanhaling_open",
            "a quote that never closes",
            (root) =>
                writeFolder(
                    root,
                    HIS_LANG,
                    hisLang({
                        "medicatie.csv":
                            'patientnr;datum;atc;dagen\nKAAS-0001;"01-01-2024;A10;1\nKAAS-0001;01-01-2024;A10;1\n',
                    }),
                ),
        ],
        [
            "levering_json_onleesbaar",
            "a levering.json that is no JSON",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "levering.json": "{" })),
        ],
        [
            "levering_json_onleesbaar",
            "a levering.json with a wrong date",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "levering.json": '{"gegevens_vanaf":"1-1-2019"}' })),
        ],
        [
            "hash_klopt_niet",
            "another hash than announced",
            (root) =>
                writeFolder(
                    root,
                    HIS_LANG,
                    hisLang({
                        "levering.json": JSON.stringify({
                            bestanden: [{ naam: "medicatie.csv", sha256: "0".repeat(64) }],
                        }),
                    }),
                ),
        ],
        [
            "rijen_kloppen_niet",
            "other row counts than announced",
            (root) =>
                writeFolder(
                    root,
                    HIS_LANG,
                    hisLang({ "levering.json": '{"bestanden":[{"naam":"patienten.csv","rijen":2}]}' }),
                ),
        ],
        [
            "persoonsgegevens",
            "a BSN column",
            (root) => writeFolder(root, HIS_LANG, hisLang({ "medicatie.csv": "patientnr;datum;atc;dagen;bsn\n" })),
        ],
    ];

    // One lake for all: none of them may change it.
    const shared = lakeWithRegister();

    test.each(cases)("%s: %s", async (code, _, write) => {
        const { lake } = await shared;
        const before = await allFiles(lake.location);
        const [receipt] = await take(lake, await write(await scratch()));
        expect([receipt?.accepted, receipt?.code]).toEqual([false, code]);
        expect(receipt?.message).toMatch(/^Levering \S+ is geweigerd: .+; .+\.$/);
        expect(await allFiles(lake.location)).toEqual(before);
    });

    test("register_ontbreekt: a practice before there is a register", async () => {
        const root = await scratch();
        const lake = openLake(join(root, "meer"));
        const [receipt] = await take(lake, await writeFolder(root, HIS_LANG, hisLang()));
        expect(receipt?.code).toBe("register_ontbreekt");
        expect(await readRelease(lake)).toBeNull();
    });

    test("a refused delivery does not stop the good ones beside it", async () => {
        const { lake, root } = await lakeWithRegister();
        const bad = await writeFolder(root, "his-lang_01900001_20240630", hisLang({ "medicatie.csv": "x\n" }));
        const receipts = await take(lake, bad, await sample(root, "his-journaal_01900003_20240630"));
        expect(receipts.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
    });
});

test("a lake that lost its key takes nothing in", async () => {
    const { lake, root } = await lakeWithRegister();
    await rm(lake.secretPath);
    await expect(ingest([await writeFolder(root, HIS_LANG, hisLang())], lake, EFFECTS)).rejects.toThrow(
        /sleutel .* ontbreekt/,
    );
});
