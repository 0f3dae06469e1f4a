import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openLake } from "../pipelines/lake.ts";
import {
    baselinesToPublish,
    freeze,
    keepBaselines,
    readBaselines,
    withFrozenBaselines,
} from "../pipelines/refresh/goal-baselines.ts";

const place = mkdtempSync(join(tmpdir(), "regiospiegel-baselines-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const baseline = (value: number, release: string, more: Record<string, unknown> = {}) => ({
    year: 2023,
    period: "juni 2023",
    value,
    yearValue: value + 50,
    computed: true,
    release,
    ...more,
});
const themes = (given: unknown, unit = "aantal") => [
    { id: "35_proef", goals: [{ id: "meer", unit, reason: "Nu 110.", baseline: given }] },
];
const published = (given: unknown, frozen: ReturnType<typeof freeze>, unit?: string) =>
    withFrozenBaselines(themes(given, unit), frozen, "nieuw")[0]?.goals[0];

describe("a baseline", () => {
    const frozen = freeze({}, themes(baseline(100, "eerst")));

    it("is frozen with the release that first published it", () => {
        expect(frozen).toEqual({ "35_proef/meer/2023/juni 2023": { value: 100, yearValue: 150, release: "eerst" } });
        expect(freeze(frozen, themes(baseline(104, "later")))).toEqual(frozen);
    });

    it("that did not change is shown with its first release, without a word", () => {
        expect(published(baseline(100, "nieuw"), frozen)).toEqual({
            id: "meer",
            unit: "aantal",
            reason: "Nu 110.",
            baseline: baseline(100, "eerst"),
        });
    });

    it("that a later release restates keeps its old value, and is shown as herzien with old and new", () => {
        expect(published(baseline(104, "nieuw"), frozen)).toMatchObject({
            baseline: { value: 100, release: "eerst" },
            restated: { old: 100, now: 104, release: "nieuw" },
            reason: "Nu 110. Herzien: het vertrekpunt (juni 2023) was 100 en is nu 104.",
        });
    });

    it("is restated too when only the whole year differs, or when it is a share", () => {
        const year = baseline(100, "nieuw", { yearValue: 160 });
        expect(published(year, frozen)?.reason).toContain("(heel 2023) was 150 en is nu 160");
        const share = freeze({}, themes(baseline(0.4, "eerst")));
        expect(published(baseline(0.425, "nieuw"), share, "aandeel")?.reason).toContain("was 40,0% en is nu 42,5%");
    });

    it("printed in the source is not frozen, nor is one of another span", () => {
        const printed = baseline(0.75, "x", { computed: false, release: null });
        expect(freeze({}, themes(printed))).toEqual({});
        expect(published(printed, frozen)?.baseline).toEqual(printed);
        expect(published(baseline(9, "nieuw", { period: "maart 2023" }), frozen)).not.toHaveProperty("restated");
    });
});

describe("baselines in the lake", () => {
    it("are added and never replaced, also by two at once", async () => {
        const { store } = openLake(join(place, "meer"));
        expect(await readBaselines(store)).toEqual({});
        const other = [{ id: "40_proef", goals: [{ id: "meer", baseline: baseline(7, "ander") }] }];
        await Promise.all([keepBaselines(store, themes(baseline(100, "eerst"))), keepBaselines(store, other)]);
        await keepBaselines(store, themes(baseline(104, "later")));
        const kept = await readBaselines(store);
        expect(Object.values(kept).map((one) => one.release)).toEqual(["eerst", "ander"]);
    });

    it("do not touch marts of an older release, published again", async () => {
        const lake = openLake(join(place, "terug"));
        await keepBaselines(lake.store, themes(baseline(100, "eerst")));
        await lake.store.put("marts/current.json", Buffer.from(JSON.stringify({ refresh: "m", release: "ouder" })));
        expect(await baselinesToPublish(lake)).toEqual({});
    });
});
