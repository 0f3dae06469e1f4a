import { type Day, day, workday } from "./calendar.ts";
import type { HisOutput } from "./his-output.ts";
import { type Patient, registeredOn } from "./patients.ts";
import type { PracticePlan } from "./practice.ts";
import type { Random } from "./random.ts";
import type { VipliveRows } from "./viplive-rows.ts";

/** Conversations about care wishes: VIPLive rows now, and by patient the HIS contacts (A20) that about half of them leave. */
export class Conversations {
    private readonly contacts = new Map<Patient, Day[]>();

    constructor(
        plan: PracticePlan,
        patients: Patient[],
        random: Random,
        viplive: VipliveRows,
        private readonly output: HisOutput,
    ) {
        for (const { year, month } of plan.conversations) {
            const date = workday(day(year, month, random.between(1, 24)));
            const patient = candidate(random, patients, date, year);
            if (!patient) continue;
            const form = random.chance(0.77) ? "gesprek" : "bijstelling";
            viplive.add("acp", date, (known) => `${patient.id};${known(date)};${form}`);
            // A conversation that is put down twice on one day is one conversation; a questionnaire is none.
            if (random.chance(0.04))
                viplive.add(
                    "acp",
                    date,
                    (known) => `${patient.id};${known(date)};${form === "gesprek" ? "bijstelling" : "gesprek"}`,
                );
            if (random.chance(0.28))
                viplive.add("acp", date - 7, (known) => `${patient.id};${known(date - 7)};vragenlijst`);
            if (random.chance(0.55)) this.contacts.set(patient, [...(this.contacts.get(patient) ?? []), date]);
        }
    }

    /** The HIS contacts of one patient. */
    write(patient: Patient): void {
        for (const date of this.contacts.get(patient) ?? [])
            this.output.contact(patient, date, "visite_lang", "huisarts", "A20");
    }
}

/** Four in five are 75 and over; the others are in their sixties and seventies. */
function candidate(random: Random, patients: Patient[], date: Day, year: number): Patient | undefined {
    const old = random.chance(0.8);
    for (let attempt = 0; attempt < 400; attempt++) {
        const patient = random.pick(patients);
        const age = year - patient.birthYear;
        if ((old ? age >= 75 : age >= 60 && age < 75) && registeredOn(patient, date)) return patient;
    }
    return patients.find((patient) => registeredOn(patient, date));
}
