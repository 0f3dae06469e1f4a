import type { Audience, AudienceKind } from "./audience.ts";
import { newestPeriods, type PublishableFigures } from "./audience-view.ts";
import { writtenPeers } from "./bundle.ts";
import { type Cell, cellKey, type MartCell } from "./cell.ts";
import { type Member, mayBePeer, type Peer, practiceLabel } from "./peers.ts";
import { agreedToNames, hagroMembers } from "./register-facts.ts";
import { wholePercent } from "./shown-form.ts";

/** The anonymous practices as one kind of audience sees them. */
export interface PeerStrips {
    /** Per practice, in the order of their labels, so that the order tells nothing. */
    practices: { id: string; label: string; peers: Peer[]; json: string }[];
    /** Every practice figure considered, for what is kept. */
    considered: Pick<Cell, "indicator" | "level" | "id" | "state">[];
}

/** The figures of practices that this kind of audience would see if all could be shown. */
export function peerCells(figures: PublishableFigures, kind: AudienceKind): MartCell[] {
    if (!kind.peers) return [];
    const { catalogue, indicators } = figures;
    const audiences = kind.audiences(catalogue);
    const seen = new Set(
        catalogue.indicators
            .filter((indicator) => audiences.some((audience) => kind.seesIndicator(audience, indicator)))
            .map(({ id }) => id),
    );
    const all = [...figures.practiceCells.values()]
        .flat()
        .filter((cell) => seen.has(cell.indicator) && mayBePeer(cell, indicators.get(cell.indicator)));
    const newest = newestPeriods(new Set(all.map(({ period }) => period)), kind.peers.periods);
    return all.filter(({ period }) => newest.has(period));
}

/** Makes the strips once per kind from what may be shown; each audience leaves out its own practice. */
export function peerStrips(
    figures: PublishableFigures,
    kind: AudienceKind,
    shown: ReadonlySet<string>,
    key: Uint8Array,
    publication: string,
): PeerStrips {
    const strips = new Map<string, { id: string; label: string; peers: Peer[] }>();
    const considered: PeerStrips["considered"] = [];
    for (const cell of peerCells(figures, kind)) {
        const { id, level, indicator, period } = cell;
        const percent = shown.has(cellKey(cell)) ? wholePercent(cell) : null;
        considered.push({ id, level, indicator, state: percent === null ? "suppressed" : cell.state });
        if (percent === null) continue;
        const strip = strips.get(id) ?? { id, label: practiceLabel(key, publication, id), peers: [] };
        strips.set(id, strip);
        strip.peers.push({ indicator, period, label: strip.label, percent });
    }
    const practices = [...strips.values()]
        .sort((a, b) => a.label.localeCompare(b.label))
        .map((strip) => ({ ...strip, json: writtenPeers(strip.peers) }));
    return { practices, considered };
}

/** The practices of this audience's hagro with what may be shown of each, in order of name or label. */
export function memberRows(figures: PublishableFigures, audience: Audience, strips: PeerStrips): Member[] {
    if (audience.hagro === undefined) return [];
    const byName = agreedToNames(figures.catalogue, audience.hagro);
    const stripOf = new Map(strips.practices.map((strip) => [strip.id, strip]));
    return hagroMembers(figures.catalogue, audience.hagro)
        .flatMap((practice) => {
            const strip = stripOf.get(practice.id);
            if (!strip) return [];
            const values = strip.peers.map(({ indicator, period, percent }) => ({ indicator, period, percent }));
            return [{ name: byName ? practice.name || practice.id : strip.label, values }];
        })
        .sort((a, b) => a.name.localeCompare(b.name));
}
