import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Checkups } from "../pipelines/demo/checkups.ts";
import { Contacts } from "../pipelines/demo/contacts.ts";
import { writeDemo } from "../pipelines/demo/demo.ts";
import type { Health } from "../pipelines/demo/health.ts";
import { Prescriptions } from "../pipelines/demo/prescriptions.ts";
import { Referrals } from "../pipelines/demo/referrals.ts";
import { ingest } from "../pipelines/ingest.ts";
import { openLake } from "../pipelines/lake.ts";
import { publishableFigures } from "../pipelines/publish/audience-view.ts";
import { currentMarts, readMarts } from "../pipelines/publish/read-marts.ts";
import { reconcile } from "../pipelines/publish/reconciliation.ts";
import { exactCell } from "../pipelines/publish/shown-form.ts";
import { publish } from "../pipelines/publish.ts";
import { inputsOf, readQueries } from "../pipelines/query.ts";
import { PRINTED_FIGURES } from "../pipelines/reconciliation/annual-report-2022.ts";
import { refresh } from "../pipelines/refresh.ts";
import { type ValueFilter, type ValueRow, values } from "../pipelines/values.ts";

/**
 * The annual report of 2022 ("Een jaar in cijfers" and the pages before it), typed in once more from the printed pages:
 * the default demo region must give these numbers after the whole journey from delivery files to marts. `npm run prove`
 * takes the whole region; `npm test` leaves out what came after January 2023, and most of the care that no figure rests on.
 */
const PROVING = process.env.PROVE === "1";
const place = mkdtempSync(join(tmpdir(), "jaar-2022-"));
const lake = openLake(join(place, "meer"));

/** What the sample holds of one patient in twenty only, and what writes it in the demo. Each draws chances of its own. */
const THINNED = ["measurements", "contacts", "prescriptions", "referrals"];
const WRITERS = [Checkups, Contacts, Prescriptions, Referrals];

beforeAll(async () => {
    const out = join(place, "leveringen");
    if (PROVING) await writeDemo({ out });
    else await withLittleCare(() => writeDemo({ out, from: "2022-12", to: "2023-01" }));
    const effects = { today: () => "2026-01-01", now: () => "2026-01-01T00:00:00Z" };
    const receipts = await ingest([out], lake, effects);
    expect(receipts.filter((receipt) => !receipt.accepted)).toEqual([]);
    rmSync(out, { recursive: true });
    await refresh(lake, { from: "2022-01", to: "2023-01" });
}, 600_000);

/** Makes the region in this process, where its writers pass most patients over. */
async function withLittleCare(make: () => Promise<unknown>): Promise<void> {
    const replaced = [...WRITERS.map(thinned), vi.spyOn(os, "availableParallelism").mockReturnValue(1)];
    syncBuiltinESMExports();
    await make();
    for (const one of replaced) one.mockRestore();
    syncBuiltinESMExports();
}

function thinned({ prototype }: { prototype: { write(health: Health): void } }) {
    const { write } = prototype;
    let patients = 0;
    return vi.spyOn(prototype, "write").mockImplementation(function (this: typeof prototype, health) {
        if (patients++ % 20 === 0) write.call(this, health);
    });
}

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Numerators by stratum; the whole under an empty name. */
async function counts(
    indicator: string,
    period: string,
    filter: ValueFilter = { level: "region" },
    key = (row: ValueRow) => row.stratum ?? "",
) {
    const rows = await values(lake, { ...filter, indicator, period });
    return Object.fromEntries(rows.map((row) => [key(row), row.numerator]));
}

describe("December 2022 of the demo region is that of the annual report", () => {
    const printed: [string, number][] = [
        ["pop_ingeschreven", 130_782],
        ["pop_75plus", 12_742],
        ["pop_dm2_programma", 7_227],
        ["pop_cvrm_programma", 13_845],
        ["pop_astma_programma", 1_846],
        ["pop_copd_programma", 1_117],
        ["prk_leden", 40],
        ["prk_ict_scan", 18],
        ["leefstijlcoaches", 7],
    ];
    for (const [indicator, figure] of printed) {
        it(`${indicator} is ${figure}`, async () => {
            expect(await counts(indicator, "2022-12")).toMatchObject({ "": figure });
        });
    }

    it("staff by functie", async () => {
        expect(await counts("personeel", "2022-12")).toMatchObject({
            huisarts: 80,
            "POH-S": 38,
            "POH-GGZ": 25,
            assistente: 119,
            praktijkmanager: 18,
        });
    });

    it("16,2 % of patients on Voorne-Putten used the portal, Rozenburg left out", async () => {
        const areas = await values(lake, { indicator: "portaal_gebruik", level: "area", period: "2022-12" });
        const island = areas.filter((row) => row.id === "nissewaard" || row.id === "voorne-aan-zee");
        const sum = (pick: (row: ValueRow) => number | null) =>
            island.reduce((total, row) => total + (pick(row) ?? 0), 0);
        expect((Math.round((1000 * sum((row) => row.numerator)) / sum((row) => row.denominator)) / 10).toFixed(1)).toBe(
            "16.2",
        );
    });
});

describe("the year 2022", () => {
    it("had 357 GLI referrals: Nissewaard 167, Voorne aan Zee 81, Rozenburg 109", async () => {
        expect(await counts("gli_verwijzingen", "2022")).toMatchObject({ "": 357 });
        const wholes = (await values(lake, { indicator: "gli_verwijzingen", period: "2022", level: "area" })).filter(
            (row) => row.stratum === null,
        );
        expect(Object.fromEntries(wholes.map((row) => [row.id, row.numerator]))).toEqual({
            nissewaard: 167,
            "voorne-aan-zee": 81,
            rozenburg: 109,
            elders: 0,
        });
    });

    it("had 206 consultations, by onderwerp and by whom as printed", async () => {
        expect(await counts("consultaties", "2022")).toEqual({
            "": 206,
            ouderenzorg: 63,
            ggz: 2,
            diabetes: 41,
            CVRM: 2,
            COPD: 3,
            meedenk: 95,
        });
        expect(await counts("consultaties_bij", "2022")).toMatchObject({
            SO: 35,
            "casemanager dementie": 18,
            apotheek: 10 + 2 + 3,
            diabetesverpleegkundige: 29,
            kaderhuisarts: 10 + 2,
            "psychiatrische consultatielijn": 1,
            ggz: 1,
            "medisch specialist": 95,
        });
        expect(await counts("meedenkconsulten", "2022")).toMatchObject({ "": 95 });
    });

    it("had 73 trainings with 848 participants, by programme", async () => {
        expect(await counts("scholingen", "2022")).toEqual({
            "": 73,
            chronisch: 17,
            long: 7,
            ouderen: 11,
            leefstijl: 11,
            digitalisering: 11,
            personeel: 7,
            divers: 9,
        });
        expect(await counts("scholing_deelnemers", "2022")).toEqual({
            "": 848,
            chronisch: 180,
            long: 137,
            ouderen: 114,
            leefstijl: 107,
            digitalisering: 35,
            personeel: 69,
            divers: 206,
        });
    });

    it("had 172 reports at the coordination point, 86 agreed", async () => {
        expect(await counts("rcp_meldingen", "2022")).toMatchObject({ "": 172 });
        expect(await counts("rcp_akkoord", "2022")).toMatchObject({ "": 86 });
    });
});

describe("the sample", () => {
    it("leaves out nothing of what a printed figure rests on", async () => {
        const queries = await readQueries();
        const inputs = PRINTED_FIGURES.flatMap(({ from }) => inputsOf(queries, from.indicator));
        expect(inputs).toContain("patients");
        expect(inputs.filter((table) => THINNED.includes(table))).toEqual([]);
    });
});

describe("after it", () => {
    it("36 practices are members from 1 January 2023", async () => {
        expect(await counts("prk_leden", "2023-01")).toMatchObject({ "": 36 });
    });

    /** What the coalition's page says of the printed figures; of the sample, in which nearly all counts are small, what the marts say. */
    async function reconciled(): Promise<readonly { id: string; equal: boolean }[]> {
        if (!PROVING) {
            const { catalogue, cells } = await readMarts(lake, await currentMarts(lake));
            return reconcile(publishableFigures(catalogue, cells).groupCells.map(exactCell));
        }
        const bundles = join(place, "bundels");
        await publish({ lake, site: join(place, "site"), bundles });
        const text = await readFile(join(bundles, "coalitie", "bundle.json"), "utf8");
        return (JSON.parse(text) as { reconciliation: { id: string; equal: boolean }[] }).reconciliation;
    }

    it("the reconciliation page finds every printed figure equal", async () => {
        const rows = await reconciled();
        expect(rows.length).toBeGreaterThan(40);
        expect(rows.filter((row) => !row.equal)).toEqual([]);
    });
});
