import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GlueTable } from "../../pipelines/glue.ts";
import { type Statement, statementOf } from "./athena-statement.ts";
import type { BucketContent } from "./s3-stand-in-objects.ts";

/** What carries out the queries of the stand-in: DuckDB, or a real Trino. */
export interface AthenaBackend {
    /** Carries out a select, writes its rows as Parquet below a folder (`s3://…/`) and says how many bytes it read. */
    write(select: string, folder: string): Promise<Written>;
    /** The same, with a table over it. */
    createTable(table: string, select: string, folder: string): Promise<Written>;
    close(): Promise<void>;
}

export interface Written {
    scannedBytes: number;
}

/**
 * What may go wrong. With a request: `throttled` and `busy` (Athena's two words for wait), `lost-answer` (carried out, but
 * the answer never arrives), `broken` (a fault of the service). With a query: `fails`, `fails-passing` (Athena says: try
 * again), `cancelled`, `cut-off` (by the workgroup's limit), `hangs` (runs until it is stopped), `scans` (reads on and on).
 */
export type RequestFault = "throttled" | "busy" | "lost-answer" | "broken" | "refused";
export type QueryFault = "fails" | "fails-passing" | "cancelled" | "cut-off" | "hangs" | "scans";

export interface Execution {
    id: string;
    sql: string;
    token: string;
    statement: Statement;
    state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
    reason?: string;
    retryable?: boolean;
    scannedBytes: number;
    began: number;
    milliseconds: number;
    output: string;
    manifest?: string;
}

export interface AthenaStandIn {
    endpoint: string;
    executions: Execution[];
    /** Operations in the order in which they were asked for. */
    asked: { operation: string; body: Record<string, unknown> }[];
    faultOfRequest: (operation: string, number: number) => RequestFault | null;
    faultOfQuery: (execution: Execution, number: number) => QueryFault | null;
    close(): Promise<void>;
}

interface Parts {
    backend: AthenaBackend;
    bucket: BucketContent;
    /** Tables of Glue, by `database.table`. */
    tables: Map<string, GlueTable>;
    /** Where the workgroup puts results, whatever the client asks (`s3://meren/…/`). */
    results: string;
}

/** Athena's word for a request that it does not take. */
class Refusal extends Error {
    constructor(
        readonly type: string,
        message = type,
    ) {
        super(message);
    }
}

const LONGEST_TEXT = 262_144;

/** An Athena of our own that speaks its protocol, with a workgroup that enforces its settings. */
export async function startAthenaStandIn(parts: Parts): Promise<AthenaStandIn> {
    const server = createServer((request, response) => void reply(standIn, parts, request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const standIn: AthenaStandIn = {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        executions: [],
        asked: [],
        faultOfRequest: () => null,
        faultOfQuery: () => null,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
    return standIn;
}

async function reply(
    standIn: AthenaStandIn,
    parts: Parts,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString() || "{}") as Record<string, unknown>;
    const operation = String(request.headers["x-amz-target"]).replace(/^AmazonAthena\./, "");
    const fault = standIn.faultOfRequest(operation, standIn.asked.length);
    standIn.asked.push({ operation, body });
    response.setHeader("content-type", "application/x-amz-json-1.1");
    try {
        if (fault === "throttled") throw new Refusal("ThrottlingException");
        if (fault === "busy") throw new Refusal("TooManyRequestsException");
        if (fault === "refused") throw new Refusal("AccessDeniedException");
        if (fault === "broken") {
            response.statusCode = 500;
            response.end(JSON.stringify({ __type: "InternalServerException" }));
            return;
        }
        const answer = carryOut(standIn, parts, operation, body);
        if (fault === "lost-answer") request.socket.destroy();
        else response.end(JSON.stringify(answer));
    } catch (error) {
        response.statusCode = 400;
        const type = error instanceof Refusal ? error.type : "InvalidRequestException";
        response.end(JSON.stringify({ __type: type, message: String(error) }));
    }
}

function carryOut(standIn: AthenaStandIn, parts: Parts, operation: string, body: Record<string, unknown>): object {
    const found = (): Execution => {
        const one = standIn.executions.find(({ id }) => id === body.QueryExecutionId);
        if (!one) throw new Refusal("InvalidRequestException", "QueryExecution was not found");
        return one;
    };
    switch (operation) {
        case "StartQueryExecution":
            return { QueryExecutionId: start(standIn, parts, body).id };
        case "GetQueryExecution":
            return { QueryExecution: described(found()) };
        case "StopQueryExecution": {
            const one = found();
            if (one.state === "QUEUED" || one.state === "RUNNING") one.state = "CANCELLED";
            return {};
        }
        case "GetTableMetadata": {
            const table = parts.tables.get(`${body.DatabaseName}.${body.TableName}`);
            if (!table) throw new Refusal("MetadataException");
            return { TableMetadata: { Name: table.Name, Columns: table.StorageDescriptor.Columns } };
        }
        default:
            throw new Error(`The stand-in for Athena does not know ${operation}.`);
    }
}

function start(standIn: AthenaStandIn, parts: Parts, body: Record<string, unknown>): Execution {
    const [sql, token] = [String(body.QueryString), String(body.ClientRequestToken)];
    if (Buffer.byteLength(sql) > LONGEST_TEXT) throw new Refusal("InvalidRequestException", "Query is too long");
    if (token.length < 32 || token.length > 128) throw new Refusal("InvalidRequestException", "Bad token");
    if (JSON.stringify(body.ResultReuseConfiguration) !== '{"ResultReuseByAgeConfiguration":{"Enabled":false}}')
        throw new Refusal("InvalidRequestException", "Nobody here may take the answer of an earlier query");
    const same = standIn.executions.find((one) => one.token === token);
    if (same && same.sql !== sql) throw new Refusal("InvalidRequestException", "Idempotent parameters do not match");
    if (same) return same;
    const id = `q${standIn.executions.length}-${token.slice(0, 12)}`;
    const statement = statementOf(sql);
    const execution: Execution = {
        id,
        sql,
        token,
        statement,
        state: "RUNNING",
        scannedBytes: 0,
        began: Date.now(),
        milliseconds: 0,
        output: `${parts.results}${statement.kind === "create-as" ? `tables/${id}` : `${id}.csv`}`,
    };
    const fault = standIn.faultOfQuery(execution, standIn.executions.length);
    standIn.executions.push(execution);
    void execute(execution, parts, fault);
    return execution;
}

/** Runs to an end, unless somebody stopped it meanwhile. */
async function execute(execution: Execution, parts: Parts, fault: QueryFault | null): Promise<void> {
    const end = (state: Execution["state"], reason?: string): void => {
        execution.milliseconds = Date.now() - execution.began;
        if (execution.state !== "RUNNING") return;
        execution.state = state;
        execution.reason = reason;
    };
    if (fault === "hangs") return;
    if (fault === "scans") {
        const timer = setInterval(() => {
            execution.scannedBytes += 1024 ** 2;
            if (execution.state !== "RUNNING") clearInterval(timer);
        }, 5);
        return;
    }
    if (fault === "cancelled") return end("CANCELLED", "Query cancelled by user");
    if (fault === "cut-off") return end("CANCELLED", "Bytes scanned limit was exceeded");
    try {
        await carryOutStatement(execution, parts);
        if (fault === "fails" || fault === "fails-passing") {
            // what it wrote stays behind, as with Athena
            execution.retryable = fault === "fails-passing";
            parts.tables.delete("table" in execution.statement ? execution.statement.table : "");
            return end("FAILED", "GENERIC_INTERNAL_ERROR: Cannot read value 'Jansen' of patient 12");
        }
        end("SUCCEEDED");
    } catch (error) {
        end("FAILED", error instanceof Error ? error.message : String(error));
    }
}

async function carryOutStatement(execution: Execution, { backend, bucket, tables, results }: Parts): Promise<void> {
    const { statement, id } = execution;
    if (statement.kind === "select") throw new Error(`SYNTAX_ERROR: line 1:1: not a statement of the engine`);
    if (statement.kind === "external") tables.set(statement.table, statement.definition);
    if (statement.kind === "drop") tables.delete(statement.table);
    if (statement.kind === "external" || statement.kind === "drop") return;
    const folder = statement.kind === "unload" ? statement.folder : `${results}tables/${id}/`;
    if (below(bucket, folder).length > 0) throw new Error("HIVE_PATH_ALREADY_EXISTS: Target directory is not empty");
    const { scannedBytes } =
        statement.kind === "unload"
            ? await backend.write(statement.select, folder)
            : await backend.createTable(statement.table, statement.select, folder);
    execution.scannedBytes = scannedBytes;
    const manifest = `${results}${statement.kind === "unload" ? "" : "tables/"}${id}-manifest.csv`;
    const lines = below(bucket, folder).map((key) => `s3://${bucketOf(folder)}/${key}\n`);
    bucket.write(keyOf(manifest), { body: Buffer.from(lines.join("")), metadata: {} });
    execution.manifest = manifest;
}

const bucketOf = (address: string): string => address.split("/")[2] ?? "";
export const keyOf = (address: string): string => address.split("/").slice(3).join("/");
const below = (bucket: BucketContent, folder: string): string[] =>
    bucket.keys().filter((key) => key.startsWith(keyOf(folder)));

function described(one: Execution): object {
    return {
        QueryExecutionId: one.id,
        Status: {
            State: one.state,
            ...(one.reason ? { StateChangeReason: one.reason } : {}),
            ...(one.state === "FAILED" ? { AthenaError: { ErrorCategory: 2, Retryable: one.retryable ?? false } } : {}),
        },
        Statistics: {
            DataScannedInBytes: one.scannedBytes,
            TotalExecutionTimeInMillis: one.milliseconds,
            ...(one.manifest ? { DataManifestLocation: one.manifest } : {}),
        },
        ResultConfiguration: { OutputLocation: one.output },
    };
}
