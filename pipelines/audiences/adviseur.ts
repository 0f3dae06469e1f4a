import type { AudienceDefinition } from "../publish/audience.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";
import { advisers } from "../publish/register-facts.ts";
import praktijk from "./praktijk.ts";

/** Who holds the yearly talks: a list of the practices assigned, and each of them as it sees itself. */
export default {
    audiences: (catalogue) =>
        advisers(catalogue).flatMap(({ name, practices }) => [
            {
                id: `adviseur/${name}`,
                title: `Adviseur ${name}`,
                path: `/adviseur/${name}/`,
                adviser: name,
                assigned: practices.map(({ id }) => id),
            },
            ...practices.map((practice) => ({
                id: `adviseur/${name}/${practice.id}`,
                title: practice.name || `Praktijk ${practice.id}`,
                path: `/adviseur/${name}/${practice.id}/`,
                practice: practice.id,
                adviser: name,
                assigned: practices.map(({ id }) => id),
            })),
        ]),
    levels: praktijk.levels,
    // The list itself holds names only.
    seesGroup: (audience, catalogue, level, id) =>
        audience.practice !== undefined && praktijk.seesGroup(audience, catalogue, level, id),
    seesIndicator: () => true,
    own: praktijk.own,
    peers: praktijk.peers,
    readers: "praktijken",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
