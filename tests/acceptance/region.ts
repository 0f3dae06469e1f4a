import type { Day, Month } from "./calendar.ts";

/**
 * A region as the sender means it, before it is spelled in any layout. The recount reads these rows; the product
 * only sees what the writers make of them.
 */
export interface Patient {
    patientnr: string;
    geboortejaar: number;
    geslacht: "M" | "V" | "O";
    pc4: string;
    van: Day;
    tot: Day | null;
    categorie: "VAST" | "PASSANT";
}

export interface Episode {
    patientnr: string;
    icpc: string;
    start: Day;
    eind: Day | null;
    actief: boolean;
}

/** `text` is as a Dutch HIS writes it (decimal comma); `unit` may be written in its own column or behind the value. */
export interface Measurement {
    patientnr: string;
    nhgnr: number;
    datum: Day;
    text: string;
    unit: string;
    /** What it means: a number in the unit of the concept, or the answer in lower case. */
    number: number | null;
    answer: string | null;
}

export interface Contact {
    patientnr: string;
    datum: Day;
    soort: string;
    discipline: string;
    icpc: string;
}

export interface Prescription {
    patientnr: string;
    datum: Day;
    atc: string;
    dagen: number;
}

export interface Referral {
    patientnr: string;
    datum: Day;
    bestemming: string;
    programma: string;
}

export interface HisRows {
    patients: Patient[];
    episodes: Episode[];
    measurements: Measurement[];
    contacts: Contact[];
    prescriptions: Prescription[];
    referrals: Referral[];
}

export interface Programme {
    patientnr: string;
    programma: "DM2" | "HVZ" | "VRM" | "ASTMA" | "COPD" | "OUDEREN";
    start: Day;
    eind: Day | null;
    hoofdbehandelaar: "huisarts" | "specialist" | "";
}

export interface Gli {
    patientnr: string;
    verwijsdatum: Day;
    programma: "CooL" | "BeweegKuur" | "SSiB" | "kind";
    intake: Day | null;
    start: Day | null;
    eind: Day | null;
    einde: "afgerond" | "uitval" | "loopt";
}

export interface Consultation {
    patientnr: string;
    datum: Day;
    antwoord: Day | null;
    onderwerp: string;
    bij: string;
    specialisme: string;
    ziekenhuis: string;
}

export interface PlatformUse {
    maand: Month;
    functie: string;
    gebruikers: number;
}

export interface VipRows {
    programmes: Programme[];
    acp: { patientnr: string; datum: Day; vorm: "gesprek" | "vragenlijst" | "bijstelling" }[];
    frailty: {
        patientnr: string;
        datum: Day;
        instrument: "TraZAG" | "GFI" | "oordeel";
        score: number;
        kwetsbaar: boolean;
        bron: "praktijk" | "huisbezoek75";
    }[];
    plans: { patientnr: string; datum: Day; soort: "IZP" | "MDO" | "MBO" }[];
    gli: Gli[];
    consultations: Consultation[];
    telemonitoring: { patientnr: string; start: Day; eind: Day | null; aandoening: "CVRM" | "COPD" }[];
    portal: { maand: Month; ingeschreven: number; gebruikt: number }[];
    use: PlatformUse[];
}

export interface RegisterRows {
    practices: {
        agb: string;
        naam: string;
        organisatie: string;
        hagro: string;
        gebied: string;
        his: string;
        toegetreden: Day;
        vertrokken: Day | null;
    }[];
    areas: { gebied: string; naam: string; cbsCode: string; postcodes: string[]; van: Day; tot: Day | null }[];
    practiceFacts: { agb: string; feit: string; datum: Day; waarde: string }[];
    regionFacts: { gebied: string; feit: string; datum: Day; aantal: number; code: string }[];
    staff: { agb: string; datum: Day; functie: string; aantal: number; fte: string }[];
}

interface DeliveryName {
    peildatum: Day;
    volgnr: number;
    /** gegevens_vanaf of levering.json; null where it is left out. */
    since: Day | null;
}

export interface HisDelivery extends DeliveryName {
    kind: "his";
    layout: "his-lang" | "his-breed" | "his-journaal";
    sender: string;
    practices: Map<string, HisRows>;
    covered: string[] | null;
}

export interface VipDelivery extends DeliveryName {
    kind: "viplive";
    layout: "viplive";
    sender: string;
    practices: Map<string, VipRows>;
    covered: string[] | null;
}

export interface RegisterDelivery extends DeliveryName {
    kind: "bureau";
    layout: "bureau";
    sender: string;
    register: RegisterRows;
    covered: null;
}

export type Delivery = HisDelivery | VipDelivery | RegisterDelivery;

export interface Region {
    deliveries: Delivery[];
    /** First and last month that refresh computes. */
    from: Month;
    to: Month;
}

export function emptyHis(): HisRows {
    return { patients: [], episodes: [], measurements: [], contacts: [], prescriptions: [], referrals: [] };
}

export function emptyVip(): VipRows {
    return {
        programmes: [],
        acp: [],
        frailty: [],
        plans: [],
        gli: [],
        consultations: [],
        telemonitoring: [],
        portal: [],
        use: [],
    };
}

/** The name that tells layout, sender and reference date; a volgnr of 1 is left out. */
export function deliveryName(delivery: Delivery): string {
    const suffix = delivery.volgnr === 1 ? "" : `_${delivery.volgnr}`;
    return `${delivery.layout}_${delivery.sender}_${delivery.peildatum.replaceAll("-", "")}${suffix}`;
}
