// Practices taken together by the record system (HIS) that they use: what may be shown of them, and whether they differ.

import { sumOver } from "../statistics/interval.ts";
import { differsByLabel } from "../statistics/labels.ts";
import type { PublishableFigures } from "./audience-view.ts";
import { type Cell, hasFigure, type MartCell } from "./cell.ts";
import { groupBy, isCompared } from "./comparisons.ts";
import { primaryReason, type Thresholds } from "./primary-suppression.ts";
import { shownOfRegion } from "./shown-comparisons.ts";
import type { ShownRecordSystems } from "./shown-details.ts";
import { wholePercent } from "./shown-form.ts";

/**
 * disclosure.md rule 4, as for a hagro: at least four practices, none with more than 60 % of the patients, whole percents
 * and nothing beside them. Absent where the region is not shown, or fewer than two systems may be.
 */
export function shownRecordSystems(
    { catalogue, indicators, practiceCells }: PublishableFigures,
    base: readonly Cell[],
    period: string,
    thresholds: Thresholds,
): ShownRecordSystems[] {
    const systemOf = new Map(catalogue.practices.map(({ id, his }) => [id, typeof his === "string" ? his : null]));
    const region = shownOfRegion(base);
    const cells = [...practiceCells.values()].flat().filter((cell) => cell.period === period && cell.stratum === null);
    const byIndicator = groupBy(cells, ({ indicator }) => indicator);
    return catalogue.indicators.filter(isCompared).flatMap(({ id }) => {
        const indicator = indicators.get(id);
        if (!indicator || !region.has(`${id}\t${period}`)) return [];
        const counted = (byIndicator.get(id) ?? []).filter((cell) => hasFigure(cell) && (cell.denominator ?? 0) > 0);
        const groups = [...groupBy(counted, (cell) => systemOf.get(cell.id) ?? "")]
            .filter(([his]) => his !== "")
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .flatMap(([his, practices]) => {
                const whole = together(practices);
                const percent = wholePercent(whole);
                const largest = Math.max(...practices.map(({ denominator }) => denominator ?? 0));
                const isGroup =
                    practices.length >= thresholds.fewestPractices &&
                    largest <= thresholds.largestShare * whole.denominator;
                if (!isGroup || percent === null) return [];
                if (primaryReason({ ...whole, state: "value" }, indicator, thresholds.fewestPatients)) return [];
                return [{ his, percent, practices }];
            });
        if (groups.length < 2) return [];
        const shares = groups.map(({ practices }) =>
            practices.map(({ numerator, denominator }) => ({
                numerator: numerator ?? 0,
                denominator: denominator ?? 0,
            })),
        );
        return {
            indicator: id,
            period,
            beyondChance: differsByLabel(shares),
            systems: groups.map(({ his, percent, practices }) => ({ his, percent, practices: practices.length })),
        };
    });
}

const together = (cells: readonly MartCell[]) => ({
    numerator: sumOver(cells, ({ numerator }) => numerator ?? 0),
    denominator: sumOver(cells, ({ denominator }) => denominator ?? 0),
});
