import { type Day, day, yearOf } from "./calendar.ts";
import { DISEASES, type Disease, type Flag, HVZ_CODES, OTHERS } from "./diseases.ts";
import { type Health, healthy, type Programme } from "./health.ts";
import { NEVER, type Patient } from "./patients.ts";
import type { PracticePlan } from "./practice.ts";
import { chanceOf, PREVALENCE } from "./prevalence.ts";
import { type Random, stream, weightedSample } from "./random.ts";
import type { Horizon } from "./settings.ts";

/** Everybody's conditions, and programmes in exactly the planned numbers on the reference day. Same order as `patients`. */
export function drawHealth(plan: PracticePlan, patients: Patient[], horizon: Horizon, seed: number): Health[] {
    const all = patients.map(healthy);
    const draw = new HealthDraw(horizon, stream(seed, plan.agb, "conditions"));
    const core = all.filter((health) => health.patient.core);
    const rest = all.filter(
        (health) => !health.patient.core && health.patient.registrations.some((one) => one.kind === "VAST"),
    );
    for (const condition of DISEASES) {
        const quota = plan.quota[condition.flag as "dm2" | "copd" | "asthma"];
        draw.diseaseInCore(condition, core, quota);
        draw.diseaseInOthers(condition, rest, condition.joined);
    }
    draw.heartAndVessels(core, plan.quota.cvrm, rest);
    draw.otherConditions(all);
    return all;
}

class HealthDraw {
    constructor(
        private readonly horizon: Horizon,
        private readonly random: Random,
    ) {}

    /** Draws who has it, heavier for those of the right age, then who of them takes part. */
    diseaseInCore(disease: Disease, core: Health[], quota: number): void {
        const { random } = this;
        const wanted = Math.max(quota, Math.round((quota / disease.joined) * (0.94 + 0.12 * random.next())));
        const chosen = weightedSample(random, core, (health) => this.weight(disease, health), wanted);
        if (chosen.length < quota) throw new Error(tooFew(disease.programme, quota, chosen.length));
        chosen.forEach((health, place) => {
            health[disease.flag] = true;
            const start = this.onset(health, this.horizon.reference);
            const inside = place < quota;
            // A few participants have no code in the HIS: counted in the programme, in no quality denominator.
            if (!inside || random.chance(0.985)) this.code(health, disease.codes.turn(random), start);
            if (inside) this.participate(health, disease.programme, start);
            else this.stayOutside(health, disease.programme, start, disease.joined);
        });
        this.incident(disease, core);
    }

    /** Those who left before or came after the reference day: plain chance. */
    diseaseInOthers(disease: Disease, people: Health[], joined: number): void {
        const { random } = this;
        for (const health of people) {
            if (!random.chance(chanceOf(disease.prevalence, this.ageIn(health), health.patient.sex))) continue;
            if (this.ageIn(health) < disease.minimumAge) continue;
            health[disease.flag] = true;
            const start = this.onset(health, Math.min(health.patient.left - 1, this.horizon.end));
            this.code(health, disease.codes.turn(random), start);
            if (random.chance(joined)) this.joinLater(health, disease.programme, start);
        }
    }

    /** HVZ and VRM exclude each other; VRM leaves out people with diabetes. One person of both programmes counts once. */
    heartAndVessels(core: Health[], quota: number, rest: Health[]): void {
        const { random } = this;
        const vessels = Math.round(quota * 0.425);
        const hvz: Disease = {
            flag: "hvz",
            prevalence: PREVALENCE.hvz,
            minimumAge: 18,
            joined: 0.62,
            codes: HVZ_CODES,
            programme: "HVZ",
        };
        const withHvz = weightedSample(
            random,
            core,
            (health) => this.weight(hvz, health),
            Math.round(vessels / hvz.joined),
        );
        // With diabetes the diabetes programme usually does the follow-up.
        const order = weightedSample(random, withHvz, (health) => (health.dm2 ? 0.2 : 1), withHvz.length);
        order.forEach((health, place) => {
            health.hvz = true;
            const start = this.onset(health, this.horizon.reference);
            this.code(health, HVZ_CODES.turn(random), start);
            if (random.chance(0.12))
                this.code(
                    health,
                    HVZ_CODES.turn(random),
                    Math.min(this.horizon.end, start + random.between(30, 2_000)),
                );
            if (place < vessels) {
                this.participate(health, "HVZ", start);
                if (random.chance(0.012)) this.participate(health, "VRM", start - 400);
            } else this.stayOutside(health, "HVZ", start, hvz.joined);
        });
        const risk: Disease = {
            ...hvz,
            flag: "vrm",
            prevalence: PREVALENCE.hypertension,
            joined: 0.57,
            programme: "VRM",
        };
        const others = core.filter((health) => !health.hvz && !health.dm2);
        const atRisk = quota - Math.min(vessels, order.length);
        const withRisk = weightedSample(
            random,
            others,
            (health) => this.weight(risk, health),
            Math.max(atRisk, Math.round(atRisk / risk.joined)),
        );
        if (withRisk.length < atRisk) throw new Error(tooFew("HVZ of VRM", quota, order.length + withRisk.length));
        withRisk.forEach((health, place) => {
            health.vrm = true;
            const start = this.onset(health, this.horizon.reference);
            this.riskCodes(health, start);
            if (place < atRisk) this.participate(health, "VRM", start);
            else this.stayOutside(health, "VRM", start, risk.joined);
        });
        for (const health of core) {
            if ((health.dm2 || health.hvz) && random.chance(0.56))
                this.riskCodes(health, this.onset(health, this.horizon.reference));
        }
        this.incident(hvz, core);
        this.diseaseInOthers(hvz, rest, hvz.joined);
        for (const health of rest) {
            if (!random.chance(chanceOf(PREVALENCE.hypertension, this.ageIn(health), health.patient.sex))) continue;
            const start = this.onset(health, Math.min(health.patient.left - 1, this.horizon.end));
            this.riskCodes(health, start);
            if (health.dm2 || health.hvz) continue;
            health.vrm = true;
            if (random.chance(risk.joined)) this.joinLater(health, "VRM", start);
        }
    }

    otherConditions(all: Health[]): void {
        const { random, horizon } = this;
        for (const health of all) {
            const { patient } = health;
            const age = yearOf(horizon.reference) - patient.birthYear;
            for (const { code, prevalence, flag, factor = 1 } of OTHERS) {
                if (!random.chance(chanceOf(prevalence, age, patient.sex) * factor)) continue;
                const years = code === "A05" || code === "A20" ? 3 : 13;
                const start = Math.max(
                    this.birth(health),
                    code === "A05" ? day(patient.birthYear + 74, 1, 1) : day(1971, 1, 1),
                    horizon.reference + 500 - Math.floor(random.exponential(years * 365)),
                );
                if (start >= Math.min(patient.left, horizon.end)) continue;
                this.code(health, code, start);
                if (flag) health[flag as Flag] = true;
            }
            if (age >= 75 && health.frail && random.chance(0.35))
                this.joinLater(health, "OUDEREN", horizon.reference - random.between(100, 1_400));
        }
    }

    private weight(disease: Disease, health: Health): number {
        const age = yearOf(this.horizon.reference) - health.patient.birthYear;
        return age < disease.minimumAge ? 0 : chanceOf(disease.prevalence, age, health.patient.sex) + 1e-6;
    }

    private ageIn(health: Health): number {
        return yearOf(Math.min(health.patient.left, this.horizon.end)) - health.patient.birthYear;
    }

    private birth(health: Health): Day {
        return day(health.patient.birthYear, 12, 31);
    }

    /** A start before `latest`, most within fifteen years, never before birth. */
    private onset(health: Health, latest: Day): Day {
        const start = latest - 20 - Math.floor(this.random.exponential(20 * 365));
        return Math.min(latest, Math.max(start, this.birth(health), day(1975, 1, 1)));
    }

    private riskCodes(health: Health, start: Day): void {
        const { random } = this;
        const kind = random.next();
        if (kind < 0.82) {
            health.hypertension = true;
            this.code(health, kind < 0.06 ? "K87" : "K86", start);
        }
        if (kind > 0.68) this.code(health, random.chance(0.5) ? "T93" : "T93.01", start + (kind < 0.82 ? 90 : 0));
    }

    private code(health: Health, icpc: string, start: Day): void {
        const { random } = this;
        const ended = random.chance(0.012);
        const end = ended ? start + 60 + random.between(0, 1_500) : 0;
        // A few systems close an episode without a date: inactive without an end.
        const active = !ended && !random.chance(0.004);
        health.episodes.push({ icpc, start, end, active });
    }

    /** One open row on the reference day with the practice as main clinician; it may end afterwards. */
    private participate(health: Health, programme: Programme, onset: Day): void {
        const { random, horizon } = this;
        const { patient } = health;
        const current = patient.registrations[patient.registrations.length - 1];
        const earliest = Math.max(current?.from ?? 0, onset, day(2009, 1, 1));
        const start = Math.min(horizon.reference, earliest + Math.floor(random.exponential(90)));
        const stops = random.chance(0.025) ? horizon.reference + random.between(10, 500) : NEVER;
        // Leaving the practice ends the row in most systems, not in all.
        const end = Math.min(stops, random.chance(0.8) ? patient.left : NEVER);
        if (random.chance(0.02) && start - earliest > 900) {
            const before = start - random.between(700, 899);
            health.participations.push({
                programme,
                start: before,
                end: before + random.between(100, 500),
                clinician: "huisarts",
            });
        }
        const clinician = random.chance(0.85) ? "huisarts" : "";
        health.participations.push({ programme, start, end: end >= NEVER ? 0 : end, clinician });
    }

    /** Has the disease, was not in the programme on the reference day: specialist, stopped, starts later, or never. */
    private stayOutside(health: Health, programme: Programme, onset: Day, joined: number): void {
        const { random, horizon } = this;
        const { patient } = health;
        const fate = random.next();
        const opened = Math.max(onset, day(2010, 1, 1), horizon.reference - random.between(200, 2_500));
        if (fate < 0.22) {
            health.participations.push({
                programme,
                start: Math.min(opened, horizon.reference),
                end: 0,
                clinician: "specialist",
            });
        } else if (fate < 0.3 && opened < horizon.reference - 30) {
            const end = random.between(opened + 30, horizon.reference);
            health.participations.push({ programme, start: opened, end, clinician: "huisarts" });
        } else if (fate < 0.3 + (0.06 * joined) / (1 - joined)) {
            // New participants each year are a share of those who take part, however many stay outside.
            const start = horizon.reference + random.between(1, 540);
            if (start < patient.left) health.participations.push({ programme, start, end: 0, clinician: "huisarts" });
        }
    }

    private joinLater(health: Health, programme: Programme, onset: Day): void {
        const { random, horizon } = this;
        const { patient } = health;
        const start = Math.max(onset, patient.registrations[0]?.from ?? 0, day(2010, 1, 1)) + random.between(0, 120);
        if (start >= Math.min(patient.left, horizon.end)) return;
        const end = random.chance(0.75) && patient.left < NEVER ? patient.left : 0;
        health.participations.push({
            programme,
            start,
            end,
            clinician: random.chance(0.06) ? "specialist" : "huisarts",
        });
    }

    /** New cases after the reference day among those registered on it. */
    private incident(disease: Disease, core: Health[]): void {
        const { random, horizon } = this;
        const years = Math.max(0, horizon.end - horizon.reference) / 365;
        for (const health of core) {
            if (health[disease.flag]) continue;
            const age = yearOf(horizon.reference) - health.patient.birthYear;
            if (age < disease.minimumAge) continue;
            if (!random.chance(chanceOf(disease.prevalence, age, health.patient.sex) * 0.055 * years)) continue;
            const start = random.between(horizon.reference + 1, horizon.end);
            if (start >= health.patient.left) continue;
            health[disease.flag] = true;
            this.code(health, disease.codes.turn(random), start);
            if (random.chance(disease.joined)) this.joinLater(health, disease.programme, start);
        }
    }
}

function tooFew(programme: string, wanted: number, found: number): string {
    return `Demoregio: een praktijk heeft ${found} mensen voor programma ${programme}, verwacht ${wanted}; kies meer patiënten of een andere seed.`;
}
