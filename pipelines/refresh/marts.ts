// Results become marts: values per level and period with their state, kept per practice by content, and what is made of them.
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cell, Columns, Engine } from "../engine.ts";
import { KEYS, type Lake, type ReleaseView } from "../lake.ts";
import { inOrder, type Query } from "../query.ts";
import { poisson } from "../statistics.ts";
import { inTurns } from "./in-turns.ts";
import { catalogueRow, type Indicator } from "./indicator.ts";
import type { MartsDescription } from "./marts-description.ts";
import { type Period, spanOf } from "./period.ts";
import { loadInputs, type ResultFile, regionKey, resultColumns } from "./results.ts";

export const catalogueColumns: Columns = {
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

/** What a level would count with the region's share in each age group of each sex; the crude share times factor is standardised. */
export const standardisationColumns: Columns = {
    indicator: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    period: "VARCHAR",
    expected: "DOUBLE",
    factor: "DOUBLE",
};

export const ageSexColumns: Columns = {
    indicator: "VARCHAR",
    age_band: "INTEGER",
    sex: "VARCHAR",
    period: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
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

/** The levels above practices, which are computed together. */
const groupLevels = ["hagro", "area", "organisation", "region"];

/** So many practices are computed at a time, so that memory does not grow with the region. */
const practicesAtOnce = 60;

/**
 * Computes the values: those of groups anew, those of a practice only when something about it changed. Afterwards the table
 * `values_mart` can be read, the groups' file is in the lake and the keys of the practices' files are returned, sorted.
 * `fingerprint` stands for the code.
 */
export async function computeValues(job: MartsJob, id: string, fingerprint: string): Promise<string[]> {
    const { engine, lake, queries } = job;
    await loadMartInputs(job);
    await attachResults(job, job.results);
    const perScope = scopedQueries(queries);
    await materialiseAll(
        engine,
        inOrder(queries, martQueries).filter((query) => !perScope.includes(query)),
    );
    await computeScope(
        job,
        perScope,
        groupLevels.map((level) => [level, null]),
    );
    const groups = await saveRows(job, "values_scope", valueOrder, KEYS.martFile(id, "groups.parquet"));
    const plans = await planPractices(job, fingerprint);
    const present = new Set(await lake.store.list(KEYS.practiceValues));
    const stale = plans.filter((plan) => !present.has(plan.key));
    for (let at = 0; at < stale.length; at += practicesAtOnce)
        await computePractices(job, perScope, stale.slice(at, at + practicesAtOnce));
    const keys = plans.map((plan) => plan.key);
    await engine.attach("values_mart", valueColumns, await lake.store.localPaths([groups, ...keys]));
    return keys;
}

const valueOrder = "indicator, stratum nulls first, level, id, period";

/** What is asked of queries/marts; the rest of the folder is what these rest on. */
const martQueries = ["values", "standardisation", "age_sex_values"];

/** The queries that look at the levels in `mart_scope` only; the others are computed once for all. */
function scopedQueries(queries: Map<string, Query>): Query[] {
    const scoped = new Set(["mart_scope"]);
    return inOrder(queries, ["values"]).filter((query) => {
        if (!query.reads.some((name) => scoped.has(name))) return false;
        scoped.add(query.id);
        return true;
    });
}

async function loadMartInputs(job: MartsJob): Promise<void> {
    const { engine, view } = job;
    await loadInputs(engine, view, job.periods);
    for (const [table, columns] of Object.entries(job.contract)) {
        const files = view.files.filter((file) => file.table === table && file.practice === regionKey);
        await engine.attach(table, columns, await job.lake.store.localPaths(files.map((file) => file.key)));
    }
    await engine.load("indicator_catalogue", catalogueColumns, catalogueCells(job.indicators));
}

async function attachResults({ engine, lake }: MartsJob, files: readonly ResultFile[]): Promise<void> {
    await engine.attach("results", resultColumns, await lake.store.localPaths(files.map((file) => file.key)));
}

function materialiseAll(engine: Engine, queries: readonly Query[]): Promise<void> {
    const steps = queries.map((query) => ({
        id: query.id,
        needs: query.reads,
        run: () => engine.materialise(query.id, query.body),
    }));
    return inTurns(steps, engine.atOnce);
}

/** Makes `values_scope` the values of these levels; a level without an id is all of it. */
async function computeScope({ engine }: MartsJob, scoped: readonly Query[], scope: [string, string | null][]) {
    await engine.load("mart_scope", { level: "VARCHAR", id: "VARCHAR" }, scope);
    for (const query of scoped) {
        if (query.id === "values") {
            await loadPoissonLimits(engine);
            await engine.materialise("values_scope", query.body);
        } else await engine.materialise(query.id, query.body);
    }
}

/** The rows of `indicator_catalogue`, cells in column order. */
export function catalogueCells(indicators: readonly Indicator[]): Cell[][] {
    const rows = indicators.map((indicator) => new Map(Object.entries(catalogueRow(indicator))));
    return rows.map((row) => Object.keys(catalogueColumns).map((name) => row.get(name) ?? null));
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

interface PracticePlan {
    practice: string;
    key: string;
}

/** Where the values of every practice stand: named by the hash of all that they depend on. */
async function planPractices(job: MartsJob, fingerprint: string): Promise<PracticePlan[]> {
    const { engine, view, results, queries, indicators, periods } = job;
    const strata = await engine.rows("select * from stratum_starts order by indicator_id, stratum");
    const practices = await engine.rows("select practice_id from stg_practices order by practice_id");
    const shared = createHash("sha256").update(`${fingerprint}\n${spanOf(periods)}\n${JSON.stringify(strata)}\n`);
    shared.update(JSON.stringify(indicators.map(catalogueRow)));
    for (const query of inOrder(queries, ["values"])) shared.update(`${query.id}\n${query.body}\n`);
    for (const file of view.files) if (file.practice === regionKey) shared.update(`${file.table} ${file.sha256}\n`);
    const resultOf = new Map(results.map((file) => [file.practice, file.key]));
    return practices.map((row) => {
        const practice = String(row.practice_id);
        const own = view.coverage
            .filter((one) => one.practice === practice || one.source === "bureau")
            .map((one) => [one.source, one.peildatum, one.historyFrom]);
        const hash = shared.copy().update(`${practice}\n${JSON.stringify(own)}\n${resultOf.get(practice) ?? ""}`);
        return { practice, key: KEYS.valuesOf(practice, hash.digest("hex").slice(0, 24)) };
    });
}

async function computePractices(job: MartsJob, scoped: readonly Query[], plans: readonly PracticePlan[]) {
    const wanted = new Set(plans.map((plan) => plan.practice));
    await attachResults(
        job,
        job.results.filter((file) => wanted.has(file.practice)),
    );
    await computeScope(
        job,
        scoped,
        plans.map((plan) => ["practice", plan.practice]),
    );
    const steps = plans.map(({ practice, key }) => ({
        id: practice,
        needs: [],
        run: async () => {
            await saveRows(job, `values_scope where id = '${practice}'`, valueOrder, key);
        },
    }));
    await inTurns(steps, job.engine.atOnce);
}

/** Writes rows of a relation with the columns of a value, sorted, under a key; returns the key. */
async function saveRows(job: MartsJob, from: string, order: string, key: string, columns = valueColumns) {
    const path = join(job.scratch, key.replaceAll("/", "_"));
    await job.engine.save(`select ${Object.keys(columns).join(", ")} from ${from} order by ${order}`, path);
    await job.lake.store.putFile(key, path);
    await rm(path, { force: true });
    return key;
}

/** What the marts depend on, as one short hash: the same inputs are never computed twice. */
export function martsId(job: Omit<MartsJob, "engine" | "scratch">, fingerprint: string): string {
    const hash = createHash("sha256").update(`${fingerprint}\n${JSON.stringify(job.indicators)}\n`);
    hash.update(
        JSON.stringify(job.view.coverage.map((row) => [row.practice, row.source, row.peildatum, row.historyFrom])),
    );
    for (const file of job.view.files) if (file.practice === regionKey) hash.update(`${file.table} ${file.sha256}\n`);
    for (const file of job.results) hash.update(`${file.key}\n`);
    for (const query of inOrder(job.queries, martQueries)) hash.update(`${query.id}\n${query.body}\n`);
    return hash.digest("hex").slice(0, 16);
}

/** Files of one refresh's marts; the values of practices stand apart, because many refreshes share them. */
const martFiles = ["groups.parquet", "standardisation.parquet", "age_sex.parquet", "practices.json", "catalogue.json"];

/** Whether the marts of a refresh are whole: of marts that were broken off, or are being deleted, some files may be there. */
export async function hasMarts(lake: Lake, id: string): Promise<boolean> {
    const present = new Set(await lake.store.list(KEYS.martsOf(id)));
    if (!martFiles.every((name) => present.has(KEYS.martFile(id, name)))) return false;
    const values = new Set(await lake.store.list(KEYS.practiceValues));
    return (await practiceValueKeys(lake, id)).every((key) => values.has(key));
}

/** Keys of the files with the values of practices that a refresh names. */
export async function practiceValueKeys(lake: Lake, id: string): Promise<string[]> {
    const stored = await lake.store.get(KEYS.martFile(id, "practices.json"));
    return stored ? (JSON.parse(new TextDecoder().decode(stored.body)) as string[]) : [];
}

/** Local files with all values of a refresh. */
export async function valuePaths(lake: Lake, id: string): Promise<string[]> {
    return lake.store.localPaths([KEYS.martFile(id, "groups.parquet"), ...(await practiceValueKeys(lake, id))]);
}

/** Writes the rest of the marts of one refresh into the lake; the catalogue comes last and makes them whole. */
export async function saveMarts(
    job: MartsJob,
    id: string,
    made: { practices: readonly string[]; catalogue: MartsDescription },
): Promise<void> {
    const save = (from: string, order: string, name: string, columns: Columns) =>
        saveRows(job, from, order, KEYS.martFile(id, name), columns);
    await save("standardisation", "indicator, level, id, period", "standardisation.parquet", standardisationColumns);
    await save("age_sex_values", "indicator, period, age_band, sex", "age_sex.parquet", ageSexColumns);
    await saveText(job, KEYS.martFile(id, "practices.json"), JSON.stringify(made.practices));
    await saveText(job, KEYS.martFile(id, "catalogue.json"), JSON.stringify(made.catalogue, null, 1));
}

async function saveText({ lake, scratch }: MartsJob, key: string, text: string): Promise<void> {
    const path = join(scratch, key.replaceAll("/", "_"));
    await writeFile(path, `${text}\n`);
    await lake.store.putFile(key, path);
    await rm(path, { force: true });
}
