import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dialect } from "../pipelines/format.ts";
import { splitLine } from "../pipelines/ingest/line.ts";
import { stageText } from "../pipelines/ingest/text.ts";
import { lineOf, untangle } from "../pipelines/ingest/untangle.ts";
import { scratch } from "./support/scratch.ts";

const DIALECT: Dialect = { encoding: "utf-8", delimiter: ";", quoted: true, dates: "dd-mm-jjjj" };

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function stage(content: string | Buffer, dialect = DIALECT, size = 7) {
    const path = join(await scratch(), "uit.csv");
    const staged = await stageText(chunked(Buffer.from(content as string), size), path, dialect, "bestand.csv");
    return { staged, text: await readFile(path, "utf8"), path };
}

describe("staging a text", () => {
    test("takes off byte order mark and header, and counts records and lines", async () => {
        const { staged, text } = await stage('\ufeffa;"b";c\r\n1;2;3\r\n4;5;6');
        expect(staged).toMatchObject({ header: ["a", "b", "c"], records: 2, firstLine: 2, tangled: false });
        expect(text).toBe("1;2;3\r\n4;5;6");
    });

    test("decodes windows-1252, also when a byte order mark says it is UTF-8 after all", async () => {
        const dialect: Dialect = { ...DIALECT, encoding: "windows-1252" };
        expect((await stage(Buffer.from([0x61, 0x0a, 0xe9, 0x80, 0x0a]), dialect)).text).toBe("é€\n");
        expect((await stage("\ufeffa\né€\n", dialect)).text).toBe("é€\n");
    });

    test("a character that falls over two chunks is one character", async () => {
        for (const size of [1, 2, 3, 4, 5]) expect((await stage("kop\né€𝄞;é\n", DIALECT, size)).text).toBe("é€𝄞;é\n");
    });

    test("a header may hold a line end inside quotes", async () => {
        const { staged, text } = await stage('a;"b\nc"\n1;2\n');
        expect(staged).toMatchObject({ header: ["a", "b\nc"], firstLine: 3 });
        expect(text).toBe("1;2\n");
    });

    test.each([
        ["a blank line", "a\n1\n\n2\n"],
        ["a line end inside quotes", 'a\n"1\n2"\n'],
        ["a character after a closing quote", 'a\n"1"2\n'],
        ["mixed line ends", "a\r\n1\r\n2\n3\n"],
        ["a carriage return alone", "a\n1\r2\n"],
    ])("%s makes it tangled", async (_, content) => {
        for (const size of [1, 2, 1000]) expect((await stage(content, DIALECT, size)).staged.tangled).toBe(true);
    });

    test.each([
        ["quoted fields", 'a;b\n"1";"x ""y"" z"\n"";2\n'],
        ["a quote inside an unquoted field", 'a\n5" naald\n'],
        ["no last line end", "a\n1"],
    ])("%s do not", async (_, content) => {
        for (const size of [1, 2, 1000]) expect((await stage(content, DIALECT, size)).staged.tangled).toBe(false);
    });

    test("comments at the start of a journal are kept apart", async () => {
        const journal: Dialect = { ...DIALECT, delimiter: "|", quoted: false, comment: "#" };
        const { staged, text } = await stage("# een\n\n# twee\nP|1\n", journal);
        expect(staged).toMatchObject({
            header: [],
            comments: ["# een", "# twee"],
            firstLine: 4,
            records: 1,
            tangled: false,
        });
        expect(text).toBe("P|1\n");
    });
});

/** A plain reader of the same dialect, written apart: records with their line, blank lines left out. */
function readPlainly(text: string): { line: number; fields: string[] }[] {
    const records: { line: number; fields: string[] }[] = [];
    let line = 1;
    let at = 0;
    while (at < text.length) {
        const start = line;
        let end = at;
        let quotes = 0;
        while (end < text.length && (text[end] !== "\n" || quotes % 2 === 1)) {
            if (text[end] === '"') quotes += 1;
            if (text[end] === "\n") line += 1;
            end += 1;
        }
        const record = text.slice(at, end);
        if (record !== "")
            records.push({
                line: start,
                fields: splitLine(record, ";", true).map((field) => field.replaceAll("\n", " ")),
            });
        line += 1;
        at = end + 1;
    }
    return records;
}

test("untangling keeps every record, on one line each, and finds its line again", async () => {
    const field = fc.oneof(
        fc.constantFrom("", "a", "é", "1;2", 'x"y', "twee\nregels", "\n"),
        fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 4 }),
    );
    const record = fc.array(field, { minLength: 2, maxLength: 3 });
    const quoted = (text: string) => (/[";\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text);
    const path = join(await scratch(), "in.csv");
    await fc.assert(
        fc.asyncProperty(
            fc.array(fc.oneof({ weight: 4, arbitrary: record }, { weight: 1, arbitrary: fc.constant([]) })),
            fc.integer({ min: 1, max: 40 }),
            async (records, size) => {
                const text = `a;b\n${records.map((fields) => `${fields.map(quoted).join(";")}\n`).join("")}`;
                const staged = await stageText(chunked(Buffer.from(text), size), path, DIALECT, "x");
                const clean = await untangle(staged, `${path}.uit`, DIALECT, "x");
                const lines = (await readFile(clean.path, "utf8")).split("\n").slice(0, -1);
                const expected = readPlainly(text).slice(1);
                expect(lines.map((line) => splitLine(line, ";", true))).toEqual(expected.map(({ fields }) => fields));
                expect(expected.map((_, index) => lineOf(index, clean.breaks))).toEqual(
                    expected.map(({ line }) => line),
                );
                expect(clean.records).toBe(expected.length);
                if (!staged.tangled) expect(staged.records).toBe(expected.length);
            },
        ),
        { numRuns: process.env.PROVE === "1" ? 5000 : 150, seed: 11 },
    );
});
