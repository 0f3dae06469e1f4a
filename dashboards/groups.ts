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

/** The subject of an indicator; what no list names is 'overig'. */
export function groupOf(indicator: Indicator): GroupId {
    const start = indicator.id.split("_")[0] ?? "";
    const found = GROUPS.find((group) => (group.prefixes as readonly string[]).includes(start));
    return found?.id ?? "overig";
}

/** Indicators by subject, in reading order, empty subjects left out; within a subject in the catalogue's order. */
export function grouped(indicators: Indicator[]): { id: GroupId; indicators: Indicator[] }[] {
    const order: GroupId[] = [...GROUPS.map((group) => group.id), "overig"];
    return order
        .map((id) => ({ id, indicators: indicators.filter((indicator) => groupOf(indicator) === id) }))
        .filter((group) => group.indicators.length > 0);
}
