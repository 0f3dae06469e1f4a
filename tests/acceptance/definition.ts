import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { Patient } from "./region.ts";

export type Source = "his" | "viplive" | "bureau";

/** A share, a rate per 1.000, a bare count, or one number over another; only a share is part of its denominator. */
export type Measure = "aandeel" | "aantal" | "los aantal" | "ratio" | "ratio per 100" | "ratio per 1.000";

/** Whole numbers of one practice, area and stratum; the denominator stands with the whole (no stratum) only. */
export interface Counted {
    area: string;
    stratum: string | null;
    /** Age band and sex of the patient, where the share is one of patients and so has a standardised value. */
    group?: string;
    numerator: number;
    denominator: number;
}

export interface Definition {
    sources: readonly Source[];
    /** Calendar months of history that must be there; a stand without a window looks at P only. */
    window: number;
    /** Days past P that VIPLive must reach, because an answer may still come in. */
    waits?: number;
    measure: Measure;
    /** Whether strata are named. */
    stratified?: true;
    /** The quarter and the year: the sum of the months, or those of the last. */
    span: "sum" | "last";
    /** Null: not delivered, though its sources were. */
    count: (practice: PracticeAtMonth) => Counted[] | null;
}

export type Test = (practice: PracticeAtMonth, patient: Patient) => boolean;

/** A share of patients: who belongs, and who of them counts. */
export function share(sources: readonly Source[], window: number, belongs: Test, counts: Test): Definition {
    return {
        sources,
        window,
        measure: "aandeel",
        span: "last",
        count: (practice) =>
            practice.registered
                .filter((patient) => belongs(practice, patient))
                .map((patient) => ({
                    area: practice.area(patient.patientnr),
                    stratum: null,
                    group: practice.ageSexGroup(patient.patientnr),
                    numerator: counts(practice, patient) ? 1 : 0,
                    denominator: 1,
                })),
    };
}

/** Everybody who is registered, as a denominator by the area of each. */
export function registered(practice: PracticeAtMonth): Counted[] {
    return practice.registered.map((patient) => ({
        area: practice.area(patient.patientnr),
        stratum: null,
        numerator: 0,
        denominator: 1,
    }));
}

/** Events against the registered: each counts for the whole and for its stratum. */
export function events(
    sources: readonly Source[],
    happened: (practice: PracticeAtMonth) => { area: string; stratum: string | null }[],
): Definition {
    return {
        sources,
        window: 1,
        measure: "aantal",
        stratified: true,
        span: "sum",
        count: (practice) => [
            ...registered(practice),
            ...happened(practice).flatMap(({ area, stratum }) => [
                { area, stratum: null, numerator: 1, denominator: 0 },
                ...(stratum === null ? [] : [{ area, stratum, numerator: 1, denominator: 0 }]),
            ]),
        ],
    };
}
