import { type Day, day, workday, yearOf } from "./calendar.ts";
import { NEVER, type Patient, registeredOn } from "./patients.ts";
import { PLACES } from "./places.ts";
import type { PracticePlan } from "./practice.ts";
import type { Random } from "./random.ts";
import type { VipliveRows } from "./viplive-rows.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

/** Referrals to the combined lifestyle intervention in the region, by year; 2022 is planned exactly (annual report). */
const REGION: Readonly<Record<number, number>> = {
    2019: 60,
    2020: 140,
    2021: 240,
    2023: 420,
    2024: 450,
    2025: 460,
    2026: 470,
};

/** GLI referrals with intake, start and end. Drop-out in two years follows domain.md §4d (about 40 %). */
export function writeLifestyle(plan: PracticePlan, patients: Patient[], random: Random, viplive: VipliveRows): void {
    const local = new Set(PLACES[plan.area].map((place) => place.pc4));
    const residents = plan.area === "rozenburg" ? 3.4 : 1;
    for (let year = 2019; year <= 2026; year++) {
        if ((plan.role === "joiner" && year < 2023) || (plan.role === "leaver" && year > 2022)) continue;
        const expected = ((REGION[year] ?? 0) * plan.size * residents) / DEMO_YEAR_2022.patients / 1.15;
        const count = year === 2022 ? plan.lifestyle2022 : random.poisson(expected);
        const referred = new Set<Patient>();
        for (let number = 0; number < count; number++) {
            // Days of the year that stay in it when a weekend moves them.
            const date = workday(day(year, 1, 2) + random.between(0, 355));
            const child = random.chance(0.08);
            const patient = candidate(random, patients, date, year, child, year === 2022 ? local : undefined, referred);
            if (!patient) {
                if (year === 2022)
                    throw new Error(
                        "Demoregio: te weinig patiënten voor de GLI-verwijzingen van 2022; kies meer patiënten.",
                    );
                continue;
            }
            referred.add(patient);
            refer(random, viplive, patient, date, child);
        }
    }
}

function candidate(
    random: Random,
    patients: Patient[],
    date: Day,
    year: number,
    child: boolean,
    local: Set<number> | undefined,
    taken: Set<Patient>,
): Patient | undefined {
    const usable = (patient: Patient): boolean =>
        (!local || local.has(patient.pc4)) && !taken.has(patient) && registeredOn(patient, date);
    for (let attempt = 0; attempt < 500; attempt++) {
        const patient = random.pick(patients);
        const age = year - patient.birthYear;
        if ((child ? age >= 6 && age <= 17 : age >= 25 && age <= 74) && usable(patient)) return patient;
    }
    return patients.find(usable);
}

function refer(random: Random, viplive: VipliveRows, patient: Patient, date: Day, child: boolean): void {
    const year = yearOf(date);
    const kind = random.next();
    const programme = child ? "kind" : year >= 2023 && kind < 0.28 ? "BeweegKuur" : kind < 0.85 ? "CooL" : "SSiB";
    const intake = random.chance(0.9) ? workday(date + random.between(14, 60)) : NEVER;
    const start = intake < NEVER && random.chance(0.9) ? workday(intake + random.between(7, 45)) : NEVER;
    const dropout = random.chance(Math.max(0.34, 0.42 - 0.015 * (year - 2020)));
    const end = start === NEVER ? NEVER : dropout ? start + random.between(30, 700) : start + 730;
    viplive.add("gli", date, (known, peildatum) => {
        const outcome = start > peildatum ? "" : end > peildatum ? "loopt" : dropout ? "uitval" : "afgerond";
        return `${patient.id};${known(date)};${programme};${known(intake)};${known(start)};${known(end)};${outcome}`;
    });
}
