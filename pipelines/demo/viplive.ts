import { type Day, day, monthEnd, monthsBetween, monthText, workday } from "./calendar.ts";
import type { Health } from "./health.ts";
import { NEVER, type Patient, registeredOn } from "./patients.ts";
import type { PracticePlan } from "./practice.ts";
import { type Random, stream } from "./random.ts";
import { SPECIALTIES } from "./referrals.ts";
import { CHANGE_DAY, type Horizon } from "./settings.ts";
import type { Known, VipliveRows } from "./viplive-rows.ts";

const HOSPITALS = ["Spijkenisse MC", "Ikazia", "Maasstad", "IJsselland"] as const;
const FUNCTIONS = [
    { name: "ketenzorg", users: 3.2, growth: 0.01 },
    { name: "consultatie", users: 1.4, growth: 0.03 },
    { name: "acp", users: 0.8, growth: 0.035 },
    { name: "berichten", users: 2.2, growth: 0.015 },
] as const;

/** Participation in the care programmes, as VIPLive administers it. */
export function writeProgrammes(people: readonly Health[], viplive: VipliveRows): void {
    for (const { patient, participations } of people) {
        for (const { programme, start, end, clinician } of participations) {
            viplive.add(
                "ketenzorg",
                start,
                (known) => `${patient.id};${programme};${known(start)};${known(end)};${clinician}`,
            );
        }
    }
}

/** Digital consultations in the planned numbers; some concern nobody in particular. */
export function writeConsultations(
    plan: PracticePlan,
    patients: Patient[],
    random: Random,
    viplive: VipliveRows,
): void {
    const asked = new Map<string, { date: Day; fields: (known: Known) => string }>();
    for (const { year, month, subject, adviser } of plan.consultations) {
        const key = `${year}-${month} ${subject} ${adviser}`;
        const same = asked.get(key);
        // Two questions about one person on one day: rows that are equal in every column, and two consultations.
        if (same && random.chance(0.4)) {
            viplive.add("consultaties", same.date, same.fields);
            continue;
        }
        // Day 24 at most: a weekend must not move it into the next month.
        const date = workday(day(year, month, random.between(1, 24)));
        const patient = random.chance(0.12) ? undefined : anybody(random, patients, date);
        const delay = random.chance(0.86) ? random.between(0, 5) : random.between(6, 16);
        const answered = random.chance(0.04) ? NEVER : date + delay;
        const specialist = adviser === "medisch specialist";
        const specialty = specialist && random.chance(0.97) ? random.pick(SPECIALTIES) : "";
        const hospital = specialist ? random.pick(HOSPITALS) : "";
        const fields = (known: Known): string =>
            `${patient?.id ?? ""};${known(date)};${known(answered)};${subject};${adviser};${specialty};${hospital}`;
        viplive.add("consultaties", date, fields);
        asked.set(key, { date, fields });
    }
}

/** Telemonitoring: a pilot of few practices that widens, with COPD from 2024 on (theme 31). */
export function writeTelemonitoring(
    people: readonly Health[],
    horizon: Horizon,
    random: Random,
    viplive: VipliveRows,
): void {
    const adopted = random.next();
    const cvrm =
        adopted < 0.1 ? day(2022, 3, 1) : adopted < 0.22 ? day(2023, 4, 1) : adopted < 0.38 ? day(2024, 1, 15) : NEVER;
    const copd = adopted < 0.08 ? day(2024, 2, 1) : NEVER;
    for (const health of people) {
        const { patient } = health;
        const follow = (suited: boolean, from: Day, share: number, condition: string): void => {
            if (!suited || from >= NEVER || !random.chance(share)) return;
            const start = workday(from + random.between(0, 200));
            if (start >= Math.min(patient.left, horizon.end + 1) || start < patient.entered) return;
            const end = random.chance(0.3) ? start + random.between(60, 400) : NEVER;
            viplive.add("telemonitoring", start, (known) => `${patient.id};${known(start)};${known(end)};${condition}`);
        };
        follow(health.hvz || health.vrm, cvrm, 0.035, "CVRM");
        follow(health.copd, copd, 0.12, "COPD");
    }
}

/** Monthly use of the patient portal and of VIPLive itself. */
export function writeUse(plan: PracticePlan, horizon: Horizon, seed: number, viplive: VipliveRows): void {
    const random = stream(seed, plan.agb, "use");
    const months = monthsBetween({ year: 2020, month: 1 }, horizon.last);
    for (const { year, month } of months) {
        const end = monthEnd(year, month);
        const before = (year - 2022) * 12 + month - 12;
        if (plan.role === "joiner" && end < CHANGE_DAY) continue;
        // December 2022 is planned; the other months grow towards it and on from it.
        const registered = Math.round(plan.portal.registered16 * (1 + before * 0.0006));
        const share =
            (plan.portal.used / Math.max(1, plan.portal.registered16)) *
            (before === 0 ? 1 : Math.exp(before * 0.022) * (1 + random.normal(0, 0.02)));
        const used =
            before === 0 ? plan.portal.used : Math.min(registered, Math.max(0, Math.round(registered * share)));
        viplive.add("portaal", end, () => `${monthText({ year, month })};${registered};${used}`);
        if (year < 2021) continue;
        for (const { name, users, growth } of FUNCTIONS) {
            const count = random.poisson(users * plan.generalPractitioners * Math.exp(growth * before));
            viplive.add("gebruik", end, () => `${monthText({ year, month })};${name};${count}`);
        }
    }
}

function anybody(random: Random, patients: Patient[], date: Day): Patient | undefined {
    for (let attempt = 0; attempt < 200; attempt++) {
        const patient = random.pick(patients);
        if (registeredOn(patient, date)) return patient;
    }
    return undefined;
}
