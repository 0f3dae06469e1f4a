import type { FigureKindDefinition } from "../figure-kind.ts";

export default {
    csv: "noemer",
    arrow: "denominator",
    reckon: (_numerator, denominator) => denominator,
} satisfies FigureKindDefinition;
