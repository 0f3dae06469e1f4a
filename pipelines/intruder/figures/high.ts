import { poisson, wilson } from "../../statistics.ts";
import type { FigureKindDefinition } from "../figure-kind.ts";

/** Upper limit: Wilson for a share, exact Poisson for a rate. */
export default {
    csv: "bovengrens",
    arrow: "high",
    reckon: (numerator, denominator, { maat }) => {
        if (maat === "aandeel") return denominator ? wilson(numerator, denominator).high : null;
        if (maat === "ratio") return null;
        const { high } = poisson(numerator);
        return denominator === null ? high : denominator === 0 ? null : (high * 1_000) / denominator;
    },
} satisfies FigureKindDefinition;
