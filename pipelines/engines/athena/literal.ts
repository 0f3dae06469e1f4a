// Values in the text of a query. Athena takes its parameters as SQL literals too (ExecutionParameters), so text is quoted
// by whoever sends it: here, by type, and nowhere else.
import type { Cell, ColumnType } from "../../engine.ts";

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const momentForm = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/;

/**
 * A literal of exactly this type, which Trino and DuckDB read alike. Throws when the cell is not of the type; the cell is not
 * in the message.
 */
export function typedLiteral(cell: Cell, type: ColumnType): string {
    if (cell === null) return `cast(null as ${type.toLowerCase()})`;
    const text = textOf(cell, type);
    if (text === null)
        throw new Error(`Een waarde voor een vraag is geen ${type}; zet haar om voordat zij naar de engine gaat.`);
    return text;
}

function textOf(cell: string | number | bigint | boolean, type: ColumnType): string | null {
    switch (type) {
        case "BOOLEAN":
            return typeof cell === "boolean" ? String(cell) : null;
        case "INTEGER":
            return isWhole(cell, 32) ? `cast(${cell} as integer)` : null;
        case "BIGINT":
            return isWhole(cell, 64) ? bigintText(BigInt(cell as number | bigint)) : null;
        case "DOUBLE":
            return typeof cell === "number" && Number.isFinite(cell) ? doubleText(cell) : null;
        case "VARCHAR":
            return typeof cell === "string" && isText(cell) ? quoted(cell) : null;
        case "DATE":
            return isDay(cell) ? `date ${quoted(cell)}` : null;
        case "TIMESTAMP":
            return typeof cell === "string" && momentForm.test(cell) && isDay(cell.slice(0, 10))
                ? `timestamp ${quoted(cell)}`
                : null;
    }
}

function isWhole(cell: string | number | bigint | boolean, bits: number): boolean {
    if (typeof cell === "number" ? !Number.isSafeInteger(cell) : typeof cell !== "bigint") return false;
    return BigInt.asIntN(bits, BigInt(cell)) === BigInt(cell);
}

/** The smallest bigint has no literal of its own: the minus is not part of a number, and its positive is too large. */
function bigintText(value: bigint): string {
    return value === -(2n ** 63n) ? `(cast(${value + 1n} as bigint) - 1)` : `cast(${value} as bigint)`;
}

/** With an exponent, so that neither engine takes it for a decimal; the sign of a zero is kept. */
const doubleText = (value: number): string =>
    `cast(${Object.is(value, -0) ? "-0e0" : value.toExponential()} as double)`;

/** Half of a pair of surrogates has no bytes, and DuckDB ends text at a zero. */
const isText = (text: string): boolean => !/[\p{Surrogate}\0]/u.test(text);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function isDay(cell: string | number | bigint | boolean): cell is string {
    return (
        typeof cell === "string" &&
        dayForm.test(cell) &&
        !Number.isNaN(Date.parse(cell)) &&
        new Date(cell).toISOString().startsWith(cell)
    );
}
