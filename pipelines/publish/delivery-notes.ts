// What a reader must know of the deliveries behind a regional figure: who did not deliver, what jumped, what was set aside.

import type { Computed, Sourced } from "../quality/letter-effects.ts";
import { effectsOn } from "../quality/letter-effects.ts";
import type { HeldDelivery, PracticeDelivery } from "../quality/release-quality.ts";
import type { PublishableFigures } from "./audience-view.ts";
import { hasFigure } from "./cell.ts";
import { groupBy } from "./comparisons.ts";
import { monthsOf } from "./publication-period.ts";
import type { DeliveryNote } from "./shown-details.ts";

/** Steps in which the bound is told, so that it gives no number of patients. */
const STEPS = [0.1, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100];

/** A table, concept, condition or programme that a warning begins with. */
const subjectOf = (sentence: string): string => sentence.slice(0, sentence.indexOf(":"));

/** One note per indicator, also where all is well, because that is worth knowing too. `period` is the newest quarter. */
export function deliveryNotes(
    { catalogue, practiceCells }: PublishableFigures,
    deliveries: readonly PracticeDelivery[],
    sourced: readonly Sourced[],
    period: string,
    held: readonly HeldDelivery[],
): DeliveryNote[] {
    const cells = [...practiceCells.values()].flat().filter((cell) => cell.period === period && cell.stratum === null);
    const byIndicator = groupBy(cells, ({ indicator }) => indicator);
    const byPractice = groupBy(deliveries, ({ practice }) => practice);
    const { last } = monthsOf(period);
    const points = asidePoints(cells, deliveries, sourced);
    return sourced.flatMap(({ indicator, tables }) => {
        const own = byIndicator.get(indicator.id);
        if (!own || !catalogue.indicators.some(({ id }) => id === indicator.id)) return [];
        const counted = own.filter(hasFigure).map(({ id }) => id);
        const absent = own.filter(({ state }) => state === "not_delivered").map(({ id }) => id);
        const subjects = new Set([...indicator.begrippen, ...indicator.aandoeningen, ...tables, "ingeschreven"]);
        const of = (practice: string): PracticeDelivery[] =>
            (byPractice.get(practice) ?? []).filter(({ source }) => indicator.bronnen.includes(source));
        const missing = indicator.bronnen
            .filter((source) => source !== "bureau")
            .map((source) => {
                const reaches = (one: HeldDelivery): boolean =>
                    one.source === source && one.peildatum.slice(0, 7) >= last;
                const without = absent.filter((practice) => !of(practice).some(reaches));
                const waiting = held.filter((one) => reaches(one) && without.includes(one.practice));
                return { source, practices: without.length, held: waiting.length };
            })
            .filter(({ practices }) => practices > 0);
        return {
            indicator: indicator.id,
            period,
            missing,
            relaid: counted.filter((practice) => of(practice).some(({ relaid }) => relaid !== null)).length,
            warned: counted.filter((practice) =>
                of(practice).some(({ warnings }) => warnings.some(({ sentence }) => subjects.has(subjectOf(sentence)))),
            ).length,
            aside: points.get(indicator.id) ?? null,
        };
    });
}

function asidePoints(
    cells: readonly (Omit<Computed, "practice" | "numerator" | "denominator"> & {
        id: string;
        numerator: number | null;
        denominator: number | null;
    })[],
    deliveries: readonly PracticeDelivery[],
    sourced: readonly Sourced[],
): ReadonlyMap<string, number> {
    const computed = cells.flatMap(({ indicator, id, numerator, denominator }): Computed[] =>
        numerator === null || denominator === null ? [] : [{ indicator, practice: id, numerator, denominator }],
    );
    const affected = deliveries.flatMap((delivery) => delivery.affected);
    return new Map(
        effectsOn(sourced, affected, computed).flatMap(({ indicator, points }) => {
            if (points === null || points <= 0) return [];
            return [[indicator, STEPS.find((step) => points <= step) ?? 100] as const];
        }),
    );
}
