import type { AudienceKind } from "./audience.ts";
import type { PublishableFigures } from "./audience-view.ts";
import { type Cell, hasFigure } from "./cell.ts";
import { type Counted, type FunnelOfPractices, funnelsOf, type PanelChange, panelChanges } from "./comparisons.ts";
import type { PeerStrips } from "./peer-strips.ts";
import { periodKind } from "./publication-period.ts";
import {
    ownPlace,
    type ShownComparisons,
    shownControl,
    shownFunnels,
    shownOfRegion,
    shownPanels,
} from "./shown-comparisons.ts";

export interface ComparedPractices {
    funnels: FunnelOfPractices[];
    panels: PanelChange[];
}

/** Every comparison between practices, exact; made once for all audiences. */
export function comparedPractices(figures: PublishableFigures): ComparedPractices {
    const counted = [...figures.practiceCells.values()].flat().flatMap((cell): Counted[] => {
        const { indicator, id, period, stratum, numerator, denominator, expected } = cell;
        if (stratum !== null || !hasFigure(cell) || numerator === null || denominator === null) return [];
        return [{ indicator, id, period, numerator, denominator, expected }];
    });
    const { indicators } = figures.catalogue;
    return { funnels: funnelsOf(counted, indicators), panels: panelChanges(counted, indicators) };
}

/** What all audiences of a kind see of comparisons; where their own practice lies comes with `seenBy`. */
export type SharedComparisons = Omit<ShownComparisons, "positions" | "curves">;

/** Comparisons of one kind of audience, from the figures that it is shown: `base` are those of its readers. */
export function comparisonsOf(
    kind: AudienceKind,
    { catalogue }: PublishableFigures,
    base: readonly Cell[],
    peers: PeerStrips,
    compared: ComparedPractices,
): SharedComparisons {
    const region = shownOfRegion(
        base.filter(({ period }) => {
            const length = periodKind(period);
            return length !== null && kind.levels.region?.includes(length) === true;
        }),
    );
    const withPeers = new Set(
        peers.practices.flatMap((practice) => practice.peers.map(({ indicator, period }) => `${indicator}\t${period}`)),
    );
    const funnels = compared.funnels.filter(({ indicator, period }) => withPeers.has(`${indicator}\t${period}`));
    return {
        funnels: shownFunnels(funnels, region, kind.thresholds),
        control: shownControl(region, catalogue.indicators),
        panels: shownPanels(compared.panels, region, kind.thresholds),
    };
}

/** One audience's part: its indicators, and its own practice's place. */
export function seenBy(
    shared: SharedComparisons,
    indicators: ReadonlySet<string>,
    own: readonly Cell[],
): ShownComparisons {
    const seen = <Item extends { indicator: string }>(items: readonly Item[]): Item[] =>
        items.filter(({ indicator }) => indicators.has(indicator));
    const funnels = seen(shared.funnels);
    return { funnels, control: seen(shared.control), panels: seen(shared.panels), ...ownPlace(funnels, own) };
}
