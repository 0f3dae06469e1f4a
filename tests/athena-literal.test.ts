import { tmpdir } from "node:os";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cell, ColumnType, Engine } from "../pipelines/engine.ts";
import { typedLiteral } from "../pipelines/engines/athena/literal.ts";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { anyCell, columnTypes } from "./support/cells-of-type.ts";

describe("a value in the text of a query", () => {
    let engine: Engine;
    beforeAll(async () => {
        engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: tmpdir() });
    });
    afterAll(() => engine.close());

    it("comes back as it was, of the type it was given, whatever is in it", async () => {
        const typed = fc.constantFrom(...columnTypes).chain((type) => anyCell(type).map((cell) => ({ type, cell })));
        const rows = fc.array(typed, { minLength: 1, maxLength: 40 });
        await fc.assert(
            fc.asyncProperty(rows, async (values) => {
                const columns = values.map(
                    ({ type, cell }, at) =>
                        `${typedLiteral(cell, type)} as c${at}, typeof(${typedLiteral(cell, type)}) as t${at}`,
                );
                const [row] = await engine.rows(`select ${columns.join(", ")}`);
                for (const [at, { type, cell }] of values.entries()) {
                    expect(row?.[`t${at}`]).toBe(type);
                    expect(row?.[`c${at}`]).toEqual(cell);
                }
            }),
            { numRuns: process.env.PROVE === "1" ? 1000 : 40, seed: 5 },
        );
    });

    it.each<[ColumnType, Cell]>([
        ["INTEGER", 2 ** 31],
        ["INTEGER", 1.5],
        ["BIGINT", 2n ** 63n],
        ["BIGINT", "1"],
        ["DOUBLE", Number.NaN],
        ["DOUBLE", Number.POSITIVE_INFINITY],
        ["VARCHAR", 1],
        ["VARCHAR", "\ud800"],
        ["VARCHAR", "a\0b"],
        ["DATE", "2024-02-30"],
        ["DATE", "2024-01-01' or 1=1 --"],
        ["TIMESTAMP", "2024-01-01"],
        ["BOOLEAN", 1],
    ])("of type %s is refused when it is %s, and the sentence does not repeat it", (type, cell) => {
        expect(() => typedLiteral(cell, type)).toThrow(`Een waarde voor een vraag is geen ${type}`);
    });
});
