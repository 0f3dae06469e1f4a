// How a number came about: for the operator, who may see pseudonymous rows.
import { rm } from "node:fs/promises";
import type { Cell } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { scratchFolder } from "../lake/scratch-folder.ts";
import { type Coverage, type Lake, readRelease } from "../lake.ts";
import { inOrder, queryHash, readQueries } from "../query.ts";
import { contractColumns } from "../refresh.ts";
import { UsageError } from "../usage-error.ts";
import { type ValueRow, values } from "../values.ts";
import { readIndicator } from "./indicator.ts";
import { periodsBetween } from "./period.ts";
import { loadInputs, regionKey } from "./results.ts";

export interface ExplainOptions {
    indicator: string;
    practice: string;
    /** A month, `2024-06`. */
    period: string;
    /** A step whose rows are wanted too. */
    rows?: string;
}

export interface Explanation {
    indicator: string;
    titel: string;
    practice: string;
    period: string;
    release: string;
    queryHash: string;
    /** The deliveries that are current for this practice, and the register. */
    deliveries: (Coverage & { name: string })[];
    /** What `values` says, the whole and its strata. */
    values: ValueRow[];
    /** The steps of the query in order, with how many rows of this practice and month each has. */
    steps: { step: string; rows: number }[];
    rows?: Record<string, Cell>[];
}

/** Runs one indicator again for one practice and month, step by step, on the current release. */
export async function explain(lake: Lake, options: ExplainOptions): Promise<Explanation> {
    const view = await readRelease(lake);
    if (!view) throw new Error(`Het meer ${lake.location} heeft nog geen leveringen; draai eerst regiospiegel ingest.`);
    const queries = await readQueries();
    const query = queries.get(options.indicator);
    if (query?.layer !== "indicators")
        throw new UsageError(`Indicator ${options.indicator} bestaat niet; zie queries/indicators/.`);
    const steps = stepsOf(query.body);
    if (options.rows && !steps.includes(options.rows))
        throw new UsageError(`De stap ${options.rows} bestaat niet in ${query.id}; kies uit ${steps.join(", ")}.`);
    const mine = view.coverage.filter((row) => row.practice === options.practice || row.source === "bureau");
    const scratch = await scratchFolder("uitleg");
    const engine = await openDuckDBEngine({ memory: "1000MB", threads: 2, temp: scratch }, (keys) =>
        lake.store.localPaths(keys),
    );
    try {
        await loadInputs(engine, view, periodsBetween(options.period, options.period));
        for (const [table, columns] of Object.entries(contractColumns())) {
            const files = view.files.filter(
                (file) => file.table === table && [options.practice, regionKey].includes(file.practice),
            );
            await engine.attach(
                table,
                columns,
                files.map((file) => file.key),
            );
        }
        for (const needed of inOrder(queries, [query.id]))
            if (needed.id !== query.id) await engine.materialise(needed.id, needed.body);
        const upTo = (step: string, select: string): string =>
            query.body.replace(/select \* from final$/, `select ${select} from ${step}`);
        const counted: Explanation["steps"] = [];
        for (const step of steps) {
            const [row] = await engine.rows(upTo(step, "count(*) as rows"));
            counted.push({ step, rows: Number(row?.rows ?? 0) });
        }
        return {
            indicator: query.id,
            titel: readIndicator(query).titel,
            practice: options.practice,
            period: options.period,
            release: view.release.id,
            queryHash: queryHash(queries, query.id).slice(0, 16),
            deliveries: mine.map((row) => ({
                ...row,
                name: view.deliveries.find((one) => one.id === row.delivery)?.name ?? "",
            })),
            values: (await values(lake, { indicator: query.id, level: "practice", period: options.period })).filter(
                (row) => row.id === options.practice,
            ),
            steps: counted,
            ...(options.rows ? { rows: await engine.rows(upTo(options.rows, "*")) } : {}),
        };
    } finally {
        await engine.close();
        await rm(scratch, { recursive: true, force: true });
    }
}

/** Names of the common table expressions of a query, in order. */
function stepsOf(body: string): string[] {
    return [...body.matchAll(/^([a-z_][a-z0-9_]*) as \($/gm)].map((match) => match[1] ?? "");
}
