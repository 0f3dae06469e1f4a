import type { Sex } from "./patients.ts";

/** Per 1.000 at the given ages, men and women; straight lines between them (calibrated on domain.md §4f). */
export interface Prevalence {
    ages: readonly number[];
    men: readonly number[];
    women: readonly number[];
}

export const PREVALENCE = {
    dm2: rates(
        [18, 30, 37, 42, 47, 52, 57, 62, 67, 72, 77, 82, 90],
        [1, 7, 12, 25, 41, 63, 95, 130, 171, 206, 232, 241, 236],
        [1, 6, 11, 19, 31, 48, 70, 98, 126, 164, 197, 229, 226],
    ),
    hvz: rates([30, 40, 50, 60, 70, 80, 90], [2, 20, 65, 145, 250, 350, 410], [2, 14, 38, 80, 150, 240, 320]),
    hypertension: rates(
        [18, 30, 40, 50, 60, 70, 80, 95],
        [2, 18, 65, 165, 310, 430, 490, 470],
        [2, 18, 60, 155, 300, 440, 530, 520],
    ),
    lipids: rates([25, 40, 55, 70, 90], [2, 30, 90, 110, 60], [2, 20, 80, 120, 70]),
    copd: rates([39, 40, 50, 60, 75, 85, 95], [0, 8, 28, 62, 105, 98, 60], [0, 9, 30, 66, 95, 80, 50]),
    asthma: rates([2, 8, 15, 20, 40, 60, 80], [20, 58, 42, 26, 27, 28, 25], [14, 38, 38, 32, 42, 46, 33]),
    heartFailure: rates([45, 60, 70, 80, 90], [1, 12, 35, 90, 170], [1, 7, 24, 80, 180]),
    atrialFibrillation: rates([45, 60, 70, 80, 90], [3, 22, 68, 130, 170], [1, 12, 44, 100, 155]),
    dementia: rates([55, 65, 75, 80, 85, 92], [1, 6, 30, 65, 120, 200], [1, 6, 30, 80, 160, 270]),
    memory: rates([60, 70, 80, 90], [2, 12, 30, 40], [2, 12, 32, 45]),
    osteoporosis: rates([45, 55, 65, 75, 85], [1, 5, 14, 30, 45], [4, 24, 70, 140, 190]),
    gout: rates([25, 45, 65, 80], [2, 28, 70, 100], [1, 4, 18, 45]),
    hypothyroidism: rates([20, 40, 60, 80], [2, 7, 15, 24], [14, 36, 62, 80]),
    obesity: rates([5, 20, 40, 60, 80], [5, 25, 55, 75, 45], [6, 32, 70, 90, 60]),
    overweight: rates([10, 30, 60, 80], [5, 12, 30, 20], [5, 15, 32, 22]),
    kidney: rates([50, 65, 75, 85, 95], [5, 30, 95, 210, 290], [5, 28, 90, 200, 280]),
    depression: rates([12, 25, 45, 65, 85], [3, 35, 55, 50, 55], [6, 60, 95, 90, 85]),
    anxiety: rates([12, 25, 45, 65], [6, 35, 38, 28], [10, 62, 62, 52]),
    arthrosis: rates([35, 50, 65, 80, 92], [2, 28, 90, 150, 180], [2, 40, 150, 270, 310]),
    eczema: rates([0, 8, 20, 60], [130, 90, 45, 40], [115, 95, 60, 45]),
    hayFever: rates([5, 15, 30, 60], [40, 110, 110, 55], [30, 100, 130, 75]),
    frail: rates([73, 75, 80, 85, 92], [0, 50, 110, 220, 340], [0, 60, 140, 270, 390]),
    careWishes: rates([60, 74, 80, 88, 95], [3, 18, 60, 130, 190], [3, 18, 65, 145, 220]),
} as const satisfies Record<string, Prevalence>;

/** The chance (0 to 1) that a person of this age and sex has the condition. */
export function chanceOf(prevalence: Prevalence, age: number, sex: Sex): number {
    const { ages } = prevalence;
    const values = sex === "M" ? prevalence.men : prevalence.women;
    const first = ages[0] ?? 0;
    if (age <= first) return age < first - 4 ? 0 : (values[0] ?? 0) / 1_000;
    for (let index = 1; index < ages.length; index++) {
        const high = ages[index] ?? 0;
        if (age > high) continue;
        const low = ages[index - 1] ?? 0;
        const [from = 0, to = 0] = [values[index - 1], values[index]];
        return (from + ((to - from) * (age - low)) / (high - low)) / 1_000;
    }
    return (values[values.length - 1] ?? 0) / 1_000;
}

function rates(ages: readonly number[], men: readonly number[], women: readonly number[]): Prevalence {
    return { ages, men, women };
}
