import type { AudienceDefinition } from "../audience.ts";
import { DEFAULT_THRESHOLDS } from "../primary-suppression.ts";

/** Everybody: the definitions, without a single figure. */
export default {
    audiences: () => [{ id: "openbaar", title: "Definities", path: "/" }],
    levels: {},
    seesIndicator: () => true,
    readers: "buitenstaanders",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
