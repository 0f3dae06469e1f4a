import type { Catalogue } from "../../pipelines/publish/catalogue.ts";
import type { Level, MartCell } from "../../pipelines/publish/cell.ts";
import { poisson, wilson } from "../../pipelines/statistics.ts";
import { agbOf, monthsBetween, stream } from "./marts.ts";

/**
 * Invented publications of one small region, one after the other: practices join, leave, deliver late and correct, time
 * goes on, and every figure follows from patients per practice, area and month. Small on purpose: that is where secrets are.
 */

export interface RandomPublication {
    catalogue: Catalogue;
    cells: MartCell[];
}

type Definition = Catalogue["indicators"][number];

interface Practice {
    id: string;
    hagro: string | null;
    area: string;
    organisation: string | null;
    /** First month as a member, and the first no more. */
    joined: string;
    left: string | null;
    size: number;
}

const AREAS = ["kust", "polder", "haven"];
const GROUP: Definition = {
    id: "groep_gemeten",
    titel: "Gemeten",
    noemer: "In zorg.",
    maat: "aandeel",
    soort: "stand",
    klasse: "proces",
    vakgroep: "diabetes-cvrm",
};
const TEMPLATES: Definition[][] = [
    [GROUP, { ...GROUP, id: "groep_bekend", titel: "Bekend" }],
    [GROUP, { ...GROUP, id: "groep_goed", titel: "Goed", noemer: "Gemeten in zorg.", klasse: "uitkomst" }],
    [{ ...GROUP, id: "pop_ziek", titel: "Ziek", noemer: "Ingeschrevenen.", klasse: "populatie", vakgroep: undefined }],
    [{ ...GROUP, id: "ziek_rookt", titel: "Rookt", noemer: "Zieken.", klasse: "uitkomst" }],
    [
        {
            ...GROUP,
            id: "verwijzingen",
            titel: "Verwijzingen",
            noemer: "Ingeschrevenen.",
            maat: "aantal",
            soort: "stroom",
            klasse: "beweging",
        },
    ],
];

/** Two to six publications after each other from a seed; the same seed gives the same ones. */
export function randomPublications(seed: number, most = 6): RandomPublication[] {
    const random = stream(seed);
    const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const hagros = between(1, 3);
    const areas = AREAS.slice(0, between(1, 3));
    const organisations = random() < 0.2 ? 2 : 1;
    const practices: Practice[] = Array.from({ length: between(4, 11) }, (_, index) => ({
        id: agbOf(index),
        hagro: random() < 0.05 ? null : `hagro-${index % hagros}`,
        area: pick(areas),
        organisation: random() < 0.05 ? null : `org-${index % organisations}`,
        joined: "2010-01",
        left: null,
        size: pick([60, 200, 900, 2_500]),
    }));
    const indicators = [...TEMPLATES]
        .sort(() => random() - 0.5)
        .slice(0, between(1, 2))
        .flat();
    const strata = random() < 0.5 ? ["jong", "oud"] : [];
    const rates = new Map(
        indicators.map(({ id }) => [id, { group: pick([0.01, 0.04, 0.2]), part: pick([0.08, 0.3, 0.6, 0.93]) }]),
    );
    const from = "2023-01";
    let to = pick(["2023-12", "2024-03", "2024-06"]);
    const counts = new Map<string, number>();
    const draw = (expected: number) => {
        let count = 0;
        for (let chance = Math.exp(-Math.min(expected, 30)), sum = chance, u = random(); sum < u && count < 200; ) {
            count += 1;
            chance *= Math.min(expected, 30) / count;
            sum += chance;
        }
        return expected > 30 ? Math.round(expected + (random() - 0.5) * 2 * Math.sqrt(expected)) : count;
    };
    /** Numerator or denominator of a practice, area, stratum and month; drawn once, so that it stays what it was. */
    const count = (key: string, expected: number): number => {
        const known = counts.get(key);
        if (known !== undefined) return known;
        const drawn = draw(expected);
        counts.set(key, drawn);
        return drawn;
    };
    const late = new Map<string, string>();
    const publications: RandomPublication[] = [];
    for (let turn = 0, turns = between(2, most); turn < turns; turn += 1) {
        if (turn > 0) {
            if (random() < 0.6) to = nextQuarter(to);
            late.clear();
            for (const practice of practices) {
                const chance = random();
                if (chance < 0.06 && practice.left === null) practice.left = nextMonth(to);
                else if (chance < 0.1 && practice.left === null) practice.joined = nextMonth(to);
                else if (chance < 0.3) correct(practice.id, counts, random);
            }
        }
        // Who delivered late stands there not delivered from some month on, and whole the next time.
        for (const practice of practices)
            if (turn < turns - 1 && random() < 0.12)
                late.set(practice.id, `${to.slice(0, 4)}-${random() < 0.5 ? "01" : to.slice(5)}`);
        publications.push(publicationOf({ practices, areas, indicators, strata, rates, count, late, from, to }));
    }
    return publications;
}

function correct(practice: string, counts: Map<string, number>, random: () => number): void {
    for (const [key, value] of counts) {
        if (!key.startsWith(practice) || random() < 0.9) continue;
        counts.set(key, Math.max(0, value + (random() < 0.5 ? 1 : -1)));
    }
}

function nextMonth(month: string): string {
    const [year = 0, number = 0] = month.split("-").map(Number);
    return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

function nextQuarter(month: string): string {
    return nextMonth(nextMonth(nextMonth(month)));
}

interface Drawn {
    practices: readonly Practice[];
    areas: readonly string[];
    indicators: readonly Definition[];
    strata: readonly string[];
    rates: ReadonlyMap<string, { group: number; part: number }>;
    count(key: string, expected: number): number;
    /** Practices that have not delivered from this month on. */
    late: ReadonlyMap<string, string>;
    from: string;
    to: string;
}

interface SumUp {
    numerator: number;
    denominator: number;
    members: Set<string>;
    delivered: Set<string>;
    missing: boolean;
}

function publicationOf(drawn: Drawn): RandomPublication {
    const { practices, indicators, strata, areas, from, to, late } = drawn;
    const months = monthsBetween(from, to);
    const cells: MartCell[] = [];
    for (const indicator of indicators) {
        const sums = new Map<
            string,
            SumUp & { at: Pick<MartCell, "indicator" | "stratum" | "level" | "id" | "period"> }
        >();
        const isFlow = indicator.soort === "stroom";
        const add = (
            stratum: string | null,
            level: Level,
            id: string,
            period: string,
            practice: string,
            n: number,
            d: number,
            isThere: boolean,
        ) => {
            const key = `${stratum}\t${level}\t${id}\t${period}`;
            const at = { indicator: indicator.id, stratum, level, id, period };
            const sum = sums.get(key) ?? {
                at,
                numerator: 0,
                denominator: 0,
                members: new Set(),
                delivered: new Set(),
                missing: false,
            };
            sums.set(key, sum);
            sum.members.add(practice);
            if (!isThere) {
                sum.missing ||= level === "practice";
                return;
            }
            sum.delivered.add(practice);
            sum.numerator += n;
            sum.denominator += d;
        };
        for (const practice of practices) {
            for (const month of months) {
                if (month < practice.joined || (practice.left !== null && month >= practice.left)) continue;
                const isThere = month < (late.get(practice.id) ?? "9999");
                for (const place of [...areas, "elders"]) {
                    const share = place === practice.area ? 0.85 : 0.15 / areas.length;
                    for (const row of patientsOf(drawn, indicator, practice, place, share, month)) {
                        for (const period of periodsOf(month, isFlow)) {
                            const put = (level: Level, id: string) => {
                                // Months are published of the region only, and read of nothing else.
                                if (period === month && level !== "region") return;
                                add(
                                    row.stratum,
                                    level,
                                    id,
                                    period,
                                    practice.id,
                                    row.numerator,
                                    row.denominator,
                                    isThere,
                                );
                            };
                            put("practice", practice.id);
                            if (practice.hagro) put("hagro", practice.hagro);
                            if (practice.organisation) put("organisation", practice.organisation);
                            put("region", "regio");
                            put("area", place);
                        }
                    }
                }
            }
        }
        for (const sum of sums.values()) cells.push(cellOf(indicator, sum));
    }
    void strata;
    return { catalogue: catalogueOf(drawn), cells };
}

function* patientsOf(
    { rates, count, strata }: Drawn,
    indicator: Definition,
    practice: Practice,
    place: string,
    share: number,
    month: string,
): Generator<{ stratum: string | null; numerator: number; denominator: number }> {
    const rate = rates.get(indicator.id) ?? { group: 0.1, part: 0.5 };
    const moment =
        indicator.soort === "stand" ? `${month.slice(0, 4)}-${Math.ceil(Number(month.slice(5)) / 3)}` : month;
    const key = `${practice.id} ${place} ${moment}`;
    if (indicator.soort === "stroom") {
        const size = Math.round(practice.size * share);
        const parts = strata.map((stratum) => ({
            stratum,
            numerator: count(`${key} ${indicator.id} ${stratum}`, practice.size * share * rate.group * 0.02),
        }));
        const whole =
            parts.length > 0
                ? parts.reduce((sum, part) => sum + part.numerator, 0)
                : count(`${key} ${indicator.id}`, practice.size * share * rate.group * 0.03);
        yield { stratum: null, numerator: whole, denominator: size };
        for (const part of parts) yield { ...part, denominator: size };
        return;
    }
    const group = count(
        `${key} noemer ${indicator.noemer === "Gemeten in zorg." ? "In zorg." : indicator.noemer}`,
        practice.size * share * rate.group,
    );
    const within = (name: string, of: number, chance: number) => Math.min(of, count(`${key} ${name}`, of * chance));
    if (indicator.noemer === "Gemeten in zorg.") {
        const measured = within("groep_gemeten", group, 0.8);
        yield { stratum: null, numerator: within(indicator.id, measured, rate.part), denominator: measured };
        return;
    }
    yield {
        stratum: null,
        numerator: within(indicator.id, group, indicator.id === "groep_gemeten" ? 0.8 : rate.part),
        denominator: group,
    };
}

function periodsOf(month: string, isFlow: boolean): string[] {
    const number = Number(month.slice(5));
    const year = month.slice(0, 4);
    const periods = [month];
    if (isFlow || number % 3 === 0) periods.push(`${year}-Q${Math.ceil(number / 3)}`);
    if (isFlow || number === 12) periods.push(year);
    return periods;
}

function cellOf(
    indicator: Definition,
    {
        at,
        numerator,
        denominator,
        members,
        delivered,
        missing,
    }: SumUp & { at: Pick<MartCell, "indicator" | "stratum" | "level" | "id" | "period"> },
): MartCell {
    const seen = { ...at, delivered: delivered.size, members: members.size };
    const empty = { ...seen, numerator: null, denominator: null, value: null, low: null, high: null };
    if (missing || delivered.size === 0) return { ...empty, state: "not_delivered" };
    if (denominator === 0) return { ...empty, state: "not_applicable" };
    const state = numerator === 0 ? ("zero" as const) : ("value" as const);
    if (indicator.maat === "aandeel")
        return {
            ...seen,
            numerator,
            denominator,
            value: numerator / denominator,
            ...wilson(numerator, denominator),
            state,
        };
    const limits = poisson(numerator);
    const rate = 1_000 / denominator;
    return {
        ...seen,
        numerator,
        denominator,
        value: numerator * rate,
        low: limits.low * rate,
        high: limits.high * rate,
        state,
    };
}

function catalogueOf({ practices, areas, indicators, from, to }: Drawn): Catalogue {
    const named = (ids: readonly (string | null)[]) =>
        [...new Set(ids.filter((id) => id !== null))].sort().map((id) => ({ id, name: id }));
    const day = (month: string) => `${month}-01`;
    return {
        release: "0123456789abcdef",
        refresh: "fedcba9876543210",
        demo: true,
        from,
        to,
        peildatum: `${to}-28`,
        indicators: [...indicators],
        practices: practices.map(({ id, hagro, area, organisation, joined, left }) => ({
            id,
            name: `Praktijk ${id}`,
            hagro,
            area,
            organisation,
            joined: day(joined),
            left: left === null ? null : day(left),
        })),
        hagros: named(practices.map(({ hagro }) => hagro)),
        areas: [...areas, "elders"].map((id) => ({ id, name: id, predecessors: [] })),
        organisations: named(practices.map(({ organisation }) => organisation)),
        coverage: practices.map(({ id }) => ({ practice: id })),
        agreements: practices.slice(0, 2).map(({ id }) => ({ practice: id, fact: "adviseur:noord", value: 1 })),
        goals: [],
    };
}
