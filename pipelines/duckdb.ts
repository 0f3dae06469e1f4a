import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export interface DuckDBSettings {
    /** Such as `1200MB`. Peak memory of the process is about 150 MB above it (aws.md §1). */
    memory: string;
    threads: number;
    /** Where larger work spills to; DuckDB's own default is not writable everywhere. */
    temp: string;
}

export interface OpenedDuckDB {
    instance: DuckDBInstance;
    connection: DuckDBConnection;
    /** Frees its memory and temporary files. */
    close(): void;
}

/** An in-memory DuckDB that loads nothing from elsewhere: an extension it lacks is an error, not a download. */
export async function openDuckDB({ memory, threads, temp }: DuckDBSettings): Promise<OpenedDuckDB> {
    const instance = await DuckDBInstance.create(":memory:", {
        memory_limit: memory,
        threads: String(threads),
        temp_directory: temp,
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    // Not accepted as an option of create(): the session zone decides what "today" and a timestamp are.
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    return {
        instance,
        connection,
        close() {
            connection.closeSync();
            instance.closeSync();
        },
    };
}

/**
 * How lake files are written. Level 1 is a few percent larger than DuckDB's default of 3 and takes less of the time that
 * ingest has most of; whoever rewrites a lake file must write it alike, or the same rows would not be the same bytes.
 */
export const LAKE_PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1";
