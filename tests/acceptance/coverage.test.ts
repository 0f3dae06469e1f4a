import { expect, test } from "vitest";
import type { Cell } from "./cells.ts";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import { PATIENT_DEFINITIONS } from "./patient-definitions.ts";
import { randomRegion } from "./random-region.ts";
import { recount } from "./recount.ts";

/** The regions are only worth comparing where they hold something: looked at in a few, of which the last has a practice without a patient. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 20];
const cells: Cell[] = SEEDS.flatMap((seed) => recount(randomRegion(seed)));

test.for([...Object.keys(DEFINITIONS), ...Object.keys(REGION_DEFINITIONS)])(
    "the random regions have something to count for %s: some, none, and not all",
    (indicator) => {
        const own = cells.filter((cell) => cell.indicator === indicator);
        const states = new Set(own.map((cell) => cell.state));
        expect(states).toContain("value");
        expect(states).toContain("not_delivered");
        if (!["pop_ingeschreven", "prk_leden"].includes(indicator)) {
            expect(states).toContain("zero");
            expect(own.some(({ numerator, denominator }) => (numerator ?? 0) > 0 && numerator !== denominator)).toBe(
                true,
            );
        }
        if (indicator in DEFINITIONS) {
            expect(states).toContain("not_applicable");
        }
    },
);

test("every share of patients is standardised, and for most of them that changes something", () => {
    const standardised = cells.filter(({ standard }) => standard);
    const indicators = new Set(standardised.map(({ indicator }) => indicator));
    expect([...indicators].sort()).toEqual([...Object.keys(PATIENT_DEFINITIONS), "gli_uitval"].sort());
    const changed = standardised.filter(
        ({ standard, numerator }) => Math.abs((standard?.expected ?? 0) - (numerator ?? 0)) > 0.1,
    );
    expect(new Set(changed.map(({ indicator }) => indicator)).size).toBeGreaterThan(50);
});
