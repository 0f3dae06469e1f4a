import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** Everybody: the definitions, without a single figure. */
export default {
    audiences: () => [{ id: "openbaar", title: "Definities", path: "/" }],
    levels: {},
    seesIndicator: () => true,
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
