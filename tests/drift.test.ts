import { describe, expect, it } from "vitest";
import { CAUSES, type Cause, type Change, type Part } from "../pipelines/changes/change.ts";
import { driftOf, effectsOf } from "../pipelines/changes/drift.ts";

type Pair = [numerator: number, denominator: number];

/** A change with the parts given; what they leave of the difference is care. */
function change(
    before: Pair | number,
    after: Pair | number,
    parts: Partial<Record<Cause, Pair>> = {},
    gap = false,
): Change {
    const figure = (counts: Pair | number) => ({
        state: "value" as const,
        numerator: typeof counts === "number" ? counts : counts[0],
        denominator: typeof counts === "number" ? null : counts[1],
    });
    const [then, now] = [figure(before), figure(after)];
    const known = Object.entries(parts);
    const sum = (at: 0 | 1): number => known.reduce((total, [, pair]) => total + pair[at], 0);
    const care: Pair = [
        (now.numerator ?? 0) - (then.numerator ?? 0) - sum(0),
        (now.denominator ?? 0) - (then.denominator ?? 0) - sum(1),
    ];
    const nothing = { numerator: 0, denominator: 0 };
    const all = [...known, ...(care[0] !== 0 || care[1] !== 0 ? [["care", care] as const] : [])].map(
        ([cause, [numerator, denominator]]): [string, Part] => [
            cause,
            { numerator, denominator, practices: nothing, largest: nothing, gross: nothing },
        ],
    );
    return {
        indicator: "proef",
        stratum: null,
        level: "region",
        id: "regio",
        from: "2023-Q4",
        to: "2024-Q1",
        before: then,
        after: now,
        parts: Object.fromEntries(all),
        gap,
        redefined: false,
    };
}

describe("the drift alarm has three answers", () => {
    it("within chance: a share that moves a little, a count that moves as counts do, nothing at all", () => {
        expect(driftOf(change([700, 1000], [715, 1000]), "aandeel").verdict).toBe("within");
        expect(driftOf(change([30, 10_000], [42, 10_000]), "aantal").verdict).toBe("within");
        expect(driftOf(change([700, 1000], [700, 1000]), "aandeel").verdict).toBe("within");
    });

    it("beyond chance, by the cause with most of it", () => {
        expect(driftOf(change([700, 1000], [800, 1000]), "aandeel")).toEqual({
            verdict: "outside",
            cause: "care",
            reason: null,
        });
        expect(driftOf(change([30, 10_000], [75, 10_000]), "aantal").cause).toBe("care");
        expect(driftOf(change(30, 75), "aantal").cause).toBe("care");
    });

    it("cannot tell: no figure, no interval, too few, or no history to hold care against", () => {
        const missing = change([700, 1000], [800, 1000]);
        missing.before = { state: "not_delivered", numerator: null, denominator: null };
        expect(driftOf(missing, "aandeel").reason).toBe("no_figure");
        expect(driftOf(change([700, 1000], [800, 1000]), "ratio").reason).toBe("no_interval");
        expect(driftOf(change([2, 9], [9, 9]), "aandeel").reason).toBe("too_few");
        expect(driftOf(change(3, 6), "aantal").reason).toBe("too_few");
        const gap = driftOf(change([700, 1000], [800, 1000], { correction: [100, 0] }, true), "aandeel");
        expect(gap).toEqual({ verdict: "outside", cause: null, reason: "no_history" });
    });

    it("a code list that moves a figure beyond its limits is a definition, also where care moves it back", () => {
        expect(driftOf(change([700, 1000], [790, 1000], { definition: [80, 0] }), "aandeel").cause).toBe("definition");
        const hidden = change([700, 1000], [705, 1000], { definition: [80, 0] });
        expect(driftOf(hidden, "aandeel")).toEqual({ verdict: "outside", cause: "definition", reason: null });
    });

    it("another layout, a correction and practices that join are told apart from care", () => {
        for (const cause of ["layout", "correction", "membership"] as const)
            expect(driftOf(change([700, 1000], [780, 1000], { [cause]: [80, 0] }), "aandeel").cause).toBe(cause);
        const bigger = change([700, 1000], [1400, 2000], { membership: [700, 1000] });
        expect(driftOf(bigger, "aandeel").verdict).toBe("within");
    });

    it("several causes when none has half of it", () => {
        const three = change([500, 1000], [600, 1000], { ageing: [35, 0], moves: [33, 0] });
        expect(driftOf(three, "aandeel").cause).toBe("several");
    });

    it("everybody counted is no share: a list that grows is a count that grows", () => {
        expect(driftOf(change([3000, 3000], [3040, 3040]), "aandeel").verdict).toBe("within");
        expect(driftOf(change([3000, 3000], [3600, 3600], { membership: [600, 600] }), "aandeel").cause).toBe(
            "membership",
        );
    });

    it("what each cause did to a share adds up to what the share did, exactly", () => {
        const moved = change([120, 400], [180, 450], { membership: [20, 30], ageing: [5, 25], definition: [-10, 0] });
        const effects = effectsOf(moved, { numerator: 120, denominator: 400 }, { numerator: 180, denominator: 450 });
        const sum = CAUSES.reduce((total, cause) => total + (effects.get(cause) ?? 0), 0);
        expect(sum).toBeCloseTo(180 / 450 - 120 / 400, 12);
    });
});
