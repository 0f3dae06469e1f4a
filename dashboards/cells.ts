import type { Bundle, Cell, Indicator, Level } from "./data.ts";
import { inTime, type PeriodKind, periodKind } from "./period.ts";

/** Where a line of cells stands: one indicator, one stratum (null is the whole), one level and one id. */
export interface Line {
    indicator: string;
    stratum?: string | null;
    level: Level;
    id: string;
}

export interface Peer {
    label: string;
    /** Whole percent, 0-100. */
    percent: number;
}

/** The cells of one bundle, found by what they are about instead of by searching. */
export interface Cells {
    at(line: Line, period: string): Cell | null;
    /** All cells of a line of one kind of period, in time order. */
    series(line: Line, kind: PeriodKind): Cell[];
    /** The last cell of a line of one kind of period, whatever its state. */
    last(line: Line, kind: PeriodKind): Cell | null;
    strata(indicator: string, level: Level, id: string): string[];
    /** Anonymous practices at a period, lowest first. */
    peers(indicator: string, period: string): Peer[];
    indicator(id: string | null): Indicator | null;
    /** The last period of a kind in the bundle. */
    latest(kind: PeriodKind): string | null;
}

function keyOf(indicator: string, stratum: string | null, level: Level, id: string): string {
    return `${indicator}|${stratum ?? ""}|${level}|${id}`;
}

/** Whether a cell carries a number that may be shown. */
export function hasValue(cell: Cell | null | undefined): cell is Cell & { value: number } {
    return !!cell && (cell.state === "value" || cell.state === "zero") && cell.value !== null;
}

/** Indexes the cells and peers of a bundle; linear in their number. */
export function indexCells(bundle: Bundle): Cells {
    const lines = new Map<string, Cell[]>();
    const strata = new Map<string, Set<string>>();
    const latest: Partial<Record<PeriodKind, string>> = {};
    for (const cell of bundle.values) {
        const key = keyOf(cell.indicator, cell.stratum, cell.level, cell.id);
        const line = lines.get(key);
        if (line) line.push(cell);
        else lines.set(key, [cell]);
        if (cell.stratum !== null) {
            const place = `${cell.indicator}|${cell.level}|${cell.id}`;
            const found = strata.get(place);
            if (found) found.add(cell.stratum);
            else strata.set(place, new Set([cell.stratum]));
        }
        const kind = periodKind(cell.period);
        const known = latest[kind];
        if (known === undefined || inTime(cell.period, known) > 0) latest[kind] = cell.period;
    }
    for (const line of lines.values()) line.sort((left, right) => inTime(left.period, right.period));

    const peers = new Map<string, Peer[]>();
    for (const peer of bundle.peers) {
        const key = `${peer.indicator}|${peer.period}`;
        const found = peers.get(key);
        if (found) found.push(peer);
        else peers.set(key, [peer]);
    }
    for (const group of peers.values())
        group.sort((left, right) => left.percent - right.percent || (left.label < right.label ? -1 : 1));

    const indicators = new Map(bundle.catalogue.indicators.map((indicator) => [indicator.id, indicator]));
    const lineOf = (line: Line): Cell[] =>
        lines.get(keyOf(line.indicator, line.stratum ?? null, line.level, line.id)) ?? [];
    return {
        at: (line, period) => lineOf(line).find((cell) => cell.period === period) ?? null,
        series: (line, kind) => lineOf(line).filter((cell) => periodKind(cell.period) === kind),
        last: (line, kind) => lineOf(line).findLast((cell) => periodKind(cell.period) === kind) ?? null,
        strata: (indicator, level, id) => [...(strata.get(`${indicator}|${level}|${id}`) ?? [])].sort(),
        peers: (indicator, period) => peers.get(`${indicator}|${period}`) ?? [],
        indicator: (id) => (id === null ? null : (indicators.get(id) ?? null)),
        latest: (kind) => latest[kind] ?? null,
    };
}
