// A country made of one region many times: register, release and results of every copy, but not its rows. All results are
// there, so that a refresh makes the marts and nothing else.
import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { openDuckDB } from "../../pipelines/duckdb.ts";
import {
    type DeliveryRecord,
    KEYS,
    type LakeFile,
    openLake,
    REGION,
    type ReleaseView,
    readRelease,
    SOURCE_KINDS,
    swapPointer,
    writeDelivery,
    writeRelease,
} from "../../pipelines/lake.ts";
import { readQueries } from "../../pipelines/query.ts";
import { periodsBetween } from "../../pipelines/refresh/period.ts";
import { planResults, type ResultFile } from "../../pipelines/refresh/results.ts";

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Fills `target` with `copies` of the region in the lake `source`, of which the results over these months are there. */
export async function writeCountry(
    source: string,
    target: string,
    copies: number,
    months: { from: string; to: string },
): Promise<void> {
    const from = openLake(source);
    const to = openLake(target);
    const view = await readRelease(from);
    if (!view) throw new Error(`Het meer ${source} is leeg.`);
    const opened = await openDuckDB({ memory: "2GB", threads: 2, temp: join(target, "tmp") });
    try {
        const register = new Register(opened.connection, source, target);
        const practices = await register.practices(view);
        const codeOf = codes(practices);
        const files = await register.write(view, codeOf, copies);
        const records = view.deliveries
            .filter(({ id }) => view.coverage.some(({ delivery }) => delivery === id))
            .map((record) => copied(record, view, codeOf, copies, files));
        for (const record of records) await writeDelivery(to, record);
        const current = Object.fromEntries(
            SOURCE_KINDS.map((kind) => [
                kind,
                Object.fromEntries(
                    records
                        .filter(({ source: of }) => of === kind)
                        .flatMap(({ id, practices: of }) => of.map((practice) => [practice, id])),
                ),
            ]),
        ) as ReleaseView["release"]["current"];
        const deliveries = records.map(({ id }) => id).sort();
        await writeRelease(to, { id: "land", parent: null, deliveries, current });
        await swapPointer(to, { release: "land" }, null);
        const country = await readRelease(to);
        if (!country) throw new Error(`Het meer ${target} is leeg.`);
        const index = JSON.parse(await readFile(join(source, KEYS.resultIndex), "utf8")) as Record<string, ResultFile>;
        const all = Array.from({ length: copies }, (_, copy) => practices.map((id) => codeOf(id, copy))).flat();
        const plans = planResults(await readQueries(), country, periodsBetween(months.from, months.to), {}, all);
        const baseOf = new Map(
            Array.from({ length: copies }, (_, copy) =>
                practices.map((id) => [codeOf(id, copy), { id, copy }] as const),
            ).flat(),
        );
        for (const plan of plans) {
            const base = baseOf.get(plan.practice);
            const made = index[base?.id ?? plan.practice];
            if (!made) continue;
            const path = join(target, plan.key);
            await mkdir(dirname(path), { recursive: true });
            const area =
                base && base.copy > 0
                    ? `case when area_id = 'elders' then area_id else area_id || '-${base.copy}' end`
                    : "area_id";
            await opened.connection.run(
                `copy (select * replace (${literal(plan.practice)} as practice_id, ${area} as area_id)
                from read_parquet(${literal(join(source, made.key))}, hive_partitioning = false))
                to ${literal(path)} (format parquet, compression zstd)`,
            );
        }
    } finally {
        opened.close();
    }
}

type CodeOf = (practice: string, copy: number) => string;

/** The first copy is the region itself; of the others the AGB codes are invented. */
function codes(practices: readonly string[]): CodeOf {
    const places = new Map(practices.map((id, place) => [id, place]));
    return (practice, copy) =>
        copy === 0
            ? practice
            : `02${String(copy).padStart(3, "0")}${String(places.get(practice) ?? 0).padStart(3, "0")}`;
}

/** A delivery of a practice becomes one of that practice in every copy. */
function copied(
    record: DeliveryRecord,
    view: ReleaseView,
    codeOf: CodeOf,
    copies: number,
    register: readonly LakeFile[],
): DeliveryRecord {
    const isCurrent = new Map(view.coverage.map((row) => [`${row.source} ${row.practice}`, row.delivery]));
    const own = record.practices.filter((practice) => isCurrent.get(`${record.source} ${practice}`) === record.id);
    if (record.source === "bureau") return { ...record, practices: own, files: [...register] };
    const each = Array.from({ length: copies }, (_, copy) => copy);
    return {
        ...record,
        practices: each.flatMap((copy) => own.map((practice) => codeOf(practice, copy))),
        files: each.flatMap((copy) =>
            record.files
                .filter(({ practice }) => own.includes(practice))
                .map((file) => ({ ...file, practice: codeOf(file.practice, copy) })),
        ),
    };
}

/** The bureau's files: practices and areas once per copy, the rest as they are. */
class Register {
    constructor(
        private readonly connection: DuckDBConnection,
        private readonly source: string,
        private readonly target: string,
    ) {}

    async practices(view: ReleaseView): Promise<string[]> {
        const rows = await this.connection.runAndReadAll(
            `select distinct practice_id from ${this.read(view, "practices")} order by 1`,
        );
        return rows.getRows().map(([id]) => String(id));
    }

    async write(view: ReleaseView, codeOf: CodeOf, copies: number): Promise<LakeFile[]> {
        const practices = await this.practices(view);
        const renamed = Array.from({ length: copies }, (_, copy) =>
            practices.map((id) => `(${literal(id)}, ${copy}, ${literal(codeOf(id, copy))})`),
        ).flat();
        await this.connection.run(
            `create table renamed as select * from (values ${renamed.join(", ")}) as t (base, copy, code)`,
        );
        const marked = (column: string): string =>
            `case when copy = 0 or ${column} is null then ${column} else ${column} || '-' || copy end as ${column}`;
        const texts: Record<string, string> = {
            practices: `select read.* replace (renamed.code as practice_id, ${marked("organisation")}, ${marked("hagro")}, ${marked("area_id")})
                from ${this.read(view, "practices")} as read inner join renamed on read.practice_id = renamed.base
                order by practice_id`,
            // postcodes stay those of the first: nobody lives twice
            areas: `select read.* replace (${marked("area_id")}, case when copy = 0 then postcodes else '' end as postcodes)
                from ${this.read(view, "areas")} as read cross join (select distinct copy from renamed) as copies
                order by area_id`,
        };
        const files: LakeFile[] = [];
        for (const file of view.files.filter(({ practice }) => practice === REGION)) {
            const path = join(this.target, file.key);
            await mkdir(dirname(path), { recursive: true });
            const text =
                texts[file.table] ??
                `select * from read_parquet(${literal(join(this.source, file.key))}, hive_partitioning = false)`;
            await this.connection.run(`copy (${text}) to ${literal(path)} (format parquet, compression zstd)`);
            const bytes = await readFile(path);
            const sha256 = createHash("sha256").update(bytes).digest("hex");
            files.push({ ...file, bytes: (await stat(path)).size, sha256 });
        }
        return files;
    }

    private read(view: ReleaseView, table: string): string {
        const paths = view.files
            .filter((file) => file.table === table && file.practice === REGION)
            .map((file) => literal(join(this.source, file.key)));
        return `read_parquet([${paths.join(", ")}], hive_partitioning = false)`;
    }
}
