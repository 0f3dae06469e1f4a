// What one run does in Athena: statements that write, the tables they make, and clearing all of it.

import { atMost } from "../../at-most.ts";
import type { Columns } from "../../engine.ts";
import { typedLiteral } from "./literal.ts";
import { type Runner, run, type Statement, whenNotBusy } from "./run.ts";
import type { Status } from "./service.ts";
import { columnsFrom, externalTable } from "./tables.ts";
import type { Work } from "./work.ts";

const text = (value: string): string => typedLiteral(value, "VARCHAR");

export class Remote {
    readonly #runner: Runner;
    readonly #work: Work;
    readonly #database: string;
    readonly #turn: ReturnType<typeof atMost>;
    readonly #tables: string[] = [];
    #serial = 0;

    constructor(runner: Runner, work: Work, database: string, atOnce: number) {
        this.#runner = runner;
        this.#work = work;
        this.#database = database;
        this.#turn = atMost(atOnce);
    }

    /** A name of the work database that no other run and no earlier step has. */
    newTable(name: string): string {
        this.#serial += 1;
        return `${this.#database}.${this.#runner.run}_${this.#serial}_${name}`;
    }

    /** Makes a table of the rows of a query. Where it lies is for the workgroup to say: an own place is refused there. */
    async createAs(what: string, table: string, query: string): Promise<Status> {
        this.#tables.push(table);
        const sql = `create table ${table} with (format = 'PARQUET', write_compression = 'ZSTD') as\n${query}`;
        return this.#ask(what, () => ({ sql }));
    }

    /** Makes a table of a Parquet file of this machine. */
    async upload(what: string, table: string, columns: Columns, path: string): Promise<void> {
        const folder = this.#work.freshFolder(what);
        await this.#work.upload(folder, path);
        this.#tables.push(table);
        await this.#ask(what, () => ({ sql: externalTable(table, columns, folder) }), true);
    }

    /** Runs a query and gives local copies of Parquet files with its rows, in no order; none when there are no rows. */
    async unload(what: string, query: string): Promise<string[]> {
        const attempt = (): { sql: string; folder: string } => {
            const folder = this.#work.freshFolder(what);
            const into = `to ${text(folder)} with (format = 'PARQUET', compression = 'ZSTD')`;
            return { sql: `unload (\n${query}\n) ${into}`, folder };
        };
        return this.written(await this.#ask(what, attempt));
    }

    written(status: Status): Promise<string[]> {
        return this.#work.written(status);
    }

    async columnsOf(table: string): Promise<Columns> {
        const [database = "", name = ""] = table.split(".");
        const ask = () => this.#runner.service.columns(database, name);
        return columnsFrom(name, await whenNotBusy(this.#runner, name, ask));
    }

    async #ask(what: string, attempt: Statement["attempt"], isDefinition = false): Promise<Status> {
        const status = await this.#turn(() => run(this.#runner, { what, attempt, isDefinition }));
        this.#work.remember(status);
        return status;
    }

    /** Drops the tables and deletes everything that was written, also after the run was broken off. */
    async clear(): Promise<void> {
        const runner = { ...this.#runner, signal: new AbortController().signal };
        const drop = async (table: string): Promise<void> => {
            const attempt = () => ({ sql: `drop table if exists ${table}` });
            const statement = { what: "opruimen", attempt, isDefinition: true };
            this.#work.remember(await this.#turn(() => run(runner, statement)));
        };
        const dropped = await Promise.allSettled(this.#tables.splice(0).map(drop));
        await this.#work.clear();
        for (const one of dropped) if (one.status === "rejected") throw one.reason;
    }
}
