// What every practice contributes to the figures, under given definitions, on the deliveries of a release.
import { join } from "node:path";
import type { Columns, Engine } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import type { Lake, ReleaseView } from "../lake.ts";
import { inOrder, type Query } from "../query.ts";
import type { Indicator } from "../refresh/indicator.ts";
import { catalogueCells, catalogueColumns, valuePaths } from "../refresh/marts.ts";
import type { Period } from "../refresh/period.ts";
import { loadInputs, regionKey, resultColumns } from "../refresh/results.ts";
import { contractColumns } from "../refresh.ts";
import { countColumns } from "./count-on.ts";
import { ENGINE } from "./results-of-side.ts";

export interface ContributionsJob {
    lake: Lake;
    view: ReleaseView;
    queries: Map<string, Query>;
    indicators: readonly Indicator[];
    periods: readonly Period[];
    /** Counts of all practices: files, whether they are those of a refresh, and the indicators that are read elsewhere. */
    counts: readonly { files: string[]; areResults: boolean; except: readonly string[] }[];
    /** Counts of the same practices without whoever came or went, per comparison; `unaged`: as old as before. */
    counterfactuals?: readonly { span: string; staying: string[]; unaged: string[] }[];
    /** Indicators that look at no patient: nobody comes, goes or grows old in them. */
    unaffected?: readonly string[];
    scratch: string;
    name: string;
}

/** Local Parquet files, one each. */
export interface Contributions {
    contributions: string;
    inclusions: string;
    levels: string;
    /** Which practices are a member on the last day of which month. */
    memberships: string;
    staying: string;
    unaged: string;
}

export const contributionColumns: Columns = countColumns;
export const spanContributionColumns: Columns = { span: "VARCHAR", ...countColumns };
export const inclusionColumns: Columns = { indicator_id: "VARCHAR", practice_id: "VARCHAR", period_start: "DATE" };
export const levelColumns: Columns = {
    geography: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    practice_id: "VARCHAR",
};
export const membershipColumns: Columns = { practice_id: "VARCHAR", period_start: "DATE" };

/** Adds to counts which practices count in which month, and at which levels, by the register of the release. */
export async function contributionsOf(job: ContributionsJob): Promise<Contributions> {
    const { view, lake, scratch, queries } = job;
    const engine = await openDuckDBEngine({ ...ENGINE, temp: join(scratch, "duckdb") });
    const path = (what: string): string => join(scratch, `${job.name}-${what}.parquet`);
    const files: Contributions = {
        contributions: path("bijdragen"),
        inclusions: path("telt-mee"),
        levels: path("niveaus"),
        memberships: path("leden"),
        staying: path("blijvers"),
        unaged: path("even-oud"),
    };
    const save = (columns: Columns, table: string, file: string): Promise<void> =>
        engine.save(`select ${Object.keys(columns).join(", ")} from ${table}`, file);
    try {
        await loadInputs(engine, view, [...job.periods]);
        for (const [table, columns] of Object.entries(contractColumns())) {
            const own = view.files.filter((file) => file.table === table && file.practice === regionKey);
            await engine.attach(table, columns, await lake.store.localPaths(own.map((file) => file.key)));
        }
        await engine.load("indicator_catalogue", catalogueColumns, catalogueCells(job.indicators));
        await attachCounts(engine, job.counts);
        for (const query of inOrder(queries, ["inclusions", "level_practices", "contributions", "stg_memberships"]))
            await engine.materialise(query.id, query.body);
        await save(contributionColumns, "contributions", files.contributions);
        await save(inclusionColumns, "inclusions", files.inclusions);
        await save(levelColumns, "level_practices", files.levels);
        await save(membershipColumns, "stg_memberships", files.memberships);
        for (const which of ["staying", "unaged"] as const) {
            await engine.load("counterfactuals", spanContributionColumns, []);
            for (const one of job.counterfactuals ?? []) {
                await attachCounts(engine, [{ files: one[which], areResults: false, except: [] }]);
                const columns = `select '${one.span}', ${Object.keys(countColumns).join(", ")}`;
                await engine.append(
                    "counterfactuals",
                    `${columns} from (${queries.get("contributions")?.body ?? ""}) as counted
                    union all
                    ${columns} from contributions where indicator_id in (${listed(job.unaffected ?? [])})`,
                );
            }
            await save(spanContributionColumns, "counterfactuals", files[which]);
        }
        return files;
    } finally {
        engine.close();
    }
}

/** Makes `results` the counts of several sets of files. */
async function attachCounts(engine: Engine, counts: ContributionsJob["counts"]): Promise<void> {
    const parts: string[] = [];
    const columns = Object.keys(countColumns).join(", ");
    for (const [at, { files, areResults, except }] of counts.entries()) {
        await engine.attach(`results_${at}`, areResults ? resultColumns : countColumns, files);
        // a refresh also keeps the same patients per age group and sex
        const whole = areResults ? "and age_band is null" : "";
        parts.push(`select ${columns} from results_${at} where indicator_id not in (${listed(except)}) ${whole}`);
    }
    await engine.define("results", parts.join(" union all "));
}

/** Ids as SQL literals; never empty, so that `in ()` cannot occur. */
function listed(ids: readonly string[]): string {
    return ["", ...ids].map((id) => `'${id}'`).join(", ");
}

/** The values of a refresh as they were saved. */
export function valuesOf(lake: Lake, refresh: string): Promise<string[]> {
    return valuePaths(lake, refresh);
}
