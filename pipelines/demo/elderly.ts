import { type Day, day, workday, yearOf } from "./calendar.ts";
import type { Health } from "./health.ts";
import { onlyPassing } from "./patients.ts";
import type { PracticePlan } from "./practice.ts";
import type { PracticeProfile } from "./profile.ts";
import type { Random } from "./random.ts";
import type { Horizon } from "./settings.ts";
import type { ValueWriter } from "./values.ts";
import type { VipliveRows } from "./viplive-rows.ts";

/**
 * Yearly chances for somebody of 75 and over. With ageing they make frailty about 6 % more often measured in mid 2024 than a
 * year before (theme 35 goes well) and plans of care about 1 % more (it does not).
 */
const RATES: Readonly<Record<number, { frailty: number; carePlan: number; team: number; medication: number }>> = {
    2014: { frailty: 0.1, carePlan: 0.03, team: 0.02, medication: 0.05 },
    2018: { frailty: 0.2, carePlan: 0.06, team: 0.03, medication: 0.09 },
    2020: { frailty: 0.17, carePlan: 0.06, team: 0.03, medication: 0.08 },
    2021: { frailty: 0.22, carePlan: 0.08, team: 0.04, medication: 0.1 },
    2022: { frailty: 0.27, carePlan: 0.1, team: 0.05, medication: 0.12 },
    2023: { frailty: 0.28, carePlan: 0.104, team: 0.055, medication: 0.13 },
    2024: { frailty: 0.278, carePlan: 0.1, team: 0.058, medication: 0.135 },
};

/** Frailty, plans of care, meetings and reviews of medicines, in the HIS, in VIPLive or in both. */
export class ElderlyCare {
    constructor(
        private readonly plan: PracticePlan,
        private readonly profile: PracticeProfile,
        private readonly horizon: Horizon,
        private readonly random: Random,
        private readonly values: ValueWriter,
        private readonly viplive: VipliveRows,
    ) {}

    write(health: Health): void {
        const { patient } = health;
        const { horizon, random, profile } = this;
        const last = Math.min(patient.left - 1, horizon.end);
        if (last < patient.entered || onlyPassing(patient)) return;
        const first = Math.max(yearOf(patient.entered), patient.birthYear + 75);
        if (first > yearOf(last)) return;
        const places = { frailty: random.next(), plan: random.next(), team: random.next(), medication: random.next() };
        for (let year = first; year <= yearOf(last); year++) {
            const age = year - patient.birthYear;
            const rates = ratesOf(year);
            // Who was assessed last year is likely to be so again: mostly one place on the ladder per person, sometimes a new one.
            const moment = (place: number, share: number): Day => {
                if ((random.chance(0.2) ? random.next() : place) >= Math.min(0.9, share)) return 0;
                const date = workday(day(year, patient.checkMonth + 1, random.between(1, 26)));
                return date >= patient.entered && date <= last ? date : 0;
            };
            const frailty = moment(places.frailty, rates.frailty * profile.frailty * (health.frail ? 1.6 : 0.92));
            if (frailty) this.frailty(health, frailty, age);
            const plan = moment(places.plan, rates.carePlan * profile.carePlan * (health.frail ? 2.5 : 0.7));
            if (plan) this.done(health, plan, 3882, "IZP");
            const team = moment(places.team, rates.team * profile.team * (health.frail ? 3 : 0.6));
            if (team) this.done(health, team, 3982, "MDO");
            const medication = moment(places.medication, rates.medication * profile.medication);
            if (medication) this.done(health, medication, 4021, "MBO");
        }
    }

    private frailty(health: Health, date: Day, age: number): void {
        const { random, profile, values, viplive, plan } = this;
        const { patient } = health;
        const frail = random.chance(health.frail ? 0.85 : age < 80 ? 0.16 : age < 85 ? 0.27 : 0.42);
        const inViplive = random.chance(profile.inViplive);
        if (!inViplive || random.chance(0.15)) {
            const kind = random.next();
            values.answer(patient, kind < 0.6 ? 2808 : kind < 0.85 ? 2785 : 3686, date, frail);
        }
        if (!inViplive) return;
        const instrument = random.next();
        const [name, score] =
            instrument < 0.6
                ? ["TraZAG", random.between(0, 6) + (frail ? 6 : 0)]
                : instrument < 0.9
                  ? ["GFI", frail ? random.between(4, 12) : random.between(0, 3)]
                  : ["oordeel", ""];
        // The signalling home visits at 75 began in Westvoorne and spread over Voorne aan Zee (domain.md, theme 34).
        const visit = plan.area === "voorne-aan-zee" && yearOf(date) >= 2021 && age <= 79 && random.chance(0.45);
        viplive.add(
            "kwetsbaarheid",
            date,
            (known) =>
                `${patient.id};${known(date)};${name};${score};${frail ? "ja" : "nee"};${visit ? "huisbezoek75" : "praktijk"}`,
        );
    }

    private done(health: Health, date: Day, nhg: number, kind: string): void {
        const { random, profile, values, viplive } = this;
        const { patient } = health;
        const inViplive = random.chance(profile.inViplive);
        if (!inViplive || random.chance(0.2)) values.answer(patient, nhg, date, true);
        if (inViplive) viplive.add("zorgplannen", date, (known) => `${patient.id};${known(date)};${kind}`);
    }
}

/** The rates of a year; years between take those of the year named before them. */
function ratesOf(year: number): (typeof RATES)[number] {
    for (let known = Math.min(year, 2024); known > 2014; known--) {
        const rates = RATES[known];
        if (rates) return rates;
    }
    return RATES[2014] ?? { frailty: 0, carePlan: 0, team: 0, medication: 0 };
}
