import type { FigureKindDefinition } from "../figure-kind.ts";

export default {
    csv: "geleverd",
    arrow: "delivered",
    reckon: () => null,
    ofPractices: true,
} satisfies FigureKindDefinition;
