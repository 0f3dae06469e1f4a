import { type Day, day, workday, yearOf } from "./calendar.ts";
import type { Health, Programme } from "./health.ts";
import type { HisOutput } from "./his-output.ts";
import { NEVER, onlyPassing, type Patient } from "./patients.ts";
import { happens, type PracticeProfile, yearFactor } from "./profile.ts";
import type { Random } from "./random.ts";
import type { Horizon } from "./settings.ts";
import type { ValueWriter } from "./values.ts";

type Smoking = "rookt" | "gestopt" | "nooit";

/** What stays the same in one person from check-up to check-up. */
interface Traits {
    hba1c: number;
    pressure: number;
    ldl: number;
    egfr: number;
    albumin: number;
    weight: number;
    height: number;
    smoking: Smoking;
}

/** The yearly and quarterly check-ups of chronic care, and the odd measurement in everybody else. */
export class Checkups {
    constructor(
        private readonly profile: PracticeProfile,
        private readonly horizon: Horizon,
        private readonly random: Random,
        private readonly values: ValueWriter,
        private readonly output: HisOutput,
    ) {}

    write(health: Health): void {
        const { patient } = health;
        const last = Math.min(patient.left - 1, this.horizon.end);
        if (last < patient.entered) return;
        const chronic = health.dm2 || health.hvz || health.vrm || health.copd || health.asthma;
        if (!chronic) {
            this.occasional(patient, last);
            return;
        }
        const traits = this.traits(health);
        const since = {
            vessels: Math.min(this.followed(health, "DM2"), this.followed(health, "HVZ"), this.followed(health, "VRM")),
            lungs: Math.min(this.followed(health, "COPD"), this.followed(health, "ASTMA")),
        };
        const first = yearOf(patient.entered);
        for (let year = first; year <= yearOf(last); year++) {
            const base = workday(day(year, patient.checkMonth + 1, 1) + this.random.between(0, 25));
            if (base > last || base < patient.entered) continue;
            const factor = yearFactor(year);
            const attends = happens(this.random, this.profile.attends, factor);
            if (!attends) continue;
            if (health.dm2 && this.due(base, since.vessels)) this.diabetes(health, traits, base, last);
            else if ((health.hvz || health.vrm) && this.due(base, since.vessels)) this.vessels(health, traits, base);
            if ((health.copd || health.asthma) && this.due(base, since.lungs)) this.lungs(health, traits, base);
        }
    }

    /** In the programme everybody is called up; outside it about half are seen. */
    private due(base: Day, since: Day): boolean {
        return base >= since || this.random.chance(0.5);
    }

    private followed(health: Health, programme: Programme): Day {
        let first = NEVER;
        for (const row of health.participations) {
            if (row.programme === programme && row.clinician !== "specialist" && row.start < first) first = row.start;
        }
        return first;
    }

    private diabetes(health: Health, traits: Traits, base: Day, last: Day): void {
        const { profile, random, values } = this;
        const { patient } = health;
        for (let quarter = 0; quarter < 4; quarter++) {
            const date = quarter === 0 ? base : workday(base + quarter * 91 + random.between(-6, 6));
            if (date > last) return;
            if (quarter > 0 && !random.chance(0.86)) continue;
            this.nurse(patient, date, "T90.02");
            if (happens(random, quarter === 0 ? profile.hba1c : quarter === 2 ? 0.8 : 0.22)) {
                const kind = random.next();
                const hba1c = Math.min(140, Math.max(26, traits.hba1c + random.normal(0, 3)));
                values.number(patient, kind < 0.94 ? 2816 : kind < 0.97 ? 3266 : 3754, date, hba1c, 0, "mmol/mol");
            } else if (random.chance(0.7))
                values.number(patient, 372, date, Math.max(3.2, traits.hba1c / 6.8 + random.normal(0, 1)), 1, "mmol/l");
            if (happens(random, quarter === 0 ? profile.pressure : 0.7)) this.pressure(patient, traits, date);
            if (quarter === 2 && random.chance(0.6))
                values.number(patient, 357, date, traits.weight + random.normal(0, 2), 1, "kg");
            if (quarter > 0) continue;
            if (happens(random, profile.ldl)) this.fats(patient, traits, date);
            if (happens(random, profile.egfr)) this.kidneys(patient, traits, date);
            if (happens(random, profile.albumin))
                values.limited(
                    patient,
                    40,
                    date,
                    traits.albumin * Math.exp(random.normal(0, 0.3)),
                    "mg/mmol",
                    3,
                    4_000,
                );
            this.body(patient, traits, date);
            if (happens(random, profile.smokingKnown)) this.smoking(patient, traits, date);
            if (happens(random, profile.foot)) this.foot(patient, date);
            if (random.chance(0.3)) values.answer(patient, 3239, date, random.chance(0.55));
            this.fundus(patient, date);
        }
    }

    private vessels(health: Health, traits: Traits, base: Day): void {
        const { profile, random, values } = this;
        const { patient } = health;
        const hvz = health.hvz;
        this.nurse(patient, base, hvz ? "K76" : "K86");
        if (happens(random, profile.pressure)) this.pressure(patient, traits, base);
        if (random.chance(0.3)) this.pressure(patient, traits, base + 14);
        if (happens(random, hvz ? profile.ldl : 0.6)) this.fats(patient, traits, base);
        if (happens(random, hvz ? profile.egfr : profile.egfr - 0.08)) this.kidneys(patient, traits, base);
        if (happens(random, profile.smokingKnown)) this.smoking(patient, traits, base);
        this.body(patient, traits, base);
        if (random.chance(0.75)) values.number(patient, 372, base, Math.max(3.5, random.normal(5.6, 0.6)), 1, "mmol/l");
        if (random.chance(0.35)) values.answer(patient, 3239, base, random.chance(0.6));
        if (!hvz && happens(random, profile.riskCategory))
            values.word(patient, 3953, base, random.pick(["laag", "matig", "hoog", "zeer hoog"]));
    }

    private lungs(health: Health, traits: Traits, base: Day): void {
        const { profile, random, values } = this;
        const { patient } = health;
        this.nurse(patient, base, health.copd ? "R95" : "R96");
        if (happens(random, profile.smokingKnown - 0.03)) this.smoking(patient, traits, base);
        // The regional formulary of the lung group made instruction a little more common from 2023 on.
        if (happens(random, profile.inhalation, yearOf(base) >= 2023 ? 1.05 : 1)) {
            if (random.chance(0.5)) values.answer(patient, 1608, base, random.chance(0.85));
            else values.word(patient, 1608, base, random.pick(["goed", "goed", "matig"]));
        }
        if (happens(random, health.copd ? profile.exacerbations : 0.5))
            values.number(patient, 3549, base, random.poisson(0.5), 0, "");
        if (health.copd) {
            if (!health.dm2 && !health.hvz && !health.vrm) this.body(patient, traits, base);
            if (happens(random, profile.exercise)) {
                if (random.chance(0.6)) values.answer(patient, 3239, base, random.chance(0.45));
                else values.number(patient, 3958, base, random.between(0, 60) * 10, 0, "min");
            }
        } else if (happens(random, profile.control)) {
            const kind = random.next();
            if (kind < 0.5) values.number(patient, 3602, base, Math.max(0, random.normal(0.9, 0.8)), 1, "");
            else if (kind < 0.8) values.number(patient, 3555, base, random.between(12, 25), 0, "");
            else values.word(patient, 4025, base, random.pick(["goed", "gedeeltelijk", "onvoldoende"]));
        }
    }

    private occasional(patient: Patient, last: Day): void {
        const { random, values, horizon } = this;
        const age = yearOf(horizon.reference) - patient.birthYear;
        if (age < 20 || onlyPassing(patient)) return;
        const years = (last - patient.entered) / 365;
        const visits = random.poisson(years * (age < 45 ? 0.07 : 0.22));
        for (let visit = 0; visit < visits; visit++) {
            const date = Math.min(last, workday(random.between(patient.entered, last)));
            const pressure = Math.min(210, Math.max(90, random.normal(112 + age * 0.35, 13)));
            values.number(patient, 1744, date, pressure, 0, "mmHg");
            values.number(patient, 1740, date, Math.min(pressure - 10, random.normal(78, 8)), 0, "mmHg");
            if (random.chance(0.25))
                values.number(patient, 372, date, Math.max(3.4, random.normal(5.2, 0.5)), 1, "mmol/l");
            if (random.chance(0.2))
                values.number(patient, 542, date, Math.max(0.8, random.normal(3.2, 0.8)), 1, "mmol/l");
            if (random.chance(0.2))
                values.word(patient, 1739, date, random.pick(["rookt", "gestopt", "nooit", "nooit", "nooit"]));
        }
    }

    private pressure(patient: Patient, traits: Traits, date: Day): void {
        const { random, values } = this;
        const systolic = Math.min(230, Math.max(85, traits.pressure + random.normal(0, 9)));
        const place = random.next();
        const [upper, shift] = place < 0.9 ? [1744, 0] : place < 0.95 ? [2055, -4] : [3336, -6];
        values.number(patient, upper, date, systolic + shift, 0, "mmHg");
        if (random.chance(0.94))
            values.number(patient, 1740, date, Math.min(systolic - 20, random.normal(77, 8)), 0, "mmHg");
    }

    private fats(patient: Patient, traits: Traits, date: Day): void {
        const { random, values } = this;
        const ldl = Math.min(9, Math.max(0.4, traits.ldl + random.normal(0, 0.25)));
        const hdl = Math.max(0.5, random.normal(1.35, 0.3));
        values.number(patient, random.chance(0.93) ? 542 : 2683, date, ldl, 1, "mmol/l");
        values.number(patient, 192, date, ldl + hdl + 0.6, 1, "mmol/l");
        values.number(patient, 446, date, hdl, 1, "mmol/l");
        if (random.chance(0.4)) values.number(patient, 3826, date, ldl + 0.6, 1, "mmol/l");
    }

    private kidneys(patient: Patient, traits: Traits, date: Day): void {
        const egfr = Math.min(130, Math.max(6, traits.egfr + this.random.normal(0, 4)));
        this.values.limited(patient, this.random.chance(0.96) ? 3583 : 1919, date, egfr, "ml/min", 5, 90);
    }

    private body(patient: Patient, traits: Traits, date: Day): void {
        const { random, values, profile } = this;
        if (!happens(random, profile.bmi)) return;
        const weight = Math.max(38, traits.weight + random.normal(0, 2));
        values.number(patient, 357, date, weight, 1, "kg");
        values.number(patient, 1272, date, (weight / traits.height / traits.height) * 10_000, 1, "kg/m2");
        if (random.chance(0.12)) values.number(patient, 560, date, traits.height, 0, "cm");
    }

    private smoking(patient: Patient, traits: Traits, date: Day): void {
        const { random, values } = this;
        const nhg = random.chance(0.75) ? 1739 : 4013;
        const plain = traits.smoking === "rookt" ? "ja" : traits.smoking === "nooit" ? "nee" : "gestopt";
        values.word(patient, nhg, date, random.chance(0.12) ? plain : traits.smoking);
    }

    private foot(patient: Patient, date: Day): void {
        const { random, values } = this;
        values.number(patient, 2196, date, Math.min(3, random.poisson(0.5)), 0, "");
        if (random.chance(0.3)) values.answer(patient, 1710, date, random.chance(0.85));
    }

    private fundus(patient: Patient, date: Day): void {
        const { random, values, profile } = this;
        const year = yearOf(date);
        if ((year + patient.checkMonth) % 2 === 0 ? !happens(random, profile.fundus) : !random.chance(0.16)) return;
        const old = year - patient.birthYear >= 82;
        if (old && random.chance(0.12)) values.word(patient, 2717, date, "geen funduscontrole meer noodzakelijk");
        else if (random.chance(0.75))
            values.word(patient, 2129, date, random.pick(["geen", "geen", "geen", "achtergrond"]));
        else values.answer(patient, 1638, date, true);
    }

    private nurse(patient: Patient, date: Day, icpc: string): void {
        const long = this.random.chance(0.55);
        this.output.contact(patient, date, long ? "consult_lang" : "consult", "poh-s", icpc);
    }

    private traits(health: Health): Traits {
        const { random, profile, horizon } = this;
        const { patient } = health;
        const age = yearOf(horizon.reference) - patient.birthYear;
        const high = random.chance(0.07) ? 17 : 0;
        const chance =
            (health.copd ? 0.37 : health.dm2 ? 0.155 : health.hvz ? 0.2 : health.asthma ? 0.175 : 0.17) *
            profile.smokingFactor;
        const smokes = random.next();
        const pressure = health.dm2 ? 134 : health.hvz ? 136.5 : 138;
        const ldl = health.dm2 ? 2.4 : health.hvz ? 2.1 : 3.1;
        const height = patient.sex === "V" ? random.normal(166, 7) : random.normal(179, 7);
        const bmi = Math.max(17, random.normal(health.dm2 ? 29.8 : health.obese ? 33 : 27.4, 4.2));
        return {
            hba1c: Math.exp(random.normal(Math.log(49.5), 0.13)) + high + profile.hba1cShift,
            pressure: random.normal(pressure + profile.pressureShift, 10.5),
            ldl: Math.max(0.6, random.normal(ldl + profile.ldlShift, 0.7)),
            egfr: random.normal(92 - Math.max(0, age - 45) * 0.85, 13),
            albumin: Math.exp(random.normal(0.2, 1.1)),
            weight: (bmi * height * height) / 10_000,
            height,
            smoking: smokes < chance ? "rookt" : smokes < chance + 0.42 ? "gestopt" : "nooit",
        };
    }
}
