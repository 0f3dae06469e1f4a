import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";

/** One municipality: the region and its own area, never a practice. */
export default {
    audiences: ({ areas }) =>
        areas
            .filter(({ id }) => id !== "elders")
            .map(({ id, name }) => ({ id: `gemeente/${id}`, title: name, path: `/gemeente/${id}/`, area: id })),
    levels: { region: ["quarter", "year"], area: ["quarter", "year"] },
    seesGroup: ({ area }, _catalogue, level, id) => level !== "area" || id === area,
    seesIndicator: () => true,
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
