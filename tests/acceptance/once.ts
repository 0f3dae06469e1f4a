import type { HisRows, RegisterRows, VipRows } from "./region.ts";

/** The rows with of those that have the same key only one. */
export function distinct<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
    return [...new Map(rows.map((row) => [key(row), row])).values()];
}

function once<Row>(rows: readonly Row[]): Row[] {
    return distinct(rows, (row) => JSON.stringify(row));
}

/** Rows that are equal in every column are one row. */
export function hisOnce(rows: HisRows): HisRows {
    return {
        patients: once(rows.patients),
        episodes: once(rows.episodes),
        measurements: once(rows.measurements),
        contacts: once(rows.contacts),
        prescriptions: once(rows.prescriptions),
        referrals: once(rows.referrals),
    };
}

/** The same, except in consultaties.csv, where two equal rows are two. */
export function vipOnce(rows: VipRows): VipRows {
    return {
        programmes: once(rows.programmes),
        acp: once(rows.acp),
        frailty: once(rows.frailty),
        plans: once(rows.plans),
        gli: once(rows.gli),
        consultations: rows.consultations,
        telemonitoring: once(rows.telemonitoring),
        portal: once(rows.portal),
        use: once(rows.use),
    };
}

export function registerOnce(rows: RegisterRows): RegisterRows {
    return {
        practices: once(rows.practices),
        areas: once(rows.areas),
        practiceFacts: once(rows.practiceFacts),
        regionFacts: once(rows.regionFacts),
        staff: once(rows.staff),
    };
}
