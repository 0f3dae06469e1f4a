import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { AgeSexCount } from "../../pipelines/publish/age-sex.ts";
import type { Catalogue } from "../../pipelines/publish/catalogue.ts";
import type { MartCell } from "../../pipelines/publish/cell.ts";
import { poisson, wilson } from "../../pipelines/statistics.ts";

/** A small invented region as marts: everything follows from the practices' monthly numbers, by sums only. */

export interface RegionShape {
    practices: number;
    hagros: number;
    months: { from: string; to: string };
    seed: number;
}

export const SMALL_REGION: RegionShape = {
    practices: 12,
    hagros: 3,
    months: { from: "2022-01", to: "2022-12" },
    seed: 7,
};

const AREAS = ["nissewaard", "voorne-aan-zee", "rozenburg"];

const INDICATORS: Catalogue["indicators"] = [
    {
        id: "pop_ingeschreven",
        titel: "Ingeschreven",
        teller: "Ingeschrevenen.",
        noemer: "Dezelfde patiënten.",
        maat: "aandeel",
        soort: "stand",
        klasse: "populatie",
    },
    {
        id: "pop_copd",
        titel: "COPD",
        teller: "Met COPD.",
        noemer: "Ingeschrevenen.",
        maat: "aandeel",
        soort: "stand",
        klasse: "populatie",
    },
    {
        id: "dm_hba1c_gemeten",
        titel: "HbA1c gemeten",
        teller: "Gemeten.",
        noemer: "In zorg.",
        maat: "aandeel",
        soort: "stand",
        klasse: "proces",
        vakgroep: "diabetes-cvrm",
    },
    {
        id: "dm_hba1c_tm53",
        titel: "HbA1c tot en met 53",
        teller: "Tot en met 53.",
        noemer: "Gemeten.",
        maat: "aandeel",
        soort: "stand",
        klasse: "uitkomst",
        vakgroep: "diabetes-cvrm",
    },
    {
        id: "gli_verwijzingen",
        titel: "GLI",
        teller: "Verwijzingen.",
        noemer: "Ingeschrevenen.",
        maat: "aantal",
        soort: "stroom",
        klasse: "beweging",
    },
    {
        id: "prk_leden",
        titel: "Leden",
        teller: "Leden.",
        noemer: "Leden.",
        maat: "aandeel",
        soort: "praktijk",
        klasse: "praktijk",
    },
];

/** A repeatable stream of numbers 0..1. */
export function stream(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

export const agbOf = (index: number): string => String(1_050_000 + 137 * (index + 1)).padStart(8, "0");

export function catalogueOf(shape: RegionShape): Catalogue {
    const practices = Array.from({ length: shape.practices }, (_, index) => ({
        id: agbOf(index),
        name: `Huisartsenpraktijk Nummer ${index + 1} van de Proefregio`,
        hagro: `hagro-${index % shape.hagros}`,
        area: AREAS[index % AREAS.length] ?? null,
        organisation: "Cohaesie",
        his: "his-lang",
        joined: "2009-01-01",
        left: null,
    }));
    return {
        release: "0123456789abcdef",
        refresh: "fedcba9876543210",
        demo: true,
        from: shape.months.from,
        to: shape.months.to,
        peildatum: `${shape.months.to}-28`,
        indicators: INDICATORS,
        practices,
        hagros: Array.from({ length: shape.hagros }, (_, index) => ({ id: `hagro-${index}`, name: `Hagro ${index}` })),
        areas: [...AREAS, "elders"].map((id) => ({ id, name: id, predecessors: [] })),
        organisations: [{ id: "Cohaesie", name: "Cohaesie" }],
        coverage: practices.map(({ id }) => ({
            practice: id,
            source: "HIS",
            delivery: "d",
            peildatum: shape.months.to,
        })),
        goals: [],
    };
}

export function monthsBetween(from: string, to: string): string[] {
    const months: string[] = [];
    for (let month = from; month <= to; ) {
        months.push(month);
        const [year = 0, number = 0] = month.split("-").map(Number);
        month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
    }
    return months;
}

/** What publishing reads of the region: quarters and years of every level, months of the region. */
export function publishedValuesOf(shape: RegionShape): MartCell[] {
    return valuesOf(shape).filter(({ level, period }) => level === "region" || !/^\d{4}-\d{2}$/.test(period));
}

/** Every cell of the region, all levels and periods. Patients of a practice live in its area, a few elsewhere. */
export function valuesOf(shape: RegionShape): MartCell[] {
    const catalogue = catalogueOf(shape);
    const months = monthsBetween(shape.months.from, shape.months.to);
    const sums = new Map<string, { cell: MartCell; numerator: number; denominator: number }>();
    const random = stream(shape.seed);
    const add = (
        at: Pick<MartCell, "indicator" | "stratum" | "level" | "id" | "period">,
        numerator: number,
        denominator: number,
    ) => {
        const key = JSON.stringify(at);
        const sum = sums.get(key) ?? { cell: { ...at, ...EMPTY }, numerator: 0, denominator: 0 };
        sums.set(key, { ...sum, numerator: sum.numerator + numerator, denominator: sum.denominator + denominator });
    };
    for (const practice of catalogue.practices) {
        const size = 1_200 + Math.floor(random() * 4_000);
        for (const month of months) {
            for (const { indicator, stratum, numerator, denominator, flow } of practiceMonth(size, random)) {
                const year = month.slice(0, 4);
                const quarter = `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
                const lastOfQuarter = Number(month.slice(5)) % 3 === 0;
                const periods = [month];
                if (flow || lastOfQuarter) periods.push(quarter);
                if (flow || month.endsWith("-12")) periods.push(year);
                const away = Math.min(numerator, Math.round(denominator * 0.03) > 0 ? Math.round(numerator * 0.03) : 0);
                const awayOf = Math.min(denominator, Math.round(denominator * 0.03));
                for (const period of periods) {
                    const last = !flow || month === lastMonthOf(period, months);
                    const counted = last ? denominator : 0;
                    const put = (level: MartCell["level"], id: string, of: number, n: number) =>
                        add({ indicator, stratum, level, id, period }, of, n);
                    put("practice", practice.id, numerator, counted);
                    put("hagro", practice.hagro ?? "", numerator, counted);
                    put("organisation", "Cohaesie", numerator, counted);
                    put("region", "regio", numerator, counted);
                    put("area", practice.area ?? "", numerator - away, last ? denominator - awayOf : 0);
                    put("area", "elders", away, last ? awayOf : 0);
                }
            }
        }
    }
    return [...sums.values()].map(({ cell, numerator, denominator }) =>
        filled(cell, numerator, denominator, shape.practices),
    );
}

const EMPTY = {
    numerator: null,
    denominator: null,
    value: null,
    low: null,
    high: null,
    state: "value" as const,
    delivered: null,
    members: null,
};

function lastMonthOf(period: string, months: readonly string[]): string {
    const inside = months.filter((month) =>
        period.length === 4
            ? month.startsWith(period)
            : period.length === 7 && !period.includes("Q")
              ? month === period
              : `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}` === period,
    );
    return inside.at(-1) ?? "";
}

function filled(cell: MartCell, numerator: number, denominator: number, practices: number): MartCell {
    const members = cell.level === "practice" ? 1 : practices;
    const common = { ...cell, numerator, denominator, delivered: members, members };
    if (denominator === 0) return { ...cell, state: "not_applicable", delivered: members, members };
    const state = numerator === 0 ? "zero" : "value";
    if (cell.indicator === "gli_verwijzingen") {
        const { low, high } = poisson(numerator);
        const rate = 1_000 / denominator;
        return { ...common, state, value: numerator * rate, low: low * rate, high: high * rate };
    }
    return { ...common, state, value: numerator / denominator, ...wilson(numerator, denominator) };
}

interface PracticeMonth {
    indicator: string;
    stratum: string | null;
    numerator: number;
    denominator: number;
    flow: boolean;
}

function practiceMonth(size: number, random: () => number): PracticeMonth[] {
    const about = (expected: number) => Math.max(0, Math.round(expected * (0.6 + 0.8 * random())));
    const care = about(size * 0.05);
    const measured = Math.min(care, about(care * 0.85));
    const good = Math.min(measured, about(measured * 0.6));
    const child = random() < 0.1 ? 1 : 0;
    const adult = about(size * 0.0006);
    const stock = (indicator: string, numerator: number, denominator: number): PracticeMonth => ({
        indicator,
        stratum: null,
        numerator,
        denominator,
        flow: false,
    });
    const flow = (stratum: string | null, numerator: number): PracticeMonth => ({
        indicator: "gli_verwijzingen",
        stratum,
        numerator,
        denominator: size,
        flow: true,
    });
    return [
        stock("pop_ingeschreven", size, size),
        stock("pop_copd", about(size * 0.01), size),
        stock("dm_hba1c_gemeten", measured, care),
        stock("dm_hba1c_tm53", good, measured),
        stock("prk_leden", 1, 1),
        flow(null, adult + child),
        flow("volwassen", adult),
        flow("kind", child),
    ];
}

/**
 * Writes `<lake>/marts/<refresh>/` and its pointer, as a refresh leaves them. Cells that say no expected count get one near
 * their own. Returns the marts folder.
 */
export async function writeMarts(
    lake: string,
    catalogue: Catalogue,
    cells: readonly MartCell[],
    ageSex: readonly AgeSexCount[] = [],
): Promise<string> {
    const folder = path.join(lake, "marts", catalogue.refresh);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "catalogue.json"), JSON.stringify(catalogue));
    await writeFile(path.join(lake, "marts", "current.json"), JSON.stringify({ refresh: catalogue.refresh }));
    const rows = path.join(folder, "rows.json");
    await writeFile(rows, cells.map((cell) => JSON.stringify(cell)).join("\n"));
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const columns =
        "{indicator:'VARCHAR',stratum:'VARCHAR',level:'VARCHAR',id:'VARCHAR',period:'VARCHAR',numerator:'BIGINT',denominator:'BIGINT',value:'DOUBLE',low:'DOUBLE',high:'DOUBLE',state:'VARCHAR',delivered:'INTEGER',members:'INTEGER'}";
    await connection.run(
        `copy (select * from read_json('${rows}', format='newline_delimited', columns=${columns})) to '${path.join(folder, "groups.parquet")}' (format parquet)`,
    );
    const shares = new Set(catalogue.indicators.filter(({ maat }) => maat === "aandeel").map(({ id }) => id));
    const expected = cells
        .filter((cell) => cell.level === "practice" && cell.stratum === null && shares.has(cell.indicator))
        .filter(({ numerator, denominator }) => numerator !== null && denominator !== null && denominator > 0)
        .map(({ indicator, level, id, period, numerator, expected }) => ({
            ...{ indicator, level, id, period },
            expected: expected ?? (numerator ?? 0) + 1.4,
            factor: 1,
        }));
    await writeFile(rows, expected.map((row) => JSON.stringify(row)).join("\n"));
    await connection.run(
        `copy (select * from read_json('${rows}', format='newline_delimited', columns={indicator:'VARCHAR',level:'VARCHAR',id:'VARCHAR',period:'VARCHAR',expected:'DOUBLE',factor:'DOUBLE'})) to '${path.join(folder, "standardisation.parquet")}' (format parquet)`,
    );
    const counts = ageSex.map(({ ageBand, largestNumerator, largestRest, ...row }) => ({
        ...row,
        age_band: ageBand,
        largest_numerator: largestNumerator,
        largest_rest: largestRest,
    }));
    await writeFile(rows, counts.map((row) => JSON.stringify(row)).join("\n"));
    await connection.run(
        `copy (select * from read_json('${rows}', format='newline_delimited', columns={indicator:'VARCHAR',age_band:'INTEGER',sex:'VARCHAR',period:'VARCHAR',numerator:'BIGINT',denominator:'BIGINT',largest_numerator:'BIGINT',largest_rest:'BIGINT'})) to '${path.join(folder, "age_sex.parquet")}' (format parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    await writeFile(rows, "");
    return folder;
}
