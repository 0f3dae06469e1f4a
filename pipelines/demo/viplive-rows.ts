import { DateTexts, type Day } from "./calendar.ts";

/** Files of a `viplive` delivery and their columns (exports.md). */
export const VIPLIVE_TABLES = {
    ketenzorg: "agb;patientnr;programma;startdatum;einddatum;hoofdbehandelaar",
    acp: "agb;patientnr;datum;vorm",
    kwetsbaarheid: "agb;patientnr;datum;instrument;score;kwetsbaar;bron",
    zorgplannen: "agb;patientnr;datum;soort",
    gli: "agb;patientnr;verwijsdatum;programma;intakedatum;startdatum;einddatum;einde",
    consultaties: "agb;patientnr;datum;antwoorddatum;onderwerp;bij;specialisme;ziekenhuis",
    telemonitoring: "agb;patientnr;startdatum;einddatum;aandoening",
    portaal: "agb;maand;ingeschreven_16plus;gebruikt_inzage",
    gebruik: "agb;maand;functie;gebruikers",
} as const;
export type VipliveTable = keyof typeof VIPLIVE_TABLES;

/** Rows of one practice for one delivery: the text of each file (without header) and how many rows it has. */
export type VipliveShare = Record<VipliveTable, { text: string; rows: number }>;

export const VIPLIVE_DATES = new DateTexts("dd-mm-jjjj");

/** A date as it is known on the peildatum: what lies in the future is an empty field. */
export type Known = (day: Day) => string;

interface VipliveRow {
    table: VipliveTable;
    /** The row exists from this day on. */
    day: Day;
    fields: (known: Known, peildatum: Day) => string;
}

/** Collects one practice's VIPLive rows and cuts them off at any peildatum. */
export class VipliveRows {
    private readonly rows: VipliveRow[] = [];

    constructor(private readonly agb: string) {}

    add(table: VipliveTable, day: Day, fields: VipliveRow["fields"]): void {
        this.rows.push({ table, day, fields });
    }

    share(peildatum: Day): VipliveShare {
        const known: Known = (day) => (day > peildatum ? "" : VIPLIVE_DATES.of(day));
        const share = Object.fromEntries(
            Object.keys(VIPLIVE_TABLES).map((table) => [table, { text: "", rows: 0 }]),
        ) as VipliveShare;
        for (const row of this.rows) {
            if (row.day > peildatum) continue;
            const file = share[row.table];
            file.text += `${this.agb};${row.fields(known, peildatum)}\r\n`;
            file.rows++;
        }
        return share;
    }
}
