// What the engine needs of Athena. `athena.ts` gives it with Amazon's library; nothing below it knows that library.

export type State = "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";

export interface Status {
    state: State;
    /** Athena's word and place of an error, such as `SYNTAX_ERROR` and `line 3:8`; never the rest, which may hold a value. */
    reason?: string;
    /** Athena says that the same query may go well another time. */
    retryable: boolean;
    scannedBytes: number;
    milliseconds: number;
    /** Where the list of written files stands, for what writes. */
    manifest?: string;
    /** Where Athena wrote: of one file, or of all files that begin so. */
    output?: string;
}

/** Athena asks to wait: too many requests, or too many queries at once. */
export class Busy extends Error {}

export interface AthenaService {
    /** Starts a query and returns its id; the same token never starts a second one. Throws Busy. */
    start(sql: string, token: string): Promise<string>;
    /** Throws Busy. */
    status(id: string): Promise<Status>;
    /** Ends a query; nothing happens when it had ended. */
    stop(id: string): Promise<void>;
    /** Names and types (of Glue) of a table's columns, in order. */
    columns(database: string, table: string): Promise<{ name: string; type: string }[]>;
}
