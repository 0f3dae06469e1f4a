import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../pipelines/engine.ts";
import { openDuckDBEngine } from "../pipelines/engines/duckdb.ts";
import { readQueries } from "../pipelines/query.ts";
import { readIndicator } from "../pipelines/refresh/indicator.ts";
import { runExample, type Standing, sorted } from "./support/example-runner.ts";

const queries = await readQueries();
const indicators = [...queries.values()].filter((query) => query.layer === "indicators");

describe("elk uitgewerkt voorbeeld klopt", () => {
    let engine: Engine;
    const standing: Standing = new Map();
    beforeAll(async () => {
        engine = await openDuckDBEngine({ memory: "500MB", threads: 1, temp: tmpdir() });
    });
    afterAll(() => engine.close());

    for (const query of indicators) {
        for (const example of query.examples) {
            it(`${query.id}: ${example.title}`, async () => {
                expect(await runExample(engine, queries, query, example, standing)).toEqual(
                    sorted(example.expect.rows),
                );
            });
        }
    }
});

describe("elke definitie is volledig", () => {
    for (const query of indicators) {
        it(`${query.id} heeft een geldige kop en een voorbeeld`, () => {
            expect(readIndicator(query).id).toBe(query.id);
            expect(query.examples.length).toBeGreaterThan(0);
        });
    }
});
