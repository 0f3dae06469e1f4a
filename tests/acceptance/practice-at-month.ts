import { addMonths, type Day, firstDay, lastDay, type Month, yearOf } from "./calendar.ts";
import { isListed } from "./code-lists.ts";
import type { CurrentDeliveries } from "./current-deliveries.ts";
import {
    type Contact,
    emptyHis,
    emptyVip,
    type HisRows,
    type Measurement,
    type Patient,
    type Programme,
    type RegisterRows,
    type VipRows,
} from "./region.ts";
import type { RowsByPatient } from "./rows-by-patient.ts";

const NONE: readonly never[] = [];
/** The first age of each band: 0-17, 18-44, 45-64, 65-74, 75+. */
const AGE_BANDS = [0, 18, 45, 65, 75];

/** One practice on the last day of a month, with the terms of the definitions as questions that can be asked of it. */
export class PracticeAtMonth {
    readonly agb: string;
    readonly month: Month;
    /** P: the last day of the month. */
    readonly end: Day;
    readonly his: HisRows;
    readonly vip: VipRows;
    readonly register: RegisterRows;
    readonly ownArea: string;
    /** The patients registered at P, one row each: birth year and PC4 of their latest registration. */
    readonly registered: Patient[];
    readonly #latest: Map<string, Patient>;
    readonly #of: RowsByPatient;

    constructor(agb: string, month: Month, current: CurrentDeliveries, rows: RowsByPatient) {
        this.agb = agb;
        this.month = month;
        this.end = lastDay(month);
        this.his = current.his.get(agb)?.rows ?? emptyHis();
        this.vip = current.vip.get(agb)?.rows ?? emptyVip();
        this.register = current.register.rows;
        this.ownArea = this.register.practices.find((practice) => practice.agb === agb)?.gebied ?? "";
        this.#of = rows;
        this.#latest = new Map();
        for (const row of this.his.patients) {
            const known = this.#latest.get(row.patientnr);
            if (known === undefined || row.van > known.van) {
                this.#latest.set(row.patientnr, row);
            }
        }
        this.registered = [...this.#latest.values()].filter((row) => this.isRegistered(row.patientnr, this.end));
    }

    /** Category VAST, from <= day, and not until, or until > day. */
    isRegistered(patientnr: string, day: Day): boolean {
        return (this.#of.patients.get(patientnr) ?? NONE).some(
            (row) => row.categorie === "VAST" && row.van <= day && (row.tot === null || row.tot > day),
        );
    }

    age(patient: Patient): number {
        return yearOf(this.end) - patient.geboortejaar;
    }

    /** Age band and sex, as values are standardised: five bands; men, women, and everybody else. */
    ageSexGroup(patientnr: string): string {
        const patient = this.#latest.get(patientnr);
        if (patient === undefined) {
            throw new Error(`${patientnr} has no registration`);
        }
        const age = this.age(patient);
        const band = AGE_BANDS.findLast((from) => age >= from) ?? 0;
        return `${band} ${patient.geslacht === "M" || patient.geslacht === "V" ? patient.geslacht : "rest"}`;
    }

    /** The area of the patient's PC4 in the newest register, or `elders`. Areas that have ended are history. */
    area(patientnr: string): string {
        const pc4 = this.#latest.get(patientnr)?.pc4 ?? "";
        return (
            this.register.areas.find((area) => area.tot === null && area.postcodes.includes(pc4))?.gebied ?? "elders"
        );
    }

    patient(patientnr: string): Patient | undefined {
        return this.#latest.get(patientnr);
    }

    windowStart(months: number): Day {
        return firstDay(addMonths(this.month, 1 - months));
    }

    inWindow(day: Day, months: number): boolean {
        return day >= this.windowStart(months) && day <= this.end;
    }

    hasActive(patientnr: string, codes: readonly string[], except: readonly string[] = []): boolean {
        return (this.#of.episodes.get(patientnr) ?? NONE).some(
            (row) =>
                isListed(row.icpc, codes) &&
                !isListed(row.icpc, except) &&
                row.start <= this.end &&
                (row.eind === null ? row.actief : row.eind > this.end),
        );
    }

    #programmeRows(patientnr: string, programmes: readonly Programme["programma"][]): Programme[] {
        return (this.#of.programmes.get(patientnr) ?? NONE).filter(
            (row) =>
                programmes.includes(row.programma) &&
                row.start <= this.end &&
                (row.eind === null || row.eind > this.end) &&
                row.hoofdbehandelaar !== "specialist",
        );
    }

    inProgramme(patientnr: string, ...programmes: Programme["programma"][]): boolean {
        return this.#programmeRows(patientnr, programmes).length > 0;
    }

    aYearInProgramme(patientnr: string, ...programmes: Programme["programma"][]): boolean {
        return this.#programmeRows(patientnr, programmes).some((row) => row.start < this.windowStart(12));
    }

    /** Rows of the concept in the window; `-` and empty are no rows. */
    measured(patientnr: string, numbers: readonly number[], from: Day): Measurement[] {
        return (this.#of.measurements.get(patientnr) ?? NONE).filter(
            (row) =>
                numbers.includes(row.nhgnr) &&
                (row.number !== null || row.answer !== null) &&
                row.datum >= from &&
                row.datum <= this.end,
        );
    }

    hasMeasured(patientnr: string, numbers: readonly number[], months: number): boolean {
        return this.measured(patientnr, numbers, this.windowStart(months)).length > 0;
    }

    /** Latest date; same day: the order of the numbers, then the higher value. */
    latestNumber(patientnr: string, numbers: readonly number[], months: number): number | null {
        const rows = this.measured(patientnr, numbers, this.windowStart(months)).sort(
            (left, right) =>
                right.datum.localeCompare(left.datum) ||
                numbers.indexOf(left.nhgnr) - numbers.indexOf(right.nhgnr) ||
                (right.number ?? 0) - (left.number ?? 0),
        );
        return rows[0]?.number ?? null;
    }

    /** Latest date; same day: the order of the numbers, then the order of the answers. */
    latestAnswer(
        patientnr: string,
        numbers: readonly number[],
        answers: readonly string[],
        months: number,
    ): string | null {
        const rank = (row: Measurement): number => answers.indexOf(row.answer ?? "");
        const rows = this.measured(patientnr, numbers, this.windowStart(months))
            .filter((row) => rank(row) >= 0)
            .sort(
                (left, right) =>
                    right.datum.localeCompare(left.datum) ||
                    numbers.indexOf(left.nhgnr) - numbers.indexOf(right.nhgnr) ||
                    rank(left) - rank(right),
            );
        return rows[0]?.answer ?? null;
    }

    hasPrescription(patientnr: string, atc: string, months: number): boolean {
        return (this.#of.prescriptions.get(patientnr) ?? NONE).some(
            (row) => row.atc.startsWith(atc) && this.inWindow(row.datum, months),
        );
    }

    /** Contacts in the window, other than of passers-by, of patients who were registered on that day. */
    contacts(months: number): Contact[] {
        return [...this.#of.contacts.values()]
            .flat()
            .filter(
                (row) =>
                    row.soort !== "passant" &&
                    this.inWindow(row.datum, months) &&
                    this.isRegistered(row.patientnr, row.datum),
            );
    }
}
