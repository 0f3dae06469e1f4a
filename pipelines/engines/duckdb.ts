// The engine for one machine. Tables live in memory and spill to a temporary folder.
import { type DuckDBConnection, DuckDBDateValue, type DuckDBValue } from "@duckdb/node-api";
import { atMost } from "../at-most.ts";
import { type DuckDBSettings, openDuckDB } from "../duckdb.ts";
import type { Cell, Columns, Engine } from "../engine.ts";

/** Opens a DuckDB engine; `close` frees its memory and files. */
export async function openDuckDBEngine(settings: DuckDBSettings): Promise<Engine> {
    const opened = await openDuckDB(settings);
    const others = await Promise.all(Array.from({ length: settings.threads - 1 }, () => opened.instance.connect()));
    const connection = takingTurns([opened.connection, ...others]);
    return {
        // A query over few rows keeps one thread busy, so that there is one query under way per thread.
        atOnce: settings.threads,
        async attach(name, columns, files) {
            await connection.run(`drop view if exists ${name}`);
            if (files.length === 0) {
                await connection.run(`create or replace view ${name} as select ${nullColumns(columns)} where false`);
                return;
            }
            const listed = files.map(literal).join(", ");
            const selected = Object.entries(columns).map(([column, type]) => `cast(${column} as ${type}) as ${column}`);
            await connection.run(
                `create view ${name} as select ${selected.join(", ")} from read_parquet([${listed}], hive_partitioning=false)`,
            );
        },
        async load(name, columns, rows) {
            const declared = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
            await connection.run(`create or replace table ${name} (${declared.join(", ")})`);
            for (let start = 0; start < rows.length; start += 1000) {
                const part = rows.slice(start, start + 1000).map((row) => `(${row.map(literal).join(", ")})`);
                await connection.run(`insert into ${name} values ${part.join(", ")}`);
            }
        },
        async materialise(name, sql) {
            await connection.run(`create or replace table ${name} as ${sql}`);
        },
        async define(name, sql) {
            await connection.run(`create or replace view ${name} as ${sql}`);
        },
        async append(name, sql) {
            await connection.run(`insert into ${name} ${sql}`);
        },
        async save(sql, path) {
            await connection.run(`copy (${sql}) to ${literal(path)} (format parquet, compression zstd)`);
        },
        async rows(sql) {
            const reader = await connection.runAndReadAll(sql);
            const names = reader.columnNames();
            return reader
                .getRows()
                .map((row) => Object.fromEntries(row.map((value, at) => [names[at] ?? "", cellOf(value)])));
        },
        async drop(name) {
            await connection.run(`drop table if exists ${name}`);
        },
        close() {
            for (const other of others) other.closeSync();
            opened.close();
        },
    };
}

/** One door to several connections of a database: a statement goes to one that is free, or waits for it. */
function takingTurns(connections: DuckDBConnection[]): Pick<DuckDBConnection, "run" | "runAndReadAll"> {
    const free = [...connections];
    const turn = atMost(connections.length);
    const through = <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
        turn(async () => {
            const connection = free.pop();
            if (!connection)
                throw new Error("Geen verbinding vrij, terwijl er hooguit zoveel vragen als verbindingen lopen.");
            try {
                return await work(connection);
            } finally {
                free.push(connection);
            }
        });
    return {
        run: (sql) => through((connection) => connection.run(sql)),
        runAndReadAll: (sql) => through((connection) => connection.runAndReadAll(sql)),
    };
}

function nullColumns(columns: Columns): string {
    return Object.entries(columns)
        .map(([column, type]) => `cast(null as ${type}) as ${column}`)
        .join(", ");
}

/** A SQL literal; text is quoted with quotes doubled. */
export function literal(cell: Cell): string {
    if (cell === null) return "null";
    if (typeof cell === "string") return `'${cell.replaceAll("'", "''")}'`;
    return String(cell);
}

function cellOf(value: DuckDBValue): Cell {
    if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        return value;
    if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    if (value instanceof DuckDBDateValue) return value.toString();
    throw new Error(
        `Een kolom van een vraag heeft een type dat geen engine belooft (${value.constructor.name}); zet de kolom om met cast.`,
    );
}
