// Ingest against the floor: plain DuckDB copying the same text to sorted zstd Parquet, nothing checked, nothing typed.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { tableNamed } from "../../../pipelines/contract.ts";
import { openDuckDB } from "../../../pipelines/duckdb.ts";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";
import { type TextFile, unpackAsText } from "../plain-text.ts";

const bench: Bench = {
    figures: ["ingest_over_floor", "ingest_s", "ingest_floor_s", "ingest_peak_mb", "ingest_rows"],
    async run({ scratch, deliveries, lake }) {
        const texts = await unpackAsText(deliveries, join(scratch, "tekst"));
        const floor = await copyAsText(texts, join(scratch, "bodem"));
        await rm(join(scratch, "tekst"), { recursive: true });
        await rm(join(scratch, "bodem"), { recursive: true });
        const ingest = await measured("ingest", deliveries, "--lake", lake, "--json");
        const receipts = JSON.parse(ingest.output) as { accepted: boolean; files: { rows: number }[] }[];
        if (receipts.some((receipt) => !receipt.accepted)) throw new Error("De demoregio werd niet heel opgenomen.");
        return [
            { name: "ingest_over_floor", value: ingest.seconds / floor, unit: "x" },
            { name: "ingest_s", value: ingest.seconds, unit: "s" },
            { name: "ingest_floor_s", value: floor, unit: "s" },
            { name: "ingest_peak_mb", value: ingest.peakMegabytes, unit: "MB" },
            {
                name: "ingest_rows",
                value: receipts.flatMap((one) => one.files).reduce((sum, file) => sum + file.rows, 0),
                unit: "rijen",
            },
        ];
    },
};
export default bench;

/** Seconds to copy all texts, one after the other on two threads. */
async function copyAsText(texts: TextFile[], target: string): Promise<number> {
    await mkdir(target, { recursive: true });
    const opened = await openDuckDB({ memory: "2500MB", threads: 2, temp: join(target, "tijdelijk") });
    try {
        const statements: string[] = [];
        for (const [at, text] of texts.entries()) {
            const { delimiter, quoted, comment } = text.format.dialect;
            const dialect = `delim='${delimiter}', quote='${quoted ? '"' : ""}', escape='${quoted ? '"' : ""}', all_varchar=true, null_padding=true`;
            const journal = Array.from({ length: 8 }, (_, column) => `'c${column}': 'VARCHAR'`).join(", ");
            const shape = text.file
                ? "header=true"
                : `header=false, columns={${journal}}, auto_detect=false, ignore_errors=true${comment ? `, comment='${comment}'` : ""}`;
            const order = text.file ? orderOf(text) : "c0, c1, c2, c3";
            const parallel =
                quoted && text.file ? await parallelOrNot(opened.connection, text.path, dialect, shape) : "";
            statements.push(
                `copy (select * from read_csv('${text.path}', ${dialect}, ${shape}${parallel}) order by ${order}) to '${join(target, `${at}.parquet`)}' (format parquet, compression zstd)`,
            );
        }
        // Looking which files can be read in parallel is no part of the floor.
        const started = performance.now();
        for (const statement of statements) await opened.connection.run(statement);
        return (performance.now() - started) / 1000;
    } finally {
        opened.close();
    }
}

/** DuckDB's parallel reader refuses padding with quoted newlines; only such a file is read by one thread. */
async function parallelOrNot(
    connection: { run: (sql: string) => Promise<unknown> },
    path: string,
    dialect: string,
    shape: string,
): Promise<string> {
    try {
        await connection.run(`select count(*) from read_csv('${path}', ${dialect}, ${shape})`);
        return "";
    } catch {
        return ", parallel=false";
    }
}

/** The delivered columns that the lake sorts by. */
function orderOf(text: TextFile): string {
    const layout = text.format.files?.[text.file ?? ""];
    const columns = Object.entries(layout?.columns ?? {});
    const order = layout ? tableNamed(layout.table).order : [];
    const named = order.flatMap((column) =>
        columns.filter(([, field]) => field.to === column).map(([name]) => `"${name}"`),
    );
    return named.length > 0 ? named.join(", ") : "1";
}
