import { DuckDBInstance } from "@duckdb/node-api";

const RELATIVE = 1e-9;

/**
 * How two Parquet files differ as sets of rows with repetition, as sentences; empty when they are equal: whole numbers, text
 * and dates exactly, doubles within 1e-9 of their size.
 */
export async function differences(one: string, other: string): Promise<string[]> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
        (await connection.runAndReadAll(sql)).getRowObjectsJson();
    try {
        const typesOf = async (path: string): Promise<Map<string, string>> =>
            new Map(
                (await rows(`describe select * from '${path}'`)).map((row) => [
                    String(row.column_name),
                    String(row.column_type).replace("INTEGER", "BIGINT"),
                ]),
            );
        const [types, otherTypes] = [await typesOf(one), await typesOf(other)];
        const [left, right] = [types, otherTypes].map((columns) => JSON.stringify([...columns]));
        if (left !== right) return [`columns ${left} against ${right}`];
        const names = [...types.keys()];
        const doubles = names.filter((name) => types.get(name) === "DOUBLE");
        const exact = names.filter((name) => types.get(name) !== "DOUBLE");
        const numbered = (path: string): string =>
            `select *, row_number() over (partition by ${exact.join(", ")} order by ${[...doubles, "1"].join(", ")}) as copy from '${path}'`;
        const same = [...exact, "copy"].map((name) => `a.${name} is not distinct from b.${name}`).join(" and ");
        const close = doubles.map(
            (name) =>
                `(a.${name} is not distinct from b.${name} or abs(a.${name} - b.${name}) <= ${RELATIVE} * greatest(abs(a.${name}), abs(b.${name})))`,
        );
        const found = await rows(
            `select to_json(a) as one, to_json(b) as other
            from (${numbered(one)}) as a full outer join (${numbered(other)}) as b on ${same}
            where a.copy is null or b.copy is null ${close.length ? `or not (${close.join(" and ")})` : ""}
            limit 5`,
        );
        return found.map((row) => `${row.one} against ${row.other}`);
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}
