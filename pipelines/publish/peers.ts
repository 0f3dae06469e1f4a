import { createHmac } from "node:crypto";
import type { SuppressedFigure } from "../disclosure.ts";
import { hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";
import { primaryReason, type Thresholds } from "./primary-suppression.ts";
import { wholePercent } from "./shown-form.ts";

/** One anonymous practice's figure: a whole percent and nothing beside it. */
export interface Peer {
    indicator: string;
    period: string;
    label: string;
    percent: number;
}

/**
 * The name that a practice carries for others in one publication: HMAC(key, publication + practice), so that nobody can
 * follow it from one publication to the next or work it out without the key.
 */
export function practiceLabel(key: Uint8Array, publication: string, practice: string): string {
    return createHmac("sha256", key).update(`${publication}\n${practice}`).digest("hex").slice(0, 10);
}

/** True when a practice's figure is a percent of its patients at all. Facts about practices are counted per group instead. */
export function isComparable(indicator: MeasuredIndicator): boolean {
    return indicator.maat === "aandeel" && !indicator.wholeGroup && indicator.soort !== "praktijk";
}

/**
 * disclosure.md rules 2 and 4 for practices as others see them: the whole (no strata) in whole percents, absent below the
 * thresholds or where fewer than `fewestPractices` practices remain. Returns them per practice, with what was left out.
 */
export function peerFigures(
    practiceCells: readonly MartCell[],
    indicators: ReadonlyMap<string, MeasuredIndicator>,
    thresholds: Thresholds,
): { shown: { cell: MartCell; percent: number }[]; suppressed: SuppressedFigure[] } {
    const candidates: { cell: MartCell; percent: number }[] = [];
    const suppressed: SuppressedFigure[] = [];
    const perStrip = new Map<string, number>();
    const leaveOut = (cell: MartCell, reason: SuppressedFigure["reason"]) => {
        const { indicator, stratum, level, id, period } = cell;
        suppressed.push({ indicator, stratum, level, id, period, reason });
    };
    for (const cell of practiceCells) {
        const indicator = indicators.get(cell.indicator);
        if (!indicator || cell.stratum !== null || !hasFigure(cell) || !isComparable(indicator)) continue;
        const reason = primaryReason(cell, indicator, thresholds.fewestPatients);
        const percent = wholePercent(cell);
        if (reason || percent === null) {
            leaveOut(cell, reason ?? "geen_percentage");
            continue;
        }
        candidates.push({ cell, percent });
        const strip = `${cell.indicator}\t${cell.period}`;
        perStrip.set(strip, (perStrip.get(strip) ?? 0) + 1);
    }
    const shown = candidates.filter(({ cell }) => {
        const enough = (perStrip.get(`${cell.indicator}\t${cell.period}`) ?? 0) >= thresholds.fewestPractices;
        if (!enough) leaveOut(cell, "te_weinig_praktijken");
        return enough;
    });
    return { shown, suppressed };
}
