import * as codes from "./code-lists.ts";
import { type Definition, share, type Test } from "./definition.ts";

const everyone: Test = () => true;
const aged75: Test = (practice, patient) => practice.age(patient) >= 75;

function population(counts: Test): Definition {
    return share(["his"], 0, everyone, counts);
}

function active(list: readonly string[], except: readonly string[] = []): Test {
    return (practice, patient) => practice.hasActive(patient.patientnr, list, except);
}

const hasHvz = active(codes.HVZ);
const hasDm2 = active(codes.DM2);
const hasAstma = active(codes.ASTMA, codes.ASTMA_NOT);

/** The latest answer up to P among the HIS numbers and VIPLive; same day: as listed, VIPLive last, ja before nee. */
const frailLatest: Test = (practice, { patientnr }) => {
    const fromHis = practice
        .measured(patientnr, codes.FRAILTY, "0000-00-00")
        .map((row) => ({ datum: row.datum, rank: codes.FRAILTY.indexOf(row.nhgnr), yes: row.answer === "ja" }));
    const fromVip = practice.vip.frailty
        .filter((row) => row.patientnr === patientnr && row.datum <= practice.end)
        .map((row) => ({ datum: row.datum, rank: codes.FRAILTY.length, yes: row.kwetsbaar }));
    const [latest] = [...fromHis, ...fromVip].sort(
        (left, right) =>
            right.datum.localeCompare(left.datum) || left.rank - right.rank || Number(right.yes) - Number(left.yes),
    );
    return latest?.yes ?? false;
};

const dmCare: Test = (practice, patient) =>
    practice.age(patient) >= 18 && hasDm2(practice, patient) && practice.aYearInProgramme(patient.patientnr, "DM2");

const copdWithInhaler: Test = (practice, patient) =>
    practice.age(patient) >= 40 &&
    practice.hasActive(patient.patientnr, codes.COPD) &&
    practice.aYearInProgramme(patient.patientnr, "COPD") &&
    practice.hasPrescription(patient.patientnr, "R03", 12);

const dmDone = (numbers: readonly number[]): Definition =>
    share(["his", "viplive"], 12, dmCare, (practice, { patientnr }) => practice.hasMeasured(patientnr, numbers, 12));

const dmAtMost = (numbers: readonly number[], limit: number): Definition =>
    share(
        ["his", "viplive"],
        12,
        (practice, patient) =>
            dmCare(practice, patient) && practice.latestNumber(patient.patientnr, numbers, 12) !== null,
        (practice, patient) =>
            (practice.latestNumber(patient.patientnr, numbers, 12) ?? Number.POSITIVE_INFINITY) <= limit,
    );

const fundusExempt: Test = (practice, { patientnr }) =>
    practice
        .measured(patientnr, [codes.FUNDUS_POLICY], "0000-00-00")
        .some((row) => row.answer === codes.NO_FUNDUS_NEEDED);

const frailtyAsked: Test = (practice, { patientnr }) =>
    practice.hasMeasured(patientnr, codes.FRAILTY, 12) ||
    practice.vip.frailty.some((row) => row.patientnr === patientnr && practice.inWindow(row.datum, 12)) ||
    practice.his.episodes.some(
        (row) =>
            row.patientnr === patientnr && codes.isListed(row.icpc, codes.FRAIL) && practice.inWindow(row.start, 12),
    );

const hasCarePlan: Test = (practice, { patientnr }) =>
    practice.hasMeasured(patientnr, codes.CARE_PLAN, 12) ||
    practice.vip.plans.some(
        (row) => row.patientnr === patientnr && row.soort === "IZP" && practice.inWindow(row.datum, 12),
    );

function programme(...programmes: ("DM2" | "HVZ" | "VRM" | "COPD" | "ASTMA")[]): Definition {
    return share(["his", "viplive"], 0, everyone, (practice, { patientnr }) =>
        practice.inProgramme(patientnr, ...programmes),
    );
}

const ILLNESSES = [hasDm2, hasHvz, active(codes.COPD), hasAstma, active(["K77"]), active(["P70"])];

/** Shares of patients: populations, chronic care, elderly. */
export const PATIENT_DEFINITIONS: Readonly<Record<string, Definition>> = {
    pop_ingeschreven: population(everyone),
    pop_75plus: population(aged75),
    pop_dm2: population(hasDm2),
    pop_hvz: population(hasHvz),
    pop_vrm: population(
        (practice, patient) =>
            active(codes.VRM)(practice, patient) && !hasHvz(practice, patient) && !hasDm2(practice, patient),
    ),
    pop_copd: population(active(codes.COPD)),
    pop_astma: population((practice, patient) => hasAstma(practice, patient) && practice.age(patient) >= 16),
    ...Object.fromEntries(Object.entries(codes.SINGLE_CODES).map(([id, list]) => [id, population(active(list))])),
    pop_dm2_programma: programme("DM2"),
    pop_cvrm_programma: programme("HVZ", "VRM"),
    pop_copd_programma: programme("COPD"),
    pop_astma_programma: programme("ASTMA"),
    pop_kwetsbaar: share(
        ["his", "viplive"],
        0,
        everyone,
        (practice, patient) =>
            aged75(practice, patient) && (active(codes.FRAIL)(practice, patient) || frailLatest(practice, patient)),
    ),
    pop_multimorbide: population((practice, patient) => ILLNESSES.filter((has) => has(practice, patient)).length >= 2),
    dm_hba1c_gemeten: dmDone(codes.HBA1C),
    dm_rookstatus_bekend: dmDone(codes.SMOKING),
    dm_voetonderzoek: dmDone(codes.FOOT),
    dm_hba1c_tm53: dmAtMost(codes.HBA1C, 53),
    dm_sbd_tm140: dmAtMost(codes.SYSTOLIC, 140),
    dm_fundus: share(
        ["his", "viplive"],
        36,
        (practice, patient) => dmCare(practice, patient) && !fundusExempt(practice, patient),
        (practice, { patientnr }) => practice.hasMeasured(patientnr, codes.FUNDUS, 36),
    ),
    copd_inhalatietechniek: share(["his", "viplive"], 12, copdWithInhaler, (practice, { patientnr }) =>
        practice.hasMeasured(patientnr, codes.INHALATION, 12),
    ),
    long_inhalatie_instructie: share(
        ["his", "viplive"],
        12,
        (practice, { patientnr }) =>
            practice.inProgramme(patientnr, "COPD", "ASTMA") && practice.hasPrescription(patientnr, "R03", 12),
        (practice, { patientnr }) => practice.hasMeasured(patientnr, codes.INHALATION, 12),
    ),
    oud_kwetsbaarheid_gemeten: share(["his", "viplive"], 12, aged75, frailtyAsked),
    oud_izp: share(["his", "viplive"], 12, aged75, hasCarePlan),
};
