// What many small files cost: reading every row of a release from a file per practice and table, against one file per table.
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDB } from "../../../pipelines/duckdb.ts";
import { openLake, readRelease } from "../../../pipelines/lake.ts";
import type { Bench } from "../bench.ts";
import { fillLake } from "../fill-lake.ts";

const ROUNDS = 3;

const bench: Bench = {
    figures: ["compaction_files", "compaction_read_x", "compaction_saves_s", "compaction_bytes_x"],
    async run({ scratch, deliveries, lake }) {
        await fillLake(deliveries, lake);
        const view = await readRelease(openLake(lake));
        if (!view) throw new Error("Het meer is leeg.");
        const folder = join(scratch, "samengevoegd");
        await mkdir(folder, { recursive: true });
        const opened = await openDuckDB({ memory: "2500MB", threads: 2, temp: join(folder, "duckdb") });
        const tables = [...new Set(view.files.map(({ table }) => table))];
        const small = new Map(
            tables.map((table) => [
                table,
                view.files.filter((file) => file.table === table).map(({ key }) => join(lake, key)),
            ]),
        );
        const large = new Map(tables.map((table) => [table, [join(folder, `${table}.parquet`)]]));
        const read = (paths: readonly string[]): string =>
            `read_parquet([${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ")}], hive_partitioning = false)`;
        const seconds = async (files: ReadonlyMap<string, readonly string[]>): Promise<number> => {
            const started = performance.now();
            for (const paths of files.values())
                await opened.connection.run(`create or replace temp table everything as select * from ${read(paths)}`);
            return (performance.now() - started) / 1000;
        };
        try {
            for (const [table, paths] of small)
                await opened.connection.run(
                    `copy (select * from ${read(paths)}) to '${large.get(table)?.[0]}' (format parquet, compression zstd, compression_level 1)`,
                );
            let [apart, together] = [0, 0];
            for (let round = 0; round < ROUNDS; round++) {
                apart += await seconds(small);
                together += await seconds(large);
            }
            const sizes = await Promise.all([...large.values()].flat().map((path) => stat(path)));
            const bytes = view.files.reduce((sum, file) => sum + file.bytes, 0);
            return [
                { name: "compaction_files", value: view.files.length, unit: "bestanden" },
                { name: "compaction_read_x", value: apart / together, unit: "x" },
                { name: "compaction_saves_s", value: (apart - together) / ROUNDS, unit: "s" },
                {
                    name: "compaction_bytes_x",
                    value: bytes / sizes.reduce((sum, { size }) => sum + size, 0),
                    unit: "x",
                },
            ];
        } finally {
            opened.close();
        }
    },
};
export default bench;
