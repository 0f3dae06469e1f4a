import type { AudienceDefinition } from "../publish/audience.ts";
import { pathNames } from "../publish/path-names.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";
import { hagroMembers } from "../publish/register-facts.ts";

/** The practices of one hagro, discussing together: what a vakgroep sees, and each of themselves in whole percents. */
export default {
    audiences: (catalogue) => {
        const paths = pathNames(catalogue.hagros.map(({ id }) => id));
        return catalogue.hagros
            .filter(({ id }) => hagroMembers(catalogue, id).length > 0)
            .map(({ id, name }) => {
                const path = `hagro/${paths.get(id)}`;
                return { id: path, title: name, path: `/${path}/`, hagro: id };
            });
    },
    levels: {
        region: ["quarter", "year"],
        area: ["quarter", "year"],
        hagro: ["quarter", "year"],
    },
    seesIndicator: () => true,
    peers: { periods: { quarter: 2, year: 1 } },
    members: true,
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
