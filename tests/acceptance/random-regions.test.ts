import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { regiospiegel } from "./command-line.ts";
import { disagreements, Values } from "./compare.ts";
import { type Written, writeDelivery } from "./delivery-writer.ts";
import { MARKER } from "./planted-errors.ts";
import { Chance } from "./random.ts";
import { randomRegion } from "./random-region.ts";
import { asideOf, Receipts, receiptOf } from "./receipts.ts";
import { recount } from "./recount.ts";
import type { Region } from "./region.ts";
import { type Span, spanCells, wholeQuarters, wholeYears } from "./spans.ts";

const PROVING = process.env.PROVE === "1";
/**
 * Of the first 120 the three that have most to count together: all that coverage.test.ts asks of 24, whole years and a short
 * history, corrections, changed HISes, a practice without HIS, members that come and go.
 */
const SEEDS = PROVING ? Array.from({ length: 300 }, (_, index) => index + 1) : [1, 99, 110];

let folder = "";

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "acceptance-"));
});

afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
});

/** Ingests everything, in one go or in two; the register comes with the first. Nothing may be refused. */
async function ingest(written: readonly Written[], region: Region, lake: string, chance: Chance): Promise<void> {
    const mixed = chance.shuffle(
        written.map((one, index) => ({ one, register: region.deliveries[index]?.kind === "bureau" })),
    );
    const split = chance.happens(0.5) ? mixed.length : chance.whole(0, mixed.length);
    const first = mixed.filter(({ register }, index) => register || index < split);
    for (const part of [first, mixed.filter((entry) => !first.includes(entry))]) {
        if (part.length === 0) {
            continue;
        }
        const outcome = await regiospiegel("ingest", ...part.map(({ one }) => one.path), "--lake", lake, "--json");
        expect(outcome.stderr).toBe("");
        expect(`${outcome.stdout}${outcome.stderr}`.toLowerCase()).not.toContain(MARKER);
        const receipts = Receipts.parse(JSON.parse(outcome.stdout));
        expect(receipts.filter((receipt) => !receipt.accepted)).toEqual([]);
        expect(outcome.exitCode).toBe(0);
        for (const { one } of part) {
            const receipt = receiptOf(receipts, one.name);
            const aside: Record<string, number> = {};
            for (const { code } of one.planted) {
                aside[code] = (aside[code] ?? 0) + 1;
            }
            expect({ delivery: one.name, aside: asideOf(receipt) }).toEqual({ delivery: one.name, aside });
            for (const column of one.extraColumns) {
                expect(receipt.ignoredColumns.join(", ").toLowerCase()).toContain(column);
            }
        }
    }
}

async function values(lake: string, period?: string): Promise<ReturnType<typeof Values.parse>> {
    const period_ = period === undefined ? [] : ["--period", period];
    const outcome = await regiospiegel("values", "--lake", lake, "--format", "json", ...period_);
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    return Values.parse(JSON.parse(outcome.stdout));
}

/** The years, and one of the quarters: each that is looked at costs a process. */
function spans(region: Region, chance: Chance): Span[] {
    const quarters = wholeQuarters(region);
    return [...wholeYears(region), ...(quarters.length === 0 ? [] : [chance.pick(quarters)])];
}

// each in processes of its own when proving
const describeRegions = PROVING ? describe.concurrent : describe;
describeRegions("a random region, written in all layouts and counted by hand", () => {
    test.for(SEEDS)(
        "region %i gives every number of the recount, at every level, by month and by year",
        async (seed) => {
            const region = randomRegion(seed);
            const chance = new Chance(seed + 1000);
            const lake = join(folder, String(seed), "lake");
            const written: Written[] = [];
            for (const delivery of region.deliveries) {
                written.push(
                    await writeDelivery(delivery, join(folder, String(seed), "in"), chance, chance.happens(0.5)),
                );
            }
            await ingest(written, region, lake, chance);

            const refresh = await regiospiegel("refresh", "--lake", lake, "--from", region.from, "--to", region.to);
            expect(refresh.exitCode, refresh.stderr).toBe(0);

            const months = recount(region);
            expect(summary(disagreements(months, await values(lake)))).toEqual([]);
            for (const span of spans(region, chance)) {
                expect(
                    summary(disagreements(spanCells(months, span), await values(lake, span.name))),
                    span.name,
                ).toEqual([]);
            }
            await rm(join(folder, String(seed)), { recursive: true, force: true });
        },
    );
});

/** The first few of each indicator: a thousand lines that say one thing help nobody. */
function summary(lines: readonly string[]): string[] {
    const shown = new Map<string, string[]>();
    for (const line of lines) {
        const indicator = line.slice(0, line.indexOf(" "));
        shown.set(indicator, [...(shown.get(indicator) ?? []), line]);
    }
    return [...shown.values()].flatMap((some) => [
        ...some.slice(0, 3),
        ...(some.length > 3 ? [`... and ${some.length - 3} more`] : []),
    ]);
}
