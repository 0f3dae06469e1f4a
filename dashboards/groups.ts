import type { Indicator } from "./data.ts";

/** Subjects under which a reader looks for an indicator, in reading order; the start of an id tells the subject. */
export const GROUPS = [
    { id: "diabetes", prefixes: ["dm"] },
    { id: "hartvaat", prefixes: ["hvz", "vrm"] },
    { id: "longen", prefixes: ["copd", "astma", "long"] },
    { id: "ouderen", prefixes: ["oud"] },
    { id: "leefstijl", prefixes: ["gli", "wor", "oco", "jeugd", "ggz", "leefstijlcoaches"] },
    {
        id: "digitaal",
        prefixes: ["meedenkconsulten", "consultaties", "consultatie", "portaal", "telemonitoring", "viplive"],
    },
    { id: "mtvp", prefixes: ["mtvp"] },
    { id: "praktijk", prefixes: ["prk", "personeel"] },
    {
        id: "regio",
        prefixes: ["scholingen", "scholing", "rcp", "patz", "digivitaler", "casuistiektafels", "huisartsen"],
    },
    { id: "populatie", prefixes: ["pop"] },
] as const;

export type GroupId = (typeof GROUPS)[number]["id"] | "overig";

const bySubject = new Map<string, GroupId>(
    GROUPS.flatMap(({ id, prefixes }) => prefixes.map((prefix) => [prefix, id])),
);

/** The subject of an indicator; what no list names is 'overig'. */
export function groupOf(indicator: Indicator): GroupId {
    return bySubject.get(indicator.id.split("_", 1)[0] ?? "") ?? "overig";
}

/** Indicators by subject, in reading order, empty subjects left out; within a subject in the catalogue's order. */
export function grouped(indicators: Indicator[]): { id: GroupId; indicators: Indicator[] }[] {
    const found = new Map<GroupId, Indicator[]>();
    for (const indicator of indicators) {
        const id = groupOf(indicator);
        const group = found.get(id);
        if (group) group.push(indicator);
        else found.set(id, [indicator]);
    }
    const order: GroupId[] = [...GROUPS.map((group) => group.id), "overig"];
    return order.flatMap((id) => {
        const group = found.get(id);
        return group ? [{ id, indicators: group }] : [];
    });
}
