import { beforeAll, describe, expect, it } from "vitest";
import type { MartCell } from "../pipelines/publish/cell.ts";
import { lookBacks } from "../pipelines/worlds/look-back.ts";
import { Prover } from "../pipelines/worlds/prover.ts";
import { rangeOf } from "../pipelines/worlds/range.ts";
import { loadSolver, type Solver } from "../pipelines/worlds/solver.ts";
import { countSystem, type Figure, type System } from "../pipelines/worlds/system.ts";
import { View } from "../pipelines/worlds/view.ts";
import { figure, measured } from "./support/cells.ts";

const NOBODY: ReadonlySet<string> = new Set();
const indicators = new Map([
    ["gestart", { ...measured("beweging", { maat: "aantal", soort: "stroom" }), id: "gestart" }],
    ["uitval", { ...measured("uitkomst"), id: "uitval", denominator: "Gestart, twee jaar eerder." }],
]);
/** Who started in the four quarters of 2022, per practice; the ninth came in April. */
const STARTED = [
    [2, 0, 1, 1],
    [0, 6, 2, 4],
    [5, 3, 5, 0],
    [1, 1, 9, 3],
    [7, 2, 2, 4],
    [3, 8, 3, 3],
    [4, 4, 6, 5],
    [6, 6, 5, 4],
    [2, 3, 9, 2],
] as const;
let solver: Solver;
beforeAll(async () => {
    solver = await loadSolver();
});

function cells(): MartCell[] {
    const started = (level: MartCell["level"], id: string, counts: readonly number[]): MartCell[] =>
        counts.map((numerator, quarter) =>
            figure({
                level,
                id,
                indicator: "gestart",
                period: `2022-Q${quarter + 1}`,
                numerator,
                denominator: 40_000,
            }),
        );
    const asked = (level: MartCell["level"], id: string, denominator: number) =>
        figure({ level, id, indicator: "uitval", period: "2024-Q4", numerator: 1, denominator });
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const region = [0, 1, 2, 3].map((quarter) => sum(STARTED.map((counts) => counts[quarter] ?? 0)));
    return [
        ...STARTED.flatMap((counts, index) => {
            // A practice that came later has no figure of before.
            const of = started("practice", `p${index}`, counts);
            return index === 8 ? of.slice(1) : of;
        }),
        ...STARTED.map((counts, index) => asked("practice", `p${index}`, sum(counts))),
        ...started("area", "kust", [10, 14, 15, 11]),
        asked("area", "kust", 50),
        ...started("region", "regio", region),
        // The one who came later counts along, the one who left no more.
        asked("region", "regio", sum(region) - 5),
    ];
}

function at(system: System, indicator: string, id: string, period: string): Figure {
    const found = system.figures[0]?.find(
        (one) => one?.cell.indicator === indicator && one.cell.id === id && one.cell.period === period,
    );
    if (!found) throw new Error(`geen figuur ${indicator} ${id} ${period}`);
    return found;
}

describe("a stock that looks back on a flow", () => {
    it("is found in the numbers of practices, with how far it looks back", () => {
        expect(lookBacks(cells(), indicators, (name) => name)).toEqual([
            { stock: "noemer stand Gestart, twee jaar eerder.", flow: "gestart\t", quartersBefore: 8 },
        ]);
    });

    it("is not found where the numbers are others, or too few to tell", () => {
        const others = cells().map((cell) =>
            cell.indicator === "uitval" ? { ...cell, denominator: (cell.denominator ?? 0) + 1 } : cell,
        );
        expect(lookBacks(others, indicators, (name) => name)).toEqual([]);
        const few = cells().filter(({ id }) => Number(id.slice(1)) < 7);
        expect(lookBacks(few, indicators, (name) => name)).toEqual([]);
    });

    it("is the sum of the flow's quarters, wherever the numbers add up", () => {
        const system = countSystem([{ cells: cells(), places: [] }], indicators);
        const isSum = (id: string) => {
            const whole = at(system, "uitval", id, "2024-Q4").d;
            const parts = ["2022-Q4", "2022-Q3", "2022-Q2", "2022-Q1"].map(
                (period) => system.figures[0]?.find((one) => one?.cell.id === id && one.cell.period === period)?.n,
            );
            return system.sums.some((sum) => sum.whole === whole && String(sum.parts) === String(parts));
        };
        expect(["p0", "p7", "kust"].filter(isSum)).toEqual(["p0", "p7", "kust"]);
        expect(["p8", "regio"].filter(isSum)).toEqual([]);
    });

    it("gives a hidden quarter away when it is shown with the three others", () => {
        const system = countSystem([{ cells: cells(), places: [] }], indicators);
        const view = new View(system);
        for (const period of ["2022-Q1", "2022-Q2", "2022-Q3"])
            view.read(at(system, "gestart", "kust", period), { numerator: true });
        view.read(at(system, "uitval", "kust", "2024-Q4"), { denominator: true });
        const target = { figure: at(system, "gestart", "kust", "2022-Q4"), what: "numerator" as const };
        expect(rangeOf(target, view, NOBODY, 6, solver)).toMatchObject({ low: 11, high: 11, values: 1 });
    });

    it("leaves a practice that is not asked no room that its hagro, which is, has not", () => {
        // Nobody started at p8 (here it stands in no stock); its hagro is asked for the others alone.
        const hagro = (id: string) => (id === "p7" || id === "p8" ? "h1" : "h0");
        const all = cells().filter(({ id, indicator }) => id !== "p8" || indicator === "gestart");
        const none = all.map((cell) => (cell.id === "p8" ? { ...cell, numerator: 0, state: "zero" as const } : cell));
        const ofHagro = none
            .filter(({ id }) => id === "p7")
            .map((cell) => ({ ...cell, level: "hagro" as const, id: "h1" }));
        const first = none.find(({ id, period }) => id === "p8" && period === "2022-Q3");
        if (!first) throw new Error("geen praktijk in de proef");
        const places = STARTED.map((_counts, index) => ({
            id: `p${index}`,
            hagro: hagro(`p${index}`),
            organisation: null,
        }));
        // Somebody of another hagro has what it had, so that the region stays what it is.
        const other = { ...first, id: "p9", numerator: 9, state: "value" as const };
        const system = countSystem(
            [
                {
                    cells: [...none, ...ofHagro, other],
                    places: [...places, { id: "p9", hagro: "h2", organisation: null }],
                },
            ],
            indicators,
        );
        const view = new View(system);
        const target = { figure: at(system, "gestart", "p8", "2022-Q3"), what: "numerator" as const };
        expect(rangeOf(target, view, NOBODY, 6, solver)).toMatchObject({ low: 0, high: 0 });
        expect(new Prover(view, 6, solver).isSafe(target, NOBODY, "quick")).toBe(false);
    });

    it("binds a practice of whose flow nothing is read", () => {
        const system = countSystem([{ cells: cells(), places: [] }], indicators);
        const view = new View(system);
        for (const one of system.figures[0] ?? [])
            if (one?.cell.level === "region") view.read(one, { numerator: true, denominator: true });
        const target = { figure: at(system, "gestart", "p0", "2022-Q3"), what: "numerator" as const };
        const isSafe = () => new Prover(view, 6, solver).isSafe(target);
        expect(isSafe()).toBe(true);
        view.read(at(system, "uitval", "p0", "2024-Q4"), { denominator: true });
        // Four started in that year.
        expect(rangeOf(target, view, NOBODY, 6, solver)).toMatchObject({ low: 0, high: 4, values: 5 });
        expect(isSafe()).toBe(false);
    });
});
