import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { tableNamed } from "../pipelines/contract.ts";
import { DAY_STYLES, type DayStyle, dayStyles } from "../pipelines/day-style.ts";
import { defineFormat, type NamedFormat, readFormats, to } from "../pipelines/format.ts";
import { readField } from "../pipelines/ingest/reading.ts";
import { checkFormat } from "../pipelines/layout/format-check.ts";
import type { SampleFile } from "../pipelines/layout/format-sample.ts";
import { sniff } from "../pipelines/layout/sniff.ts";
import { columnsOf } from "../pipelines/table.ts";

const PEILDATUM = "2024-06-30";
const proving = process.env.PROVE === "1";

/** A day as a sender of this style writes it. */
function written(style: DayStyle, year: number, month: number, day: number): string {
    const two = (part: number): string => String(part).padStart(2, "0");
    return DAY_STYLES[style].form.replace("%Y", String(year)).replace("%m", two(month)).replace("%d", two(day));
}

let ask: (texts: readonly string[], style: DayStyle, times: boolean) => Promise<(string | null)[]>;

beforeAll(async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const column = columnsOf(tableNamed("patients")).find(({ name }) => name === "registered_from");
    if (!column) throw new Error("patients heeft geen registered_from");
    ask = async (texts, style, times) => {
        const dialect = { encoding: "utf-8", delimiter: ";", quoted: true, dates: style, times } as const;
        const { value } = readField("t", to("registered_from"), column, dialect);
        const list = texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ");
        const sql = `SELECT CAST(${value} AS VARCHAR) FROM (SELECT unnest([${list}]::VARCHAR[]) AS t)`;
        return (await connection.runAndReadAll(sql)).getRows().map(([day]) => (day === null ? null : String(day)));
    };
});

describe.each(dayStyles)("days written as %s", (style) => {
    it("are read back as they were, with or without a time, and never as another day", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.integer({ min: 0, max: 74_000 }), { minLength: 1, maxLength: 50 }),
                async (numbers) => {
                    const days = numbers.map((n) => new Date(Date.UTC(1900, 0, 1) + n * 86_400_000));
                    const iso = days.map((day) => day.toISOString().slice(0, 10));
                    const texts = days.map((day) =>
                        written(style, day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()),
                    );
                    expect(await ask(texts, style, false)).toEqual(iso);
                    expect(await ask(texts, style, true)).toEqual(iso);
                    const timed = texts.map((text, at) => `${text}${at % 2 === 0 ? " 00:00:00" : "T13:05:00.000Z"}`);
                    expect(await ask(timed, style, true)).toEqual(iso);
                    expect(await ask(timed, style, false)).toEqual(iso.map(() => null));
                },
            ),
            { seed: 20240630, numRuns: proving ? 200 : 5 },
        );
    });

    it("that do not exist, or have something else behind them, are not read", async () => {
        const bad = [written(style, 2023, 2, 29), written(style, 2023, 13, 13), "", "gisteren"];
        expect(await ask(bad, style, true)).toEqual(bad.map(() => null));
        expect(await ask([`${written(style, 2023, 2, 28)} Jansen`], style, true)).toEqual([null]);
    });
});

const sampleFile = (name: string, content: string): SampleFile => ({
    name,
    entry: {
        path: name,
        async *read() {
            yield Buffer.from(content);
        },
    },
});

/** Six layouts that nobody wrote down: what differs is how days are written, the delimiter, the words and the columns. */
const INVENTED: { style: DayStyle; times?: boolean; delimiter: string; heads: [string, string, string] }[] = [
    { style: "dd/mm/jjjj", delimiter: ";", heads: ["patientnummer", "ingeschreven_op", "datum"] },
    { style: "mm/dd/jjjj", delimiter: ",", heads: ["patient_id", "inschrijfdatum", "meetdatum"] },
    { style: "jjjj/mm/dd", delimiter: "\t", heads: ["patientnr", "ingeschreven_vanaf", "datum"] },
    { style: "dd.mm.jjjj", delimiter: ";", heads: ["patientnr", "inschrijfdatum", "datum_meting"] },
    { style: "ddmmjjjj", delimiter: "|", heads: ["patientnr", "inschrijfdatum", "datum"] },
    { style: "jjjj-mm-dd", times: true, delimiter: "\t", heads: ["patient_id", "inschrijfdatum", "datum"] },
];

describe("a layout that nobody wrote down", () => {
    it.each(INVENTED)(
        "with days as $style and delimiter $delimiter is proposed from a sample and reads it whole",
        async ({ style, times, delimiter, heads: [patient, from, day] }) => {
            const behind = times ? " 00:00:00" : "";
            const key = (n: number): string => `K${n * 7919}-${n}abcd`;
            const lines = (head: string[], count: number, row: (n: number) => (string | number)[]): string =>
                [head, ...Array.from({ length: count }, (_, n) => row(n).map(String))]
                    .map((cells) => cells.join(delimiter))
                    .join("\n");
            const sample = [
                sampleFile(
                    "patienten.csv",
                    lines([patient, "geboortejaar", "geslacht", "postcode4", from, "categorie"], 60, (n) => [
                        key(n),
                        1940 + (n % 60),
                        n % 2 === 0 ? "M" : "V",
                        3201 + (n % 9),
                        written(style, 2001 + (n % 20), 1 + (n % 12), 1 + (n % 28)) + behind,
                        "vast",
                    ]),
                ),
                sampleFile(
                    "bepalingen.csv",
                    lines([patient, "nhgnr", day, "waarde", "eenheid"], 120, (n) => [
                        key(n % 60),
                        n % 2 === 0 ? 2816 : 1744,
                        written(style, 2023, 1 + (n % 12), 1 + (n % 28)) + behind,
                        n % 2 === 0 ? 45 + (n % 20) : 120 + (n % 40),
                        n % 2 === 0 ? "mmol/mol" : "mmHg",
                    ]),
                ),
            ];
            const { format } = await sniff(sample, await readFormats());
            expect(format.dialect).toMatchObject({ dates: style, delimiter, ...(times ? { times: true } : {}) });
            expect(Object.values(format.files ?? {}).map(({ table }) => table)).toEqual(["patients", "measurements"]);
            const named: NamedFormat = { ...defineFormat(format), name: "uitgevonden" };
            const report = await checkFormat(named, sample, PEILDATUM);
            expect(report.good).toBe(true);
            expect(JSON.stringify(report)).not.toMatch(/K7919|abcd/);
        },
    );
});
