import type { FigureKindDefinition } from "../figure-kind.ts";

export default {
    csv: "teller",
    arrow: "numerator",
    reckon: (numerator) => numerator,
} satisfies FigureKindDefinition;
