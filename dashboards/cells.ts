import type { Bundle, BundlePeer, Cell, Indicator, Level } from "./data.ts";
import { type PeriodKind, periodKind } from "./period.ts";
import { runsOf } from "./runs.ts";

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
    series(line: Line, kind: PeriodKind): readonly Cell[];
    /** The last cell of a line of one kind of period, whatever its state. */
    last(line: Line, kind: PeriodKind): Cell | null;
    strata(indicator: string, level: Level, id: string): string[];
    /** Anonymous practices at a period, lowest first. */
    peers(indicator: string, period: string): Peer[];
    indicator(id: string | null): Indicator | null;
    /** Groups that have cells at a level. */
    ids(level: Level): string[];
    /** The last period of a kind in the bundle. */
    latest(kind: PeriodKind): string | null;
}

/** What cells of one group share, and percents of one anonymous practice. */
export const groupOfCell = (cell: Cell): string => `${cell.level}|${cell.id}`;
export const practiceOfPeer = (peer: BundlePeer): string => peer.label;

/** Whether a cell carries a number that may be shown. */
export function hasValue(cell: Cell | null | undefined): cell is Cell & { value: number } {
    return !!cell && (cell.state === "value" || cell.state === "zero") && cell.value !== null;
}

/** Cells of one indicator and stratum of one group, in time order: of each kind of period, and by period. */
interface CellLine {
    kinds: Record<PeriodKind, Cell[]>;
    byPeriod: Map<string, Cell>;
}

/** The cells of one group by what they are about; made once, however many bundles repeat the group. */
interface GroupIndex {
    /** By indicator; parts (strata) by indicator and stratum. */
    wholes: Map<string, CellLine>;
    parts: Map<string, CellLine>;
    strata: Map<string, string[]>;
    latest: Partial<Record<PeriodKind, string>>;
}

const groupIndexes = new WeakMap<Cell[], GroupIndex>();
const partKey = (indicator: string, stratum: string): string => `${indicator}|${stratum}`;
const newLine = (): CellLine => ({ kinds: { month: [], quarter: [], year: [] }, byPeriod: new Map() });
const none = newLine();

/** Of two periods of one kind; as they are spelled, they sort in time. */
function later(left: string | undefined, right: string | undefined): string | undefined {
    if (left === undefined || right === undefined) return left ?? right;
    return left >= right ? left : right;
}

/** Written in time order nearly always, and then there is nothing to do. */
function sortInTime(series: Cell[]): void {
    if (series.some((cell, at) => at > 0 && (series[at - 1]?.period ?? "") > cell.period))
        series.sort((left, right) => (left.period < right.period ? -1 : 1));
}

function groupIndex(cells: Cell[]): GroupIndex {
    const known = groupIndexes.get(cells);
    if (known) return known;
    const wholes: GroupIndex["wholes"] = new Map();
    const parts: GroupIndex["parts"] = new Map();
    const strata = new Map<string, Set<string>>();
    const latest: GroupIndex["latest"] = {};
    for (const cell of cells) {
        const lines = cell.stratum === null ? wholes : parts;
        const key = cell.stratum === null ? cell.indicator : partKey(cell.indicator, cell.stratum);
        const line = lines.get(key) ?? newLine();
        lines.set(key, line);
        if (cell.stratum !== null)
            strata.set(cell.indicator, (strata.get(cell.indicator) ?? new Set<string>()).add(cell.stratum));
        const kind = periodKind(cell.period);
        line.kinds[kind].push(cell);
        line.byPeriod.set(cell.period, cell);
        latest[kind] = later(latest[kind], cell.period);
    }
    for (const lines of [wholes, parts])
        for (const { kinds } of lines.values()) for (const series of Object.values(kinds)) sortInTime(series);
    const sorted = new Map([...strata].map(([indicator, found]) => [indicator, [...found].sort()]));
    const made = { wholes, parts, strata: sorted, latest };
    groupIndexes.set(cells, made);
    return made;
}

/** The percents of one anonymous practice, by period and indicator. */
type PeerIndex = Map<string, Map<string, Peer>>;
const peerIndexes = new WeakMap<BundlePeer[], PeerIndex>();

function peerIndex(peers: BundlePeer[]): PeerIndex {
    const known = peerIndexes.get(peers);
    if (known) return known;
    const made: PeerIndex = new Map();
    for (const peer of peers) {
        const ofPeriod = made.get(peer.period) ?? new Map<string, Peer>();
        made.set(peer.period, ofPeriod.set(peer.indicator, peer));
    }
    peerIndexes.set(peers, made);
    return made;
}

/** Puts a peer in its place, lowest first; practices come by label, and that order is kept among equals. */
function insert(peers: Peer[], peer: Peer): void {
    let at = peers.length;
    for (let before = peers[at - 1]; before && before.percent > peer.percent; before = peers[at - 1]) {
        peers[at] = before;
        at -= 1;
    }
    peers[at] = peer;
}

/** Indexes the cells and peers of a bundle; of groups that were indexed for a bundle before, nothing is done again. */
export function indexCells(bundle: Bundle): Cells {
    const groups = new Map<string, GroupIndex>();
    const written = new Map<string, Cell[]>();
    for (const { key, items } of runsOf(bundle.values, groupOfCell)) {
        const before = written.get(key);
        const cells = before ? [...before, ...items] : items;
        written.set(key, cells);
        groups.set(key, groupIndex(cells));
    }
    const practices = runsOf(bundle.peers, practiceOfPeer)
        .toSorted((left, right) => (left.key < right.key ? -1 : 1))
        .map(({ items }) => peerIndex(items));
    const sortedPeers = new Map<string, Map<string, Peer[]>>();
    const indicators = new Map(bundle.catalogue.indicators.map((indicator) => [indicator.id, indicator]));
    // One page asks hundreds of times in a row about the same group.
    let asked: { level: Level; id: string; group: GroupIndex | undefined } | null = null;
    const groupOf = (level: Level, id: string): GroupIndex | undefined => {
        if (asked === null || asked.level !== level || asked.id !== id)
            asked = { level, id, group: groups.get(`${level}|${id}`) };
        return asked.group;
    };
    const lineOf = ({ indicator, stratum, level, id }: Line): CellLine => {
        const group = groupOf(level, id);
        if (group === undefined) return none;
        const isWhole = stratum === undefined || stratum === null;
        return (isWhole ? group.wholes.get(indicator) : group.parts.get(partKey(indicator, stratum))) ?? none;
    };
    const peersAt = (indicator: string, period: string): Peer[] => {
        const ofPeriod = sortedPeers.get(period) ?? new Map<string, Peer[]>();
        sortedPeers.set(period, ofPeriod);
        let found = ofPeriod.get(indicator);
        if (found === undefined) {
            found = [];
            for (const practice of practices) {
                const peer = practice.get(period)?.get(indicator);
                if (peer) insert(found, peer);
            }
            ofPeriod.set(indicator, found);
        }
        return found;
    };
    return {
        at: (line, period) => lineOf(line).byPeriod.get(period) ?? null,
        series: (line, kind) => lineOf(line).kinds[kind],
        last: (line, kind) => lineOf(line).kinds[kind].at(-1) ?? null,
        strata: (indicator, level, id) => [...(groupOf(level, id)?.strata.get(indicator) ?? [])],
        peers: peersAt,
        indicator: (id) => (id === null ? null : (indicators.get(id) ?? null)),
        ids: (level) =>
            [...groups.keys()].flatMap((key) => (key.startsWith(`${level}|`) ? key.slice(level.length + 1) : [])),
        latest: (kind) =>
            [...groups.values()].reduce<string | undefined>(
                (last, { latest }) => later(last, latest[kind]),
                undefined,
            ) ?? null,
    };
}
