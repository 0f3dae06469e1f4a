import { workday, yearOf } from "./calendar.ts";
import type { Health } from "./health.ts";
import type { HisOutput } from "./his-output.ts";
import { onlyPassing } from "./patients.ts";
import type { PracticeProfile } from "./profile.ts";
import { type Random, Wheel } from "./random.ts";
import type { Horizon } from "./settings.ts";

export const SPECIALTIES = [
    "cardiologie",
    "dermatologie",
    "oogheelkunde",
    "orthopedie",
    "chirurgie",
    "interne geneeskunde",
    "KNO",
    "neurologie",
    "gynaecologie",
    "longgeneeskunde",
    "MDL",
    "urologie",
    "reumatologie",
    "kindergeneeskunde",
    "geriatrie",
    "psychiatrie",
] as const;

/** HIS referrals to every destination of exports.md. */
export class Referrals {
    private readonly adult: Wheel<string>;
    private readonly child: Wheel<string>;

    constructor(
        profile: PracticeProfile,
        private readonly horizon: Horizon,
        private readonly random: Random,
        private readonly output: HisOutput,
    ) {
        const social = profile.socialReferrals;
        const specialist = profile.specialistReferrals;
        this.adult = new Wheel([
            ["medisch specialist", 150 * specialist],
            ["fysiotherapeut", 28],
            ["dietist", 9],
            ["podotherapeut", 7],
            ["basis-ggz", 11],
            ["gespecialiseerde ggz", 7],
            ["welzijn op recept", 4.5 * social],
            ["clientondersteuner", 2 * social],
            ["GLI", 2.5],
        ]);
        this.child = new Wheel([
            ["medisch specialist", 60 * specialist],
            ["fysiotherapeut", 12],
            ["jeugdprofessional", 9 * social],
            ["basis-ggz", 6],
            ["gespecialiseerde ggz", 4],
            ["dietist", 3],
        ]);
    }

    write(health: Health): void {
        const { patient } = health;
        const { random, horizon, output } = this;
        const last = Math.min(patient.left - 1, horizon.end);
        if (last < patient.entered || onlyPassing(patient)) return;
        const age = yearOf(horizon.reference) - patient.birthYear;
        const yearly = (age < 18 ? 0.1 : age < 65 ? 0.22 : 0.36) * patient.need;
        const count = random.poisson((yearly * (last - patient.entered)) / 365);
        for (let number = 0; number < count; number++) {
            const date = Math.min(last, workday(random.between(patient.entered, last)));
            const destination = (age < 18 ? this.child : this.adult).turn(random);
            const programme =
                destination === "medisch specialist"
                    ? random.pick(SPECIALTIES)
                    : destination === "GLI"
                      ? random.pick(["CooL", "SSiB", "BeweegKuur"])
                      : "";
            output.referral(patient, date, destination, programme);
        }
    }
}
