import { apportion } from "./apportion.ts";
import { type Day, day, monthsBetween, workday } from "./calendar.ts";
import { at, type Random, stream } from "./random.ts";
import type { RegionPlan } from "./region.ts";
import type { Horizon } from "./settings.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

export interface RegionFact {
    area: string;
    fact: string;
    date: Day;
    count: number;
    code: string;
}

const AREA_KEYS = ["nissewaard", "voorne-aan-zee", "rozenburg"] as const;
const LIBRARIES = [
    ["nissewaard", "bib-spijkenisse"],
    ["voorne-aan-zee", "bib-hellevoetsluis"],
    ["voorne-aan-zee", "bib-brielle"],
    ["rozenburg", "bib-rozenburg"],
] as const;

/** Volume of training and of crisis reports against 2022. */
const GROWTH: Readonly<Record<number, number>> = { 2021: 0.8, 2022: 1, 2023: 1.1, 2024: 1.05, 2025: 1.05, 2026: 1.05 };

/** Milestones of themes without a number: code, and when it was begun and done (year and month; 0 when not yet). */
const MILESTONES: readonly [number, string, number, number][] = [
    [1, "mandaat", 202302, 202312],
    [2, "besluit", 202309, 202405],
    [3, "governance", 202301, 202306],
    [3, "transformatieplannen", 202303, 0],
    [4, "waarnemers", 202304, 202402],
    [4, "platform", 202401, 0],
    [7, "ondersteuning", 202306, 0],
    [10, "plan_van_aanpak", 202303, 202311],
    [16, "voordeur", 202401, 0],
    [17, "besluit_ehealth", 202402, 0],
    [21, "architectuurplaat", 202310, 202404],
    [22, "leefstijlroer", 202303, 202312],
    [24, "aanmeldpunt", 202309, 202403],
    [25, "vast_contact", 202401, 0],
    [26, "netwerkbijeenkomst", 202311, 202404],
    [27, "advies", 0, 0],
    [28, "structuur", 202403, 0],
    [29, "casuistiektafel", 202401, 202406],
    [30, "integratieplan", 202402, 0],
    [31, "copd_opstart", 202401, 202402],
    [33, "zorgpad", 202309, 0],
    [34, "brielle", 202309, 202401],
    [34, "rozenburg", 202404, 0],
    [36, "netwerk", 202302, 202311],
    [37, "tafel", 202309, 202403],
    [38, "evaluatie", 202405, 0],
    [41, "spijkenisse", 202402, 202405],
    [41, "hellevoetsluis", 202404, 0],
    [42, "kit", 202310, 202402],
];

/** Counts that the bureau keeps for the region and its areas; the year 2022 is the annual report's. */
export function regionFacts(region: RegionPlan, horizon: Horizon): RegionFact[] {
    const random = stream(region.settings.seed, "region facts");
    const facts: RegionFact[] = [];
    const tell = (area: string, fact: string, date: Day, count: number, code = ""): void => {
        facts.push({ area, fact, date, count, code });
    };
    for (const [year, growth] of Object.entries(GROWTH).map(([text, factor]) => [Number(text), factor] as const)) {
        trainings(random, year, growth * region.practiceScale, tell);
    }
    crisisReports(random, region.practiceScale, horizon, tell);
    lifestyle(random, region.practiceScale, tell);
    meetings(random, horizon, tell);
    for (const [theme, code, begun, done] of MILESTONES) {
        const name = `milestone:${theme}`;
        const on = (month: number): Day => day(Math.floor(month / 100), month % 100, 15);
        tell("regio", name, day(2023, 1, 9), 0, code);
        if (begun) tell("regio", name, on(begun), 1, code);
        if (done) tell("regio", name, on(done), 2, code);
    }
    return facts;
}

type Tell = (area: string, fact: string, date: Day, count: number, code?: string) => void;

/** Every training is a row with its own day, or two of one programme and size would be one row. */
function trainings(random: Random, year: number, scale: number, tell: Tell): void {
    const count = (number: number): number => number * scale;
    const totals = { trainings: 0, participants: 0 };
    for (const one of DEMO_YEAR_2022.trainings) {
        totals.trainings += count(one.count);
        totals.participants += count(one.participants);
    }
    const held = apportion(
        Math.round(totals.trainings),
        DEMO_YEAR_2022.trainings.map((one) => one.count),
    );
    const present = DEMO_YEAR_2022.trainings.map((one, index) => (at(held, index) > 0 ? one.participants : 0));
    const people = apportion(Math.round(totals.participants), present);
    DEMO_YEAR_2022.trainings.forEach(({ programme }, index) => {
        const sessions = at(held, index);
        if (sessions === 0) return;
        const sizes = apportion(
            at(people, index),
            Array.from({ length: sessions }, () => 0.5 + random.next()),
        );
        const step = Math.floor(340 / sessions);
        sizes.forEach((size, session) => {
            const date = day(year, 1, 9) + session * step + random.between(0, Math.max(0, step - 1));
            tell("regio", "scholing", date, 1, programme);
            tell("regio", "scholing_deelnemers", date, size, programme);
        });
    });
}

/** Reports of crisis beds: from March 2022, every month; half of those of 2022 were agreed. */
function crisisReports(random: Random, scale: number, horizon: Horizon, tell: Tell): void {
    const spread = (total: number, months: number): number[] =>
        apportion(
            Math.round(total),
            Array.from({ length: months }, () => 0.7 + 0.6 * random.next()),
        );
    const reports = spread(DEMO_YEAR_2022.crisisReports * scale, 10);
    const agreed = apportion(Math.round(DEMO_YEAR_2022.crisisAgreed * scale), reports);
    reports.forEach((count, index) => {
        tell("regio", "rcp_melding", day(2022, 3 + index, 28), count);
        tell("regio", "rcp_akkoord", day(2022, 3 + index, 28), at(agreed, index));
    });
    for (const { year, month } of monthsBetween({ year: 2023, month: 1 }, horizon.last)) {
        const count = random.poisson(18 * scale);
        tell("regio", "rcp_melding", day(year, month, 28), count);
        tell("regio", "rcp_akkoord", day(year, month, 28), Math.round(count * (0.5 + 0.1 * random.next())));
    }
}

/** Coaches per area (7 by the end of 2022) and 14 to 18 groups a year (theme 23: 15 to 20). */
function lifestyle(random: Random, scale: number, tell: Tell): void {
    const coaches = (total: number, date: Day): void => {
        apportion(Math.max(1, Math.round(total * scale)), [3.2, 2.1, 1.7]).forEach((count, area) => {
            tell(at(AREA_KEYS, area), "leefstijlcoach", date, count);
        });
    };
    coaches(5, day(2021, 3, 1));
    coaches(DEMO_YEAR_2022.lifestyleCoaches, day(2022, 4, 1));
    coaches(8, day(2023, 2, 1));
    coaches(9, day(2024, 1, 15));
    const groups: Readonly<Record<number, number>> = { 2021: 9, 2022: 14, 2023: 16, 2024: 18, 2025: 18, 2026: 17 };
    for (const [year, total] of Object.entries(groups)) {
        const count = Math.max(1, Math.round(total * scale));
        for (let group = 0; group < count; group++) {
            const date = workday(day(Number(year), 1, 10) + Math.floor((group * 350) / count));
            tell(
                at(AREA_KEYS, group % 5 === 4 ? 2 : group % 2),
                "gli_groep_gestart",
                date,
                1,
                random.chance(0.85) ? "volwassen" : "kind",
            );
        }
    }
}

function meetings(random: Random, horizon: Horizon, tell: Tell): void {
    for (const [area, library] of LIBRARIES) {
        tell(area, "digivitaler_cursus", day(2023, 10, 3), 1, library);
        if (library !== "bib-rozenburg") tell(area, "digivitaler_cursus", day(2024, 3, 12), 1, library);
    }
    for (const [year, month] of [
        [2022, 3],
        [2022, 9],
        [2023, 3],
        [2023, 9],
        [2024, 3],
    ] as const) {
        tell("voorne-aan-zee", "patz_bijeenkomst", day(year, month, 14), 1, "brielle");
    }
    tell("nissewaard", "patz_bijeenkomst", day(2024, 4, 11), 1, "spijkenisse");
    tell("nissewaard", "patz_bijeenkomst", day(2024, 6, 13), 1, "spijkenisse");
    for (const [year, month, count] of [
        [2022, 11, 9],
        [2023, 5, 8],
        [2023, 11, 11],
        [2024, 4, 7],
    ] as const) {
        tell("regio", "huisarts_dementie_geschoold", day(year, month, 21), count);
    }
    for (const { year, month } of monthsBetween({ year: 2024, month: 1 }, horizon.last)) {
        if (month % 6 !== 1)
            tell("regio", "casuistiektafel", day(year, month, 18), 1, random.chance(0.5) ? "ouderen" : "ggz");
    }
}
