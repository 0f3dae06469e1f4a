import { tmpdir } from "node:os";
import { TrinoSQL } from "dt-sql-parser/dist/parser/trino/index.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../pipelines/engine.ts";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { engineDifferences } from "./support/engine-differences.ts";
import { factColumns, factRows, generatedQuery } from "./support/generated-expressions.ts";

let engine: Engine;
beforeAll(async () => {
    engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: tmpdir() });
});
afterAll(() => engine.close());

describe("a generated query in the shared subset", () => {
    it("parses as Trino and runs on DuckDB, whatever the rows", async () => {
        const trino = new TrinoSQL();
        await fc.assert(
            fc.asyncProperty(
                factRows,
                fc.array(generatedQuery, { minLength: 2, maxLength: 2 }),
                async (rows, queries) => {
                    await engine.load("facts", factColumns, rows);
                    for (const query of queries) {
                        expect(trino.validate(query).map(({ message }) => message)).toEqual([]);
                        await engine.materialise("answered", query);
                    }
                },
            ),
            { numRuns: process.env.PROVE === "1" ? 300 : 5, seed: 11 },
        );
    });
});

describe("what the engines read differently is known", () => {
    for (const { name, sql, duckdb } of engineDifferences)
        it(`${name}: DuckDB`, async () => {
            const rows = await engine.rows(sql).catch(() => [{ value: "error" }]);
            expect(Object.values(rows[0] ?? {})).toEqual([duckdb]);
        });
});
