import fc from "fast-check";
import type { Cell, Columns } from "../../pipelines/engine.ts";

/** SQL of a type, over the columns of `facts`. */
type Sql = fc.Arbitrary<string>;

/** What generated expressions read: a key and two columns of each type that may be null. */
export const factColumns: Columns = {
    id: "INTEGER",
    i1: "INTEGER",
    i2: "INTEGER",
    b1: "BIGINT",
    d1: "DOUBLE",
    d2: "DOUBLE",
    s1: "VARCHAR",
    s2: "VARCHAR",
    day1: "DATE",
    day2: "DATE",
    is1: "BOOLEAN",
};

const words = [
    "",
    "a",
    "A20",
    "T90.02",
    "ja",
    "nee",
    "rookt",
    "  x",
    "e\u0301é",
    "Ü",
    "3201 3202",
    "it's",
    "%_",
    "漢字",
];
const days = ["1899-12-31", "1990-01-01", "2000-02-29", "2022-12-31", "2023-01-01", "2024-02-29", "2024-06-30"];
const doubles = [0, -0.5, 0.1, 1 / 3, 2.5, -2.5, 47.999, 1e9, -1e-9, 53];

const cells: Record<string, fc.Arbitrary<Cell>> = {
    INTEGER: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0, 1, -1, 2816)),
    BIGINT: fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom<Cell>(2 ** 40, -(2 ** 40))),
    DOUBLE: fc.constantFrom(...doubles),
    VARCHAR: fc.constantFrom(...words),
    DATE: fc.constantFrom(...days),
    BOOLEAN: fc.boolean(),
};

/** Rows of `facts`: keys from 1, everything else now and then null. */
export const factRows: fc.Arbitrary<Cell[][]> = fc
    .array(
        fc.tuple(
            ...Object.entries(factColumns)
                .slice(1)
                .map(([, type]) => fc.option(cells[type] ?? fc.constant(null), { freq: 4 })),
        ),
        { minLength: 12, maxLength: 30 },
    )
    .map((rows) => rows.map((row, at) => [at + 1, ...row]));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const columnsOf = (type: string): Sql =>
    fc.constantFrom(...Object.keys(factColumns).filter((name) => factColumns[name] === type && name !== "id"));

/** Number, text, day and truth by turns, no deeper than `depth`. */
interface Grammar {
    integer: Sql;
    double: Sql;
    text: Sql;
    day: Sql;
    truth: Sql;
}

/** A case, coalesce or nullif of one type: how types meet nulls. */
function chosen(of: Sql, truth: Sql): Sql {
    return fc.oneof(
        fc.tuple(truth, of, of).map(([when, then, other]) => `case when ${when} then ${then} else ${other} end`),
        fc.tuple(truth, of).map(([when, then]) => `case when ${when} then ${then} end`),
        fc.tuple(of, of).map(([first, second]) => `coalesce(${first}, ${second})`),
        fc.tuple(of, of).map(([first, second]) => `nullif(${first}, ${second})`),
    );
}

const extreme = (of: Sql): Sql =>
    fc
        .tuple(fc.constantFrom("greatest", "least"), fc.array(of, { minLength: 2, maxLength: 3 }))
        .map(([name, some]) => `${name}(${some.join(", ")})`);

function leaves(): Grammar {
    return {
        integer: fc.oneof(
            columnsOf("INTEGER"),
            fc.integer({ min: -9, max: 9 }).map((n) => `(${n})`),
        ),
        double: fc.oneof(
            columnsOf("DOUBLE"),
            fc.constantFrom(...doubles).map((n) => `(${n.toExponential()})`),
        ),
        text: fc.oneof(columnsOf("VARCHAR"), fc.constantFrom(...words).map(quoted)),
        day: fc.oneof(
            columnsOf("DATE"),
            fc.constantFrom(...days).map((day) => `date ${quoted(day)}`),
        ),
        truth: fc.oneof(columnsOf("BOOLEAN"), fc.constantFrom("true", "false")),
    };
}

function comparison(of: Sql): Sql {
    const sign = fc.constantFrom("=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from");
    return fc.oneof(
        fc.tuple(of, sign, of).map(([left, word, right]) => `(${left} ${word} ${right})`),
        fc.tuple(of, of, of).map(([one, low, high]) => `(${one} between ${low} and ${high})`),
        fc
            .tuple(of, fc.array(of, { minLength: 1, maxLength: 3 }))
            .map(([one, some]) => `(${one} in (${some.join(", ")}))`),
        of.map((one) => `(${one} is null)`),
    );
}

function deeper(inner: Grammar): Grammar {
    const { integer, double, text, day, truth } = inner;
    const sign = fc.constantFrom("+", "-", "*");
    const place = fc.integer({ min: 1, max: 4 });
    return {
        integer: fc.oneof(
            integer,
            chosen(integer, truth),
            extreme(integer),
            fc.tuple(integer, sign, integer).map(([left, word, right]) => `(${left} ${word} ${right})`),
            fc.tuple(integer, integer).map(([left, right]) => `(${left} / nullif(${right}, 0))`),
            fc.tuple(integer, fc.integer({ min: 1, max: 12 })).map(([left, right]) => `(${left} / ${right})`),
            integer.map((one) => `abs(${one})`),
            fc
                .tuple(fc.constantFrom("year", "month", "day", "quarter"), day)
                .map(([name, of]) => `cast(${name}(${of}) as integer)`),
            fc.tuple(day, day).map(([from, to]) => `cast(date_diff('day', ${from}, ${to}) as integer)`),
            text.map((one) => `cast(length(${one}) as integer)`),
            fc
                .tuple(fc.constantFrom("round", "floor", "ceil"), fc.constantFrom("d1", "d2", "d1 * 3e0"))
                .map(([name, of]) => `cast(${name}(${of}) as bigint) % 7`),
            fc.tuple(truth, integer).map(([when, one]) => `case when not ${when} then ${one} else 0 end`),
        ),
        double: fc.oneof(
            double,
            chosen(double, truth),
            extreme(double),
            fc.tuple(double, sign, double).map(([left, word, right]) => `(${left} ${word} ${right})`),
            fc.tuple(double, double).map(([left, right]) => `(${left} / nullif(${right}, 0e0))`),
            fc.tuple(integer, integer).map(([left, right]) => `(cast(${left} as double) / nullif(${right}, 0))`),
            fc.tuple(fc.constantFrom("round", "floor", "ceil", "abs"), double).map(([name, one]) => `${name}(${one})`),
            double.map((one) => `sqrt(abs(${one}))`),
        ),
        text: fc.oneof(
            text,
            chosen(text, truth),
            extreme(text),
            fc.tuple(text, text).map(([left, right]) => `(${left} || ${right})`),
            text.map((one) => `lower(${one})`),
            fc
                .tuple(text, place, fc.integer({ min: 0, max: 5 }))
                .map(([one, from, long]) => `substr(${one}, ${from}, ${long})`),
            fc
                .tuple(text, fc.constantFrom("a", "20", " ", "é"))
                .map(([one, sought]) => `replace(${one}, ${quoted(sought)}, '-')`),
            fc
                .tuple(text, place, fc.constantFrom("0", "ab"))
                .map(([one, long, fill]) => `lpad(${one}, ${long}, ${quoted(fill)})`),
            integer.map((one) => `cast(${one} as varchar)`),
            day.map((one) => `cast(${one} as varchar)`),
            truth.map((one) => `cast(${one} as varchar)`),
        ),
        day: fc.oneof(
            day,
            chosen(day, truth),
            extreme(day),
            day.map((one) => `cast(cast(${one} as varchar) as date)`),
        ),
        truth: fc.oneof(
            truth,
            comparison(integer),
            comparison(double),
            comparison(text),
            comparison(day),
            fc
                .tuple(truth, fc.constantFrom("and", "or"), truth)
                .map(([left, word, right]) => `(${left} ${word} ${right})`),
            truth.map((one) => `(not ${one})`),
            fc
                .tuple(text, fc.constantFrom("a%", "%0%", "_a%", ""))
                .map(([one, form]) => `(${one} like ${quoted(form)})`),
        ),
    };
}

const grammar = deeper(deeper(leaves()));
const anyOf = fc.oneof(...Object.values(grammar));

/** Sums of doubles in a fixed order only: the order of the rows decides their last digits, and the comparison allows for it. */
const aggregate: Sql = fc.oneof(
    fc.constant("count(*)"),
    anyOf.map((of) => `count(${of})`),
    anyOf.map((of) => `count(distinct ${of})`),
    grammar.truth.map((when) => `count(*) filter (where ${when})`),
    grammar.integer.map((of) => `cast(sum(${of}) as bigint)`),
    grammar.double.map((of) => `sum(round(${of}))`),
    fc
        .tuple(fc.constantFrom("min", "max"), fc.oneof(grammar.integer, grammar.text, grammar.day))
        .map(([name, of]) => `${name}(${of})`),
    fc.tuple(fc.constantFrom("bool_and", "bool_or"), grammar.truth).map(([name, of]) => `${name}(${of})`),
);

const window: Sql = fc
    .tuple(
        fc.oneof(
            fc.constantFrom("row_number()", "rank()"),
            fc
                .tuple(fc.constantFrom("lag", "lead"), fc.oneof(grammar.integer, grammar.text, grammar.day))
                .map(([name, of]) => `${name}(${of})`),
            grammar.integer.map((of) => `cast(sum(${of}) over (order by id) as bigint)`),
        ),
        fc.oneof(grammar.integer, grammar.text, grammar.truth),
        fc.oneof(grammar.integer, grammar.day, grammar.double, grammar.text),
        fc.constantFrom("nulls first", "nulls last", "desc nulls last"),
    )
    .map(([call, by, order, nulls]) =>
        call.includes(" over ") ? call : `${call} over (partition by ${by} order by ${order} ${nulls}, id)`,
    );

/** A query over `facts` in the shared subset, with columns `c0`, `c1` and so on; its rows have no order. */
export const generatedQuery: Sql = fc.oneof(
    { weight: 3, arbitrary: fc.array(fc.oneof(anyOf, window), { minLength: 6, maxLength: 12 }).map(selection("id")) },
    {
        weight: 1,
        arbitrary: fc
            .tuple(
                fc.oneof(grammar.integer, grammar.text, grammar.truth, grammar.day),
                fc.array(aggregate, { minLength: 3, maxLength: 8 }),
            )
            .map(([by, some]) => `${selection(`${by} as grouped`)(some)} group by ${by}`),
    },
    {
        weight: 1,
        arbitrary: fc
            .tuple(grammar.truth, grammar.text)
            .map(
                ([when, of]) =>
                    `with counted as (select id, ${of} as word from facts where ${when}) select counted.id, pieces.piece as c0, other.id as c1 from counted cross join unnest(split(counted.word, ' ')) as pieces (piece) left join counted as other on counted.word = other.word and counted.id < other.id`,
            ),
    },
);

function selection(first: string): (some: unknown[]) => string {
    return (some) => `select ${[first, ...some.map((sql, at) => `${sql} as c${at}`)].join(", ")} from facts`;
}
