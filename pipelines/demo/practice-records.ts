import { Checkups } from "./checkups.ts";
import { drawHealth } from "./conditions.ts";
import { Contacts } from "./contacts.ts";
import { Conversations } from "./conversations.ts";
import { ElderlyCare } from "./elderly.ts";
import { HisOutput, type HisTarget } from "./his-output.ts";
import { writeLifestyle } from "./lifestyle.ts";
import { drawPatients } from "./patients.ts";
import { badRows, note, type Planted, plant } from "./planted.ts";
import type { PracticePlan } from "./practice.ts";
import { Prescriptions } from "./prescriptions.ts";
import { drawProfile } from "./profile.ts";
import { stream } from "./random.ts";
import { Referrals } from "./referrals.ts";
import type { Horizon } from "./settings.ts";
import { ValueWriter } from "./values.ts";
import { writeConsultations, writeProgrammes, writeTelemonitoring, writeUse } from "./viplive.ts";
import { VipliveRows } from "./viplive-rows.ts";

/** A delivery being filled, and what is planted in it. */
export interface OpenDelivery extends HisTarget {
    planted: Planted[];
    /** Holds several practices. */
    regional: boolean;
}

/**
 * Draws one practice and writes its records into its HIS deliveries; returns its VIPLive rows.
 * Everything depends on the plan and the seed alone, so practices can be made in any order and in any process.
 */
export function writePractice(
    plan: PracticePlan,
    horizon: Horizon,
    seed: number,
    deliveries: readonly OpenDelivery[],
): VipliveRows {
    const purpose = (name: string) => stream(seed, plan.agb, name);
    const profile = drawProfile(plan, seed);
    const patients = drawPatients(plan, horizon, seed);
    const people = drawHealth(plan, patients, horizon, seed);
    const viplive = new VipliveRows(plan.agb);
    const output = new HisOutput(deliveries);
    const conversations = new Conversations(plan, patients, purpose("conversations"), viplive, output);
    const writers = [
        new Checkups(
            profile,
            horizon,
            purpose("checkups"),
            new ValueWriter(output, purpose("values"), profile.olderUnits),
            output,
        ),
        new ElderlyCare(
            plan,
            profile,
            horizon,
            purpose("elderly"),
            new ValueWriter(output, purpose("answers"), false),
            viplive,
        ),
        new Contacts(profile, horizon, purpose("contacts"), output),
        new Prescriptions(profile, horizon, purpose("prescriptions"), output),
        new Referrals(profile, horizon, purpose("referrals"), output),
    ];
    const random = purpose("planted");
    const sown = deliveries.map(({ layout, peildatum, regional }) => {
        const known = patients.find(
            (patient) => patient.core && (patient.registrations[0]?.from ?? peildatum) < peildatum,
        );
        return known ? badRows(layout, regional, known.id, peildatum, random) : [];
    });
    people.forEach((health, place) => {
        output.patient(health.patient);
        for (const episode of health.episodes) output.episode(health.patient, episode);
        for (const writer of writers) writer.write(health);
        conversations.write(health.patient);
        output.endPatient();
        if (place % 13 !== 7) return;
        deliveries.forEach((delivery, number) => {
            const bad = sown[number]?.pop();
            if (!bad) return;
            plant(delivery.layout, bad);
            note(delivery.planted, delivery.layout.fileOf(bad.table), bad.code);
        });
    });
    writeProgrammes(people, viplive);
    writeLifestyle(plan, patients, purpose("lifestyle"), viplive);
    writeConsultations(plan, patients, purpose("consultations"), viplive);
    writeTelemonitoring(people, horizon, purpose("telemonitoring"), viplive);
    writeUse(plan, horizon, seed, viplive);
    return viplive;
}
