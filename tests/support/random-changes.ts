import fc from "fast-check";
import type { Count, HandSpan, Scene } from "./changes-by-hand.ts";

/** Random contributions of two sides: practices that count in some months, move between hagros, change layout. */

export const INDICATORS = [
    { id: "stand", flow: false, his: true },
    { id: "stroom", flow: true, his: false },
];

/** A quarter and the next, and one quarter with itself. */
export const SPANS: HandSpan[] = [
    {
        span: "2023-Q4>2024-Q1",
        from: "2023-Q4",
        to: "2024-Q1",
        months: [
            ["2023-10", "2024-01"],
            ["2023-11", "2024-02"],
            ["2023-12", "2024-03"],
        ],
    },
    {
        span: "2023-Q4",
        from: "2023-Q4",
        to: "2023-Q4",
        months: [
            ["2023-10", "2023-10"],
            ["2023-11", "2023-11"],
            ["2023-12", "2023-12"],
        ],
    },
];

const PRACTICES = ["01000001", "01000002", "01000003"];
const AREAS = ["nissewaard", "elders"];
const MONTHS = ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"];

/** Counts of every practice, area and month; a practice is in or out for a whole month. */
function side(months: string[], span?: string): fc.Arbitrary<Count[]> {
    const keys = INDICATORS.flatMap(({ id }) =>
        PRACTICES.flatMap((practice) => months.map((month) => ({ indicator: id, practice, month }))),
    );
    const drawn = keys.map((key) =>
        fc
            .record({
                included: fc.boolean(),
                numbers: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: AREAS.length, maxLength: AREAS.length }),
            })
            .map(({ included, numbers }): Count[] =>
                AREAS.map((area, at) => {
                    const [numerator = 0, rest = 0] = numbers[at] ?? [];
                    return {
                        ...key,
                        area,
                        ...(span ? { span } : {}),
                        included,
                        numerator,
                        denominator: numerator + rest,
                    };
                }),
            ),
    );
    return fc.tuple(...drawn).map((counts) => counts.flat());
}

/** Months in which a practice counts by the old definition on the new deliveries also count without movers. */
function sameMonths(kept: Count[], counterfactual: Count[]): Count[] {
    return counterfactual.map((count) => ({
        ...count,
        included: kept.some(
            (one) =>
                one.included &&
                one.indicator === count.indicator &&
                one.practice === count.practice &&
                one.month === count.month,
        ),
    }));
}

const groups = fc.record(
    Object.fromEntries(PRACTICES.map((practice) => [practice, fc.constantFrom("noord", "zuid")])),
    { requiredKeys: [PRACTICES[0] ?? ""] },
) as fc.Arbitrary<Record<string, string>>;

export const scenes: fc.Arbitrary<Scene> = fc
    .record({
        old: side(MONTHS.slice(0, 3)),
        kept: side(MONTHS),
        fresh: side(MONTHS),
        staying: side(MONTHS, SPANS[0]?.span),
        unaged: side(MONTHS.slice(3), SPANS[0]?.span),
        relaid: fc.subarray(PRACTICES),
        isRerun: fc.boolean(),
        oldGroups: groups,
        newGroups: groups,
    })
    .map((scene) => ({
        ...scene,
        indicators: INDICATORS,
        spans: SPANS,
        areas: AREAS,
        staying: sameMonths(scene.kept, scene.staying),
        unaged: sameMonths(scene.kept, scene.unaged),
    }));
