import { beforeAll, describe, expect, it } from "vitest";
import { readingOf } from "../pipelines/disclosure/forms.ts";
import { allCells, publishableFigures } from "../pipelines/publish/audience-view.ts";
import { Exchanges } from "../pipelines/worlds/exchange.ts";
import { Prover } from "../pipelines/worlds/prover.ts";
import { rangeOf } from "../pipelines/worlds/range.ts";
import { loadSolver, type Solver } from "../pipelines/worlds/solver.ts";
import { countSystem, type Figure } from "../pipelines/worlds/system.ts";
import { View } from "../pipelines/worlds/view.ts";
import type { Target } from "../pipelines/worlds/walk.ts";
import { stream } from "./support/marts.ts";
import { randomPublications } from "./support/random-publications.ts";

const REGIONS = process.env.PROVE === "1" ? 1_000 : 8;
/** Counts that are looked at in each region. */
const TARGETS = 30;
const WANTED = 6;
let solver: Solver;
beforeAll(async () => {
    solver = await loadSolver();
});

describe("a quick proof", () => {
    it(
        `never claims more than bounds over everything that hangs together allow, in ${REGIONS} random regions`,
        () => {
            const proved = { exchanged: 0, practices: 0, groups: 0 };
            for (let seed = 1; seed <= REGIONS; seed += 1) {
                const { system, view, random } = randomView(seed);
                const all = (system.figures.at(-1) ?? []).filter((figure): figure is Figure => figure !== null);
                const readers = all.flatMap(({ cell }) => (cell.level === "practice" ? [cell.id] : []));
                const knowing = new Set([readers[Math.floor(random() * readers.length)] ?? ""]);
                const prover = new Prover(view, WANTED, solver, [knowing]);
                const exchanges = new Exchanges(view);
                for (let turn = 0; turn < TARGETS; turn += 1) {
                    const figure = all[Math.floor(random() * all.length)];
                    if (!figure || view.isKnown(figure.n) || knowing.has(figure.cell.id)) continue;
                    const target: Target = {
                        figure,
                        what: turn % 3 === 2 && figure.d >= 0 ? "denominator" : "numerator",
                    };
                    const ofPractices = figure.cell.level === "practice" || figure.cell.level === "hagro";
                    const exchanged = Math.min(WANTED, exchanges.valuesOf(target, knowing));
                    const isSafe = prover.isSafe(target, knowing, "quick");
                    const claimed = isSafe ? WANTED : exchanged;
                    if (claimed < 2) continue;
                    const { values } = rangeOf(target, view, knowing, claimed, solver);
                    const { indicator, level, id, period } = figure.cell;
                    expect(values, `regio ${seed}: ${indicator} ${level} ${id} ${period} ${target.what}`).toBe(claimed);
                    if (exchanged > 1) proved.exchanged += 1;
                    if (isSafe) proved[ofPractices ? "practices" : "groups"] += 1;
                }
            }
            for (const count of Object.values(proved)) expect(count).toBeGreaterThan(REGIONS / 4);
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
