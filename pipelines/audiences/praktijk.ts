import type { AudienceDefinition } from "../publish/audience.ts";
import { practicesWithPage } from "../publish/catalogue.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** One practice: its own figures as they are, the groups around it, and its peers without a name. */
export default {
    audiences: (catalogue) =>
        practicesWithPage(catalogue).map(({ id, name }) => ({
            id: `praktijk/${id}`,
            title: name || `Praktijk ${id}`,
            path: `/p/${id}/`,
            practice: id,
        })),
    levels: {
        region: ["quarter", "year"],
        area: ["quarter", "year"],
        hagro: ["quarter", "year"],
    },
    // Of the hagros only its own: the mirror compares with nobody else's.
    seesGroup: ({ practice }, catalogue, level, id) =>
        level !== "hagro" || catalogue.practices.some((entry) => entry.id === practice && entry.hagro === id),
    seesIndicator: () => true,
    own: ["quarter", "year"],
    // Enough for a strip now and for the "two consecutive quarters" of a highlight.
    peers: { periods: { quarter: 2, year: 1 } },
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
