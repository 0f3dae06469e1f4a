import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "../pipelines/demo/apportion.ts";
import { drawHealth } from "../pipelines/demo/conditions.ts";
import { passesElevenTest } from "../pipelines/demo/draw-practices.ts";
import { writeLifestyle } from "../pipelines/demo/lifestyle.ts";
import { drawPatients, registeredOn } from "../pipelines/demo/patients.ts";
import { PLACES } from "../pipelines/demo/places.ts";
import { practiceFacts } from "../pipelines/demo/practice-facts.ts";
import { stream } from "../pipelines/demo/random.ts";
import { planRegion } from "../pipelines/demo/region.ts";
import { regionFacts } from "../pipelines/demo/region-facts.ts";
import { horizonOf, readSettings } from "../pipelines/demo/settings.ts";
import { practiceStaff } from "../pipelines/demo/staff.ts";
import { VipliveRows } from "../pipelines/demo/viplive-rows.ts";

const runs = process.env.PROVE === "1" ? 100 : 6;

function sum(values: readonly number[]): number {
    return values.reduce((left, right) => left + right, 0);
}

describe("dividing a whole total", () => {
    it("gives every share its part and loses nothing", () => {
        expect(apportion(357, [167, 81, 109])).toEqual([167, 81, 109]);
        expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
        expect(apportion(5, [0, 0], 2)).toEqual([3, 2]);
        fc.assert(
            fc.property(
                fc.nat(100_000),
                fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
                (total, weights) => {
                    expect(sum(apportion(total, weights))).toBe(total);
                },
            ),
        );
    });
});

describe("the default region", () => {
    const settings = readSettings({ out: "" });
    const region = planRegion(settings);
    const horizon = horizonOf(settings);
    const members = region.practices.filter((practice) => practice.role !== "joiner");
    const total = (value: (practice: (typeof members)[number]) => number): number => sum(members.map(value));

    it("plans the patients and programmes that the annual report of 2022 prints", () => {
        expect(members).toHaveLength(40);
        expect(region.practices.filter((practice) => practice.role !== "leaver")).toHaveLength(36);
        expect(
            region.practices.filter((practice) => practice.area === "rozenburg" && practice.role === "stayer"),
        ).toHaveLength(4);
        expect(total((practice) => practice.size)).toBe(130_782);
        expect(total((practice) => practice.over75)).toBe(12_742);
        expect(total((practice) => practice.quota.dm2)).toBe(7_227);
        expect(total((practice) => practice.quota.cvrm)).toBe(13_845);
        expect(total((practice) => practice.quota.asthma)).toBe(1_846);
        expect(total((practice) => practice.quota.copd)).toBe(1_117);
    });

    it("plans 357 lifestyle referrals over the three areas and 206 consultations, 95 of them with a specialist", () => {
        const of = (area: string): number =>
            sum(members.filter((practice) => practice.area === area).map((practice) => practice.lifestyle2022));
        expect([of("nissewaard"), of("voorne-aan-zee"), of("rozenburg")]).toEqual([167, 81, 109]);
        const year = members.flatMap((practice) => practice.consultations).filter((one) => one.year === 2022);
        expect(year).toHaveLength(206);
        expect(year.filter((one) => one.adviser === "medisch specialist")).toHaveLength(95);
        expect(
            region.practices
                .filter((one) => one.role === "joiner")
                .flatMap((one) => one.consultations.filter((two) => two.year < 2023)),
        ).toEqual([]);
    });

    it("uses the portal for 16,2 % on Voorne-Putten", () => {
        const local = members.filter((practice) => practice.area !== "rozenburg");
        const share = sum(local.map((one) => one.portal.used)) / sum(local.map((one) => one.portal.registered16));
        expect((share * 100).toFixed(1)).toBe("16.2");
    });

    it("employs whom the report counts at its members: 80, 38, 25, 119 and 18; leavers take 14 doctors, joiners bring 22", () => {
        const latest = new Map<string, { date: number; count: number; agb: string; role: string }>();
        for (const row of practiceStaff(region, horizon)) {
            const key = `${row.agb} ${row.role}`;
            if (row.date <= horizon.reference && row.date >= (latest.get(key)?.date ?? -Infinity)) latest.set(key, row);
        }
        const agbs = new Set(members.map((practice) => practice.agb));
        const of = (role: string): number =>
            sum([...latest.values()].filter((row) => row.role === role && agbs.has(row.agb)).map((row) => row.count));
        expect(["huisarts", "POH-S", "POH-GGZ", "assistente", "praktijkmanager"].map(of)).toEqual([
            80, 38, 25, 119, 18,
        ]);
        const doctors = (role: string): number =>
            sum(region.practices.filter((one) => one.role === role).map((one) => one.generalPractitioners));
        expect([doctors("leaver"), doctors("joiner")]).toEqual([14, 22]);
    });

    it("reports 73 trainings with 848 participants, 172 crisis reports of which 86 agreed, 7 coaches and 18 scans, in rows that all differ", () => {
        const facts = regionFacts(region, horizon);
        const year = facts.filter((fact) => fact.date >= horizon.reference - 364 && fact.date <= horizon.reference);
        const of = (name: string): number => sum(year.filter((fact) => fact.fact === name).map((fact) => fact.count));
        expect(["scholing", "scholing_deelnemers", "rcp_melding", "rcp_akkoord", "leefstijlcoach"].map(of)).toEqual([
            73, 848, 172, 86, 7,
        ]);
        expect(new Set(facts.map((fact) => JSON.stringify(fact))).size).toBe(facts.length);
        const scans = practiceFacts(region).filter(
            (fact) => fact.fact === "ict_scan" && fact.value === "ja" && fact.date <= horizon.reference,
        );
        expect(new Set(scans.map((fact) => fact.agb)).size).toBe(18);
    });

    it("has AGB codes that no column of theirs makes look like BSNs", () => {
        expect(passesElevenTest("111222333")).toBe(true);
        for (const { agb } of region.practices) expect(passesElevenTest(`0${agb}`)).toBe(false);
    });
});

describe("any region", () => {
    it("draws in every practice exactly the people, programmes and referrals that were planned", () => {
        const options = fc.record({
            seed: fc.nat(1_000_000),
            practices: fc.integer({ min: 3, max: 8 }),
            perPractice: fc.integer({ min: 200, max: 500 }),
        });
        fc.assert(
            fc.property(options, ({ seed, practices, perPractice }) => {
                const settings = readSettings({ out: "", seed, practices, patients: practices * perPractice });
                const horizon = horizonOf(settings);
                const region = planRegion(settings);
                expect(sum(region.practices.filter((one) => one.role !== "joiner").map((one) => one.size))).toBe(
                    practices * perPractice,
                );
                for (const plan of region.practices) {
                    const patients = drawPatients(plan, horizon, seed);
                    const registered = patients.filter((patient) => registeredOn(patient, horizon.reference));
                    expect(registered).toHaveLength(plan.size);
                    expect(registered.filter((patient) => patient.birthYear <= 2022 - 75)).toHaveLength(plan.over75);
                    expect(new Set(patients.map((patient) => patient.id)).size).toBe(patients.length);
                    const inside = new Map<string, Set<string>>();
                    for (const { patient, participations } of drawHealth(plan, patients, horizon, seed)) {
                        for (const { programme, start, end, clinician } of participations) {
                            if (!registeredOn(patient, horizon.reference) || clinician === "specialist") continue;
                            if (start > horizon.reference || (end !== 0 && end <= horizon.reference)) continue;
                            const name = programme === "HVZ" || programme === "VRM" ? "cvrm" : programme;
                            inside.set(name, (inside.get(name) ?? new Set()).add(patient.id));
                        }
                    }
                    const counts = ["DM2", "cvrm", "ASTMA", "COPD"].map((name) => inside.get(name)?.size ?? 0);
                    expect(counts).toEqual([plan.quota.dm2, plan.quota.cvrm, plan.quota.asthma, plan.quota.copd]);
                    const rows = new VipliveRows(plan.agb);
                    writeLifestyle(plan, patients, stream(seed, plan.agb, "lifestyle"), rows);
                    const referred = rows
                        .share(horizon.end)
                        .gli.text.split("\r\n")
                        .filter((line) => line.split(";")[2]?.endsWith("-2022"));
                    expect(referred).toHaveLength(plan.lifestyle2022);
                    const homes = new Map(patients.map((patient) => [patient.id, patient.pc4]));
                    const local = new Set(PLACES[plan.area].map((place) => place.pc4));
                    for (const line of referred) expect(local.has(homes.get(line.split(";")[1] ?? "") ?? 0)).toBe(true);
                }
            }),
            { numRuns: runs },
        );
    });
});
