import { type Files, hisJournal } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, changed, MARKER, spoiled, withCell } from "./case.ts";
import { GOOD } from "./files-and-columns.ts";

const BAD_DATES: readonly [string, string][] = [
    ["31-02-2024", "datum_onleesbaar"],
    ["2024/03/15", "datum_onleesbaar"],
    [MARKER, "datum_onleesbaar"],
    ["01-07-2024", "na_peildatum"],
    ["31-12-1989", "voor_1990"],
    ["", "veld_ontbreekt"],
];

/** file.column: texts that cannot stand there, each with the problem it is. */
const CELLS: Record<string, readonly [string, string][]> = {
    "patienten.csv.patientnr": [
        ["kort", "pseudoniem_lengte"],
        ["x".repeat(65), "pseudoniem_lengte"],
        ["", "veld_ontbreekt"],
    ],
    "patienten.csv.geboortejaar": [
        ["1899", "geboortejaar_onmogelijk"],
        ["2025", "geboortejaar_onmogelijk"],
        [MARKER, "getal_onleesbaar"],
    ],
    "patienten.csv.geslacht": [[MARKER, "woord_onbekend"]],
    "patienten.csv.postcode4": [
        ["321", "postcode_onleesbaar"],
        [MARKER, "postcode_onleesbaar"],
    ],
    "patienten.csv.inschrijfdatum": [
        ["00-00-2000", "datum_onleesbaar"],
        ["", "veld_ontbreekt"],
    ],
    "patienten.csv.uitschrijfdatum": [
        ["01-01-2000", "einde_voor_start"],
        [MARKER, "datum_onleesbaar"],
    ],
    "patienten.csv.categorie": [[MARKER, "woord_onbekend"]],
    "episodes.csv.patientnr": [
        [`${MARKER}-${MARKER}`, "patient_onbekend"],
        ["kort", "pseudoniem_lengte"],
    ],
    "episodes.csv.icpc": [
        [MARKER, "icpc_onbekend"],
        ["T9", "icpc_onbekend"],
        ["T90.2.2", "icpc_onbekend"],
    ],
    "episodes.csv.startdatum": [["15-13-2020", "datum_onleesbaar"]],
    "episodes.csv.einddatum": [["01-01-1999", "einde_voor_start"]],
    "episodes.csv.status": [[MARKER, "woord_onbekend"]],
    "bepalingen.csv.patientnr": [[`${MARKER}-${MARKER}`, "patient_onbekend"]],
    "bepalingen.csv.nhgnr": [
        [MARKER, "nhgnr_onbekend"],
        ["28,16", "nhgnr_onbekend"],
    ],
    "bepalingen.csv.datum": BAD_DATES,
    "bepalingen.csv.waarde": [
        ["7,2", "buiten_bereik"],
        ["1E+09", "buiten_bereik"],
        [`${MARKER}~~`, "waarde_onleesbaar"],
        ["1,2,3", "waarde_onleesbaar"],
    ],
    "contacten.csv.patientnr": [[`${MARKER}-${MARKER}`, "patient_onbekend"]],
    "contacten.csv.datum": BAD_DATES,
    "contacten.csv.soort": [[MARKER, "woord_onbekend"]],
    "contacten.csv.discipline": [[MARKER, "woord_onbekend"]],
    "contacten.csv.icpc": [[MARKER, "icpc_onbekend"]],
    "medicatie.csv.datum": BAD_DATES,
    "medicatie.csv.atc": [
        [MARKER, "atc_onbekend"],
        ["B1AC06", "atc_onbekend"],
    ],
    "medicatie.csv.dagen": [[MARKER, "getal_onleesbaar"]],
    "verwijzingen.csv.datum": BAD_DATES,
    "verwijzingen.csv.bestemming": [[MARKER, "woord_onbekend"]],
    "patient.csv.agb": [["01999999", "praktijk_onbekend"]],
    "patient.csv.sekse": [[MARKER, "woord_onbekend"]],
    "patient.csv.ingeschreven_vanaf": [["01-01-2015", "datum_onleesbaar"]],
    "probleem.csv.actief": [[MARKER, "woord_onbekend"]],
    "meetwaarden.csv.HBACB": [
        ["7.2", "buiten_bereik"],
        [`${MARKER}~~`, "waarde_onleesbaar"],
    ],
    "meetwaarden.csv.datum": [
        ["2024-07-01", "na_peildatum"],
        ["15-03-2024", "datum_onleesbaar"],
    ],
    "recept.csv.atc": [[MARKER, "atc_onbekend"]],
    "ketenzorg.csv.agb": [["01999999", "praktijk_onbekend"]],
    "ketenzorg.csv.programma": [[MARKER, "woord_onbekend"]],
    "ketenzorg.csv.einddatum": [["01-01-2000", "einde_voor_start"]],
    "ketenzorg.csv.hoofdbehandelaar": [[MARKER, "woord_onbekend"]],
    "acp.csv.datum": BAD_DATES,
    "acp.csv.vorm": [[MARKER, "woord_onbekend"]],
    "acp.csv.patientnr": [
        ["", "veld_ontbreekt"],
        ["kort", "pseudoniem_lengte"],
    ],
    "kwetsbaarheid.csv.instrument": [[MARKER, "woord_onbekend"]],
    "kwetsbaarheid.csv.score": [[MARKER, "getal_onleesbaar"]],
    "kwetsbaarheid.csv.kwetsbaar": [[MARKER, "woord_onbekend"]],
    "zorgplannen.csv.soort": [[MARKER, "woord_onbekend"]],
    "gli.csv.programma": [[MARKER, "woord_onbekend"]],
    "gli.csv.einde": [[MARKER, "woord_onbekend"]],
    "consultaties.csv.onderwerp": [[MARKER, "woord_onbekend"]],
    "consultaties.csv.bij": [[MARKER, "woord_onbekend"]],
    "telemonitoring.csv.aandoening": [[MARKER, "woord_onbekend"]],
    "portaal.csv.maand": [
        ["2024-13", "datum_onleesbaar"],
        ["maart", "datum_onleesbaar"],
    ],
    "portaal.csv.gebruikt_inzage": [[MARKER, "getal_onleesbaar"]],
    "praktijkfeiten.csv.feit": [[MARKER, "woord_onbekend"]],
    "personeel.csv.functie": [[MARKER, "woord_onbekend"]],
};

const JOURNAL_LINES: readonly [string, string][] = [
    ["X|patient001|1", "recordtype_onbekend"],
    [`${MARKER}|patient001`, "recordtype_onbekend"],
    [`P|${MARKER}-${MARKER}|1850|V|3201|20150101||V`, "geboortejaar_onmogelijk"],
    [`P|${MARKER}-${MARKER}|1950|${MARKER}|3201|20150101||V`, "woord_onbekend"],
    ["M|patient001|2816|20240230|52|mmol/mol", "datum_onleesbaar"],
    ["M|patient001|2816|20240701|52|mmol/mol", "na_peildatum"],
    [`M|patient001|2816|20240315|${MARKER}~~|mmol/mol`, "waarde_onleesbaar"],
    [`M|${MARKER}-${MARKER}|2816|20240315|52|mmol/mol`, "patient_onbekend"],
    [`E|patient001|${MARKER}|20160101||A`, "icpc_onbekend"],
    [`C|patient001|20240315|${MARKER}|huisarts|`, "woord_onbekend"],
    [`R|patient001|20240315|${MARKER}|90`, "atc_onbekend"],
    [`V|patient001|20240315|${MARKER}|`, "woord_onbekend"],
    ["E|patient001|T90", "velden_te_weinig"],
    [`E|patient001|T90|20160101||A|${MARKER}`, "velden_te_veel"],
    [`E|patient001|T90|20160101||A|1|2|3|4|5|6|${MARKER}`, "velden_te_veel"],
];

/** Rows that cannot be used: one is set aside and the delivery accepted; a file full of them refuses it. */
export function rows(): BadDelivery[] {
    const cases: BadDelivery[] = [];
    for (const [layout, files, delimiter] of GOOD) {
        for (const name of Object.keys(files)) {
            const text = String(files[name]);
            const many = text.split("\r\n").length > 20;
            for (const [key, cells] of Object.entries(CELLS)) {
                if (!key.startsWith(`${name}.`)) continue;
                const column = key.slice(name.length + 1);
                for (const [value, code] of cells) {
                    const title = `${name}, ${column} "${value.slice(0, 12)}"`;
                    const spoil = (row: number): Files =>
                        changed(files, name, (good) => withCell(good, delimiter, column, row, value));
                    cases.push(spoiled(layout, title, spoil(0), { aside: code }));
                    if (many)
                        cases.push(spoiled(layout, `${title} in every row`, spoil(-1), { code: "te_veel_terzijde" }));
                }
            }
            const added = (title: string, line: string, code: string): void => {
                const one = { ...files, [name]: `${text}${line}\r\n` };
                cases.push(spoiled(layout, `${name}, ${title}`, one, { aside: code }));
                const all = { ...files, [name]: text + `${line}\r\n`.repeat(40) };
                cases.push(spoiled(layout, `${name}, 40 times ${title}`, all, { code: "te_veel_terzijde" }));
            };
            const row = text.split("\r\n")[1] ?? "";
            added("a field too many", `${row}${delimiter}${MARKER}`, "velden_te_veel");
            added("ten fields too many", `${row}${`${delimiter}${MARKER}`.repeat(10)}`, "velden_te_veel");
            added("two fields only", row.split(delimiter).slice(0, 2).join(delimiter), "velden_te_weinig");
            added("a misplaced quote", `"${MARKER}"${MARKER}${delimiter}${row}`, "aanhaling_onleesbaar");
        }
    }
    const journal = `${hisJournal().join("\n")}\n`;
    for (const [line, code] of JOURNAL_LINES) {
        cases.push(spoiled("his-journaal", `${code}: ${line.slice(0, 30)}`, `${journal}${line}\n`, { aside: code }));
        cases.push(
            spoiled("his-journaal", `40 times ${code}: ${line.slice(0, 30)}`, journal + `${line}\n`.repeat(40), {
                code: "te_veel_terzijde",
            }),
        );
    }
    return cases;
}
