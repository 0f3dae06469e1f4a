import fc from "fast-check";
import type { Cell, ColumnType } from "../../pipelines/engine.ts";

/** Types whose cells come back from an engine as they went in. */
export const columnTypes = ["BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "VARCHAR", "DATE"] as const;

const day = fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

/** Whole numbers that fit come as numbers, so larger ones only as bigint. */
const bigint = fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

/** Text that tries to break out of its quotes, and text of every script. */
const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({
        unit: fc.constantFrom("'", '"', "\\", ";", "--", "/*", "\n", "\r", "?", "$", "{", "é", "\u2028", "'"),
    }),
);

const byType: Record<ColumnType, fc.Arbitrary<Cell>> = {
    BOOLEAN: fc.boolean(),
    INTEGER: fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 0)),
    BIGINT: fc.oneof(bigint, fc.constantFrom<Cell>(-(2n ** 63n), 2n ** 63n - 1n)),
    DOUBLE: fc.double({ noNaN: true, noDefaultInfinity: true }),
    VARCHAR: text.filter((value) => !/[\p{Surrogate}\0]/u.test(value)),
    DATE: day,
    TIMESTAMP: day.map((date) => `${date} 12:34:56`),
};

/** Any cell of a type, now and then none. */
export const anyCell = (type: ColumnType): fc.Arbitrary<Cell> => fc.option(byType[type], { freq: 8 });
