import type { Day } from "./calendar.ts";
import type { Definition, Source } from "./definition.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { RegisterRows } from "./region.ts";

function ofPractice(sources: readonly Source[], holds: (practice: PracticeAtMonth) => boolean): Definition {
    return {
        sources,
        window: 0,
        measure: "aandeel",
        span: "last",
        count: (practice) => [
            { area: practice.ownArea, stratum: null, numerator: holds(practice) ? 1 : 0, denominator: 1 },
        ],
    };
}

/** Facts whose indicator is called prk_ and their name (exports.md, praktijkfeiten.csv). */
export const FACT_NAMES = [
    ...["praktijkmanager", "his_protocol", "fax", "portaallink", "ict_scan", "vaste_so", "digivaardig"],
    ...["laaggeletterdheid", "triagetool", "positieve_gezondheid", "nulmeting", "intervisie", "soh", "pa_vs"],
    ...["stageplaats", "mtvp_triage", "mtvp_een_kanaal", "mtvp_consultduur", "mtvp_lean", "mtvp_sociaal_domein"],
    ...["mtvp_pa_vs", "mtvp_soh", "mtvp_positieve_gezondheid", "mtvp_alk"],
];

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

/** Of each functie the latest row up to P. */
export function latestStaff(staff: RegisterRows["staff"], agb: string, end: Day): RegisterRows["staff"] {
    const rows = staff.filter((row) => row.agb === agb && row.datum <= end);
    return [...new Set(rows.map((row) => row.functie))].flatMap((functie) =>
        rows
            .filter((row) => row.functie === functie)
            .sort((left, right) => right.datum.localeCompare(left.datum))
            .slice(0, 1),
    );
}

const staff: Definition = {
    sources: ["bureau"],
    window: 0,
    measure: "los aantal",
    stratified: true,
    span: "last",
    count: (practice) =>
        latestStaff(practice.register.staff, practice.agb, practice.end).flatMap(({ functie, aantal }) =>
            [null, functie].map((stratum) => ({
                area: practice.ownArea,
                stratum,
                numerator: aantal,
                denominator: 0,
            })),
        ),
};

/**
 * Patients per full week of a doctor. Where the latest row tells no fte, the denominator is 0 and so it does not apply:
 * the practice is in no sum, for its patients would be held against the doctors of others.
 */
const patientsPerFte: Definition = {
    sources: ["his", "bureau"],
    window: 0,
    measure: "ratio per 100",
    span: "last",
    count: (practice) => {
        const doctors = latestStaff(practice.register.staff, practice.agb, practice.end).find(
            ({ functie }) => functie === "huisarts",
        );
        const denominator = Math.round(Number((doctors?.fte ?? "").replace(",", ".")) * 100);
        return denominator === 0
            ? []
            : [{ area: practice.ownArea, stratum: null, numerator: practice.registered.length, denominator }];
    },
};

/**
 * gebruik.csv is delivered of a practice and a month where it holds a row of them, as is said of portaal.csv, the other
 * file by month: who had no users can say 0, so that no row says nothing, and "never 0" is the rule.
 */
const platformUsers: Definition = {
    sources: ["viplive"],
    window: 1,
    measure: "los aantal",
    stratified: true,
    span: "last",
    count: (practice) => {
        const rows = practice.vip.use.filter(({ maand }) => maand === practice.month);
        return rows.length === 0
            ? null
            : rows.flatMap(({ functie, gebruikers }) =>
                  [null, functie].map((stratum) => ({
                      area: practice.ownArea,
                      stratum,
                      numerator: gebruikers,
                      denominator: 0,
                  })),
              );
    },
};

const portal: Definition = {
    sources: ["viplive"],
    window: 1,
    measure: "aandeel",
    span: "last",
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

const telemonitors = (aandoening: "CVRM" | "COPD"): Definition =>
    ofPractice(["viplive"], (practice) =>
        practice.vip.telemonitoring.some(
            (row) =>
                row.aandoening === aandoening &&
                row.start <= practice.end &&
                (row.eind === null || row.eind > practice.end),
        ),
    );

/** Indicator by fact where they are not called alike. */
const FACTS: Readonly<Record<string, string>> = {
    prk_casemanager: "vaste_casemanager",
    prk_infobeveiliging: "infobeveiligingsbeleid",
    ...Object.fromEntries(FACT_NAMES.map((feit) => [`prk_${feit}`, feit])),
};

/** Of practices themselves, by their own area. */
export const PRACTICE_DEFINITIONS: Readonly<Record<string, Definition>> = {
    portaal_gebruik: portal,
    prk_leden: ofPractice(["bureau"], () => true),
    ...Object.fromEntries(
        Object.entries(FACTS).map(([id, feit]) => [id, ofPractice(["bureau"], latestFactIsYes(feit))]),
    ),
    telemonitoring_cvrm: telemonitors("CVRM"),
    telemonitoring_copd: telemonitors("COPD"),
    prk_zorgstraten: ofPractice(["his", "viplive"], careLines),
    personeel: staff,
    mtvp_patienten_per_fte: patientsPerFte,
    viplive_gebruikers: platformUsers,
};
