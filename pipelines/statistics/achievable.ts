import { FEWEST_PRACTICES } from "./funnel.ts";
import { type Share, sumOver } from "./interval.ts";
import { chanceOfDifference, shrunkShare, spreadOfShares } from "./shrinkage.ts";

export interface Achievable {
    /** Share that the best practices have reached, 0..1. */
    value: number;
    /** How many practices those are, and their patients. */
    practices: number;
    patients: number;
}

/** The best practices together hold this part of all patients. */
const BEST = 0.1;

/** Practices differ beyond chance when identical ones would differ so much less often than this. */
const CHANCE = 0.01;

/** Whether practices differ more than chance gives; with fewer than 8 of them nobody can tell, and it is false. */
export function differBeyondChance(practices: readonly Share[]): boolean {
    const counted = practices.filter(({ denominator }) => denominator > 0);
    return counted.length >= FEWEST_PRACTICES && chanceOfDifference(counted) < CHANCE;
}

/**
 * The achievable share: the patient-weighted mean of the best practices that together hold at least 10 % of patients,
 * after empirical-Bayes shrinkage (indicators.md, Publication). Null, and then nothing is to be shown, where practices do
 * not differ more than chance, or with fewer than 8 practices.
 */
export function achievable(practices: readonly Share[], better: "hoger" | "lager"): Achievable | null {
    if (!differBeyondChance(practices)) return null;
    const counted = practices.filter(({ denominator }) => denominator > 0);
    const spread = spreadOfShares(counted);
    if (!spread || spread.correlation === 0) return null;
    const sign = better === "hoger" ? -1 : 1;
    const best = counted
        .map((practice) => ({ share: shrunkShare(practice, spread), patients: practice.denominator }))
        // Equal shares: the larger practice first, so that the order of the rows decides nothing.
        .sort((left, right) => sign * (left.share - right.share) || right.patients - left.patients);
    const enough = BEST * sumOver(best, ({ patients }) => patients);
    let patients = 0;
    let reached = 0;
    let count = 0;
    for (const practice of best) {
        patients += practice.patients;
        reached += practice.share * practice.patients;
        count += 1;
        if (patients >= enough) break;
    }
    return { value: reached / patients, practices: count, patients };
}
