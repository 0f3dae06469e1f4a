import type { Day } from "./calendar.ts";
import { lastDay } from "./calendar.ts";
import type { Chance } from "./random.ts";
import type { Consultation, HisRows, RegisterRows, VipRows } from "./region.ts";

/** Rows of up to the day, less a random share: so a correction and an older delivery really differ from the newest. */
function thin<T>(chance: Chance, rows: readonly T[], drop: number, keeps: (row: T) => boolean): T[] {
    return rows.filter((row) => keeps(row) && !chance.happens(drop));
}

/** The HIS as it stood on the peildatum; whoever is left out is left out of every file. */
export function hisSnapshot(chance: Chance, rows: HisRows, peildatum: Day, drop: number): HisRows {
    const patients = thin(chance, rows.patients, drop / 3, (row) => row.van <= peildatum);
    const known = new Set(patients.map((row) => row.patientnr));
    const dated = (row: { patientnr: string; datum: Day }): boolean =>
        known.has(row.patientnr) && row.datum <= peildatum;
    return {
        patients,
        episodes: thin(chance, rows.episodes, drop, (row) => known.has(row.patientnr) && row.start <= peildatum),
        measurements: thin(chance, rows.measurements, drop, dated),
        contacts: thin(chance, rows.contacts, drop, dated),
        prescriptions: thin(chance, rows.prescriptions, drop, dated),
        referrals: thin(chance, rows.referrals, drop, dated),
    };
}

function upTo(day: Day | null, peildatum: Day): Day | null {
    return day !== null && day <= peildatum ? day : null;
}

/** A consultation as it stood on the day: an answer that came later is not there yet. */
export function answeredBy(row: Consultation, day: Day): Consultation {
    return { ...row, antwoord: upTo(row.antwoord, day) };
}

/** VIPLive as it stood on the peildatum: what had not happened yet is empty. */
export function vipSnapshot(chance: Chance, rows: VipRows, peildatum: Day, drop: number): VipRows {
    const dated = (row: { datum: Day }): boolean => row.datum <= peildatum;
    return {
        programmes: thin(chance, rows.programmes, drop, (row) => row.start <= peildatum),
        acp: thin(chance, rows.acp, drop, dated),
        frailty: thin(chance, rows.frailty, drop, dated),
        plans: thin(chance, rows.plans, drop, dated),
        gli: thin(chance, rows.gli, drop, (row) => row.verwijsdatum <= peildatum).map((row) => ({
            ...row,
            intake: upTo(row.intake, peildatum),
            start: upTo(row.start, peildatum),
            eind: upTo(row.eind, peildatum),
            einde: row.eind !== null && upTo(row.eind, peildatum) === null ? "loopt" : row.einde,
        })),
        consultations: thin(chance, rows.consultations, drop, dated).map((row) => answeredBy(row, peildatum)),
        telemonitoring: thin(chance, rows.telemonitoring, drop, (row) => row.start <= peildatum),
        portal: thin(chance, rows.portal, drop, (row) => lastDay(row.maand) <= peildatum),
        use: [],
    };
}

/** The register as it stood on the peildatum: every practice, and the facts up to that day. */
export function registerSnapshot(chance: Chance, rows: RegisterRows, peildatum: Day, drop: number): RegisterRows {
    const dated = (row: { datum: Day }): boolean => row.datum <= peildatum;
    return {
        practices: rows.practices,
        areas: rows.areas,
        practiceFacts: thin(chance, rows.practiceFacts, drop, dated),
        regionFacts: thin(chance, rows.regionFacts, drop, dated),
        staff: thin(chance, rows.staff, drop, dated),
    };
}
