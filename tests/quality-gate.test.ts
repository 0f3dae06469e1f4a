import { describe, expect, it } from "vitest";
import type { Receipt } from "../pipelines/ingest/receipt.ts";
import { ingest } from "../pipelines/ingest.ts";
import { KEYS, type Lake, readRelease } from "../pipelines/lake.ts";
import { readFacts, readHeld } from "../pipelines/quality/letter.ts";
import { issueLetter } from "../pipelines/quality/letter-issue.ts";
import { readProfile } from "../pipelines/quality/quality-history.ts";
import { heldDeliveries, releaseQuality } from "../pipelines/quality/release-quality.ts";
import { EFFECTS, type Files, lakeWithRegister, take, writeFolder, writeGzip } from "./support/delivery-files.ts";

const PATIENTS = "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie";

/** A his-lang delivery of so many registered patients, each with an HbA1c in the last year and T90.02. */
function hisLang(patients: number, change: Files = {}): Files {
    const each = (line: (number: string) => string) =>
        Array.from({ length: patients }, (_, index) => line(`KAAS-${String(index + 1).padStart(4, "0")}`)).join("\n");
    return {
        "patienten.csv": `${PATIENTS}\n${each((id) => `${id};1957;V;3201;01-03-2011;;vast`)}\n`,
        "episodes.csv": `patientnr;icpc;startdatum;einddatum;status\n${each((id) => `${id};T90.02;01-03-2012;;actief`)}\n`,
        "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${each((id) => `${id};2816;15-01-2024;48;`)}\n`,
        "contacten.csv": "patientnr;datum;soort;discipline;icpc\n",
        "medicatie.csv": "patientnr;datum;atc;dagen\n",
        "verwijzingen.csv": "patientnr;datum;bestemming;programma\n",
        ...change,
    };
}

const MARCH = "his-lang_01900001_20240331";
const JUNE = "his-lang_01900001_20240630";

const releaseId = async (lake: Lake): Promise<string | undefined> => (await readRelease(lake))?.release.id;
const verdicts = (receipt: Receipt | undefined): Record<string, string> =>
    Object.fromEntries((receipt?.checks ?? []).map(({ check, verdict }) => [check, verdict]));
const heldNow = async (lake: Lake) =>
    heldDeliveries(await readHeld(lake, (await readRelease(lake))?.deliveries ?? []), await releaseQuality(lake));
const idOf = async (lake: Lake, name: string): Promise<string> =>
    (await readRelease(lake))?.deliveries.find((delivery) => delivery.name === `${name}_1`)?.id ?? "";

describe("a delivery is compared with the practice's own history when it comes in", () => {
    it("the first cannot be told, an equal one holds, a leap is accepted with a warning", async () => {
        const { lake, root } = await lakeWithRegister();
        const [first] = await take(lake, await writeFolder(root, "his-lang_01900001_20231231", hisLang(0)));
        expect(new Set(Object.values(verdicts(first)))).toEqual(new Set(["cannot_tell"]));
        await take(lake, await writeFolder(root, MARCH, hisLang(120)));
        const [same] = await take(lake, await writeFolder(root, `${MARCH}_2`, hisLang(121)));
        expect(verdicts(same)["populatie-sprong"]).toBe("holds");
        expect(verdicts(same)["bestand-gekrompen"]).toBe("holds");
        const [fewer] = await take(lake, await writeFolder(root, JUNE, hisLang(60)));
        expect(fewer?.accepted).toBe(true);
        expect(verdicts(fewer)).toMatchObject({
            "populatie-sprong": "does_not_hold",
            "bestand-gekrompen": "does_not_hold",
            "bepaling-verdwenen": "holds",
            "meetaandeel-sprong": "holds",
            "datums-stoppen": "does_not_hold",
        });
    });

    it("an older delivery that comes late is compared with what lies before it, not with what is newer", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, JUNE, hisLang(120)));
        const [late] = await take(lake, await writeFolder(root, MARCH, hisLang(20)));
        expect(verdicts(late)["populatie-sprong"]).toBe("cannot_tell");
    });

    it("a practice that changes HIS is compared with itself", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, MARCH, hisLang(120)));
        const lines = Array.from({ length: 120 }, (_, index) => `P|KAAS-${1000 + index}|1957|V|3201|20110301||V`);
        const [receipt] = await take(
            lake,
            await writeGzip(root, "his-journaal_01900001_20240630.gz", lines.join("\n")),
        );
        expect(verdicts(receipt)).toMatchObject({
            "bestand-gekrompen": "does_not_hold",
            "bepaling-verdwenen": "does_not_hold",
        });
    });
});

describe("a check that is set to hold", () => {
    it("holds the delivery with a sentence and changes nothing; without the setting the same bytes are accepted", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, MARCH, hisLang(120)));
        const before = await releaseId(lake);
        const path = await writeFolder(root, JUNE, hisLang(60));
        const [held] = await ingest([path], lake, { ...EFFECTS, hold: ["populatie-sprong"] });
        expect(held).toMatchObject({ accepted: false, held: true, code: "aangehouden" });
        expect(await heldNow(lake)).toEqual([{ practice: "01900001", source: "HIS", peildatum: "2024-06-30" }]);
        expect(held?.message).toMatch(/^Levering his-lang_01900001_20240630 is aangehouden.*60 patiënten, eerder 120/);
        expect(await releaseId(lake)).toBe(before);
        const letter = await issueLetter(lake, JUNE);
        expect(letter.facts.state).toBe("held");
        expect(letter.text).toContain("aangehouden");
        const [accepted] = await take(lake, path);
        expect(accepted?.accepted).toBe(true);
        // of the register, the earlier delivery and this one: that of the attempt is gone
        expect((await lake.store.list(KEYS.letters)).filter((key) => key.endsWith(".json"))).toHaveLength(3);
        expect((await issueLetter(lake, JUNE)).facts.state).toBe("accepted");
        expect(await heldNow(lake)).toEqual([]);
    });

    it("is no longer waited for once a later one counts", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(lake, await writeFolder(root, MARCH, hisLang(120)));
        const path = await writeFolder(root, JUNE, hisLang(60));
        await ingest([path], lake, { ...EFFECTS, hold: ["populatie-sprong"] });
        await take(lake, await writeFolder(root, "his-lang_01900001_20240630_2", hisLang(121)));
        expect(await heldNow(lake)).toEqual([]);
    });

    it("a delivery refused for too much set aside leaves no letter; its receipt names the lines", async () => {
        const { lake, root } = await lakeWithRegister();
        const before = await lake.store.list("");
        const bad = Array.from({ length: 30 }, () => "KAAS-0001;2816;15-01-2024;onzin;").join("\n");
        const files = hisLang(20, { "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${bad}\n` });
        const [refused] = await take(lake, await writeFolder(root, JUNE, files));
        expect(refused?.code).toBe("te_veel_terzijde");
        expect(refused?.asideLines).toEqual([
            { file: "bepalingen.csv", code: "waarde_onleesbaar", rows: 30, lines: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        ]);
        expect(await lake.store.list("")).toEqual(before);
    });

    it("does not hold for what cannot be told", async () => {
        const { lake, root } = await lakeWithRegister();
        const path = await writeFolder(root, MARCH, hisLang(120));
        const [receipt] = await ingest([path], lake, { ...EFFECTS, hold: ["populatie-sprong"] });
        expect(receipt?.accepted).toBe(true);
    });
});

describe("the profile of a delivery", () => {
    it("counts what the definitions count: registered, active, measured in the last 12 months", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = hisLang(3, {
            "patienten.csv": `${PATIENTS}\nKAAS-0001;1957;V;3201;01-03-2011;;vast\nKAAS-0002;1957;V;3201;01-03-2011;30-06-2024;vast\nKAAS-0003;1957;V;3201;01-03-2011;;passant\nKAAS-0004;1957;V;3201;01-03-2011;;vast\n`,
            "episodes.csv":
                "patientnr;icpc;startdatum;einddatum;status\nKAAS-0001;R96.01;01-03-2012;;actief\nKAAS-0001;K90.02;01-03-2012;;actief\nKAAS-0004;R96.02;01-03-2012;;actief\nKAAS-0004;R95;01-03-2012;;inactief\nKAAS-0002;R95;01-03-2012;;actief\n",
            "bepalingen.csv":
                "patientnr;nhgnr;datum;waarde;eenheid\nKAAS-0001;2816;30-06-2023;48;\nKAAS-0001;3266;01-07-2023;48;\nKAAS-0001;2816;02-07-2023;48;\nKAAS-0004;357;29-06-2024;80;\n",
        });
        await take(lake, await writeFolder(root, JUNE, files));
        const profile = (await readProfile(lake, await idOf(lake, JUNE)))?.practices["01900001"];
        expect(profile).toEqual({
            rows: { patients: 4, episodes: 5, measurements: 4, contacts: 0, prescriptions: 0, referrals: 0 },
            lastDay: { measurements: "2024-06-29" },
            lastYearRows: { measurements: 3 },
            registered: 2,
            populations: { astma: 1, "hart- en vaatziekte": 1 },
            measured: { HbA1c: 1 },
            measuredNumbers: { "357": 1, "2816": 1, "3266": 1 },
        });
    });

    it("knows which patients a set-aside row touches, per concept and window, and who has no other result", async () => {
        const { lake, root } = await lakeWithRegister();
        const files = hisLang(4, {
            "bepalingen.csv": [
                "patientnr;nhgnr;datum;waarde;eenheid",
                "KAAS-0001;2816;15-01-2024;48;",
                "KAAS-0001;3266;20-01-2024;7;", // out of range, but measured with another number
                "KAAS-0002;2816;15-01-2024;999;", // out of range, no other
                "KAAS-0002;2816;16-01-2024;onzin;", // the same patient again
                "KAAS-0003;2816;15-01-2022;999;", // 30 months ago
                "KAAS-0004;2816;01-01-2025;48;", // after the peildatum: when is not known
                "KAAS-0004;geen;15-01-2024;48;", // which one is not known
                "KAAS-0004;9999;15-01-2024;met een veel te lange tekst om een codewoord te kunnen zijn;", // no indicator
                "KAAS-0004;542;15-01-2024;3;;teveel;velden;;",
            ].join("\n"),
        });
        const [receipt] = await take(lake, await writeFolder(root, JUNE, files));
        expect(receipt?.message).toBeUndefined();
        const { affected = [] } = (await readProfile(lake, await idOf(lake, JUNE))) ?? {};
        const of = (concept: string | null) =>
            affected.find((entry) => entry.table === "measurements" && entry.concept === concept);
        expect(of("hba1c")).toEqual({
            practice: "01900001",
            table: "measurements",
            concept: "hba1c",
            patients: { "1": 1, "12": 3, "36": 4, "60": 4, "1200": 4 },
            without: { "1": 1, "12": 2, "36": 3, "60": 3, "1200": 3 },
        });
        expect(of(null)?.patients["12"]).toBeGreaterThanOrEqual(1);
        expect(affected.every(({ table }) => table === "measurements")).toBe(true);
        const facts = await readFacts(lake, await idOf(lake, JUNE));
        expect(facts?.aside.reduce((sum, { rows }) => sum + rows, 0)).toBe(8);
    });
});
