// The goals of a refresh: definitions from queries/goals/, figures from the value mart.
import type { Engine } from "./engine.ts";
import type { Milestone, ThemeDefinition, ThemeEvaluated } from "./goal.ts";
import { evaluateGoal, type Point, type Series } from "./goal-evaluation.ts";
import type { Indicator } from "./indicator.ts";

export interface GoalsJob {
    engine: Engine;
    themes: ThemeDefinition[];
    indicators: Indicator[];
    to: string;
    release: string;
}

/** Evaluates every theme against `values_mart` and the milestones of the register, both in the engine. */
export async function evaluateGoals(job: GoalsJob): Promise<ThemeEvaluated[]> {
    const wanted = job.themes.flatMap((theme) =>
        theme.doelen.flatMap((goal) => [goal.indicator, goal.vergrijzing ?? goal.indicator]),
    );
    const series = await readSeries(job, [...new Set(wanted)].sort());
    const facts = await job.engine.rows(
        `select fact, code, cast(fact_date as varchar) as fact_date, max(quantity) as quantity
        from region_facts where fact like 'milestone:%' group by 1, 2, 3 order by 3`,
    );
    return job.themes.map((theme) => ({
        thema: theme.thema,
        id: theme.id,
        titel: theme.titel,
        tafel: theme.tafel,
        vakgroep: theme.vakgroep,
        toewijzing: theme.toewijzing,
        beoogd: theme.beoogd,
        goals: theme.doelen.map((goal) =>
            evaluateGoal({
                goal,
                series: series.get(goal.indicator),
                ageing: goal.vergrijzing ? series.get(goal.vergrijzing) : undefined,
                to: job.to,
                deadline: theme.deadline,
                release: job.release,
            }),
        ),
        milestones: theme.mijlpalen.map((milestone) => {
            const latest = facts
                .filter((fact) => fact.fact === `milestone:${theme.thema}` && fact.code === milestone.id)
                .at(-1);
            return {
                ...milestone,
                ...milestoneState(latest ? Number(latest.quantity) : null),
                date: latest ? String(latest.fact_date) : null,
            };
        }),
    }));
}

/** No fact is "geen opgave", never "open". */
function milestoneState(quantity: number | null): Pick<Milestone, "status"> {
    if (quantity === null) return { status: "geen opgave" };
    return { status: quantity >= 2 ? "gedaan" : quantity === 1 ? "bezig" : "open" };
}

async function readSeries(job: GoalsJob, ids: string[]): Promise<Map<string, Series>> {
    const rows = await job.engine.rows(
        `select indicator, level, id, period, numerator, denominator, value, low, high, state, delivered, members
        from values_mart
        where stratum is null and level in ('practice', 'region') and length(period) = 7 and period not like '%Q%'
            and indicator in ('', ${ids.map((id) => `'${id}'`).join(", ")})
        order by indicator, level, id, period`,
    );
    const series = new Map<string, Series>();
    for (const row of rows) {
        const id = String(row.indicator);
        const indicator = job.indicators.find((other) => other.id === id);
        const one = series.get(id) ?? {
            soort: indicator?.soort ?? "",
            maat: indicator?.maat ?? "",
            region: new Map(),
            practices: new Map(),
        };
        series.set(id, one);
        const point: Point = {
            numerator: numberOf(row.numerator),
            denominator: numberOf(row.denominator),
            value: numberOf(row.value),
            low: numberOf(row.low),
            high: numberOf(row.high),
            state: String(row.state),
            delivered: Number(row.delivered ?? 0),
            members: Number(row.members ?? 0),
        };
        if (row.level === "region") one.region.set(String(row.period), point);
        else {
            const points = one.practices.get(String(row.id)) ?? new Map<string, Point>();
            one.practices.set(String(row.id), points.set(String(row.period), point));
        }
    }
    return series;
}

function numberOf(cell: unknown): number | null {
    return cell === null || cell === undefined ? null : Number(cell);
}
