import { TrinoSQL } from "dt-sql-parser/dist/parser/trino/index.js";
import { describe, expect, it } from "vitest";
import { readQueries } from "../pipelines/query.ts";

/**
 * Functions that mean the same on DuckDB and on Trino, as they are used here (aws.md §5): a new one is tried on both
 * before it joins the list. Casts, case, coalesce and the like are grammar, not functions.
 */
const allowed = new Set(
    "abs bool_and bool_or cast ceil coalesce count date_diff day exists filter floor from greatest in lag lead least length lower lpad max max_by min min_by month nullif over quarter rank replace round row_number rows split sqrt substr sum trim try_cast unnest upper values year and or on as not when then else by".split(
        " ",
    ),
);

/** DuckDB makes a timestamp of a date and an interval, Trino a date: cast back, both are the same date (aws.md §5). */
const datedInterval = /cast\([a-z_.()]+ [+-] interval '' (day|month|year) as date\)/g;

/** Spellings that DuckDB accepts and Trino does not, or that mean something else there. */
const banned: [string, RegExp][] = [
    ["::", /::/],
    ["qualify", /\bqualify\b/],
    ["group by all", /\bgroup by all\b/],
    ["exclude", /\bexclude\b/],
    ["asof", /\basof\b/],
    ["list syntax", /\[[^\]]*\]/],
    ["right join", /\bright join\b/],
    ["using", /\busing\b/],
    ["interval arithmetic that is not cast back to a date", /\binterval\b/],
    ["date_diff other than day", /date_diff\((?!'day')/],
    ["a decimal literal without exponent", /\b\d+\.\d+(?!e)\b/],
];

describe("every query is SQL that both engines read alike", async () => {
    const trino = new TrinoSQL();
    for (const query of (await readQueries()).values()) {
        it(`${query.layer}/${query.id} parses as Trino and uses only shared words`, () => {
            expect(trino.validate(query.body).map((error) => error.message)).toEqual([]);
            const bare = query.body.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");
            const own = [...bare.matchAll(/([a-z_0-9]+)(?: \([a-z0-9_, ]*\))? as \(/g)].map((match) => match[1]);
            const tables = [...bare.matchAll(/\bas ([a-z_0-9]+) \(/g)].map((match) => match[1]);
            const calls = [...bare.matchAll(/\b([a-z_][a-z0-9_]*)\s*\(/g)].map((match) => match[1] ?? "");
            expect(calls.filter((name) => !allowed.has(name) && !own.includes(name) && !tables.includes(name))).toEqual(
                [],
            );
            const quoted = query.body.replace(/--.*$/gm, "");
            expect(
                banned
                    .filter(([, pattern]) =>
                        pattern.test(quoted.replace(/'(?!day')[^']*'/g, "''").replace(datedInterval, "")),
                    )
                    .map(([name]) => name),
            ).toEqual([]);
            expect(bare).toBe(bare.toLowerCase());
        });
    }
});
