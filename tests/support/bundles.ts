import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BundleInput } from "../../dashboards/data.ts";
import { type BundleFrame, bundleText, writtenCells, writtenPeers } from "../../pipelines/publish/bundle.ts";
import type { Cell } from "../../pipelines/publish/cell.ts";
import { type Counted, funnelsOf, panelChanges } from "../../pipelines/publish/comparisons.ts";
import { arrowOf, CSV_HEADING, csvLines } from "../../pipelines/publish/download.ts";
import { DEFAULT_THRESHOLDS } from "../../pipelines/publish/primary-suppression.ts";
import {
    ownPlace,
    type ShownComparisons,
    shownControl,
    shownFunnels,
    shownOfRegion,
    shownPanels,
} from "../../pipelines/publish/shown-comparisons.ts";
import { inventChanges } from "./bundle-changes.ts";
import { inventDetails } from "./bundle-details.ts";

/**
 * Invented bundles for every audience, in the form that publish writes: a small region with members that change on
 * 1 January 2023, a practice that really differs, a missing delivery, suppressed cells and an outlying area.
 */

type CellInput = NonNullable<BundleInput["values"]>[number];
type IndicatorInput = NonNullable<BundleInput["catalogue"]["indicators"]>[number];
type ThemeInput = NonNullable<BundleInput["goals"]>[number];

/** A small deterministic generator (mulberry32). */
function randomFrom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

interface Recipe {
    id: string;
    titel: string;
    maat: "aandeel" | "aantal";
    soort: IndicatorInput["soort"];
    klasse: IndicatorInput["klasse"];
    beter: "hoger" | "lager" | "geen";
    /** Denominator as a share of registered patients, and the numerator as a share of that. */
    of: number;
    share: number;
    /** Change per year, and spread between practices, in share points. */
    drift?: number;
    apart?: number;
    vakgroep?: string;
    thema?: number;
    open?: boolean;
    strata?: string[];
    noemer?: string;
    recept?: string[];
}

const DM = { maat: "aandeel", soort: "stand", vakgroep: "diabetes-cvrm", thema: 30, of: 0.05 } as const;
const POP = { maat: "aandeel", soort: "stand", klasse: "populatie", beter: "geen", of: 1 } as const;
const dm = (extra: Pick<Recipe, "id" | "titel" | "klasse" | "share"> & Partial<Recipe>): Recipe => ({
    ...DM,
    beter: "hoger",
    ...extra,
});
const pop = (id: string, titel: string, share: number, drift = 0): Recipe => ({
    ...POP,
    id,
    titel,
    share,
    drift,
    apart: share * 0.15,
});
const praktijk = (id: string, titel: string, share: number): Recipe => ({
    id,
    titel,
    share,
    maat: "aandeel",
    soort: "praktijk",
    klasse: "praktijk",
    beter: "hoger",
    of: 0,
});

const RECIPES: Recipe[] = [
    pop("pop_ingeschreven", "Ingeschreven patiënten", 1),
    pop("pop_75plus", "75 jaar en ouder", 0.098, 0.004),
    pop("pop_dm2", "Diabetes mellitus type 2", 0.066),
    pop("pop_hvz", "Hart- en vaatziekten", 0.085),
    pop("pop_vrm", "Verhoogd vasculair risico", 0.12),
    pop("pop_copd", "COPD", 0.025),
    pop("pop_astma", "Astma", 0.034),
    pop("pop_dm2_programma", "In ketenzorg diabetes", 0.0553),
    pop("pop_cvrm_programma", "In ketenzorg hart en vaten", 0.1059),
    pop("pop_copd_programma", "In ketenzorg COPD", 0.0085),
    pop("pop_astma_programma", "In ketenzorg astma", 0.0141),
    pop("pop_dementie", "Dementie", 0.012),
    pop("pop_kwetsbaar", "Kwetsbare ouderen", 0.031),
    pop("pop_multimorbide", "Meerdere chronische ziekten", 0.034),
    dm({ id: "dm_hba1c_gemeten", titel: "HbA1c gemeten", klasse: "proces", share: 0.93, apart: 0.03 }),
    dm({ id: "dm_hba1c_tm53", titel: "HbA1c 53 of lager", klasse: "uitkomst", share: 0.65, apart: 0.04, of: 0.046 }),
    dm({
        id: "dm_sbd_tm140",
        titel: "Bovendruk 140 of lager",
        klasse: "uitkomst",
        share: 0.66,
        apart: 0.05,
        drift: 0.022,
        of: 0.044,
    }),
    dm({
        id: "dm_voetonderzoek",
        titel: "Voetonderzoek gedaan",
        klasse: "proces",
        share: 0.83,
        apart: 0.07,
        drift: 0.02,
    }),
    dm({ id: "dm_fundus", titel: "Oogfundus beoordeeld", klasse: "proces", share: 0.88, apart: 0.05 }),
    dm({
        id: "dm_rookstatus_bekend",
        titel: "Rookstatus bekend",
        klasse: "proces",
        share: 0.92,
        apart: 0.04,
        drift: -0.012,
    }),
    {
        id: "copd_inhalatietechniek",
        titel: "COPD: inhalatietechniek nagegaan",
        maat: "aandeel",
        soort: "stand",
        klasse: "proces",
        beter: "hoger",
        of: 0.0066,
        share: 0.68,
        apart: 0.12,
        drift: 0.03,
        vakgroep: "astma-copd",
        thema: 32,
        open: true,
    },
    {
        id: "oud_kwetsbaarheid_gemeten",
        titel: "Kwetsbaarheid gemeten bij 75-plussers",
        maat: "aandeel",
        soort: "stand",
        klasse: "proces",
        beter: "hoger",
        of: 0.098,
        share: 0.28,
        apart: 0.09,
        drift: 0.03,
        vakgroep: "ouderenzorg",
        thema: 35,
        noemer: "Ingeschreven patiënten van 75 jaar en ouder.",
    },
    {
        id: "oud_izp",
        titel: "Individueel zorgplan vastgelegd",
        maat: "aandeel",
        soort: "stand",
        klasse: "proces",
        beter: "hoger",
        of: 0.098,
        share: 0.15,
        apart: 0.07,
        drift: 0.01,
        vakgroep: "ouderenzorg",
        thema: 35,
        noemer: "Ingeschreven patiënten van 75 jaar en ouder.",
    },
    {
        id: "oud_acp_gesprekken",
        titel: "PZP-gesprekken (voorheen ACP)",
        maat: "aantal",
        soort: "stroom",
        klasse: "beweging",
        beter: "hoger",
        of: 1,
        share: 0.00022,
        drift: 0.00007,
        vakgroep: "ouderenzorg",
        thema: 40,
        strata: ["75plus", "jonger"],
    },
    {
        id: "gli_verwijzingen",
        titel: "Verwijzingen naar een leefstijlprogramma (GLI)",
        maat: "aantal",
        soort: "stroom",
        klasse: "beweging",
        beter: "geen",
        of: 1,
        share: 0.00023,
        thema: 23,
        strata: ["kind", "volwassen"],
    },
    {
        id: "meedenkconsulten",
        titel: "Meedenkconsulten",
        maat: "aantal",
        soort: "stroom",
        klasse: "bureau",
        beter: "hoger",
        of: 1,
        share: 0.00006,
        drift: 0.00001,
        thema: 19,
    },
    {
        id: "consultaties",
        titel: "Digitale consultaties",
        maat: "aantal",
        soort: "stroom",
        klasse: "bureau",
        beter: "geen",
        of: 1,
        share: 0.00013,
        strata: ["CVRM", "COPD", "diabetes", "ggz", "meedenk", "ouderenzorg"],
    },
    {
        id: "portaal_gebruik",
        titel: "Portaalgebruik: inzage gebruikt",
        maat: "aandeel",
        soort: "stand",
        klasse: "bureau",
        beter: "hoger",
        of: 0.84,
        share: 0.16,
        drift: 0.03,
        apart: 0.05,
        thema: 15,
    },
    praktijk("prk_leden", "Aangesloten praktijken", 1),
    praktijk("prk_ict_scan", "ICT-scan gedaan", 0.45),
];

const REGION_COUNTS = [
    ["scholingen", "Scholingen", 18],
    ["rcp_meldingen", "Meldingen coördinatiepunt", 43],
    ["leefstijlcoaches", "Leefstijlcoaches", 7],
] as const;

function indicatorOf(recipe: Recipe): IndicatorInput {
    const process = recipe.klasse === "proces" || recipe.klasse === "uitkomst";
    return {
        id: recipe.id,
        titel: recipe.titel,
        vraag: `Hoe staat het met: ${recipe.titel.toLowerCase()}?`,
        waarom: "Wie dit weet, kan gerichter oproepen en bespreken.",
        teller: `De patiënten bij wie geldt: ${recipe.titel.toLowerCase()}.`,
        noemer: recipe.noemer ?? "Ingeschreven patiënten van 18 jaar en ouder in het zorgprogramma.",
        uitsluitingen: "Passanten; patiënten met de specialist als hoofdbehandelaar.",
        maat: recipe.maat,
        soort: recipe.soort,
        klasse: recipe.klasse,
        bronnen: recipe.klasse === "praktijk" ? ["bureau"] : ["HIS", "VIPLive"],
        venster: process ? (recipe.id === "dm_fundus" ? 36 : 12) : null,
        beter: recipe.beter,
        thema: recipe.thema ?? null,
        vakgroep: recipe.vakgroep ?? null,
        strata: recipe.strata ? recipe.strata.join(" / ") : null,
        bron: "NHG-indicatoren; Koers 2024",
        referentie: "Definitielijst, hoofdstuk chronische zorg",
        auteur: "Regiobureau",
        gecontroleerd: null,
        herzien: "2024-07-01",
        opnieuw: "2025-07-01",
        aanpak:
            recipe.id === "dm_voetonderzoek"
                ? "Plan het voetonderzoek bij de jaarcontrole en leg het vast bij de bepaling, niet in de tekst."
                : null,
        bevestigd: !recipe.open,
        recept: process
            ? [
                  "Zoek patiënten van 18 jaar en ouder met een actieve episode T90.02.",
                  "Houd over wie langer dan 12 maanden in het programma DM2 zit.",
                  "Kies wie in de laatste 12 maanden geen rij heeft met NHG-nummer 2196, 1710 of 1711.",
              ]
            : [],
        voorbeelden: [
            {
                title: "alleen wie een jaar in het programma zit telt mee",
                tables: [
                    {
                        name: "programmes",
                        columns: ["practice_id", "patient_id", "programme", "start_date"],
                        rows: [
                            ["01000001", 1, "DM2", "2020-01-01"],
                            ["01000001", 2, "DM2", "2024-03-01"],
                        ],
                    },
                ],
                expect: {
                    columns: ["practice_id", "period_start", "numerator", "denominator"],
                    rows: [["01000001", "2024-06-01", 1, 1]],
                },
            },
        ],
        queryHash: "4be1c0de5a",
    };
}

interface Practice {
    id: string;
    name: string;
    area: string;
    hagro: string;
    size: number;
    joined: string | null;
    left: string | null;
}

const AREAS = [
    { id: "nissewaard", name: "Nissewaard", predecessors: [] },
    { id: "voorne-aan-zee", name: "Voorne aan Zee", predecessors: ["Brielle", "Hellevoetsluis", "Westvoorne"] },
    { id: "rozenburg", name: "Rozenburg", predecessors: [] },
    { id: "elders", name: "Elders", predecessors: [] },
];

const MONTHS = Array.from(
    { length: 30 },
    (_unused, index) => `${2022 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`,
);
const QUARTERS = Array.from({ length: 10 }, (_unused, index) => `${2022 + Math.floor(index / 4)}-Q${(index % 4) + 1}`);
const YEARS = ["2022", "2023"];

/** Months of a period, as places in MONTHS. */
function monthsOf(period: string): number[] {
    if (period.length === 4)
        return Array.from({ length: 12 }, (_unused, index) => (Number(period) - 2022) * 12 + index);
    if (period.includes("Q")) {
        const first = (Number(period.slice(0, 4)) - 2022) * 12 + (Number(period.slice(6)) - 1) * 3;
        return [first, first + 1, first + 2];
    }
    return [MONTHS.indexOf(period)];
}

function wilson(numerator: number, denominator: number): [number, number] {
    const z2 = 1.959963984540054 ** 2;
    const share = numerator / denominator;
    const middle = (share + z2 / (2 * denominator)) / (1 + z2 / denominator);
    const reach =
        (1.959963984540054 * Math.sqrt((share * (1 - share)) / denominator + z2 / (4 * denominator ** 2))) /
        (1 + z2 / denominator);
    return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

export interface RegionOptions {
    practices?: number;
    /** Write a bundle for the first so many practices only; the region stays whole. */
    mirrors?: number;
    demo?: boolean;
    seed?: number;
    /** Write an audience's figures beside its bundle as publish does; else a stub of the CSV file. */
    files?: boolean;
}

export interface Region {
    practices: Practice[];
    bundles: { folder: string; bundle: BundleInput }[];
}

/** All bundles of an invented region. */
export function inventBundles(options: RegionOptions = {}): Region {
    const many = options.practices ?? 45;
    const random = randomFrom(options.seed ?? 7);
    const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
    const practices: Practice[] = Array.from({ length: many }, (_unused, index) => {
        const area = index % 11 === 4 ? "rozenburg" : index % 2 === 0 ? "nissewaard" : "voorne-aan-zee";
        return {
            id: `0100${String(index + 1).padStart(4, "0")}`,
            name: `Demopraktijk ${["De Brug", "Het Kompas", "De Linde", "Havenzicht", "De Waard", "Polderhof", "De Vuurtoren", "Molenzicht", "Het Baken"][index % 9]} ${index + 1}`,
            area,
            hagro: `hagro-${(index % 6) + 1}`,
            size: Math.round(Math.exp(Math.log(2900) + 0.38 * normal())),
            joined: index >= many - 5 ? "2023-01-01" : null,
            left: index >= many - 14 && index < many - 5 ? "2023-01-01" : null,
        };
    });
    const member = (practice: Practice, month: number): boolean =>
        (practice.joined === null || month >= 12) && (practice.left === null || month < 12);

    // Counts per recipe, practice and month; everything above is a sum of these.
    type Counts = { numerator: number; denominator: number } | null;
    const counts = new Map<string, Counts[][]>();
    for (const recipe of RECIPES) {
        const rows = practices.map((practice, index) => {
            const odd =
                index === 2 && recipe.id === "dm_voetonderzoek"
                    ? -0.45
                    : index === 2 && recipe.id === "copd_inhalatietechniek"
                      ? 0.3
                      : 0;
            const own = (recipe.apart ?? 0) * normal() + odd;
            const luck = normal() * 0.4;
            return MONTHS.map((_month, month): Counts => {
                if (!member(practice, month)) return null;
                if (index === 5 && month >= 27 && recipe.klasse !== "praktijk") return null;
                const size = practice.size * (1 + month * 0.0006);
                if (recipe.soort === "praktijk")
                    return {
                        numerator: recipe.share === 1 || (index * 7) % 20 < recipe.share * 20 + month * 0.2 ? 1 : 0,
                        denominator: 1,
                    };
                const denominator = Math.max(1, Math.round(size * recipe.of));
                const share = recipe.share + ((recipe.drift ?? 0) * month) / 12;
                if (recipe.soort === "stroom") {
                    const boost = recipe.id === "gli_verwijzingen" && practice.area === "rozenburg" ? 5 : 1;
                    const rate = share * size * boost * (1 + 0.25 * Math.sin(index));
                    const level = Math.exp(-rate);
                    let events = 0;
                    for (let product = random(); product > level && events < 60; product *= random()) events += 1;
                    return { numerator: events, denominator: Math.round(size) };
                }
                const exact = Math.min(0.995, Math.max(0.01, recipe.id === "pop_ingeschreven" ? 1 : share + own));
                const noise = (luck + normal() * 0.15) * Math.sqrt((exact * (1 - exact)) / denominator);
                const numerator =
                    recipe.id === "pop_ingeschreven" ? denominator : Math.round((exact + noise) * denominator);
                return { numerator: Math.min(denominator, Math.max(0, numerator)), denominator };
            });
        });
        counts.set(recipe.id, rows);
    }

    const sumOf = (
        recipe: Recipe,
        chosen: Practice[],
        period: string,
    ): { cell: Counts; delivered: number; members: number } => {
        const months = monthsOf(period);
        const last = months.at(-1) ?? 0;
        let [numerator, denominator, delivered, members] = [0, 0, 0, 0];
        for (const practice of chosen) {
            const rows = counts.get(recipe.id)?.[practices.indexOf(practice)];
            if (!rows || !member(practice, last)) continue;
            members += 1;
            const final = rows[last];
            if (!final) continue;
            delivered += 1;
            denominator += final.denominator;
            numerator +=
                recipe.soort === "stroom"
                    ? months.reduce((sum, month) => sum + (rows[month]?.numerator ?? 0), 0)
                    : final.numerator;
        }
        return { cell: delivered === 0 ? null : { numerator, denominator }, delivered, members };
    };

    const cellOf = (
        recipe: Recipe,
        place: Pick<CellInput, "level" | "id">,
        chosen: Practice[],
        period: string,
        protect: boolean,
        stratum: string | null = null,
        part = 1,
    ): CellInput => {
        const { cell, delivered, members } = sumOf(recipe, chosen, period);
        const base = { indicator: recipe.id, stratum, ...place, period };
        const nothing = {
            numerator: null,
            denominator: null,
            value: null,
            low: null,
            high: null,
            shown: "exact" as const,
        };
        if (!cell)
            return { ...base, ...nothing, state: members > 0 ? "not_delivered" : "not_applicable", delivered, members };
        const { denominator } = cell;
        const numerator = stratum === null ? cell.numerator : Math.round(cell.numerator * part);
        const small = numerator < 10 || (recipe.klasse === "uitkomst" && denominator - numerator < 10);
        if (
            protect &&
            recipe.klasse !== "praktijk" &&
            recipe.klasse !== "bureau" &&
            (recipe.klasse === "proces" ? denominator < 10 : small && numerator > 0)
        )
            return { ...base, ...nothing, state: "suppressed", delivered, members };
        const rate = recipe.maat === "aantal";
        const value = rate ? (numerator / denominator) * 1000 : numerator / denominator;
        if (protect && !rate && denominator < 100 && recipe.klasse !== "praktijk")
            return {
                ...base,
                ...nothing,
                state: "value",
                value: Math.round(value * 100) / 100,
                delivered,
                members,
                shown: "percent",
            };
        const [low, high] = rate
            ? [
                  (Math.max(0, numerator - 1.96 * Math.sqrt(numerator)) / denominator) * 1000,
                  ((numerator + 1.96 * Math.sqrt(numerator) + 2) / denominator) * 1000,
              ]
            : wilson(numerator, denominator);
        return {
            ...base,
            state: numerator === 0 ? "zero" : "value",
            numerator,
            denominator,
            value,
            low: recipe.soort === "praktijk" ? null : low,
            high: recipe.soort === "praktijk" ? null : high,
            delivered,
            members,
            shown: "exact",
        };
    };

    const shared: CellInput[] = [];
    for (const recipe of RECIPES) {
        for (const period of [...MONTHS, ...QUARTERS, ...YEARS]) {
            shared.push(cellOf(recipe, { level: "region", id: "regio" }, practices, period, true));
            for (const [index, stratum] of (recipe.strata ?? []).entries())
                shared.push(
                    cellOf(
                        recipe,
                        { level: "region", id: "regio" },
                        practices,
                        period,
                        true,
                        stratum,
                        (index + 1) / (((recipe.strata?.length ?? 1) * ((recipe.strata?.length ?? 1) + 1)) / 2),
                    ),
                );
        }
        for (const area of AREAS) {
            const chosen =
                area.id === "elders"
                    ? practices.slice(0, 1)
                    : practices.filter((practice) => practice.area === area.id);
            for (const period of [...QUARTERS, ...YEARS])
                shared.push(cellOf(recipe, { level: "area", id: area.id }, chosen, period, true));
        }
    }
    for (const [id, , base] of REGION_COUNTS)
        for (const period of [...MONTHS, ...QUARTERS, ...YEARS]) {
            const value = Math.round(base * (period.length === 4 ? 4 : period.includes("Q") ? 1 : 0.33));
            shared.push({
                indicator: id,
                stratum: null,
                level: "region",
                id: "regio",
                period,
                state: value === 0 ? "zero" : "value",
                numerator: value,
                denominator: null,
                value,
                low: null,
                high: null,
                delivered: 1,
                members: 1,
                shown: "exact",
            });
        }

    const labels = practices.map(() =>
        Math.floor(random() * 1e9)
            .toString(36)
            .padStart(6, "0"),
    );
    const peers = RECIPES.filter(
        (recipe) => recipe.maat === "aandeel" && (recipe.klasse === "proces" || recipe.klasse === "uitkomst"),
    ).flatMap((recipe) =>
        QUARTERS.flatMap((period) =>
            practices.flatMap((practice, index) => {
                const { cell } = sumOf(recipe, [practice], period);
                if (!cell || cell.denominator < 10) return [];
                return [
                    {
                        indicator: recipe.id,
                        period,
                        label: labels[index] ?? "",
                        percent: Math.round((cell.numerator / cell.denominator) * 100),
                    },
                ];
            }),
        ),
    );

    const counted = RECIPES.flatMap((recipe) =>
        QUARTERS.flatMap((period) =>
            practices.flatMap((practice): Counted[] => {
                const { cell } = sumOf(recipe, [practice], period);
                return cell ? [{ indicator: recipe.id, id: practice.id, period, ...cell }] : [];
            }),
        ),
    );
    const shownRegion = shownOfRegion(shared as Cell[]);
    const funnels = shownFunnels(funnelsOf(counted, RECIPES), shownRegion, DEFAULT_THRESHOLDS);
    const compared: ShownComparisons = {
        funnels: [],
        positions: [],
        curves: [],
        control: shownControl(shownRegion, RECIPES),
        panels: shownPanels(panelChanges(counted, RECIPES), shownRegion, DEFAULT_THRESHOLDS),
    };

    const indicators: IndicatorInput[] = [
        ...RECIPES.map(indicatorOf),
        ...REGION_COUNTS.map(
            ([id, titel]): IndicatorInput => ({
                ...indicatorOf({
                    id,
                    titel,
                    maat: "aantal",
                    soort: "regio",
                    klasse: "bureau",
                    beter: "geen",
                    of: 0,
                    share: 0,
                }),
                bronnen: ["bureau"],
            }),
        ),
    ];
    const catalogue = {
        release: "9f2c61aa00d1b7e3",
        refresh: "r-51c0",
        demo: options.demo ?? true,
        from: "2022-01",
        to: "2024-06",
        peildatum: "2024-06-30",
        indicators,
        practices: [],
        hagros: Array.from({ length: 6 }, (_unused, index) => ({
            id: `hagro-${index + 1}`,
            name: `Hagro ${index + 1}`,
        })),
        areas: AREAS,
        organisations: [],
        coverage: [],
    };
    const publication = {
        id: "p-3d9a7c21",
        release: catalogue.release,
        peildatum: "2024-06-30",
        from: "2022-01",
        to: "2024-06",
        demo: options.demo ?? true,
        made: null,
    };
    const kept = [
        { page: "alle", cells: shared.length, shown: shared.filter((cell) => cell.state !== "suppressed").length },
    ];
    const goals = inventGoals(shared);
    const base = { publication, goals: [] as ThemeInput[], values: shared, peers: [], kept };
    const bundles: Region["bundles"] = [];
    bundles.push({
        folder: "coalitie",
        bundle: {
            ...base,
            audience: { id: "coalitie", kind: "coalitie", title: "Regionale zorgcoalitie", path: "/coalitie/" },
            catalogue,
            goals,
            comparisons: compared,
            reconciliation: inventReconciliation(),
        },
    });
    bundles.push({
        folder: "gemeente/nissewaard",
        bundle: {
            ...base,
            audience: {
                id: "gemeente/nissewaard",
                kind: "gemeente",
                title: "Nissewaard",
                path: "/gemeente/nissewaard/",
            },
            catalogue: { ...catalogue, hagros: [], areas: AREAS.slice(0, 1) },
            values: shared.filter(
                ({ level, id, period }) =>
                    (level === "region" || id === "nissewaard") && (period.includes("Q") || period.length === 4),
            ),
        },
    });
    const isVakgroep = (indicator: IndicatorInput): boolean =>
        indicator.vakgroep === "diabetes-cvrm" ||
        indicator.id.startsWith("pop_dm2") ||
        indicator.id.startsWith("pop_cvrm");
    const mine = new Set(indicators.filter(isVakgroep).map((indicator) => indicator.id));
    bundles.push({
        folder: "vakgroep/diabetes-cvrm",
        bundle: {
            ...base,
            audience: {
                id: "vakgroep/diabetes-cvrm",
                kind: "vakgroep",
                title: "Vakgroep diabetes en CVRM",
                path: "/vakgroep/diabetes-cvrm/",
            },
            catalogue: { ...catalogue, indicators: indicators.filter(isVakgroep) },
            values: shared.filter((cell) => mine.has(cell.indicator)),
            peers: peers.filter((peer) => mine.has(peer.indicator)),
            comparisons: { ...compared, funnels },
            details: inventDetails(indicators.filter(isVakgroep), QUARTERS.at(-1) ?? ""),
            goals: goals.filter((theme) => theme.vakgroep === "diabetes-cvrm" || theme.thema === 33),
        },
    });
    const members = practices.filter((one) => one.left === null && one.hagro === "hagro-2");
    bundles.push({
        folder: "hagro/hagro-2",
        bundle: {
            ...base,
            audience: {
                id: "hagro/hagro-2",
                kind: "hagro",
                title: "Hagro 2",
                path: "/hagro/hagro-2/",
                hagro: "hagro-2",
            },
            catalogue: { ...catalogue, hagros: catalogue.hagros.filter(({ id }) => id === "hagro-2") },
            values: shared.filter(({ level, id }) => level !== "hagro" || id === "hagro-2"),
            peers,
            comparisons: { ...compared, funnels },
            members: members.map((practice) => ({
                name: practice.name,
                values: peers
                    .filter(({ label }) => label === labels[practices.indexOf(practice)])
                    .map(({ indicator, period, percent }) => ({ indicator, period, percent })),
            })),
        },
    });
    // Among them the one that really differs, and the one of which a delivery is missing.
    const assigned = practices
        .filter((one) => one.left === null)
        .slice(0, options.mirrors)
        .filter((_practice, index) => [0, 1, 2, 5].includes(index));
    const registered = (practice: (typeof practices)[number]) => ({
        id: practice.id,
        name: practice.name,
        hagro: practice.hagro,
        area: practice.area,
        organisation: null,
        his: "Medicom",
        joined: practice.joined,
        left: null,
    });
    const coverageOf = (practice: (typeof practices)[number]) =>
        ["HIS", "VIPLive"].map((source) => ({
            practice: practice.id,
            source,
            peildatum: practice === practices[5] ? "2024-03-31" : "2024-06-30",
        }));
    for (const practice of practices.filter((one) => one.left === null).slice(0, options.mirrors)) {
        const own = RECIPES.flatMap((recipe) =>
            [...QUARTERS, ...YEARS].map((period): CellInput => {
                const cell = cellOf(recipe, { level: "practice", id: practice.id }, [practice], period, false);
                const region = sumOf(recipe, practices, period).cell;
                const isShare = recipe.soort === "stand" && recipe.klasse !== "bureau";
                if (!isShare || cell.denominator === null || region === null) return cell;
                const expected = (cell.denominator * region.numerator) / region.denominator;
                return { ...cell, expected: Math.round(Math.min(cell.denominator, expected * 1.02)) };
            }),
        );
        const mirror = (folder: string, kind: "praktijk" | "adviseur", path: string): Region["bundles"][number] => ({
            folder,
            bundle: {
                ...base,
                audience: { id: folder, kind, title: practice.name, path },
                catalogue: {
                    ...catalogue,
                    practices: [registered(practice)],
                    coverage: coverageOf(practice),
                },
                values: [...own, ...shared.filter((cell) => cell.stratum === null)],
                peers,
                comparisons: { ...compared, control: [], funnels, ...ownPlace(funnels, own as Cell[]) },
                own: { agb: practice.id, name: practice.name, hagro: practice.hagro, area: practice.area },
            },
        });
        bundles.push(mirror(`praktijk/${practice.id}`, "praktijk", `/p/${practice.id}/`));
        if (assigned.includes(practice))
            bundles.push(mirror(`adviseur/noord/${practice.id}`, "adviseur", `/adviseur/noord/${practice.id}/`));
    }
    const ofAssigned = assigned.map(({ id }) => {
        const mirror = bundles.find(({ folder }) => folder === `praktijk/${id}`)?.bundle;
        const own = (mirror?.values ?? []).filter(({ level, stratum }) => level === "practice" && stratum === null);
        return { practice: id, own: own.filter(({ period }) => QUARTERS.slice(-2).includes(period)) };
    });
    bundles.push({
        folder: "adviseur/noord",
        bundle: {
            ...base,
            audience: { id: "adviseur/noord", kind: "adviseur", title: "Adviseur noord", path: "/adviseur/noord/" },
            catalogue: {
                ...catalogue,
                practices: assigned.map(registered),
                coverage: assigned.flatMap(coverageOf),
            },
            values: ofAssigned.flatMap(({ own }) => own),
            comparisons: { ...compared, control: [], funnels, positions: [], curves: [] },
            assigned: ofAssigned.map(({ practice, own }) => ({ practice, ...ownPlace(funnels, own as Cell[]) })),
        },
    });
    bundles.push({
        folder: "beheer",
        bundle: {
            ...base,
            audience: { id: "beheer", kind: "beheer", title: "Beheer", path: "/beheer/" },
            catalogue: {
                ...catalogue,
                practices: practices.map((practice) => ({ ...registered(practice), left: practice.left })),
                coverage: practices.flatMap((practice, index) =>
                    ["HIS", "VIPLive"].map((source) => ({
                        practice: practice.id,
                        source,
                        delivery: `d${index}`,
                        peildatum: index === 5 ? "2024-03-31" : "2024-06-30",
                        historyFrom: "2017-01-01",
                    })),
                ),
            },
            values: [],
            operator: inventOperator(practices),
        },
    });
    bundles.push({
        folder: "openbaar",
        bundle: {
            ...base,
            audience: { id: "openbaar", kind: "openbaar", title: "Definities", path: "/definities/" },
            catalogue: { ...catalogue, hagros: [], areas: [] },
            values: [],
            kept: [],
        },
    });
    return { practices, bundles };
}

function inventGoals(cells: CellInput[]): ThemeInput[] {
    const line = (indicator: string, kind: "month" | "quarter"): CellInput[] =>
        cells.filter(
            (cell) =>
                cell.indicator === indicator &&
                cell.level === "region" &&
                cell.stratum === null &&
                cell.period.length === 7 &&
                cell.period.includes("Q") === (kind === "quarter"),
        );
    const points = (
        indicator: string,
        part: "value" | "numerator",
        kind: "month" | "quarter" = "quarter",
    ): { period: string; value: number | null; state: string }[] =>
        line(indicator, kind).map((cell) => ({ period: cell.period, value: cell[part] ?? null, state: cell.state }));
    const last = (indicator: string): CellInput | undefined => line(indicator, "quarter").at(-1);
    const talks = line("oud_acp_gesprekken", "month");
    const total = (from: number, to: number): number =>
        talks.slice(from, to).reduce((sum, cell) => sum + (cell.numerator ?? 0), 0);
    const inhalation = last("copd_inhalatietechniek");
    const frailty = points("oud_kwetsbaarheid_gemeten", "numerator", "month");
    const nowFrail = frailty.at(-1)?.value ?? null;
    const wasFrail = frailty.at(-13)?.value ?? null;
    const none = {
        baseline: null,
        panel: null,
        all: null,
        ageing: null,
        projection: null,
        streefwaarde: null,
        norm: null,
        deadline: "2024-12-31",
    };
    return [
        {
            thema: 30,
            id: "30_chronische_zorgstraten",
            titel: "Chronische zorgstraten",
            tafel: "1 Chronische zorg",
            vakgroep: "diabetes-cvrm",
            beoogd: ["Alle praktijken participeren in de zorgstraten DM, CVRM, astma en COPD."],
            goals: [
                {
                    ...none,
                    id: "30_alle_zorgstraten",
                    titel: "Alle praktijken in alle vier zorgstraten",
                    kind: "all",
                    indicator: "prk_ict_scan",
                    indicatorTitle: "Praktijken in alle zorgstraten",
                    unit: "aandeel",
                    target: null,
                    targetText: "alle praktijken",
                    baseline: { year: 2023, period: "2023-Q4", value: 0.81, computed: true, release: "9f2c61aa" },
                    now: { period: "2024-Q2", value: 0.89, low: 0.75, high: 0.96, delivered: 36, members: 36 },
                    path: [0.72, 0.75, 0.75, 0.78, 0.78, 0.78, 0.81, 0.81, 0.86, 0.89].map((value, index) => ({
                        period: QUARTERS[index] ?? "",
                        value,
                        state: "value",
                    })),
                    status: "te vroeg om te zeggen",
                    reason: "32 van 36 praktijken doen mee; bij dit tempo zijn het er eind 2024 33 tot 36, en dat kan alle praktijken zijn of net niet.",
                },
            ],
            milestones: [
                {
                    id: "pva-integratie",
                    titel: "Plan van aanpak integratie zorgstraten",
                    status: "bezig",
                    date: "2024-04-15",
                },
            ],
        },
        {
            thema: 32,
            id: "32_longformularium",
            titel: "Longformularium",
            tafel: "1 Chronische zorg",
            vakgroep: "astma-copd",
            beoogd: [
                "Alle patiënten krijgen inhalatie-instructie volgens de afspraken (norm 100%, streefwaarde > 75%).",
            ],
            goals: [
                {
                    ...none,
                    id: "32_inhalatie_instructie",
                    titel: "Inhalatie-instructie volgens afspraak",
                    kind: "share",
                    indicator: "copd_inhalatietechniek",
                    indicatorTitle: "COPD: inhalatietechniek nagegaan",
                    unit: "aandeel",
                    target: 0.75,
                    targetText: "meer dan 75%",
                    streefwaarde: 0.75,
                    norm: 1,
                    baseline: {
                        year: 2023,
                        period: "2023-Q4",
                        value: line("copd_inhalatietechniek", "quarter").at(-3)?.value ?? null,
                        computed: true,
                        release: "9f2c61aa",
                    },
                    now: {
                        period: "2024-Q2",
                        value: inhalation?.value ?? null,
                        low: inhalation?.low ?? null,
                        high: inhalation?.high ?? null,
                        delivered: 35,
                        members: 36,
                    },
                    path: points("copd_inhalatietechniek", "value"),
                    projection: { value: 0.76, low: 0.735, high: 0.785 },
                    status: "op koers",
                    reason: "De waarde groeit ongeveer 3 procentpunt per jaar; de verwachting voor eind 2024 ligt net boven de streefwaarde.",
                },
            ],
            milestones: [],
        },
        {
            thema: 23,
            id: "23_gli",
            titel: "Gecombineerde leefstijlinterventie",
            tafel: "2 Gezonde leefstijl en preventie",
            vakgroep: "diabetes-cvrm",
            beoogd: ["Voldoende leefstijlcoaches in de hele regio.", "15 tot 20 nieuwe groepen per jaar."],
            goals: [
                {
                    ...none,
                    id: "23_groepen",
                    titel: "15 tot 20 nieuwe groepen per jaar",
                    kind: "range",
                    indicator: null,
                    indicatorTitle: "GLI-groepen",
                    unit: "aantal",
                    target: null,
                    targetText: "15 tot 20 nieuwe groepen per jaar",
                    now: {
                        period: "januari tot en met juni 2024",
                        value: 6,
                        low: null,
                        high: null,
                        delivered: 0,
                        members: 0,
                    },

                    path: MONTHS.slice(12).map((period, index) => ({
                        period,
                        value: [1, 1, 1, 1, 2, 1, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1][index] ?? 0,
                        state: "value",
                    })),
                    projection: { value: 12, low: 9, high: 15 },
                    status: "niet op koers",
                    reason: "In de eerste zes maanden van 2024 startten 6 groepen; bij dit tempo worden het er 12 (9 tot 15), en 15 is het minste.",
                },
                {
                    ...none,
                    id: "23_uitval",
                    titel: "Lage uitval in twee jaar",
                    kind: "direction",
                    indicator: null,
                    indicatorTitle: "Uitval GLI",
                    unit: "aandeel",
                    target: null,
                    targetText: "omlaag",
                    now: null,
                    path: [],
                    status: "niet meetbaar",
                    reason: "Geen bron: er zijn nog geen afgeronde trajecten van twee jaar.",
                },
            ],
            milestones: [],
        },
        {
            thema: 35,
            id: "35_gestructureerde_ouderenzorg",
            titel: "Gestructureerde ouderenzorg",
            tafel: "4 Vitaal ouder worden",
            vakgroep: "ouderenzorg",
            beoogd: [
                "Het aantal ouderen waarbij kwetsbaarheid is gemeten stijgt met 5%.",
                "Het aantal geregistreerde IZP’s stijgt met 5%.",
            ],
            goals: [
                {
                    ...none,
                    id: "35_kwetsbaarheid",
                    titel: "Kwetsbaarheid gemeten bij 5% meer ouderen",
                    kind: "growth",
                    indicator: "oud_kwetsbaarheid_gemeten",
                    indicatorTitle: "Kwetsbaarheid gemeten bij 75-plussers",
                    unit: "aantal",
                    target: 0.05,
                    targetText: "5% meer dan in 2023",
                    baseline: {
                        year: 2023,
                        period: "juni 2023",
                        value: wasFrail,
                        yearValue: frailty.at(-7)?.value ?? null,
                        computed: true,
                        release: "9f2c61aa",
                    },
                    now: { period: "2024-06", value: nowFrail, low: null, high: null, delivered: 35, members: 36 },
                    panel: { practices: 30, baseline: 2810, now: 3120, growth: 3120 / 2810 - 1 },
                    all: {
                        practices: null,
                        baseline: wasFrail,
                        now: nowFrail,
                        growth: (nowFrail ?? 0) / (wasFrail ?? 1) - 1,
                    },
                    ageing: 0.021,
                    path: frailty,
                    projection: { value: 0.06, low: 0.031, high: 0.091 },
                    status: "te vroeg om te zeggen",
                    reason: "juni 2024 tegen juni 2023: +6,0% bij de 30 praktijken die beide keren meededen (95%-interval +3,1% tot +9,1%); doel +5,0%: het interval ligt aan beide kanten van het doel. Door vergrijzing alleen zou het +2,1% zijn.",
                },
            ],
            milestones: [
                { id: "scholing", titel: "Scholing kwetsbaarheid gegeven", status: "gedaan", date: "2024-03-12" },
                { id: "handboek", titel: "Handboek ouderenzorg herzien", status: "geen opgave", date: null },
            ],
        },
        {
            thema: 40,
            id: "40_proactieve_zorgplanning",
            titel: "Proactieve zorgplanning",
            tafel: "4 Vitaal ouder worden",
            vakgroep: "ouderenzorg",
            beoogd: ["Het aantal ACP-gesprekken is verdubbeld. Monitoren met data uit VIPLive."],
            goals: [
                {
                    ...none,
                    id: "40_gesprekken",
                    titel: "Twee keer zo veel PZP-gesprekken als in 2023",
                    kind: "growth",
                    indicator: "oud_acp_gesprekken",
                    indicatorTitle: "PZP-gesprekken (voorheen ACP)",
                    unit: "aantal",
                    target: 1,
                    targetText: "verdubbeling ten opzichte van 2023",
                    baseline: {
                        year: 2023,
                        period: "januari tot en met juni 2023",
                        value: total(12, 18),
                        yearValue: total(12, 24),
                        computed: true,
                        release: "9f2c61aa",
                    },
                    restated: { old: total(12, 18), now: total(12, 18) + 4 },
                    now: { period: "2024-06", value: total(29, 30), low: null, high: null, delivered: 35, members: 36 },
                    panel: {
                        practices: 31,
                        baseline: total(12, 18),
                        now: total(24, 30),
                        growth: total(24, 30) / total(12, 18) - 1,
                    },
                    all: {
                        practices: null,
                        baseline: total(12, 18),
                        now: total(24, 30),
                        growth: total(24, 30) / total(12, 18) - 1,
                    },
                    ageing: null,
                    path: points("oud_acp_gesprekken", "numerator", "month"),
                    projection: { value: 0.26, low: 0.09, high: 0.44 },
                    status: "niet op koers",
                    reason: "In de eerste zes maanden waren er meer gesprekken dan in dezelfde maanden van 2023, maar bij dit tempo geen verdubbeling.",
                },
            ],
            milestones: [],
            bron: "VIPLive-ACP, gesprekken en bijstellingen.",
            followed: ["oud_izp", "staat_elders"],
        },
        {
            thema: 1,
            id: "01_draagvlak_en_mandatering",
            titel: "Draagvlak en mandatering",
            tafel: null,
            vakgroep: null,
            beoogd: ["Zie hierboven bij doel"],
            bron: "geen bron: geen levering meet dit resultaat; het bureau legt alleen de mijlpalen vast.",
            goals: [],
            milestones: [{ id: "mandaat", titel: "Mandaat geregeld", status: "gedaan", date: "2024-02-01" }],
        },
        {
            thema: 33,
            id: "33_zorgpad_copd_longaanval",
            titel: "Zorgpad COPD-longaanval",
            tafel: "1 Chronische zorg",
            vakgroep: "astma-copd",
            beoogd: ["Een zorgpad voor de COPD-longaanval."],
            bron: "HIS-episoden, zonder getal in de Koers.",
            goals: [],
            milestones: [
                { id: "pad", titel: "Zorgpad beschreven", status: "bezig", date: "2024-03-01" },
                { id: "uitrol", titel: "Zorgpad uitgerold", status: "geen opgave", date: null },
            ],
            followed: ["copd_inhalatietechniek"],
        },
        {
            thema: null,
            mtvp: 1,
            id: "m1_anders_trieren",
            titel: "Anders triëren in dag praktijken",
            tafel: null,
            vakgroep: null,
            koers: [30, 18],
            beoogd: ["Patiënt wordt op de juiste plek geholpen."],
            toelichting: "De Toolbox noemt geen getal en geen datum.",
            bron: "Bureauregister: praktijken die de interventie doen.",
            goals: [],
            milestones: [],
            followed: ["prk_ict_scan"],
        },
    ];
}

function inventReconciliation(): BundleInput["reconciliation"] {
    const row = (
        id: string,
        figure: string,
        group: string,
        printed: string,
        computed: number | null,
        how: string,
        indicator: string | null = null,
    ) => ({
        id,
        figure,
        group,
        printed,
        computed,
        equal: computed !== null && printed.replaceAll(".", "") === String(computed),
        how,
        indicator,
        note: null,
    });
    return {
        rows: [
            row(
                "patienten",
                "Ingeschreven patiënten",
                "Populatie",
                "130.782",
                130782,
                "stand december 2022, regio",
                "pop_ingeschreven",
            ),
            row("75plus", "75-plussers", "Populatie", "12.742", 12742, "stand december 2022, regio", "pop_75plus"),
            row(
                "dm2",
                "Diabetes type 2",
                "Populatie",
                "7.227",
                7227,
                "in programma DM2, december 2022",
                "pop_dm2_programma",
            ),
            row("gli", "Verwijzingen GLI", "Leefstijl", "357", 357, "som van 2022", "gli_verwijzingen"),
            row(
                "gli-roz",
                "Verwijzingen GLI, Rozenburg",
                "Leefstijl",
                "109",
                109,
                "som van 2022, gebied Rozenburg",
                "gli_verwijzingen",
            ),
            row("partners", "Partners", "Organisatie", "105", null, "staat in geen levering"),
        ],
        contradictions: [
            {
                title: "Het aantal partners",
                printed: "Totaal partners 105.",
                finding: "De genoemde aantallen tellen op tot 204, of 205 met de zorgverzekeraar.",
            },
            {
                title: "Het financiële resultaat",
                printed: "Resultaat € 37.144.",
                finding: "Opbrengst min de twee genoemde kosten is € 161.991; € 124.847 aan kosten staat er niet bij.",
            },
            { title: "Soorten meldingen", printed: "5%, 2%, 8% en 95%.", finding: "Samen 110%." },
        ],
    };
}

/** A count per code, without the codes that did not occur. */
function asideOf(code: string, many: number): Record<string, number> {
    return many > 0 ? { [code]: many } : {};
}

function inventOperator(practices: Practice[]): BundleInput["operator"] {
    return {
        deliveries: practices.slice(0, 12).map((practice, index) => ({
            id: `sha${index}`,
            name: `his-lang_${practice.id}_2024-06-30_1.zip`,
            format: ["his-lang", "his-breed", "his-journaal"][index % 3] ?? "",
            source: "HIS",
            peildatum: "2024-06-30",
            practices: [practice.id],
            historyFrom: "2017-01-01",
            receipt: {
                delivery: `his-lang_${practice.id}_2024-06-30_1.zip`,
                accepted: true,
                code: null,
                message: null,
                files: [
                    {
                        name: "patienten.csv",
                        rows: practice.size,
                        kept: practice.size - (index % 3),
                        aside: asideOf("geboortejaar_onmogelijk", index % 3),
                    },
                    {
                        name: "metingen.csv",
                        rows: practice.size * 12,
                        kept: practice.size * 12 - index * 4,
                        aside: { ...asideOf("buiten_bereik", index * 3), ...asideOf("waarde_onleesbaar", index) },
                    },
                ],
                ignoredColumns: [],
            },
        })),
        receipts: [
            {
                delivery: "viplive_regio_2024-06-30_1.zip",
                accepted: false,
                code: "kolom_ontbreekt",
                message:
                    "In acp.csv van viplive_regio_2024-06-30_1.zip ontbreekt kolom vorm; verwacht agb, patientnr, datum, vorm. Voeg de kolom toe en lever opnieuw.",
                files: [],
                ignoredColumns: [],
            },
        ],
        held: [
            {
                name: "his-lang_01000006_20240630_1",
                source: "HIS",
                peildatum: "2024-06-30",
                practices: ["01000006"],
                checks: ["populatie-sprong"],
            },
        ],
        quality: [
            {
                practice: "01000002",
                source: "HIS",
                peildatum: "2024-06-30",
                relaid: { from: "his-lang", to: "his-breed" },
                warnings: ["ingeschreven: 2900 patiënten, eerder 3412"],
            },
        ],
        releases: [{ id: "9f2c61aa00d1b7e3", deliveries: ["sha0", "sha1"] }],
        suppression: Array.from({ length: 40 }, (_unused, index) => ({
            audience: index % 2 === 0 ? "coalitie" : "vakgroep/diabetes-cvrm",
            indicator: "pop_dementie",
            stratum: null,
            level: "area",
            id: "elders",
            period: "2024-Q2",
            reason: index % 5 === 0 ? "secundair" : "primair: minder dan 10 patiënten",
        })),
    };
}

/** The text of bundle.json as publish writes it. */
export function writtenBundle({ values, peers, ...frame }: BundleInput): string {
    const written = [writtenCells((values ?? []) as Cell[])];
    return bundleText(frame as unknown as BundleFrame, written, [writtenPeers(peers ?? [])]);
}

/** Writes the bundles as publish does: one folder per audience with bundle.json, and a small CSV beside it. */
export async function writeBundles(folder: string, options: RegionOptions = {}): Promise<Region> {
    const region = inventBundles(options);
    for (const { folder: name, bundle } of region.bundles) {
        const kind = bundle.audience.kind;
        // a vakgroep of which nothing was published yet
        if (kind === "coalitie" || kind === "praktijk") bundle.changes = inventChanges(bundle);
        await mkdir(join(folder, name), { recursive: true });
        await writeFile(join(folder, name, "bundle.json"), writtenBundle(bundle));
        const cells = (bundle.values ?? []) as Cell[];
        // An adviser's list is no file of its practices.
        if (cells.length === 0 || (kind === "adviseur" && !bundle.own)) continue;
        const csv = options.files ? `${CSV_HEADING}${csvLines(cells)}` : "indicator;period;value\n";
        await writeFile(join(folder, name, "values.csv"), csv);
        if (options.files) await writeFile(join(folder, name, "values.arrow"), arrowOf(cells));
    }
    return region;
}
