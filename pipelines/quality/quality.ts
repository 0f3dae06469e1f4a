// What is known of a delivery beyond single rows: counts per practice, and who is touched by rows that were set aside.
import type { Format } from "../format.ts";

/** Which kind of source a delivery comes from. */
export type Source = Format["source"];

/** What one practice delivered, in counts: enough to compare the next delivery with, and nothing about anybody. */
export interface PracticeProfile {
    /** Rows per lake table; a table of the layout without rows is 0. */
    rows: Record<string, number>;
    /** Latest event day (ISO) per table of events that has any. */
    lastDay: Record<string, string>;
    /** Rows per table in the 365 days up to and including that day. */
    lastYearRows: Record<string, number>;
    /** Patients registered on the peildatum; null when the source holds no patient file. */
    registered: number | null;
    /** Patients per condition (active episode, registered) and per programme on the peildatum. */
    populations: Record<string, number>;
    /** Patients with a result in the 12 months up to the peildatum, per concept of stg_concepts. */
    measured: Record<string, number>;
    /** The same per NHG number, whatever the concept. */
    measuredNumbers: Record<string, number>;
}

/** How many patients of a practice have rows of one kind that were set aside. Windows: `windowsCounted`, in months. */
export interface Affected {
    /** AGB code; null when the row did not say, or said a practice that is not known. */
    practice: string | null;
    /** Lake table the row was meant for; null when a line could not be told apart at all. */
    table: string | null;
    /** Concept of a measurement; null for other tables and when the NHG number could not be read. */
    concept: string | null;
    /** Patients (a row without a patient counts as one) by window; a row without a usable day counts in every window. */
    patients: Record<string, number>;
    /** Those of them without another, kept result of the same concept in that window. */
    without: Record<string, number>;
}

/** Windows of indicators in months; 1200 is "ever". */
export const windowsCounted = [1, 12, 36, 60, 1200] as const;

export interface DeliveryProfile {
    delivery: string;
    name: string;
    format: string;
    source: Source;
    peildatum: string;
    sequence: number;
    historyFrom: string;
    practices: Record<string, PracticeProfile>;
    affected: Affected[];
}

/** One practice in one delivery, as a check sees it. */
export interface Snapshot {
    practice: string;
    peildatum: string;
    historyFrom: string;
    profile: PracticeProfile;
}

/** The smallest window counted that holds a window of this many months; without a window: ever. */
export function windowHolding(months: number | null): string {
    const found = months === null ? undefined : windowsCounted.find((window) => window >= months);
    return String(found ?? windowsCounted.at(-1));
}
