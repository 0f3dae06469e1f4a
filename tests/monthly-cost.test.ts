import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MEASURED, type Measured } from "./bench/cost/measured.ts";
import { costTable, MONTH, monthlyCost, total } from "./bench/cost/monthly-cost.ts";
import { PRICES, type Prices } from "./bench/cost/price-list.ts";

const COUNTRY = 5_000;
const region = monthlyCost(MEASURED.practices, MEASURED, PRICES);
const country = monthlyCost(COUNTRY, MEASURED, PRICES);

/** Round numbers, so that the sums can be done by hand. */
const round: Measured = {
    ...MEASURED,
    practices: 10,
    largerTimes: 10,
    deliveredBytes: 1e9,
    lakeBytes: 1e9,
    lakeFiles: 100,
    outcomeBytesOfLarge: 1e9,
    outcomeFilesOfLarge: 100,
    siteBytes: 1e9,
    siteFiles: 1_000,
    ingestSeconds: 40,
    refreshSeconds: 10,
    refreshPracticeSeconds: 2,
    publishSeconds: 5,
    startSeconds: 1,
};
const costOf = (what: string, practices = 10, prices: Prices = PRICES): number =>
    monthlyCost(practices, round, prices).find((line) => line.what === what)?.dollars ?? Number.NaN;

describe("what a month costs", () => {
    it("is seconds times memory: deliveries once, what changed every night", () => {
        expect(costOf("innemen")).toBeCloseTo(50 * 3.072 * PRICES.lambdaGigabyteSecond + 10 * 2e-7, 12);
        expect(costOf("rekenen")).toBeCloseTo(70 * 3.072 * PRICES.lambdaGigabyteSecond + 300 * 2e-7, 12);
        expect(costOf("pagina's maken")).toBeCloseTo(150 * 4.096 * PRICES.lambdaGigabyteSecond + 300 * 2e-7, 12);
    });

    it("is bytes that stay: deliveries once, rows and outcomes twice, fifty publications", () => {
        expect(costOf("opslag")).toBeCloseTo((1 + 2 + 0.2 + 50) * 0.0245, 12);
    });

    it("is what is written and read, and what is shown beyond what is free", () => {
        const puts = 100 + 10 + 30 * 1_000;
        const gets = 100 + 2 * 30 * 10 + 10 * MONTH.pageViews * MONTH.requestsPerView;
        expect(costOf("lezen en schrijven in S3")).toBeCloseTo(puts * 5.4e-6 + gets * 4.3e-7, 12);
        expect(costOf("pagina's tonen")).toBe(0);
        expect(costOf("pagina's tonen", 10_000)).toBeCloseTo((4_000 - 1_024) * 0.085 + 6_000_000 * 1.2e-6, 9);
    });

    it("grows with the practices, but for what there is one of", () => {
        for (const { what, dollars } of monthlyCost(10, round, PRICES))
            if (!/^(pagina's tonen|sleutel)/.test(what)) expect(costOf(what, 50)).toBeCloseTo(5 * dollars, 9);
        expect(costOf("sleutel, geheim, alarmen, logboek", 50)).toBeLessThan(
            5 * costOf("sleutel, geheim, alarmen, logboek"),
        );
    });

    it("stays under 5 for the demo region and under 600 for the country", () => {
        expect(total(region)).toBeLessThan(5);
        expect(total(country)).toBeLessThan(600);
    });

    it("stands in the README as it is computed", async () => {
        const text = await readFile(join(import.meta.dirname, "../pipelines/engines/README.md"), "utf8");
        const rows = text.split("\n");
        expect(rows.filter((row) => costTable(region, country).includes(row))).toEqual(costTable(region, country));
    });
});
