// Where the same words mean something else on DuckDB, these make them mean what they mean on Trino, and so on Athena. Found
// by running the same expressions on both (tests/outside); what cannot be made equal is kept out of queries instead
// (tests/portability.test.ts), with the reason in tests/support/engine-differences.ts.

/** Statements for a fresh connection. */
export const trinoShim: readonly string[] = [
    // 5 / 2 of whole numbers is 2 on Trino, 2.5 on DuckDB
    "set integer_division = true",
    // null when any of them is null; DuckDB leaves nulls out
    nullWhenAny("greatest"),
    nullWhenAny("least"),
];

function nullWhenAny(name: string): string {
    const of = (names: string[]): string =>
        `(${names.join(", ")}) as case when ${names.map((one) => `${one} is null`).join(" or ")} then null else system.main.${name}(${names.join(", ")}) end`;
    return `create or replace macro ${name} ${of(["a", "b"])}, ${of(["a", "b", "c"])}`;
}
