import type { Day } from "./calendar.ts";
import type { Episode } from "./health.ts";
import type { HisLayout } from "./layout.ts";
import { NEVER, type Patient } from "./patients.ts";

export interface HisTarget {
    layout: HisLayout;
    peildatum: Day;
    /** A first version that is corrected later: it misses the last weeks of contacts and holds referrals twice. */
    provisional: boolean;
}

const KNOWN_AHEAD = 31;

/** Writes one practice's records to all its deliveries at once, each as it would have looked on its own peildatum. */
export class HisOutput {
    private referrals = 0;

    constructor(private readonly targets: readonly HisTarget[]) {}

    /** Returns whether any delivery holds the patient; somebody registered after a peildatum is not in that delivery. */
    patient(patient: Patient): void {
        for (const { layout, peildatum } of this.targets) {
            for (const registration of patient.registrations) {
                if (registration.from > peildatum) continue;
                layout.patient(patient, registration, knownEnd(registration.until, peildatum));
            }
        }
    }

    episode(patient: Patient, episode: Episode): void {
        for (const { layout, peildatum } of this.targets) {
            if (episode.start > peildatum || !present(patient, peildatum)) continue;
            layout.episode(patient.id, episode, episode.end > peildatum ? 0 : episode.end);
        }
    }

    measurement(patient: Patient, nhg: number, day: Day, value: string, unit: string): void {
        for (const { layout, peildatum } of this.targets) {
            if (day <= peildatum && present(patient, peildatum)) layout.measurement(patient.id, nhg, day, value, unit);
        }
    }

    contact(patient: Patient, day: Day, kind: string, discipline: string, icpc: string): void {
        for (const { layout, peildatum, provisional } of this.targets) {
            if (day > (provisional ? peildatum - 21 : peildatum) || !present(patient, peildatum)) continue;
            layout.contact(patient.id, day, kind, discipline, icpc);
        }
    }

    prescription(patient: Patient, day: Day, atc: string, days: number): void {
        for (const { layout, peildatum } of this.targets) {
            if (day <= peildatum && present(patient, peildatum)) layout.prescription(patient.id, day, atc, days);
        }
    }

    referral(patient: Patient, day: Day, destination: string, programme: string): void {
        this.referrals++;
        for (const { layout, peildatum, provisional } of this.targets) {
            if (day > peildatum || !present(patient, peildatum)) continue;
            layout.referral(patient.id, day, destination, programme);
            if (provisional && this.referrals % 40 === 0 && day < peildatum)
                layout.referral(patient.id, day + 1, destination, programme);
        }
    }

    endPatient(): void {
        for (const { layout } of this.targets) layout.endPatient();
    }
}

/** An end soon after the peildatum is known in advance (a move has been announced); a later one is not. */
function knownEnd(until: Day, peildatum: Day): Day {
    return until === NEVER || until > peildatum + KNOWN_AHEAD ? 0 : until;
}

function present(patient: Patient, peildatum: Day): boolean {
    return (patient.registrations[0]?.from ?? NEVER) <= peildatum;
}
