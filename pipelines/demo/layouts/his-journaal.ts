import { DateTexts, type Day } from "../calendar.ts";
import type { Episode } from "../health.ts";
import type { HisLayout, HisTable, LayoutStyle } from "../layout.ts";
import type { Patient, Registration } from "../patients.ts";
import { TextFile } from "../text-file.ts";

const TYPES: Readonly<Record<HisTable, string>> = {
    patient: "P",
    episode: "E",
    measurement: "M",
    contact: "C",
    prescription: "R",
    referral: "V",
};

/** One practice, one journal of all record types: `|`, no header, no quoting, jjjjmmdd (exports.md). */
export function open(): HisLayout {
    return new JournalLayout();
}

class JournalLayout implements HisLayout {
    readonly format = "his-journaal";
    private readonly dates = new DateTexts("jjjjmmdd");
    private readonly journal = new TextFile("journaal.txt", "utf8");

    startPractice(_agb: string, _style: LayoutStyle): void {
        this.journal.head("# verzonnen demogegevens\n");
    }

    patient(patient: Patient, registration: Registration, until: Day): void {
        const { dates } = this;
        this.journal.row(
            `P|${patient.id}|${patient.birthYear}|${patient.sex}|${patient.pc4}|${dates.of(registration.from)}|${dates.of(until)}|${registration.kind === "VAST" ? "V" : "P"}\n`,
        );
    }

    episode(id: string, episode: Episode, end: Day): void {
        const status = episode.active || end !== episode.end ? "A" : "I";
        this.journal.row(`E|${id}|${episode.icpc}|${this.dates.of(episode.start)}|${this.dates.of(end)}|${status}\n`);
    }

    measurement(id: string, nhg: number, day: Day, value: string, unit: string): void {
        this.journal.row(`M|${id}|${nhg}|${this.dates.of(day)}|${value}|${unit}\n`);
    }

    contact(id: string, day: Day, kind: string, discipline: string, icpc: string): void {
        this.journal.row(`C|${id}|${this.dates.of(day)}|${kind}|${discipline}|${icpc}\n`);
    }

    prescription(id: string, day: Day, atc: string, days: number): void {
        this.journal.row(`R|${id}|${this.dates.of(day)}|${atc}|${days}\n`);
    }

    referral(id: string, day: Day, destination: string, programme: string): void {
        this.journal.row(`V|${id}|${this.dates.of(day)}|${destination}|${programme}\n`);
    }

    endPatient(): void {}

    date(day: Day): string {
        return this.dates.of(day);
    }

    raw(table: HisTable, fields: readonly string[]): void {
        this.journal.row(`${TYPES[table]}|${fields.join("|")}\n`);
    }

    line(_table: HisTable, text: string): void {
        this.journal.row(`${text}\n`);
    }

    fileOf(_table: HisTable): string {
        return this.journal.name;
    }

    files(): TextFile[] {
        return [this.journal];
    }
}
