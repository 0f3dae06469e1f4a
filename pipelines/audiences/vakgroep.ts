import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** One line each; the name is the one that indicators and goals say they belong to. */
const VAKGROEPEN = [
    { name: "diabetes-cvrm", title: "Vakgroep diabetes en CVRM" },
    { name: "astma-copd", title: "Vakgroep astma en COPD" },
    { name: "ouderenzorg", title: "Vakgroep ouderenzorg" },
];

/** A clinical expert group of GPs of the region: their own subject and the population it is about. */
export default {
    audiences: () =>
        VAKGROEPEN.map(({ name, title }) => ({
            id: `vakgroep/${name}`,
            title,
            path: `/vakgroep/${name}/`,
            vakgroep: name,
        })),
    levels: {
        region: ["month", "quarter", "year"],
        area: ["quarter", "year"],
        hagro: ["quarter", "year"],
    },
    seesIndicator: ({ vakgroep }, indicator) =>
        indicator.vakgroep === vakgroep || (indicator.klasse === "populatie" && !indicator.vakgroep),
    peers: { periods: { quarter: Number.POSITIVE_INFINITY, year: Number.POSITIVE_INFINITY } },
    readers: "lezers",
    goals: "vakgroep",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
