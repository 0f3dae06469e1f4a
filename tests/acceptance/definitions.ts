import { addMonths, firstDay, lastDay, monthOf } from "./calendar.ts";
import * as codes from "./code-lists.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { Gli, Patient } from "./region.ts";

export type Source = "his" | "viplive" | "bureau";

/** Whole numbers of one practice, patient area and stratum; a denominator of null means that there is none. */
export interface Counted {
    area: string;
    stratum: string | null;
    numerator: number;
    denominator: number;
}

export interface Definition {
    sources: readonly Source[];
    /** Calendar months of history that must be there; a stand without a window looks at P only. */
    window: number;
    measure: "aandeel" | "aantal" | "los aantal";
    year: "sum" | "december";
    /** Null: not delivered, though its sources were. */
    count: (practice: PracticeAtMonth) => Counted[] | null;
}

type Test = (practice: PracticeAtMonth, patient: Patient) => boolean;

/** A share of patients: who belongs, and who of them counts. */
function share(sources: readonly Source[], window: number, belongs: Test, counts: Test): Definition {
    return {
        sources,
        window,
        measure: "aandeel",
        year: "december",
        count: (practice) =>
            practice.registered
                .filter((patient) => belongs(practice, patient))
                .map((patient) => ({
                    area: practice.area(patient.patientnr),
                    stratum: null,
                    numerator: counts(practice, patient) ? 1 : 0,
                    denominator: 1,
                })),
    };
}

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

/** Events against the registered: each counts for the whole and for its stratum. */
function events(
    sources: readonly Source[],
    happened: (practice: PracticeAtMonth) => { area: string; stratum: string | null }[],
): Definition {
    return {
        sources,
        window: 1,
        measure: "aantal",
        year: "sum",
        count: (practice) => [
            ...practice.registered.map((patient) => ({
                area: practice.area(patient.patientnr),
                stratum: null,
                numerator: 0,
                denominator: 1,
            })),
            ...happened(practice).flatMap(({ area, stratum }) => [
                { area, stratum: null, numerator: 1, denominator: 0 },
                ...(stratum === null ? [] : [{ area, stratum, numerator: 1, denominator: 0 }]),
            ]),
        ],
    };
}

function distinct<T>(rows: readonly T[], key: (row: T) => string): T[] {
    return [...new Map(rows.map((row) => [key(row), row])).values()];
}

const acpConversations = events(["his", "viplive"], (practice) =>
    distinct(
        practice.vip.acp.filter(
            (row) =>
                row.vorm !== "vragenlijst" &&
                monthOf(row.datum) === practice.month &&
                practice.isRegistered(row.patientnr, row.datum),
        ),
        (row) => `${row.patientnr} ${row.datum}`,
    ).map(({ patientnr }) => {
        const patient = practice.patient(patientnr);
        const old = patient !== undefined && practice.age(patient) >= 75;
        return { area: practice.area(patientnr), stratum: old ? "75plus" : "jonger" };
    }),
);

function gliRows(practice: PracticeAtMonth): Gli[] {
    return distinct(practice.vip.gli, (row) => JSON.stringify(row));
}

const gliReferrals = events(["his", "viplive"], (practice) =>
    gliRows(practice)
        .filter(
            (row) =>
                monthOf(row.verwijsdatum) === practice.month && practice.isRegistered(row.patientnr, row.verwijsdatum),
        )
        .map((row) => ({
            area: practice.area(row.patientnr),
            stratum: row.programma === "kind" ? "kind" : "volwassen",
        })),
);

const gliDropOut: Definition = {
    sources: ["his", "viplive"],
    window: 36,
    measure: "aandeel",
    year: "december",
    count: (practice) => {
        const first = firstDay(addMonths(practice.month, -35));
        const last = lastDay(addMonths(practice.month, -24));
        return gliRows(practice)
            .filter((row) => row.start !== null && row.start >= first && row.start <= last)
            .filter((row) => row.start !== null && practice.isRegistered(row.patientnr, row.start))
            .map((row) => ({
                area: practice.area(row.patientnr),
                stratum: null,
                numerator: row.einde === "uitval" && row.eind !== null && row.eind <= practice.end ? 1 : 0,
                denominator: 1,
            }));
    },
};

function consultations(only: (bij: string) => boolean, stratum: "onderwerp" | "specialisme"): Definition {
    return events(["his", "viplive"], (practice) =>
        practice.vip.consultations
            .filter((row) => monthOf(row.datum) === practice.month && only(row.bij))
            .filter((row) => row.patientnr === "" || practice.isRegistered(row.patientnr, row.datum))
            .map((row) => ({
                area: row.patientnr === "" ? practice.ownArea : practice.area(row.patientnr),
                stratum: row[stratum],
            })),
    );
}

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

function ofPractice(sources: readonly Source[], holds: (practice: PracticeAtMonth) => boolean): Definition {
    return {
        sources,
        window: 0,
        measure: "aandeel",
        year: "december",
        count: (practice) => [
            { area: practice.ownArea, stratum: null, numerator: holds(practice) ? 1 : 0, denominator: 1 },
        ],
    };
}

function isYes(text: string): boolean {
    const word = text.trim().toLowerCase();
    return word === "ja" || word === "j" || Number(word.replace(",", ".")) > 0;
}

function latestFactIsYes(feit: string): (practice: PracticeAtMonth) => boolean {
    return (practice) => {
        const facts = practice.register.practiceFacts.filter(
            (row) => row.agb === practice.agb && row.feit === feit && row.datum <= practice.end,
        );
        const latest = facts
            .map((row) => row.datum)
            .sort()
            .at(-1);
        return facts.some((row) => row.datum === latest && isYes(row.waarde));
    };
}

const staff: Definition = {
    sources: ["bureau"],
    window: 0,
    measure: "los aantal",
    year: "december",
    count: (practice) => {
        const rows = practice.register.staff.filter((row) => row.agb === practice.agb && row.datum <= practice.end);
        return [...new Set(rows.map((row) => row.functie))].flatMap((functie) => {
            const [latest] = rows
                .filter((row) => row.functie === functie)
                .sort((left, right) => right.datum.localeCompare(left.datum));
            const numerator = latest?.aantal ?? 0;
            return [null, functie].map((stratum) => ({ area: practice.ownArea, stratum, numerator, denominator: 0 }));
        });
    },
};

const portal: Definition = {
    sources: ["viplive"],
    window: 1,
    measure: "aandeel",
    year: "december",
    count: (practice) => {
        const row = practice.vip.portal.find(({ maand }) => maand === practice.month);
        return row === undefined
            ? null
            : [{ area: practice.ownArea, stratum: null, numerator: row.gebruikt, denominator: row.ingeschreven }];
    },
};

const careLines = (practice: PracticeAtMonth): boolean =>
    ([["DM2"], ["HVZ", "VRM"], ["COPD"], ["ASTMA"]] as const).every(
        (programmes) =>
            practice.registered.filter((patient) => practice.inProgramme(patient.patientnr, ...programmes)).length >= 5,
    );

function programme(...programmes: ("DM2" | "HVZ" | "VRM" | "COPD" | "ASTMA")[]): Definition {
    return share(["his", "viplive"], 0, everyone, (practice, { patientnr }) =>
        practice.inProgramme(patientnr, ...programmes),
    );
}

const ILLNESSES = [hasDm2, hasHvz, active(codes.COPD), hasAstma, active(["K77"]), active(["P70"])];

/** Every indicator that is counted per practice. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
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
    oud_acp_gesprekken: acpConversations,
    gli_verwijzingen: gliReferrals,
    gli_uitval: gliDropOut,
    meedenkconsulten: consultations((bij) => bij === "medisch specialist", "specialisme"),
    consultaties: consultations(() => true, "onderwerp"),
    portaal_gebruik: portal,
    prk_leden: ofPractice(["bureau"], () => true),
    prk_ict_scan: ofPractice(["bureau"], latestFactIsYes("ict_scan")),
    prk_zorgstraten: ofPractice(["his", "viplive"], careLines),
    personeel: staff,
};

/** Counts of the bureau about the region: the month's facts, or the latest per area, by code where that is a stratum. */
export const REGION_DEFINITIONS: Readonly<Record<string, { feit: string; latest: boolean; byCode: boolean }>> = {
    gli_groepen: { feit: "gli_groep_gestart", latest: false, byCode: false },
    scholingen: { feit: "scholing", latest: false, byCode: true },
    scholing_deelnemers: { feit: "scholing_deelnemers", latest: false, byCode: true },
    rcp_meldingen: { feit: "rcp_melding", latest: false, byCode: false },
    rcp_akkoord: { feit: "rcp_akkoord", latest: false, byCode: false },
    leefstijlcoaches: { feit: "leefstijlcoach", latest: true, byCode: false },
};
