import type { Cells } from "./cells.ts";
import type { Bundle } from "./data.ts";
import { type Decision, decideHighlights } from "./highlights.ts";
import { attendanceOf, type Presence } from "./presence.ts";

/** What stands out at a practice that an adviser talks with: the very decision that its mirror is made from. */
export interface Standing {
    id: string;
    name: string;
    area: string | null;
    presence: Presence;
    decision: Decision;
}

/** The practices of an adviser's list, in the order of the register: no ranking. */
export function standingsOf(bundle: Bundle, cells: Cells): Standing[] {
    return bundle.catalogue.practices.map(({ id, name, area }) => {
        const { positions = [], curves = [] } = bundle.assigned.find(({ practice }) => practice === id) ?? {};
        const asItSees = { ...bundle, comparisons: { ...bundle.comparisons, positions, curves } };
        return {
            id,
            name: name ?? id,
            area,
            presence: attendanceOf(bundle, cells, id).presence,
            decision: decideHighlights(asItSees, cells, id),
        };
    });
}
