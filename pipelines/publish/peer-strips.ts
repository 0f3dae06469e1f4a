import type { SuppressedFigure } from "../disclosure.ts";
import type { AudienceKind } from "./audience.ts";
import { newestPeriods, type PublishableFigures } from "./audience-view.ts";
import { writtenItems } from "./bundle.ts";
import type { Cell } from "./cell.ts";
import { type Peer, peerFigures, practiceLabel } from "./peers.ts";

/** The anonymous practices as one kind of audience sees them. */
export interface PeerStrips {
    /** Per practice, in the order of their labels, so that the order tells nothing. */
    practices: { id: string; peers: Peer[]; json: string }[];
    /** Every practice figure considered, for what is kept. */
    considered: Pick<Cell, "indicator" | "level" | "id" | "state">[];
    suppressed: SuppressedFigure[];
}

/** Makes the strips once per kind; each audience leaves out its own practice. */
export function peerStrips(
    figures: PublishableFigures,
    kind: AudienceKind,
    key: Uint8Array,
    publication: string,
): PeerStrips {
    if (!kind.peers) return { practices: [], considered: [], suppressed: [] };
    const { catalogue } = figures;
    const audiences = kind.audiences(catalogue);
    const seen = catalogue.indicators.filter((indicator) =>
        audiences.some((audience) => kind.seesIndicator(audience, indicator)),
    );
    const indicators = new Set(seen.map(({ id }) => id));
    const all = [...figures.practiceCells.values()].flat().filter((cell) => indicators.has(cell.indicator));
    const newest = newestPeriods(new Set(all.map(({ period }) => period)), kind.peers.periods);
    const wanted = all.filter(({ period }) => newest.has(period));
    const { shown, suppressed } = peerFigures(wanted, figures.indicators, kind.thresholds);
    const strips = new Map<string, { id: string; label: string; peers: Peer[] }>();
    for (const { cell, percent } of shown) {
        const { id, indicator, period } = cell;
        const strip = strips.get(id) ?? { id, label: practiceLabel(key, publication, id), peers: [] };
        strips.set(id, strip);
        strip.peers.push({ indicator, period, label: strip.label, percent });
    }
    return {
        practices: [...strips.values()]
            .sort((a, b) => a.label.localeCompare(b.label))
            .map(({ id, peers }) => ({ id, peers, json: writtenItems(peers) })),
        considered: [
            ...shown.map(({ cell }) => cell),
            ...suppressed.map(({ indicator, level, id }) => ({ indicator, level, id, state: "suppressed" as const })),
        ],
        suppressed,
    };
}
