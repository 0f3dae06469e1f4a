import type { Definition, Source } from "./definition.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";

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
};
