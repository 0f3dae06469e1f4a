import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleReader } from "../dashboards/bundle-reader.ts";
import type { BundleInput } from "../dashboards/data.ts";
import { renderSite } from "../dashboards/site.ts";
import { writeBundles } from "./support/bundles.ts";
import { figuresOf, type PageFigures, periodIn, type Subject, trueTexts } from "./support/page-figures.ts";
import { plantedRegion } from "./support/planted-region.ts";
import { plantedSite } from "./support/planted-site.ts";
import { scratch } from "./support/scratch.ts";

/** Every page of two sites is read back, and what it says of a figure is held against what its audience may see. */

type Cell = NonNullable<BundleInput["values"]>[number];

interface Read extends PageFigures {
    path: string;
    kind: string;
    bundle: BundleInput;
}

const keyOf = ({ indicator, stratum, level, id, period }: Subject): string =>
    [indicator, stratum ?? "", level, id, period].join("|");

let published: Read[];
let invented: Read[];
let exact: Map<string, { numerator: number | null; denominator: number | null }>;

beforeAll(async () => {
    const root = await scratch();
    const planted = await plantedSite();
    exact = new Map(plantedRegion().cells.map((cell) => [keyOf(cell), cell]));
    published = await readSite(planted.site, planted.bundles);
    await writeBundles(join(root, "verzonnen"), { mirrors: 1 });
    await renderSite({ bundles: join(root, "verzonnen"), out: join(root, "pagina's") });
    invented = await readSite(join(root, "pagina's"), join(root, "verzonnen"));
});

/** Every page with the bundle of the audience whose path it lies under. */
async function readSite(site: string, bundles: string): Promise<Read[]> {
    const { audiences } = JSON.parse(await readFile(join(site, "doelgroepen.json"), "utf8")) as {
        audiences: { id: string; kind: string; path: string }[];
    };
    const reads: Read[] = [];
    const readBundle = bundleReader();
    for (const { id, kind, path } of audiences) {
        const bundle: BundleInput = readBundle(join(bundles, id, "bundle.json"));
        const files = await readdir(join(site, path), { recursive: true });
        // An adviser's mirrors lie below the adviser's list, and each has a bundle of its own.
        const below = audiences.map((one) => one.path).filter((one) => one !== path && one.startsWith(path));
        const isOwn = (name: string) => !below.some((one) => `${path}${name}`.startsWith(one));
        for (const file of files.filter((name) => name.endsWith("index.html") && isOwn(name))) {
            const html = await readFile(join(site, path, file), "utf8");
            reads.push({ ...figuresOf(html, bundle), path: `${path}${file}`, kind, bundle });
        }
    }
    return reads;
}

const cellsOf = new WeakMap<BundleInput, Map<string, Cell>>();
function cellAt(bundle: BundleInput, subject: Subject): Cell | undefined {
    const cells =
        cellsOf.get(bundle) ??
        new Map(
            [...(bundle.values ?? []), ...memberCells(bundle)].map((cell) => [
                keyOf({ ...cell, stratum: cell.stratum ?? null }),
                cell,
            ]),
        );
    cellsOf.set(bundle, cells);
    return cells.get(keyOf(subject));
}

/** What a hagro's own practices are shown of each other, a practice by its name or label; what is not shown is a sign. */
function memberCells({ members, values }: BundleInput): Cell[] {
    return (members ?? []).flatMap(({ name, values: shown }) => {
        const percents = new Map(shown.map((one) => [`${one.indicator} ${one.period}`, one.percent]));
        const regions = (values ?? []).filter(({ level, stratum }) => level === "region" && (stratum ?? null) === null);
        return regions.map((cell): Cell => {
            const percent = percents.get(`${cell.indicator} ${cell.period}`);
            const about = { ...cell, level: "practice" as const, id: name, shown: "percent" as const };
            return percent === undefined
                ? { ...about, state: "suppressed" }
                : { ...about, state: "value", value: percent / 100 };
        });
    });
}

/** What a page says that is not so, with where it stands. */
function untrue({ figures, bundle, path }: Read): string[] {
    return figures.flatMap(({ subject, says, text, where }) => {
        const cell = cellAt(bundle, subject);
        if (!cell)
            return says === "sign" && text === "not_applicable"
                ? []
                : [`${path}: ${where} zegt ${text} van ${keyOf(subject)}, en dat is er niet`];
        const [year = "", rest = ""] = [subject.period.slice(0, 4), subject.period.slice(4)];
        const earlier = cellAt(bundle, { ...subject, period: `${Number(year) - 1}${rest}` });
        const right = trueTexts(cell, says, earlier);
        return right.includes(text)
            ? []
            : [`${path}: ${where} (${says}) zegt ${text}, het is ${right.join(" of ") || "niets"}`];
    });
}

/** A number of a goal or count as a reader expects it; an absent one is a sign. */
function dutch(value: number | null, isShare: boolean): string {
    if (value === null) return "–niet van toepassing";
    const digits = isShare ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 2 };
    return `${new Intl.NumberFormat("nl-NL", digits).format(isShare ? value * 100 : value)}${isShare ? "%" : ""}`;
}

function reconciled(bundle: BundleInput) {
    const found = bundle.reconciliation;
    return (Array.isArray(found) ? found : found?.rows) ?? [];
}

describe("what pages say of figures, read back from the HTML", () => {
    test("is what their audience may see, to the last number, on every page of a published site", () => {
        expect(published.flatMap(untrue).slice(0, 20)).toEqual([]);
        expect(published.flatMap(({ path, loose }) => loose.map((where) => `${path}: ${where}`))).toEqual([]);
    });

    test("is so on every page of invented bundles too, with suppressed, missing and outlying figures", () => {
        expect(invented.flatMap(untrue).slice(0, 20)).toEqual([]);
        expect(invented.flatMap(({ path, loose }) => loose.map((where) => `${path}: ${where}`))).toEqual([]);
    });

    test("is read on every kind of page that has figures, of every level and kind of period", () => {
        const all = [...published, ...invented].flatMap(({ figures, kind, path }) =>
            figures.map((figure) => ({ ...figure, kind, path })),
        );
        const many = (wanted: (figure: (typeof all)[number]) => boolean): number => all.filter(wanted).length;
        expect(all.length).toBeGreaterThan(10_000);
        for (const kind of ["coalitie", "vakgroep", "praktijk"])
            expect(
                many((one) => one.kind === kind),
                kind,
            ).toBeGreaterThan(500);
        expect(many((one) => one.kind === "gemeente")).toBeGreaterThan(20);
        for (const level of ["practice", "hagro", "area", "region"])
            expect(
                many(({ subject }) => subject.level === level),
                level,
            ).toBeGreaterThan(100);
        for (const says of ["value", "count", "rate", "counts", "interval", "delivered", "expected", "sign", "change"])
            expect(
                many((one) => one.says === says),
                says,
            ).toBeGreaterThan(5);
        for (const period of [/^\d{4}-\d\d$/, /Q/, /^\d{4}$/])
            expect(many(({ subject }) => period.test(subject.period))).toBeGreaterThan(100);
        expect(many(({ path }) => /\/doelen\//.test(path))).toBeGreaterThan(0);
    });

    test("is, where counts are shown, what the operator's values hold", () => {
        let held = 0;
        for (const { figures, bundle } of published)
            for (const { subject, says } of figures) {
                const cell = cellAt(bundle, subject);
                if (says !== "counts" || !cell) continue;
                const { numerator, denominator } = exact.get(keyOf(subject)) ?? {};
                expect([cell.numerator, cell.denominator], keyOf(subject)).toEqual([numerator, denominator]);
                held += 1;
            }
        expect(held).toBeGreaterThan(500);
    });

    test("of practices in a strip, of age and sex, and of record systems, is what the bundle shows of them", () => {
        let read = 0;
        for (const { others, bundle, path } of published) {
            const indicatorOf = (caption: string, ending: string) =>
                bundle.catalogue.indicators?.find(({ titel }) => caption.startsWith(`${titel}${ending}`))?.id;
            for (const { caption, rows } of others) {
                const period = periodIn(caption);
                const strip = indicatorOf(caption, ": aantal praktijken per percentage");
                const ages = indicatorOf(caption, " naar leeftijd en geslacht");
                const systems = indicatorOf(caption, " per HIS");
                const where = `${path} ${caption}`;
                if (strip) {
                    const dots = rows.flatMap(([percent = "", many]) => Array(Number(many)).fill(percent));
                    const peers = bundle.peers?.filter((one) => one.indicator === strip && one.period === period);
                    expect(dots.sort(), where).toEqual(peers?.map(({ percent }) => `${percent}%`).sort());
                } else if (ages) {
                    const shown = bundle.details?.ageSex.find((one) => one.indicator === ages && one.period === period);
                    const cells = rows.flatMap((row) => row.slice(1)).map((text) => text.replace(/^x.*/, "x"));
                    const groups = shown?.groups.map(({ percent }) => (percent === null ? "x" : `${percent}%`));
                    expect(cells.filter((text) => !text.startsWith("–")).sort(), where).toEqual(groups?.sort());
                } else if (systems) {
                    const shown = bundle.details?.recordSystems.find((one) => one.indicator === systems);
                    const told = shown?.systems.map(({ his, practices, percent }) => [
                        his,
                        `${practices}`,
                        `${percent}%`,
                    ]);
                    expect([...rows].sort(), where).toEqual(told?.sort());
                } else continue;
                read += 1;
            }
        }
        expect(read).toBeGreaterThan(15);
    });

    test("of goals, the annual report, changes and what is protected, is what the bundle holds of them", () => {
        const seen = new Set<string>();
        for (const { others, bundle, path, kind } of invented) {
            for (const { caption, rows, section } of others) {
                const where = `${path} ${caption}`;
                const goal = bundle.goals
                    ?.flatMap(({ goals }) => goals ?? [])
                    .find(({ titel }) => caption === `${titel}: het pad in cijfers`);
                if (goal) {
                    const told = rows.filter(([period = ""]) => periodIn(period) !== null).map(([, text = ""]) => text);
                    const values = goal.path?.map(({ value }) => dutch(value ?? null, goal.unit === "aandeel"));
                    expect(told, where).toEqual(values);
                    seen.add("pad");
                } else if (caption.startsWith("Jaarverslag 2022: ")) {
                    const found = reconciled(bundle);
                    for (const [figure = "", printed, computed] of rows) {
                        const row = found.find(
                            (one) => figure.startsWith(one.figure) && String(one.printed) === printed,
                        );
                        const held = row?.computed ?? null;
                        const told = held === null ? "–" : typeof held === "number" ? dutch(held, false) : held;
                        expect(computed, `${where} ${figure}`).toBe(told);
                    }
                    seen.add("jaarverslag");
                } else if (section === "getoond") {
                    expect(
                        rows.map((row) => row.slice(0, 3)),
                        where,
                    ).toEqual(
                        bundle.kept?.map(({ page, cells, shown }) => [page, dutch(cells, false), dutch(shown, false)]),
                    );
                    seen.add("getoond");
                } else if (section.startsWith("paar-") && kind !== "beheer") {
                    for (const [head = "", before = "", after = ""] of rows) {
                        const id = [...(bundle.catalogue.indicators ?? [])]
                            .sort((left, right) => right.titel.length - left.titel.length)
                            .find(({ titel }) => head.startsWith(titel))?.id;
                        const counts = (text: string): string => /(\d[\d.]*) van (\d[\d.]*)$/.exec(text)?.[0] ?? text;
                        const told = [before, after].map(counts);
                        const held = bundle.changes?.newest
                            .filter(({ indicator }) => indicator === id)
                            .map(({ before: then, after: now }) =>
                                [then, now].map(({ numerator, denominator }) =>
                                    denominator === null
                                        ? dutch(numerator, false)
                                        : `${dutch(numerator, false)} van ${dutch(denominator, false)}`,
                                ),
                            );
                        expect(held, `${where} ${head}`).toContainEqual(told);
                    }
                    seen.add("veranderingen");
                }
            }
        }
        expect([...seen].sort()).toEqual(["getoond", "jaarverslag", "pad", "veranderingen"]);
    });

    test("says nothing of a figure in words that its table does not say", () => {
        const said = [...published, ...invented].flatMap(({ path, words }) =>
            words.map((share) => `${path}: ${share}`),
        );
        expect(said).toEqual([]);
    });
});
