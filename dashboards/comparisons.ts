import { z } from "zod";

/**
 * The part of a bundle that says how practices lie around the region and whether the region moves more than chance.
 * Publish did the statistics; pages only draw and say them. Shares are fractions, rates per 1.000.
 */

const between = z.object({ low: z.number(), high: z.number() });
const of = { indicator: z.string(), period: z.string() };

const funnel = z.object({
    ...of,
    centre: z.number(),
    spread: z.number(),
    size: z.number(),
    beyondChance: z.boolean(),
    byAgeSex: z.boolean(),
    chance: between,
    achievable: z.number().nullable(),
});

const side = z.enum(["boven", "onder"]).nullable();
const position = z.object({
    ...of,
    limits: between,
    side,
    /** Around what is to be expected of the patients' age and sex. */
    standardised: z.object({ limits: between, side }).nullable(),
});

const curve = z.object({
    ...of,
    points: z.array(z.object({ n: z.number(), outer: between, inner: between })),
    own: z.array(z.object({ period: z.string(), limits: between })),
});

const control = z.object({
    indicator: z.string(),
    centre: z.number(),
    points: z.array(
        z.object({
            period: z.string(),
            value: z.number(),
            low: z.number(),
            high: z.number(),
            signal: z.enum(["buiten", "verschuiving", "helling"]).nullable(),
        }),
    ),
});

const panel = z.object({
    ...of,
    before: z.string(),
    kind: z.enum(["difference", "ratio"]),
    value: z.number(),
    low: z.number(),
    high: z.number(),
    practices: z.number(),
    /** Decimals of a difference in percentage points. */
    digits: z.number(),
});

export const funnelsSchema = z.array(funnel);
export const panelsSchema = z.array(panel);

/** Of each practice of an adviser's list, where it lies. */
export const assignedSchema = z.array(
    z.object({ practice: z.string(), positions: z.array(position), curves: z.array(curve) }),
);

const nothing = { funnels: [], positions: [], curves: [], control: [], panels: [] };

export const comparisonsSchema = z
    .object({
        funnels: funnelsSchema,
        positions: z.array(position),
        curves: z.array(curve),
        control: z.array(control),
        panels: panelsSchema,
    })
    .nullish()
    .transform((value) => value ?? { ...nothing });

export type Comparisons = z.output<typeof comparisonsSchema>;
export type Funnel = z.infer<typeof funnel>;
export type Position = z.infer<typeof position>;
export type Curve = z.infer<typeof curve>;
export type Control = z.infer<typeof control>;
export type Panel = z.infer<typeof panel>;

/** What is said of one indicator at a period; null where it says nothing. */
export function funnelAt(comparisons: Comparisons, indicator: string, period: string): Funnel | null {
    return find(comparisons.funnels, indicator, period);
}

export function positionAt(comparisons: Comparisons, indicator: string, period: string): Position | null {
    return find(comparisons.positions, indicator, period);
}

export function curveAt(comparisons: Comparisons, indicator: string, period: string): Curve | null {
    return find(comparisons.curves, indicator, period);
}

export function panelAt(comparisons: Comparisons, indicator: string, period: string): Panel | null {
    return find(comparisons.panels, indicator, period);
}

/** Control limits over the region's months; null where there are none. */
export function controlOf(comparisons: Comparisons, indicator: string): Control | null {
    return comparisons.control.find((one) => one.indicator === indicator) ?? null;
}

function find<Item extends { indicator: string; period: string }>(
    items: readonly Item[],
    indicator: string,
    period: string,
): Item | null {
    return items.find((one) => one.indicator === indicator && one.period === period) ?? null;
}
