// The drift alarm: did a figure move by more than chance allows, and by which cause? Three answers; doubt is one of them.
import type { Maat } from "../publish/cell.ts";
import type { Interval } from "../statistics/interval.ts";
import { poisson, wilson } from "../statistics.ts";
import { CAUSES, type Cause, type Change, type Figure } from "./change.ts";

export interface Drift {
    /** `outside` chance, `within` it, or `unknown`: it cannot be told. */
    verdict: "outside" | "within" | "unknown";
    /** Most likely cause of what lies outside; `several` when none has half of it, null when it cannot be told. */
    cause: Cause | "several" | null;
    /** Why it cannot be told. */
    reason: "no_figure" | "no_interval" | "too_few" | "no_history" | null;
}

/** Below so many patients, or events of both periods together, chance can be anything. */
const FEWEST = 10;
const LEVEL = 0.998;

/**
 * Judges one change (pure), with the 99,8 % limits of the funnel, because there are thousands of figures. A definition, another
 * layout, a correction or practices that came and went move the same patients, so each is held against the limits around the
 * figure as it was; the change as a whole against chance in both periods. A stock of a window of 12 months shares patients
 * between periods, so chance is smaller than assumed and an alarm is the more certain.
 */
export function driftOf(change: Change, maat: Maat): Drift {
    const { before, after } = change;
    if (before.numerator === null || after.numerator === null) return unknown("no_figure");
    const [then, now] = [countsOf(before), countsOf(after)];
    if (Object.keys(change.parts).length === 0 && then.numerator === now.numerator) return within;
    if (maat === "ratio") return unknown("no_interval");
    const isShare = maat === "aandeel" && then.denominator !== null && !isWhole(then, now);
    const small = isShare
        ? Math.min(then.denominator ?? 0, now.denominator ?? 0) < FEWEST
        : then.numerator + now.numerator < FEWEST;
    if (small) return unknown("too_few");
    // a count of everybody is no share of anything
    const [old, fresh] = isWhole(then, now) ? [withoutDenominator(then), withoutDenominator(now)] : [then, now];
    const effects = effectsOf(change, old, fresh);
    const limits = limitsAround(old, isShare);
    const moved = (cause: Cause): boolean => {
        const value = worth(old) + (effects.get(cause) ?? 0);
        return value < limits.low || value > limits.high;
    };
    const technical = (["definition", "layout", "correction", "membership"] as const).filter(moved);
    const [largest] = technical.sort((a, b) => Math.abs(effects.get(b) ?? 0) - Math.abs(effects.get(a) ?? 0));
    if (largest && !(change.gap && largest !== "definition"))
        return { verdict: "outside", cause: largest, reason: null };
    if (!differs(old, fresh, isShare)) return within;
    if (change.gap) return { verdict: "outside", cause: null, reason: "no_history" };
    return { verdict: "outside", cause: mostOf(effects, worth(fresh) - worth(old)), reason: null };
}

interface Counts {
    numerator: number;
    denominator: number | null;
}

const within: Drift = { verdict: "within", cause: null, reason: null };

const unknown = (reason: Drift["reason"]): Drift => ({ verdict: "unknown", cause: null, reason });

const countsOf = ({ numerator, denominator }: Figure): Counts => ({ numerator: numerator ?? 0, denominator });

const withoutDenominator = ({ numerator }: Counts): Counts => ({ numerator, denominator: null });

/** Numerator and denominator are the same patients, then and now. */
function isWhole(then: Counts, now: Counts): boolean {
    return then.numerator === then.denominator && now.numerator === now.denominator;
}

function worth({ numerator, denominator }: Counts): number {
    return denominator === null ? numerator : numerator / denominator;
}

/**
 * What each cause did to the value. With v the value before, a part of n and d patients moves it by (n - v d) / denominator
 * after; these add up to the change of the value exactly, because the numerator before is v times its denominator.
 */
export function effectsOf(change: Change, then: Counts, now: Counts): Map<Cause, number> {
    const value = worth(then);
    return new Map(
        CAUSES.map((cause) => {
            const { numerator = 0, denominator = 0 } = change.parts[cause] ?? {};
            return [
                cause,
                now.denominator === null ? numerator : (numerator - value * denominator) / now.denominator,
            ] as const;
        }),
    );
}

/** Where the value lies by chance: Wilson for a share, exact Poisson for a count or rate. */
function limitsAround(then: Counts, isShare: boolean): Interval {
    if (isShare && then.denominator !== null) return wilson(then.numerator, then.denominator, LEVEL);
    const { low, high } = poisson(then.numerator, LEVEL);
    const per = then.denominator ?? 1;
    return { low: low / per, high: high / per };
}

/**
 * True when chance in both periods does not explain the difference. Shares: Newcombe's interval of a difference from two Wilson
 * intervals (Stat Med 1998;17:873, method 10) leaves 0 out. Counts: of all events together, the part of the second
 * period (its limits by Wilson) leaves out the part of its denominator (the conditional test of two Poisson rates).
 */
function differs(then: Counts, now: Counts, isShare: boolean): boolean {
    if (isShare && then.denominator !== null && now.denominator !== null) {
        const [a, b] = [worth(then), worth(now)];
        const [la, lb] = [
            wilson(then.numerator, then.denominator, LEVEL),
            wilson(now.numerator, now.denominator, LEVEL),
        ];
        const low = b - a - Math.hypot(b - lb.low, la.high - a);
        const high = b - a + Math.hypot(lb.high - b, a - la.low);
        return low > 0 || high < 0;
    }
    const together = then.numerator + now.numerator;
    const expected =
        then.denominator === null || now.denominator === null
            ? 0.5
            : now.denominator / (then.denominator + now.denominator);
    const { low, high } = wilson(now.numerator, together, LEVEL);
    return expected < low || expected > high;
}

/** The cause with at least half of what moved the value in the direction in which it went. */
function mostOf(effects: ReadonlyMap<Cause, number>, change: number): Cause | "several" {
    const along = [...effects]
        .filter(([, effect]) => effect * change > 0)
        .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
    const sum = along.reduce((total, [, effect]) => total + Math.abs(effect), 0);
    const [first] = along;
    return first && Math.abs(first[1]) >= sum / 2 ? first[0] : "several";
}
