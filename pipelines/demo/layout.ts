import type { Day } from "./calendar.ts";
import type { Episode } from "./health.ts";
import type { Patient, Registration } from "./patients.ts";
import type { HisFormat } from "./practice.ts";
import type { TextFile } from "./text-file.ts";

export type HisTable = "patient" | "episode" | "measurement" | "contact" | "prescription" | "referral";

/** What differs between deliveries of the same layout. */
export interface LayoutStyle {
    /** Column names in capitals, as some systems write them. */
    capitals: boolean;
    /** A trailing separator on every line of the contacts, or now and then. */
    trailing: "never" | "always" | "sometimes";
    /** The AGB code as a spreadsheet leaves it: without its leading zero. */
    lostZero: boolean;
}

/**
 * Writes one practice's records in one export layout. Values come as text with a decimal point; dates as day numbers.
 * Records of one patient arrive together, between `patient` and `endPatient`.
 */
export interface HisLayout {
    readonly format: HisFormat;
    startPractice(agb: string, style: LayoutStyle): void;
    patient(patient: Patient, registration: Registration, until: Day): void;
    episode(id: string, episode: Episode, end: Day): void;
    measurement(id: string, nhg: number, day: Day, value: string, unit: string): void;
    contact(id: string, day: Day, kind: string, discipline: string, icpc: string): void;
    prescription(id: string, day: Day, atc: string, days: number): void;
    referral(id: string, day: Day, destination: string, programme: string): void;
    endPatient(): void;
    /** A date as the layout writes it. */
    date(day: Day): string;
    /** One row as it stands, in the order of the layout's own columns (without `agb`); for rows with planted errors. */
    raw(table: HisTable, fields: readonly string[]): void;
    /** Raw text as a line of its own, whatever the layout says. */
    line(table: HisTable, text: string): void;
    /** The name of the file that holds a table. */
    fileOf(table: HisTable): string;
    files(): TextFile[];
}

/** Loads the layout; the file name is its id. */
export async function openLayout(format: HisFormat): Promise<HisLayout> {
    const module: { open: () => HisLayout } = await import(`./layouts/${format}.ts`);
    return module.open();
}
