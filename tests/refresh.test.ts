import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDemo } from "../pipelines/demo/demo.ts";
import { ingest } from "../pipelines/ingest.ts";
import { openLake, readRelease } from "../pipelines/lake.ts";
import { explain } from "../pipelines/refresh/explain.ts";
import { type RefreshReport, refresh } from "../pipelines/refresh.ts";
import { currentMartsId, values } from "../pipelines/values.ts";

const place = mkdtempSync(join(tmpdir(), "regiospiegel-refresh-"));
const deliveries = join(place, "leveringen");
const effects = { today: () => "2026-01-01", now: () => "2026-01-01T00:00:00Z" };
const months = { from: "2023-11", to: "2024-02" };

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** sha256 of every file of results and marts, by key; the index and the pointer only say where to look. */
async function contentOf(lake: string): Promise<Record<string, string>> {
    const content: Record<string, string> = {};
    for (const folder of ["results", "marts"])
        for (const name of readdirSync(join(lake, folder), { recursive: true, encoding: "utf8" }).sort())
            if (/\.(parquet|json)$/.test(name) && !/^(index|current)\.json$/.test(name))
                content[join(folder, name)] = createHash("sha256")
                    .update(await readFile(join(lake, folder, name)))
                    .digest("hex");
    return content;
}

describe("refresh computes only what changed", () => {
    const lake = openLake(join(place, "meer"));
    let all: string[];
    let last: string;
    let first: RefreshReport;

    beforeAll(async () => {
        await writeDemo({ out: deliveries, practices: 3, patients: 600, seed: 7 });
        all = readdirSync(deliveries)
            .filter((name) => !name.startsWith("."))
            .map((name) => join(deliveries, name));
        last = all.find((path) => /his-(lang|journaal|breed)_\d{8}_20240630/.test(path)) ?? "";
        const receipts = await ingest(
            all.filter((path) => path !== last),
            lake,
            effects,
        );
        expect(receipts.filter((receipt) => !receipt.accepted)).toEqual([]);
        first = await refresh(lake, months);
    });

    it("the first time everything", () => {
        expect(first.computed).toBeGreaterThan(0);
        expect(first.reused).toBe(0);
        expect(first.marts).toBe("computed");
    });

    it("unchanged: nothing", async () => {
        const again = await refresh(lake, months);
        expect(again).toEqual({ ...first, computed: 0, reused: first.computed, marts: "reused" });
    });

    it("one practice redelivered: that practice, and not what rests on the register alone", async () => {
        const before = await readRelease(lake);
        await ingest([last], lake, effects);
        const after = await readRelease(lake);
        expect(after?.release.parent).toBe(before?.release.id);
        const report = await refresh(lake, months);
        expect(report.marts).toBe("computed");
        expect(report.computed).toBeGreaterThan(0);
        expect(report.computed).toBeLessThanOrEqual(report.indicators + first.computed / (first.practices + 1));
    });

    it("an older release can be computed again, and its marts are the ones of then", async () => {
        const report = await refresh(lake, { ...months, asOf: first.release });
        expect(report.refresh).toBe(first.refresh);
        expect(report.marts).toBe("reused");
    });

    it("rebuilt from the same deliveries in another order, results and marts are byte-identical", async () => {
        await refresh(lake, months);
        const other = openLake(join(place, "ander-meer"));
        await ingestWithKey(lake.secretPath, other.secretPath, () => ingest([...all].reverse(), other, effects));
        await refresh(other, months);
        const kept = new Set(Object.keys(await contentOf(other.location)));
        const here = Object.entries(await contentOf(lake.location)).filter(([key]) => kept.has(key));
        expect(Object.fromEntries(here)).toEqual(await contentOf(other.location));
        expect(await currentMartsId(other)).toBe(await currentMartsId(lake));
    });
});

/** The same pseudonyms need the same key. */
async function ingestWithKey(from: string, to: string, work: () => Promise<unknown>): Promise<void> {
    const { copyFile, mkdir } = await import("node:fs/promises");
    const { dirname } = await import("node:path");
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    await work();
}

describe("values", () => {
    const lake = openLake(join(place, "meer"));

    it("add up: practices to the region, and areas with elsewhere to the region", async () => {
        const month = { period: "2024-02", indicator: "pop_ingeschreven" };
        const sum = async (level: "practice" | "area") =>
            (await values(lake, { ...month, level })).reduce((total, row) => total + (row.numerator ?? 0), 0);
        const [region] = await values(lake, { ...month, level: "region" });
        expect(region?.numerator).toBeGreaterThan(500);
        expect(await sum("practice")).toBe(region?.numerator);
        expect(await sum("area")).toBe(region?.numerator);
    });

    it("what has no value has a state and null numbers", async () => {
        for (const row of await values(lake, {})) {
            if (row.state === "value" || row.state === "zero") {
                expect(row.numerator).not.toBeNull();
                expect(row.state === "zero").toBe(row.numerator === 0);
            } else
                expect([row.numerator, row.denominator, row.value, row.low, row.high]).toEqual([
                    null,
                    null,
                    null,
                    null,
                    null,
                ]);
        }
    });

    it("an interval holds its value", async () => {
        for (const row of await values(lake, {})) {
            if (row.low === null || row.high === null || row.value === null) continue;
            expect(row.low).toBeLessThanOrEqual(row.value + 1e-12);
            expect(row.high).toBeGreaterThanOrEqual(row.value - 1e-12);
        }
    });

    it("of an empty lake are an error that says what to do", async () => {
        await expect(values(openLake(join(place, "leeg")), {})).rejects.toThrow(/regiospiegel refresh/);
        await expect(refresh(openLake(join(place, "leeg")), {})).rejects.toThrow(/regiospiegel ingest/);
    });
});

describe("a member that delivered nothing yet", () => {
    it("is counted by what rests on the register alone, and not delivered for the rest", async () => {
        const lake = openLake(join(place, "register"));
        const register = readdirSync(deliveries).filter((name) => name.startsWith("bureau_"));
        await ingest(
            register.map((name) => join(deliveries, name)),
            lake,
            effects,
        );
        await refresh(lake, months);
        const rows = await values(lake, { indicator: "prk_leden", period: "2024-02", level: "practice" });
        const members = rows.filter((row) => row.state === "value");
        expect(members.length).toBeGreaterThan(0);
        expect(members.every((row) => row.numerator === 1 && row.denominator === 1)).toBe(true);
        const patients = await values(lake, { indicator: "pop_ingeschreven", period: "2024-02", level: "region" });
        expect(patients).toMatchObject([
            { state: "not_delivered", delivered: 0, members: members.length, numerator: null },
        ]);
    });
});

describe("explain", () => {
    const lake = openLake(join(place, "meer"));

    it("shows the steps behind a number, and ends in that number", async () => {
        const [row] = (
            await values(lake, { indicator: "dm_hba1c_gemeten", level: "practice", period: "2024-02" })
        ).filter((one) => one.state === "value");
        const explanation = await explain(lake, {
            indicator: "dm_hba1c_gemeten",
            practice: row?.id ?? "",
            period: "2024-02",
            rows: "final",
        });
        expect(explanation.deliveries.map((one) => one.source).sort()).toEqual(["HIS", "VIPLive", "bureau"]);
        expect(explanation.values).toEqual([row]);
        expect(explanation.steps.find((step) => step.step === "patients_in_care")?.rows).toBe(row?.denominator);
        const numerators = explanation.rows?.reduce((sum, one) => sum + Number(one.numerator), 0);
        expect(numerators).toBe(row?.numerator);
    });

    it("of an unknown indicator or step is wrong usage", async () => {
        const known = { practice: "01000001", period: "2024-02" };
        await expect(explain(lake, { ...known, indicator: "bestaat_niet" })).rejects.toThrow(/bestaat niet/);
        await expect(explain(lake, { ...known, indicator: "pop_copd", rows: "stap" })).rejects.toThrow(
            /kies uit counted, final/,
        );
    });
});
