import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell, Indicator } from "../dashboards/data.ts";
import { isOutlier } from "../dashboards/findings.ts";
import { areaMap, stepOf } from "../dashboards/parts/area-map.ts";

const indicator = { id: "x", titel: "Proef", maat: "aandeel" } as Indicator;

const cell = (extra: Partial<Cell>): Cell => ({
    ...{ indicator: "x", stratum: null, level: "area", id: "rozenburg", period: "2024-Q2", state: "value" },
    ...{ numerator: 40, denominator: 100, value: 0.4, low: 0.31, high: 0.5, delivered: 1, members: 1, shown: "exact" },
    ...(extra as object),
});
const region = cell({ level: "region", id: "regio", value: 0.4, denominator: 9000, low: 0.39, high: 0.41 });
const area = (id: string, name: string) => ({ id, name, predecessors: [] });
const write = (one: Cell & { value: number }): string => `${Math.round(one.value * 100)}%`;

describe("areas on a map", () => {
    test("a step is an outlier exactly where the page says so, and chance is no difference", () => {
        fc.assert(
            fc.property(
                fc.double({ min: 0.01, max: 0.99, noNaN: true }),
                fc.double({ min: 0.001, max: 0.3, noNaN: true }),
                (value, reach) => {
                    const one = cell({ value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) });
                    const step = stepOf(indicator, one, region);
                    expect(step.startsWith("far-")).toBe(isOutlier(indicator, one, region));
                    expect(step === "same").toBe(Math.abs(value - 0.4) <= reach);
                    if (step !== "same") expect(step.endsWith(value > 0.4 ? "high" : "low")).toBe(true);
                },
            ),
            { numRuns: 100 },
        );
    });

    test("a value, a zero and each kind of absence are printed in their tile, with a word", () => {
        const rows = [
            { area: area("rozenburg", "Rozenburg"), cell: cell({ value: 0.8, low: 0.7, high: 0.9 }) },
            { area: area("nissewaard", "Nissewaard"), cell: cell({ state: "suppressed", value: null }) },
            { area: area("voorne-aan-zee", "Voorne aan Zee"), cell: cell({ state: "not_delivered", value: null }) },
            { area: area("elders", "Elders"), cell: cell({ state: "zero", value: 0, low: 0, high: 0.5 }) },
        ];
        const text = areaMap(indicator, rows, region, write)?.text ?? "";
        for (const words of [
            /80%<.*>uitschieter \(hoger\)/,
            />x<.*>afgeschermd/,
            />…<.*>niet geleverd/,
            />0%<.*>als de regio/,
        ])
            expect(text).toMatch(words);
        expect(text).toMatch(/aria-label="Gebieden op de kaart: Rozenburg 80% \(uitschieter \(hoger\)\), /);
        expect(text).toMatch(/ver boven de regio, oorzaak onbekend/);
    });

    test("a percent without an interval is judged by nobody, and one area alone is no map", () => {
        const bare = cell({ shown: "percent", low: null, high: null, numerator: null, denominator: null, value: 0.9 });
        expect(stepOf(indicator, bare, region)).toBe("unknown");
        expect(areaMap(indicator, [{ area: area("rozenburg", "Rozenburg"), cell: bare }], region, write)).toBeNull();
    });

    test("an area that the map does not know gets a tile of its own below the others", () => {
        const rows = ["rozenburg", "nergens", "ook-nergens"].map((id) => ({ area: area(id, id), cell: cell({}) }));
        const places = [
            ...(areaMap(indicator, rows, region, write)?.text ?? "").matchAll(/<rect x="(\d+)" y="(\d+)"/g),
        ];
        expect(places.map(([, x, y]) => [Number(x), Number(y)])).toEqual([
            [79, 1],
            [1, 87],
            [157, 87],
        ]);
    });
});
