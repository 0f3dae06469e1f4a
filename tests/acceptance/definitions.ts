import { CONTACT_DEFINITIONS } from "./contact-definitions.ts";
import type { Definition } from "./definition.ts";
import { EVENT_DEFINITIONS } from "./event-definitions.ts";
import { PATIENT_DEFINITIONS } from "./patient-definitions.ts";
import { PRACTICE_DEFINITIONS } from "./practice-definitions.ts";

/** Every indicator that is counted per practice. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
    ...PATIENT_DEFINITIONS,
    ...EVENT_DEFINITIONS,
    ...PRACTICE_DEFINITIONS,
    ...CONTACT_DEFINITIONS,
};

/**
 * Counts of the bureau about the region: the month's facts, the latest per area, or all up to P; by code where that is a
 * stratum. What is counted up to P is the same in December and in its year: the report's seven lifestyle coaches of 2022
 * are no sum of twelve months.
 */
export interface RegionDefinition {
    feit: string;
    counts: "the month" | "the latest" | "all so far";
    byCode: boolean;
    /** For the region alone, and as a share of the staff with this functie. */
    ofStaff?: string;
}

function monthly(feit: string, byCode = false): RegionDefinition {
    return { feit, counts: "the month", byCode };
}

export const REGION_DEFINITIONS: Readonly<Record<string, RegionDefinition>> = {
    gli_groepen: monthly("gli_groep_gestart"),
    scholingen: monthly("scholing", true),
    scholing_deelnemers: monthly("scholing_deelnemers", true),
    rcp_meldingen: monthly("rcp_melding"),
    patz_bijeenkomsten: monthly("patz_bijeenkomst"),
    digivitaler_cursussen: monthly("digivitaler_cursus", true),
    casuistiektafels: monthly("casuistiektafel"),
    rcp_akkoord: monthly("rcp_akkoord"),
    leefstijlcoaches: { feit: "leefstijlcoach", counts: "the latest", byCode: false },
    huisartsen_dementie_geschoold: {
        feit: "huisarts_dementie_geschoold",
        counts: "all so far",
        byCode: false,
        ofStaff: "huisarts",
    },
};
