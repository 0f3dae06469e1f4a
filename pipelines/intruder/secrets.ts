import type { MartCell, MeasuredIndicator } from "../publish/cell.ts";
import type { Thresholds } from "../publish/primary-suppression.ts";
import type { Figure, Place, System } from "../worlds/system.ts";
import type { Target } from "../worlds/walk.ts";

/**
 * Which counts are protected, read from disclosure.md rules 2, 4 and 6 and the true figures alone: the intruder does not
 * ask the code that hides what it hid.
 */
export class Secrets {
    private readonly indicators: ReadonlyMap<string, MeasuredIndicator>;
    private readonly thresholds: Thresholds;
    /** Denominators of the practices behind a quality figure of a group. */
    private readonly behind = new Map<string, number[]>();

    constructor(
        cells: readonly MartCell[],
        places: readonly (Place & { area: string | null })[],
        indicators: ReadonlyMap<string, MeasuredIndicator>,
        thresholds: Thresholds,
    ) {
        this.indicators = indicators;
        this.thresholds = thresholds;
        const placeOf = new Map(places.map((place) => [place.id, place]));
        for (const cell of cells) {
            if (cell.level !== "practice" || !hasCounts(cell) || !cell.denominator) continue;
            const place = placeOf.get(cell.id);
            const groups = [
                ["hagro", place?.hagro],
                ["area", place?.area],
                ["organisation", place?.organisation],
            ];
            for (const [level, id] of groups) {
                if (!id) continue;
                const key = `${cell.indicator}\t${cell.stratum ?? ""}\t${level}\t${id}\t${cell.period}`;
                this.behind.set(key, [...(this.behind.get(key) ?? []), cell.denominator]);
            }
        }
    }

    /** Everything to be protected in a system's publication. */
    of(system: System, publication: number): Target[] {
        return (system.figures[publication] ?? []).flatMap((figure) => (figure ? this.in(figure) : []));
    }

    /** The protected counts of one figure. */
    in(figure: Figure): Target[] {
        const { cell, n, d } = figure;
        const indicator = this.indicators.get(cell.indicator);
        const { numerator, denominator } = cell;
        if (!indicator || numerator === null) return [];
        const fewest = this.thresholds.fewestPatients;
        if (indicator.klasse === "proces") {
            if (denominator !== null && denominator < fewest) return [{ figure, what: "denominator" }];
        } else {
            const targets: Target[] = [];
            const isShownZero = numerator === 0 && indicator.klasse === "beweging";
            if (numerator < fewest && !isShownZero) targets.push({ figure, what: "numerator" });
            const hasRest = !indicator.wholeGroup && indicator.maat !== "ratio" && denominator !== null && d !== n;
            if (hasRest && !isShownZero && denominator - numerator < fewest) targets.push({ figure, what: "rest" });
            if (targets.length > 0) return targets;
        }
        return this.isOfTooFew(cell, indicator) && cell.level !== "hagro" ? [{ figure, what: "numerator" }] : [];
    }

    /** Rule 4: a quality figure of a group of too few practices, or of one that is most of it. */
    isOfTooFew(cell: MartCell, { klasse }: MeasuredIndicator): boolean {
        const isQuality = klasse === "proces" || klasse === "uitkomst";
        const counts = isQuality || (cell.level === "hagro" && (klasse === "populatie" || klasse === "beweging"));
        if (!counts || cell.level === "region" || cell.level === "practice") return false;
        const key = `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.level}\t${cell.id}\t${cell.period}`;
        const practices = this.behind.get(key) ?? [];
        const many = cell.level === "area" && cell.id === "elders" ? (cell.delivered ?? 0) : practices.length;
        const largest = Math.max(0, ...practices);
        return (
            many < this.thresholds.fewestPractices || largest > this.thresholds.largestShare * (cell.denominator ?? 0)
        );
    }

    /** Rules 4 and 6: whether others may read no more of it than a whole percent. */
    isPercentOnly(cell: MartCell, { klasse }: MeasuredIndicator): boolean {
        if (klasse === "praktijk" || klasse === "bureau") return false;
        if (cell.level === "practice" || cell.level === "hagro") return true;
        const ofFew =
            (cell.level === "region" || cell.level === "organisation") &&
            cell.delivered !== null &&
            cell.delivered < this.thresholds.fewestPractices;
        return ofFew || (cell.denominator !== null && cell.denominator < this.thresholds.exactFrom);
    }
}

function hasCounts({ state }: Pick<MartCell, "state">): boolean {
    return state === "value" || state === "zero";
}
