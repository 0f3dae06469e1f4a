/** A spelling that the two engines read differently, in spite of the shim, and what a query writes instead. */
export interface EngineDifference {
    name: string;
    /** The value on each; null where it is null, and "error" where the engine refuses. */
    sql: string;
    duckdb: string | null;
    trino: string | null;
    reason: string;
    instead: string;
}

/**
 * Known and left: no shim can change them, so no query may lean on them. Generated queries stay clear of these, DuckDB's side
 * is tested in `npm test` and Trino's in `npm run test:trino`: one that goes away is taken off the list.
 */
export const engineDifferences: readonly EngineDifference[] = [
    {
        name: "division by zero",
        sql: "select cast(1 / cast(0 as integer) as varchar)",
        duckdb: null,
        trino: "error",
        reason: "DuckDB gives null, Trino refuses whole numbers and gives infinity for doubles",
        instead: "nullif(denominator, 0)",
    },
    {
        name: "doubles divided by zero",
        sql: "select case when 1e0 / 0e0 is null then 'null' else 'infinity' end",
        duckdb: "null",
        trino: "infinity",
        reason: "as above",
        instead: "nullif(denominator, 0e0)",
    },
    {
        name: "root of a negative number",
        sql: "select case when sqrt(-1e0) is null then 'null' else 'not a number' end",
        duckdb: "error",
        trino: "not a number",
        reason: "DuckDB refuses, Trino goes on with NaN",
        instead: "a case around it, or a square that cannot be negative",
    },
    {
        name: "doubles to whole numbers",
        sql: "select cast(cast(2.5e0 as integer) as varchar)",
        duckdb: "2",
        trino: "3",
        reason: "half to even against half away from zero",
        instead: "round, floor or ceil before the cast",
    },
    {
        name: "trim of other blanks",
        sql: "select '[' || trim('\ta\t') || ']'",
        duckdb: "[\ta\t]",
        trino: "[a]",
        reason: "DuckDB takes away spaces only, Trino whatever is blank",
        instead: "nothing: text is trimmed at the door",
    },
    {
        name: "capital of ß",
        sql: "select upper('ß')",
        duckdb: "ẞ",
        trino: "ß",
        reason: "each has its own table of letters",
        instead: "lower and upper only of what is compared with plain letters",
    },
    {
        name: "substr from place 0",
        sql: "select '[' || substr('abc', 0, 2) || ']'",
        duckdb: "[a]",
        trino: "[]",
        reason: "DuckDB counts the place before the first, Trino knows none",
        instead: "places from 1",
    },
    {
        name: "replace of nothing",
        sql: "select replace('ab', '', '-')",
        duckdb: "ab",
        trino: "-a-b-",
        reason: "Trino finds nothing between all letters",
        instead: "a search text that is not empty",
    },
    {
        name: "doubles as text",
        sql: "select cast(1e0 as varchar)",
        duckdb: "1.0",
        trino: "1.0E0",
        reason: "each has its own notation",
        instead: "whole numbers as text only; pages write numbers",
    },
    {
        name: "reading text as a number",
        sql: "select cast(try_cast('5.7' as integer) as varchar)",
        duckdb: "6",
        trino: null,
        reason: "DuckDB rounds what it reads",
        instead: "nothing: ingest reads numbers",
    },
    {
        name: "the sum of whole numbers",
        sql: "select lower(typeof(sum(x))) from (values (1), (2)) as t (x)",
        duckdb: "hugeint",
        trino: "bigint",
        reason: "DuckDB widens, and Parquet has no such type",
        instead: "cast(sum(x) as bigint) in what a query gives",
    },
];
