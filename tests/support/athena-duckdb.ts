import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atMost } from "../../pipelines/at-most.ts";
import { openDuckDB } from "../../pipelines/duckdb.ts";
import { columnsFrom } from "../../pipelines/engines/athena/tables.ts";
import { trinoShim } from "../../pipelines/engines/duckdb/shim.ts";
import { literal, nullColumns } from "../../pipelines/engines/duckdb.ts";
import type { GlueColumn, GlueTable } from "../../pipelines/glue.ts";
import { type AthenaBackend, keyOf, type Written } from "./athena-stand-in.ts";
import type { BucketContent } from "./s3-stand-in-objects.ts";

/** DuckDB behind the stand-in for Athena: it reads and writes the objects of a bucket by the definitions in Glue. */
export async function duckdbBackend(bucket: BucketContent, tables: Map<string, GlueTable>): Promise<AthenaBackend> {
    const folder = await mkdtemp(join(tmpdir(), "athena-duckdb-"));
    const opened = await openDuckDB({ memory: "1GB", threads: 2, temp: join(folder, "temp") });
    const { connection } = opened;
    for (const statement of trinoShim) await connection.run(statement);
    const turn = atMost(1);
    const copied = new Set<string>();
    let scanned = 0;

    const copyOf = async (key: string): Promise<string> => {
        const object = bucket.current(key);
        if (!object?.body) throw new Error(`HIVE_CANNOT_OPEN_SPLIT: a manifest names ${key}, which is not there`);
        scanned += object.body.length;
        const path = join(folder, `${object.etag.replaceAll('"', "")}.parquet`);
        if (!copied.has(path)) await writeFile(path, object.body);
        copied.add(path);
        return path;
    };
    const below = (address: string): string[] => bucket.keys().filter((key) => key.startsWith(keyOf(address)));
    const columnNames = (table: GlueTable): string =>
        table.StorageDescriptor.Columns.map(({ Name }) => Name).join(", ");

    /** The rows of some files, or none with the right types. */
    const rowsOf = async (table: GlueTable, keys: string[]): Promise<string> => {
        if (keys.length === 0) {
            const described = table.StorageDescriptor.Columns.map(({ Name, Type }) => ({ name: Name, type: Type }));
            return `select ${nullColumns(columnsFrom(table.Name, described))} where false`;
        }
        const paths = await Promise.all(keys.map(copyOf));
        return `select ${columnNames(table)} from read_parquet([${paths.map(literal).join(", ")}], hive_partitioning=false)`;
    };

    /** A table whose partition is injected: the files in the manifest of each release that the query names. */
    const byRelease = async (name: string, table: GlueTable, sql: string): Promise<string> => {
        const named = [...sql.matchAll(new RegExp(`from ${name} where release = '([^']+)'`, "g"))].map(([, id]) => id);
        if (named.length !== [...sql.matchAll(new RegExp(`\\b${name}\\b`, "g"))].length)
            throw new Error("CONSTRAINT_VIOLATION: the injected column needs an equality in the where clause");
        const template = table.Parameters["storage.location.template"] ?? "";
        const parts = [...new Set(named)].map(async (release = "") => {
            const manifests = below(template.replace(/\$\{release\}/, release));
            const lines = manifests.flatMap((key) => String(bucket.current(key)?.body ?? "").split("\n"));
            const keys = lines.filter((line) => line !== "").map(keyOf);
            return `select *, ${literal(release)} as release from (${await rowsOf(table, keys)})`;
        });
        return (await Promise.all(parts)).join(" union all ");
    };

    const prepare = async (sql: string): Promise<void> => {
        for (const [name, table] of tables) {
            if (!new RegExp(`\\b${name}\\b`).test(sql)) continue;
            await connection.run(`create schema if not exists ${name.split(".")[0]}`);
            const rows =
                table.PartitionKeys.length > 0
                    ? await byRelease(name, table, sql)
                    : await rowsOf(table, below(`${table.StorageDescriptor.Location.replace(/\/$/, "")}/`));
            await connection.run(`create or replace view ${name} as ${rows}`);
        }
    };

    const write = async (select: string, address: string): Promise<Written & { path: string }> => {
        scanned = 0;
        await prepare(select);
        const path = join(folder, "rows.parquet");
        await connection.run(`copy (${select}) to ${literal(path)} (format parquet, compression zstd)`);
        const [row] = (await connection.runAndReadAll(`select count(*) from ${literal(path)}`)).getRows();
        // like Trino: no rows, no file
        if (Number(row?.[0]) > 0) bucket.write(`${keyOf(address)}part-0`, { body: await readFile(path), metadata: {} });
        return { scannedBytes: scanned, path };
    };

    await mkdir(join(folder, "temp"));
    return {
        write: (select, address) => turn(() => write(select, address)),
        createTable: (name, select, address) =>
            turn(async () => {
                const written = await write(select, address);
                const described = await connection.runAndReadAll(`describe select * from ${literal(written.path)}`);
                const columns = described.getRows().map(([column, type]) => ({
                    Name: String(column),
                    Type: glueTypes[String(type)] ?? String(type).toLowerCase(),
                }));
                tables.set(name, definitionOf(name, address, columns));
                return written;
            }),
        async close() {
            opened.close();
            await rm(folder, { recursive: true, force: true });
        },
    };
}

const glueTypes: Record<string, string> = { INTEGER: "int", VARCHAR: "string" };

function definitionOf(name: string, location: string, columns: GlueColumn[]): GlueTable {
    return {
        Name: name.split(".")[1] ?? "",
        TableType: "EXTERNAL_TABLE",
        Parameters: {},
        PartitionKeys: [],
        StorageDescriptor: {
            Columns: columns,
            Location: location,
            InputFormat: "",
            OutputFormat: "",
            SerdeInfo: { SerializationLibrary: "", Parameters: {} },
        },
    };
}
