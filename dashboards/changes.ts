import { z } from "zod";

/** The part of a bundle that tells what changed since the publication before; publish decided what may be shown. */

const text = z
    .string()
    .nullish()
    .transform((value) => value ?? null);

const causeClass = z.enum(["care", "membership", "ageing", "registration", "definition"]);
const cause = z.enum(["care", "membership", "ageing", "moves", "correction", "layout", "definition"]);
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

/** True when one of the two numbers differs. */
export function isMoved({ before, after }: ShownChange): boolean {
    return before.numerator !== after.numerator || before.denominator !== after.denominator;
}

/** What the bar of a change draws: of the numerator where that moved, else of the denominator. */
export function drawnParts({ parts }: ShownChange): { classes: CauseClass[]; size: number }[] {
    const measure = (parts ?? []).some(({ numerator }) => numerator !== 0) ? "numerator" : "denominator";
    return (parts ?? [])
        .map((part) => ({ classes: part.classes, size: part[measure] }))
        .filter(({ size }) => size !== 0);
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
