import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { main } from "../pipelines/cli.ts";
import type { Receipt } from "../pipelines/ingest/receipt.ts";
import { ingest } from "../pipelines/ingest.ts";
import { ISSUES } from "../pipelines/issues.ts";
import { issueLetter, issuePracticeLetter } from "../pipelines/quality/letter-issue.ts";
import { letterText } from "../pipelines/quality/letter-rendering.ts";
import { writeLetters } from "../pipelines/quality/letters-written.ts";
import { refusalLetter } from "../pipelines/quality/refusal-letter.ts";
import { EFFECTS, lakeWithRegister, sampleFiles, take, writeFolder } from "./support/delivery-files.ts";

const MARKER = "GEHEIM-77";
const flat = (text: string): string => text.replace(/\s+/g, " ");

async function hisLang(bad: string): Promise<Record<string, string | Buffer>> {
    const rows = Array.from({ length: 30 }, () => `KAAS-0001;2816;15-01-2024;${bad};`).join("\r\n");
    return {
        ...(await sampleFiles("his-lang_01900001_20240630")),
        "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\r\n${rows}\r\n`,
    };
}

describe("the letter of a refused delivery", () => {
    it("says why, on which lines and what to change, repeats no value, and leaves the lake as it was", async () => {
        const { lake, root } = await lakeWithRegister();
        const before = await lake.store.list("");
        const path = await writeFolder(root, "his-lang_01900001_20240630", await hisLang(`${MARKER}!`));
        const receipts = await take(lake, path);
        const folder = join(root, "brieven");
        expect(await writeLetters(receipts, lake, folder)).toEqual([
            "his-lang_01900001_20240630.html",
            "his-lang_01900001_20240630.txt",
        ]);
        const text = flat(await readFile(join(folder, "his-lang_01900001_20240630.txt"), "utf8"));
        expect(text).toContain("Levering his-lang_01900001_20240630 is geweigerd");
        expect(text).toContain("Bestand: bepalingen.csv");
        expect(text).toContain("Aantal: 30 | Regels: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...");
        expect(text.toLowerCase()).toContain(ISSUES.waarde_onleesbaar.remedy.toLowerCase());
        for (const name of await readdir(folder))
            expect(await readFile(join(folder, name), "utf8")).not.toMatch(/GEHEIM|KAAS/);
        expect(await lake.store.list("")).toEqual(before);
    });

    it("names file, column and kind of an identifier, never the identifier", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = await hisLang("ina.proefje@voorbeeld.test");
        const [refused] = await take(lake, await writeFolder(root, "his-lang_01900001_20240630", files));
        const text = flat(letterText(refusalLetter(refused as Receipt)));
        expect(text).toContain("bestand bepalingen.csv, kolom waarde: e-mailadres");
        expect(text).not.toMatch(/proefje|voorbeeld\.test/);
    });

    it.each(
        Object.entries(ISSUES)
            .filter(([code, { level }]) => level === "delivery" && code !== "aangehouden")
            .map(([code]) => code),
    )("says for %s why it matters and what to do", (code) => {
        const letter = refusalLetter({
            delivery: "x_regio_20240630.zip",
            accepted: false,
            code,
            message: "Levering x_regio_20240630.zip is geweigerd.",
            files: [],
            ignoredColumns: [],
        });
        const text = flat(letterText(letter)).toLowerCase();
        const { why, remedy } = ISSUES[code as keyof typeof ISSUES];
        expect(text).toContain(flat(why).toLowerCase());
        expect(text).toContain(flat(remedy).toLowerCase());
    });

    it("is written by ingest --letters, beside those of accepted deliveries", async () => {
        const { lake, root } = await lakeWithRegister();
        const good = await writeFolder(
            root,
            "his-lang_01900001_20240630",
            await sampleFiles("his-lang_01900001_20240630"),
        );
        const folder = join(root, "brieven");
        const quiet = [process.stdout, process.stderr].map((stream) =>
            vi.spyOn(stream, "write").mockImplementation(() => true),
        );
        const code = await main([
            ...["ingest", good, join(root, "verkeerd.zip")],
            ...["--lake", lake.location, "--letters", folder],
        ]);
        for (const spy of quiet) spy.mockRestore();
        expect(code).toBe(1);
        expect(await readdir(folder)).toEqual([
            "his-lang_01900001_20240630.html",
            "his-lang_01900001_20240630.txt",
            "verkeerd.html",
            "verkeerd.txt",
        ]);
    });
});

describe("the letter of one practice in a delivery of more", () => {
    const programmes = (...rows: string[]): string =>
        `agb;patientnr;programma;startdatum;einddatum;hoofdbehandelaar\r\n${rows.join("\r\n")}\r\n`;

    it("counts its own rows, problems and changes, and says nothing of the others", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = await sampleFiles("viplive_regio_20240630");
        const march = programmes(
            "01900001;KAAS-0001;DM2;01-04-2019;;huisarts",
            "01900002;BROOD-0009;XXX;01-04-2019;;huisarts",
        );
        const june = programmes(
            "01900001;KAAS-0001;DM2;01-04-2019;;huisarts",
            "01900001;KAAS-0002;DM2;01-04-2019;01-01-2018;huisarts",
            "01900002;BROOD-0009;XXX;01-04-2019;;huisarts",
            "01900002;BROOD-0010;XXX;01-04-2019;;huisarts",
        );
        await take(
            lake,
            await writeFolder(root, "viplive_regio_20240630", { ...files, "ketenzorg.csv": march }),
            await writeFolder(root, "viplive_regio_20240630_2", { ...files, "ketenzorg.csv": june }),
        );
        const [first, second] = await Promise.all(
            ["01900001", "01900002"].map((practice) => issuePracticeLetter(lake, "viplive_regio_20240630_2", practice)),
        );
        expect(first?.facts.aside).toEqual([{ file: "ketenzorg.csv", code: "einde_voor_start", rows: 1, lines: [3] }]);
        expect(first?.facts.changes).toEqual([
            { file: "ketenzorg.csv", code: "einde_voor_start", before: 0, now: 1, change: "new" },
        ]);
        expect(second?.facts.aside).toEqual([
            { file: "ketenzorg.csv", code: "woord_onbekend", rows: 2, lines: [4, 5] },
        ]);
        expect(second?.facts.changes).toEqual([
            { file: "ketenzorg.csv", code: "woord_onbekend", before: 1, now: 2, change: "persisting" },
        ]);
        expect(first?.text).toContain("Kwaliteit van levering viplive_regio_20240630_2, praktijk 01900001");
        expect(first?.text).not.toContain("01900002");
        expect(second?.text).not.toContain("01900001");
        const whole = await issueLetter(lake, "viplive_regio_20240630_2");
        expect(whole.facts.aside.reduce((sum, { rows }) => sum + rows, 0)).toBe(3);
    });

    it("a practice that the delivery does not cover is one sentence", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(
            lake,
            await writeFolder(root, "viplive_regio_20240630", await sampleFiles("viplive_regio_20240630")),
        );
        await expect(issuePracticeLetter(lake, "viplive_regio_20240630", "01909999")).rejects.toThrow(
            "Levering viplive_regio_20240630_1 gaat niet over praktijk 01909999; verwacht een AGB-code uit de levering.",
        );
    });
});

describe("a held delivery", () => {
    it("is listed with the checks that hold it, until it is accepted without them", async () => {
        const { lake, root } = await lakeWithRegister();
        const patients = (count: number): string =>
            `patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\r\n${Array.from({ length: count }, (_, n) => `KAAS-${1000 + n};1957;V;3201;01-03-2011;;vast`).join("\r\n")}\r\n`;
        const files = await sampleFiles("his-lang_01900001_20240630");
        const empty = Object.fromEntries(
            Object.entries(files).map(([name, bytes]) => [
                name,
                name === "patienten.csv" ? bytes : `${bytes.toString("utf8").split(/\r?\n/)[0]}\r\n`,
            ]),
        );
        const of = (count: number) => ({ ...empty, "patienten.csv": patients(count) });
        await take(lake, await writeFolder(root, "his-lang_01900001_20240331", of(120)));
        const june = await writeFolder(root, "his-lang_01900001_20240630", of(60));
        await ingest([june], lake, { ...EFFECTS, hold: ["populatie-sprong"] });
        const list = async (): Promise<{ delivery: string; held?: string[] }[]> => {
            let said = "";
            const spy = vi.spyOn(process.stdout, "write").mockImplementation((part) => {
                said += String(part);
                return true;
            });
            await main(["deliveries", "--lake", lake.location, "--json"]);
            spy.mockRestore();
            return JSON.parse(said);
        };
        expect((await list()).filter(({ held }) => held)).toMatchObject([
            { delivery: "his-lang_01900001_20240630_1", held: ["populatie-sprong"] },
        ]);
        await take(lake, june);
        expect((await list()).filter(({ held }) => held)).toEqual([]);
    });
});
