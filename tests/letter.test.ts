import { parseHTML } from "linkedom";
import { describe, expect, it, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import type { FileReceipt } from "../pipelines/ingest/receipt.ts";
import { ISSUES } from "../pipelines/issues.ts";
import { KEYS } from "../pipelines/lake.ts";
import { asideChanges } from "../pipelines/quality/letter.ts";
import { issueLetter } from "../pipelines/quality/letter-issue.ts";
import { letterHtml, letterText } from "../pipelines/quality/letter-rendering.ts";
import { type Files, lakeWithRegister, take, writeFolder, writeGzip } from "./support/delivery-files.ts";

const JUNE = "his-lang_01900001_20240630";
const MARKER = "GEHEIM-77";

function hisLang(...measurements: string[]): Files {
    return {
        "patienten.csv":
            "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\nKAAS-0001;1957;V;3201;01-03-2011;;vast\n",
        "episodes.csv": "patientnr;icpc;startdatum;einddatum;status\n",
        "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${measurements.join("\n")}\n`,
        "contacten.csv": "patientnr;datum;soort;discipline;icpc\n",
        "medicatie.csv": "patientnr;datum;atc;dagen\n",
        "verwijzingen.csv": "patientnr;datum;bestemming;programma\n",
    };
}

const delivery = (format: string, ...files: [string, Record<string, number>][]) => ({
    format,
    receipt: {
        delivery: "x",
        accepted: true,
        ignoredColumns: [],
        files: files.map(([name, aside]): FileReceipt => ({ name, rows: 100, kept: 90, aside })),
    },
});

describe("since the delivery before", () => {
    it("a problem of a file is new, solved or persisting", () => {
        const before = delivery("his-lang", ["a.csv", { na_peildatum: 3, voor_1990: 1 }], ["b.csv", {}]);
        const now = delivery("his-lang", ["a.csv", { na_peildatum: 5 }], ["b.csv", { na_peildatum: 1 }]);
        expect(asideChanges(now, before)).toEqual([
            { file: "a.csv", code: "na_peildatum", before: 3, now: 5, change: "persisting" },
            { file: "a.csv", code: "voor_1990", before: 1, now: 0, change: "solved" },
            { file: "b.csv", code: "na_peildatum", before: 0, now: 1, change: "new" },
        ]);
    });

    it("another layout has other files, so that problems are compared without them", () => {
        const before = delivery("his-lang", ["a.csv", { na_peildatum: 3 }], ["b.csv", { na_peildatum: 1 }]);
        const now = delivery("his-journaal", ["journaal.txt: M", { na_peildatum: 2 }]);
        expect(asideChanges(now, before)).toEqual([
            { file: null, code: "na_peildatum", before: 4, now: 2, change: "persisting" },
        ]);
    });
});

describe("the letter of a delivery", () => {
    it("says what, where, why, since when, how much at most and what to do, and nothing of a patient", async () => {
        const { lake, root } = await lakeWithRegister();
        const bad = `KAAS-0001;2816;15-01-2024;${MARKER}!;`;
        await take(
            lake,
            await writeFolder(root, "his-lang_01900001_20240331", hisLang(bad, "KAAS-0001;542;01-01-1980;3;")),
        );
        await take(lake, await writeFolder(root, JUNE, hisLang(bad, "KAAS-0001;542;01-01-2025;3;")));
        const { text, html, facts } = await issueLetter(lake, JUNE);
        expect(facts.aside).toEqual([
            { file: "bepalingen.csv", code: "na_peildatum", rows: 1, lines: [3] },
            { file: "bepalingen.csv", code: "waarde_onleesbaar", rows: 1, lines: [2] },
        ]);
        const flat = text.replace(/\s+/g, " ");
        for (const part of [
            ISSUES.na_peildatum.why,
            ISSUES.waarde_onleesbaar.remedy,
            "1 nieuw, 1 opgelost, 1 gebleven",
        ])
            expect(flat.toLowerCase()).toContain(part.toLowerCase());
        expect(flat).toContain("nog geen cijfers berekend");
        expect(flat).toContain("HbA1c gemeten");
        const page = parseHTML(html).document;
        expect(page.documentElement.getAttribute("lang")).toBe("nl");
        expect(page.querySelectorAll("h2")).toHaveLength(6);
        expect(page.querySelectorAll("script, link, img")).toHaveLength(0);
        const stored = await Promise.all(
            (["json", "html", "txt"] as const).map((form) => lake.store.get(KEYS.letter(facts.id, form))),
        );
        for (const kept of [text, html, ...stored.map((one) => Buffer.from(one?.body ?? []).toString("utf8"))]) {
            expect(kept.length).toBeGreaterThan(100);
            expect(kept).not.toMatch(/GEHEIM|KAAS/);
        }
    });

    it("is there for every accepted delivery, also without problems, for the register and for the region", async () => {
        const { lake, root } = await lakeWithRegister();
        expect((await issueLetter(lake, "bureau_regio_20240630")).text).toContain("Er is niets terzijde gelegd.");
        await take(
            lake,
            await writeGzip(root, "his-journaal_01900003_20240630.gz", "P|MELK-0001|1971|M|3202|20230101||V\nQ|1\n"),
        );
        const { text } = await issueLetter(lake, "his-journaal_01900003_20240630.gz");
        expect(text).toContain("Er is geen eerdere levering");
        expect(text.replace(/\s+/g, " ")).toContain("Het recordtype is niet P, E, M, C, R of V.");
        expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    });

    it("a name that is no delivery is exit code 1 and one sentence", async () => {
        const { lake } = await lakeWithRegister();
        let said = "";
        const spy = vi.spyOn(process.stderr, "write").mockImplementation((part) => {
            said += String(part);
            return true;
        });
        const code = await main(["letter", "his-lang_01900009_20240630", "--lake", lake.location]);
        spy.mockRestore();
        expect(code).toBe(1);
        expect(said).toMatch(/^Levering his-lang_01900009_20240630 staat niet in .*\n$/);
    });

    it("escapes what was delivered as a name", () => {
        const letter = { title: "<b>&", sections: [{ heading: "h", paragraphs: ["<script>"], table: [["k"], ['"']] }] };
        expect(letterHtml(letter)).not.toMatch(/<b>|<script>/);
        expect(letterText(letter)).toContain('k: "');
    });
});
