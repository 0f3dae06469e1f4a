import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Forms } from "../pipelines/disclosure/forms.ts";
import { protectGroups } from "../pipelines/disclosure/group-protection.ts";
import type { MartCell } from "../pipelines/publish/cell.ts";
import { wholePercent } from "../pipelines/publish/shown-form.ts";
import { Prover } from "../pipelines/worlds/prover.ts";
import { extremesOf, rangeOf } from "../pipelines/worlds/range.ts";
import { loadSolver, type Solver } from "../pipelines/worlds/solver.ts";
import { countSystem, type Figure, type System } from "../pipelines/worlds/system.ts";
import { View, wholePercentRatio } from "../pipelines/worlds/view.ts";
import type { Target } from "../pipelines/worlds/walk.ts";
import { figure, measured } from "./support/cells.ts";

const runs = process.env.PROVE === "1" ? 2_000 : 40;
const NOBODY: ReadonlySet<string> = new Set();
const flow = new Map([["proef", measured("beweging", { maat: "aantal", soort: "stroom" })]]);
let solver: Solver;
beforeAll(async () => {
    solver = await loadSolver();
});

/** Areas by strata with all their sums. */
function table(numbers: Record<string, Record<string, number>>): MartCell[] {
    const cells: MartCell[] = [];
    const sums = new Map<string, number>();
    const add = (id: string, stratum: string | null, count: number) =>
        sums.set(`${id}\t${stratum ?? ""}`, (sums.get(`${id}\t${stratum ?? ""}`) ?? 0) + count);
    for (const [area, row] of Object.entries(numbers)) {
        for (const [stratum, count] of Object.entries(row))
            for (const id of [area, "regio"]) for (const part of [stratum, null]) add(id, part, count);
    }
    for (const [key, numerator] of sums) {
        const [id = "", stratum = ""] = key.split("\t");
        const level = id === "regio" ? ("region" as const) : ("area" as const);
        cells.push(figure({ id, level, stratum: stratum || null, numerator, denominator: 50_000 }));
    }
    return cells;
}

function at(system: System, id: string, stratum: string | null = null): Figure {
    const found = system.figures[0]?.find((one) => one?.cell.id === id && one.cell.stratum === stratum);
    if (!found) throw new Error(`geen figuur ${id}`);
    return found;
}

// sdcTable, tests/testthat/test-simpleheuristic.R: two suppressions in every line, and yet w|b follows exactly.
const TRAP = {
    w: { a: 30, b: 47, c: 64, d: 89 },
    x: { a: 90, b: 124, c: 5, d: 31 },
    y: { a: 92, b: 100, c: 59, d: 85 },
    z: { a: 800, b: 991, c: 651, d: 685 },
};
const SUPPRESSED = ["w a", "w b", "w c", "x a", "x c", "y b", "y d", "z b", "z d"];

function trap(hidden: readonly string[]) {
    const system = countSystem([{ cells: table(TRAP), places: [] }], flow);
    const forms = new Forms(system);
    for (const one of system.figures[0] ?? []) {
        if (one) forms.set(one, hidden.includes(`${one.cell.id} ${one.cell.stratum}`) ? "hidden" : "exact");
    }
    const target: Target = { figure: at(system, "w", "b"), what: "numerator" };
    return { system, forms, target };
}

describe("the published trap", () => {
    it("is seen: a cell follows exactly although every line has two suppressions", () => {
        const { forms, target } = trap(SUPPRESSED);
        expect(rangeOf(target, forms.view, NOBODY, 6, solver)).toMatchObject({ low: 47, high: 47, values: 1 });
        expect(new Prover(forms.view, 6, solver).unsafeFor(target, [], "all")).not.toBeNull();
    });

    it("opens with one more suppression, to the bounds that are published for it", () => {
        const { forms, target } = trap([...SUPPRESSED, "x b"]);
        expect(rangeOf(target, forms.view, NOBODY, 6, solver).values).toBe(6);
        expect(extremesOf(target, forms.view, NOBODY, solver)).toEqual({ low: 0, high: 141 });
    });

    it("is repaired at the least cost: one more suppression is enough", () => {
        const { system, forms, target } = trap(SUPPRESSED);
        const prover = new Prover(forms.view, 6, solver);
        const { open, simple } = protectGroups({ system, forms, mayChange: () => true, prover }, [target]);
        expect([open, simple]).toEqual([[], 0]);
        expect(rangeOf(target, forms.view, NOBODY, 6, solver).values).toBe(6);
        const hidden = (system.figures[0] ?? []).filter((one) => one && forms.of(one) === "hidden");
        expect(hidden).toHaveLength(SUPPRESSED.length + 1);
    });
});

describe("linked tables", () => {
    // sdcTable, tests/testthat/test-linked-tables.r: each table is safe, and both together are not.
    const counts = { A: 2, B: 2, I: 8, J: 8, K: 3, L: 3, M: 3, N: 7 };
    const county = (id: string) => (Object.keys(counts).indexOf(id) < 4 ? "county-1" : "county-2");
    const size = (id: string) => (id === "L" || id === "M" ? "big" : "small");

    it("give a practice away whose hagro and organisation differ by one other practice", () => {
        const ids = Object.keys(counts);
        const places = ids.map((id) => ({ id, hagro: county(id), organisation: size(id) }));
        const sum = (inside: (id: string) => boolean) =>
            Object.entries(counts).reduce((total, [id, count]) => total + (inside(id) ? count : 0), 0);
        const cells = [
            ...Object.entries(counts).map(([id, numerator]) => figure({ level: "practice", id, numerator })),
            ...["county-1", "county-2"].map((id) =>
                figure({ level: "hagro", id, numerator: sum((one) => county(one) === id) }),
            ),
            ...["big", "small"].map((id) =>
                figure({ level: "organisation", id, numerator: sum((one) => size(one) === id) }),
            ),
            figure({ level: "region", id: "regio", numerator: sum(() => true) }),
        ];
        const system = countSystem([{ cells, places }], flow);
        const view = new View(system);
        for (const one of system.figures[0] ?? []) {
            if (one && !["A", "B", "K", "L", "M"].includes(one.cell.id)) view.read(one, { numerator: true });
        }
        const target: Target = { figure: at(system, "K"), what: "numerator" };
        expect(rangeOf(target, view, NOBODY, 6, solver)).toMatchObject({ low: 3, high: 3 });
        expect(new Prover(view, 6, solver).unsafeFor(target, [], "all")).not.toBeNull();
    });
});

describe("two indicators that count the same patients", () => {
    const indicators = new Map([
        ["gemeten", { ...measured("proces"), id: "gemeten", denominator: "In zorg." }],
        ["goed", { ...measured("uitkomst"), id: "goed", denominator: "Gemeten in zorg." }],
    ]);
    const measuredOf = [20, 31, 42, 53, 64, 75, 86, 97];
    const pair = (given: Partial<MartCell>, count: number): MartCell[] => [
        figure({ ...given, indicator: "gemeten", numerator: count, denominator: count + 30 }),
        ...(count > 0 ? [figure({ ...given, indicator: "goed", numerator: count - 10, denominator: count })] : []),
    ];
    const systemOf = (areas: readonly number[]) => {
        const cells = [
            ...areas.flatMap((count, index) => pair({ id: `gebied-${index}` }, count)),
            ...pair({ level: "practice", id: "praktijk" }, 55),
        ];
        return countSystem([{ cells, places: [] }], indicators).figures[0] ?? [];
    };
    const practice = (figures: readonly (Figure | null)[]) => figures.filter((one) => one?.cell.level === "practice");

    it("share a count in a practice too: its measured patients are the denominator of its outcome", () => {
        const [share, outcome] = practice(systemOf(measuredOf));
        expect(outcome?.d).toBe(share?.n);
    });

    it("share it although nobody is measured in some area, which then has no outcome", () => {
        const [share, outcome] = practice(systemOf([...measuredOf, 0]));
        expect(outcome?.d).toBe(share?.n);
    });

    it("take each other along: whoever is good is measured, and in care", () => {
        const three = new Map([
            ...indicators,
            ["bekend", { ...measured("proces"), id: "bekend", denominator: "In zorg." }],
        ]);
        const of = (given: Partial<MartCell>, known: number, share: number, good: number, care: number) => [
            figure({ ...given, indicator: "bekend", numerator: known, denominator: care }),
            figure({ ...given, indicator: "gemeten", numerator: share, denominator: care }),
            figure({ ...given, indicator: "goed", numerator: good, denominator: share }),
        ];
        const cells = [
            ...measuredOf.flatMap((count, index) => of({ id: `gebied-${index}` }, 9, count, 8, count + 30)),
            ...of({ level: "practice", id: "klein" }, 4, 4, 3, 4),
            ...of({ level: "practice", id: "groot" }, 28, 40, 20, 56),
            ...of({ level: "region", id: "regio" }, 32, 44, 23, 60),
        ];
        const system = countSystem([{ cells, places: [] }], three);
        const figures = (system.figures[0] ?? []).filter((one) => one !== null);
        const view = new View(system);
        for (const one of figures) {
            if (one.cell.level === "region") view.read(one, { numerator: true, denominator: true });
            // 100 and 50 %: of 60 in care and 32 known, that leaves the small practice four patients.
            if (one.cell.level === "practice" && one.cell.indicator === "bekend")
                view.read(one, { ratio: wholePercentRatio(wholePercent(one.cell) ?? 0) });
        }
        const good = figures.find(({ cell }) => cell.id === "klein" && cell.indicator === "goed");
        const target: Target = { figure: good as Figure, what: "numerator" };
        expect(rangeOf(target, view, NOBODY, 6, solver)).toMatchObject({ low: 0, high: 4, values: 5 });
        expect(new Prover(view, 6, solver).isSafe(target)).toBe(false);
    });

    it("share nothing when one of the numbers is another", () => {
        const cells = pair({ level: "region", id: "regio" }, 468).map((cell) =>
            cell.indicator === "goed" ? { ...cell, denominator: 467 } : cell,
        );
        const others = measuredOf.flatMap((count, index) => pair({ id: `gebied-${index}` }, count));
        const figures = countSystem(
            [{ cells: [...others, ...cells, ...pair({ level: "practice", id: "praktijk" }, 55)], places: [] }],
            indicators,
        ).figures[0];
        const [share, outcome] = practice(figures ?? []);
        expect(outcome?.d).not.toBe(share?.n);
    });
});

describe("what is proved safe", () => {
    it("has six values or more when everything that fits is counted out", () => {
        const shape = fc.record({
            numbers: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
            hidden: fc.array(
                fc.integer({ min: 0, max: 9 }).map((one) => one < 8),
                { minLength: 12, maxLength: 12 },
            ),
            percents: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        });
        let safe = 0;
        fc.assert(
            fc.property(shape, ({ numbers, hidden, percents }) => {
                const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
                const inner = { kust: { jong: a, oud: b }, polder: { jong: c, oud: d }, haven: { jong: e, oud: f } };
                const cells = table(inner).map((cell) => ({ ...cell, denominator: sizeOf(cell) }));
                const indicators = new Map([["proef", measured("uitkomst", { soort: "stroom" })]]);
                const system = countSystem([{ cells, places: [] }], indicators);
                const view = new View(system);
                (system.figures[0] ?? []).forEach((one, place) => {
                    if (!one) return;
                    const percent = wholePercent(one.cell) ?? 0;
                    // One area is always read, so that there is little enough to count out.
                    if (!hidden[place] || one.cell.id === "haven")
                        view.read(one, { numerator: true, denominator: true });
                    else if (percents[place]) view.read(one, { denominator: true, ratio: wholePercentRatio(percent) });
                    else view.read(one, { denominator: true });
                });
                const target: Target = { figure: at(system, "kust", "jong"), what: "numerator" };
                const possible = countedOut(system, view, target);
                const range = rangeOf(target, view, NOBODY, 6, solver);
                expect(range.values).toBe(Math.min(6, possible.size));
                if (new Prover(view, 6, solver).isSafe(target)) {
                    safe += 1;
                    expect(possible.size).toBeGreaterThanOrEqual(6);
                }
            }),
            { numRuns: runs, seed: 6 },
        );
        expect(safe).toBeGreaterThan(0);
    });
});

/** Patients in the denominator of a cell: twelve per area and stratum. */
const sizeOf = ({ level, stratum }: Pick<MartCell, "level" | "stratum">): number =>
    12 * (level === "region" ? 3 : 1) * (stratum === null ? 2 : 1);

/** Every value that the target takes in any world that fits: by trying the six inner cells one by one. */
function countedOut(system: System, view: View, target: Target): Set<number> {
    const inner = (system.figures[0] ?? []).flatMap((one) =>
        one && one.cell.level === "area" && one.cell.stratum !== null ? [one] : [],
    );
    const values = new Map<number, number>();
    const found = new Set<number>();
    const outer = (system.figures[0] ?? []).flatMap((one) => (one && !inner.includes(one) ? [one] : []));
    const total = ({ cell }: Figure): number =>
        inner.reduce(
            (sum, one) =>
                (cell.level === "region" || one.cell.id === cell.id) &&
                (cell.stratum === null || one.cell.stratum === cell.stratum)
                    ? sum + (values.get(one.n) ?? 0)
                    : sum,
            0,
        );
    const fits = (one: Figure, value: number): boolean => {
        const { numerator, ratio } = view.of(one);
        const size = sizeOf(one.cell);
        if (numerator) return value === one.cell.numerator;
        return !ratio || (ratio.scale * value >= ratio.low * size && ratio.scale * value < ratio.high * size);
    };
    const visit = (place: number): void => {
        const one = inner[place];
        if (!one) {
            if (outer.every((sum) => fits(sum, total(sum)))) found.add(values.get(target.figure.n) ?? 0);
            return;
        }
        for (let value = 0; value <= 12; value += 1) {
            if (!fits(one, value)) continue;
            values.set(one.n, value);
            // A sum that is exceeded already is not tried any further.
            if (outer.every((sum) => !view.of(sum).numerator || total(sum) <= (sum.cell.numerator ?? 0)))
                visit(place + 1);
            else break;
        }
        values.delete(one.n);
    };
    visit(0);
    return found;
}
