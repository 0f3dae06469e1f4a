import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** The regional coalition, insurer included: groups only, never a practice. */
export default {
    audiences: () => [{ id: "coalitie", title: "Regionale zorgcoalitie", path: "/coalitie/" }],
    levels: {
        region: ["month", "quarter", "year"],
        area: ["quarter", "year"],
        organisation: ["quarter", "year"],
    },
    seesIndicator: () => true,
    readers: "lezers",
    goals: "all",
    reconciliation: true,
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
