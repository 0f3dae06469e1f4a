import type { Cells } from "./cells.ts";
import type { Bundle } from "./data.ts";
import { type Decision, decideHighlights, VERDICTS, type Verdict } from "./highlights.ts";
import { attendanceOf, type Presence } from "./presence.ts";

/** What stands out at a practice that an adviser talks with: the very decision that its mirror is made from. */
export interface Standing {
    id: string;
    name: string;
    area: string | null;
    presence: Presence;
    decision: Decision;
    /** What the mirror brings forward, by title, the unfavourable first; verdicts without any are left out. */
    told: { verdict: Verdict; titles: string[] }[];
}

function titlesByVerdict({ highlights }: Decision): Standing["told"] {
    return VERDICTS.map((verdict) => ({
        verdict,
        titles: highlights.flatMap((one) => (one.verdict === verdict ? one.indicator.titel : [])),
    })).filter(({ titles }) => titles.length > 0);
}

/** The practices of an adviser's list, in the order of the register: no ranking. */
export function standingsOf(bundle: Bundle, cells: Cells): Standing[] {
    return bundle.catalogue.practices.map(({ id, name, area }) => {
        const { positions = [], curves = [] } = bundle.assigned.find(({ practice }) => practice === id) ?? {};
        const asItSees = { ...bundle, comparisons: { ...bundle.comparisons, positions, curves } };
        const decision = decideHighlights(asItSees, cells, id);
        return {
            id,
            name: name ?? id,
            area,
            presence: attendanceOf(bundle, cells, id).presence,
            decision,
            told: titlesByVerdict(decision),
        };
    });
}
