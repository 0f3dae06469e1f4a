// The lake's tables as Athena reads them: definitions for the Glue Data Catalog, made from the contract.
import { CONTRACT } from "./contract.ts";
import type { ColumnType } from "./engine.ts";
import { KEYS } from "./lake.ts";
import { resultColumns } from "./refresh/results.ts";
import { columnsOf } from "./table.ts";

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

const glueTypes: Record<ColumnType, string> = {
    BOOLEAN: "boolean",
    INTEGER: "int",
    BIGINT: "bigint",
    DOUBLE: "double",
    VARCHAR: "string",
    DATE: "date",
    TIMESTAMP: "timestamp",
};

/**
 * One table per table of the contract, over the lake at `location` (`s3://bucket/prefix`). Which files it reads stands in the
 * text manifest of the release that the query names: `where release = '...'` is obligatory, and nothing is registered in Glue
 * when a delivery comes in.
 */
export function glueTables(location: string): GlueTable[] {
    const ofContract = [...CONTRACT.values()].map((table) => {
        const columns = columnsOf(table).map(({ name, sqlType, about }) => ({
            Name: name,
            Type: glueTypes[sqlType],
            Comment: about.meaning,
        }));
        return manifestTable(location, table.name, table.meaning, columns);
    });
    const ofResults = Object.entries(resultColumns).map(([name, type]) => ({ Name: name, Type: glueTypes[type] }));
    return [...ofContract, manifestTable(location, RESULTS, "Uitkomsten per indicator, praktijk en maand", ofResults)];
}

/** Names of all these tables. */
export const lakeTableNames = (): string[] => [...CONTRACT.keys(), RESULTS];

const RESULTS = "results";

function manifestTable(location: string, name: string, meaning: string, columns: GlueColumn[]): GlueTable {
    return {
        Name: name,
        Description: meaning,
        TableType: "EXTERNAL_TABLE",
        Parameters: {
            EXTERNAL: "TRUE",
            classification: "parquet",
            "projection.enabled": "true",
            "projection.release.type": "injected",
            // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills this in
            "storage.location.template": `${location}/${KEYS.manifestsOf(name, "${release}")}`,
        },
        PartitionKeys: [{ Name: "release", Type: "string", Comment: "Uitgave van het meer" }],
        StorageDescriptor: {
            Columns: columns,
            Location: `${location}/${KEYS.manifestsOf(name)}`,
            InputFormat: "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
            OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            SerdeInfo: {
                SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                Parameters: { "serialization.format": "1" },
            },
        },
    };
}
