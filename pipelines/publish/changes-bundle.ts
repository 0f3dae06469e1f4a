import { type Change, isComparable } from "../changes/change.ts";
import type { Compared, SincePublication } from "../changes/since-publication.ts";
import type { Audience, AudienceKind } from "./audience.ts";
import { type PublishableFigures, seesCell } from "./audience-view.ts";
import type { Kept } from "./bundle.ts";
import { type Cell, cellKey, countsPatients } from "./cell.ts";
import { everyPart, type ShownPart, shownParts } from "./change-disclosure.ts";
import { periodKind } from "./publication-period.ts";
import { type ChangesOfBundle, groupChange, ownChange, type ShownChange } from "./shown-change.ts";

/** Changes by where they are: most audiences look at few of them. */
export interface PlacedChanges {
    groups: readonly Change[];
    practices: ReadonlyMap<string, readonly Change[]>;
}

export interface ChangesJob {
    since: SincePublication;
    changes: PlacedChanges;
    figures: PublishableFigures;
    kind: AudienceKind;
    audience: Audience;
    indicators: ReadonlySet<string>;
    /** The group figures of all that read alike, as protected. */
    shown: ReadonlyMap<string, Cell>;
}

export function placedChanges(since: SincePublication): PlacedChanges {
    const practices = new Map<string, Change[]>();
    const groups: Change[] = [];
    for (const change of since.state === "compared" ? since.changes : []) {
        if (!isComparable(change)) continue;
        const own = change.level === "practice" ? practices.get(change.id) : groups;
        if (own) own.push(change);
        else practices.set(change.id, [change]);
    }
    return { groups, practices };
}

/** Group figures by key, to look up what is shown of them. */
export function byKey(cells: readonly Cell[]): Map<string, Cell> {
    return new Map(cells.filter((cell) => cell.stratum === null).map((cell) => [cellKey(cell), cell]));
}

/** Keys of the group figures that these readers were not shown exactly. */
export function hiddenKeys(cells: readonly Cell[]): string[] {
    return cells
        .filter((cell) => (cell.level === "region" || cell.level === "area") && cell.stratum === null && !isExact(cell))
        .map(cellKey);
}

/** All of it for one audience, with every change for the download, and what is kept of the changes of groups. */
export function changesOfBundle(job: ChangesJob): { changes: ChangesOfBundle; all: ShownChange[]; kept: Kept[] } {
    const { since } = job;
    const empty: ChangesOfBundle = {
        state: since.state,
        reason: null,
        before: null,
        practices: null,
        relaid: null,
        definitions: null,
        newest: [],
        restated: [],
        restatedFigures: 0,
        withheld: 0,
    };
    if (since.state === "first") return { changes: empty, all: [], kept: [] };
    const { publication, release, made } = since.before;
    const before = { publication, release, made, peildatum: "" };
    if (since.state === "not_comparable")
        return { changes: { ...empty, before, reason: since.reason }, all: [], kept: [] };
    const { summary } = since;
    const { shown, withheld } = shownChanges(job, since);
    const newest = new Set(summary.newest.map(({ from, to }) => `${from}>${to}`));
    const isNewest = ({ from, to }: ShownChange): boolean => newest.has(`${from}>${to}`);
    const restated = shown.filter((change) => !isNewest(change));
    const own = summary.relaid.find(({ practice }) => practice === job.audience.practice);
    const changes: ChangesOfBundle = {
        ...empty,
        before: { ...before, peildatum: summary.before.peildatum },
        practices: { joined: summary.joined.length, left: summary.left.length, relaid: summary.relaid.length },
        relaid: own ? { from: own.from, to: own.to } : null,
        definitions: definitionsFor(since, job.indicators),
        newest: shown.filter(isNewest),
        restated: restated.filter(({ drift }) => drift.verdict === "outside"),
        restatedFigures: restated.length,
        withheld,
    };
    return { changes, all: shown, kept: keptOfChanges(shown, withheld) };
}

function keptOfChanges(shown: readonly ShownChange[], withheld: number): Kept[] {
    const groups = shown.filter(({ level }) => level !== "practice");
    const split = groups.filter(({ parts }) => parts !== null);
    if (groups.length + withheld === 0) return [];
    return [
        { page: "verandering · getoond", cells: groups.length + withheld, shown: groups.length },
        { page: "verandering · uitgesplitst", cells: groups.length, shown: split.length },
    ];
}

function definitionsFor({ report }: Compared, indicators: ReadonlySet<string>): ChangesOfBundle["definitions"] {
    if (report === null) return null;
    const moved = new Set(report.moved.map(({ indicator }) => indicator).filter((id) => indicators.has(id)));
    return {
        changed: report.queries
            .map(({ query, codes, lines, indicators: resting }) => ({
                query,
                codes,
                lines: { added: lines.added.length, removed: lines.removed.length },
                indicators: resting.filter((id) => moved.has(id)),
            }))
            .filter((one) => one.indicators.length > 0),
        added: report.added.filter((id) => indicators.has(id)),
        dropped: report.dropped,
        unmoved: report.unmoved.filter((id) => indicators.has(id)).length,
        isRerun: report.isRerun,
    };
}

function shownChanges(job: ChangesJob, since: Compared): { shown: ShownChange[]; withheld: number } {
    const { kind, audience, figures, indicators } = job;
    // A publication of before may have known its readers by other names: then nothing is told of it.
    const keys = since.hidden?.[kind.readers];
    const hidden = keys ? new Set(keys) : null;
    const shown = (job.changes.practices.get(audience.practice ?? "") ?? []).flatMap((change) => {
        const indicator = figures.indicators.get(change.indicator);
        const seen = indicator && indicators.has(change.indicator) && seesOwn(kind, change);
        return seen ? [ownChange(change, indicator.maat, everyPart(change))] : [];
    });
    const splits = splitsFor(job, hidden);
    let withheld = 0;
    for (const change of job.changes.groups) {
        const [then, now] = [
            { ...change, period: change.from },
            { ...change, period: change.to },
        ];
        if (![then, now].every((cell) => seesCell(cell, kind, audience, figures.catalogue, indicators))) continue;
        const indicator = figures.indicators.get(change.indicator);
        const parts = splits.get(change);
        if (indicator && parts !== undefined) shown.push(groupChange(change, indicator.maat, parts));
        else withheld += 1;
    }
    return { shown, withheld };
}

const splitsOf = new WeakMap<ReadonlyMap<string, Cell>, Map<Change, ShownPart[] | null>>();

/**
 * How every change is split for all who read alike, whichever part of them an audience sees: otherwise two audiences together
 * could tell more than either. A change that cannot be shown has no split.
 */
function splitsFor(
    { kind, figures, changes, shown }: ChangesJob,
    hidden: ReadonlySet<string> | null,
): Map<Change, ShownPart[] | null> {
    const known = splitsOf.get(shown);
    if (known) return known;
    const groups = new Map<string, Change[]>();
    for (const change of changes.groups) {
        const cell = shown.get(cellKey({ ...change, period: change.to }));
        if (hidden === null || hidden.has(cellKey({ ...change, period: change.from })) || !cell || !isExact(cell))
            continue;
        // what is told of the months, quarters and year of one figure adds up, so these are split alike
        const key = change.from === change.to ? change.indicator : `${change.indicator}\t${change.to}`;
        groups.set(key, [...(groups.get(key) ?? []), change]);
    }
    const splits = new Map<Change, ShownPart[] | null>();
    for (const together of groups.values()) {
        const indicator = figures.indicators.get(together[0]?.indicator ?? "");
        if (!indicator) continue;
        // what counts practices or events of the bureau is shown as it is (disclosure.md rule 1)
        const parts = countsPatients(indicator.klasse) ? shownParts(together, kind.thresholds) : null;
        for (const change of together) splits.set(change, parts ? (parts.get(change) ?? null) : everyPart(change));
    }
    splitsOf.set(shown, splits);
    return splits;
}

function seesOwn(kind: AudienceKind, { from, to }: Change): boolean {
    return [from, to].every((period) => {
        const name = periodKind(period);
        return name !== null && kind.own?.includes(name) === true;
    });
}

function isExact(cell: Cell): boolean {
    return (cell.state === "value" || cell.state === "zero") && cell.shown === "exact";
}
