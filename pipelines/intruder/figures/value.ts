import type { FigureKindDefinition } from "../figure-kind.ts";

/** A share as a fraction, a rate per 1.000, a ratio as it is (times the scale of its definition, see `read-download`). */
export default {
    csv: "waarde",
    arrow: "value",
    reckon: (numerator, denominator, { maat, scale }) => {
        if (denominator === null) return numerator;
        if (denominator === 0) return null;
        return (numerator / denominator) * (maat === "aantal" ? 1_000 : (scale ?? 1));
    },
} satisfies FigureKindDefinition;
