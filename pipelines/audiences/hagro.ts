import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";
import { hagroMembers } from "../publish/register-facts.ts";

/** The practices of one hagro, discussing together: what a vakgroep sees, and each of themselves in whole percents. */
export default {
    audiences: (catalogue) =>
        catalogue.hagros
            .filter(({ id }) => hagroMembers(catalogue, id).length > 0)
            .map(({ id, name }) => ({ id: `hagro/${id}`, title: name, path: `/hagro/${id}/`, hagro: id })),
    levels: {
        region: ["quarter", "year"],
        area: ["quarter", "year"],
        hagro: ["quarter", "year"],
    },
    seesIndicator: () => true,
    peers: { periods: { quarter: 2, year: 1 } },
    members: true,
    readers: "praktijken",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
