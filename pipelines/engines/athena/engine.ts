// The engine over Athena: what computes runs there, what is read comes here. README.md says why it has this shape.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { atMost } from "../../at-most.ts";
import type { Cell, Columns, Engine } from "../../engine.ts";
import { manifestName, removePartManifest, writeManifest } from "../../lake/manifests.ts";
import type { Lake, ReleaseView } from "../../lake.ts";
import { tablesRead } from "../../query.ts";
import { composed, type Readable } from "./compose.ts";
import { type Counted, checkCounts, countingQuery } from "./counts.ts";
import { typedLiteral } from "./literal.ts";
import type { Remote } from "./remote.ts";
import { fitsInText, readableOf, type Source } from "./tables.ts";
import type { Tasks } from "./tasks.ts";

export interface AthenaEngineParts {
    remote: Remote;
    /** DuckDB on this machine, whose files may be keys of the lake or paths. */
    local: Engine;
    tasks: Tasks;
    lake: Lake;
    view: ReleaseView;
    /** Glue database with the lake's tables, and which those are. */
    database: string;
    lakeTables: ReadonlySet<string>;
    appendsPerQuery: number;
    /** Steps that may be asked for at the same time; queries take their own turns. */
    atOnce: number;
    /** Folder of this run on this machine. */
    temp: string;
}

interface Append {
    text: string;
    ready: Promise<unknown>;
}

/** So that a group of appends stays within the longest text that Athena takes (256 kB). */
const LONGEST_GROUP = 200_000;

export class AthenaEngine implements Engine {
    readonly atOnce: number;
    readonly #parts: AthenaEngineParts;
    readonly #sources = new Map<string, Source>();
    /** What DuckDB has, or is getting, under a name. */
    readonly #here = new Map<string, { source: Source; brought: Promise<void> }>();
    readonly #appends = new Map<string, Append[]>();
    readonly #manifests: Counted[] = [];
    /** DuckDB is asked one thing at a time. */
    readonly #turn = atMost(1);

    constructor(parts: AthenaEngineParts) {
        this.#parts = parts;
        this.atOnce = parts.atOnce;
    }

    async attach(name: string, columns: Columns, keys: string[]): Promise<void> {
        this.#parts.tasks.check();
        this.#sources.set(name, { kind: "files", columns, keys, release: null, ready: Promise.resolve() });
    }

    async load(name: string, columns: Columns, rows: Cell[][]): Promise<void> {
        this.#parts.tasks.check();
        await this.#turn(() => this.#parts.local.load(name, columns, rows));
        const few = fitsInText(columns, rows) ? rows : null;
        const source: Source = { kind: "loaded", columns, rows: few, table: null, ready: Promise.resolve() };
        this.#sources.set(name, source);
        this.#here.set(name, { source, brought: Promise.resolve() });
    }

    async materialise(name: string, sql: string): Promise<void> {
        const { remote, tasks } = this.#parts;
        tasks.check();
        const { text, ready } = this.#composed(sql);
        const table = remote.newTable(name);
        const made = tasks.begin(async () => {
            await ready;
            return remote.createAs(name, table, text);
        });
        this.#sources.set(name, { kind: "computed", table, ready: made });
    }

    async define(name: string, sql: string): Promise<void> {
        this.#parts.tasks.check();
        this.#sources.set(name, { kind: "defined", sql, ready: Promise.resolve() });
    }

    async append(name: string, sql: string): Promise<void> {
        this.#parts.tasks.check();
        if (this.#source(name).kind !== "loaded")
            throw new Error(`Rijen toevoegen kan alleen aan een tabel die geladen is, en ${name} is dat niet.`);
        const group = this.#appends.get(name) ?? [];
        const added = this.#composed(sql);
        const length = group.reduce((sum, { text }) => sum + text.length, added.text.length);
        if (group.length >= this.#parts.appendsPerQuery || length > LONGEST_GROUP) this.#flush(name);
        this.#appends.set(name, [...(this.#appends.get(name) ?? []), added]);
    }

    async save(sql: string, path: string): Promise<void> {
        await this.#bring(sql);
        await this.#turn(() => this.#parts.local.save(sql, path));
    }

    async rows(sql: string): Promise<Record<string, Cell>[]> {
        await this.#bring(sql);
        return this.#turn(() => this.#parts.local.rows(sql));
    }

    /** The table itself goes at the end: a query that reads it may still be waiting for its turn. */
    async drop(name: string): Promise<void> {
        this.#sources.delete(name);
    }

    async close(): Promise<void> {
        const { tasks, remote, local, lake, view } = this.#parts;
        await tasks.end();
        await local.close();
        await remote.clear();
        for (const { table, release } of this.#manifests) await removePartManifest(lake, view, table, release);
    }

    #source(name: string): Source {
        const source = this.#sources.get(name);
        if (!source) throw new Error(`Een vraag leest ${name}, maar dat is de engine niet gegeven.`);
        return source;
    }

    /** A query with all that it reads, and what must be there before it runs. */
    #composed(sql: string): Append {
        const { text, used } = composed(sql, (name) => this.#readable(name));
        return { text, ready: this.#parts.tasks.all(used.map((name) => this.#source(name).ready)) };
    }

    #readable(name: string): Readable {
        const source = this.#source(name);
        if (source.kind === "files" && source.release === null) this.#admit();
        if (source.kind === "loaded" && source.rows === null && source.table === null) this.#publish(name, source);
        return readableOf(source, name, this.#parts.database);
    }

    /** Makes the files of the lake that were attached readable in Athena, and has them counted in one query. */
    #admit(): void {
        const { remote, tasks, lake, view, database, lakeTables, local } = this.#parts;
        const admitted: (Source & { kind: "files" })[] = [];
        const counted: Counted[] = [];
        for (const [table, source] of this.#sources) {
            if (source.kind !== "files" || source.release !== null || !lakeTables.has(table)) continue;
            source.release = manifestName(view, table, source.keys);
            if (source.keys.length === 0) continue;
            admitted.push(source);
            counted.push({ table, release: source.release, keys: source.keys });
        }
        if (counted.length === 0) return;
        this.#manifests.push(...counted);
        const ready = tasks.begin(async () => {
            await Promise.all(counted.map(({ table, keys }) => writeManifest(lake, view, table, keys)));
            const files = await remote.unload("telling", countingQuery(database, counted));
            const found = await this.#turn(async () => {
                await local.attach("rows_counted", { name: "VARCHAR", rows_read: "BIGINT" }, files);
                return local.rows("select name, rows_read from rows_counted");
            });
            const counts = new Map(found.map((row) => [String(row.name), Number(row.rows_read)]));
            checkCounts(view, lake.location, counted, counts);
        });
        for (const source of admitted) source.ready = ready;
    }

    /** Rows that are too many for the text of a query become a table first. */
    #publish(name: string, source: Source & { kind: "loaded" }): void {
        const { remote, tasks, local, temp } = this.#parts;
        const table = remote.newTable(name);
        source.table = table;
        const before = source.ready;
        source.ready = tasks.begin(async () => {
            await before;
            const path = join(temp, `${table}.parquet`);
            await this.#turn(() => local.save(`select * from ${name}`, path));
            await remote.upload(name, table, source.columns, path);
            await rm(path, { force: true });
        });
    }

    /** Runs the appends to one table that are waiting, as one query, and adds its rows to the table here. */
    #flush(name: string): void {
        const { remote, tasks, local } = this.#parts;
        const group = this.#appends.get(name) ?? [];
        this.#appends.delete(name);
        const source = this.#source(name);
        if (group.length === 0 || source.kind !== "loaded") return;
        source.rows = null;
        source.table = null;
        const columns = Object.keys(source.columns).join(", ");
        const branches = group.map(({ text }, at) => `select * from (\n${text}\n) as part_${at} (${columns})`);
        const added = tasks.begin(async () => {
            await Promise.all(group.map(({ ready }) => ready));
            const files = await remote.unload(name, branches.join("\nunion all\n"));
            if (files.length === 0) return;
            const listed = files.map((file) => typedLiteral(file, "VARCHAR")).join(", ");
            await this.#turn(() => local.append(name, `select ${columns} from read_parquet([${listed}])`));
        });
        source.ready = tasks.all([source.ready, added]);
    }

    /** Brings to this machine what a query reads, so that it can run here. */
    async #bring(sql: string): Promise<void> {
        const { tasks } = this.#parts;
        for (const name of [...this.#appends.keys()]) this.#flush(name);
        for (const name of tablesRead(sql)) {
            const source = this.#source(name);
            if (source.kind === "defined") await this.#bring(source.sql);
            await tasks.wait<unknown>(source.ready);
            const known = this.#here.get(name);
            const here = known?.source === source ? known : { source, brought: this.#fetch(name, source) };
            this.#here.set(name, here);
            await tasks.wait(here.brought);
        }
        tasks.check();
    }

    async #fetch(name: string, source: Source): Promise<void> {
        const { local, remote } = this.#parts;
        if (source.kind === "defined") await this.#turn(() => local.define(name, source.sql));
        if (source.kind === "files") await this.#turn(() => local.attach(name, source.columns, source.keys));
        if (source.kind === "computed") {
            const columns = await remote.columnsOf(source.table);
            const files = await remote.written(await source.ready);
            await this.#turn(() => local.attach(name, columns, files));
        }
    }
}
