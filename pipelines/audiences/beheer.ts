import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** The operator: deliveries, quality and what was suppressed; figures come from `regiospiegel values`. */
export default {
    audiences: () => [{ id: "beheer", title: "Beheer", path: "/beheer/" }],
    levels: {},
    seesIndicator: () => true,
    readers: "beheerder",
    goals: "none",
    operator: true,
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
