// The last step: contributions of both sides become cells with their parts, in one engine, in SQL (queries/changes/).
import { join } from "node:path";
import type { Columns } from "../engine.ts";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { inOrder, type Query } from "../query.ts";
import type { Indicator } from "../refresh/indicator.ts";
import { catalogueCells, catalogueColumns, valueColumns } from "../refresh/marts.ts";
import { monthIndex, periodOf } from "../refresh/period.ts";
import {
    type Contributions,
    contributionColumns,
    inclusionColumns,
    levelColumns,
    spanContributionColumns,
} from "./contributions.ts";
import { ENGINE } from "./results-of-side.ts";
import type { Span } from "./spans.ts";

export const cellColumns: Columns = {
    indicator_id: "VARCHAR",
    stratum: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    span: "VARCHAR",
    numerator_before: "BIGINT",
    denominator_before: "BIGINT",
    state_before: "VARCHAR",
    numerator_after: "BIGINT",
    denominator_after: "BIGINT",
    state_after: "VARCHAR",
};

export const partColumns: Columns = {
    indicator_id: "VARCHAR",
    stratum: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    span: "VARCHAR",
    part: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
    numerator_practices: "BIGINT",
    numerator_largest: "BIGINT",
    numerator_gross: "BIGINT",
    denominator_practices: "BIGINT",
    denominator_largest: "BIGINT",
    denominator_gross: "BIGINT",
};

export interface SplitJob {
    queries: Map<string, Query>;
    spans: readonly Span[];
    /** Indicators that both sides have; whether the old definition could be counted on the new deliveries. */
    compared: readonly { indicator: string; isRerun: boolean }[];
    /** Practices whose HIS delivers in another layout. */
    relaid: readonly string[];
    old: Contributions;
    kept: Contributions;
    now: Contributions;
    oldIndicators: readonly Indicator[];
    newIndicators: readonly Indicator[];
    /** Local files with the published values. */
    oldValues: string[];
    newValues: string[];
    /** True: the queries that add results up to levels changed too, so what they moved is put under the definition. */
    rulesChanged: boolean;
    scratch: string;
}

/** Local Parquet files: every cell, and its parts. Throws when the parts of a cell do not add up to its change. */
export async function split(job: SplitJob): Promise<{ cells: string; parts: string }> {
    const engine = await openDuckDBEngine({ ...ENGINE, temp: join(job.scratch, "duckdb") });
    const cells = join(job.scratch, "cellen.parquet");
    const parts = join(job.scratch, "delen.parquet");
    try {
        await engine.load(
            "compared_spans",
            { span: "VARCHAR", kind: "VARCHAR", period_from: "VARCHAR", period_to: "VARCHAR" },
            job.spans.map(({ span, kind, from, to }) => [span, kind, from, to]),
        );
        await engine.load(
            "compared_months",
            {
                span: "VARCHAR",
                position: "INTEGER",
                month_from: "DATE",
                month_to: "DATE",
                is_last: "BOOLEAN",
                is_newest: "BOOLEAN",
            },
            job.spans.flatMap(({ span, kind, months }) =>
                months.map(({ position, from, to, isLast }) => [
                    span,
                    position,
                    dayOf(from),
                    dayOf(to),
                    isLast,
                    kind === "newest",
                ]),
            ),
        );
        await engine.load(
            "compared_indicators",
            { indicator_id: "VARCHAR", is_rerun: "BOOLEAN" },
            job.compared.map(({ indicator, isRerun }) => [indicator, isRerun]),
        );
        await engine.load(
            "relaid_practices",
            { practice_id: "VARCHAR" },
            job.relaid.map((practice) => [practice]),
        );
        await engine.load("old_catalogue", catalogueColumns, catalogueCells(job.oldIndicators));
        await engine.load("new_catalogue", catalogueColumns, catalogueCells(job.newIndicators));
        await engine.attach("old_contributions", contributionColumns, [job.old.contributions]);
        await engine.attach("kept_contributions", contributionColumns, [job.kept.contributions]);
        await engine.attach("new_contributions", contributionColumns, [job.now.contributions]);
        await engine.attach("staying_contributions", spanContributionColumns, [job.kept.staying]);
        await engine.attach("unaged_contributions", spanContributionColumns, [job.kept.unaged]);
        await engine.attach("old_inclusions", inclusionColumns, [job.old.inclusions]);
        await engine.attach("kept_inclusions", inclusionColumns, [job.kept.inclusions]);
        await engine.attach("old_level_members", levelColumns, [job.old.levels]);
        await engine.attach("new_level_members", levelColumns, [job.now.levels]);
        await engine.attach("old_values", valueColumns, job.oldValues);
        await engine.attach("new_values", valueColumns, job.newValues);
        for (const query of inOrder(job.queries, ["change_cells"])) await engine.materialise(query.id, query.body);
        const [left] = await engine.rows(
            `select count(*) as cells, min(indicator_id) as indicator from change_cells
            where numerator_unexplained <> 0 or denominator_unexplained <> 0`,
        );
        if (!job.rulesChanged && Number(left?.cells) > 0)
            throw new Error(
                `De delen van ${left?.cells} veranderingen (als eerste van ${left?.indicator}) tellen niet op tot het verschil; meld dit, en publiceer deze uitsplitsing niet.`,
            );
        const key = "indicator_id, stratum, level, id, span";
        const order = "order by indicator_id, stratum nulls first, level, id, span";
        await engine.save(`select ${Object.keys(cellColumns).join(", ")} from change_cells ${order}`, cells);
        await engine.save(
            `select ${Object.keys(partColumns).join(", ")} from change_parts
            where part not in ('before', 'after')
            union all
            select ${key}, 'definition', numerator_unexplained,
                case when stratum is null then coalesce(denominator_unexplained, 0) else 0 end, 0, 0, 0, 0, 0, 0
            from change_cells
            where numerator_unexplained <> 0 or (stratum is null and denominator_unexplained <> 0)
            ${order}, part`,
            parts,
        );
        return { cells, parts };
    } finally {
        engine.close();
    }
}

const dayOf = (month: string): string => periodOf(monthIndex(month)).start;
