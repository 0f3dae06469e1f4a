/** The code lists of the domain, typed in a second time from the normative page, never imported from the product. */

/** True where the episode code is the listed code, or lies under a listed code of three positions. */
export function isListed(icpc: string, codes: readonly string[]): boolean {
    return codes.some((code) => icpc === code || (code.length === 3 && icpc.startsWith(`${code}.`)));
}

export const DM2 = ["T90.02"];
export const HVZ = ["K74", "K75", "K76", "K89", "K90.02", "K90.03", "K91", "K92.01", "K99.01"];
export const VRM = ["K86", "K87", "T93"];
export const COPD = ["R95"];
export const ASTMA = ["R96"];
export const ASTMA_NOT = ["R96.01"];
export const FRAIL = ["A05"];
export const SINGLE_CODES: Readonly<Record<string, readonly string[]>> = {
    pop_hartfalen: ["K77"],
    pop_atriumfibrilleren: ["K78"],
    pop_dementie: ["P70"],
    pop_osteoporose: ["L95"],
    pop_jicht: ["T92"],
    pop_hypothyreoidie: ["T86"],
    pop_obesitas: ["T82"],
};

/** In the order in which one of the same day is preferred. */
export const HBA1C = [2816, 3266, 3754];
export const SYSTOLIC = [1744, 2055, 3326, 2659, 3336];
export const SMOKING = [1739, 4013];
export const FOOT = [2196, 1710, 1711, 1641, 1642, 1697, 1698];
export const FUNDUS = [2129, 1638, 1652, 1653];
export const FUNDUS_POLICY = 2717;
export const NO_FUNDUS_NEEDED = "geen funduscontrole meer noodzakelijk";
export const INHALATION = [1608];
export const FRAILTY = [2785, 2808, 3686];
export const CARE_PLAN = [3882];

export const LDL = [542, 2683, 3854];
export const EGFR = [3583, 1919, 1918, 524, 3907, 3908];
export const ACR = [40];
export const BMI = [1272];
export const LUNG_ATTACKS = [3549];
export const EXERCISE = [3239, 3958];
export const ASTMA_CONTROL = [3555, 3602, 4025];
export const RISK_CATEGORY = [3953];
export const TEAM_MEETING = [3982];
export const MEDICATION_REVIEW = [4021];
/** On one day, of answers under one number, the first of these goes before the others. */
export const SMOKING_ORDER = ["rookt", "gestopt", "nooit"];

/** Squeezed memo code of each number that the wide layout may use as a column. */
export const MEMO_CODES: ReadonlyMap<number, string> = new Map([
    [2816, "HBACB"],
    [3266, "HBAPB"],
    [3754, "HBAPBPO"],
    [1744, "RRSYKA"],
    [2055, "RRSYKAMH"],
    [3326, "RRS7KAMH"],
    [2659, "RRGSKAMH"],
    [3336, "RR3SKA"],
    [1740, "RRDIKA"],
    [1739, "ROOKAQ"],
    [4013, "ROSTAQ"],
    [2196, "RIVUSQ"],
    [1710, "MOFVNSLI"],
    [1711, "MOFVNSRE"],
    [1641, "DBLOLVLI"],
    [1642, "DBLOLVRE"],
    [1697, "INSPLVLI"],
    [1698, "INSPLVRE"],
    [2129, "FUFOFA"],
    [1638, "DAFUFZ"],
    [1652, "DMRPFALI"],
    [1653, "DMRPFARE"],
    [2717, "FSFUFZ"],
    [1608, "ASITRQ"],
    [2785, "AWKWAZ"],
    [2808, "KWBHAZ"],
    [3686, "KWCZAZ"],
    [3882, "IZPAZ"],
    [542, "LDLB"],
    [2683, "LDLDB"],
    [3854, "LDLBPO"],
    [3583, "KRECOFB"],
    [1919, "KREMOFB"],
    [1918, "KREAOFB"],
    [524, "KREAOMK"],
    [40, "ALBKUMI"],
    [3549, "COAERQ"],
    [3239, "NNGBAQ"],
    [3958, "BWRLAQ"],
    [3555, "ACTRQ"],
    [3602, "ACQKRQ"],
    [4025, "ASCORQ"],
    [3953, "RH19KQ"],
    [3982, "DMDOAZ"],
    [4021, "MBOAZ"],
    [1272, "QUETAO"],
]);
