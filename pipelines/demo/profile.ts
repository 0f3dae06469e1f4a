import type { PracticePlan } from "./practice.ts";
import { type Random, stream } from "./random.ts";

/** How one practice works: shares of people measured, and how its patients do. Practices differ; that is what a mirror shows. */
export interface PracticeProfile {
    attends: number;
    hba1c: number;
    pressure: number;
    ldl: number;
    egfr: number;
    albumin: number;
    bmi: number;
    smokingKnown: number;
    foot: number;
    fundus: number;
    inhalation: number;
    exacerbations: number;
    exercise: number;
    control: number;
    riskCategory: number;
    antithrombotic: number;
    frailty: number;
    carePlan: number;
    team: number;
    medication: number;
    careWishes: number;
    /** Shifts of outcomes in their own units. */
    hba1cShift: number;
    pressureShift: number;
    ldlShift: number;
    smokingFactor: number;
    contacts: number;
    longConsults: number;
    specialistReferrals: number;
    socialReferrals: number;
    /** Where frailty and plans of care are written down. */
    inViplive: number;
    /** Disciplines beside the usual ones. */
    elderlyNurse: boolean;
    physicianAssistant: boolean;
    olderUnits: boolean;
}

/** Means within domain.md §4c, spread between practices 5 to 10 points for process and 4 to 7 points for outcome. */
export function drawProfile(plan: PracticePlan, seed: number): PracticeProfile {
    const random = stream(seed, plan.agb, "profile");
    const share = (mean: number, sd: number): number => Math.min(0.995, Math.max(0.12, random.normal(mean, sd)));
    const factor = (sd: number): number => Math.exp(random.normal(0, sd));
    return {
        attends: share(0.965, 0.02),
        hba1c: share(0.985, 0.015),
        pressure: share(0.97, 0.025),
        ldl: share(0.93, 0.04),
        egfr: share(0.98, 0.02),
        albumin: share(0.86, 0.07),
        bmi: share(0.9, 0.06),
        smokingKnown: share(0.972, 0.03),
        foot: share(0.9, 0.06),
        fundus: share(0.93, 0.05),
        inhalation: share(0.7, 0.1),
        exacerbations: share(0.74, 0.1),
        exercise: share(0.72, 0.1),
        control: share(0.68, 0.1),
        riskCategory: share(0.24, 0.07),
        antithrombotic: share(0.86, 0.04),
        frailty: factor(0.22),
        carePlan: factor(0.3),
        team: factor(0.35),
        medication: factor(0.25),
        careWishes: factor(0.35),
        hba1cShift: random.normal(0, 1.1),
        pressureShift: random.normal(0, 1.8),
        ldlShift: random.normal(0, 0.1),
        smokingFactor: factor(0.14),
        contacts: factor(0.1),
        longConsults: share(0.24, 0.06),
        specialistReferrals: factor(0.15),
        socialReferrals: factor(0.4),
        inViplive: share(0.35, 0.15),
        elderlyNurse: random.chance(0.4),
        physicianAssistant: random.chance(0.3),
        olderUnits: random.chance(0.25),
    };
}

/** Measured less in the corona year, and slowly better since. */
export function yearFactor(year: number): number {
    if (year <= 2019) return 0.975;
    if (year === 2020) return 0.86;
    if (year === 2021) return 0.94;
    return year === 2022 ? 0.98 : 0.99;
}

/** Draws whether something with this share happens, in a year with this factor. */
export function happens(random: Random, share: number, factor = 1): boolean {
    return random.next() < share * factor;
}
