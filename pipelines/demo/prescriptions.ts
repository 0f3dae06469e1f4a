import { type Day, yearOf } from "./calendar.ts";
import type { Health } from "./health.ts";
import type { HisOutput } from "./his-output.ts";
import { onlyPassing } from "./patients.ts";
import type { PracticeProfile } from "./profile.ts";
import { type Random, Wheel } from "./random.ts";
import type { Horizon } from "./settings.ts";

const COURSES = new Wheel<readonly [string, number]>([
    [["J01CA04", 7], 12],
    [["J01XE01", 5], 12],
    [["M01AE01", 14], 8],
    [["N02BE01", 14], 8],
    [["M01AB05", 14], 8],
    [["R01AD09", 30], 9],
    [["D07AC01", 14], 9],
    [["J01AA02", 7], 6],
    [["J01XX01", 1], 4],
    [["A06AD65", 30], 7],
    [["N05BA04", 10], 5],
    [["R06AE07", 30], 6],
    [["S01AA01", 7], 5],
    [["N02AX02", 10], 4],
    [["H02AB06", 7], 3],
    [["D01AC20", 14], 4],
]);

/** Repeat prescriptions of chronic medicines, every three or four months, and short courses. */
export class Prescriptions {
    constructor(
        private readonly profile: PracticeProfile,
        private readonly horizon: Horizon,
        private readonly random: Random,
        private readonly output: HisOutput,
    ) {}

    write(health: Health): void {
        const { patient } = health;
        const { random, horizon, output } = this;
        const last = Math.min(patient.left - 1, horizon.end);
        if (last < patient.entered || onlyPassing(patient)) return;
        const age = yearOf(horizon.reference) - patient.birthYear;
        for (const atc of this.chronic(health, age)) this.repeat(health, atc, last);
        const courses = random.poisson(
            ((age < 40 ? 0.45 : age < 70 ? 0.75 : 1.3) * patient.need * (last - patient.entered)) / 365,
        );
        for (let number = 0; number < courses; number++) {
            const [atc, days] = COURSES.turn(random);
            output.prescription(patient, random.between(patient.entered, last), atc, days);
        }
    }

    private chronic(health: Health, age: number): string[] {
        const { random, profile } = this;
        const { patient } = health;
        const medicines: string[] = [];
        const add = (share: number, atc: string): void => {
            if (random.chance(share)) medicines.push(atc);
        };
        if (health.dm2) {
            add(0.76, "A10BA02");
            add(0.3, "A10BB09");
            add(0.13, "A10BK03");
            add(0.06, "A10BJ02");
            add(0.17, "A10AE04");
            if (!health.hvz) add(0.7, "C10AA05");
        }
        if (health.hvz) {
            add(0.82, "C10AA05");
            add(health.fibrillation ? 0.2 : profile.antithrombotic, random.chance(0.6) ? "B01AC06" : "B01AC04");
            add(0.5, "C07AB02");
            add(0.45, "C09AA04");
        }
        if (health.fibrillation) add(0.86, random.chance(0.7) ? "B01AF02" : "B01AA04");
        if (health.hypertension) {
            add(0.42, "C09CA06");
            add(health.hvz ? 0.1 : 0.25, "C09AA02");
            add(0.36, "C03AA03");
            add(0.33, "C08CA01");
        }
        if (health.vrm) add(0.38, "C10AA01");
        if (health.copd) {
            add(0.88, random.chance(0.5) ? "R03BB04" : "R03AL03");
            add(0.4, "R03AC02");
            add(0.25, "R03AK06");
        }
        if (health.asthma) {
            add(0.84, random.chance(0.55) ? "R03AK07" : "R03BA02");
            add(0.45, "R03AC02");
        }
        if (health.thyroid) add(0.95, "H03AA01");
        if (health.depression) add(0.55, "N06AB04");
        if (health.bones) add(0.5, "M05BA04");
        add(age < 40 ? 0.02 : age < 65 ? 0.1 : 0.26, "A02BC02");
        add(age < 30 ? 0.005 : 0.025, "N05CD07");
        if (patient.sex === "V" && age >= 16 && age < 46) add(0.24, "G03AA07");
        return medicines;
    }

    private repeat(health: Health, atc: string, last: Day): void {
        const { random, output } = this;
        const { patient } = health;
        const late = random.chance(0.3) ? random.between(0, 1_400) : 0;
        // What the indicators look at comes every quarter; the rest is collected less often.
        const pause = /^(A10|B01|C09|C10|R03[ABL])/.test(atc) && atc !== "R03AC02" ? 96 : 140;
        for (
            let date = patient.entered + late + random.between(0, 90);
            date <= last;
            date += pause + random.between(-8, 10)
        ) {
            output.prescription(patient, date, atc, 90);
        }
    }
}
