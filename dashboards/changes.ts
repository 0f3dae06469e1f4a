import { z } from "zod";
import { periodKind } from "./period.ts";

/** The part of a bundle that tells what changed since the publication before; publish decided what may be shown. */

const text = z
    .string()
    .nullish()
    .transform((value) => value ?? null);

const causeClass = z.enum(["care", "membership", "ageing", "registration", "definition"]);
const cause = z.enum(["care", "membership", "ageing", "moves", "correction", "layout", "definition"]);
export const CAUSES = cause.options;

/** The class that each cause belongs to: all that is registration has one colour. */
export const CLASS_OF: Record<z.infer<typeof cause>, z.infer<typeof causeClass>> = {
    care: "care",
    membership: "membership",
    ageing: "ageing",
    moves: "registration",
    correction: "registration",
    layout: "registration",
    definition: "definition",
};

const pair = z.object({ numerator: z.number(), denominator: z.number() });
const figure = z.object({ numerator: z.number(), denominator: z.number().nullable() });

const shownChange = z.object({
    indicator: z.string(),
    level: z.enum(["practice", "hagro", "area", "organisation", "region"]),
    id: z.string(),
    from: z.string(),
    to: z.string(),
    before: figure,
    after: figure,
    parts: z
        .array(z.object({ classes: z.array(causeClass), numerator: z.number(), denominator: z.number() }))
        .nullable(),
    causes: z.partialRecord(cause, pair).nullable(),
    drift: z.object({
        verdict: z.enum(["outside", "within", "unknown"]),
        cause: z.union([cause, causeClass, z.enum(["other", "several"])]).nullable(),
    }),
});

const definitions = z.object({
    changed: z.array(
        z.object({
            query: z.string(),
            codes: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
            lines: z.object({ added: z.number(), removed: z.number() }),
            indicators: z.array(z.string()),
        }),
    ),
    added: z.array(z.string()),
    dropped: z.array(z.string()),
    unmoved: z.number(),
    isRerun: z.boolean(),
});

export const changesSchema = z.object({
    state: z.enum(["first", "not_comparable", "compared"]),
    reason: text,
    before: z
        .object({ publication: z.string(), release: z.string(), made: z.string(), peildatum: z.string() })
        .nullable(),
    practices: z.object({ joined: z.number(), left: z.number(), relaid: z.number() }).nullable(),
    relaid: z.object({ from: z.string(), to: z.string() }).nullable(),
    definitions: definitions.nullable(),
    newest: z.array(shownChange),
    restated: z.array(shownChange),
    restatedFigures: z.number(),
    withheld: z.number(),
});

export type Changes = z.infer<typeof changesSchema>;
export type ShownChange = z.infer<typeof shownChange>;
export type CauseClass = z.infer<typeof causeClass>;
export type DriftCause = NonNullable<ShownChange["drift"]["cause"]>;

/** Of each figure the comparison of the shortest period: a quarter says the same as its year, and is newer. */
export function oncePerFigure(changes: readonly ShownChange[]): ShownChange[] {
    const isQuarter = ({ to }: ShownChange): boolean => periodKind(to) === "quarter";
    const byQuarter = [...changes.filter(isQuarter), ...changes.filter((change) => !isQuarter(change))];
    const seen = new Map<string, ShownChange>();
    for (const change of byQuarter) {
        const key = `${change.indicator} ${change.level} ${change.id}`;
        if (!seen.has(key)) seen.set(key, change);
    }
    return [...seen.values()];
}

/** True when one of the two numbers differs. */
export function isMoved({ before, after }: ShownChange): boolean {
    return before.numerator !== after.numerator || before.denominator !== after.denominator;
}

/** The figure before and after a new definition on the same deliveries; null where that part is not shown alone. */
export function redefined(change: ShownChange): { before: ShownChange["before"]; after: ShownChange["after"] } | null {
    const part = change.parts?.find(({ classes }) => classes.length === 1 && classes[0] === "definition");
    if (!part) return null;
    const { numerator, denominator } = change.after;
    return {
        before: {
            numerator: numerator - part.numerator,
            denominator: denominator === null ? null : denominator - part.denominator,
        },
        after: change.after,
    };
}
