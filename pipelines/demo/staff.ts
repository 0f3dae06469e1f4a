import { apportion } from "./apportion.ts";
import { type Day, day } from "./calendar.ts";
import type { PracticePlan } from "./practice.ts";
import { at, stream } from "./random.ts";
import type { RegionPlan } from "./region.ts";
import type { Horizon } from "./settings.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

export interface StaffRow {
    agb: string;
    date: Day;
    role: string;
    count: number;
    fte: number;
}

/** Full-time share of one person, by role. */
const HOURS: Readonly<Record<string, number>> = {
    huisarts: 0.78,
    "POH-S": 0.62,
    "POH-GGZ": 0.5,
    "POH-O": 0.5,
    assistente: 0.68,
    praktijkmanager: 0.45,
    SOH: 0.7,
    PA: 0.8,
    VS: 0.8,
};

/**
 * Staff of every practice twice a year. On 31 December 2022 the members together employ what the annual report prints;
 * later counts move a little. A role that nobody has is reported as 0, so that it ends what was counted before.
 */
export function practiceStaff(region: RegionPlan, horizon: Horizon): StaffRow[] {
    const random = stream(region.settings.seed, "staff");
    const counts = staff2022(region);
    const rows: StaffRow[] = [];
    const last = Math.floor((horizon.end + 31) / 365.25) + 1970;
    for (let year = 2021; year <= last; year++) {
        for (const month of [1, 7]) {
            const date = day(year, month, 1);
            region.practices.forEach((practice, index) => {
                if (
                    (practice.left !== 0 && date >= practice.left) ||
                    (practice.role === "joiner" && date < practice.joined)
                )
                    return;
                for (const [role, known] of Object.entries(at(counts, index))) {
                    // July 2022 is the latest count before the year ends.
                    const exact = year === 2022 && month === 7;
                    const moved =
                        exact || role === "huisarts" || !random.chance(0.08)
                            ? known
                            : Math.max(0, known + (random.chance(0.6) ? 1 : -1));
                    if (known > 0 || moved > 0)
                        rows.push({ agb: practice.agb, date, role, count: moved, fte: moved * (HOURS[role] ?? 0.6) });
                    else if (exact) rows.push({ agb: practice.agb, date, role, count: 0, fte: 0 });
                }
            });
            // 14 people at the bureau, 1,26 fte of them practice managers; they belong to no practice.
            rows.push({ agb: "bureau", date, role: "praktijkmanager", count: 2, fte: 1.26 });
        }
    }
    return rows;
}

function staff2022(region: RegionPlan): Record<string, number>[] {
    const random = stream(region.settings.seed, "staff 2022");
    const members = region.practices.filter((practice) => practice.role !== "joiner");
    const counts = region.practices.map(
        (practice): Record<string, number> => ({ huisarts: practice.generalPractitioners }),
    );
    const give = (role: string, practice: PracticePlan, count: number): void => {
        const own = counts[practice.index];
        if (own) own[role] = count;
    };
    for (const role of ["POH-S", "POH-GGZ", "assistente", "praktijkmanager"] as const) {
        const total = Math.round(DEMO_YEAR_2022.staff[role] * region.practiceScale);
        const weights = members.map((practice) => practice.size * Math.exp(random.normal(0, 0.3)));
        apportion(total, weights).forEach((count, place) => {
            give(role, at(members, place), count);
        });
        for (const practice of region.practices) {
            if (practice.role === "joiner") give(role, practice, role === "assistente" ? 4 : random.between(0, 2));
        }
    }
    for (const practice of region.practices) {
        if (random.chance(0.25)) give("POH-O", practice, 1);
        if (random.chance(0.15)) give("SOH", practice, 1);
        if (random.chance(0.12)) give(random.chance(0.5) ? "PA" : "VS", practice, 1);
    }
    return counts;
}
