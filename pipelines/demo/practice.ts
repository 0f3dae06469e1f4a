import type { Day } from "./calendar.ts";
import type { AreaKey } from "./places.ts";

export type Role = "stayer" | "leaver" | "joiner";
export type HisFormat = "his-lang" | "his-breed" | "his-journaal";

/** Exact counts on 31 December 2022 that the practice's patients are drawn to. */
export interface ProgrammeQuota {
    dm2: number;
    cvrm: number;
    asthma: number;
    copd: number;
}

export interface PracticePlan {
    index: number;
    agb: string;
    name: string;
    area: AreaKey;
    /** Where its patients live: PC4 with weight; the first is where the practice is. */
    homes: { pc4: number; weight: number }[];
    hagro: string;
    format: HisFormat;
    role: Role;
    joined: Day;
    /** First day no longer a member; 0 while a member. */
    left: Day;
    /** Registered on 31 December 2022, and how many of them are 75 and over. */
    size: number;
    over75: number;
    quota: ProgrammeQuota;
    /** Lifestyle referrals of 2022, all of patients in the practice's own area. */
    lifestyle2022: number;
    consultations: ConsultationPlan[];
    /** Conversations about care wishes, all ages. */
    conversations: { year: number; month: number }[];
    generalPractitioners: number;
    /** Patient portal in December 2022: people of 16 and over, and how many of them looked into their record. */
    portal: { registered16: number; used: number };
}

/** One digital consultation that a practice will ask for, before a patient and a day are drawn. */
export interface ConsultationPlan {
    year: number;
    month: number;
    subject: string;
    adviser: string;
}
