import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { Patient } from "./region.ts";

export type Source = "his" | "viplive" | "bureau";

/** Whole numbers of one practice, area and stratum; the denominator stands with the whole (no stratum) only. */
export interface Counted {
    area: string;
    stratum: string | null;
    numerator: number;
    denominator: number;
}

export interface Definition {
    sources: readonly Source[];
    /** Calendar months of history that must be there; a stand without a window looks at P only. */
    window: number;
    measure: "aandeel" | "aantal" | "los aantal";
    year: "sum" | "december";
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
        year: "december",
        count: (practice) =>
            practice.registered
                .filter((patient) => belongs(practice, patient))
                .map((patient) => ({
                    area: practice.area(patient.patientnr),
                    stratum: null,
                    numerator: counts(practice, patient) ? 1 : 0,
                    denominator: 1,
                })),
    };
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
        year: "sum",
        count: (practice) => [
            ...practice.registered.map((patient) => ({
                area: practice.area(patient.patientnr),
                stratum: null,
                numerator: 0,
                denominator: 1,
            })),
            ...happened(practice).flatMap(({ area, stratum }) => [
                { area, stratum: null, numerator: 1, denominator: 0 },
                ...(stratum === null ? [] : [{ area, stratum, numerator: 1, denominator: 0 }]),
            ]),
        ],
    };
}

export function distinct<T>(rows: readonly T[], key: (row: T) => string): T[] {
    return [...new Map(rows.map((row) => [key(row), row])).values()];
}
