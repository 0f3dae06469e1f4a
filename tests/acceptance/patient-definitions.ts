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

type Disease = "DM2" | "HVZ" | "VRM" | "COPD" | "ASTMA";

/** Old enough, the disease active, at least twelve months in its programme. */
function inCare(disease: Disease, age: number, has: Test): Test {
    return (practice, patient) =>
        practice.age(patient) >= age && has(practice, patient) && practice.aYearInProgramme(patient.patientnr, disease);
}

const hvzCare = inCare("HVZ", 18, hasHvz);
/** "A patient in HVZ is not in VRM": in programme HVZ at P. */
const vrmCare = inCare(
    "VRM",
    18,
    (practice, patient) => active(codes.VRM)(practice, patient) && !practice.inProgramme(patient.patientnr, "HVZ"),
);
const copdCare = inCare("COPD", 40, active(codes.COPD));
const astmaCare = inCare("ASTMA", 16, hasAstma);
const withInhaler: Test = (practice, { patientnr }) => practice.hasPrescription(patientnr, "R03", 12);
const both =
    (one: Test, other: Test): Test =>
    (practice, patient) =>
        one(practice, patient) && other(practice, patient);

const done = (care: Test, numbers: readonly number[], window = 12): Definition =>
    share(["his", "viplive"], window, care, (practice, { patientnr }) =>
        practice.hasMeasured(patientnr, numbers, window),
    );

/** Of those with a latest number in the window. */
const latest = (care: Test, numbers: readonly number[], counts: (value: number) => boolean): Definition =>
    share(
        ["his", "viplive"],
        12,
        (practice, patient) =>
            care(practice, patient) && practice.latestNumber(patient.patientnr, numbers, 12) !== null,
        (practice, patient) => {
            const value = practice.latestNumber(patient.patientnr, numbers, 12);
            return value !== null && counts(value);
        },
    );

const smokes = (care: Test): Definition => {
    const answer = (practice: Parameters<Test>[0], patientnr: string): string | null =>
        practice.latestAnswer(patientnr, codes.SMOKING, codes.SMOKING_ORDER, 12);
    return share(
        ["his", "viplive"],
        12,
        (practice, patient) => care(practice, patient) && answer(practice, patient.patientnr) !== null,
        (practice, { patientnr }) => answer(practice, patientnr) === "rookt",
    );
};

const below70: Test = (practice, patient) => practice.age(patient) < 70;

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

function hasPlan(numbers: readonly number[], soort: "IZP" | "MDO" | "MBO"): Test {
    return (practice, { patientnr }) =>
        practice.hasMeasured(patientnr, numbers, 12) ||
        practice.vip.plans.some(
            (row) => row.patientnr === patientnr && row.soort === soort && practice.inWindow(row.datum, 12),
        );
}

/** Answers in the window, HIS and VIPLive together. */
function frailtyAnswers(practice: Parameters<Test>[0], patientnr: string): { datum: string; yes: boolean }[] {
    return [
        ...practice
            .measured(patientnr, codes.FRAILTY, practice.windowStart(12))
            .filter((row) => row.answer === "ja" || row.answer === "nee")
            .map((row) => ({ datum: row.datum, yes: row.answer === "ja" })),
        ...practice.vip.frailty
            .filter((row) => row.patientnr === patientnr && practice.inWindow(row.datum, 12))
            .map((row) => ({ datum: row.datum, yes: row.kwetsbaar })),
    ];
}

const frailtyAnswered: Test = (practice, { patientnr }) => frailtyAnswers(practice, patientnr).length > 0;

/** The latest answer; of answers of one day, whichever the source, yes. */
const frailNow: Test = (practice, { patientnr }) => {
    const answers = frailtyAnswers(practice, patientnr);
    const last = answers
        .map(({ datum }) => datum)
        .sort()
        .at(-1);
    return answers.some(({ datum, yes }) => datum === last && yes);
};

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
    dm_hba1c_gemeten: done(dmCare, codes.HBA1C),
    dm_rr_gemeten: done(dmCare, codes.SYSTOLIC),
    dm_ldl_gemeten: done(dmCare, codes.LDL),
    dm_egfr_gemeten: done(dmCare, codes.EGFR),
    dm_acr_gemeten: done(dmCare, codes.ACR),
    dm_bmi_gemeten: done(dmCare, codes.BMI),
    dm_rookstatus_bekend: done(dmCare, codes.SMOKING),
    dm_voetonderzoek: done(dmCare, codes.FOOT),
    dm_hba1c_tm53: latest(dmCare, codes.HBA1C, (value) => value <= 53),
    dm_hba1c_boven64: latest(dmCare, codes.HBA1C, (value) => value > 64),
    dm_sbd_tm140: latest(dmCare, codes.SYSTOLIC, (value) => value <= 140),
    dm_ldl_onder26: latest(dmCare, codes.LDL, (value) => value < 2.6),
    dm_rookt: smokes(dmCare),
    hvz_ldl_gemeten: done(hvzCare, codes.LDL),
    hvz_sbd_gemeten: done(hvzCare, codes.SYSTOLIC),
    hvz_rookstatus_bekend: done(hvzCare, codes.SMOKING),
    hvz_egfr_gemeten: done(hvzCare, codes.EGFR),
    hvz_bmi_gemeten: done(hvzCare, codes.BMI),
    hvz_ldl_onder18: latest(both(hvzCare, below70), codes.LDL, (value) => value < 1.8),
    hvz_sbd_tm140: latest(hvzCare, codes.SYSTOLIC, (value) => value <= 140),
    hvz_rookt: smokes(hvzCare),
    hvz_antitrombotica: share(["his", "viplive"], 12, hvzCare, (practice, { patientnr }) =>
        practice.hasPrescription(patientnr, "B01A", 12),
    ),
    vrm_sbd_gemeten: done(vrmCare, codes.SYSTOLIC),
    vrm_rookstatus_bekend: done(vrmCare, codes.SMOKING),
    vrm_egfr_gemeten: done(vrmCare, codes.EGFR),
    vrm_ldl_gemeten: done(vrmCare, codes.LDL, 60),
    vrm_risicocategorie: done(vrmCare, codes.RISK_CATEGORY, 60),
    vrm_sbd_tm140: latest(vrmCare, codes.SYSTOLIC, (value) => value <= 140),
    vrm_rookt: smokes(vrmCare),
    copd_rookstatus_bekend: done(copdCare, codes.SMOKING),
    copd_longaanvallen_bekend: done(copdCare, codes.LUNG_ATTACKS),
    copd_bmi_gemeten: done(copdCare, codes.BMI),
    copd_bewegen_bekend: done(copdCare, codes.EXERCISE),
    copd_inhalatietechniek: done(both(copdCare, withInhaler), codes.INHALATION),
    copd_rookt: smokes(copdCare),
    copd_twee_longaanvallen: latest(copdCare, codes.LUNG_ATTACKS, (value) => value >= 2),
    astma_rookstatus_bekend: done(astmaCare, codes.SMOKING),
    astma_controle_bekend: done(astmaCare, codes.ASTMA_CONTROL),
    astma_inhalatietechniek: done(both(astmaCare, withInhaler), codes.INHALATION),
    astma_rookt: smokes(astmaCare),
    dm_fundus: share(
        ["his", "viplive"],
        36,
        (practice, patient) => dmCare(practice, patient) && !fundusExempt(practice, patient),
        (practice, { patientnr }) => practice.hasMeasured(patientnr, codes.FUNDUS, 36),
    ),
    long_inhalatie_instructie: share(
        ["his", "viplive"],
        12,
        (practice, { patientnr }) =>
            practice.inProgramme(patientnr, "COPD", "ASTMA") && practice.hasPrescription(patientnr, "R03", 12),
        (practice, { patientnr }) => practice.hasMeasured(patientnr, codes.INHALATION, 12),
    ),
    oud_kwetsbaarheid_gemeten: share(["his", "viplive"], 12, aged75, frailtyAsked),
    oud_izp: share(["his", "viplive"], 12, aged75, hasPlan(codes.CARE_PLAN, "IZP")),
    oud_mdo: share(["his", "viplive"], 12, aged75, hasPlan(codes.TEAM_MEETING, "MDO")),
    oud_medicatiebeoordeling: share(["his", "viplive"], 12, aged75, hasPlan(codes.MEDICATION_REVIEW, "MBO")),
    oud_kwetsbaar: share(["his", "viplive"], 12, both(aged75, frailtyAnswered), frailNow),
    oud_acp_vastgelegd: share(
        ["his", "viplive"],
        0,
        aged75,
        (practice, patient) =>
            active(["A20"])(practice, patient) ||
            practice.vip.acp.some((row) => row.patientnr === patient.patientnr && row.datum <= practice.end),
    ),
};
