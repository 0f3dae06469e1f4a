// The goals of a refresh: definitions from queries/goals/, figures from the value mart.
import type { Cell, Engine } from "../engine.ts";
import type { GoalDefinition, Milestone, ThemeDefinition, ThemeEvaluated } from "./goal.ts";
import { evaluateGoal, momentOf } from "./goal-evaluation.ts";
import { hasValue, type Point, type PracticePoint, type Series } from "./goal-series.ts";
import type { Indicator } from "./indicator.ts";
import { monthIndex, periodOf } from "./period.ts";

type Row = Record<string, Cell>;

export interface GoalsJob {
    engine: Engine;
    themes: ThemeDefinition[];
    indicators: Indicator[];
    to: string;
    release: string;
}

/** The figures that goals ask for, by indicator; areas by `<indicator> <slug of key or name>`. */
interface Figures {
    whole: Map<string, Series>;
    areas: Map<string, Series>;
    strata: Map<string, Map<string, Series>>;
    /** Practices that ever gave a fact, with the first day, by fact. */
    answers: Map<string, Map<string, string>>;
}

/** Figures of practices are read for so many rows at a time, so that memory does not grow with the region. */
const ROWS_AT_ONCE = 400_000;

/** Evaluates every theme against `values_mart` and the facts of the register, all in the engine. */
export async function evaluateGoals(job: GoalsJob): Promise<ThemeEvaluated[]> {
    const evaluated: ThemeEvaluated[] = [];
    const facts = await job.engine.rows(
        `select fact, code, cast(fact_date as varchar) as fact_date, max(quantity) as quantity
        from region_facts
        where fact like 'milestone:%' and fact_date <= date '${periodOf(monthIndex(job.to)).end}'
        group by 1, 2, 3 order by 3`,
    );
    for (const themes of inParts(job.themes, await rowsPerIndicator(job.engine))) {
        const figures = await readFigures({ ...job, themes });
        evaluated.push(...evaluateThemes({ ...job, themes }, figures, facts));
    }
    return evaluated;
}

/** Months that practices have: how many rows the figures of one indicator may be. */
async function rowsPerIndicator(engine: Engine): Promise<number> {
    const [row] = await engine.rows("select count(*) as months from stg_practices cross join stg_periods");
    return Number(row?.months ?? 0);
}

/** Themes in order, in parts of which the figures fit in memory together; a theme is never divided. */
export function inParts(themes: readonly ThemeDefinition[], rows: number): ThemeDefinition[][] {
    const parts: ThemeDefinition[][] = [];
    let read = new Set<string>();
    for (const theme of themes) {
        const own = theme.doelen.flatMap((goal) => [goal.indicator ?? "", goal.vergrijzing ?? ""]);
        const together = new Set([...read, ...own.filter((id) => id !== "")]);
        const last = parts.at(-1);
        if (last && together.size * rows <= ROWS_AT_ONCE) {
            last.push(theme);
            read = together;
        } else {
            parts.push([theme]);
            read = new Set(own.filter((id) => id !== ""));
        }
    }
    return parts;
}

function evaluateThemes(job: GoalsJob, figures: Figures, facts: readonly Row[]): ThemeEvaluated[] {
    return job.themes.map((theme) => {
        const milestones = theme.mijlpalen.map((milestone) => milestoneOf(milestone, theme.thema, facts));
        return {
            thema: theme.thema,
            mtvp: theme.mtvp,
            id: theme.id,
            titel: theme.titel,
            tafel: theme.tafel,
            vakgroep: theme.vakgroepen[0] ?? null,
            vakgroepen: theme.vakgroepen,
            toewijzing: theme.toewijzing,
            koers: theme.koers ?? [],
            beoogd: theme.beoogd,
            toelichting: theme.toelichting ?? null,
            bron: theme.bron,
            goals: theme.doelen.map((goal) => evaluate(job, figures, { theme, goal, milestones })),
            milestones,
            followed: theme.gevolgd,
        };
    });
}

function evaluate(
    job: GoalsJob,
    figures: Figures,
    { theme, goal, milestones }: { theme: ThemeDefinition; goal: GoalDefinition; milestones: Milestone[] },
): ThemeEvaluated["goals"][number] {
    const id = goal.indicator ?? "";
    const deadline = theme.deadline ?? `${job.to.slice(0, 4)}-12-31`;
    const whole = figures.whole.get(id);
    return evaluateGoal({
        goal,
        series: goal.gebied ? figures.areas.get(`${id} ${goal.gebied}`) : whole,
        indicatorTitle: job.indicators.find((indicator) => indicator.id === id)?.titel,
        ageing: goal.vergrijzing ? figures.whole.get(goal.vergrijzing) : undefined,
        strata: figures.strata.get(id),
        answers:
            goal.feit && whole
                ? answersOf(whole, figures.answers.get(goal.feit), momentOf(job.to, deadline))
                : undefined,
        milestones,
        to: job.to,
        deadline,
        release: job.release,
    });
}

/** Members with a value in a month, and how many of them gave the fact by its last day. */
function answersOf(
    series: Series,
    given: ReadonlyMap<string, string> | undefined,
    month: string,
): { given: number; members: number } {
    const last = periodOf(monthIndex(month)).end;
    const members = [...series.practices].filter(([, points]) => hasValue(points.get(month))).map(([id]) => id);
    const told = members.filter((id) => (given?.get(id) ?? "9999") <= last);
    return { given: told.length, members: members.length };
}

/** No fact is "geen opgave", never "open". */
function milestoneOf(
    milestone: ThemeDefinition["mijlpalen"][number],
    thema: number | null,
    facts: readonly Row[],
): Milestone {
    const latest = facts
        .filter((fact) => fact.fact === `milestone:${thema}` && String(fact.code).trim().toLowerCase() === milestone.id)
        .at(-1);
    if (!latest) return { ...milestone, status: "geen opgave", date: null };
    const quantity = Number(latest.quantity);
    const status = quantity >= 2 ? "gedaan" : quantity === 1 ? "bezig" : "open";
    return { ...milestone, status, date: String(latest.fact_date) };
}

async function readFigures(job: GoalsJob): Promise<Figures> {
    const goals = job.themes.flatMap((theme) => theme.doelen);
    const wanted = goals.flatMap((goal) => [goal.indicator ?? "", goal.vergrijzing ?? ""]);
    const quoted = (ids: readonly string[]): string => [...new Set(["", ...ids])].map((id) => `'${id}'`).join(", ");
    const perArea = goals.filter((goal) => goal.gebied).map((goal) => goal.indicator ?? "");
    const perStratum = goals.filter((goal) => goal.per).map((goal) => goal.indicator ?? "");
    const rows = await job.engine.rows(
        `select indicator, stratum, level, values_mart.id, stg_areas.name, period,
            numerator, denominator, value, low, high, state, delivered, members
        from values_mart
        left join stg_areas on values_mart.level = 'area' and values_mart.id = stg_areas.area_id
        where length(period) = 7 and period not like '%Q%' and (
            (stratum is null and level = 'region' and indicator in (${quoted(wanted)}))
            or (stratum is null and level = 'area' and indicator in (${quoted(perArea)}))
            or (stratum is not null and level = 'region' and indicator in (${quoted(perStratum)}))
        )
        order by indicator, stratum, level, values_mart.id, period`,
    );
    const figures: Figures = { whole: new Map(), areas: new Map(), strata: new Map(), answers: new Map() };
    const emptyOf = (id: string): Series => {
        const indicator = job.indicators.find((one) => one.id === id);
        const { soort = "", maat = "", jaarcijfer = "" } = indicator ?? {};
        return { soort, maat, jaarcijfer, region: new Map(), practices: new Map() };
    };
    for (const row of rows) {
        const id = String(row.indicator);
        const point = pointOf(row);
        const place = (series: Series): unknown => series.region.set(String(row.period), point);
        if (row.stratum !== null) {
            const strata = entry(figures.strata, id, () => new Map<string, Series>());
            place(entry(strata, String(row.stratum), () => emptyOf(id)));
        } else if (row.level === "area") {
            for (const key of new Set([slug(row.id), slug(row.name ?? row.id)]))
                place(entry(figures.areas, `${id} ${key}`, () => emptyOf(id)));
        } else place(entry(figures.whole, id, () => emptyOf(id)));
    }
    // by far the most rows, so no more of them than is used
    const perPractice = await job.engine.rows(
        `select indicator, id, period, numerator, denominator, value, state
        from values_mart
        where stratum is null and level = 'practice' and length(period) = 7 and period not like '%Q%'
            and indicator in (${quoted(wanted)})
        order by indicator, id, period`,
    );
    for (const row of perPractice) {
        const { practices } = entry(figures.whole, String(row.indicator), () => emptyOf(String(row.indicator)));
        entry(practices, String(row.id), () => new Map()).set(String(row.period), countedOf(row));
    }
    const told = await job.engine.rows(
        `select fact, practice_id, cast(min(fact_date) as varchar) as first_day from practice_facts group by 1, 2`,
    );
    for (const row of told)
        entry(figures.answers, String(row.fact), () => new Map()).set(String(row.practice_id), String(row.first_day));
    return figures;
}

function countedOf(row: Row): PracticePoint {
    return {
        numerator: numberOf(row.numerator),
        denominator: numberOf(row.denominator),
        value: numberOf(row.value),
        state: String(row.state),
    };
}

function pointOf(row: Row): Point {
    return {
        ...countedOf(row),
        low: numberOf(row.low),
        high: numberOf(row.high),
        delivered: Number(row.delivered ?? 0),
        members: Number(row.members ?? 0),
    };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
    const known = map.get(key);
    if (known !== undefined) return known;
    const made = make();
    map.set(key, made);
    return made;
}

function slug(name: unknown): string {
    return String(name).trim().toLowerCase().replaceAll(/\s+/g, "-");
}

function numberOf(cell: unknown): number | null {
    return cell === null || cell === undefined ? null : Number(cell);
}
