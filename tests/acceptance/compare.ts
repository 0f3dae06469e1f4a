import { z } from "zod";
import { type Cell, keyOf } from "./cells.ts";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";

const number = z.number().nullable();
/** What `values --format json` prints, as the command line's contract says. */
export const Values = z.array(
    z.object({
        indicator: z.string(),
        stratum: z.string().nullable(),
        level: z.enum(["practice", "hagro", "area", "organisation", "region"]),
        id: z.string(),
        period: z.string(),
        numerator: number,
        denominator: number,
        value: number,
        low: number,
        high: number,
        state: z.enum(["value", "zero", "not_delivered", "not_applicable"]),
        delivered: number,
        members: number,
        expected: number,
        standardised: number,
        standardised_low: number,
        standardised_high: number,
    }),
);
export type Value = z.infer<typeof Values>[number];

function near(left: number | null, right: number | null): boolean {
    return left === null || right === null
        ? left === right
        : Math.abs(left - right) <= 1e-9 * Math.max(1e-3, Math.abs(right));
}

/** Beside the quarter and the year of a share of patients, and beside nothing else. */
function standardDifferences(cell: Cell, got: Value): string[] {
    const { expected, standardised, standardised_low: low, standardised_high: high } = got;
    if (cell.standard === undefined || cell.standard === null || cell.numerator === null) {
        return [expected, standardised, low, high].some((one) => one !== null)
            ? [`nothing to standardise, got ${standardised} with ${expected} expected`]
            : [];
    }
    const { groups, regionShare } = cell.standard;
    // Kept in whole millionths of each group, so that any order of adding up gives the same.
    if (expected === null || Math.abs(expected - cell.standard.expected) > 1e-9 + (groups * 1e-6) / 2) {
        return [`expected to count ${cell.standard.expected}, got ${expected}`];
    }
    // Where the whole region counts none in these groups, there is nothing to hold this level against.
    const share = expected === 0 ? null : Math.min(1, (cell.numerator / expected) * regionShare);
    const wrong = near(standardised, share) ? [] : [`standardised expected ${share}, got ${standardised}`];
    const outside = share !== null && !((low ?? 2) <= share + 1e-9 && share - 1e-9 <= (high ?? -1));
    return outside ? [...wrong, `standardised ${share} lies outside its limits ${low} to ${high}`] : wrong;
}

function differences(expected: Cell, got: Value): string[] {
    const exact = (["numerator", "denominator", "state"] as const).filter((field) => expected[field] !== got[field]);
    const counted = (["delivered", "members"] as const).filter(
        (field) =>
            expected[field] !== null &&
            expected[field] !== got[field] &&
            // Whether one that delivered too little history counts as delivered is not written down: either is right.
            !(field === "delivered" && expected.summed === got.delivered),
    );
    // No limits are defined for a count without a denominator.
    const limited =
        expected.denominator === null && expected.numerator !== null
            ? ["value" as const]
            : (["value", "low", "high"] as const);
    const close = limited.filter((field) => !near(got[field], expected[field]));
    const plain = [...exact, ...counted, ...close].map(
        (field) => `${field} expected ${expected[field]}, got ${got[field]}`,
    );
    // Standardised values are given by quarter and year, the rhythm in which they are published.
    return /-\d\d$/.test(got.period) ? plain : [...plain, ...standardDifferences(expected, got)];
}

/** Of each expected cell that differs or is missing, and each unexpected one that says more than zero, a line. */
export function disagreements(expected: readonly Cell[], values: readonly Value[]): string[] {
    const byKey = new Map(values.map((value) => [keyOf(value), value]));
    const known = new Set(expected.map(keyOf));
    const wrong = expected.flatMap((cell) => {
        const value = byKey.get(keyOf(cell));
        if (value === undefined) {
            return [`${keyOf(cell)}: missing, expected ${cell.numerator} of ${cell.denominator} (${cell.state})`];
        }
        return differences(cell, value).map((difference) => `${keyOf(cell)}: ${difference}`);
    });
    // A stratum that occurs only where nothing counts may be shown as zero; areas that have ended may be shown as history.
    const surplus = values.filter(
        (value) =>
            value.stratum !== null &&
            (value.indicator in DEFINITIONS || value.indicator in REGION_DEFINITIONS) &&
            known.has(keyOf({ ...value, stratum: null })) &&
            !known.has(keyOf(value)) &&
            (value.numerator ?? 0) > 0,
    );
    const twice = values.length - byKey.size;
    return [
        ...wrong,
        ...surplus.map((value) => `${keyOf(value)}: not expected, got ${value.numerator} of ${value.denominator}`),
        ...(twice > 0 ? [`${twice} cells are given more than once`] : []),
    ];
}
