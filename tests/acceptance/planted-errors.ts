import { addDays } from "./calendar.ts";
import type { Chance } from "./random.ts";
import type { Delivery } from "./region.ts";
import { compactDate, dutchDate, isoDate, type SpelledFile } from "./spelled-file.ts";

/** A row (in a wide file: a cell) that must be set aside, and the code that the receipt must give for it. */
export interface Planted {
    file: string;
    code: string;
}

/** Stands in every planted cell that may hold a text: it must never be seen again. */
export const MARKER = "zqxmerk";

type Wrong = [column: string, text: string, code: string];

const WRONG_EVERYWHERE: Readonly<Record<string, readonly Wrong[]>> = {
    "patienten.csv": [
        ["geboortejaar", "1850", "geboortejaar_onmogelijk"],
        ["geslacht", MARKER, "woord_onbekend"],
        ["patientnr", "kort", "pseudoniem_lengte"],
        ["uitschrijfdatum", "01-01-1901", "einde_voor_start"],
    ],
    "episodes.csv": [
        ["icpc", "Z9Q", "icpc_onbekend"],
        ["patientnr", `${MARKER}-niemand`, "patient_onbekend"],
        ["status", MARKER, "woord_onbekend"],
        ["startdatum", "31-02-2020", "datum_onleesbaar"],
    ],
    "contacten.csv": [
        ["soort", MARKER, "woord_onbekend"],
        ["datum", "15-06-1985", "voor_1990"],
    ],
    "medicatie.csv": [
        ["atc", "123", "atc_onbekend"],
        ["dagen", MARKER, "getal_onleesbaar"],
    ],
    "patient.csv": [
        ["geboortejaar", "1850", "geboortejaar_onmogelijk"],
        ["sekse", MARKER, "woord_onbekend"],
        ["patient_id", "kort", "pseudoniem_lengte"],
        ["ingeschreven_tot", "1901-01-01", "einde_voor_start"],
    ],
    "probleem.csv": [
        ["icpc", "Z9Q", "icpc_onbekend"],
        ["patient_id", `${MARKER}-niemand`, "patient_onbekend"],
        ["actief", MARKER, "woord_onbekend"],
        ["vanaf", "2020-02-31", "datum_onleesbaar"],
    ],
    "recept.csv": [
        ["atc", "123", "atc_onbekend"],
        ["dagen", MARKER, "getal_onleesbaar"],
    ],
    "ketenzorg.csv": [
        ["programma", MARKER, "woord_onbekend"],
        ["einddatum", "01-01-1991", "einde_voor_start"],
        ["agb", "01999999", "praktijk_onbekend"],
    ],
    "acp.csv": [
        ["vorm", MARKER, "woord_onbekend"],
        ["patientnr", `${MARKER}${"x".repeat(70)}`, "pseudoniem_lengte"],
    ],
    "kwetsbaarheid.csv": [["score", MARKER, "getal_onleesbaar"]],
    "gli.csv": [["verwijsdatum", "2023/01/01", "datum_onleesbaar"]],
    "consultaties.csv": [["bij", MARKER, "woord_onbekend"]],
    "personeel.csv": [["functie", MARKER, "woord_onbekend"]],
};

function wrongOf(file: SpelledFile, delivery: Delivery): readonly Wrong[] {
    const later = addDays(delivery.peildatum, 1);
    switch (file.name) {
        case "verwijzingen.csv":
        case "zorgplannen.csv":
        case "acp.csv":
            return [["datum", dutchDate(later), "na_peildatum"], ...(WRONG_EVERYWHERE[file.name] ?? [])];
        case "contact.csv":
        case "verwijzing.csv":
            return [["datum", isoDate(later), "na_peildatum"]];
        default:
            return WRONG_EVERYWHERE[file.name] ?? [];
    }
}

/** Adds up to three wrong rows to the file: copies of good ones with one cell spoiled. Changes the file given. */
export function plantInTable(file: SpelledFile, delivery: Delivery, chance: Chance): Planted[] {
    const good = [...file.rows];
    if (good.length === 0 || !chance.happens(0.5)) {
        return [];
    }
    if (file.name === "meetwaarden.csv") {
        return plantInWide(file, chance);
    }
    if (file.name === "bepalingen.csv") {
        return plantInLong(file, delivery, chance);
    }
    return chance
        .shuffle(wrongOf(file, delivery))
        .slice(0, 3)
        .map(([column, text, code]) => {
            const row = [...chance.pick(good)];
            row[file.columns.indexOf(column)] = text;
            file.rows.push(row);
            return { file: file.name, code };
        });
}

function plantInLong(file: SpelledFile, delivery: Delivery, chance: Chance): Planted[] {
    const [patientnr = "", , datum = ""] = chance.pick(file.rows);
    const wrong: [string[], string][] = [
        [[patientnr, "2816", datum, "7,2", ""], "buiten_bereik"],
        [[patientnr, "2816", datum, MARKER, ""], "waarde_onleesbaar"],
        [[patientnr, "1744", datum, "9 of 10", ""], "waarde_onleesbaar"],
        [[patientnr, MARKER, datum, "48", ""], "nhgnr_onbekend"],
        [[patientnr, "1744", dutchDate(addDays(delivery.peildatum, 1)), "120", "mmHg"], "na_peildatum"],
        [[`${MARKER}-niemand`, "1744", datum, "120", ""], "patient_onbekend"],
    ];
    return chance
        .shuffle(wrong)
        .slice(0, 3)
        .map(([row, code]) => {
            file.rows.push(row);
            return { file: file.name, code };
        });
}

function plantInWide(file: SpelledFile, chance: Chance): Planted[] {
    const column = file.columns.findIndex((name) => name === "HBACB" || name === "nhg_2816");
    if (column < 0) {
        return [];
    }
    const wrong: [string, string][] = [
        ["7.2", "buiten_bereik"],
        [MARKER, "waarde_onleesbaar"],
    ];
    return wrong.map(([text, code]) => {
        const row = chance.pick(file.rows).map((cell, index) => (index < 3 ? cell : ""));
        row[column] = text;
        file.rows.push(row);
        return { file: file.name, code };
    });
}

/** The same for a journal, whose records have no columns. Changes the lines given. */
export function plantInJournal(lines: string[][], delivery: Delivery, chance: Chance): Planted[] {
    const patient = lines.find(([type]) => type === "P")?.[1];
    if (patient === undefined || !chance.happens(0.7)) {
        return [];
    }
    const day = compactDate(delivery.peildatum);
    const wrong: [string[], string][] = [
        [["M", patient, "2816", day, "7.2", ""], "buiten_bereik"],
        [["M", patient, "1744", compactDate(addDays(delivery.peildatum, 1)), "120", "mmHg"], "na_peildatum"],
        [["M", patient, "1744", day, MARKER, "mmHg"], "waarde_onleesbaar"],
        [["X", patient, MARKER], "recordtype_onbekend"],
        [["E", patient, "K86"], "velden_te_weinig"],
        [["R", patient, day, "B01AC06", "30", MARKER], "velden_te_veel"],
        [["C", `${MARKER}-niemand`, day, "consult", "huisarts", "K86"], "patient_onbekend"],
        [["V", patient, day, MARKER, ""], "woord_onbekend"],
    ];
    return chance
        .shuffle(wrong)
        .slice(0, 4)
        .map(([line, code]) => {
            lines.push(line);
            return { file: "", code };
        });
}
