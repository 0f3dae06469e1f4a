import type { AreaKey } from "./places.ts";

export interface ConsultationKind {
    subject: string;
    adviser: string;
    count: number;
}

/** What the annual report of 2022 prints (domain.md §2); the default region is drawn so that it counts exactly this. */
export const DEMO_YEAR_2022 = {
    practices: 45,
    members: 40,
    joiners: 5,
    leavers: 9,
    rozenburgPractices: 4,
    patients: 130_782,
    over75: 12_742,
    programmes: { dm2: 7_227, cvrm: 13_845, asthma: 1_846, copd: 1_117 },
    lifestyleReferrals: { nissewaard: 167, "voorne-aan-zee": 81, rozenburg: 109 } satisfies Record<AreaKey, number>,
    consultations: [
        { subject: "ouderenzorg", adviser: "SO", count: 35 },
        { subject: "ouderenzorg", adviser: "casemanager dementie", count: 18 },
        { subject: "ouderenzorg", adviser: "apotheek", count: 10 },
        { subject: "ggz", adviser: "psychiatrische consultatielijn", count: 1 },
        { subject: "ggz", adviser: "ggz", count: 1 },
        { subject: "diabetes", adviser: "diabetesverpleegkundige", count: 29 },
        { subject: "diabetes", adviser: "kaderhuisarts", count: 10 },
        { subject: "diabetes", adviser: "apotheek", count: 2 },
        { subject: "CVRM", adviser: "kaderhuisarts", count: 2 },
        { subject: "COPD", adviser: "apotheek", count: 3 },
        { subject: "meedenk", adviser: "medisch specialist", count: 95 },
    ] satisfies ConsultationKind[],
    trainings: [
        { programme: "chronisch", count: 17, participants: 180 },
        { programme: "long", count: 7, participants: 137 },
        { programme: "ouderen", count: 11, participants: 114 },
        { programme: "leefstijl", count: 11, participants: 107 },
        { programme: "digitalisering", count: 11, participants: 35 },
        { programme: "personeel", count: 7, participants: 69 },
        { programme: "divers", count: 9, participants: 206 },
    ],
    crisisReports: 172,
    crisisAgreed: 86,
    portalShare: 0.162,
    staff: { huisarts: 80, "POH-S": 38, "POH-GGZ": 25, assistente: 119, praktijkmanager: 18 },
    joinerGeneralPractitioners: 22,
    leaverGeneralPractitioners: 14,
    lifestyleCoaches: 7,
    ictScans: 18,
} as const;
