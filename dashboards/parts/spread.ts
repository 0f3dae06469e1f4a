import { hasValue } from "../cells.ts";
import { spread, stripDomain } from "../charts/spread.ts";
import { funnelAt } from "../comparisons.ts";
import type { Indicator } from "../data.ts";
import { systemEffect } from "../details.ts";
import { type Html, html } from "../html.ts";
import { percent as writePercent } from "../notation.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { figure } from "./figure.ts";
import { table } from "./table.ts";

/** How far practices lie apart beyond chance (a standard deviation, as a fraction), where it is clearly more than chance; null where it is not or is unknown. */
export function differenceBetweenPractices(view: View, indicator: Indicator): number | null {
    const period = view.cells.latest("quarter");
    if (period === null || indicator.maat !== "aandeel") return null;
    const found = funnelAt(view.bundle.comparisons, indicator.id, period);
    return found?.beyondChance && !found.byAgeSex ? found.spread : null;
}

export interface Axis {
    from: number;
    to: number;
}

/** One axis for all strips of a table, so that rows compare: tens around what the rows show. */
export function stripAxis(view: View, indicators: Indicator[], period: string, owns: number[] = []): Axis | null {
    const percents = indicators
        .filter((indicator) => indicator.maat === "aandeel")
        .flatMap((indicator) => {
            // Lowest first, so that the ends are all that an axis needs.
            const peers = view.cells.peers(indicator.id, period);
            const [lowest, highest] = [peers[0], peers.at(-1)];
            return lowest && highest ? [lowest.percent, highest.percent] : [];
        });
    if (percents.length === 0) return null;
    const [from, to] = stripDomain(percents, owns);
    return { from, to };
}

/** A strip for one row of a table. */
export function spreadStrip(
    view: View,
    indicator: Indicator,
    period: string,
    axis: Axis | null,
    own: number | null = null,
): Html | null {
    if (indicator.maat !== "aandeel" || axis === null) return null;
    const percents = view.cells.peers(indicator.id, period).map((peer) => peer.percent);
    if (percents.length === 0) return null;
    const region = view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
    const centre = hasValue(region) ? region.value : null;
    return spread({ label: say.spreadSummary(percents, centre, period), percents, region: centre, own, ...axis });
}

/** The spread over anonymous practices as a complete figure; null when there are too few. */
export function spreadFigure(view: View, indicator: Indicator, id: string, level: 2 | 3 | 4 = 3): Html | null {
    const period = view.cells.latest("quarter");
    if (period === null || indicator.maat !== "aandeel") return null;
    const percents = view.cells.peers(indicator.id, period).map((peer) => peer.percent);
    if (percents.length < 4) return null;
    const region = view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
    const centre = hasValue(region) ? region.value : null;
    const found = funnelAt(view.bundle.comparisons, indicator.id, period);
    const chance = found?.chance ?? null;
    const achievable = found?.achievable ?? null;
    const summary = say.spreadSummary(percents, centre, period);
    const finding = say.spreadFinding(
        Math.round(quantile(percents, 0.25)),
        Math.round(quantile(percents, 0.75)),
        found === null ? null : found.byAgeSex ? "age" : found.beyondChance ? "more" : "chance",
    );
    const [from, to] = stripDomain(percents, [
        ...(centre === null ? [] : [centre]),
        ...(chance ? [chance.low, chance.high] : []),
        ...(achievable === null ? [] : [achievable]),
    ]);
    const counts = new Map<number, number>();
    for (const percent of percents) counts.set(percent, (counts.get(percent) ?? 0) + 1);
    return figure({
        id,
        level,
        finding,
        measured: region ? say.measured(indicator, region, view.lastDay(period)) : null,
        summary,
        chart: spread({
            label: `${finding}. ${summary}`,
            percents,
            region: centre,
            chance,
            achievable,
            size: "full",
            from,
            to,
        }),
        notes: [
            achievable === null ? null : say.spread.achievable(writePercent(achievable, 0)),
            systemEffect(view.bundle.details, indicator.id) ? say.spreadBySystem : null,
            html`${say.spread.note}${found && found.size > 1 ? ` ${say.spread.chance(Math.round(found.size))}` : null}`,
        ],
        twin: table({
            caption: say.spread.caption(indicator.titel, period),
            columns: [
                { head: say.spread.percent, kind: "number" },
                { head: say.spread.howMany, kind: "number" },
            ],
            rows: [...counts].map(([percent, many]) => [`${percent}%`, many]),
        }),
    });
}

/** The value below which a share of sorted numbers lies (linear between neighbours). */
function quantile(sorted: number[], share: number): number {
    const place = (sorted.length - 1) * share;
    const under = sorted[Math.floor(place)] ?? 0;
    const over = sorted[Math.ceil(place)] ?? under;
    return under + (over - under) * (place - Math.floor(place));
}
