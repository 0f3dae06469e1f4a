import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../pipelines/intruder/finding.ts";
import { findingSentence } from "../pipelines/intruder/finding.ts";
import { vocabularyOf } from "../pipelines/intruder/vocabulary.ts";
import type { PublishableFigures } from "../pipelines/publish/audience-view.ts";
import type { Cell, MartCell } from "../pipelines/publish/cell.ts";
import type { ReaderGroup } from "../pipelines/publish/reader-groups.ts";
import { agbOf, catalogueOf, publishedValuesOf } from "./support/marts.ts";
import { expose, type WrittenPublication, writePage, writePublication } from "./support/publications.ts";

/**
 * Leaks planted in a publication that is safe without them: the intruder must find each, and nothing else. Small, because every
 * one is a whole publication of its own.
 */
const SHAPE = { practices: 6, hagros: 1, months: { from: "2022-01", to: "2022-12" }, seed: 5 };
const catalogue = catalogueOf(SHAPE);
const cells = publishedValuesOf(SHAPE);
let root = "";
let made = 0;

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "intruder-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const publication = (
    spoil?: (groups: ReaderGroup[], figures: PublishableFigures) => void,
    given: Parameters<typeof writePublication>[1] = { catalogue, cells },
): Promise<WrittenPublication> => {
    made += 1;
    return writePublication(join(root, String(made)), given, { spoil });
};
const everybody = (groups: ReaderGroup[]): ReaderGroup => {
    const found = groups.find(({ readers }) => readers === "lezers");
    if (!found) throw new Error("geen lezers");
    return found;
};
const kindsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ kind }) => kind))].sort();

/** A protected figure that lies hidden among others of its sum. */
function secret(groups: ReaderGroup[], which: (cell: MartCell) => boolean) {
    const hidden = everybody(groups).protected.suppressed;
    const found = hidden.find((one) => one.reason === "teller_te_klein" && which(one as unknown as MartCell));
    if (!found) throw new Error("deze regio heeft geen zo'n klein getal");
    return found;
}

describe("the intruder", { timeout: 300_000 }, () => {
    it("finds nothing in a publication as it is made, and says how much was tried", async () => {
        const { attack } = await publication();
        const report = await attack();
        expect(report.findings.map(findingSentence)).toEqual([]);
        expect(report.audiences).toBe(1 + 3 + 1 + 3 + 1 + 6);
        expect(report.claims).toBeGreaterThan(1_000);
        expect(report.targets).toBeGreaterThan(100);
    });

    it("catches one area suppressed alone", async () => {
        const { attack } = await publication((groups, figures) => {
            const readers = everybody(groups);
            const one = secret(groups, ({ level, period }) => level === "area" && period === "2022-Q2");
            const beside = (cell: Cell) =>
                cell.indicator === one.indicator && cell.period === one.period && cell.id !== one.id;
            expect(expose(readers, figures, beside)).toBeGreaterThan(0);
        });
        expect(kindsOf((await attack()).findings)).toContain("herleidbaar");
    });

    it("catches a quarter that follows from the year and the others", async () => {
        const { attack } = await publication((groups, figures) => {
            const readers = everybody(groups);
            const one = secret(
                groups,
                ({ level, period, indicator }) =>
                    level === "area" && period.includes("Q") && indicator === "gli_verwijzingen",
            );
            const others = (cell: Cell) =>
                cell.indicator === one.indicator &&
                cell.id === one.id &&
                cell.stratum === one.stratum &&
                cell.period !== one.period;
            expect(expose(readers, figures, others)).toBeGreaterThan(0);
        });
        expect(kindsOf((await attack()).findings)).toContain("herleidbaar");
    });

    it("catches what two audiences tell together, of which neither tells anything alone", async () => {
        const { attack, folder, figures } = await publication();
        const of = (indicator: string, period: string) =>
            figures.groupCells.filter(
                (cell) =>
                    ["area", "region"].includes(cell.level) &&
                    cell.stratum === null &&
                    cell.indicator === indicator &&
                    cell.period === period,
            );
        const [one, ...others] = of("gli_verwijzingen", "2022-Q4").sort(
            (a, b) => Number(b.numerator === 8) - Number(a.numerator === 8),
        );
        expect([one?.numerator, others.length]).toEqual([8, 4]);
        const tell = async (path: string, told: readonly MartCell[]) => {
            const file = join(folder, path, "values.csv");
            const lines = (await readFile(file, "utf8")).split("\r\n").map((line) => {
                const startOf = (one: MartCell) => `${one.indicator};;${one.level};${one.id};${one.period};`;
                const cell = told.find((one) => line.startsWith(startOf(one)));
                if (!cell) return line;
                const counts = [cell.state, cell.numerator, cell.denominator, "", "", "", cell.delivered, cell.members];
                return `${startOf(cell)}${counts.join(";")};exact`;
            });
            await writeFile(file, lines.join("\r\n"));
        };
        await tell("coalitie", others.slice(0, 2));
        expect((await attack()).findings).toEqual([]);
        await tell(`p/${agbOf(0)}`, others.slice(2));
        expect(kindsOf((await attack()).findings)).toContain("herleidbaar");
    });

    it("catches a percent with its interval where only the percent may stand", async () => {
        const { attack, folder } = await publication();
        const file = join(folder, "vakgroep/diabetes-cvrm/values.csv");
        const lines = (await readFile(file, "utf8")).split("\r\n");
        const place = lines.findIndex((line) => /^dm_hba1c_gemeten;;hagro;.*;value;.*;percent$/.test(line));
        const [indicator, , , id, period] = lines[place]?.split(";") ?? [];
        const truth = cells.find(
            (cell) =>
                cell.indicator === indicator && cell.level === "hagro" && cell.id === id && cell.period === period,
        );
        const fields = lines[place]?.split(";") ?? [];
        const written = (limit?: number | null) => String(limit?.toFixed(3)).replace(".", ",");
        [fields[9], fields[10]] = [written(truth?.low), written(truth?.high)];
        lines[place] = fields.join(";");
        await writeFile(file, lines.join("\r\n"));
        expect(kindsOf((await attack()).findings)).toContain("te-precies");
    });

    it("catches a hagro of two practices", async () => {
        const small = {
            ...catalogue,
            practices: catalogue.practices.map((practice, place) => ({
                ...practice,
                hagro: place < 2 ? "hagro-0" : "hagro-1",
            })),
        };
        const inHagro = (id: string) =>
            id === "hagro-0" ? [agbOf(0), agbOf(1)] : catalogue.practices.slice(2).map((one) => one.id);
        const { attack } = await publication(
            (groups, figures) => {
                expose(everybody(groups), figures, (cell) => cell.level === "hagro" && cell.id === "hagro-0");
            },
            {
                catalogue: small,
                cells: cells.map((cell) => (cell.level === "hagro" ? summed(cell, inHagro(cell.id)) : cell)),
            },
        );
        const found = kindsOf((await attack()).findings);
        expect(found).toContain("te-precies");
    });

    it("catches a row too many in a download", async () => {
        const { attack, folder } = await publication();
        const other = await readFile(join(folder, `p/${agbOf(1)}/values.csv`), "utf8");
        const line = other.split("\r\n").find((one) => one.includes(`;practice;${agbOf(1)};2022-Q4;value;`));
        await appendFile(join(folder, `p/${agbOf(0)}/values.csv`), `${line}\r\n`);
        const { findings } = await attack();
        expect(kindsOf(findings)).toEqual(["andermans"]);
        expect(findings[0]?.audience).toBe(`praktijk/${agbOf(0)}`);
    });

    it("catches what an alternative text, a sentence, a label and a table say of a hidden figure", async () => {
        const { attack, folder, groups, figures } = await publication();
        const one = secret(groups, ({ level, stratum }) => level === "area" && stratum === null);
        const cell = figures.groupCells.find(
            (candidate) =>
                candidate.indicator === one.indicator &&
                candidate.id === one.id &&
                candidate.period === one.period &&
                candidate.stratum === null,
        );
        const titel = String(catalogue.indicators.find(({ id }) => id === one.indicator)?.titel);
        const quarter = `${one.period.slice(6)}e kwartaal ${one.period.slice(0, 4)}`;
        const when = one.period.includes("Q") ? quarter : one.period;
        const count = cell?.numerator;
        const clean = `<h1>${titel}</h1><p>In ${one.id} wordt dit cijfer niet getoond.</p>`;
        await writePage(folder, "coalitie/index.html", clean);
        expect((await attack()).findings).toEqual([]);
        for (const planted of [
            `<img alt="${titel} in ${one.id} in ${when}: ${count}">`,
            `<p>In ${when} telde ${one.id} bij ${titel} ${count} mensen.</p>`,
            `<svg aria-label="${titel}, ${when}: ${one.id} ${count}"><path d="M0 0"/></svg>`,
            `<table><caption>${titel} in ${when}</caption><tr><th>Gebied</th><th>Aantal</th></tr><tr><th>${one.id}</th><td>${count}</td></tr></table>`,
        ]) {
            await writePage(folder, "coalitie/index.html", clean + planted);
            const found = kindsOf((await attack()).findings);
            expect(found.length, planted).toBeGreaterThan(0);
        }
    });

    it("takes the number of a theme and of a window for what they are, and nothing else beside them", async () => {
        const { figures, kinds } = await publication();
        const [first] = figures.catalogue.indicators;
        const audience = kinds.find(({ kind }) => kind === "coalitie")?.audiences(figures.catalogue)[0];
        if (!first || !audience) throw new Error("geen indicator of doelgroep");
        const defined = { ...first, thema: 23, venster: 12 };
        const changed = { ...figures, catalogue: { ...figures.catalogue, indicators: [defined] } };
        const { isDefined } = vocabularyOf(changed, audience, new Map());
        expect(isDefined("Thema van de Koers", "23", [first.id])).toBe(true);
        expect(isDefined("Venster", "12 maanden tot en met de peildatum", [first.id])).toBe(true);
        for (const [term, text] of [
            ["Thema van de Koers", "24"],
            ["Thema van de Koers", "23 van 40"],
            ["Aantal", "23"],
            ["", "23"],
        ] as const)
            expect(isDefined(term, text, [first.id]), `${term}: ${text}`).toBe(false);
        expect(isDefined("Thema van de Koers", "23", [])).toBe(false);
    });

    it("does not call safe what it cannot read", async () => {
        const { attack, folder } = await publication();
        await writeFile(join(folder, "coalitie/cijfers.xlsx"), "PK");
        expect(kindsOf((await attack()).findings)).toEqual(["onleesbaar"]);
        await rm(join(folder, "coalitie/cijfers.xlsx"));
        const file = join(folder, "coalitie/values.csv");
        await writeFile(file, (await readFile(file, "utf8")).replace("leden", "verwacht"));
        await expect(attack()).rejects.toThrow(/kolom 'verwacht'.*figures/);
    });
});

/** A hagro's figure as the sum of these practices'. */
function summed(cell: MartCell, practices: readonly string[]): MartCell {
    const inside = cells.filter(
        (one) =>
            one.level === "practice" &&
            practices.includes(one.id) &&
            one.indicator === cell.indicator &&
            one.stratum === cell.stratum &&
            one.period === cell.period,
    );
    const sum = (pick: "numerator" | "denominator") => inside.reduce((total, one) => total + (one[pick] ?? 0), 0);
    const [numerator, denominator] = [sum("numerator"), sum("denominator")];
    const value =
        denominator === 0 ? null : (numerator / denominator) * (cell.indicator === "gli_verwijzingen" ? 1_000 : 1);
    return { ...cell, numerator, denominator, value, low: value, high: value };
}
