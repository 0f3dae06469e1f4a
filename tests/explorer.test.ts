import { createHash } from "node:crypto";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apart } from "../dashboards/charts/lines.ts";
import { checkBundle } from "../dashboards/data.ts";
import { csvOfRows } from "../dashboards/explorer/files.ts";
import { lean, whole } from "../dashboards/explorer/page-data.ts";
import { arrowOfRows, readPublished } from "../dashboards/explorer/published.ts";
import { MOST_SERIES, readWishes, settle, type Wishes, writeSelection } from "../dashboards/explorer/selection.ts";
import { shownOf } from "../dashboards/explorer/shown.ts";
import { buildExplorer } from "../dashboards/explorer.ts";
import type { Cell } from "../pipelines/publish/cell.ts";
import { arrowOf, CSV_HEADING, csvLines } from "../pipelines/publish/download.ts";
import { inventBundles } from "./support/bundles.ts";

const runs = process.env.PROVE === "1" ? 2000 : 60;

const found = inventBundles({ mirrors: 1 }).bundles.find(({ folder }) => folder === "coalitie");
const bundle = checkBundle(found?.bundle, "coalitie");
const cells = bundle.values;
const published = readPublished(arrowOf(cells as Cell[]), ({ id }) => (id === "elders" ? 1 : 0));
const order = bundle.catalogue.indicators.map(({ id }) => id);

/** Wishes that mean something, and wishes that do not. */
const wishes: fc.Arbitrary<Wishes> = fc.record({
    indicator: fc.constantFrom(...order, "bestaat_niet", undefined),
    level: fc.constantFrom("region", "area", "hagro", "practice", undefined),
    series: fc.option(fc.subarray(["regio", "nissewaard", "rozenburg", "elders", "regio/kind", "weg"]), {
        nil: undefined,
    }),
    region: fc.constantFrom(true, false, undefined),
    kind: fc.constantFrom("month", "quarter", "year", undefined),
    period: fc.constantFrom("2024-Q2", "2023", "2022-07", "1999", null, undefined),
});

describe("what the explorer shows", () => {
    test("the published file is read back cell by cell", () => {
        const read = [...published.indicators].flatMap((indicator) =>
            published
                .levels(indicator)
                .flatMap((level) => published.series(indicator, level).flatMap((series) => series.cells)),
        );
        const plain = read.sort((left, right) => left.row - right.row).map(({ row, ...cell }) => cell);
        expect(plain).toEqual(cells);
    });

    test("an address opens the choice it was made of, whatever was wished", () => {
        fc.assert(
            fc.property(wishes, (wished) => {
                const selection = settle(published, order, wished);
                expect(settle(published, order, readWishes(writeSelection(selection)))).toEqual(selection);
                expect(selection.series.length).toBeGreaterThan(0);
                expect(selection.series.length).toBeLessThanOrEqual(MOST_SERIES);
            }),
            { numRuns: runs },
        );
    });

    test("every number in a table is a cell of the bundle, and what has none has its sign", () => {
        fc.assert(
            fc.property(wishes, (wished) => {
                const selection = settle(published, order, wished);
                const indicator = bundle.catalogue.indicators.find(({ id }) => id === selection.indicator);
                if (!indicator) throw new Error("geen indicator");
                const shown = shownOf(published, whole(lean(indicator)), selection, ({ id }) => id);
                const made = shown.rows.map((row) => cells[row]);
                const values = [...shown.twin.text.matchAll(/<data class="waarde" value="([^"]*)"/g)];
                const withValue = made.filter((cell) => cell?.state === "value" || cell?.state === "zero");
                expect(values.map(([, value]) => Number(value)).sort()).toEqual(
                    withValue.map((cell) => cell?.value ?? null).sort(),
                );
                for (const state of ["suppressed", "not_delivered"] as const)
                    expect(shown.twin.text.split(`t-${state}`).length - 1).toBe(
                        made.filter((cell) => cell?.state === state).length,
                    );
                for (const cell of made) expect(cell?.indicator).toBe(selection.indicator);
                expect(shown.finding).not.toMatch(/undefined|NaN|null/);
                expect(shown.chart === null).toBe(!withValue.some((cell) => cell?.level === selection.level));
            }),
            { numRuns: runs },
        );
    });

    test("a suppressed group is named as such in the title", () => {
        const hidden = cells.find((cell) => cell.level === "area" && cell.state === "suppressed");
        const selection = settle(published, order, {
            indicator: hidden?.indicator,
            level: "area",
            series: [hidden?.id ?? ""],
            region: false,
            period: hidden?.period,
            kind: hidden?.period.length === 4 ? "year" : "quarter",
        });
        const indicator = bundle.catalogue.indicators.find(({ id }) => id === hidden?.indicator);
        if (!indicator) throw new Error("geen afgeschermde cel in de verzonnen bundel");
        const shown = shownOf(published, indicator, selection, () => "Rozenburg");
        expect(shown.finding).toMatch(/: Rozenburg afgeschermd$/);
        expect(shown.chart).toBeNull();
    });
});

describe("what the explorer hands out", () => {
    const rows = [0, 3, 5, cells.length - 1];

    test("the Arrow file of a choice holds those rows, with their types", () => {
        const again = tableFromIPC(arrowOfRows(published.table, rows));
        expect(again.schema.fields.map(String)).toEqual(published.table.schema.fields.map(String));
        expect(again.toArray().map((row) => ({ ...row.toJSON() }))).toEqual(
            rows.map((row) => ({ ...published.table.get(row)?.toJSON() })),
        );
    });

    test("the CSV file of a choice is its lines of the published file", () => {
        const all = `${CSV_HEADING}${csvLines(cells as Cell[])}`;
        expect(csvOfRows(all, rows, cells.length)).toBe(
            `${CSV_HEADING}${csvLines(rows.map((row) => cells[row] as Cell))}`,
        );
        expect(() => csvOfRows(all, rows, cells.length + 1)).toThrow(/horen niet bij elkaar/);
    });

    test("the script is the same bytes each time, and names no host to ask", async () => {
        const mark = (text: string): string => createHash("sha256").update(text).digest("hex");
        const script = await buildExplorer();
        expect(mark(await buildExplorer())).toBe(mark(script));
        const hosts = new Set([...script.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map(([, host]) => host));
        expect([...hosts].filter((host) => host !== "www.w3.org")).toEqual([]);
        expect(script).not.toMatch(/\beval\(/);
        // What only Node has would stop the script before it begins.
        expect(script).not.toMatch(/\bBuffer\.(?:from|alloc)/);
    });
});

test("labels at the ends of lines keep their order and do not lie on each other", () => {
    fc.assert(
        fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }), (values) => {
            const placed = apart(values, 0.1);
            const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
            for (const [at, index] of order.entries())
                if (at > 0) expect((placed[index] ?? 0) - (placed[order[at - 1] ?? 0] ?? 0)).toBeGreaterThan(0.0999);
        }),
        { numRuns: runs },
    );
});
