import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PRACTICE, SECOND_PRACTICE } from "./bad-delivery.ts";
import { regiospiegel } from "./command-line.ts";
import { asideOf, type Receipt, Receipts, receiptOf } from "./receipts.ts";
import {
    type Files,
    gzipped,
    hisBreed,
    hisJournal,
    hisLang,
    lines,
    put,
    register,
    viplive,
    zipped,
} from "./small-deliveries.ts";

/** Rows that are added to a good delivery of peildatum 30-06-2024, and the code that each must be set aside with. */
type Rows = readonly (readonly [row: string, code: string | null])[];

const X = "zqxmerk";
const LONG = "a".repeat(64);

const PATIENTS: Rows = [
    ["oudste001;1900;V;3201;01-01-1985;;VAST", null],
    ["jongste01;2024;V;3201;30-06-2024;;VAST", null],
    [`${LONG};1950;v; 3201 ;01-01-2015;31-12-2031; vast `, null],
    ["zelfdag01;1950;O;3201;01-01-2015;01-01-2015;passant", null],
    ["patient901;1899;V;3201;01-01-2015;;VAST", "geboortejaar_onmogelijk"],
    ["patient902;2025;V;3201;01-01-2015;;VAST", "geboortejaar_onmogelijk"],
    ["kort123;1950;V;3201;01-01-2015;;VAST", "pseudoniem_lengte"],
    [`${LONG}b;1950;V;3201;01-01-2015;;VAST`, "pseudoniem_lengte"],
    [`patient903;1950;${X};3201;01-01-2015;;VAST`, "woord_onbekend"],
    [`patient904;1950;V;3201;01-01-2015;;${X}`, "woord_onbekend"],
    ["patient905;1950;V;32;01-01-2015;;VAST", "postcode_onleesbaar"],
    ["patient906;1950;V;3201;01-01-2015;31-12-2014;VAST", "einde_voor_start"],
    ["patient907;1950;V;3201;31-02-2015;;VAST", "datum_onleesbaar"],
    ["patient908;;V;3201;01-01-2015;;VAST", "veld_ontbreekt"],
];

const EPISODES: Rows = [
    ["patient001;K86;01-01-1980;;ACTIEF", null],
    ["patient001;k87.01;01-01-2020;01-01-2020;inactief", null],
    ["patient001;Z9Q;01-01-2020;;actief", "icpc_onbekend"],
    ["patient001;T90.2;01-01-2020;;actief", "icpc_onbekend"],
    [`${X}-niemand;K86;01-01-2020;;actief`, "patient_onbekend"],
    [`patient001;K86;01-01-2020;;${X}`, "woord_onbekend"],
    ["patient001;K86", "velden_te_weinig"],
    [`patient001;K86;01-01-2020;;actief;${X}`, "velden_te_veel"],
];

const MEASUREMENTS: Rows = [
    ["patient001;2816;30-06-2024;10;mmol/mol", null],
    ["patient001;2816;01-01-1990;250;", null],
    ["patient001;2816;02-01-2024;7,2;%", null],
    ["patient001;3266;02-01-2024;7.2 %;", null],
    ["patient001;1744;02-01-2024;40 mmHg;mmHg", null],
    ["patient001;1744;03-01-2024;>300;", null],
    ["patient001;1744;04-01-2024;1E+02;mmHg", null],
    ["patient001;542;04-01-2024;<0,1;mmol/l", null],
    ["patient001;1739;04-01-2024; Rookt ;", null],
    ["patient001;2785;04-01-2024;J;", null],
    [`patient001;2196;04-01-2024;${"a".repeat(40)};`, null],
    ["patient001;99999;04-01-2024;iets nieuws 2;", null],
    ["patient001;2816;05-01-2024;-;", null],
    ["patient001;2816;06-01-2024;;mmol/mol", null],
    ["patient001;2816;04-01-2024;7,2;", "buiten_bereik"],
    ["patient001;2816;04-01-2024;9;mmol/mol", "buiten_bereik"],
    ["patient001;2816;04-01-2024;251;mmol/mol", "buiten_bereik"],
    ["patient001;1744;04-01-2024;301;mmHg", "buiten_bereik"],
    ["patient001;542;04-01-2024;20,1;mmol/l", "buiten_bereik"],
    ["patient001;2816;01-07-2024;52;mmol/mol", "na_peildatum"],
    ["patient001;2816;31-12-1989;52;mmol/mol", "voor_1990"],
    [`patient001;2816;04-01-2024;${X};`, "waarde_onleesbaar"],
    [`patient001;1739;04-01-2024;${X};`, "woord_onbekend"],
    [`patient001;2785;04-01-2024;${X};`, "woord_onbekend"],
    [`patient001;2196;04-01-2024;${X}${"a".repeat(34)};`, "waarde_onleesbaar"],
    [`patient001;${X};04-01-2024;52;`, "nhgnr_onbekend"],
    [`${X}-niemand;2816;04-01-2024;52;`, "patient_onbekend"],
    ["patient001;2816;2024-01-04;52;", "datum_onleesbaar"],
];

const CONTACTS: Rows = [
    ["patient001;15-03-2024;E-CONSULT;POH-GGZ;A20", null],
    [`patient001;15-03-2024;${X};huisarts;K86`, "woord_onbekend"],
    [`patient001;15-03-2024;consult;${X};K86`, "woord_onbekend"],
    ["patient001;15-03-2025;consult;huisarts;K86", "na_peildatum"],
];

const PRESCRIPTIONS: Rows = [
    ["patient001;15-03-2024;r03ba02;30", null],
    [`patient001;15-03-2024;${X};30`, "atc_onbekend"],
    [`patient001;15-03-2024;B01AC06;${X}`, "getal_onleesbaar"],
];

const REFERRALS: Rows = [
    ["patient001;15-03-2024;Welzijn Op Recept;", null],
    [`patient001;15-03-2024;${X};`, "woord_onbekend"],
];

const VIPLIVE: Readonly<Record<string, Rows>> = {
    "ketenzorg.csv": [
        [`${PRACTICE};iemand-zonder-his;dm2;01-01-2020;;SPECIALIST`, null],
        [`01000999;patient001;DM2;01-01-2020;;`, "praktijk_onbekend"],
        [`${PRACTICE};patient001;${X};01-01-2020;;`, "woord_onbekend"],
        [`${PRACTICE};patient001;DM2;01-01-2020;;${X}`, "woord_onbekend"],
        [`${PRACTICE};patient001;DM2;01-01-2020;31-12-2019;`, "einde_voor_start"],
        [`${PRACTICE};;DM2;01-01-2020;;`, "veld_ontbreekt"],
    ],
    "acp.csv": [[`${PRACTICE};patient001;01-07-2024;gesprek`, "na_peildatum"]],
    "kwetsbaarheid.csv": [
        [`${PRACTICE};patient001;15-03-2024;gfi;5;N;Huisbezoek75`, null],
        [`${PRACTICE};patient001;15-03-2024;TraZAG;${X};ja;praktijk`, "getal_onleesbaar"],
        [`${PRACTICE};patient001;15-03-2024;TraZAG;3;${X};praktijk`, "woord_onbekend"],
    ],
    "zorgplannen.csv": [[`${PRACTICE};patient001;31-12-1989;IZP`, "voor_1990"]],
    "consultaties.csv": [
        [`${PRACTICE};;16-03-2024;;MEEDENK;Medisch Specialist;cardiologie;ikazia`, null],
        [`${PRACTICE};;16-03-2024;;${X};apotheek;;`, "woord_onbekend"],
    ],
    "portaal.csv": [
        [`${PRACTICE};2024-13;20;5`, "datum_onleesbaar"],
        [`${PRACTICE};2024-04;${X};5`, "getal_onleesbaar"],
    ],
};

function withRows(files: Files, name: string, rows: Rows): Files {
    return { ...files, [name]: `${files[name]}${lines(...rows.map(([row]) => row))}` };
}

function codesOf(rows: Rows): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [, code] of rows) {
        if (code !== null) {
            counts[code] = (counts[code] ?? 0) + 1;
        }
    }
    return counts;
}

/** Good contacts and bad ones, so that exactly so many rows stand beside so many. */
function contacts(good: number, bad: number): string {
    const day = (index: number): string =>
        `${String((index % 28) + 1).padStart(2, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
    return lines(
        "patientnr;datum;soort;discipline;icpc",
        ...Array.from(
            { length: good },
            (_, i) => `patient001;${day(i)}-${2000 + (i % 23)};consult;huisarts;K${70 + (i % 20)}`,
        ),
        ...Array.from({ length: bad }, (_, i) => `patient001;${day(i)}-2023;${X};huisarts;K86`),
    );
}

const MANY = Array.from(
    { length: 300 },
    (_, index) =>
        [`patient002;1744;${String((index % 28) + 1).padStart(2, "0")}-01-2024;${60 + (index % 200)};`, null] as const,
);
const LANG: Readonly<Record<string, Rows>> = {
    "patienten.csv": PATIENTS,
    "episodes.csv": EPISODES,
    "bepalingen.csv": [...MANY, ...MEASUREMENTS],
    "contacten.csv": CONTACTS,
    "medicatie.csv": PRESCRIPTIONS,
    "verwijzingen.csv": REFERRALS,
};

const WIDE = lines(
    "agb,patient_id,datum,HBACB,RRSYKA,nhg_1739,XYZAQ",
    `${SECOND_PRACTICE},patient001,2024-03-15,52,130,rookt,9`,
    `${SECOND_PRACTICE},patient002,2024-03-15,7.2,130,,`,
    `${SECOND_PRACTICE},patient003,2024-03-15,7.2 %,${X},nee,`,
    `${SECOND_PRACTICE},${X}-niemand,2024-03-15,52,130,,`,
    `${SECOND_PRACTICE},patient004,2024-07-01,52,,,`,
);

const JOURNAL: readonly (readonly [string, string | null])[] = [
    ["# patient001 | staat hier niet", null],
    ["m|patient001|2816|20240315|53|mmol/mol", null],
    [`X|patient001|${X}`, "recordtype_onbekend"],
    ["E|patient001|K86", "velden_te_weinig"],
    [`R|patient001|20240315|B01AC06|30|${X}`, "velden_te_veel"],
    ["V|patient001|15-03-2024|GLI|CooL", "datum_onleesbaar"],
    [`C|${X}-niemand|20240315|consult|huisarts|K86`, "patient_onbekend"],
];

let folder = "";
let receipts: Receipt[] = [];
let output = "";

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "acceptance-aside-"));
    const into = join(folder, "in");
    const lang = Object.entries(LANG).reduce((files, [name, rows]) => withRows(files, name, rows), hisLang());
    const vip = Object.entries(VIPLIVE).reduce((files, [name, rows]) => withRows(files, name, rows), viplive(PRACTICE));
    await put(into, "bureau_regio_20240630.zip", zipped(register(PRACTICE, SECOND_PRACTICE)));
    await put(into, `his-lang_${PRACTICE}_20240630.zip`, zipped(lang));
    await put(into, "viplive_regio_20240630.zip", zipped(vip));
    await put(
        into,
        `his-breed_${SECOND_PRACTICE}_20240630.zip`,
        zipped({ ...hisBreed(SECOND_PRACTICE), "meetwaarden.csv": WIDE }),
    );
    const journal = [...hisJournal(), ...JOURNAL.map(([line]) => line)].join("\n");
    await put(into, `his-journaal_${SECOND_PRACTICE}_20240630_2.gz`, gzipped(journal));
    const limits: [number, number, number][] = [
        [10, 2, 10],
        [11, 9, 11],
        [12, 285, 15],
        [13, 284, 16],
    ];
    for (const [volgnr, good, bad] of limits) {
        const files = { ...hisLang(), "contacten.csv": contacts(good, bad) };
        await put(into, `his-lang_${PRACTICE}_20240531_${volgnr}.zip`, zipped(files));
    }
    const outcome = await regiospiegel("ingest", into, "--lake", join(folder, "lake"), "--json");
    output = outcome.stdout + outcome.stderr;
    receipts = Receipts.parse(JSON.parse(outcome.stdout));
    const plain = await regiospiegel("ingest", into, "--lake", join(folder, "second-lake"));
    output += plain.stdout + plain.stderr;
});

afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
});

function fileOf(delivery: string, name: string): Receipt["files"][number] {
    const file = receiptOf(receipts, delivery).files.find((one) => one.name.toLowerCase() === name);
    if (file === undefined) {
        throw new Error(`no ${name} in the receipt of ${delivery}`);
    }
    return file;
}

describe("rows that are set aside", () => {
    test.for(Object.keys(LANG))("his-lang %s: each by its own code, and what lies on an edge is kept", (name) => {
        const delivery = `his-lang_${PRACTICE}_20240630`;
        expect(receiptOf(receipts, delivery)).toMatchObject({ accepted: true });
        const file = fileOf(delivery, name);
        expect(file.aside).toEqual(codesOf(LANG[name] ?? []));
        expect(file.rows).toBe(String(hisLang()[name]).trim().split("\r\n").length - 1 + (LANG[name]?.length ?? 0));
    });

    test.for(Object.keys(VIPLIVE))(
        "viplive %s: each by its own code, and a patient that no HIS knows is kept",
        (name) => {
            expect(receiptOf(receipts, "viplive_regio_20240630")).toMatchObject({ accepted: true });
            expect(fileOf("viplive_regio_20240630", name).aside).toEqual(codesOf(VIPLIVE[name] ?? []));
        },
    );

    test("his-breed: it is the cell that is set aside, and a column of an unknown code is listed", () => {
        const delivery = `his-breed_${SECOND_PRACTICE}_20240630`;
        expect(receiptOf(receipts, delivery)).toMatchObject({ accepted: true });
        expect(fileOf(delivery, "meetwaarden.csv").aside).toEqual({
            buiten_bereik: 1,
            waarde_onleesbaar: 1,
            patient_onbekend: 2,
            na_peildatum: 1,
        });
        expect(receiptOf(receipts, delivery).ignoredColumns.join(" ").toLowerCase()).toContain("xyzaq");
    });

    test("his-journaal: each record by its own code, comments are not read", () => {
        const receipt = receiptOf(receipts, `his-journaal_${SECOND_PRACTICE}_20240630_2`);
        expect(receipt).toMatchObject({ accepted: true });
        expect(asideOf(receipt)).toEqual(codesOf(JOURNAL));
    });

    test("ten rows, or 5 % of a file, are accepted; one more refuses the delivery", () => {
        const accepted = (volgnr: number): boolean =>
            receiptOf(receipts, `his-lang_${PRACTICE}_20240531_${volgnr}`).accepted;
        expect({
            "10 of 12": accepted(10),
            "11 of 20": accepted(11),
            "15 of 300": accepted(12),
            "16 of 300": accepted(13),
        }).toEqual({
            "10 of 12": true,
            "11 of 20": false,
            "15 of 300": true,
            "16 of 300": false,
        });
    });

    test("no cell of a row that was set aside is ever printed", () => {
        expect(output).not.toContain(X);
        expect(output).not.toContain("niemand");
    });
});
