import { type Form, Forms } from "./disclosure/forms.ts";
import { hideAllAround, protectGroups } from "./disclosure/group-protection.ts";
import { protectPractices } from "./disclosure/practice-protection.ts";
import { protectedCounts } from "./disclosure/protected-counts.ts";
import {
    type Cell,
    cellKey,
    countsPatients,
    hasFigure,
    type Level,
    type MartCell,
    type MeasuredIndicator,
} from "./publish/cell.ts";
import { groupReason, type PracticeGroups, withoutOwnReason } from "./publish/practice-groups.ts";
import { primaryReason, type SuppressionReason, type Thresholds } from "./publish/primary-suppression.ts";
import { exactCell, onlyPercent, percentCell, suppressedCell } from "./publish/shown-form.ts";
import { Prover } from "./worlds/prover.ts";
import { rangeOf } from "./worlds/range.ts";
import type { Solver } from "./worlds/solver.ts";
import type { Figure, Place, System } from "./worlds/system.ts";
import type { Target } from "./worlds/walk.ts";

/** disclosure.md rule 5: no protected count may be bounded to fewer possible values. */
export const FEWEST_VALUES = 6;

/** Those who share everything that they read, and what they know beside it. */
export interface Readers {
    indicators: ReadonlyMap<string, MeasuredIndicator>;
    groups: PracticeGroups;
    places: readonly Place[];
    thresholds: Thresholds;
    /** Figures of groups that at least one of them sees, by level, group and period. */
    sees(cell: MartCell): boolean;
    /** Figures of practices that at least one of them sees without a name. */
    seesPeer(cell: MartCell): boolean;
    /** Keys of figures hidden before of which the counts were forgotten since: they cannot be judged, so they stay hidden. */
    mustStayHidden: ReadonlySet<string>;
    /** For every reader the practices whose own figures it knows (disclosure.md rule 3); empty for outsiders. */
    knowing: readonly ReadonlySet<string>[];
}

export interface SuppressedFigure {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
    reason: SuppressionReason;
}

/** What these readers get to see, and why not the rest. */
export interface Protected {
    /** Figures of groups that they see, in their shown form, in the order of the marts. */
    cells: Cell[];
    /** Keys of practices' figures that may be shown to others as a whole percent. */
    peers: ReadonlySet<string>;
    suppressed: SuppressedFigure[];
    /** Protected counts that earlier publications gave away, and parts of the system protected the simple way. */
    given: number;
    simple: number;
    /** The form of every figure of this publication. */
    forms: ReadonlyMap<Figure, Form>;
}

/**
 * Decides how every figure is shown to these readers (disclosure.md rules 2 to 7): primary, groups of practices, what
 * readers know of themselves, whole percents; then everything that could be worked out from the rest.
 * `figures` are those of this publication in `system`; the forms of earlier publications stand in `forms` already.
 */
export function protect(
    readers: Readers,
    system: System,
    cells: readonly MartCell[],
    solver: Solver,
    before: (forms: Forms) => void = () => {},
): Protected {
    const forms = new Forms(system);
    before(forms);
    const figures = system.figures.at(-1) ?? [];
    const reasons = cells.map((cell) => directReason(cell, readers));
    const targets = cells.flatMap((cell, place) => targetsOf(cell, figures[place] ?? null, readers));
    const ours = new Set<Figure>();
    cells.forEach((cell, place) => {
        const figure = figures[place];
        if (!figure) return;
        ours.add(figure);
        const reason = reasons[place] ?? null;
        const seen = cell.level === "practice" ? readers.seesPeer(cell) : readers.sees(cell);
        if (reason) forms.set(figure, "hidden", reason);
        else if (seen) forms.set(figure, isPercentOnly(cell, readers) ? "percent" : "exact");
    });
    keepFullStrips(figures, forms, readers.thresholds.fewestPractices);
    const prover = new Prover(forms.view, FEWEST_VALUES, solver, readers.knowing);
    const job = { system, forms, prover, mayChange: (figure: Figure) => ours.has(figure) };
    const isOfGroup = ({ figure: { cell } }: Target) => cell.level !== "practice" && cell.level !== "hagro";
    const ofGroups = targets.filter(isOfGroup);
    const ofPractices = targets.filter((target) => !isOfGroup(target));
    const first = protectGroups(job, ofGroups);
    const hagroOf = new Map(readers.places.flatMap(({ id, hagro }) => (hagro ? [[id, hagro] as const] : [])));
    prover.forget();
    const protection = { ...job, readers: readers.knowing, hagroOf };
    // Where hiding percents of practices does not help, a proof is worth looking for before figures of the region go.
    const protectOwn = (ones: readonly Target[]) =>
        protectPractices(protection, ones).filter((one) => prover.unsafeFor(one, readers.knowing) !== null);
    let open = [...first.open, ...protectOwn(ofPractices)];
    let simple = first.simple;
    const wholes = hideWholes(open, figures, forms);
    if (wholes.length > 0) {
        // The whole gives a practice away: it goes, and then so must what it follows from.
        const again = protectGroups(job, [...ofGroups, ...wholes]);
        open = [...again.open, ...protectOwn(open.filter((target) => !isOfGroup(target)))];
        simple += again.simple;
    }
    // Readers who know practices are tried on the groups too; then whatever hangs together with a count that is still open goes.
    prover.forget();
    const isUnsafe = (target: Target) => prover.unsafeFor(target, readers.knowing) !== null;
    open = [...new Set([...open, ...(readers.knowing.length > 0 ? ofGroups : [])])].filter(isUnsafe);
    const past = new Forms(system);
    before(past);
    // What earlier publications gave away is not kept by hiding more.
    const isOurs = (target: Target) => {
        const reader = prover.unsafeFor(target, readers.knowing);
        if (reader === null) return false;
        return rangeOf(target, past.view, reader, FEWEST_VALUES, solver).values >= FEWEST_VALUES;
    };
    for (const target of open) if (isOurs(target)) hideAllAround(target, job, () => isOurs(target));
    keepFullStrips(figures, forms, readers.thresholds.fewestPractices);
    const given = open.filter(isUnsafe).length;
    const final = new Map([...ours].map((figure) => [figure, forms.of(figure)] as const));
    return { ...shownFigures(cells, figures, forms, readers, reasons), given, simple, forms: final };
}

/** The reasons that a figure carries in itself, before anything is added up. */
function directReason(cell: MartCell, readers: Readers): SuppressionReason | null {
    const indicator = readers.indicators.get(cell.indicator);
    // A figure without a definition cannot be judged, so it is not shown.
    if (!indicator) return hasFigure(cell) ? "teller_te_klein" : null;
    const reason =
        (readers.mustStayHidden.has(cellKey(cell)) ? ("eerder_afgeschermd" as const) : null) ??
        primaryReason(cell, indicator, readers.thresholds.fewestPatients) ??
        groupReason(cell, indicator, readers.groups, readers.thresholds) ??
        withoutOwnReason(cell, indicator, readers.groups, readers.thresholds, readers.knowing);
    if (reason || !countsPatients(indicator.klasse)) return reason;
    return isPercentOnly(cell, readers) && !hasPercent(cell, indicator) ? "geen_percentage" : null;
}

/** A count per 1.000 patients of a hagro says nothing in whole percents, a zero among them least of all. */
function hasPercent(cell: MartCell, { maat }: MeasuredIndicator): boolean {
    return (cell.level !== "hagro" || maat !== "aantal") && percentCell(cell) !== null;
}

/** What must be kept secret, whoever is shown the figure. */
function targetsOf(cell: MartCell, figure: Figure | null, readers: Readers): Target[] {
    const indicator = readers.indicators.get(cell.indicator);
    if (!figure || !indicator) return [];
    const { fewestPatients } = readers.thresholds;
    const small = primaryReason(cell, indicator, fewestPatients);
    // A hagro of a few practices holds no more than they show themselves, one by one.
    const few = cell.level === "hagro" ? null : groupReason(cell, indicator, readers.groups, readers.thresholds);
    const alone = withoutOwnReason(cell, indicator, readers.groups, readers.thresholds, readers.knowing);
    return protectedCounts(figure, indicator, small ?? few ?? alone, fewestPatients);
}

function isPercentOnly(cell: MartCell, readers: Readers): boolean {
    const indicator = readers.indicators.get(cell.indicator);
    return indicator !== undefined && onlyPercent(cell, indicator, readers.thresholds);
}

/** A strip of a few practices is no strip: none of them is shown (rule 4). */
function keepFullStrips(figures: readonly (Figure | null)[], forms: Forms, fewest: number): void {
    const strips = new Map<string, Figure[]>();
    for (const figure of figures) {
        if (figure?.cell.level !== "practice" || forms.of(figure) === "hidden") continue;
        const strip = `${figure.cell.indicator}\t${figure.cell.period}`;
        strips.set(strip, [...(strips.get(strip) ?? []), figure]);
    }
    for (const strip of strips.values())
        if (strip.length < fewest) for (const figure of strip) forms.set(figure, "hidden", "te_weinig_praktijken");
}

/** Hides the region's figure that these practices' counts would follow from, and makes it a secret itself. */
function hideWholes(open: readonly Target[], figures: readonly (Figure | null)[], forms: Forms): Target[] {
    const regions = new Map<string, Figure>();
    for (const figure of figures) if (figure?.cell.level === "region") regions.set(cellKey(figure.cell), figure);
    return open.flatMap(({ figure: { cell }, what }) => {
        if (cell.level !== "practice" && cell.level !== "hagro") return [];
        const whole = regions.get(cellKey({ ...cell, level: "region", id: "regio" }));
        if (!whole || forms.of(whole) === "hidden") return [];
        forms.set(whole, "hidden", "herleidbaar");
        return [{ figure: whole, what: what === "denominator" ? what : ("numerator" as const) }];
    });
}

function shownFigures(
    cells: readonly MartCell[],
    figures: readonly (Figure | null)[],
    forms: Forms,
    readers: Readers,
    reasons: readonly (SuppressionReason | null)[],
): Pick<Protected, "cells" | "peers" | "suppressed"> {
    const shown: Cell[] = [];
    const peers = new Set<string>();
    const suppressed: SuppressedFigure[] = [];
    cells.forEach((cell, place) => {
        const figure = figures[place] ?? null;
        const isPractice = cell.level === "practice";
        if (isPractice ? !readers.seesPeer(cell) : !readers.sees(cell)) return;
        const form = figure ? forms.of(figure) : reasons[place] ? "hidden" : "exact";
        const reason = (figure && forms.reasonOf(figure)) ?? reasons[place] ?? null;
        if (isPractice && form !== "hidden") peers.add(cellKey(cell));
        if (!isPractice) {
            const percent = form === "percent" ? percentCell(cell) : null;
            shown.push(form === "hidden" ? suppressedCell(cell) : (percent ?? exactCell(cell)));
        }
        if (form === "exact" || reason === null) return;
        const { indicator, stratum, level, id, period } = cell;
        suppressed.push({ indicator, stratum, level, id, period, reason });
    });
    return { cells: shown, peers, suppressed };
}
