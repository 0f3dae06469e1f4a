import { type Day, day, workday } from "./calendar.ts";
import { type Random, stream } from "./random.ts";
import type { RegionPlan } from "./region.ts";
import { CHANGE_DAY } from "./settings.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

export interface PracticeFact {
    agb: string;
    fact: string;
    date: Day;
    value: string;
}

/** Share of practices that say yes by the end of 2021, 2022, 2023 and mid 2024. A falling row is something that is being left behind. */
const COURSES: Readonly<Record<string, readonly [number, number, number, number]>> = {
    praktijkmanager: [0.65, 0.75, 0.77, 0.82],
    his_protocol: [0.3, 0.5, 0.75, 0.93],
    fax: [0.85, 0.6, 0.35, 0.1],
    portaallink: [0.4, 0.55, 0.7, 0.8],
    vaste_so: [0.4, 0.5, 0.66, 0.78],
    vaste_casemanager: [0.6, 0.7, 0.84, 1],
    infobeveiligingsbeleid: [0, 0.1, 0.6, 1],
    digivaardig: [0.2, 0.4, 0.62, 0.74],
    laaggeletterdheid: [0.05, 0.15, 0.28, 0.4],
    triagetool: [0.1, 0.2, 0.3, 0.42],
    positieve_gezondheid: [0.04, 0.08, 0.16, 0.26],
    nulmeting: [0, 0, 0.45, 0.9],
    intervisie: [0.2, 0.3, 0.4, 0.5],
    soh: [0.05, 0.08, 0.12, 0.17],
    pa_vs: [0.1, 0.13, 0.17, 0.2],
    stageplaats: [0.3, 0.4, 0.5, 0.55],
    mtvp_triage: [0, 0, 0.25, 0.45],
    mtvp_een_kanaal: [0, 0.05, 0.2, 0.35],
    mtvp_consultduur: [0, 0, 0.2, 0.4],
    mtvp_lean: [0, 0, 0.08, 0.15],
    mtvp_sociaal_domein: [0, 0.1, 0.3, 0.5],
    mtvp_pa_vs: [0, 0, 0.1, 0.16],
    mtvp_soh: [0, 0, 0.1, 0.15],
    mtvp_positieve_gezondheid: [0, 0, 0.16, 0.26],
    mtvp_alk: [0, 0, 0.12, 0.3],
};

/** What practices told the bureau, by fact; a yes may turn into a no and back. */
export function practiceFacts(region: RegionPlan): PracticeFact[] {
    const random = stream(region.settings.seed, "practice facts");
    const facts: PracticeFact[] = [];
    const tell = (agb: string, fact: string, date: Day, value: string): void => {
        facts.push({ agb, fact, date, value });
    };
    for (const practice of region.practices) {
        for (const [fact, course] of Object.entries(COURSES)) {
            // One place on the ladder per practice and fact: what has been reached stays reached.
            const place = random.next();
            let before: string | undefined;
            course.forEach((share, step) => {
                const date = momentOf(random, step);
                if (practice.role === "leaver" && date >= CHANGE_DAY) return;
                if (practice.role === "joiner" && date < CHANGE_DAY) return;
                const value = place < share ? "ja" : "nee";
                // Some practices never answer: no fact, shown as "geen opgave".
                if (value === before || (before === undefined && value === "nee" && random.chance(0.6))) return;
                before = value;
                tell(practice.agb, fact, date, value);
            });
        }
        if (practice.role !== "leaver")
            tell(
                practice.agb,
                "patientervaring",
                day(2023, 11, 15),
                String(random.between(71, 89) / 10).replace(".", ","),
            );
    }
    ictScans(region, random, tell);
    agreements(region, tell);
    return facts;
}

/** Advisers of the bureau, by the name that it gave them. */
const ADVISERS = ["noord", "zuid"];
const ADVISER_DAY = day(2023, 9, 4);
const AGREEMENT_DAY = day(2024, 2, 12);

/**
 * Who advises which practice, a few in every hagro; and which practices agreed to be named on the pages of their hagro: in
 * every second hagro all of them, in the others not the first one.
 */
function agreements(region: RegionPlan, tell: (agb: string, fact: string, date: Day, value: string) => void): void {
    const members = region.practices.filter((practice) => practice.role !== "leaver");
    const hagros = [...new Set(members.map(({ hagro }) => hagro))].sort();
    members.forEach(({ agb, hagro }, place) => {
        const adviser = ADVISERS[(place % 6) / 3];
        if (adviser !== undefined) tell(agb, `adviseur:${adviser}`, ADVISER_DAY, "ja");
        const isFirst = members.find((other) => other.hagro === hagro)?.agb === agb;
        const allAgree = hagros.indexOf(hagro) % 2 === 0;
        tell(agb, "hagro_bij_naam", AGREEMENT_DAY, allAgree || !isFirst ? "ja" : "nee");
    });
}

/** The report counts 18 scans in 2022; some members had none to show for it, others followed later. */
function ictScans(
    region: RegionPlan,
    random: Random,
    tell: (agb: string, fact: string, date: Day, value: string) => void,
): void {
    const members = random.shuffle(region.practices.filter((practice) => practice.role !== "joiner"));
    const scanned = Math.round(DEMO_YEAR_2022.ictScans * region.practiceScale);
    members.forEach((practice, place) => {
        const date = workday(day(2022, random.between(2, 11), random.between(1, 26)));
        if (place < scanned) tell(practice.agb, "ict_scan", date, "ja");
        else if (place % 4 === 0) tell(practice.agb, "ict_scan", date, "nee");
        if (place >= scanned && practice.role === "stayer" && random.chance(0.6))
            tell(practice.agb, "ict_scan", workday(day(2023, random.between(2, 11), 8)), "ja");
    });
}

/** A day in 2021, 2022, 2023 or the first half of 2024. */
function momentOf(random: Random, step: number): Day {
    return workday(day(2021 + step, random.between(1, step === 3 ? 5 : 11), random.between(2, 26)));
}
