import { countsPatients, hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";
import type { SuppressionReason, Thresholds } from "./primary-suppression.ts";

/** Where a practice belongs, from the register (null: nowhere). */
export interface PracticePlace {
    id: string;
    hagro: string | null;
    area: string | null;
    organisation: string | null;
}

/** The figures of the practices within groups, for the rules that look at who is behind a group's figure. */
export interface PracticeGroups {
    /** The practices' own figures behind this group figure, only those with a denominator. */
    behind(cell: MartCell): readonly MartCell[];
}

/** Indexes practice-level figures by group. An area's practices are those of the register; patients may live elsewhere. */
export function practiceGroups(practiceCells: readonly MartCell[], places: readonly PracticePlace[]): PracticeGroups {
    const placeOf = new Map(places.map((place) => [place.id, place]));
    const index = new Map<string, MartCell[]>();
    const add = (level: string, id: string | null | undefined, cell: MartCell) => {
        if (!id) return;
        const key = `${cell.indicator}\t${cell.stratum ?? ""}\t${level}\t${id}\t${cell.period}`;
        const list = index.get(key);
        if (list) list.push(cell);
        else index.set(key, [cell]);
    };
    for (const cell of practiceCells) {
        if (!hasFigure(cell) || cell.denominator === 0) continue;
        const place = placeOf.get(cell.id);
        add("hagro", place?.hagro, cell);
        add("area", place?.area, cell);
        add("organisation", place?.organisation, cell);
        add("region", "regio", cell);
    }
    return {
        behind: (cell) =>
            index.get(`${cell.indicator}\t${cell.stratum ?? ""}\t${cell.level}\t${cell.id}\t${cell.period}`) ?? [],
    };
}

/**
 * disclosure.md rule 4: a quality figure (proces, uitkomst) over a group of practices needs enough practices, none of
 * them dominating. Counts by the patients' municipality are exempt; a hagro is nothing but its practices, so there the
 * rule holds for every figure about patients. The region is no such group.
 */
export function groupReason(
    cell: MartCell,
    indicator: MeasuredIndicator,
    groups: PracticeGroups,
    thresholds: Thresholds,
): SuppressionReason | null {
    if (!countsPatients(indicator.klasse) || !hasFigure(cell)) return null;
    if (cell.level === "region" || cell.level === "practice") return null;
    const isQuality = indicator.klasse === "proces" || indicator.klasse === "uitkomst";
    if (!isQuality && cell.level !== "hagro") return null;
    const behind = groups.behind(cell);
    // `elders` holds patients of all practices and no practice of its own: how many delivered is all there is to go by.
    const practices = cell.level === "area" && cell.id === "elders" ? (cell.delivered ?? 0) : behind.length;
    if (practices < thresholds.fewestPractices) return "te_weinig_praktijken";
    const largest = behind.reduce((most, practice) => Math.max(most, practice.denominator ?? 0), 0);
    const whole = cell.denominator ?? 0;
    return whole > 0 && largest > thresholds.largestShare * whole ? "een_praktijk_overheerst" : null;
}

/**
 * disclosure.md rules 3 and 4: a reader knows the figures of its own practice, an adviser those of several. What is left of
 * an exact group figure without them is a figure of the other practices: where those are too few to be a group, it must be
 * large enough itself. (What one practice among many counted is bounded by rule 5.) A practice's figure also counts
 * patients who live outside the area, so this errs on the safe side.
 */
export function withoutOwnReason(
    cell: MartCell,
    indicator: MeasuredIndicator,
    groups: PracticeGroups,
    thresholds: Thresholds,
    knowing: readonly ReadonlySet<string>[],
): SuppressionReason | null {
    if (knowing.length === 0 || !countsPatients(indicator.klasse) || !hasFigure(cell)) return null;
    if (indicator.klasse === "proces" || cell.level === "practice" || cell.level === "hagro") return null;
    const counted = cell.numerator ?? 0;
    if (counted === 0) return null;
    const behind = new Map(groups.behind(cell).map((figure) => [figure.id, figure]));
    const isTooSmall = (others: number) => others < thresholds.fewestPatients;
    for (const practices of knowing) {
        // Several practices' totals tell nothing of how many of their patients live in an area.
        if (practices.size > 1 && cell.level === "area") continue;
        let [ownCount, ownDenominator] = [0, 0];
        for (const practice of practices) {
            ownCount += behind.get(practice)?.numerator ?? 0;
            ownDenominator += behind.get(practice)?.denominator ?? 0;
        }
        if (ownCount === 0) continue;
        const otherPractices = [...behind.keys()].filter((id) => !practices.has(id)).length;
        if (otherPractices >= thresholds.fewestPractices) continue;
        const others = counted - ownCount;
        // Nobody else counted: a known zero, which rule 2 shows for what practices do.
        if (others === 0 && indicator.klasse === "beweging") continue;
        if (isTooSmall(others)) return "rest_zonder_eigen_te_klein";
        if (indicator.wholeGroup || indicator.maat === "ratio" || cell.denominator === null) continue;
        if (isTooSmall(cell.denominator - counted - (ownDenominator - ownCount))) return "rest_zonder_eigen_te_klein";
    }
    return null;
}
