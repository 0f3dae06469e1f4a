import { createHmac } from "node:crypto";
import type { Catalogue } from "./catalogue.ts";
import { hasFigure, type MartCell, type MeasuredIndicator } from "./cell.ts";
import { wholePercent } from "./shown-form.ts";

/** One anonymous practice's figure: a whole percent and nothing beside it. */
export interface Peer {
    indicator: string;
    period: string;
    label: string;
    percent: number;
}

/** A practice of the reader's own hagro: by name when all of them agreed, else by its label. */
export interface Member {
    name: string;
    values: { indicator: string; period: string; percent: number }[];
}

/**
 * The name that a practice carries for others in one publication: HMAC(key, publication + practice), so that nobody can
 * follow it from one publication to the next or work it out without the key.
 */
export function practiceLabel(key: Uint8Array, publication: string, practice: string): string {
    return createHmac("sha256", key).update(`${publication}\n${practice}`).digest("hex").slice(0, 10);
}

/** The practice behind each label of a publication: for the intruder, never written. */
export function practiceLabels(key: Uint8Array, publication: string, { practices }: Catalogue): Map<string, string> {
    return new Map(practices.map(({ id }) => [practiceLabel(key, publication, id), id]));
}

/** True when a practice's figure is a percent of its patients at all. Facts about practices are counted per group instead. */
export function isComparable(indicator: MeasuredIndicator): boolean {
    return indicator.maat === "aandeel" && !indicator.wholeGroup && indicator.soort !== "praktijk";
}

/** A practice's figure that others may see at all: a share of its patients, without strata. */
export function mayBePeer(cell: MartCell, indicator: MeasuredIndicator | undefined): boolean {
    if (!indicator || cell.level !== "practice" || cell.stratum !== null) return false;
    return hasFigure(cell) && isComparable(indicator) && wholePercent(cell) !== null;
}
