// The lake's tables as Athena reads them: definitions for the Glue Data Catalog, made from the contract.
import { CONTRACT } from "./contract.ts";
import { KEYS } from "./lake.ts";
import { columnsOf, type SqlType } from "./table.ts";

export interface GlueColumn {
    Name: string;
    Type: string;
    Comment?: string;
}

/** `TableInput` of Glue's CreateTable, and the `TableInput` property of CloudFormation's AWS::Glue::Table. */
export interface GlueTable {
    Name: string;
    Description?: string;
    TableType: "EXTERNAL_TABLE";
    Parameters: Record<string, string>;
    PartitionKeys: GlueColumn[];
    StorageDescriptor: {
        Columns: GlueColumn[];
        Location: string;
        InputFormat: string;
        OutputFormat: string;
        SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
    };
}

const glueTypes: Record<SqlType, string> = {
    BOOLEAN: "boolean",
    INTEGER: "int",
    BIGINT: "bigint",
    DOUBLE: "double",
    VARCHAR: "string",
    DATE: "date",
};

/**
 * One table per table of the contract, over the lake at `location` (`s3://bucket/prefix`). Which files it reads stands in the
 * text manifest of the release that the query names: `where release = '...'` is obligatory, and nothing is registered in Glue
 * when a delivery comes in.
 */
export function glueTables(location: string): GlueTable[] {
    return [...CONTRACT.values()].map((table) => ({
        Name: table.name,
        Description: table.meaning,
        TableType: "EXTERNAL_TABLE",
        Parameters: {
            EXTERNAL: "TRUE",
            classification: "parquet",
            "projection.enabled": "true",
            "projection.release.type": "injected",
            // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills this in
            "storage.location.template": `${location}/${KEYS.manifestsOf(table.name, "${release}")}`,
        },
        PartitionKeys: [{ Name: "release", Type: "string", Comment: "Uitgave van het meer" }],
        StorageDescriptor: {
            Columns: columnsOf(table).map(({ name, sqlType, about }) => ({
                Name: name,
                Type: glueTypes[sqlType],
                Comment: about.meaning,
            })),
            Location: `${location}/${KEYS.manifestsOf(table.name)}`,
            InputFormat: "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
            OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo: {
                SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                Parameters: { "serialization.format": "1" },
            },
        },
    }));
}
