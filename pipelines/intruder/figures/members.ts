import type { FigureKindDefinition } from "../figure-kind.ts";

export default {
    csv: "leden",
    arrow: "members",
    reckon: () => null,
    ofPractices: true,
} satisfies FigureKindDefinition;
