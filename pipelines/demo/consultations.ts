import { apportion } from "./apportion.ts";
import type { PracticePlan } from "./practice.ts";
import { at, type Random } from "./random.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

/** Volume per year against 2022; specialists' advice grows by a quarter from 2023 on, so that theme 19 (+20 %) goes well. */
const OTHERS: Readonly<Record<number, number>> = {
    2019: 0.2,
    2020: 0.5,
    2021: 0.8,
    2022: 1,
    2023: 1.06,
    2024: 1.12,
    2025: 1.2,
    2026: 1.25,
};
const SPECIALISTS: Readonly<Record<number, number>> = {
    2019: 0.1,
    2020: 0.3,
    2021: 0.6,
    2022: 1,
    2023: 1.1,
    2024: 1.375,
    2025: 1.5,
    2026: 1.6,
};

/** Conversations about care wishes (theme 40) in the region per year: 2024 grows by about 60 % on 2023, and does not double. */
const CONVERSATIONS: Readonly<Record<number, number>> = {
    2020: 36,
    2021: 80,
    2022: 140,
    2023: 220,
    2024: 352,
    2025: 400,
    2026: 430,
};

/**
 * Hands every consultation of the region to a member practice. The year 2022 is exact; the months of a year are filled
 * evenly, so that a half year compares with the same half year before it.
 */
export function planConsultations(random: Random, practices: PracticePlan[], scale: number): void {
    for (const year of Object.keys(OTHERS).map(Number)) {
        const counts = DEMO_YEAR_2022.consultations.map(({ adviser, count }) => {
            const growth = adviser === "medisch specialist" ? SPECIALISTS[year] : OTHERS[year];
            return count * scale * (growth ?? 1);
        });
        // The total is rounded once and divided, so that a small region keeps the report's proportions.
        const exact = apportion(Math.round(counts.reduce((sum, count) => sum + count, 0)), counts);
        DEMO_YEAR_2022.consultations.forEach(({ subject, adviser }, kind) => {
            handOut(
                random,
                membersIn(practices, year),
                at(exact, kind),
                (practice) => practice.size,
                (practice, month) => {
                    practice.consultations.push({ year, month, subject, adviser });
                },
            );
        });
    }
}

/** Hands out the conversations about care wishes, more to practices with many elderly and to those that took it up. */
export function planConversations(random: Random, practices: PracticePlan[], scale: number): void {
    const eager = new Map(practices.map((practice) => [practice, Math.exp(random.normal(0, 0.35))]));
    for (const [year, total] of Object.entries(CONVERSATIONS).map(([text, count]) => [Number(text), count] as const)) {
        const weight = (practice: PracticePlan): number => practice.over75 * (eager.get(practice) ?? 1);
        handOut(random, membersIn(practices, year), Math.round(total * scale), weight, (practice, month) => {
            practice.conversations.push({ year, month });
        });
    }
}

function membersIn(practices: PracticePlan[], year: number): PracticePlan[] {
    return practices.filter((practice) => practice.role !== (year < 2023 ? "joiner" : "leaver"));
}

function handOut(
    random: Random,
    members: PracticePlan[],
    total: number,
    weight: (practice: PracticePlan) => number,
    give: (practice: PracticePlan, month: number) => void,
): void {
    const weights = members.map((practice) => weight(practice) * Math.exp(random.normal(0, 0.5)));
    const places = apportion(total, weights).flatMap((count, index) => Array<number>(count).fill(index));
    random.shuffle(places).forEach((place, turn) => {
        give(at(members, place), 1 + Math.floor((turn * 12) / total));
    });
}
