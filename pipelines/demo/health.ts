import type { Day } from "./calendar.ts";
import type { Patient } from "./patients.ts";

export interface Episode {
    icpc: string;
    start: Day;
    end: Day;
    active: boolean;
}

export type Programme = "DM2" | "HVZ" | "VRM" | "ASTMA" | "COPD" | "OUDEREN";

export interface Participation {
    programme: Programme;
    start: Day;
    end: Day;
    clinician: "huisarts" | "specialist" | "";
}

/** What somebody has, and in which programmes the practice follows it. */
export interface Health {
    patient: Patient;
    episodes: Episode[];
    participations: Participation[];
    dm2: boolean;
    hvz: boolean;
    vrm: boolean;
    copd: boolean;
    asthma: boolean;
    hypertension: boolean;
    fibrillation: boolean;
    depression: boolean;
    thyroid: boolean;
    bones: boolean;
    frail: boolean;
    obese: boolean;
}

/** Somebody about whom nothing is known yet. */
export function healthy(patient: Patient): Health {
    return {
        patient,
        episodes: [],
        participations: [],
        dm2: false,
        hvz: false,
        vrm: false,
        copd: false,
        asthma: false,
        hypertension: false,
        fibrillation: false,
        depression: false,
        thyroid: false,
        bones: false,
        frail: false,
        obese: false,
    };
}
