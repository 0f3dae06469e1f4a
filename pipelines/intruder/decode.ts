import type { MeasuredIndicator } from "../publish/cell.ts";
import type { Reading } from "../worlds/view.ts";
import type { Printed } from "./claim.ts";
import type { FigureKind } from "./figure-kind.ts";

/** Counts up to this size are tried one by one when several figures must fit together. */
const LARGEST_GROUP = 2_000;

/** What follows for a cell's counts from all that is printed about it. */
export interface Decoded {
    reading: Reading;
    /** The pairs of numerator and denominator that fit, when they were few enough to be listed. */
    pairs: readonly (readonly [number, number | null])[] | null;
}

/** Whether these counts could have been printed so. */
export function couldBe(
    numerator: number,
    denominator: number | null,
    printed: readonly Printed[],
    indicator: MeasuredIndicator,
    kinds: ReadonlyMap<string, FigureKind>,
): boolean {
    return printed.every((one) => {
        const { kind, value } = one;
        const step = stepIn(one, indicator);
        const definition = kinds.get(kind);
        if (!definition || definition.ofPractices) return true;
        const real = definition.reckon(numerator, denominator, indicator);
        // Halves are rounded either way by one writer or another.
        return real !== null && Math.abs(real - value) <= step / 2 + 1e-9 * Math.max(1, Math.abs(real));
    });
}

/** Turns printed figures into what they tell of the counts (disclosure.md rule 6). */
export function decode(
    printed: readonly Printed[],
    indicator: MeasuredIndicator,
    kinds: ReadonlyMap<string, FigureKind>,
    largest = LARGEST_GROUP,
): Decoded {
    const told = printed.filter(({ kind }) => kinds.get(kind)?.ofPractices !== true);
    const number = (kind: string) => told.find((one) => one.kind === kind && one.step <= 1)?.value;
    const [numerator, denominator] = [number("numerator"), number("denominator")];
    if (numerator !== undefined && (denominator !== undefined || told.length === 1))
        return { reading: { numerator: true, denominator: denominator !== undefined }, pairs: null };
    const value = told.find(({ kind }) => kind === "value");
    if (told.length === 0) return { reading: {}, pairs: null };
    if (value && told.length === 1 && isRounded(value, indicator))
        return { reading: { ratio: ratioOf(value, indicator) }, pairs: null };
    const pairs = listPairs(told, indicator, kinds, { numerator, denominator }, largest);
    const numerators = new Set(pairs.map(([counted]) => counted));
    const denominators = new Set(pairs.map(([, group]) => group));
    const rests = new Set(pairs.map(([counted, group]) => (group ?? 0) - counted));
    // A handful of pairs is as good as known: no count among them can have as many values as it should.
    const isKnown = numerators.size < 6 || rests.size < 6;
    return {
        reading: {
            numerator: isKnown || numerators.size === 1,
            denominator: isKnown || denominators.size === 1,
            ...(value && isRounded(value, indicator) ? { ratio: ratioOf(value, indicator) } : {}),
        },
        pairs,
    };
}

/** How precise a printed number is, on its own scale. */
function stepIn({ step, isWholePercent }: Printed, indicator: MeasuredIndicator): number {
    return isWholePercent ? Math.max(step, 0.01 * timesOf(indicator)) : step;
}

function timesOf({ maat, scale }: MeasuredIndicator): number {
    return maat === "aantal" ? 1_000 : (scale ?? 1);
}

/** Rounded by a person or a page, rather than the outcome of a division. */
function isRounded(printed: Printed, indicator: MeasuredIndicator): boolean {
    return stepIn(printed, indicator) >= 0.001 * timesOf(indicator);
}

/** A printed ratio as whole numbers: scale x numerator / denominator lies between them. */
function ratioOf(shown: Printed, indicator: MeasuredIndicator) {
    const { value } = shown;
    const step = stepIn(shown, indicator);
    const times = timesOf(indicator);
    const printed = Math.round((2 * value) / step);
    return { scale: Math.round((2 * times) / step), low: printed - 1, high: printed + 1 };
}

function listPairs(
    printed: readonly Printed[],
    indicator: MeasuredIndicator,
    kinds: ReadonlyMap<string, FigureKind>,
    known: { numerator?: number; denominator?: number },
    largest: number,
): (readonly [number, number | null])[] {
    const pairs: [number, number | null][] = [];
    const value = printed.find(({ kind }) => kind === "value");
    const times = timesOf(indicator);
    const groups =
        known.denominator !== undefined
            ? [known.denominator]
            : Array.from({ length: largest }, (_, index) => index + 1);
    for (const denominator of groups) {
        const about = value ? (value.value * denominator) / times : null;
        const reach = value ? (stepIn(value, indicator) * denominator) / times / 2 + 1 : 0;
        const from = known.numerator ?? (about === null ? 0 : Math.max(0, Math.floor(about - reach)));
        const most = about === null ? denominator : Math.ceil(about + reach);
        const to = known.numerator ?? (indicator.maat === "aandeel" ? Math.min(most, denominator) : most);
        // No part is larger than its whole.
        if (indicator.maat === "aandeel" && to > denominator) continue;
        for (let numerator = from; numerator <= to; numerator += 1)
            if (couldBe(numerator, denominator, printed, indicator, kinds)) pairs.push([numerator, denominator]);
    }
    return pairs;
}
