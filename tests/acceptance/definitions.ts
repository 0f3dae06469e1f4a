import type { Definition } from "./definition.ts";
import { EVENT_DEFINITIONS } from "./event-definitions.ts";
import { PATIENT_DEFINITIONS } from "./patient-definitions.ts";
import { PRACTICE_DEFINITIONS } from "./practice-definitions.ts";

/** Every indicator that is counted per practice. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
    ...PATIENT_DEFINITIONS,
    ...EVENT_DEFINITIONS,
    ...PRACTICE_DEFINITIONS,
};

/** Counts of the bureau about the region: the month's facts, or the latest per area, by code where that is a stratum. */
export const REGION_DEFINITIONS: Readonly<Record<string, { feit: string; latest: boolean; byCode: boolean }>> = {
    gli_groepen: { feit: "gli_groep_gestart", latest: false, byCode: false },
    scholingen: { feit: "scholing", latest: false, byCode: true },
    scholing_deelnemers: { feit: "scholing_deelnemers", latest: false, byCode: true },
    rcp_meldingen: { feit: "rcp_melding", latest: false, byCode: false },
    patz_bijeenkomsten: { feit: "patz_bijeenkomst", latest: false, byCode: false },
    digivitaler_cursussen: { feit: "digivitaler_cursus", latest: false, byCode: true },
    casuistiektafels: { feit: "casuistiektafel", latest: false, byCode: false },
    rcp_akkoord: { feit: "rcp_akkoord", latest: false, byCode: false },
    leefstijlcoaches: { feit: "leefstijlcoach", latest: true, byCode: false },
};
