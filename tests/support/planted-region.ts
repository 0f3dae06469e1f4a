import type { AgeSexCount } from "../../pipelines/publish/age-sex.ts";
import type { Catalogue } from "../../pipelines/publish/catalogue.ts";
import type { MartCell } from "../../pipelines/publish/cell.ts";
import { evaluateGoal } from "../../pipelines/refresh/goal-evaluation.ts";
import type { Point, Series } from "../../pipelines/refresh/goal-series.ts";
import { poisson, wilson } from "../../pipelines/statistics.ts";
import { agbOf, monthsBetween, stream } from "./marts.ts";

/**
 * A region in which ten things happen, each in an indicator or practice of its own, counted from invented patients by
 * practice, month, age group and sex: what pages say of it can be held against what really happened.
 */

const FROM = "2023-01";
const TO = "2024-06";
const MONTHS = monthsBetween(FROM, TO);
const BANDS = [0, 18, 45, 65, 75];
const SEXES = ["V", "M"];
const AREAS = ["nissewaard", "voorne-aan-zee", "rozenburg"];
const MANY = 18;

/** Practices in which something happens. */
export const PLANTED = {
    /** Nearly all its patients are old. */
    old: agbOf(2),
    /** Delivered nothing after March 2024. */
    silent: agbOf(4),
    /** A member until 2024, and far below the others in one thing. */
    gone: agbOf(6),
    /** Six patients in one denominator. */
    small: agbOf(8),
    /** Far below the region in foot examinations, with the record system that is low in it. */
    low: agbOf(1),
    /** Nothing happens. */
    calm: agbOf(11),
};

interface Draw {
    practice: number;
    agb: string;
    month: number;
    band: number;
}

interface Planted {
    id: string;
    titel: string;
    klasse: "proces" | "uitkomst" | "populatie";
    /** Part of the patients of an age group that is in the denominator. */
    of: (draw: Draw) => number;
    share: (draw: Draw) => number;
}

const CARE = [0, 0.01, 0.05, 0.14, 0.17];
const inCare = ({ band }: Draw): number => CARE[band] ?? 0;
const areaOf = (practice: number): string => AREAS[Math.floor(practice / 6)] ?? "";
/** Practices 1, 4, 7, ... have the second record system. */
const systemOf = (practice: number): string => (practice % 3 === 1 ? "Bricks" : "Medicom");

const INDICATORS: Planted[] = [
    { id: "pop_ingeschreven", titel: "Ingeschreven patiënten", klasse: "populatie", of: () => 1, share: () => 1 },
    {
        id: "dm_hba1c_gemeten",
        titel: "HbA1c gemeten",
        klasse: "proces",
        of: inCare,
        share: ({ month }) => 0.74 + 0.009 * month,
    },
    { id: "dm_ldl_gemeten", titel: "LDL gemeten", klasse: "proces", of: inCare, share: () => 0.84 },
    {
        id: "dm_sbd_tm140",
        titel: "Bovendruk 140 of lager",
        klasse: "uitkomst",
        of: inCare,
        share: ({ band }) => [0.95, 0.93, 0.86, 0.72, 0.4][band] ?? 0,
    },
    {
        id: "dm_voetonderzoek",
        titel: "Voetonderzoek gedaan",
        klasse: "proces",
        of: inCare,
        share: ({ practice, agb }) => (agb === PLANTED.low ? 0.3 : systemOf(practice) === "Bricks" ? 0.66 : 0.85),
    },
    {
        id: "dm_fundus",
        titel: "Oogfundus beoordeeld",
        klasse: "proces",
        of: (draw) => (draw.agb === PLANTED.small ? 0.0009 : inCare(draw)),
        share: () => 0.8,
    },
    {
        id: "dm_rookt",
        titel: "Rookt",
        klasse: "uitkomst",
        of: () => 0.0006,
        share: () => 0.2,
    },
    {
        id: "dm_acr_gemeten",
        titel: "Albumine/creatinine gemeten",
        klasse: "proces",
        of: (draw) => inCare(draw) * (draw.agb === PLANTED.gone ? 4 : 1),
        share: ({ agb }) => (agb === PLANTED.gone ? 0.2 : 0.8),
    },
];

interface Count {
    numerator: number;
    denominator: number;
}
/** Per age group (five) of women, then of men. */
type Groups = Count[];

const ofGroups = (groups: Groups): Count => ({
    numerator: groups.reduce((sum, { numerator }) => sum + numerator, 0),
    denominator: groups.reduce((sum, { denominator }) => sum + denominator, 0),
});

export interface PlantedRegion {
    catalogue: Catalogue;
    cells: MartCell[];
    ageSex: AgeSexCount[];
}

/** Everything that a refresh would leave of this region. */
export function plantedRegion(): PlantedRegion {
    const random = stream(20);
    const practices = Array.from({ length: MANY }, (_unused, practice) => {
        const agb = agbOf(practice);
        const size = Math.round(2600 + 2400 * random());
        const ages = agb === PLANTED.old ? [0.04, 0.06, 0.1, 0.2, 0.6] : [0.18, 0.32, 0.28, 0.13, 0.09];
        return { practice, agb, size, ages };
    });
    const counts = new Map<string, Groups[]>();
    for (const { id, of, share } of INDICATORS) {
        for (const { practice, agb, size, ages } of practices) {
            // Patients stay as they are from month to month but for one in twelve, as a window of twelve months has it.
            let kept: Groups | null = null;
            const months = MONTHS.map((_month, month): Groups => {
                const groups = SEXES.flatMap((_sex) =>
                    BANDS.map((_band, band): Count => {
                        const draw = { practice, agb, month, band };
                        const denominator = Math.round((size / 2) * (ages[band] ?? 0) * of(draw));
                        return { denominator, numerator: binomial(denominator, share(draw), random) };
                    }),
                );
                const before: Groups | null = kept;
                const mixed = groups.map((group, at) => {
                    const earlier = before?.[at];
                    if (!earlier || share({ practice, agb, month, band: 0 }) === 1) return group;
                    const numerator = Math.round(earlier.numerator + (group.numerator - earlier.numerator) / 3);
                    return { ...group, numerator: Math.min(group.denominator, numerator) };
                });
                kept = mixed;
                return mixed;
            });
            counts.set(`${id} ${agb}`, months);
        }
    }
    return {
        catalogue: catalogueOf(practices.map(({ agb, practice }) => ({ agb, practice }))),
        cells: [...INDICATORS.flatMap((indicator) => stockCells(indicator, practices, counts)), ...flowCells()],
        ageSex: INDICATORS.flatMap(({ id }) => ageSexOf(id, practices, counts)),
    };
}

function binomial(many: number, chance: number, random: () => number): number {
    let found = 0;
    for (let one = 0; one < many; one += 1) if (random() < chance) found += 1;
    return chance >= 1 ? many : found;
}

interface Practice {
    practice: number;
    agb: string;
    size: number;
}

type State = "value" | "not_delivered" | "not_applicable";

function stateOf(agb: string, month: number): State {
    const at = MONTHS[month] ?? "";
    if (agb === PLANTED.gone && at >= "2024-01") return "not_applicable";
    return agb === PLANTED.silent && at > "2024-03" ? "not_delivered" : "value";
}

/** Places of the months that a period ends in: quarters and years take their last month, months themselves. */
const SPANS = MONTHS.flatMap((month, place) => {
    const [year = "", number = ""] = month.split("-");
    const spans = [{ period: month, month: place }];
    if (Number(number) % 3 === 0) spans.push({ period: `${year}-Q${Number(number) / 3}`, month: place });
    if (number === "12") spans.push({ period: year, month: place });
    return spans;
});

const levels = ({ agb, practice }: Practice): { level: MartCell["level"]; id: string }[] => [
    { level: "practice", id: agb },
    { level: "hagro", id: `hagro-${practice % 3}` },
    { level: "area", id: areaOf(practice) },
    { level: "region", id: "regio" },
];

function stockCells({ id }: Planted, practices: Practice[], counts: Map<string, Groups[]>): MartCell[] {
    return SPANS.flatMap(({ period, month }) => {
        const region = regionGroups(id, practices, counts, month);
        const places = new Map<string, { at: ReturnType<typeof levels>[number]; own: Practice[] }>();
        for (const practice of practices)
            for (const at of levels(practice)) {
                const place = places.get(`${at.level} ${at.id}`) ?? { at, own: [] };
                place.own.push(practice);
                places.set(`${at.level} ${at.id}`, place);
            }
        return [...places.values()].map(({ at, own }): MartCell => {
            const states = own.map(({ agb }) => stateOf(agb, month));
            const there = own.filter(({ agb }) => stateOf(agb, month) === "value");
            const groups = there.map(({ agb }) => counts.get(`${id} ${agb}`)?.[month] ?? []);
            const { numerator, denominator } = ofGroups(groups.flat());
            const base = {
                ...{ indicator: id, stratum: null, ...at, period },
                delivered: there.length,
                members: states.filter((state) => state !== "not_applicable").length,
            };
            const state = there.length > 0 && denominator > 0 ? "value" : (states[0] ?? "not_applicable");
            if (there.length === 0 || denominator === 0)
                return {
                    ...base,
                    numerator: null,
                    denominator: null,
                    value: null,
                    low: null,
                    high: null,
                    state: state === "value" ? "not_applicable" : state,
                };
            const expected = (groups[0] ?? []).reduce((sum, group, place) => {
                const whole = region[place] ?? { numerator: 0, denominator: 0 };
                return whole.denominator === 0 ? sum : sum + (group.denominator * whole.numerator) / whole.denominator;
            }, 0);
            return {
                ...base,
                numerator,
                denominator,
                value: numerator / denominator,
                ...wilson(numerator, denominator),
                state: numerator === 0 ? "zero" : "value",
                ...(at.level === "practice" ? { expected } : {}),
            };
        });
    });
}

function regionGroups(id: string, practices: Practice[], counts: Map<string, Groups[]>, month: number): Groups {
    const there = practices.filter(({ agb }) => stateOf(agb, month) === "value");
    return Array.from({ length: BANDS.length * SEXES.length }, (_unused, place) =>
        ofGroups(there.flatMap(({ agb }) => counts.get(`${id} ${agb}`)?.[month]?.[place] ?? [])),
    );
}

function ageSexOf(id: string, practices: Practice[], counts: Map<string, Groups[]>): AgeSexCount[] {
    return SPANS.filter(({ period }) => period === "2024-Q2").flatMap(({ period, month }) => {
        const there = practices.filter(({ agb }) => stateOf(agb, month) === "value");
        return regionGroups(id, practices, counts, month).map((group, place) => {
            const own = there.map(
                ({ agb }) => counts.get(`${id} ${agb}`)?.[month]?.[place] ?? { numerator: 0, denominator: 0 },
            );
            return {
                ...{ indicator: id, period, ...group },
                ageBand: BANDS[place % BANDS.length] ?? 0,
                sex: SEXES[Math.floor(place / BANDS.length)] ?? "",
                largestNumerator: Math.max(...own.map(({ numerator }) => numerator)),
                largestRest: Math.max(...own.map(({ numerator, denominator }) => denominator - numerator)),
            };
        });
    });
}

/** A count of the bureau that stands still, month by month. */
const askedIn = (month: number): number => 40 + (month % 2);

function flowCells(): MartCell[] {
    return MONTHS.map((period, month) => {
        const numerator = askedIn(month);
        return {
            ...{ indicator: "meedenkconsulten", stratum: null, level: "region", id: "regio", period },
            ...{ numerator, denominator: null, value: numerator, ...poisson(numerator), state: "value" },
            ...{ delivered: MANY, members: MANY },
        };
    });
}

const POINT = { low: null, high: null, state: "value", delivered: MANY, members: MANY };

/** A count per month of two practices alike: what a goal is judged from. */
function counted(perMonth: (month: number) => number): Series {
    const points = (part: number): Map<string, Point> =>
        new Map(
            MONTHS.map((period, month) => {
                const numerator = part * perMonth(month);
                return [period, { ...POINT, numerator, denominator: null, value: numerator }];
            }),
        );
    const practices = new Map([agbOf(0), agbOf(1)].map((agb) => [agb, points(0.5)]));
    return { soort: "stroom", maat: "aantal", region: points(1), practices };
}

function shares(perMonth: (month: number) => number): Series {
    const points = new Map(
        MONTHS.map((period, month): [string, Point] => {
            const numerator = Math.round(1000 * perMonth(month));
            return [
                period,
                { ...POINT, numerator, denominator: 1000, value: numerator / 1000, ...wilson(numerator, 1000) },
            ];
        }),
    );
    return { soort: "stand", maat: "aandeel", region: points, practices: new Map([[agbOf(0), points]]) };
}

/** A goal that was reached at its deadline, and one that stands still on the way to twice as many. */
function goals(): Catalogue["goals"] {
    const common = { ageing: undefined, strata: undefined, answers: undefined, to: TO, release: "0123456789abcdef" };
    const met = evaluateGoal({
        ...common,
        goal: {
            id: "14_ict_scan",
            titel: "Vier op de vijf praktijken met een ICT-scan",
            soort: "share",
            indicator: "prk_ict_scan",
            doel: "minstens 80%",
            streef: 0.8,
        },
        series: shares((month) => 0.7 + 0.015 * month),
        deadline: "2024-03-31",
    });
    const hopeless = evaluateGoal({
        ...common,
        goal: {
            id: "19_meedenken",
            titel: "Twee keer zo veel meedenkconsulten",
            soort: "growth",
            indicator: "meedenkconsulten",
            doel: "verdubbeling",
            streef: 1,
            basisjaar: 2023,
        },
        series: counted(askedIn),
        deadline: "2024-12-31",
    });
    const theme = {
        tafel: "4 Vitaal ouder worden",
        vakgroepen: ["diabetes-cvrm"],
        vakgroep: "diabetes-cvrm",
        beoogd: ["Zoals gedrukt."],
        milestones: [],
    };
    return [
        { ...theme, thema: 14, id: "14_ict", titel: "ICT-scan", goals: [met] },
        { ...theme, thema: 19, id: "19_meedenkconsulten", titel: "Meedenkconsulten", goals: [hopeless] },
    ] as unknown as Catalogue["goals"];
}

function catalogueOf(practices: { agb: string; practice: number }[]): Catalogue {
    const stock = INDICATORS.map(({ id, titel, klasse }) => ({
        ...{ id, titel, klasse, maat: "aandeel" as const, soort: "stand" as const },
        vraag: `Bij welk deel geldt: ${titel.toLowerCase()}?`,
        teller: `Patiënten uit de noemer: ${titel.toLowerCase()}.`,
        noemer: id === "pop_ingeschreven" ? "Dezelfde patiënten." : "Patiënten in het programma.",
        bronnen: klasse === "populatie" ? ["HIS"] : ["HIS", "VIPLive"],
        venster: klasse === "populatie" ? null : 12,
        beter: klasse === "populatie" ? ("geen" as const) : id === "dm_rookt" ? ("lager" as const) : ("hoger" as const),
        vakgroep: klasse === "populatie" ? null : "diabetes-cvrm",
        bevestigd: true,
        recept: ["Zoek patiënten met een actieve episode T90.02."],
    }));
    const others = [
        {
            ...{ id: "meedenkconsulten", titel: "Meedenkconsulten", maat: "aantal" as const, soort: "stroom" as const },
            ...{ klasse: "bureau" as const, teller: "Consultaties.", noemer: "Geen.", bronnen: ["VIPLive"] },
        },
        {
            ...{ id: "prk_ict_scan", titel: "ICT-scan gedaan", maat: "aandeel" as const, soort: "praktijk" as const },
            ...{ klasse: "praktijk" as const, teller: "Praktijken.", noemer: "Leden.", bronnen: ["bureau"] },
        },
    ];
    return {
        release: "0123456789abcdef",
        refresh: "fedcba9876543210",
        demo: true,
        from: FROM,
        to: TO,
        peildatum: "2024-06-30",
        indicators: [...stock, ...others],
        practices: practices.map(({ agb, practice }) => ({
            id: agb,
            name: `Praktijk ${practice + 1}`,
            hagro: `hagro-${practice % 3}`,
            area: areaOf(practice),
            organisation: null,
            his: systemOf(practice),
            joined: "2009-01-01",
            left: agb === PLANTED.gone ? "2024-01-01" : null,
        })),
        hagros: [0, 1, 2].map((id) => ({ id: `hagro-${id}`, name: `Hagro ${id}` })),
        areas: [...AREAS, "elders"].map((id) => ({ id, name: id, predecessors: [] })),
        organisations: [],
        coverage: practices.flatMap(({ agb }) =>
            ["HIS", "VIPLive"].map((source) => ({
                ...{ practice: agb, source, delivery: "d", historyFrom: "2015-01-01" },
                peildatum: agb === PLANTED.silent ? "2024-03-31" : "2024-06-30",
            })),
        ),
        goals: goals(),
    };
}
