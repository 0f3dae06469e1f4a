import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draw } from "../dashboards/chart.ts";
import { areaBars } from "../dashboards/charts/areabars.ts";
import { areaTiles } from "../dashboards/charts/areatiles.ts";
import { funnel } from "../dashboards/charts/funnel.ts";
import { goalPath } from "../dashboards/charts/goalpath.ts";
import { lines } from "../dashboards/charts/lines.ts";
import { sparkline } from "../dashboards/charts/sparkline.ts";
import { spread } from "../dashboards/charts/spread.ts";
import { trend } from "../dashboards/charts/trend.ts";
import { yearPace } from "../dashboards/charts/yearpace.ts";
import { percent } from "../dashboards/notation.ts";

const share = (value: number): string => percent(value, 0);
const runs = process.env.PROVE === "1" ? 500 : 20;

const quarters = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"];
const line = quarters.map((period, index) => ({
    period,
    value: index === 2 ? null : 0.7 + index * 0.02,
    low: index === 2 ? null : 0.66 + index * 0.02,
    high: index === 2 ? null : 0.74 + index * 0.02,
}));

const CHARTS: Record<string, string> = {
    trend: trend({
        label: "HbA1c steeg",
        points: line,
        share: true,
        write: share,
        writeLast: share,
        januaries: true,
        events: [{ period: "2024-Q1", text: "40 naar 36" }],
    }).text,
    goalPath: goalPath({
        label: "Op weg naar 75%",
        points: line,
        targets: [{ value: 0.75, text: "doel 75%" }],
        baseline: { period: "2023-Q4", value: 0.76 },
        now: { period: "2024-Q2", value: 0.8, low: 0.76, high: 0.84 },
        projection: { value: 0.81, low: 0.78, high: 0.84 },
        deadline: "2024-12-31",
        share: true,
        write: share,
        axis: share,
    }).text,
    yearPace: yearPace({
        label: "Gesprekken per jaar",
        years: [
            {
                year: 2023,
                totals: Array.from({ length: 12 }, (_unused, at) => ({ month: at + 1, value: (at + 1) * 10 })),
            },
            { year: 2024, totals: [{ month: 1, value: 15 }] },
        ],
        targets: [{ value: 240, text: "doel 240" }],
        projection: { value: 180, low: 150, high: 210 },
        write: String,
        months: quarters,
    }).text,
    areaBars: areaBars({
        share: false,
        label: "Rozenburg wijkt af",
        bars: [
            { name: "Nissewaard", value: 2.8, low: 2.4, high: 3.2, text: "2,80", outlier: false },
            { name: "Rozenburg", value: 16.4, low: 14, high: 19, text: "16,4", outlier: true },
        ],
        region: { value: 3.8, text: "regio 3,80" },
    }).text,
    areaTiles: areaTiles("Rozenburg wijkt af", [
        {
            name: "Nissewaard",
            text: "2,80",
            note: "als de regio",
            step: "same",
            place: { column: 0, row: 0 },
            outside: false,
        },
        { name: "Elders", text: "x", note: "afgeschermd", step: "absent", place: null, outside: true },
    ]).text,
    lines: lines({
        label: "Gebieden en de regio",
        share: true,
        write: share,
        lines: ["Nissewaard", "Rozenburg"].map((name) => ({ name, points: line })),
        reference: { name: "Regio", points: line },
    }).text,
    funnel: funnel({
        label: "Uw praktijk in de trechter",
        region: 0.84,
        curve: {
            indicator: "x",
            period: "2024-Q2",
            own: [],
            points: [40, 100, 240].map((n) => ({
                n,
                outer: { low: 0.84 - 2 / Math.sqrt(n), high: 1 },
                inner: { low: 0.84 - 1 / Math.sqrt(n), high: 0.84 + 1 / Math.sqrt(n) },
            })),
        },
        own: [{ n: 103, value: 0.52 }],
        write: share,
        regionText: "regio 84%",
        writeSize: String,
        sizeText: "patiënten",
    }).text,
    sparkline: sparkline(line, "van 70% naar 80%", 0.2).text,
    spread: spread({ label: "36 praktijken", percents: [70, 80, 80, 92], region: 0.81, own: 0.7 }).text,
};

describe("charts", () => {
    for (const [name, svg] of Object.entries(CHARTS)) {
        test(`${name} carries no style element, style attribute, id or script: a strict policy would refuse them`, () => {
            expect(svg).toMatch(/^<svg /);
            expect(svg).not.toMatch(/<style|\sstyle=|<script|\son[a-z]+=|\sid=/i);
            expect(svg).not.toMatch(/font-family|https?:\/\/(?!www\.w3\.org)/);
        });

        test(`${name} is one image with a spoken label, and no English word of the library in it`, () => {
            expect(svg).toMatch(/ role="img"/);
            expect(svg.match(/aria-label="/g)).toHaveLength(1);
            expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        });
    }

    test("a label with quotes and angle brackets cannot leave its attribute", () => {
        const svg = draw("proef", '"><script>x</script>', { height: 20, marks: [] }).text;
        expect(svg).not.toContain("<script");
    });

    test("a spread holds one dot per practice and tells nobody's number of patients", () => {
        fc.assert(
            fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 60 }), (percents) => {
                const svg = spread({ label: "x", percents, region: null }).text;
                expect(svg.match(/h0/g)).toHaveLength(percents.length);
            }),
            { numRuns: runs },
        );
    });

    test("the order of practices leaves no trace in a spread", () => {
        fc.assert(
            fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 40 }), (percents) => {
                const one = spread({ label: "x", percents, region: null }).text;
                expect(spread({ label: "x", percents: [...percents].reverse(), region: null }).text).toBe(one);
            }),
            { numRuns: runs },
        );
    });

    test("a gap in a trend stays a gap", () => {
        const path = /class="lijn [^>]*><path d="([^"]*)"/.exec(CHARTS.trend ?? "")?.[1] ?? "";
        expect(path.match(/M/g)).toHaveLength(2);
    });

    test("a thousand in a label keeps its point when coordinates are shortened", () => {
        const svg = yearPace({
            label: "x",
            years: [{ year: 2024, totals: [{ month: 6, value: 12345 }] }],
            targets: [],
            projection: null,
            write: () => "12.345",
            months: [],
        }).text;
        expect(svg).toContain("2024: 12.345");
    });
});
