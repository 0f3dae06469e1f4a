import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { zipSync } from "fflate";
import { type IngestEffects, ingest, type Receipt } from "../../pipelines/ingest.ts";
import { type Lake, openLake, readRelease } from "../../pipelines/lake.ts";
import { madeOnce } from "./made-once.ts";
import { scratch } from "./scratch.ts";

/** Day on which the tests take place: everything a delivery calls today. */
export const TODAY = "2024-07-15";
export const EFFECTS: IngestEffects = { today: () => TODAY, now: () => `${TODAY}T08:00:00.000Z` };

export const FIXTURES = fileURLToPath(new URL("../fixtures/deliveries/", import.meta.url));

export async function emptyLake(): Promise<Lake> {
    return openLake(join(await scratch(), "meer"));
}

/** Files of a delivery by name; text is written as UTF-8. */
export type Files = Record<string, string | Uint8Array>;

export async function writeFolder(root: string, name: string, files: Files): Promise<string> {
    const path = join(root, name);
    for (const [file, content] of Object.entries(files)) {
        await mkdir(join(path, file, ".."), { recursive: true });
        await writeFile(join(path, file), content);
    }
    return path;
}

export async function writeZip(root: string, name: string, files: Files): Promise<string> {
    const path = join(root, name);
    const bytes = Object.fromEntries(Object.entries(files).map(([file, content]) => [file, Buffer.from(content)]));
    await writeFile(path, zipSync(bytes, { mtime: "2024-01-01" }));
    return path;
}

export async function writeGzip(root: string, name: string, content: string | Uint8Array): Promise<string> {
    const path = join(root, name);
    await writeFile(path, gzipSync(content));
    return path;
}

/** The checked-in sample of a layout, as a delivery in `root` (a journal is gzipped on the way). */
export async function sample(root: string, name: string): Promise<string> {
    if (name.startsWith("his-journaal")) {
        return writeGzip(root, `${name}.gz`, await readFile(join(FIXTURES, name, "journaal.txt")));
    }
    return writeFolder(root, name, await sampleFiles(name));
}

export async function sampleFiles(name: string): Promise<Record<string, Buffer>> {
    const names = await readdir(join(FIXTURES, name));
    return Object.fromEntries(
        await Promise.all(names.map(async (file) => [file, await readFile(join(FIXTURES, name, file))])),
    );
}

/** A lake that knows the three practices of the sample register; read once per run, then copied. */
export async function lakeWithRegister(): Promise<{ lake: Lake; root: string }> {
    const original = await madeOnce("meer-met-register", readRegister);
    const root = await scratch();
    const lake = openLake(join(root, "meer"));
    await cp(join(original, "meer"), lake.location, { recursive: true });
    await cp(join(original, "meer.sleutel"), lake.secretPath);
    return { lake, root };
}

async function readRegister(root: string): Promise<void> {
    const delivery = await sample(root, "bureau_regio_20240630");
    const [receipt] = await ingest([delivery], openLake(join(root, "meer")), EFFECTS);
    if (!receipt?.accepted) throw new Error(receipt?.message ?? "geen ontvangstbewijs");
}

export const take = (lake: Lake, ...paths: string[]): Promise<Receipt[]> => ingest(paths, lake, EFFECTS);

/** Current rows of a table as plain values, `patient_id` left out unless asked for, sorted as stored. */
export async function rowsOf(lake: Lake, table: string, columns = "* EXCLUDE (patient_id)"): Promise<unknown[][]> {
    const view = await readRelease(lake);
    const files = view?.files.filter((file) => file.table === table) ?? [];
    if (files.length === 0) return [];
    const paths = await lake.store.localPaths(files.map((file) => file.key));
    return query(
        `SELECT ${columns} FROM read_parquet([${paths.map((path) => `'${path}'`).join(", ")}], hive_partitioning = false)`,
    );
}

let opened: Promise<DuckDBConnection> | undefined;

/** Rows of a question to a DuckDB that holds nothing, one per process; it reads a file anew each time. */
export async function query(sql: string): Promise<unknown[][]> {
    opened ??= DuckDBInstance.create(":memory:", { threads: "1", enable_external_file_cache: "false" }).then(
        (instance) => instance.connect(),
    );
    const connection = await opened;
    return (await connection.runAndReadAll(sql)).getRowsJson() as unknown[][];
}

/** Lines and codes of a delivery's set-aside rows. */
export async function asideOf(lake: Lake, delivery: string): Promise<unknown[][]> {
    const record = (await readRelease(lake))?.deliveries.find(({ receipt }) => receipt.delivery === delivery);
    const [path] = await lake.store.localPaths([`aside/delivery=${record?.id}.parquet`]);
    return query(`SELECT file, line, code FROM '${path}' ORDER BY ALL`);
}
