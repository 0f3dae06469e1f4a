import { beforeAll, describe, expect, it } from "vitest";
import { readingOf } from "../pipelines/disclosure/forms.ts";
import { allCells, publishableFigures } from "../pipelines/publish/audience-view.ts";
import { Exchanges } from "../pipelines/worlds/exchange.ts";
import { lookBacks } from "../pipelines/worlds/look-back.ts";
import { Prover } from "../pipelines/worlds/prover.ts";
import { rangeOf } from "../pipelines/worlds/range.ts";
import { loadSolver, type Solver } from "../pipelines/worlds/solver.ts";
import { countSystem, type Figure } from "../pipelines/worlds/system.ts";
import { View } from "../pipelines/worlds/view.ts";
import type { Target } from "../pipelines/worlds/walk.ts";
import { figure, measured } from "./support/cells.ts";
import { stream } from "./support/marts.ts";
import { LOOK_BACK_INDICATORS, randomLookBack } from "./support/random-look-back.ts";
import { randomPublications } from "./support/random-publications.ts";

const REGIONS = process.env.PROVE === "1" ? 1_000 : 8;
/** Counts that are looked at in each region. */
const TARGETS = 30;
const WANTED = 6;
const NOBODY: ReadonlySet<string> = new Set();
let solver: Solver;
beforeAll(async () => {
    solver = await loadSolver();
});

describe("a quick proof", () => {
    it(
        `never claims more than bounds over everything that hangs together allow, in ${REGIONS} random regions`,
        () => {
            const proved = { exchanged: 0, practices: 0, groups: 0 };
            for (let seed = 1; seed <= REGIONS; seed += 1) holdAgainstBounds(randomView(seed), `regio ${seed}`, proved);
            for (const count of Object.values(proved)) expect(count).toBeGreaterThan(REGIONS / 4);
        },
        process.env.PROVE === "1" ? 3_600_000 : 60_000,
    );

    it(
        `never does where a stock looks back on a flow either, in ${REGIONS} random regions`,
        () => {
            const proved = { exchanged: 0, practices: 0, groups: 0 };
            for (let seed = 1; seed <= REGIONS; seed += 1) {
                const { cells } = randomLookBack(seed);
                expect(lookBacks(cells, LOOK_BACK_INDICATORS, (name) => name)).toHaveLength(1);
                holdAgainstBounds(randomLookBackView(seed), `terugblik ${seed}`, proved);
            }
            for (const count of Object.values(proved)) expect(count).toBeGreaterThan(REGIONS / 4);
        },
        process.env.PROVE === "1" ? 3_600_000 : 60_000,
    );
});

/** Looks at some counts of a region at random: what is proved quickly must hold over everything. */
function holdAgainstBounds(
    { system, view, random }: ReturnType<typeof randomView>,
    name: string,
    proved: { exchanged: number; practices: number; groups: number },
): void {
    const all = (system.figures.at(-1) ?? []).filter((figure): figure is Figure => figure !== null);
    const readers = all.flatMap(({ cell }) => (cell.level === "practice" ? [cell.id] : []));
    const knowing = new Set([readers[Math.floor(random() * readers.length)] ?? ""]);
    const prover = new Prover(view, WANTED, solver, [knowing]);
    const exchanges = new Exchanges(view);
    for (let turn = 0; turn < TARGETS; turn += 1) {
        const figure = all[Math.floor(random() * all.length)];
        if (!figure || view.isKnown(figure.n) || knowing.has(figure.cell.id)) continue;
        const target: Target = { figure, what: turn % 3 === 2 && figure.d >= 0 ? "denominator" : "numerator" };
        const ofPractices = figure.cell.level === "practice" || figure.cell.level === "hagro";
        const exchanged = Math.min(WANTED, exchanges.valuesOf(target, knowing));
        const isSafe = prover.isSafe(target, knowing, "quick");
        const claimed = isSafe ? WANTED : exchanged;
        if (claimed < 2) continue;
        const { values } = rangeOf(target, view, knowing, claimed, solver);
        const { indicator, level, id, period } = figure.cell;
        expect(values, `${name}: ${indicator} ${level} ${id} ${period} ${target.what}`).toBe(claimed);
        if (exchanged > 1) proved.exchanged += 1;
        if (isSafe) proved[ofPractices ? "practices" : "groups"] += 1;
    }
}

describe("a practice that delivered one quarter", () => {
    it("has nobody to exchange in the others, so that its year is bounded by that quarter", () => {
        const indicators = new Map([["proef", measured("beweging", { maat: "aantal", soort: "stroom" })]]);
        const cell = (level: "practice" | "region", id: string, period: string, numerator: number) =>
            figure({ level, id, period, numerator, denominator: 5_000 });
        const cells = [
            cell("practice", "p1", "2024-Q4", 2),
            cell("practice", "p1", "2024", 2),
            cell("practice", "p2", "2024-Q3", 20),
            cell("practice", "p2", "2024-Q4", 1),
            cell("practice", "p2", "2024", 21),
            cell("region", "regio", "2024-Q3", 20),
            cell("region", "regio", "2024-Q4", 3),
            cell("region", "regio", "2024", 23),
        ];
        const places = ["p1", "p2"].map((id) => ({ id, hagro: null, organisation: null }));
        const system = countSystem([{ cells, places }], indicators);
        const view = new View(system);
        const figures = system.figures[0] ?? [];
        for (const one of figures) if (one?.cell.level === "region") view.read(one, { numerator: true });
        const year = figures[1];
        if (!year) throw new Error("geen jaar");
        const target: Target = { figure: year, what: "numerator" };
        expect(rangeOf(target, view, NOBODY, WANTED, solver)).toMatchObject({ low: 0, high: 3 });
        expect(new Prover(view, WANTED, solver).isSafe(target)).toBe(false);
    });
});

describe("a proof that was kept", () => {
    it(
        `claims no more after other readings than a new one does, in ${REGIONS} random regions`,
        () => {
            const seen = { kept: 0, again: 0 };
            for (let seed = 1; seed <= REGIONS; seed += 1) {
                const { system, view, random } = randomView(seed);
                const ofGroups = (system.figures.at(-1) ?? []).filter(
                    (figure): figure is Figure =>
                        figure !== null && figure.cell.level !== "practice" && figure.cell.level !== "hagro",
                );
                for (const figure of ofGroups) if (random() < 0.6) view.read(figure, {});
                const prover = new Prover(view, WANTED, solver);
                const targets = Array.from({ length: TARGETS }).flatMap((): Target[] => {
                    const figure = ofGroups[Math.floor(random() * ofGroups.length)];
                    return figure && !view.isKnown(figure.n) ? [{ figure, what: "numerator" }] : [];
                });
                for (const target of targets) prover.isSafe(target, NOBODY, "quick");
                // What is read is of the same sums as a target, so that proofs fall.
                const beside = () => {
                    const { partOf, sums, figuresOf } = system;
                    const near = targets[Math.floor(random() * targets.length)]?.figure.n ?? -1;
                    const unknown = (partOf[near] ?? [])
                        .flatMap((sum) => [sums[sum]?.whole ?? -1, ...(sums[sum]?.parts ?? [])])
                        .filter((place) => place !== near && !view.isKnown(place))
                        .flatMap((place) => figuresOf[place] ?? [])
                        .filter((figure) => ofGroups.includes(figure));
                    return unknown[Math.floor(random() * unknown.length)];
                };
                for (let turn = 0; turn < 8; turn += 1) {
                    const [lasting, passing] = [beside(), beside()];
                    if (!lasting || !passing) continue;
                    view.read(lasting, { numerator: true, denominator: true });
                    // One is read for a moment only, and looked at meanwhile.
                    const before = view.of(passing);
                    view.dare(() => {
                        view.read(passing, { numerator: true, denominator: true });
                        for (const target of targets.slice(0, 5)) prover.isSafe(target, NOBODY, "quick");
                        view.read(passing, before);
                        return false;
                    });
                    const anew = new Prover(view, WANTED, solver);
                    for (const target of targets) {
                        const isSafe = prover.isSafe(target, NOBODY, "quick");
                        if (isSafe) expect(anew.isSafe(target, NOBODY, "quick"), `regio ${seed}`).toBe(true);
                        seen[isSafe ? "kept" : "again"] += 1;
                    }
                }
            }
            for (const count of Object.values(seen)) expect(count).toBeGreaterThan(REGIONS);
        },
        process.env.PROVE === "1" ? 3_600_000 : 60_000,
    );
});

/** The last publication, or two, of a random region, and readers who are shown some of it, at random. */
function randomView(seed: number) {
    const random = stream(seed);
    const publications = randomPublications(seed)
        .slice(seed % 2 === 0 ? -2 : -1)
        .map(({ catalogue, cells }) => publishableFigures(catalogue, cells));
    const last = publications.at(-1);
    if (!last) throw new Error("geen publicatie");
    const system = countSystem(
        publications.map((figures) => ({ cells: allCells(figures), places: figures.places })),
        last.indicators,
    );
    const view = new View(system);
    const hidden = random() * 0.7;
    for (const figure of system.figures.flat()) {
        if (!figure || random() < hidden) continue;
        const ofPractices = figure.cell.level === "practice" || figure.cell.level === "hagro";
        const isCount = last.indicators.get(figure.cell.indicator)?.maat === "aantal";
        // Practices and hagros are shown as percents; a count per 1.000 not at all.
        if (ofPractices && isCount) continue;
        view.read(figure, readingOf(figure.cell, ofPractices ? "percent" : "exact"));
    }
    return { system, view, random };
}

/** A region where a stock looks back on a flow, and readers who are shown some of it, at random. */
function randomLookBackView(seed: number): ReturnType<typeof randomView> {
    const random = stream(seed + 1_000_000);
    const system = countSystem([randomLookBack(seed)], LOOK_BACK_INDICATORS);
    const view = new View(system);
    const hidden = random() * 0.9;
    // Of the flow nothing is read of any practice, as on pages; of the stock in most regions something.
    const ofStock = random();
    for (const figure of system.figures.flat()) {
        if (!figure) continue;
        const ofPractices = figure.cell.level === "practice" || figure.cell.level === "hagro";
        if (ofPractices ? figure.cell.indicator === "gestart" || random() > ofStock - 0.3 : random() < hidden) continue;
        view.read(figure, readingOf(figure.cell, ofPractices ? "percent" : "exact"));
    }
    return { system, view, random };
}
