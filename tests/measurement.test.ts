import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readResults } from "../pipelines/ingest/measurement.ts";
import { numberOfColumn } from "../pipelines/ingest/memo.ts";

const HBA1C = 2816;
const LDL = 542;
const SMOKING = 1739;
const FRAIL = 2785;
const FUNDUS = 2717;
const FOOT = 2196;
const UNKNOWN = 5555;

let instance: DuckDBInstance;
beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

/** [value, comparator, answer], or the problem. */
async function read(number: number, result: string, unit = ""): Promise<unknown> {
    const connection = await instance.connect();
    const statement = await connection.prepare(
        `SELECT value, comparator, answer, result_problem FROM (${readResults("SELECT $1::INTEGER AS nhg_number, trim($2) AS result, lower(trim($3)) AS unit")})`,
    );
    statement.bindInteger(1, number);
    statement.bindVarchar(2, result);
    statement.bindVarchar(3, unit);
    const [value, comparator, answer, problem] = (await statement.runAndReadAll()).getRows()[0] ?? [];
    connection.closeSync();
    return value === null && answer === null ? problem : [value, comparator, answer];
}

describe("a result is read, or set aside, never guessed", () => {
    test.each([
        [HBA1C, "48", "", [48, null, null]],
        [HBA1C, "48 mmol/mol", "", [48, null, null]],
        [HBA1C, "48mmol/mol", "", [48, null, null]],
        [HBA1C, "7,2", "%", [55, null, null]],
        [HBA1C, "7.2 %", "", [55, null, null]],
        [HBA1C, "<6%", "", [42, "<", null]],
        [HBA1C, "48 mmol/mol", "%", [48, null, null]],
        [LDL, "2,6", "mmol/l", [2.6, null, null]],
        [LDL, "2.6", "", [2.6, null, null]],
        [LDL, "1.234,5", "", [1234.5, null, null]],
        [LDL, "1,234.5", "", [1234.5, null, null]],
        [LDL, "1E+02", "", [100, null, null]],
        [LDL, "1,5e-1", "", [0.15, null, null]],
        [LDL, "< 3", "", [3, "<", null]],
        [LDL, ">90", "", [90, ">", null]],
        [LDL, "≤ 3,5 mmol/l", "", [3.5, "<=", null]],
        [LDL, ">= 3", "", [3, ">=", null]],
        [LDL, "7 %", "", [7, null, null]],
        [LDL, "hoog", "", "waarde_onleesbaar"],
        [LDL, "ja", "", "waarde_onleesbaar"],
        [LDL, "1.2.3", "", "waarde_onleesbaar"],
        [LDL, "1_000", "", "waarde_onleesbaar"],
        [LDL, "nan", "", "waarde_onleesbaar"],
        [LDL, "infinity", "", "waarde_onleesbaar"],
        [LDL, "0x1F", "", "waarde_onleesbaar"],
        [LDL, "12-34", "", "waarde_onleesbaar"],
        [LDL, "3 flessen", "", "waarde_onleesbaar"],
        [LDL, "12,34,5", "", "waarde_onleesbaar"],
        [SMOKING, "Rookt", "", [null, null, "rookt"]],
        [SMOKING, "J", "", [null, null, "rookt"]],
        [SMOKING, "nee", "", [null, null, "nooit"]],
        [SMOKING, "GESTOPT", "", [null, null, "gestopt"]],
        [SMOKING, "soms", "", "woord_onbekend"],
        [SMOKING, "20", "", "waarde_onleesbaar"],
        [FRAIL, "N", "", [null, null, "nee"]],
        [FRAIL, "misschien", "", "woord_onbekend"],
        [FUNDUS, "Geen funduscontrole  meer noodzakelijk", "", [null, null, "geen funduscontrole meer noodzakelijk"]],
        [FUNDUS, "2 jaar", "", [null, null, "2 jaar"]],
        [FUNDUS, "Patiënt wil liever niet; in overleg met de oogarts volgend jaar opnieuw", "", [null, null, "overig"]],
        [FOOT, "1", "", [1, null, null]],
        [FOOT, "j", "", [null, null, "ja"]],
        [FOOT, "Matig Verhoogd 2", "", [null, null, "matig verhoogd 2"]],
        [FOOT, "é".repeat(41), "", "waarde_onleesbaar"],
        [FOOT, "links: pijn", "", "waarde_onleesbaar"],
        [UNKNOWN, "-5,5", "", [-5.5, null, null]],
        [UNKNOWN, "<5", "x", [5, "<", null]],
        [UNKNOWN, "12 mm", "", [12, null, null]],
    ])("%i: %s (%s)", async (number, result, unit, expected) => {
        expect(await read(number, result, unit)).toEqual(expected);
    });
});

test.each([
    ["RRSYKA", 1744],
    ["rrsy ka", 1744],
    ["QUETAO", 1272],
    ["nhg_1608", 1608],
    ["NHG_40", 40],
    ["EGFC", null],
    ["nhg_", null],
    ["opmerking", null],
])("a wide column %s is bepaling %s", (column, number) => {
    expect(numberOfColumn(column)).toBe(number);
});
