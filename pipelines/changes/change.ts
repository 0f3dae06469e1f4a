// One change: a figure as it was and as it is, and the parts in patients that its causes have in the difference.
import type { Level } from "../publish/cell.ts";

/** The causes, in the order in which they are shown. */
export const CAUSES = ["care", "membership", "ageing", "moves", "correction", "layout", "definition"] as const;
export type Cause = (typeof CAUSES)[number];

/** The five classes that readers see; coming and going, corrections and another layout are all registration. */
export const CLASSES = ["care", "membership", "ageing", "registration", "definition"] as const;
export type CauseClass = (typeof CLASSES)[number];

/** The class that a cause belongs to. */
export function classOf(cause: Cause): CauseClass {
    return cause === "moves" || cause === "correction" || cause === "layout" ? "registration" : cause;
}

export interface Figure {
    state: "value" | "zero" | "not_delivered" | "not_applicable" | "absent";
    numerator: number | null;
    denominator: number | null;
}

/** What one cause has in a change, and who is behind it. */
export interface Part {
    numerator: number;
    denominator: number;
    /** Practices with a part of their own, the largest of these without its sign, and all of these without signs. */
    practices: { numerator: number; denominator: number };
    largest: { numerator: number; denominator: number };
    gross: { numerator: number; denominator: number };
}

export interface Change {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    /** Periods of the two figures; the same one where a published figure was restated. */
    from: string;
    to: string;
    before: Figure;
    after: Figure;
    /**
     * Only causes that have a part; they add up to the difference. Empty when one of the two has no figure. A stratum has the
     * denominator of the whole, and its parts leave that to the whole.
     */
    parts: Partial<Record<Cause, Part>>;
    /** Practices without the earlier month in the later delivery: their care cannot be told from their registration. */
    gap: boolean;
    /** A definition moved it, also where one of the two has no figure. */
    redefined: boolean;
}

/** True when both figures have numbers, so that their difference is known in patients. */
export function isComparable({ before, after }: Pick<Change, "before" | "after">): boolean {
    return before.numerator !== null && after.numerator !== null;
}

/** The parts of a change by class, summed over the causes of each. */
export function partsByClass(parts: Change["parts"]): Map<CauseClass, Part> {
    const classes = new Map<CauseClass, Part>();
    for (const cause of CAUSES) {
        const part = parts[cause];
        if (!part) continue;
        const name = classOf(cause);
        const known = classes.get(name);
        classes.set(name, known ? sumOfParts(known, part) : part);
    }
    return classes;
}

/** Two parts as one; the same practice may be behind both, so the fewest practices and the most of one are assumed. */
export function sumOfParts(a: Part, b: Part): Part {
    const each = (pick: (part: Part) => Part["gross"], join: (x: number, y: number) => number): Part["gross"] => ({
        numerator: join(pick(a).numerator, pick(b).numerator),
        denominator: join(pick(a).denominator, pick(b).denominator),
    });
    const add = (x: number, y: number): number => x + y;
    return {
        numerator: a.numerator + b.numerator,
        denominator: a.denominator + b.denominator,
        practices: each(({ practices }) => practices, Math.max),
        largest: each(({ largest }) => largest, add),
        gross: each(({ gross }) => gross, add),
    };
}
