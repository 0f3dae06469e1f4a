import { z } from "zod";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import { type Cell, measured, wholeYears } from "./recount.ts";
import type { Region } from "./region.ts";

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
    }),
);
export type Value = z.infer<typeof Values>[number];

function keyOf(cell: Pick<Cell, "indicator" | "stratum" | "level" | "id" | "period">): string {
    return [cell.indicator, cell.stratum ?? "-", cell.level, cell.id, cell.period].join(" / ");
}

function near(left: number | null, right: number | null): boolean {
    return left === null || right === null
        ? left === right
        : Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(right));
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
    return [...exact, ...counted, ...close].map((field) => `${field} expected ${expected[field]}, got ${got[field]}`);
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

/** The cells of a calendar year: of a stand those of December, of a stroom the sum where every month has a value. */
export function yearCells(region: Region, months: readonly Cell[], year: number): Cell[] {
    const cells: Cell[] = [];
    const byKey = new Map(months.map((cell) => [keyOf(cell), cell]));
    for (const december of months.filter((cell) => cell.period === `${year}-12`)) {
        const definition = DEFINITIONS[december.indicator];
        if (definition !== undefined && definition.year === "december") {
            cells.push({ ...december, period: String(year) });
            continue;
        }
        if (REGION_DEFINITIONS[december.indicator]?.latest === true) {
            continue;
        }
        const twelve = (stratum: string | null): (Cell | undefined)[] =>
            Array.from({ length: 12 }, (_, index) =>
                byKey.get(keyOf({ ...december, stratum, period: `${year}-${String(index + 1).padStart(2, "0")}` })),
            );
        const all = twelve(december.stratum);
        const whole = twelve(null);
        // A stratum that first occurs in the course of the year was not there before: zero.
        const numerators = all.map((cell) => (cell === undefined && december.stratum !== null ? 0 : cell?.numerator));
        const unsure = whole.some((cell) => cell === undefined || cell.numerator === null);
        if (unsure || numerators.some((one) => one === null || one === undefined)) {
            continue;
        }
        const sum = numerators.reduce<number>((total, one) => total + (one ?? 0), 0);
        // Who is a member of a year, of whose twelve months the figure is a sum, is not written down.
        const period = { period: String(year), delivered: null, members: null };
        if (definition === undefined) {
            cells.push({ ...december, ...measured("los aantal", sum, 0), ...period });
        }
        if (definition !== undefined) {
            // The denominator of a stratum is that of the whole, also in the months before it first occurred.
            const denominator = whole.reduce((total, cell) => total + (cell?.denominator ?? 0), 0);
            cells.push({ ...december, ...measured(definition.measure, sum, denominator), ...period });
        }
    }
    return wholeYears(region).includes(year) ? cells : [];
}
