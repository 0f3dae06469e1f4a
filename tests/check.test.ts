import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkRow, checkSql } from "../pipelines/check.ts";
import { CONTRACT } from "../pipelines/contract.ts";
import { type Column, columnsOf, exampleRow, type Table } from "../pipelines/table.ts";

const PEILDATUM = "2024-06-30";
const COUNT = process.env.PROVE === "1" ? 100_000 : 200;

/** Values around and beyond what a column allows, of its SQL type. */
function valuesOf(column: Column): fc.Arbitrary<unknown> {
    const { words, pattern, maxLength = 8, minimum = -3, maximum = 3000 } = column.constraints;
    const example = fc.constant(column.about.example);
    switch (column.sqlType) {
        case "BOOLEAN":
            return fc.boolean();
        case "BIGINT":
            return fc.bigInt(-(2n ** 62n), 2n ** 62n);
        case "INTEGER":
            return fc.oneof(
                example,
                fc.integer({ min: Math.max(minimum - 2, -(2 ** 31)), max: Math.min(maximum + 2, 2 ** 31 - 1) }),
                fc.constantFrom(2816, 1744, 40, 1739, 3549, 1850, 1899, 1900, 2024, 2025),
            );
        case "DOUBLE":
            return fc.oneof(
                example,
                fc.double({ min: -10, max: 6000, noNaN: true }),
                fc.constantFrom(0, 0.1, 10, 250, 250.5, 5000),
            );
        case "DATE":
            return fc.oneof(
                fc
                    .date({ min: new Date("1985-01-01"), max: new Date("2026-01-01"), noInvalidDate: true })
                    .map((day) => day.toISOString().slice(0, 10)),
                fc.constantFrom("1989-12-31", "1990-01-01", PEILDATUM, "2024-07-01", "1900-02-28"),
            );
        default:
            return fc.oneof(
                example,
                fc.constantFrom(
                    ...(words ?? ["x"]),
                    "onbekend",
                    "",
                    "01900001",
                    "bureau",
                    "A10BA02",
                    "T90.2",
                    "3201",
                    "milestone:123",
                ),
                pattern === undefined ? fc.string({ maxLength }) : fc.stringMatching(new RegExp(pattern, "u")),
                fc.string({ maxLength: 12 }),
                fc.constant("x".repeat(Math.min(maxLength, 250) + 1)),
            );
    }
}

const rowOf = (table: Table): fc.Arbitrary<Record<string, unknown>> =>
    fc.record(
        Object.fromEntries(
            columnsOf(table).map((column) => {
                const value = valuesOf(column);
                // Mostly good values, so that later columns and the rules get their turn.
                const good = fc.constant(column.about.example);
                return [
                    column.name,
                    fc.oneof(
                        { weight: 6, arbitrary: good },
                        { weight: 3, arbitrary: value },
                        { weight: 1, arbitrary: fc.constant(null) },
                    ),
                ];
            }),
        ),
    );

test.each([...CONTRACT.values()])(
    "the SQL check and the zod check give the same verdict on random rows of $name",
    async (table) => {
        const columns = columnsOf(table);
        const instance = await DuckDBInstance.create(":memory:");
        const connection = await instance.connect();
        await connection.run(
            `CREATE TABLE t (nr INTEGER, ${columns.map(({ name, sqlType }) => `"${name}" ${sqlType}`).join(", ")})`,
        );
        const rows = fc.sample(rowOf(table), { numRuns: COUNT, seed: 2022 });
        const texts = columns.map(({ name, sqlType }) => `(v->>'${name}')::${sqlType}`).join(", ");
        for (let start = 0; start < rows.length; start += 5000) {
            const part = rows.slice(start, start + 5000).map((row, index) => ({ nr: start + index, ...row }));
            const json = JSON.stringify(part, (_, value) => (typeof value === "bigint" ? String(value) : value));
            const statement = await connection.prepare(
                `INSERT INTO t SELECT (v->>'nr')::INTEGER, ${texts} FROM (SELECT unnest(from_json($1::JSON, '["JSON"]')) AS v)`,
            );
            statement.bindVarchar(1, json);
            await statement.run();
        }
        const found = await connection.runAndReadAll(
            `SELECT nr, ${checkSql(table, { peildatum: PEILDATUM })} FROM t ORDER BY nr`,
        );
        const verdicts = found.getRows();
        expect(verdicts).toHaveLength(rows.length);
        const differing = rows.flatMap((row, index) => {
            const zod = checkRow(table, row, { peildatum: PEILDATUM });
            const sql = verdicts[index]?.[1] ?? null;
            return zod === sql ? [] : [{ row, zod, sql }];
        });
        expect(differing.slice(0, 3)).toEqual([]);
        expect(new Set(verdicts.map(([, problem]) => problem)).size).toBeGreaterThan(1);
        connection.closeSync();
        instance.closeSync();
    },
);

test("the invented row of every table is without problems", () => {
    for (const table of CONTRACT.values()) {
        const row = exampleRow(table);
        expect([table.name, checkRow(table, row, { peildatum: PEILDATUM })]).toEqual([table.name, null]);
    }
});

test.each([
    ["measured after the peildatum", { measured_on: "2024-07-01" }, "na_peildatum"],
    ["measured before 1990", { measured_on: "1989-12-31" }, "voor_1990"],
    ["measured on the peildatum itself", { measured_on: PEILDATUM }, null],
    ["an HbA1c of 7,2, which is in the old unit", { value: 7.2 }, "buiten_bereik"],
    ["the lowest possible HbA1c", { value: 10 }, null],
    ["a value and an answer", { answer: "ja" }, "waarde_onleesbaar"],
    ["an answer with a comparator", { value: null, answer: "ja" }, "waarde_onleesbaar"],
    ["no patient", { patient_id: null }, "veld_ontbreekt"],
    ["a bepaling without a known range", { nhg_number: 99999, value: -4 }, null],
])("a measurement with %s", (_, change, problem) => {
    const table = CONTRACT.get("measurements") ?? expect.fail();
    const row = { ...exampleRow(table), ...change };
    expect(checkRow(table, row, { peildatum: PEILDATUM })).toBe(problem);
});
