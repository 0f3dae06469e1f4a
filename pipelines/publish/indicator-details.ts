// What stands on an indicator's page beside its figures: groups by age and sex, record systems, and how it was delivered.

import { type AgeSexCount, shownAgeSex } from "./age-sex.ts";
import type { AudienceKind } from "./audience.ts";
import type { PublishableFigures } from "./audience-view.ts";
import type { Cell } from "./cell.ts";
import { newestQuarter } from "./publication-period.ts";
import { shownRecordSystems } from "./record-systems.ts";
import type { DeliveryNote, IndicatorDetails } from "./shown-details.ts";

/** What is needed beside the figures. */
export interface DetailSources {
    ageSex: readonly AgeSexCount[];
    deliveries: readonly DeliveryNote[];
}

const NOTHING: IndicatorDetails = { ageSex: [], recordSystems: [], deliveries: [] };

/**
 * Made once for all audiences of a kind. Record systems are groups of practices, so only who sees practices without a name
 * sees them; ages and sexes are the region's, for who has a page per indicator in which practices are compared.
 */
export function detailsOf(
    kind: AudienceKind,
    figures: PublishableFigures,
    base: readonly Cell[],
    sources: DetailSources,
): IndicatorDetails {
    const { from, to } = figures.catalogue;
    const period = newestQuarter(from, to);
    if (!kind.peers || period === null) return NOTHING;
    const recordSystems = shownRecordSystems(figures, base, period, kind.thresholds);
    // A mirror has no page per indicator: of all this it only says whether its own record system goes with a difference.
    if (kind.own !== undefined) return { ...NOTHING, recordSystems };
    const ageSex = sources.ageSex.filter((row) => row.period === period);
    return {
        ageSex: shownAgeSex(ageSex, base, figures.catalogue.indicators, figures.indicators, kind.thresholds),
        recordSystems,
        deliveries: sources.deliveries.filter((note) => note.period === period),
    };
}

/** One audience's part: its indicators. */
export function detailsFor(details: IndicatorDetails, indicators: ReadonlySet<string>): IndicatorDetails {
    const seen = <Item extends { indicator: string }>(items: readonly Item[]): Item[] =>
        items.filter(({ indicator }) => indicators.has(indicator));
    return {
        ageSex: seen(details.ageSex),
        recordSystems: seen(details.recordSystems),
        deliveries: seen(details.deliveries),
    };
}
