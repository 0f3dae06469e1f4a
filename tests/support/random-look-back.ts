import type { Level, MartCell } from "../../pipelines/publish/cell.ts";
import type { Place } from "../../pipelines/worlds/system.ts";
import { figure, measured } from "./cells.ts";
import { agbOf, stream } from "./marts.ts";

const FLOW_QUARTERS = ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"];
const STOCK_QUARTERS = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"];

export const LOOK_BACK_INDICATORS = new Map([
    ["gestart", { ...measured("beweging", { maat: "aantal", soort: "stroom" }), id: "gestart" }],
    ["uitval", { ...measured("uitkomst"), id: "uitval", denominator: "Gestart, twee jaar eerder." }],
]);

/**
 * Practices in which people start something in each of eight quarters, and of whom two years later is asked who dropped
 * out, by practice, hagro, area and region; in half of them the last practice has left before it is asked.
 */
export function randomLookBack(seed: number): { cells: MartCell[]; places: Place[] } {
    const random = stream(seed);
    const practices = Array.from({ length: 10 }, (_, index) => {
        const size = 1 + Math.floor(random() * 9);
        const started = FLOW_QUARTERS.map(() => Math.floor(random() * size));
        const asked = STOCK_QUARTERS.map((_quarter, back) => {
            const of = started.slice(back, back + 4).reduce((sum, count) => sum + count, 0);
            return { of, out: Math.floor(random() * (of + 1)) };
        });
        return { id: agbOf(index), hagro: `hagro-${index % 3}`, area: `gebied-${index % 2}`, started, asked };
    });
    const staying = random() < 0.5 ? practices : practices.slice(0, -1);
    const groups: [Level, string, (one: (typeof practices)[number]) => boolean][] = [
        ...practices.map(({ id }) => ["practice", id, (one) => one.id === id] as (typeof groups)[number]),
        ...[0, 1, 2].map(
            (index) => ["hagro", `hagro-${index}`, (one) => one.hagro === `hagro-${index}`] as (typeof groups)[number],
        ),
        ...[0, 1].map(
            (index) => ["area", `gebied-${index}`, (one) => one.area === `gebied-${index}`] as (typeof groups)[number],
        ),
        ["region", "regio", () => true],
    ];
    const cells: MartCell[] = [];
    for (const [level, id, isInside] of groups) {
        const sum = (of: typeof practices, pick: (one: (typeof practices)[number]) => number) =>
            of.filter(isInside).reduce((total, one) => total + pick(one), 0);
        const flow = (period: string, numerator: number) =>
            cells.push(figure({ indicator: "gestart", level, id, period, numerator, denominator: 9_000 }));
        FLOW_QUARTERS.forEach((period, place) => {
            flow(
                period,
                sum(practices, ({ started }) => started[place] ?? 0),
            );
        });
        for (const [year, from] of [
            ["2022", 0],
            ["2023", 4],
        ] as const)
            flow(
                year,
                sum(practices, ({ started }) =>
                    started.slice(from, from + 4).reduce((total, count) => total + count, 0),
                ),
            );
        STOCK_QUARTERS.forEach((period, place) => {
            const denominator = sum(staying, ({ asked }) => asked[place]?.of ?? 0);
            const numerator = sum(staying, ({ asked }) => asked[place]?.out ?? 0);
            if (denominator > 0) cells.push(figure({ indicator: "uitval", level, id, period, numerator, denominator }));
        });
    }
    return { cells, places: practices.map(({ id, hagro }) => ({ id, hagro, organisation: null })) };
}
