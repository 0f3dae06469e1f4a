import type { HeldDelivery } from "../quality/release-quality.ts";
import type { Contradiction } from "../reconciliation/annual-report-2022.ts";
import type { Audience, AudienceKind } from "./audience.ts";
import type { Catalogue, Theme } from "./catalogue.ts";
import type { Cell } from "./cell.ts";
import type { Member, Peer } from "./peers.ts";
import type { ReconciliationRow } from "./reconciliation.ts";
import type { ChangesOfBundle } from "./shown-change.ts";
import type { ShownComparisons } from "./shown-comparisons.ts";
import type { IndicatorDetails } from "./shown-details.ts";

/** Which publication a bundle belongs to. `made` is the only thing in it that a clock gave. */
export interface PublicationStamp {
    id: string;
    release: string;
    peildatum: string;
    from: string;
    to: string;
    demo: boolean;
    made: string | null;
}

/** What is kept of the figures on a page: all that the marts hold there, and those shown (disclosure.md rule 10). */
export interface Kept {
    page: string;
    cells: number;
    shown: number;
}

/** Everything one audience gets, apart from its figures and peers, which are written beside it in ready-made pieces. */
export interface BundleFrame {
    publication: PublicationStamp;
    /** `hagro`: the one that the reader is of, as the register names it. */
    audience: { id: string; kind: string; title: string; path: string; hagro?: string };
    catalogue: Catalogue;
    goals: Theme[];
    /** The practices of the reader's own hagro. */
    members?: Member[];
    own?: { agb: string; name: string | null; hagro: string | null; area: string | null };
    /** Deliveries of the reader's own practice, or of an adviser's, that came in and do not count. */
    held?: HeldDelivery[];
    kept: Kept[];
    operator?: Record<string, unknown>;
    reconciliation?: ReconciliationRow[];
    /** What changed since the publication before, and why; of audiences with figures. */
    changes?: ChangesOfBundle;
    contradictions?: readonly Contradiction[];
    /** Funnels, control limits and year-on-year changes; of audiences with figures. */
    comparisons?: ShownComparisons;
    /** Where each practice of an adviser's list lies; its newest figures stand among the cells. */
    assigned?: ({ practice: string } & Pick<ShownComparisons, "positions" | "curves">)[];
    /** Age and sex, record systems and deliveries behind the newest figures; of audiences with figures. */
    details?: IndicatorDetails;
}

/**
 * Cells inside the array "values", a line for each group (one region, area, hagro, practice): its level and id, and per
 * indicator and stratum a row per period, without the nulls at its end. bundle-reader.ts of the dashboards reads it.
 */
export function writtenCells(cells: readonly Cell[]): string {
    const groups = new Map<string, { level: string; id: string; lines: Map<string, WrittenLine> }>();
    for (const cell of cells) {
        const { indicator, stratum, level, id } = cell;
        const group = groups.get(`${level}\t${id}`) ?? { level, id, lines: new Map() };
        groups.set(`${level}\t${id}`, group);
        const key = `${indicator}\t${stratum ?? ""}`;
        const line: WrittenLine = group.lines.get(key) ?? [indicator, stratum, []];
        group.lines.set(key, line);
        line[2].push(rowOf(cell));
    }
    return [...groups.values()]
        .map(({ level, id, lines }) => JSON.stringify({ level, id, lines: [...lines.values()] }))
        .join(",\n");
}

type WrittenLine = [indicator: string, stratum: string | null, rows: (string | number | null)[][]];

function rowOf(cell: Cell): (string | number | null)[] {
    const { period, state, shown, delivered, members, numerator, denominator, value, low, high } = cell;
    const row = [period, state, shown, delivered, members, numerator, denominator, value, low, high];
    if (cell.expected !== undefined) row.push(cell.expected);
    while (row.at(-1) === null) row.pop();
    return row;
}

/** Percents of anonymous practices inside the array "peers", a line for each practice. */
export function writtenPeers(peers: readonly Peer[]): string {
    const practices = new Map<string, [string, string, number][]>();
    for (const { label, indicator, period, percent } of peers) {
        const percents = practices.get(label) ?? [];
        practices.set(label, percents);
        percents.push([indicator, period, percent]);
    }
    return [...practices].map(([label, percents]) => JSON.stringify({ label, percents })).join(",\n");
}

/**
 * The text of bundle.json. What bundles of one publication share stands on lines of its own, so that whoever reads them
 * one after another knows it again by its bytes: definitions, comparisons of the region, groups of cells, practices.
 */
export function bundleText(frame: BundleFrame, values: readonly string[], peers: readonly string[]): string {
    const { catalogue, comparisons, ...rest } = frame;
    const { indicators, ...names } = catalogue;
    const { funnels = [], panels = [], ...own } = comparisons ?? {};
    const head = JSON.stringify({ ...rest, catalogue: names, ...(comparisons && { comparisons: own }) });
    const list = (pieces: readonly string[]) => `[\n${pieces.filter((piece) => piece !== "").join(",\n")}\n]`;
    const shared = Object.entries({ indicators, funnels, panels })
        .map(([name, items]) => `"${name}":${JSON.stringify(items)},\n`)
        .join("");
    return `${head.slice(0, -1)},\n${shared}"values":${list(values)},\n"peers":${list(peers)}}\n`;
}

/**
 * The catalogue that an audience may know: definitions of its indicators, names of the groups it sees, no practice but its
 * own, and no evaluated goals (those are protected apart). The operator knows the whole register.
 */
export function restrictedCatalogue(catalogue: Catalogue, kind: AudienceKind, audience: Audience): Catalogue {
    const isOwn = (practice: string) =>
        kind.operator === true ||
        practice === audience.practice ||
        (audience.practice === undefined && audience.assigned?.includes(practice) === true);
    const sees = (level: "hagro" | "area", id: string) => kind.seesGroup?.(audience, catalogue, level, id) ?? true;
    const isOwnArea = (area: string) =>
        audience.assigned !== undefined && catalogue.practices.some((one) => isOwn(one.id) && one.area === area);
    const seesNames = (level: "hagro" | "area" | "organisation") =>
        kind.operator === true || kind.levels[level] !== undefined;
    return {
        release: catalogue.release,
        refresh: catalogue.refresh,
        demo: catalogue.demo,
        from: catalogue.from,
        to: catalogue.to,
        peildatum: catalogue.peildatum,
        indicators: catalogue.indicators.filter((indicator) => kind.seesIndicator(audience, indicator)),
        practices: catalogue.practices.filter(({ id }) => isOwn(id)),
        hagros: seesNames("hagro") ? catalogue.hagros.filter(({ id }) => sees("hagro", id)) : [],
        // A list of practices names the areas they are in, without a figure of those.
        areas: seesNames("area") ? catalogue.areas.filter(({ id }) => sees("area", id) || isOwnArea(id)) : [],
        organisations: seesNames("organisation") ? catalogue.organisations : [],
        coverage: catalogue.coverage.filter(({ practice }) => isOwn(practice)),
        goals: [],
    };
}
