import { expect, test } from "vitest";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import { randomRegion } from "./random-region.ts";
import { type Cell, recount } from "./recount.ts";

/** The regions are only worth comparing where they hold something: looked at over the first few seeds. */
const cells: Cell[] = Array.from({ length: 24 }, (_, index) => recount(randomRegion(index + 1))).flat();

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
