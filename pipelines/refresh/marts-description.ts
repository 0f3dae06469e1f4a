// catalogue.json of the marts: which release, which definitions, which practices, which goals. Pages quote it, never recompute it.
import type { Engine } from "../engine.ts";
import type { ReleaseView } from "../lake.ts";
import { type Example, type Query, queryHash } from "../query.ts";
import { definitionsId } from "./definitions.ts";
import type { ThemeEvaluated } from "./goal.ts";
import type { Indicator } from "./indicator.ts";
import { type ConceptCode, type ConditionCode, searchRecipe } from "./recipe.ts";

export interface DescribedIndicator extends Indicator {
    recept: string[];
    voorbeelden: Example[];
    queryHash: string;
}

export interface DescribedArea {
    id: string;
    name: string;
    /** Names of the areas that it was made from, where the register knows them. */
    predecessors: string[];
}

export interface MartsDescription {
    release: string;
    refresh: string;
    demo: boolean;
    from: string;
    to: string;
    peildatum: string;
    /** Name of the query texts as they are kept in the lake. */
    definitions: string;
    indicators: DescribedIndicator[];
    practices: Record<string, string | null>[];
    hagros: { id: string; name: string }[];
    areas: DescribedArea[];
    organisations: { id: string; name: string }[];
    coverage: ReleaseView["coverage"];
    /** What practices agreed to and who advises them: latest answer per practice and fact, 1 is yes. */
    agreements: { practice: string; fact: string; value: number }[];
    goals: ThemeEvaluated[];
}

export interface DescriptionJob {
    engine: Engine;
    queries: Map<string, Query>;
    indicators: Indicator[];
    view: ReleaseView;
    refresh: string;
    from: string;
    to: string;
    goals: ThemeEvaluated[];
}

/** Reads names and codes back from the engine after the marts were computed in it. */
export async function describeMarts(job: DescriptionJob): Promise<MartsDescription> {
    const { engine, view } = job;
    const practices = await engine.rows(
        `select stg_practices.practice_id as id, stg_practices.name, hagro, area_id as area, organisation, his,
            cast(min(practices_dates.joined_on) as varchar) as joined,
            case when bool_or(practices_dates.left_on is null) then null
                else cast(max(practices_dates.left_on) as varchar) end as left
        from stg_practices
        inner join (select practice_id, joined_on, left_on from practices) as practices_dates
            on stg_practices.practice_id = practices_dates.practice_id
        group by 1, 2, 3, 4, 5, 6
        order by 1`,
    );
    const texts = practices.map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, cell === null ? null : String(cell)])),
    );
    const demo = view.deliveries.some((delivery) => delivery.demo);
    return {
        release: view.release.id,
        refresh: job.refresh,
        demo,
        from: job.from,
        to: job.to,
        peildatum:
            view.coverage
                .map((row) => row.peildatum)
                .sort()
                .at(-1) ?? "",
        definitions: definitionsId(job.queries),
        indicators: await describeIndicators(job),
        practices: texts,
        hagros: distinctNames(texts, "hagro"),
        areas: await describeAreas(engine),
        organisations: distinctNames(texts, "organisation"),
        coverage: view.coverage,
        agreements: await describeAgreements(engine),
        goals: job.goals,
    };
}

async function describeIndicators(job: DescriptionJob): Promise<DescribedIndicator[]> {
    const codes = async <T>(id: string): Promise<T[]> => {
        const query = job.queries.get(id);
        return query ? ((await job.engine.rows(query.body)) as T[]) : [];
    };
    const concepts = await codes<ConceptCode>("stg_concepts");
    const conditions = await codes<ConditionCode>("stg_conditions");
    return job.indicators.map((indicator) => ({
        ...indicator,
        recept: searchRecipe(indicator, concepts, conditions),
        voorbeelden: job.queries.get(indicator.id)?.examples ?? [],
        queryHash: queryHash(job.queries, indicator.id).slice(0, 16),
    }));
}

async function describeAreas(engine: Engine): Promise<DescribedArea[]> {
    const areas = await engine.rows("select area_id as id, name from stg_areas order by 1");
    const earlier = await engine.rows(
        `select distinct stg_area_successors.successor_id as id, areas.name
        from stg_area_successors
        inner join areas on stg_area_successors.area_id = areas.area_id
        where stg_area_successors.area_id <> stg_area_successors.successor_id
        order by 1, 2`,
    );
    const known = areas.map((area) => ({
        id: String(area.id),
        name: String(area.name),
        predecessors: earlier.filter((row) => row.id === area.id).map((row) => String(row.name)),
    }));
    return [...known, { id: "elders", name: "Elders", predecessors: [] }];
}

async function describeAgreements(engine: Engine): Promise<MartsDescription["agreements"]> {
    const rows = await engine.rows(
        `select fact, practice_id, max(value) as value
        from practice_facts
        inner join (
            select practice_id as latest_practice, fact as latest_fact, max(fact_date) as latest_date
            from practice_facts
            group by 1, 2
        ) as latest
            on practice_id = latest_practice and fact = latest_fact and fact_date = latest_date
        where fact = 'hagro_bij_naam' or fact like 'adviseur:%'
        group by 1, 2
        order by 1, 2`,
    );
    return rows.map((row) => ({
        practice: String(row.practice_id),
        fact: String(row.fact),
        value: Number(row.value),
    }));
}

function distinctNames(practices: Record<string, string | null>[], key: string): { id: string; name: string }[] {
    const ids = [...new Set(practices.map((practice) => practice[key]).filter((id) => typeof id === "string"))].sort();
    // the register's key is all there is; a key in words reads as a name once its dashes are blanks
    return ids.map((id) => ({
        id,
        name: id.replaceAll("-", " ").replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
    }));
}
