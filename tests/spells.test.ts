import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readQueries } from "../pipelines/query.ts";

/**
 * Rows that are equal in what a spell is made of have no order, and an engine may take them in one order in one window and
 * in another order in the next. Many patients with many such rows, on several threads, are counted once each.
 */
const PATIENTS = 60_000;
const ROWS = 6 * PATIENTS;

describe("spells of patients with rows that are alike", () => {
    let database: DuckDBInstance;
    beforeAll(async () => {
        database = await DuckDBInstance.create(":memory:", { threads: "4" });
    });
    afterAll(() => database.closeSync());

    it.each([
        {
            spells: "stg_condition_spells",
            // two episodes in one month, each written more than once
            tables: [
                `create table episodes as
                 select 'p' as practice_id, 'patient ' || (i % ${PATIENTS}) as patient_id, 'T90.02' as icpc,
                     date '2018-11-02' + cast((i // ${PATIENTS}) % 3 as integer) as start_date,
                     cast(null as date) as end_date, 'actief' as status
                 from range(${ROWS}) as rows (i) order by hash(i)`,
                "create table stg_icpc_conditions as select 'T90.02' as icpc, 'dm2' as condition",
            ],
        },
        {
            spells: "stg_registrations",
            // one registration, written again with another street
            tables: [
                `create table patients as
                 select 'p' as practice_id, 'patient ' || (i % ${PATIENTS}) as patient_id, 'vast' as category,
                     date '2018-11-02' as registered_from, cast(null as date) as registered_until, i as other
                 from range(${ROWS}) as rows (i) order by hash(i)`,
            ],
        },
    ])("$spells: one spell each", async ({ spells, tables }) => {
        const connection = await database.connect();
        for (const table of tables) await connection.run(table);
        const query = (await readQueries()).get(spells);
        const answer = await connection.runAndReadAll(
            `select count(*), count(distinct patient_id) from (${query?.body})`,
        );
        expect(answer.getRows()).toEqual([[BigInt(PATIENTS), BigInt(PATIENTS)]]);
    });
});
