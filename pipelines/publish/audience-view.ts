import type { Audience, AudienceKind, GroupLevel } from "./audience.ts";
import type { Kept } from "./bundle.ts";
import type { Catalogue } from "./catalogue.ts";
import { measuredIndicators } from "./catalogue.ts";
import { type Cell, hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";
import { type PracticeGroups, type PracticePlace, practiceGroups } from "./practice-groups.ts";
import { comparePeriods, isComplete, type PeriodKind, periodKind } from "./publication-period.ts";

/** The marts made ready for publishing: only whole periods, split into groups and practices. */
export interface PublishableFigures {
    catalogue: Catalogue;
    indicators: ReadonlyMap<string, MeasuredIndicator>;
    groupCells: readonly MartCell[];
    /** Practices' own figures by AGB. */
    practiceCells: ReadonlyMap<string, readonly MartCell[]>;
    groups: PracticeGroups;
    places: readonly PracticePlace[];
}

/** Leaves out incomplete quarters and years, and areas that the register no longer has (their successors hold them). */
export function publishableFigures(catalogue: Catalogue, cells: readonly MartCell[]): PublishableFigures {
    const areas = new Set([...catalogue.areas.map(({ id }) => id), "elders"]);
    const indicators = measuredIndicators(catalogue);
    const groupCells: MartCell[] = [];
    const practiceCells = new Map<string, MartCell[]>();
    const allPracticeCells: MartCell[] = [];
    const complete = new Map<string, boolean>();
    for (const cell of cells) {
        let whole = complete.get(cell.period);
        if (whole === undefined) {
            whole = periodKind(cell.period) !== null && isComplete(cell.period, catalogue.from, catalogue.to);
            complete.set(cell.period, whole);
        }
        if (!whole || !indicators.has(cell.indicator)) continue;
        if (cell.level === "practice") {
            const own = practiceCells.get(cell.id);
            if (own) own.push(cell);
            else practiceCells.set(cell.id, [cell]);
            allPracticeCells.push(cell);
        } else if (cell.level !== "area" || areas.has(cell.id)) groupCells.push(cell);
    }
    const places = catalogue.practices.map(({ id, hagro, area, organisation }) => ({
        id,
        hagro: hagro ?? null,
        area: area ?? null,
        organisation: organisation ?? null,
    }));
    const groups = practiceGroups(allPracticeCells, places);
    return { catalogue, indicators, groupCells, practiceCells, groups, places };
}

/** Every figure of the marts: those of groups, then those of practices. */
export function allCells({ groupCells, practiceCells }: PublishableFigures): MartCell[] {
    return [...groupCells, ...[...practiceCells.values()].flat()];
}

/** True when this audience's page shows this group figure. */
export function seesCell(
    cell: Pick<Cell, "indicator" | "level" | "id" | "period">,
    kind: AudienceKind,
    audience: Audience,
    catalogue: Catalogue,
    indicators: ReadonlySet<string>,
): boolean {
    if (cell.level === "practice" || !indicators.has(cell.indicator)) return false;
    const level: GroupLevel = cell.level;
    const period = periodKind(cell.period);
    if (period === null || !kind.levels[level]?.includes(period)) return false;
    return kind.seesGroup?.(audience, catalogue, level, cell.id) ?? true;
}

/** The newest periods of each kind, as many as asked for. */
export function newestPeriods(
    periods: Iterable<string>,
    wanted: Partial<Record<PeriodKind, number>>,
): ReadonlySet<string> {
    const byKind = new Map<PeriodKind, string[]>();
    for (const period of new Set(periods)) {
        const kind = periodKind(period);
        if (kind !== null && wanted[kind] !== undefined) byKind.set(kind, [...(byKind.get(kind) ?? []), period]);
    }
    const chosen = [...byKind].flatMap(([kind, found]) => {
        const newestFirst = found.sort((a, b) => comparePeriods(b, a));
        return newestFirst.slice(0, wanted[kind]);
    });
    return new Set(chosen);
}

/** What is kept, by class and level: every figure that the marts hold for this audience, and those it sees. */
export function keptOf(
    cells: readonly Pick<Cell, "indicator" | "level" | "state">[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
): Kept[] {
    const rows = new Map<string, Kept>();
    for (const cell of cells) {
        if (!hasFigure({ state: cell.state === "suppressed" ? "value" : cell.state })) continue;
        const page = `${indicators.get(cell.indicator)?.klasse ?? "onbekend"} · ${LEVEL_WORDS[cell.level]}`;
        const row = rows.get(page) ?? { page, cells: 0, shown: 0 };
        row.cells += 1;
        if (cell.state !== "suppressed") row.shown += 1;
        rows.set(page, row);
    }
    return [...rows.values()].sort((a, b) => a.page.localeCompare(b.page));
}

const LEVEL_WORDS = {
    practice: "praktijk",
    hagro: "hagro",
    area: "gebied",
    organisation: "organisatie",
    region: "regio",
} as const;
