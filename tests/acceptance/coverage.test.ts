import { expect, test } from "vitest";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import { randomRegion } from "./random-region.ts";
import { type Cell, recount } from "./recount.ts";

const PROVING = process.env.PROVE === "1";
const INDICATORS = [...Object.keys(DEFINITIONS), ...Object.keys(REGION_DEFINITIONS)];
const REGIONS = 24;
/** Those that have most to count: looked at first. */
const RICH = [13, 6, 17, 3, 1, 22];

/** What an indicator must have somewhere: some, none, not all, and months in which it cannot be told. */
function wantedOf(indicator: string): string[] {
    const counted = ["pop_ingeschreven", "prk_leden"].includes(indicator) ? [] : ["zero", "some, and not all"];
    return ["value", "not_delivered", ...counted, ...(indicator in DEFINITIONS ? ["not_applicable"] : [])];
}

const seen = new Map(INDICATORS.map((indicator) => [indicator, new Set<string>()]));

function look({ indicator, state, numerator, denominator }: Cell): void {
    seen.get(indicator)?.add(state);
    if ((numerator ?? 0) > 0 && numerator !== denominator) {
        seen.get(indicator)?.add("some, and not all");
    }
}

const missing = (indicator: string): string[] => wantedOf(indicator).filter((what) => !seen.get(indicator)?.has(what));

/** The regions are only worth comparing where they hold something. */
for (const seed of new Set([...RICH, ...Array.from({ length: REGIONS }, (_, index) => index + 1)])) {
    if (PROVING || INDICATORS.some((indicator) => missing(indicator).length > 0)) {
        recount(randomRegion(seed)).forEach(look);
    }
}

test.for(INDICATORS)("the random regions have something to count for %s: some, none, and not all", (indicator) => {
    expect(missing(indicator)).toEqual([]);
});
