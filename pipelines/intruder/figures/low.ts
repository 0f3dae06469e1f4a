import { poisson, wilson } from "../../statistics.ts";
import type { FigureKindDefinition } from "../figure-kind.ts";

/** Lower limit: Wilson for a share, exact Poisson for a rate. */
export default {
    csv: "ondergrens",
    arrow: "low",
    reckon: (numerator, denominator, { maat }) => {
        if (maat === "aandeel") return denominator ? wilson(numerator, denominator).low : null;
        if (maat === "ratio") return null;
        const { low } = poisson(numerator);
        return denominator === null ? low : denominator === 0 ? null : (low * 1_000) / denominator;
    },
} satisfies FigureKindDefinition;
