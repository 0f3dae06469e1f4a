import type { AudienceDefinition } from "../publish/audience.ts";
import { pathNames } from "../publish/path-names.ts";
import { DEFAULT_THRESHOLDS } from "../publish/primary-suppression.ts";
import { advisers } from "../publish/register-facts.ts";
import praktijk from "./praktijk.ts";

/** Who holds the yearly talks: a list of the practices assigned, and each of them as it sees itself. */
export default {
    audiences: (catalogue) => {
        const all = advisers(catalogue);
        const paths = pathNames(all.map(({ name }) => name));
        return all.flatMap(({ name, practices }) => {
            const id = `adviseur/${paths.get(name)}`;
            const assigned = practices.map((practice) => practice.id);
            return [
                { id, title: `Adviseur ${name}`, path: `/${id}/`, adviser: name, assigned },
                ...practices.map((practice) => ({
                    id: `${id}/${practice.id}`,
                    title: practice.name || `Praktijk ${practice.id}`,
                    path: `/${id}/${practice.id}/`,
                    practice: practice.id,
                    adviser: name,
                    assigned,
                })),
            ];
        });
    },
    levels: praktijk.levels,
    // The list itself holds names only.
    seesGroup: (audience, catalogue, level, id) =>
        audience.practice !== undefined && praktijk.seesGroup(audience, catalogue, level, id),
    seesIndicator: () => true,
    own: praktijk.own,
    peers: praktijk.peers,
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
} satisfies AudienceDefinition;
