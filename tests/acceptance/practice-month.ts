import { addDays, type Day } from "./calendar.ts";
import type { CurrentDeliveries } from "./current-deliveries.ts";
import type { Counted, Definition, Source } from "./definition.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";

/** Whether a practice has a value for a month, and what it counted: one entry per area, stratum and group. */
export interface PracticeMonth {
    agb: string;
    state: "counted" | "not_delivered" | "not_applicable" | "either" | "no member";
    delivered: boolean;
    entries: Counted[];
}

export function isMember(practice: CurrentDeliveries["register"]["rows"]["practices"][number], day: Day): boolean {
    return practice.toegetreden <= day && (practice.vertrokken === null || practice.vertrokken > day);
}

function sourceOf(current: CurrentDeliveries, source: Source, agb: string): { peildatum: Day; since: Day } | undefined {
    if (source === "bureau") {
        return current.register;
    }
    return source === "his" ? current.his.get(agb) : current.vip.get(agb);
}

/** Entries that differ in nothing but their numbers, added up. */
function addedUp(entries: readonly Counted[]): Counted[] {
    const sums = new Map<string, Counted>();
    for (const entry of entries) {
        const key = `${entry.area}/${entry.stratum ?? ""}/${entry.group ?? ""}`;
        const sum = sums.get(key);
        if (sum === undefined) {
            sums.set(key, { ...entry });
        } else {
            sum.numerator += entry.numerator;
            sum.denominator += entry.denominator;
        }
    }
    return [...sums.values()];
}

export function practiceMonth(current: CurrentDeliveries, definition: Definition, at: PracticeAtMonth): PracticeMonth {
    const membership = current.register.rows.practices.find((practice) => practice.agb === at.agb);
    const nothing = { agb: at.agb, delivered: false, entries: [] };
    if (membership === undefined || !isMember(membership, at.end)) {
        return { ...nothing, state: "no member" };
    }
    const start = definition.window === 0 ? at.end : at.windowStart(definition.window);
    const sources = definition.sources.map((kind) => ({
        source: sourceOf(current, kind, at.agb),
        until: kind === "viplive" && definition.waits !== undefined ? addDays(at.end, definition.waits) : at.end,
    }));
    const short = sources.some(({ source }) => source !== undefined && start < source.since);
    if (sources.some(({ source, until }) => source === undefined || source.peildatum < until)) {
        // One source too late and another too short: which of the two words wins is not written down.
        return { ...nothing, state: short ? "either" : "not_delivered" };
    }
    if (short) {
        return { ...nothing, delivered: true, state: "not_applicable" };
    }
    const entries = definition.count(at);
    return entries === null
        ? { ...nothing, state: "not_delivered" }
        : { agb: at.agb, delivered: true, state: "counted", entries: addedUp(entries) };
}
