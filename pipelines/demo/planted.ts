import type { Day } from "./calendar.ts";
import { day } from "./calendar.ts";
import type { HisLayout, HisTable } from "./layout.ts";
import type { Random } from "./random.ts";

/** Problems that a reader must find in the demo deliveries: extra rows that are set aside. */
export type ProblemCode =
    | "buiten_bereik"
    | "na_peildatum"
    | "voor_1990"
    | "geboortejaar_onmogelijk"
    | "einde_voor_start"
    | "icpc_onbekend"
    | "atc_onbekend"
    | "patient_onbekend"
    | "praktijk_onbekend"
    | "pseudoniem_lengte"
    | "woord_onbekend"
    | "waarde_onleesbaar"
    | "datum_onleesbaar"
    | "velden_te_weinig"
    | "recordtype_onbekend";

/** What was planted: so many rows (in a wide file: cells) of this file have this problem and no other. */
export interface Planted {
    file: string;
    code: ProblemCode;
    count: number;
}

interface Bad {
    table: HisTable;
    code: ProblemCode;
    /** Columns of the layout without `agb`; a text is a line of its own. */
    fields: string[] | string;
}

/** Nobody's pseudonyms: vowels do not occur in those of the demo. */
const STRANGER = "ONBEKENDEPAT";
/** A practice that no register of the demo knows. */
export const UNKNOWN_AGB = "01999990";

/** The bad rows of one practice's delivery. `known` is a pseudonym that is in its patient file. */
export function badRows(layout: HisLayout, regional: boolean, known: string, peildatum: Day, random: Random): Bad[] {
    const journal = layout.format === "his-journaal";
    const wide = layout.format === "his-breed";
    const yes = journal ? "V" : wide ? "vast" : "VAST";
    const sex = wide ? "vrouw" : "V";
    const soon = layout.date(peildatum - random.between(100, 700));
    const later = layout.date(peildatum + random.between(3, 300));
    const old = layout.date(day(1989, random.between(1, 12), random.between(1, 28)));
    const noDate = journal ? "20230231" : wide ? "2023-02-31" : "31-02-2023";
    const patient = (id: string, year: string, from: string, until: string, kind = yes): string[] => [
        id,
        year,
        sex,
        "3201",
        from,
        until,
        kind,
    ];
    const measured = (nhg: string, date: string, value: string): string[] =>
        [known, nhg, date, value, ""].slice(0, wide ? 4 : 5);
    const rows: Bad[] = [
        { table: "measurement", code: "buiten_bereik", fields: measured("2816", soon, "7.2") },
        { table: "measurement", code: "buiten_bereik", fields: measured("1744", soon, "1400") },
        { table: "measurement", code: "na_peildatum", fields: measured("1744", later, "132") },
        { table: "measurement", code: "waarde_onleesbaar", fields: measured("542", soon, "2..6") },
        { table: "contact", code: "na_peildatum", fields: [known, later, "consult", "huisarts", "R74"] },
        { table: "contact", code: "voor_1990", fields: [known, old, "consult", "huisarts", "A97"] },
        { table: "contact", code: "icpc_onbekend", fields: [known, soon, "consult", "huisarts", "K9"] },
        { table: "contact", code: "woord_onbekend", fields: [known, soon, "koffie", "huisarts", "A97"] },
        { table: "contact", code: "datum_onleesbaar", fields: [known, noDate, "consult", "huisarts", "A97"] },
        { table: "contact", code: "patient_onbekend", fields: [STRANGER, soon, "consult", "huisarts", "A97"] },
        { table: "prescription", code: "atc_onbekend", fields: [known, soon, "99XX", "30"] },
        { table: "prescription", code: "patient_onbekend", fields: [STRANGER, soon, "C10AA05", "90"] },
        { table: "referral", code: "woord_onbekend", fields: [known, soon, "wensput", ""] },
        {
            table: "episode",
            code: "einde_voor_start",
            fields: [known, "R74", soon, layout.date(peildatum - 900), journal ? "I" : wide ? "N" : "inactief"],
        },
        {
            table: "episode",
            code: "icpc_onbekend",
            fields: [known, "QQ7", soon, "", journal ? "A" : wide ? "J" : "actief"],
        },
        { table: "patient", code: "geboortejaar_onmogelijk", fields: patient("FOUTJAARVBLD", "1850", soon, "") },
        { table: "patient", code: "pseudoniem_lengte", fields: patient("KRT", "1970", soon, "") },
        {
            table: "patient",
            code: "einde_voor_start",
            fields: patient("FOUTEINDVBLD", "1970", soon, layout.date(peildatum - 900)),
        },
        { table: "prescription", code: "velden_te_weinig", fields: [known] },
    ];
    if (journal) rows.push({ table: "contact", code: "recordtype_onbekend", fields: `Z|${known}|${soon}` });
    if (wide) rows.push({ table: "measurement", code: "waarde_onleesbaar", fields: measured("40", soon, "4?8") });
    // In a delivery of one practice another AGB code would make it another delivery; among many it is a row to set aside.
    if (regional) {
        const fields = `"${UNKNOWN_AGB}","${patient("FOUTPRAKVBLD", "1970", soon, "").join('","')}"`;
        rows.push({ table: "patient", code: "praktijk_onbekend", fields });
    }
    return random.shuffle(rows).slice(0, random.between(9, rows.length));
}

/** Writes a bad row; returns the file it went to. */
export function plant(layout: HisLayout, bad: Bad): void {
    if (typeof bad.fields === "string") layout.line(bad.table, bad.fields);
    else layout.raw(bad.table, bad.fields);
}

/** Adds one planted row to the list of a delivery. */
export function note(list: Planted[], file: string, code: ProblemCode): void {
    const known = list.find((one) => one.file === file && one.code === code);
    if (known) known.count++;
    else list.push({ file, code, count: 1 });
}
