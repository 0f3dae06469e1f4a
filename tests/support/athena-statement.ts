import type { GlueTable } from "../../pipelines/glue.ts";

/** The statements that the engine sends, taken apart as Athena would. */
export type Statement =
    | { kind: "unload"; select: string; folder: string }
    | { kind: "create-as"; table: string; select: string }
    | { kind: "external"; table: string; definition: GlueTable }
    | { kind: "drop"; table: string }
    | { kind: "select"; select: string };

export function statementOf(sql: string): Statement {
    const unload = /^unload \(\n([\s\S]*)\n\) to '([^']+)' with \(format = 'PARQUET', compression = 'ZSTD'\)$/.exec(
        sql,
    );
    if (unload) return { kind: "unload", select: unload[1] ?? "", folder: unload[2] ?? "" };
    const createAs =
        /^create table ([a-z0-9_.]+) with \(format = 'PARQUET', write_compression = 'ZSTD'\) as\n([\s\S]*)$/.exec(sql);
    if (createAs) return { kind: "create-as", table: createAs[1] ?? "", select: createAs[2] ?? "" };
    const external = /^create external table ([a-z0-9_.]+) \((.*)\) stored as parquet location '([^']+)'$/.exec(sql);
    if (external) return { kind: "external", table: external[1] ?? "", definition: definitionOf(external) };
    const drop = /^drop table if exists ([a-z0-9_.]+)$/.exec(sql);
    if (drop) return { kind: "drop", table: drop[1] ?? "" };
    return { kind: "select", select: sql };
}

function definitionOf([, table = "", columns = "", location = ""]: RegExpExecArray): GlueTable {
    return {
        Name: table.split(".")[1] ?? "",
        TableType: "EXTERNAL_TABLE",
        Parameters: { EXTERNAL: "TRUE" },
        PartitionKeys: [],
        StorageDescriptor: {
            Columns: [...columns.matchAll(/`([^`]+)` ([a-z]+)/g)].map(([, Name = "", Type = ""]) => ({ Name, Type })),
            Location: location,
            InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            OutputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            SerdeInfo: {
                SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                Parameters: { "serialization.format": "1" },
            },
        },
    };
}
