import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { GlueTable } from "../../pipelines/glue.ts";

/** What Trino asks of the Glue Data Catalog, answered from memory. Databases come into being with their first table. */
export interface GlueStandIn {
    endpoint: string;
    /** Definitions by `database.table`. */
    tables: Map<string, GlueTable>;
    /** Partitions by `database.table`; tables with partition projection have none. */
    partitions: Map<string, GluePartition[]>;
    /** How often each operation was asked for. */
    asked: Map<string, number>;
    close(): Promise<void>;
}

export interface GluePartition {
    Values: string[];
    StorageDescriptor: GlueTable["StorageDescriptor"];
    Parameters?: Record<string, string>;
}

interface Asked {
    DatabaseName?: string;
    Name?: string;
    TableName?: string;
    TableInput?: GlueTable;
    PartitionValues?: string[];
    Segment?: { SegmentNumber: number };
    PartitionsToGet?: { Values: string[] }[];
    PartitionInputList?: GluePartition[];
}

/** Glue's word for what is not there. */
class NotThere extends Error {}

export async function startGlueStandIn(): Promise<GlueStandIn> {
    const server = createServer(async (request, response) => {
        const operation = String(request.headers["x-amz-target"]).replace(/^AWSGlue\./, "");
        standIn.asked.set(operation, (standIn.asked.get(operation) ?? 0) + 1);
        response.setHeader("content-type", "application/x-amz-json-1.1");
        try {
            response.end(JSON.stringify(answer(standIn, operation, await bodyOf(request))));
        } catch (error) {
            response.statusCode = 400;
            const type = error instanceof NotThere ? "EntityNotFoundException" : "InvalidInputException";
            response.end(JSON.stringify({ __type: type, Message: String(error) }));
        }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const standIn: GlueStandIn = {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        tables: new Map(),
        partitions: new Map(),
        asked: new Map(),
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
    return standIn;
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    return JSON.parse(Buffer.concat(pieces).toString() || "{}") as Asked;
}

function answer({ tables, partitions }: GlueStandIn, operation: string, asked: Asked): object {
    const database = asked.DatabaseName ?? "";
    const key = `${database}.${asked.TableName ?? asked.Name ?? asked.TableInput?.Name}`;
    const held = (partitions.get(key) ?? []).map((partition) => partitionAsKept(key, partition));
    switch (operation) {
        case "GetDatabases":
            return {
                DatabaseList: [...new Set([...tables.keys()].map((name) => name.split(".")[0]))].map((Name) => ({
                    Name,
                })),
            };
        case "GetDatabase":
            return { Database: { Name: asked.Name } };
        case "GetTables":
            return {
                TableList: [...tables]
                    .filter(([name]) => name.startsWith(`${database}.`))
                    .map(([name, table]) => asKept(name, table)),
            };
        case "GetTable":
            return { Table: asKept(key, found(tables, key)) };
        case "CreateTable":
        case "UpdateTable":
            if (asked.TableInput) tables.set(key, asked.TableInput);
            return {};
        case "DeleteTable":
            found(tables, key);
            tables.delete(key);
            partitions.delete(key);
            return {};
        case "GetPartitions":
            // asked for in segments at the same time: here all are in the first
            return { Partitions: (asked.Segment?.SegmentNumber ?? 0) === 0 ? held : [] };
        case "GetPartition": {
            const partition = held.find((one) => `${one.Values}` === `${asked.PartitionValues}`);
            if (!partition) throw new NotThere(key);
            return { Partition: partition };
        }
        case "BatchGetPartition": {
            const wanted = new Set(asked.PartitionsToGet?.map((one) => `${one.Values}`));
            return { Partitions: held.filter((one) => wanted.has(`${one.Values}`)), UnprocessedKeys: [] };
        }
        case "BatchCreatePartition":
            partitions.set(key, [...(partitions.get(key) ?? []), ...(asked.PartitionInputList ?? [])]);
            return { Errors: [] };
        case "GetColumnStatisticsForTable":
        case "GetColumnStatisticsForPartition":
            return { ColumnStatisticsList: [], Errors: [] };
        case "UpdateColumnStatisticsForTable":
            return { Errors: [] };
        default:
            throw new Error(`The stand-in for Glue does not know ${operation}.`);
    }
}

/** A definition as Glue gives it back: with what the sender left out. */
function asKept(name: string, table: GlueTable): object {
    return {
        ...table,
        DatabaseName: name.split(".")[0],
        CreateTime: 0,
        Retention: 0,
        StorageDescriptor: descriptorAsKept(table.StorageDescriptor),
    };
}

function partitionAsKept(name: string, partition: GluePartition): GluePartition & object {
    const [DatabaseName, TableName] = name.split(".");
    return {
        Parameters: {},
        ...partition,
        ...{ DatabaseName, TableName, CreationTime: 0 },
        StorageDescriptor: descriptorAsKept(partition.StorageDescriptor),
    };
}

function descriptorAsKept(descriptor: GlueTable["StorageDescriptor"]): GlueTable["StorageDescriptor"] {
    const silent = { Compressed: false, NumberOfBuckets: 0, BucketColumns: [], SortColumns: [], Parameters: {} };
    return { ...silent, ...{ StoredAsSubDirectories: false }, ...descriptor };
}

function found(tables: Map<string, GlueTable>, key: string): GlueTable {
    const table = tables.get(key);
    if (!table) throw new NotThere(key);
    return table;
}
