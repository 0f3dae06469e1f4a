import type { Klasse, Maat, MartCell, MeasuredIndicator, Soort } from "../../pipelines/publish/cell.ts";

/** An invented figure; what a test does not name is unremarkable. */
export function figure(given: Partial<MartCell> = {}): MartCell {
    const numerator = given.numerator === undefined ? 50 : given.numerator;
    const denominator = given.denominator === undefined ? 200 : given.denominator;
    const value = numerator !== null && denominator ? numerator / denominator : numerator;
    return {
        indicator: "proef",
        stratum: null,
        level: "area",
        id: "nissewaard",
        period: "2024",
        value,
        low: value,
        high: value,
        state: numerator === 0 ? "zero" : "value",
        delivered: 40,
        members: 40,
        ...given,
        numerator,
        denominator,
    };
}

export function measured(
    klasse: Klasse,
    given: { id?: string; maat?: Maat; soort?: Soort; wholeGroup?: boolean } = {},
): MeasuredIndicator {
    return { id: "proef", maat: "aandeel", soort: "stand", wholeGroup: false, klasse, ...given };
}
