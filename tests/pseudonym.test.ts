import { stat } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmacKeys, PSEUDONYM_SQL, pseudonymOf, readSecret } from "../pipelines/ingest/pseudonym.ts";
import { emptyLake } from "./support/delivery-files.ts";

test("the SQL pseudonym is the first 63 bits of the HMAC, for any text", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const secret = Buffer.alloc(32, 7);
    const texts = [
        "KAAS-0001",
        "",
        "é€𝄞",
        ...fc.sample(fc.string({ unit: "grapheme", maxLength: 64 }), { numRuns: 200, seed: 5 }),
    ].filter((text) => !text.includes("\0"));
    const { inner, outer } = hmacKeys(secret);
    const statement = await connection.prepare(
        `SELECT ${PSEUDONYM_SQL} FROM (SELECT '01900001' AS practice_id, $text AS patient)`,
    );
    for (const text of texts) {
        statement.bindBlob(statement.parameterIndex("inner"), inner);
        statement.bindBlob(statement.parameterIndex("outer"), outer);
        statement.bindVarchar(statement.parameterIndex("text"), text);
        const [row] = (await statement.runAndReadAll()).getRows();
        expect(row?.[0]).toBe(pseudonymOf(secret, "01900001", text));
    }
    connection.closeSync();
    instance.closeSync();
});

test("a pseudonym depends on secret and practice, and is a positive BIGINT", () => {
    const one = pseudonymOf(Buffer.alloc(32, 1), "01900001", "KAAS-0001");
    expect(one).not.toBe(pseudonymOf(Buffer.alloc(32, 2), "01900001", "KAAS-0001"));
    expect(one).not.toBe(pseudonymOf(Buffer.alloc(32, 1), "01900002", "KAAS-0001"));
    expect(one >= 0n && one < 2n ** 63n).toBe(true);
});

test("the secret is made once, beside the lake, for its owner only", async () => {
    const lake = await emptyLake();
    const secrets = await Promise.all(Array.from({ length: 8 }, () => readSecret(lake)));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString("hex"))).size).toBe(1);
    expect(lake.secretPath.startsWith(`${lake.location}/`)).toBe(false);
    expect((await stat(lake.secretPath)).mode & 0o777).toBe(0o600);
});
