import type { Health, Programme } from "./health.ts";
import { PREVALENCE, type Prevalence } from "./prevalence.ts";
import { Wheel } from "./random.ts";

/** The flag of a disease that has a programme. */
export type Flag = "dm2" | "hvz" | "vrm" | "copd" | "asthma";

export interface Disease {
    flag: Flag;
    prevalence: Prevalence;
    minimumAge: number;
    /** Share of those with the disease who are in the programme. */
    joined: number;
    codes: Wheel<string>;
    programme: Programme;
}

/** The list InEen counts as HVZ (domain.md §3a); K90 and K92 unspecified are not in it and occur as a little noise elsewhere. */
export const HVZ_CODES = new Wheel<string>([
    ["K74", 26],
    ["K75", 18],
    ["K76", 20],
    ["K89", 14],
    ["K90.03", 13],
    ["K90.02", 1.5],
    ["K91", 2],
    ["K92.01", 8],
    ["K99.01", 3],
]);

export const DISEASES: readonly Disease[] = [
    disease("dm2", "DM2", PREVALENCE.dm2, 18, 0.83, [["T90.02", 1]]),
    disease("copd", "COPD", PREVALENCE.copd, 40, 0.34, [["R95", 1]]),
    disease("asthma", "ASTMA", PREVALENCE.asthma, 16, 0.42, [
        ["R96", 80],
        ["R96.02", 20],
    ]),
];

/** Conditions without a programme: code, prevalence, the flag that care looks at. */
export const OTHERS: readonly { code: string; prevalence: Prevalence; flag?: keyof Health; factor?: number }[] = [
    { code: "K77", prevalence: PREVALENCE.heartFailure },
    { code: "K78", prevalence: PREVALENCE.atrialFibrillation, flag: "fibrillation" },
    { code: "P70", prevalence: PREVALENCE.dementia },
    { code: "P20", prevalence: PREVALENCE.memory },
    { code: "L95.02", prevalence: PREVALENCE.osteoporosis, flag: "bones" },
    { code: "T92", prevalence: PREVALENCE.gout },
    { code: "T86", prevalence: PREVALENCE.hypothyroidism, flag: "thyroid" },
    { code: "T82", prevalence: PREVALENCE.obesity, flag: "obese" },
    { code: "T83", prevalence: PREVALENCE.overweight },
    { code: "U99.01", prevalence: PREVALENCE.kidney },
    { code: "P76", prevalence: PREVALENCE.depression, flag: "depression" },
    { code: "P74", prevalence: PREVALENCE.anxiety },
    { code: "L90", prevalence: PREVALENCE.arthrosis },
    { code: "S87", prevalence: PREVALENCE.eczema },
    { code: "R97", prevalence: PREVALENCE.hayFever },
    { code: "A05", prevalence: PREVALENCE.frail, flag: "frail", factor: 0.8 },
    { code: "A20", prevalence: PREVALENCE.careWishes },
    { code: "T90.01", prevalence: PREVALENCE.hypothyroidism, factor: 0.12 },
    { code: "T90", prevalence: PREVALENCE.dm2, factor: 0.02 },
    { code: "R91", prevalence: PREVALENCE.copd, factor: 0.15 },
    { code: "R96.01", prevalence: PREVALENCE.hayFever, factor: 0.02 },
];

function disease(
    flag: Flag,
    programme: Programme,
    prevalence: Prevalence,
    minimumAge: number,
    joined: number,
    codes: (readonly [string, number])[],
): Disease {
    return { flag, programme, prevalence, minimumAge, joined, codes: new Wheel(codes) };
}
