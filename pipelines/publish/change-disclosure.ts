import { type CauseClass, type Change, CLASSES, type Part, partsByClass, sumOfParts } from "../changes/change.ts";
import type { Thresholds } from "./primary-suppression.ts";

/** A part as readers see it: one class, or several together where one of them is too small to stand alone. */
export interface ShownPart {
    classes: CauseClass[];
    numerator: number;
    denominator: number;
}

/**
 * How finely a change is split. Each step is coarser than the one before, and counts that several figures share (one
 * denominator of all diabetes figures) are too small in all of them, so that no two figures are split across each other:
 * a part that is hidden in one cannot be had by subtracting it from another. A definition stays apart the longest, because
 * what it moves must not be read as care.
 */
const STEPS: readonly (readonly (readonly CauseClass[])[])[] = [
    [],
    [["ageing", "registration"]],
    [["membership", "ageing", "registration"]],
    [["care", "membership", "ageing", "registration"]],
];
const NOT_SPLIT = STEPS.length;

const MEASURES = ["numerator", "denominator"] as const;

/**
 * The parts of one figure's changes in the region and in its areas, as outsiders may see them together: a part counts patients,
 * so it is held to the thresholds of figures (disclosure.md rules 2 to 5), and practices joining or leaving are practices'
 * figures. The areas are split alike and never finer than the region, so that no sum over areas gives a part away.
 * Null: only the change as a whole.
 */
export function shownParts(changes: readonly Change[], thresholds: Thresholds): Map<Change, ShownPart[] | null> {
    const parts = new Map(changes.map((change) => [change, partsByClass(change.parts)]));
    const everywhere = occurring([...parts.values()]);
    const stepOf = (some: readonly Change[], from: number): number => {
        for (let step = from; step < NOT_SPLIT; step++) {
            const fits = (change: Change): boolean =>
                MEASURES.every((measure) =>
                    isSafe(parts.get(change) ?? new Map(), STEPS[step] ?? [], measure, everywhere, thresholds),
                );
            if (some.every(fits)) return step;
        }
        return NOT_SPLIT;
    };
    const regions = changes.filter(({ level }) => level === "region");
    const regionStep = stepOf(regions, 0);
    const otherStep = stepOf(
        changes.filter(({ level }) => level !== "region"),
        regionStep,
    );
    return new Map(
        changes.map((change) => {
            const step = change.level === "region" ? regionStep : otherStep;
            const shown = joined(parts.get(change) ?? new Map(), STEPS[step] ?? []);
            // everything together is no split
            const isWhole = shown.length === 1 && (shown[0]?.classes.length ?? 0) > 1;
            return [change, step === NOT_SPLIT || isWhole ? null : shown];
        }),
    );
}

/** Every class by itself: for what counts no patients, and for a practice's own figures. */
export function everyPart(change: Change): ShownPart[] {
    return joined(partsByClass(change.parts), []);
}

type Measure = (typeof MEASURES)[number];

/** The classes that have any part at all, per measure: of the others a reader knows that they are nothing. */
function occurring(all: readonly ReadonlyMap<CauseClass, Part>[]): Record<Measure, Set<CauseClass>> {
    const found = { numerator: new Set<CauseClass>(), denominator: new Set<CauseClass>() };
    for (const parts of all)
        for (const [name, part] of parts)
            for (const measure of MEASURES) if (part.gross[measure] > 0) found[measure].add(name);
    return found;
}

function isSafe(
    parts: ReadonlyMap<CauseClass, Part>,
    groups: readonly (readonly CauseClass[])[],
    measure: Measure,
    everywhere: Record<Measure, Set<CauseClass>>,
    thresholds: Thresholds,
): boolean {
    return CLASSES.every((name) => {
        const part = parts.get(name);
        if (!part || isShowable(part, measure, thresholds)) return true;
        const group = groups.find((names) => names.includes(name)) ?? [];
        // hidden among at least one other class that occurs
        return group.filter((other) => everywhere[measure].has(other)).length >= 2;
    });
}

/**
 * A part is a balance: the practices' parts without signs are the fewest patients that are behind it, and those must be enough,
 * of enough practices, of no practice most, and enough without any one practice that reads along and knows its own part
 * (disclosure.md rule 3).
 */
function isShowable(part: Part, measure: Measure, thresholds: Thresholds): boolean {
    const gross = part.gross[measure];
    if (gross === 0) return part[measure] === 0;
    return (
        gross - part.largest[measure] >= thresholds.fewestPatients &&
        part.practices[measure] >= thresholds.fewestPractices &&
        part.largest[measure] <= thresholds.largestShare * gross
    );
}

function joined(parts: ReadonlyMap<CauseClass, Part>, groups: readonly (readonly CauseClass[])[]): ShownPart[] {
    const alone = CLASSES.filter((name) => !groups.some((names) => names.includes(name))).map((name) => [name]);
    return [...alone, ...groups].flatMap((names) => {
        const own = names.flatMap((name) => parts.get(name) ?? []);
        if (own.length === 0) return [];
        const { numerator, denominator } = own.reduce(sumOfParts);
        return [{ classes: [...names], numerator, denominator }];
    });
}
