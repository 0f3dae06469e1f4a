import { MEMO_CODES } from "./code-lists.ts";
import type { Chance } from "./random.ts";
import type { HisDelivery, Measurement } from "./region.ts";
import { compactDate, dutchDate, isoDate, type SpelledFile } from "./spelled-file.ts";

/** The value and the unit of a measurement, each in its own cell or both in one; `.` instead of `,` where asked. */
function valueCells(chance: Chance, row: Measurement, decimal: "," | ".", hasUnitColumn: boolean): [string, string] {
    const text = decimal === "." || chance.happens(0.2) ? row.text.replace(",", ".") : row.text;
    if (row.unit === "") {
        return [text, ""];
    }
    const joined = `${text}${chance.pick([" ", ""])}${row.unit}`;
    if (!hasUnitColumn) {
        return [row.unit === "%" || chance.happens(0.5) ? joined : text, ""];
    }
    const shape = chance.whole(0, 3);
    if (shape === 0) {
        return [joined, ""];
    }
    return shape === 1 ? [joined, row.unit] : [text, row.unit];
}

/** The six files of `his-lang` for its one practice. */
export function hisLangFiles(delivery: HisDelivery, chance: Chance): SpelledFile[] {
    const rows = [...delivery.practices.values()][0];
    if (rows === undefined) {
        throw new Error("a his-lang delivery is of one practice");
    }
    const word = (text: string): string => chance.anyCase(text);
    return [
        {
            name: "patienten.csv",
            columns: [
                "patientnr",
                "geboortejaar",
                "geslacht",
                "postcode4",
                "inschrijfdatum",
                "uitschrijfdatum",
                "categorie",
            ],
            rows: rows.patients.map((p) => [
                ...[p.patientnr, String(p.geboortejaar), word(p.geslacht), p.pc4],
                ...[dutchDate(p.van), dutchDate(p.tot), word(p.categorie)],
            ]),
        },
        {
            name: "episodes.csv",
            columns: ["patientnr", "icpc", "startdatum", "einddatum", "status"],
            rows: rows.episodes.map((e) => [
                ...[
                    e.patientnr,
                    word(e.icpc),
                    dutchDate(e.start),
                    dutchDate(e.eind),
                    word(e.actief ? "actief" : "inactief"),
                ],
            ]),
        },
        {
            name: "bepalingen.csv",
            columns: ["patientnr", "nhgnr", "datum", "waarde", "eenheid"],
            rows: rows.measurements.map((m) => [
                ...[m.patientnr, String(m.nhgnr), dutchDate(m.datum), ...valueCells(chance, m, ",", true)],
            ]),
        },
        {
            name: "contacten.csv",
            columns: ["patientnr", "datum", "soort", "discipline", "icpc"],
            rows: rows.contacts.map((c) => [
                c.patientnr,
                dutchDate(c.datum),
                word(c.soort),
                word(c.discipline),
                c.icpc,
            ]),
        },
        {
            name: "medicatie.csv",
            columns: ["patientnr", "datum", "atc", "dagen"],
            rows: rows.prescriptions.map((p) => [p.patientnr, dutchDate(p.datum), word(p.atc), String(p.dagen)]),
        },
        {
            name: "verwijzingen.csv",
            columns: ["patientnr", "datum", "bestemming", "programma"],
            rows: rows.referrals.map((r) => [r.patientnr, dutchDate(r.datum), word(r.bestemming), r.programma]),
        },
    ];
}

/** Measurements as a wide file: one row per practice, patient and day; what is measured twice opens another row. */
function wideFile(delivery: HisDelivery, chance: Chance, spellAgb: (agb: string) => string): SpelledFile {
    const all = [...delivery.practices.values()].flatMap((rows) => rows.measurements);
    const numbers = chance.shuffle([...new Set(all.map((row) => row.nhgnr))]);
    const headings = numbers.map((number) => {
        const memo = MEMO_CODES.get(number);
        return memo === undefined || chance.happens(0.3) ? `nhg_${number}` : memo;
    });
    const rows: string[][] = [];
    for (const [agb, { measurements }] of delivery.practices) {
        const open = new Map<string, string[][]>();
        for (const row of measurements) {
            const key = `${row.patientnr} ${row.datum}`;
            const position = 3 + numbers.indexOf(row.nhgnr);
            const lines = open.get(key) ?? [];
            open.set(key, lines);
            let line = lines.find((candidate) => candidate[position] === undefined);
            if (line === undefined || chance.happens(0.1)) {
                line = [spellAgb(agb), row.patientnr, isoDate(row.datum)];
                lines.push(line);
                rows.push(line);
            }
            line[position] = valueCells(chance, row, ".", false)[0];
        }
    }
    const columns = ["agb", "patient_id", "datum", ...headings];
    return { name: "meetwaarden.csv", columns, rows: rows.map((line) => columns.map((_, index) => line[index] ?? "")) };
}

/** The six files of `his-breed`, of one practice or of several. */
export function hisBreedFiles(delivery: HisDelivery, chance: Chance): SpelledFile[] {
    const lostZero = chance.happens(0.5);
    const spellAgb = (agb: string): string => (lostZero ? agb.replace(/^0/, "") : agb);
    const word = (text: string): string => chance.anyCase(text);
    const each = <T>(
        pick: (agb: string, rows: HisDelivery["practices"]) => readonly T[],
        spell: (row: T) => string[],
    ): string[][] =>
        [...delivery.practices.keys()].flatMap((agb) =>
            pick(agb, delivery.practices).map((row) => [spellAgb(agb), ...spell(row)]),
        );
    const sex = { M: "man", V: "vrouw", O: "onbekend" };
    return [
        {
            name: "patient.csv",
            columns: [
                "agb",
                "patient_id",
                "geboortejaar",
                "sekse",
                "pc4",
                "ingeschreven_vanaf",
                "ingeschreven_tot",
                "type",
            ],
            rows: each(
                (agb, practices) => practices.get(agb)?.patients ?? [],
                (p) => [
                    ...[p.patientnr, String(p.geboortejaar), word(sex[p.geslacht]), p.pc4],
                    ...[isoDate(p.van), isoDate(p.tot), word(p.categorie.toLowerCase())],
                ],
            ),
        },
        {
            name: "probleem.csv",
            columns: ["agb", "patient_id", "icpc", "vanaf", "tot", "actief"],
            rows: each(
                (agb, practices) => practices.get(agb)?.episodes ?? [],
                (e) => [e.patientnr, e.icpc, isoDate(e.start), isoDate(e.eind), word(e.actief ? "J" : "N")],
            ),
        },
        wideFile(delivery, chance, spellAgb),
        {
            name: "contact.csv",
            columns: ["agb", "patient_id", "datum", "soort", "discipline", "icpc"],
            rows: each(
                (agb, practices) => practices.get(agb)?.contacts ?? [],
                (c) => [c.patientnr, isoDate(c.datum), word(c.soort), word(c.discipline), c.icpc],
            ),
        },
        {
            name: "recept.csv",
            columns: ["agb", "patient_id", "datum", "atc", "dagen"],
            rows: each(
                (agb, practices) => practices.get(agb)?.prescriptions ?? [],
                (p) => [p.patientnr, isoDate(p.datum), p.atc, String(p.dagen)],
            ),
        },
        {
            name: "verwijzing.csv",
            columns: ["agb", "patient_id", "datum", "bestemming", "programma"],
            rows: each(
                (agb, practices) => practices.get(agb)?.referrals ?? [],
                (r) => [r.patientnr, isoDate(r.datum), word(r.bestemming), r.programma],
            ),
        },
    ];
}

/** The lines of `his-journaal`, in any order, with a comment here and there. */
export function hisJournalLines(delivery: HisDelivery, chance: Chance): string[][] {
    const rows = [...delivery.practices.values()][0];
    if (rows === undefined) {
        throw new Error("a his-journaal delivery is of one practice");
    }
    return [
        ...rows.patients.map((p) => [
            ...["P", p.patientnr, String(p.geboortejaar), p.geslacht, p.pc4],
            ...[compactDate(p.van), compactDate(p.tot), p.categorie.slice(0, 1)],
        ]),
        ...rows.episodes.map((e) => [
            ...["E", e.patientnr, e.icpc, compactDate(e.start), compactDate(e.eind), e.actief ? "A" : "I"],
        ]),
        ...rows.measurements.map((m) => [
            ...["M", m.patientnr, String(m.nhgnr), compactDate(m.datum), ...valueCells(chance, m, ".", true)],
        ]),
        ...rows.contacts.map((c) => [
            "C",
            c.patientnr,
            compactDate(c.datum),
            chance.anyCase(c.soort),
            c.discipline,
            c.icpc,
        ]),
        ...rows.prescriptions.map((p) => ["R", p.patientnr, compactDate(p.datum), p.atc, String(p.dagen)]),
        ...rows.referrals.map((r) => [
            "V",
            r.patientnr,
            compactDate(r.datum),
            chance.anyCase(r.bestemming),
            r.programma,
        ]),
    ];
}
