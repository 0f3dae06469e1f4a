// Results become marts: values per level and period with their state, and the catalogue that explains them.
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { inOrder, type Query } from "../query.ts";
import { poisson } from "../statistics.ts";
import { catalogueRow, type Indicator } from "./indicator.ts";
import type { MartsDescription } from "./marts-description.ts";
import type { Period } from "./period.ts";
import { loadInputs, type ResultFile, regionKey, resultColumns } from "./results.ts";

const catalogueColumns: Columns = {
    indicator_id: "VARCHAR",
    measure: "VARCHAR",
    scale: "DOUBLE",
    geography: "VARCHAR",
    has_denominator: "BOOLEAN",
    sums_months: "BOOLEAN",
    requirement: "VARCHAR",
    needs_his: "BOOLEAN",
    needs_viplive: "BOOLEAN",
    needs_bureau: "BOOLEAN",
    needs_row: "BOOLEAN",
    window_months: "INTEGER",
    grace_days: "INTEGER",
};

export const valueColumns: Columns = {
    indicator: "VARCHAR",
    stratum: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    period: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
    value: "DOUBLE",
    low: "DOUBLE",
    high: "DOUBLE",
    state: "VARCHAR",
    delivered: "INTEGER",
    members: "INTEGER",
};

export interface MartsJob {
    engine: Engine;
    lake: Lake;
    queries: Map<string, Query>;
    contract: Record<string, Columns>;
    indicators: Indicator[];
    view: ReleaseView;
    periods: Period[];
    results: ResultFile[];
    scratch: string;
}

/** Computes the value mart in the engine; afterwards the table `values_mart` can be read. */
export async function computeValues(job: MartsJob): Promise<void> {
    const { engine, view } = job;
    await loadInputs(engine, view, job.periods);
    for (const [table, columns] of Object.entries(job.contract)) {
        const files = view.files.filter((file) => file.table === table && file.practice === regionKey);
        await engine.attach(
            table,
            columns,
            files.map((file) => file.key),
        );
    }
    await engine.attach(
        "results",
        resultColumns,
        job.results.map((file) => file.key),
    );
    const names = Object.keys(catalogueColumns);
    const rows = job.indicators.map((indicator) => new Map(Object.entries(catalogueRow(indicator))));
    await engine.load(
        "indicator_catalogue",
        catalogueColumns,
        rows.map((row) => names.map((name) => row.get(name) ?? null)),
    );
    for (const query of inOrder(job.queries, ["values"])) {
        if (query.id === "values") {
            await loadPoissonLimits(engine);
            await engine.materialise("values_mart", query.body);
        } else await engine.materialise(query.id, query.body);
    }
}

/** Exact Poisson limits have no closed form in SQL, so the engine gets them as a table of the counts that occur. */
async function loadPoissonLimits(engine: Engine): Promise<void> {
    const counts = await engine.rows(
        `select distinct span_values.numerator
        from span_values
        inner join indicator_catalogue on span_values.indicator_id = indicator_catalogue.indicator_id
        where indicator_catalogue.measure = 'aantal' and span_values.numerator is not null`,
    );
    await engine.load(
        "poisson_limits",
        { events: "BIGINT", low: "DOUBLE", high: "DOUBLE" },
        counts.map((row) => {
            const { low, high } = poisson(Number(row.numerator));
            return [Number(row.numerator), low, high];
        }),
    );
}

/** What the marts depend on, as one short hash: the same inputs are never computed twice. */
export function martsId(job: Omit<MartsJob, "engine" | "scratch">, fingerprint: string): string {
    const hash = createHash("sha256").update(`${fingerprint}\n${JSON.stringify(job.indicators)}\n`);
    hash.update(
        JSON.stringify(job.view.coverage.map((row) => [row.practice, row.source, row.peildatum, row.historyFrom])),
    );
    for (const file of job.view.files) if (file.practice === regionKey) hash.update(`${file.table} ${file.sha256}\n`);
    for (const file of job.results) hash.update(`${file.key}\n`);
    for (const query of inOrder(job.queries, ["values"])) hash.update(`${query.id}\n${query.body}\n`);
    return hash.digest("hex").slice(0, 16);
}

/** Writes the marts of one refresh into the lake: the values, sorted, and the catalogue. */
export async function saveMarts(job: MartsJob, id: string, catalogue: MartsDescription): Promise<void> {
    const path = join(job.scratch, "values.parquet");
    await job.engine.save(
        `select ${Object.keys(valueColumns).join(", ")} from values_mart
        order by indicator, stratum nulls first, level, id, period`,
        path,
    );
    await job.lake.store.putFile(`marts/${id}/values.parquet`, path);
    await rm(path, { force: true });
    const text = join(job.scratch, "catalogue.json");
    await writeFile(text, `${JSON.stringify(catalogue, null, 1)}\n`);
    await job.lake.store.putFile(`marts/${id}/catalogue.json`, text);
    await rm(text, { force: true });
}
