import { afterEach, describe, expect, it, vi } from "vitest";
import { main } from "../pipelines/cli.ts";

/** Runs a command line; returns the exit code and what was said on stderr. */
async function complaintOf(...words: string[]): Promise<[number, string]> {
    let said = "";
    vi.spyOn(process.stderr, "write").mockImplementation((part) => {
        said += String(part);
        return true;
    });
    vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    return [await main(words), said];
}

afterEach(() => vi.restoreAllMocks());

describe("wrong usage is exit code 2 and one Dutch sentence", () => {
    const cases: [string[], string][] = [
        [["bestaatniet"], "Onbekende opdracht bestaatniet."],
        [["values"], "De optie --lake <map> ontbreekt."],
        [["ingest", "--lake", "x"], "Er ontbreekt een argument: geef een of meer paden van leveringen."],
        [
            ["values", "--lake", "x", "--period", "2024-13"],
            "De waarde van --period <tijdvak> klopt niet: verwacht 2024-06, 2024-Q2 of 2024.",
        ],
        [
            ["values", "--lake", "x", "--level", "land"],
            "De waarde van --level <niveau> klopt niet: kies uit practice, hagro, area, organisation, region.",
        ],
        [["values", "--lake", "x", "--indicator", "bestaatniet"], "Indicator bestaatniet bestaat niet"],
        [["changes", "--lake", "x", "--indicator", "bestaatniet"], "Indicator bestaatniet bestaat niet"],
        [["serve", "--site", "x", "--poort", "1"], "Onbekende optie --poort."],
        [
            ["demo", "--out", "x", "--practices", "veel"],
            "De waarde van --practices <aantal> klopt niet: verwacht een geheel getal vanaf 1.",
        ],
    ];
    for (const [words, sentence] of cases) {
        it(words.join(" "), async () => {
            const [code, said] = await complaintOf(...words);
            expect(code).toBe(2);
            expect(said).toContain(sentence);
            expect(said.trim().split("\n")).toHaveLength(1);
        });
    }
});

describe("help is exit code 0", () => {
    it("of the door and of a verb", async () => {
        expect((await complaintOf("--help"))[0]).toBe(0);
        expect((await complaintOf("ingest", "--help"))[0]).toBe(0);
    });
});

describe("what cannot be done is exit code 1", () => {
    it("with a sentence that says what to do first", async () => {
        const [code, said] = await complaintOf("values", "--lake", "bestaat-niet");
        expect(code).toBe(1);
        expect(said).toContain("draai eerst regiospiegel refresh");
    });
});
