import { DateTexts, type Day } from "../calendar.ts";
import type { Episode } from "../health.ts";
import type { HisLayout, HisTable, LayoutStyle } from "../layout.ts";
import type { Patient, Registration } from "../patients.ts";
import { TextFile } from "../text-file.ts";

const HEADERS: Readonly<Record<HisTable, string>> = {
    patient: "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie",
    episode: "patientnr;icpc;startdatum;einddatum;status",
    measurement: "patientnr;nhgnr;datum;waarde;eenheid;herkomst",
    contact: "patientnr;datum;soort;discipline;icpc",
    prescription: "patientnr;datum;atc;dagen",
    referral: "patientnr;datum;bestemming;programma",
};

/** One practice, long tables: `;`, windows-1252, CRLF, dd-mm-jjjj, decimal comma (exports.md). */
export function open(): HisLayout {
    return new LongLayout();
}

class LongLayout implements HisLayout {
    readonly format = "his-lang";
    private readonly dates = new DateTexts("dd-mm-jjjj");
    private readonly tables: Record<HisTable, TextFile> = {
        patient: new TextFile("patienten.csv", "latin1"),
        episode: new TextFile("episodes.csv", "latin1"),
        measurement: new TextFile("bepalingen.csv", "latin1"),
        contact: new TextFile("contacten.csv", "latin1"),
        prescription: new TextFile("medicatie.csv", "latin1"),
        referral: new TextFile("verwijzingen.csv", "latin1"),
    };
    private always = "";
    private sometimes = false;
    private turn = 0;

    startPractice(_agb: string, style: LayoutStyle): void {
        this.always = style.trailing === "always" ? ";" : "";
        this.sometimes = style.trailing === "sometimes";
        for (const [table, header] of Object.entries(HEADERS)) {
            const text = style.capitals ? header.toUpperCase() : header;
            this.tables[table as HisTable].head(`${text}${table === "contact" ? this.always : ""}\r\n`);
        }
    }

    patient(patient: Patient, registration: Registration, until: Day): void {
        const { dates } = this;
        this.tables.patient.row(
            `${patient.id};${patient.birthYear};${patient.sex};${patient.pc4};${dates.of(registration.from)};${dates.of(until)};${registration.kind}\r\n`,
        );
    }

    episode(id: string, episode: Episode, end: Day): void {
        const status = episode.active || end !== episode.end ? "actief" : "inactief";
        this.tables.episode.row(
            `${id};${episode.icpc};${this.dates.of(episode.start)};${this.dates.of(end)};${status}\r\n`,
        );
    }

    measurement(id: string, nhg: number, day: Day, value: string, unit: string): void {
        // The last column is one that the layout does not name: short codes, some with a line break inside quotes.
        this.turn++;
        const origin = this.turn % 7 === 0 ? "LAB" : this.turn % 911 === 0 ? '"LAB\r\nEXT"' : "";
        const shown = value.includes(".") && this.turn % 97 !== 0 ? value.replace(".", ",") : value;
        this.tables.measurement.row(`${id};${nhg};${this.dates.of(day)};${shown};${unit};${origin}\r\n`);
    }

    contact(id: string, day: Day, kind: string, discipline: string, icpc: string): void {
        const end = this.sometimes && ++this.turn % 601 === 0 ? ";" : this.always;
        this.tables.contact.row(`${id};${this.dates.of(day)};${kind};${discipline};${icpc}${end}\r\n`);
    }

    prescription(id: string, day: Day, atc: string, days: number): void {
        this.tables.prescription.row(`${id};${this.dates.of(day)};${atc};${days}\r\n`);
    }

    referral(id: string, day: Day, destination: string, programme: string): void {
        const shown = programme.includes(" ") ? `"${programme}"` : programme;
        this.tables.referral.row(`${id};${this.dates.of(day)};${destination};${shown}\r\n`);
    }

    endPatient(): void {}

    date(day: Day): string {
        return this.dates.of(day);
    }

    raw(table: HisTable, fields: readonly string[]): void {
        const extra = table === "measurement" ? ";" : table === "contact" ? this.always : "";
        this.tables[table].row(`${fields.join(";")}${extra}\r\n`);
    }

    line(table: HisTable, text: string): void {
        this.tables[table].row(`${text}\r\n`);
    }

    fileOf(table: HisTable): string {
        return this.tables[table].name;
    }

    files(): TextFile[] {
        return Object.values(this.tables);
    }
}
