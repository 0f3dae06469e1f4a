import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CONTRACT } from "../pipelines/contract.ts";
import { defineFormat, type Format, readFormats } from "../pipelines/format.ts";
import { checkFormat } from "../pipelines/layout/format-check.ts";
import { coverageText, proposalText, questionsText } from "../pipelines/layout/format-report.ts";
import type { SampleFile } from "../pipelines/layout/format-sample.ts";
import { formatSource } from "../pipelines/layout/format-source.ts";
import { type Proposal, sniff } from "../pipelines/layout/sniff.ts";
import { describeText } from "../pipelines/layout/sniff-text.ts";
import { SYNONYMS } from "../pipelines/layout/sniff-vocabulary.ts";
import { columnsOf } from "../pipelines/table.ts";
import { FIXTURES } from "./support/delivery-files.ts";

const PEILDATUM = "2024-06-30";

const sampleFile = (name: string, content: string | Buffer): SampleFile => ({
    name,
    entry: {
        path: name,
        async *read() {
            yield Buffer.from(content);
        },
    },
});

/** A file of a sample under a new name, its columns renamed, its text rewritten. */
interface Disguise {
    file: string;
    columns?: Record<string, string>;
    rewrite?: (text: string) => string;
}

async function disguised(delivery: string, disguises: Record<string, Disguise>): Promise<SampleFile[]> {
    const names = (await readdir(join(FIXTURES, delivery))).filter((name) => !name.endsWith(".json"));
    return Promise.all(
        names.map(async (name) => {
            const { file, columns = {}, rewrite = (text: string) => text } = disguises[name] ?? { file: name };
            const text = (await readFile(join(FIXTURES, delivery, name))).toString("latin1");
            const [head = "", ...lines] = text.split("\n");
            const renamed = Object.keys(columns).length === 0 ? head : renameHead(head, columns);
            return sampleFile(file, Buffer.from(rewrite([renamed, ...lines].join("\n")), "latin1"));
        }),
    );
}

const renameHead = (head: string, columns: Record<string, string>): string =>
    head.replace(/[a-z][a-z0-9_]*/gi, (title) => columns[title] ?? title);

const patient = { patientnr: "pat_nummer", agb: "praktijk_agb", patient_id: "clientnr" };

const DISGUISES: Record<string, Record<string, Disguise>> = {
    "his-lang_01900001_20240630": {
        "patienten.csv": {
            file: "export_personen.csv",
            columns: {
                ...patient,
                geboortejaar: "geb_jaar",
                geslacht: "sekse",
                postcode4: "pc_cijfers",
                inschrijfdatum: "ingeschreven_sinds",
                uitschrijfdatum: "uitgeschreven_per",
                categorie: "soort_inschrijving",
            },
        },
        "episodes.csv": {
            file: "export_problemen.csv",
            columns: {
                ...patient,
                icpc: "diagnose_icpc",
                startdatum: "begin_datum",
                einddatum: "eind_datum",
                status: "toestand",
            },
        },
        "bepalingen.csv": {
            file: "export_uitslagen.csv",
            columns: { ...patient, nhgnr: "nhg_code", datum: "datum_meting", waarde: "uitslag", eenheid: "unit" },
        },
        "contacten.csv": {
            file: "export_consulten.csv",
            columns: {
                ...patient,
                datum: "consultdatum",
                soort: "contact_type",
                discipline: "uitvoerder",
                icpc: "icpc_contact",
            },
        },
        "medicatie.csv": {
            file: "export_voorschriften.csv",
            columns: { ...patient, datum: "recept_datum", atc: "atc_code", dagen: "duur_dagen" },
        },
        "verwijzingen.csv": {
            file: "export_verwijsbrieven.csv",
            columns: { ...patient, datum: "datum_verwijzing", bestemming: "verwezen_naar", programma: "gli_programma" },
        },
    },
    "his-breed_01900002_20231231": {
        "patient.csv": {
            file: "patients.csv",
            columns: {
                ...patient,
                geboortejaar: "year_of_birth",
                sekse: "gender",
                pc4: "zip4",
                ingeschreven_vanaf: "registration_start",
                ingeschreven_tot: "registration_end",
                type: "patient_type",
            },
            rewrite: (text) => text.replace('"vrouw"', '"female"').replace('"onbekend"', '"unknown"'),
        },
        "probleem.csv": {
            file: "problems.csv",
            columns: { ...patient, icpc: "icpc_code", vanaf: "start_date", tot: "end_date", actief: "active" },
        },
        "meetwaarden.csv": { file: "metingen_breed.csv", columns: { ...patient, datum: "meet_datum" } },
        "contact.csv": {
            file: "encounters.csv",
            columns: { ...patient, datum: "contact_date", soort: "contact_kind", discipline: "role" },
        },
        "recept.csv": {
            file: "medication.csv",
            columns: { ...patient, datum: "prescription_date", dagen: "days_supply" },
        },
        "verwijzing.csv": {
            file: "referrals.csv",
            columns: { ...patient, datum: "referral_date", bestemming: "referred_to" },
        },
    },
    "his-journaal_01900003_20240630": {
        "journaal.txt": {
            file: "journaal.txt",
            rewrite: (text) =>
                ["PAT", "EPI", "MET", "CON", "REC", "VER"].reduce(
                    (renamed, type) => renamed.replace(new RegExp(`^${type[0]}\\|`, "gm"), `${type}|`),
                    text,
                ),
        },
    },
    viplive_regio_20240630: {
        "ketenzorg.csv": {
            file: "keten_deelname.csv",
            columns: {
                ...patient,
                programma: "zorgprogramma",
                startdatum: "begindatum",
                hoofdbehandelaar: "behandelt",
            },
        },
        "acp.csv": {
            file: "acp_gesprekken.csv",
            columns: { ...patient, datum: "gespreksdatum", vorm: "soort_gesprek" },
        },
        "kwetsbaarheid.csv": {
            file: "frailty.csv",
            columns: {
                ...patient,
                datum: "datum_score",
                instrument: "meetinstrument",
                score: "totaal_score",
                kwetsbaar: "is_kwetsbaar",
                bron: "herkomst",
            },
        },
        "zorgplannen.csv": { file: "care_plans.csv", columns: { ...patient, datum: "plan_datum", soort: "type_plan" } },
        "gli.csv": {
            file: "leefstijl.csv",
            columns: {
                ...patient,
                verwijsdatum: "datum_verwijzing",
                intakedatum: "datum_intake",
                startdatum: "datum_start",
                einddatum: "datum_einde",
                einde: "afloop",
            },
        },
        "consultaties.csv": {
            file: "digitale_consultaties.csv",
            columns: {
                ...patient,
                datum: "vraag_datum",
                antwoorddatum: "antwoord_op",
                onderwerp: "thema",
                bij: "gevraagd_aan",
                ziekenhuis: "instelling",
            },
        },
        "telemonitoring.csv": {
            file: "thuismeten.csv",
            columns: { ...patient, startdatum: "start", einddatum: "eind", aandoening: "ziektebeeld" },
        },
        "portaal.csv": {
            file: "portaal_gebruik.csv",
            columns: {
                agb: "praktijkcode",
                maand: "periode",
                ingeschreven_16plus: "aantal_16plus",
                gebruikt_inzage: "aantal_inzage",
            },
        },
    },
    bureau_regio_20240630: {
        "praktijken.csv": {
            file: "register.csv",
            columns: {
                agb: "agb_code",
                naam: "praktijknaam",
                organisatie: "zorggroep",
                hagro: "huisartsengroep",
                gebied: "gebied_id",
                his: "his_naam",
                toegetreden: "lid_vanaf",
                vertrokken: "lid_tot",
            },
        },
        "gebieden.csv": {
            file: "gemeenten.csv",
            columns: {
                gebied: "gebied_id",
                naam: "gebiedsnaam",
                cbs_code: "gemeentecode",
                postcodes: "pc4_lijst",
                van: "geldig_vanaf",
                tot: "geldig_tot",
            },
        },
        "praktijkfeiten.csv": {
            file: "kenmerken_praktijk.csv",
            columns: { agb: "agb_code", feit: "kenmerk", datum: "per_datum", waarde: "antwoord" },
        },
        "regiofeiten.csv": {
            file: "kenmerken_regio.csv",
            columns: {
                gebied: "regio_of_gebied",
                feit: "kenmerk",
                datum: "per_datum",
                aantal: "hoeveel",
                code: "sub_code",
            },
        },
        "personeel.csv": {
            file: "medewerkers.csv",
            columns: {
                agb: "agb_code",
                datum: "tel_datum",
                functie: "beroep",
                aantal: "aantal_personen",
                fte: "omvang_fte",
            },
        },
    },
};

/** Per table, which lake columns a layout fills. */
function filledBy(format: Format): Record<string, string[]> {
    const files = Object.values(format.files ?? {}).map(({ table, columns }) => ({
        table,
        fields: Object.values(columns),
    }));
    const records = Object.values(format.records ?? {}).map(({ table, fields }) => ({ table, fields: [...fields] }));
    return Object.fromEntries(
        [...files, ...records].map(({ table, fields }) => [
            table,
            fields.map((field) => `${field.to} ${field.reading}`).sort(),
        ]),
    );
}

/** Everything that is shown or written about a proposal. */
async function saidOf(proposal: Proposal, sample: readonly SampleFile[]): Promise<string> {
    const coverage = await checkFormat(proposal.format, sample, PEILDATUM);
    return [
        formatSource("proef", proposal, "/tmp"),
        proposalText("proef", "proef.ts", proposal),
        coverageText("proef", coverage),
        questionsText(proposal.questions),
        JSON.stringify({ proposal, coverage }),
    ].join("\n");
}

/** Cells of a sample that are no coded word of the contract or known synonym. */
async function cellsOf(sample: readonly SampleFile[]): Promise<Set<string>> {
    const words = new Set(
        [...CONTRACT.values()]
            .flatMap((table) => columnsOf(table).flatMap(({ constraints }) => constraints.words ?? []))
            .map((word) => word.toLowerCase()),
    );
    for (const [synonym, word] of Object.values(SYNONYMS).flatMap((known) => Object.entries(known)))
        words.add(synonym).add(word);
    const cells = new Set<string>();
    for (const { entry, name } of sample) {
        for await (const chunk of entry.read()) {
            const { records } = describeText(chunk, name);
            for (const cell of records.flat()) if (cell.length >= 4 && !words.has(cell.toLowerCase())) cells.add(cell);
        }
    }
    return cells;
}

describe("a sample with strange file names, columns and words becomes a layout that reads it", () => {
    test.each(Object.keys(DISGUISES))("%s", async (delivery) => {
        const sample = await disguised(delivery, DISGUISES[delivery] ?? {});
        const formats = await readFormats();
        const original = formats.get(delivery.split("_")[0] ?? "");
        const proposal = await sniff(sample, formats);
        expect(proposal.format.source).toBe(original?.source);
        expect(proposal.format.sender).toBe(original?.sender);
        expect(proposal.format.dialect).toEqual(original?.dialect);
        const expected = filledBy(original ?? defineFormat({ ...proposal.format, files: {} }));
        if (delivery.startsWith("viplive")) delete expected.platform_use;
        expect(filledBy(proposal.format)).toEqual(expected);
        const coverage = await checkFormat(proposal.format, sample, PEILDATUM);
        expect(coverage).toMatchObject({ good: true, faults: [], refusals: [], missingFiles: [], unknownFiles: [] });
        expect(coverage.kept).toBe(coverage.rows);
        expect(coverage.cells.read).toBe(coverage.cells.filled);
        expect(coverage.cells.filled).toBeGreaterThan(30);
    });

    test.each(Object.keys(DISGUISES))("nothing of %s but code words is written or shown", async (delivery) => {
        const sample = await disguised(delivery, DISGUISES[delivery] ?? {});
        const said = await saidOf(await sniff(sample, await readFormats()), sample);
        const titles = /^[a-z_0-9]+$/;
        const leaked = [...(await cellsOf(sample))].filter(
            (cell) => !(titles.test(cell) && cell.length < 8) && said.includes(cell),
        );
        expect(leaked).toEqual([]);
    });
});

describe("a sample that says less becomes questions", () => {
    const rows = (count: number, row: (at: number) => string): string =>
        Array.from({ length: count }, (_, at) => `${row(at)}\n`).join("");
    const key = (at: number): string => `PS-${String(at % 40).padStart(6, "0")}`;
    const pad = (number: number): string => String(number).padStart(2, "0");

    test("columns without meaning in their names are told apart by their values", async () => {
        const sample = [
            sampleFile(
                "a.csv",
                `k1\tk2\tk3\tk4\tk5\tk6\n${rows(40, (at) => `${key(at)}\t${1930 + at * 2}\t${at % 2 ? "V" : "M"}\t32${10 + at}\t2001-02-${pad(1 + (at % 28))}\tvast`)}`,
            ),
            sampleFile(
                "b.csv",
                `k1\tk2\tk3\tk4\n${rows(80, (at) => `${key(at)}\tA10BA0${at % 5}\t90\t2023-05-${pad(1 + (at % 28))}`)}`,
            ),
        ];
        const proposal = await sniff(sample, await readFormats());
        expect(proposal.format.dialect).toMatchObject({ delimiter: "\t", dates: "jjjj-mm-dd" });
        expect(proposal.format.files?.["a.csv"]).toMatchObject({
            table: "patients",
            columns: {
                k1: { to: "patient_id" },
                k2: { to: "birth_year" },
                k3: { to: "sex" },
                k4: { to: "postcode4" },
                k5: { to: "registered_from" },
                k6: { to: "category" },
            },
        });
        expect(proposal.format.files?.["b.csv"]).toMatchObject({
            table: "prescriptions",
            columns: { k1: { to: "patient_id" }, k2: { to: "atc" }, k3: { to: "days" }, k4: { to: "prescribed_on" } },
        });
        expect((await checkFormat(proposal.format, sample, PEILDATUM)).good).toBe(true);
        expect(proposal.questions.map(({ text }) => text).join("\n")).toContain("codering utf-8, of windows-1252");
    });

    test("identifying columns, unreadable days, files without a header and unknown files are asked about", async () => {
        const sample = [
            sampleFile(
                "patienten.csv",
                `patientnr;geboortejaar;achternaam;geslacht;inschrijfdatum;categorie\n${rows(30, (at) => `${key(at)};1950;Geheim;M;${String(1 + (at % 28)).padStart(2, "0")}-02-01;vast`)}`,
            ),
            sampleFile(
                "zonder_kop.csv",
                rows(30, (at) => `${key(at)};2023-01-01;x;${at}`),
            ),
            sampleFile("iets.csv", `kleur;smaak\n${rows(5, () => "rood;zoet")}`),
        ];
        const { questions, format } = await sniff(sample, await readFormats());
        const asked = questions.map(({ file, column = "", text }) => `${file} ${column} ${text}`).join("\n");
        expect(asked).toContain("patienten.csv achternaam heet naar naam van een persoon");
        expect(asked).toContain("datums geschreven als dd-mm-jj kan geen indeling lezen");
        expect(asked).toContain("zonder_kop.csv  heeft geen kop met kolomnamen");
        expect(asked).toContain("iets.csv  welke tabel van het meer is dit?");
        expect(asked).not.toMatch(/Geheim|PS-0|rood|zoet/);
        expect(Object.keys(format.files ?? {})).toEqual(["patienten.csv"]);
    });

    test("an unknown code word is asked about by name only where most words are known", async () => {
        const contacts = (kind: (at: number) => string): SampleFile[] => [
            sampleFile(
                "contacten.csv",
                `patientnr;datum;soort;discipline;icpc\n${rows(40, (at) => `${key(at)};13-02-2023;${kind(at)};huisarts;T90`)}`,
            ),
        ];
        const few = await sniff(
            contacts((at) => ["consult", "visite", "groepsuur"][at % 3] ?? ""),
            await readFormats(),
        );
        expect(few.questions.find(({ column }) => column === "soort")?.text).toContain(
            "1 woord staat niet in de lijst: groepsuur",
        );
        const many = await sniff(
            contacts((at) => ["zus", "zo", "anders"][at % 3] ?? ""),
            await readFormats(),
        );
        expect(JSON.stringify(many.questions)).not.toMatch(/zus|anders/);
    });
});
