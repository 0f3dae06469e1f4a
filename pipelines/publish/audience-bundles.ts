import type { SincePublication } from "../changes/since-publication.ts";
import type { HeldDelivery } from "../quality/release-quality.ts";
import { CONTRADICTIONS } from "../reconciliation/annual-report-2022.ts";
import type { Audience, AudienceKind } from "./audience.ts";
import { keptOf, newestPeriods, type PublishableFigures, seesCell } from "./audience-view.ts";
import {
    type BundleFrame,
    bundleText,
    type Kept,
    type PublicationStamp,
    restrictedCatalogue,
    writtenCells,
    writtenPeers,
} from "./bundle.ts";
import type { Theme } from "./catalogue.ts";
import type { Cell } from "./cell.ts";
import { byKey, changesOfBundle, hiddenKeys, type PlacedChanges, placedChanges } from "./changes-bundle.ts";
import { changesCsv } from "./changes-download.ts";
import { comparedPractices, comparisonsOf, type SharedComparisons, seenBy } from "./comparisons-bundle.ts";
import { arrowOf, CSV_HEADING, csvLines } from "./download.ts";
import { protectGoals } from "./goal-disclosure.ts";
import { type DetailSources, detailsFor, detailsOf } from "./indicator-details.ts";
import { operatorBundle, type SuppressionLogEntry } from "./operator-bundle.ts";
import { memberRows, type PeerStrips, peerStrips } from "./peer-strips.ts";
import { periodKind } from "./publication-period.ts";
import type { ReaderGroup } from "./reader-groups.ts";
import { reconcile } from "./reconciliation.ts";
import { ownPlace } from "./shown-comparisons.ts";
import type { IndicatorDetails } from "./shown-details.ts";
import { ownCell } from "./shown-form.ts";

/** One audience's bundle, ready to be written: file name to content. */
export interface AudienceBundle {
    kind: string;
    audience: Audience;
    kept: Kept[];
    files: ReadonlyMap<string, string | Uint8Array>;
}

export interface BundlesJob {
    figures: PublishableFigures;
    /** What every group of readers may see. */
    groups: readonly ReaderGroup[];
    stamp: PublicationStamp;
    /** Key of the labels of anonymous practices; never written. */
    key: Uint8Array;
    operator: Record<string, unknown>;
    /** Every change since the publication before, exact. */
    since: SincePublication;
    /** What stands beside figures on the page of an indicator, exact. */
    details: DetailSources;
    /** What came in of practices and does not count, because a check holds it. */
    held: readonly HeldDelivery[];
    /** Gets, per kind of readers, the keys of the group figures that they are not shown exactly. */
    protects?: (readers: string, hidden: string[]) => void;
}

/** Figures of one group as written, made once however many audiences read them. */
interface Piece {
    cells: Cell[];
    json: string;
    csv: string;
}

/**
 * All bundles, one at a time: the shared systems are protected first, then every audience takes its part of them.
 * The operator's comes last, because it holds the log of what the others were not shown.
 */
export function* audienceBundles(job: BundlesJob): Generator<AudienceBundle> {
    const log: SuppressionLogEntry[] = [];
    const keptByKind = new Map<string, Kept[]>();
    const operators: AudienceKind[] = [];
    const changes = placedChanges(job.since);
    const compared = comparedPractices(job.figures);
    for (const group of job.groups) {
        const base = group.protected.cells;
        job.protects?.(group.readers, hiddenKeys(base));
        const shown = byKey(base);
        const names = group.kinds.filter(({ levels }) => Object.keys(levels).length > 0).map(({ kind }) => kind);
        log.push(...group.protected.suppressed.map((figure) => ({ audience: names.join(", "), ...figure })));
        for (const kind of group.kinds) {
            if (kind.operator) {
                operators.push(kind);
                continue;
            }
            const peers = peerStrips(job.figures, kind, group.protected.peers, job.key, job.stamp.id);
            const pieces = pieceMaker(base);
            const comparisons = comparisonsOf(kind, job.figures, base, peers, compared);
            const details = detailsOf(kind, job.figures, base, job.details);
            for (const audience of kind.audiences(job.figures.catalogue)) {
                const bundle = bundleFor(job, kind, audience, {
                    base,
                    shown,
                    pieces,
                    peers,
                    changes,
                    comparisons,
                    details,
                });
                keptByKind.set(kind.kind, addKept(keptByKind.get(kind.kind) ?? [], bundle.kept));
                yield bundle;
            }
        }
    }
    const kept = [...keptByKind].flatMap(([kind, rows]) =>
        rows.map((row) => ({ ...row, page: `${kind} · ${row.page}` })),
    );
    for (const kind of operators) {
        for (const audience of kind.audiences(job.figures.catalogue)) {
            const { stamp, operator, figures } = job;
            const files = operatorBundle({ stamp, operator, catalogue: figures.catalogue, kind, audience, kept, log });
            yield { kind: kind.kind, audience, kept, files };
        }
    }
}

/** Sums what is kept over the audiences of a kind. */
export function addKept(sums: readonly Kept[], rows: readonly Kept[]): Kept[] {
    const byPage = new Map(sums.map((row) => [row.page, { ...row }]));
    for (const row of rows) {
        const sum = byPage.get(row.page) ?? { page: row.page, cells: 0, shown: 0 };
        byPage.set(row.page, { page: row.page, cells: sum.cells + row.cells, shown: sum.shown + row.shown });
    }
    return [...byPage.values()].sort((a, b) => a.page.localeCompare(b.page));
}

type PieceMaker = (
    kind: AudienceKind,
    audience: Audience,
    figures: PublishableFigures,
    indicators: ReadonlySet<string>,
) => Piece[];

/** Cuts the shared base into groups (one region, area, hagro); audiences with the same indicators share the text. */
function pieceMaker(base: readonly Cell[]): PieceMaker {
    const byGroup = new Map<string, Cell[]>();
    for (const cell of base) {
        const group = `${cell.level}\t${cell.id}`;
        const list = byGroup.get(group);
        if (list) list.push(cell);
        else byGroup.set(group, [cell]);
    }
    const made = new Map<string, Piece>();
    return (kind, audience, figures, indicators) => {
        const pieces: Piece[] = [];
        const signature = `${kind.kind}\n${[...indicators].join(" ")}`;
        for (const [group, cells] of byGroup) {
            const [first] = cells;
            const level = first?.level;
            if (!first || !level || level === "practice") continue;
            if (kind.seesGroup?.(audience, figures.catalogue, level, first.id) === false) continue;
            const name = `${group}\n${signature}`;
            let piece = made.get(name);
            if (!piece) {
                const seen = cells.filter((cell) => seesCell(cell, kind, audience, figures.catalogue, indicators));
                piece = { cells: seen, json: writtenCells(seen), csv: csvLines(seen) };
                made.set(name, piece);
            }
            if (piece.cells.length > 0) pieces.push(piece);
        }
        return pieces;
    };
}

/** What the audiences of one kind of readers share. */
interface SharedParts {
    base: readonly Cell[];
    shown: ReadonlyMap<string, Cell>;
    pieces: PieceMaker;
    peers: PeerStrips;
    changes: PlacedChanges;
    comparisons: SharedComparisons;
    details: IndicatorDetails;
}

function bundleFor(
    job: BundlesJob,
    kind: AudienceKind,
    audience: Audience,
    { base, shown, pieces, peers, changes, comparisons, details }: SharedParts,
): AudienceBundle {
    const { figures, stamp } = job;
    const catalogue = restrictedCatalogue(figures.catalogue, kind, audience);
    const indicators = new Set(catalogue.indicators.map(({ id }) => id));
    const seen = pieces(kind, audience, figures, indicators);
    const groupCells = seen.flatMap((piece) => piece.cells);
    const own = ownCells(figures, kind, audience, indicators);
    const isIndex = audience.assigned !== undefined && audience.practice === undefined;
    const others = isIndex ? [] : peers.practices.filter(({ id }) => id !== audience.practice);
    const seenPeers = peers.considered.filter(
        ({ id, indicator }) => !isIndex && id !== audience.practice && indicators.has(indicator),
    );
    const changed = changesOfBundle({ since: job.since, changes, figures, kind, audience, indicators, shown });
    const kept = [...keptOf([...groupCells, ...seenPeers], figures.indicators), ...changed.kept];
    const frame: BundleFrame = {
        publication: stamp,
        audience: {
            id: audience.id,
            kind: kind.kind,
            title: audience.title,
            path: audience.path,
            hagro: audience.hagro,
        },
        catalogue,
        goals: goalsFor(job, kind, audience, base),
        own: ownEntry(figures, audience),
        held: job.held.filter(({ practice }) =>
            isIndex ? audience.assigned?.includes(practice) : practice === audience.practice,
        ),
        kept,
    };
    const hasFigures = Object.keys(kind.levels).length > 0;
    if (hasFigures) {
        frame.changes = changed.changes;
        frame.comparisons = seenBy(comparisons, indicators, own);
        frame.details = detailsFor(details, indicators);
    }
    const listed = isIndex ? assignedCells(figures, kind, audience, indicators) : [];
    const { funnels = [] } = frame.comparisons ?? {};
    if (isIndex) frame.assigned = listed.map(({ practice, cells }) => ({ practice, ...ownPlace(funnels, cells) }));
    if (kind.reconciliation) {
        frame.reconciliation = reconcile(groupCells);
        frame.contradictions = CONTRADICTIONS;
    }
    if (kind.members) frame.members = memberRows(figures, audience, peers);
    const peerTexts = others.map((practice) =>
        practice.peers.every((peer) => indicators.has(peer.indicator))
            ? practice.json
            : writtenPeers(practice.peers.filter((peer) => indicators.has(peer.indicator))),
    );
    const written = listed.map(({ cells }) => writtenCells(cells));
    const files = new Map<string, string | Uint8Array>([
        ["bundle.json", bundleText(frame, [...seen.map(({ json }) => json), writtenCells(own), ...written], peerTexts)],
    ]);
    const cells = [...groupCells, ...own];
    if (cells.length > 0) {
        files.set("values.csv", `${CSV_HEADING}${seen.map(({ csv }) => csv).join("")}${csvLines(own)}`);
        files.set("values.arrow", arrowOf(cells));
    }
    if (changed.all.length > 0) files.set("veranderingen.csv", changesCsv(changed.all));
    return { kind: kind.kind, audience, kept, files };
}

/**
 * The themes of an audience: all, or those of its vakgroep, also where another one leads. A goal may be about an indicator
 * that has no page here, so it is held against the region's figures of the whole system that these readers share.
 */
function goalsFor(job: BundlesJob, kind: AudienceKind, audience: Audience, base: readonly Cell[]) {
    if (kind.goals === "none") return [];
    const themes = job.figures.catalogue.goals.filter(
        (theme) => kind.goals === "all" || isOfVakgroep(theme, audience.vakgroep),
    );
    const cells = base.filter((cell) => {
        const period = periodKind(cell.period);
        return cell.level === "region" && period !== null && kind.levels.region?.includes(period);
    });
    const { indicators } = job.figures;
    return protectGoals(themes, { cells, indicators, fewestPatients: kind.thresholds.fewestPatients });
}

function isOfVakgroep(theme: Theme, vakgroep: string | undefined): boolean {
    if (vakgroep === undefined) return false;
    return theme.vakgroepen ? theme.vakgroepen.includes(vakgroep) : theme.vakgroep === vakgroep;
}

/** disclosure.md rule 3: a practice's own figures, as they are. */
function ownCells(
    figures: PublishableFigures,
    kind: AudienceKind,
    audience: Audience,
    indicators: ReadonlySet<string>,
): Cell[] {
    if (!kind.own || audience.practice === undefined) return [];
    const periods = new Set(kind.own);
    return (figures.practiceCells.get(audience.practice) ?? [])
        .filter((cell) => {
            const period = periodKind(cell.period);
            return period !== null && periods.has(period) && indicators.has(cell.indicator);
        })
        .map(ownCell);
}

/** The newest quarters of which an adviser's list says what stands out. */
const QUARTERS_LISTED = 2;

/** An adviser knows the practices assigned as they are; the list says of each only what its mirror brings forward. */
function assignedCells(
    figures: PublishableFigures,
    kind: AudienceKind,
    audience: Audience,
    indicators: ReadonlySet<string>,
): { practice: string; cells: Cell[] }[] {
    const known = (audience.assigned ?? []).map((practice) => ({
        practice,
        cells: ownCells(figures, kind, { ...audience, practice }, indicators),
    }));
    const periods = known.flatMap(({ cells }) => cells.map(({ period }) => period));
    const quarters = newestPeriods(periods, { quarter: QUARTERS_LISTED });
    return known.map(({ practice, cells }) => ({
        practice,
        cells: cells.filter(({ stratum, period }) => stratum === null && quarters.has(period)),
    }));
}

function ownEntry(figures: PublishableFigures, audience: Audience): BundleFrame["own"] {
    if (audience.practice === undefined) return undefined;
    const entry = figures.catalogue.practices.find(({ id }) => id === audience.practice);
    return {
        agb: audience.practice,
        name: entry?.name ?? null,
        hagro: entry?.hagro ?? null,
        area: entry?.area ?? null,
    };
}
