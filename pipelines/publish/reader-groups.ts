import { type Form, type Forms, figuresByKey } from "../disclosure/forms.ts";
import { type Protected, protect, type Readers } from "../disclosure.ts";
import { PRINTED_FIGURES } from "../reconciliation/annual-report-2022.ts";
import type { Solver } from "../worlds/solver.ts";
import { countSystem, type System } from "../worlds/system.ts";
import type { AudienceKind } from "./audience.ts";
import { allCells, type PublishableFigures } from "./audience-view.ts";
import { cellKey, type MartCell } from "./cell.ts";
import type { Earlier, ShownCell } from "./earlier-publications.ts";
import { peerCells } from "./peer-strips.ts";
import { type PeriodKind, periodKind } from "./publication-period.ts";

/** Kinds of audience that read alike, and what they get to see between them. */
export interface ReaderGroup {
    readers: AudienceKind["readers"];
    kinds: readonly AudienceKind[];
    protected: Protected;
}

/** Everything that is protected together: all figures of this publication and the parts of earlier ones. */
interface Everything {
    figures: PublishableFigures;
    cells: readonly MartCell[];
    system: System;
    earlier: Earlier;
    solver: Solver;
}

/**
 * Protects the publication once per group of readers: kinds that read alike share one system of suppression, so that
 * nobody who sees two of their bundles can subtract one from the other.
 */
export function protectReaders(
    figures: PublishableFigures,
    kinds: readonly AudienceKind[],
    earlier: Earlier,
    solver: Solver,
    progress: (share: number) => void = () => {},
): { groups: ReaderGroup[]; shown: ShownCell[] } {
    const cells = allCells(figures);
    const system = countSystem([...earlier.parts, { cells, places: figures.places }], figures.indicators);
    const everything = { figures, cells, system, earlier, solver };
    const names = [...new Set(kinds.map(({ readers }) => readers))];
    const groups = names.map((readers, place) => {
        const alike = kinds.filter((kind) => kind.readers === readers);
        const found = protectGroup(everything, readers, alike);
        progress((place + 1) / names.length);
        return { readers, kinds: alike, protected: found };
    });
    return { groups, shown: shownTo(everything, groups) };
}

function protectGroup(
    everything: Everything,
    readers: AudienceKind["readers"],
    kinds: readonly AudienceKind[],
): Protected {
    const { figures, system, cells, earlier, solver } = everything;
    if (kinds.every(({ levels }) => Object.keys(levels).length === 0))
        return { cells: [], peers: new Set(), suppressed: [], given: 0, simple: 0, forms: new Map() };
    const periods = periodsByLevel(kinds);
    const seen = figures.catalogue.indicators.filter((indicator) =>
        kinds.some((kind) =>
            kind.audiences(figures.catalogue).some((audience) => kind.seesIndicator(audience, indicator)),
        ),
    );
    const indicators = new Set(seen.map(({ id }) => id));
    const peers = new Set(kinds.flatMap((kind) => peerCells(figures, kind).map(cellKey)));
    const reader: Readers = {
        indicators: figures.indicators,
        groups: figures.groups,
        places: figures.places,
        thresholds: strictest(kinds),
        knowing: knowledge(figures, kinds),
        mustStayHidden: earlier.mustStayHidden.get(readers) ?? new Set(),
        sees: (cell) => {
            const period = periodKind(cell.period);
            return indicators.has(cell.indicator) && period !== null && periods.get(cell.level)?.has(period) === true;
        },
        seesPeer: (cell) => peers.has(cellKey(cell)),
    };
    return protect(reader, system, cells, solver, (forms) => {
        readEarlier(forms, system, earlier, readers);
        readPrinted(forms, system);
    });
}

/** The annual report is public (rule 1): a count of ours that stands in it is known. */
function readPrinted(forms: Forms, system: System): void {
    const byKey = figuresByKey(system.figures.at(-1) ?? []);
    for (const { from, printed } of PRINTED_FIGURES) {
        if (from.kind !== "cell") continue;
        const figure = byKey.get(cellKey({ ...from, stratum: from.stratum ?? null }));
        if (figure && Number(printed.replaceAll(".", "")) === figure.cell.numerator) forms.view.know(figure.n);
    }
}

/** What these readers saw of earlier publications. */
function readEarlier(forms: Forms, system: System, earlier: Earlier, readers: string): void {
    earlier.parts.forEach((part, place) => {
        const told = part.forms.get(readers);
        system.figures[place]?.forEach((figure, index) => {
            const form = told?.[index];
            if (figure && form !== undefined && form !== "hidden") forms.set(figure, form);
        });
    });
}

/** What the readers know of practices as they are: each its own, an adviser those assigned. */
function knowledge(figures: PublishableFigures, kinds: readonly AudienceKind[]): ReadonlySet<string>[] {
    const sets = new Map<string, ReadonlySet<string>>();
    for (const kind of kinds) {
        for (const { practice, assigned } of kind.audiences(figures.catalogue)) {
            const known = assigned ?? (practice === undefined ? [] : [practice]);
            if (known.length > 0) sets.set([...known].sort().join(" "), new Set(known));
        }
    }
    return [...sets.values()];
}

function periodsByLevel(kinds: readonly AudienceKind[]): Map<string, Set<PeriodKind>> {
    const periods = new Map<string, Set<PeriodKind>>();
    for (const { levels } of kinds)
        for (const [level, seen] of Object.entries(levels))
            periods.set(level, new Set([...(periods.get(level) ?? []), ...seen]));
    return periods;
}

/** Kinds that read alike share one system, so the strictest of their settings holds for all. */
function strictest(kinds: readonly AudienceKind[]) {
    return {
        fewestPatients: Math.max(...kinds.map(({ thresholds }) => thresholds.fewestPatients)),
        fewestPractices: Math.max(...kinds.map(({ thresholds }) => thresholds.fewestPractices)),
        largestShare: Math.min(...kinds.map(({ thresholds }) => thresholds.largestShare)),
        exactFrom: Math.max(...kinds.map(({ thresholds }) => thresholds.exactFrom)),
    };
}

/** Every cell with a count, and in which form each group of readers sees it: what the next publication is protected against. */
function shownTo({ cells, system }: Everything, groups: readonly ReaderGroup[]): ShownCell[] {
    const figures = system.figures.at(-1) ?? [];
    return cells.flatMap((cell, place) => {
        const figure = figures[place];
        if (!figure) return [];
        const forms = groups.map((group): Form => group.protected.forms.get(figure) ?? "hidden");
        return [{ cell, forms }];
    });
}

/** What every group of readers is shown, by key: whatever is not in it is hidden. */
export function shownForms(groups: readonly ReaderGroup[]): Map<string, Map<string, Form>> {
    return new Map(
        groups.map(({ readers, protected: { forms } }) => {
            const shown = [...forms].filter(([, form]) => form !== "hidden");
            return [readers, new Map(shown.map(([figure, form]) => [cellKey(figure.cell), form] as const))];
        }),
    );
}
