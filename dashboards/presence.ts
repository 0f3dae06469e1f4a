import { type Cells, hasValue } from "./cells.ts";
import type { Bundle } from "./data.ts";
import { lastDay } from "./period.ts";

/** Whether a practice took part in the newest quarter, and if not, why; from its own register entry and deliveries. */
export type Presence =
    | { kind: "present" }
    | { kind: "left"; on: string }
    | { kind: "new"; since: string }
    | { kind: "missing"; sources: MissingSource[] };

/** A kind of source that does not reach the end of the quarter: how far it does, and how far what a check holds would. */
export interface MissingSource {
    source: string;
    peildatum: string | null;
    held: string | null;
}

const SOURCES = ["HIS", "VIPLive"];

export interface Attendance {
    presence: Presence;
    /** The newest quarter with a figure of its own; the newest of all where there is none. */
    period: string | null;
}

/** Why a page would be empty is said first, because a missing figure is no zero. */
export function attendanceOf(bundle: Bundle, cells: Cells, agb: string): Attendance {
    const newest = cells.latest("quarter");
    if (newest === null) return { presence: { kind: "present" }, period: null };
    const states = bundle.catalogue.indicators.map((indicator) => ({
        needs: indicator.bronnen,
        series: cells.series({ indicator: indicator.id, level: "practice", id: agb }, "quarter"),
    }));
    const withValue = states.flatMap(({ needs, series }) =>
        needs.some((source) => SOURCES.includes(source)) || needs.length === 0
            ? (series.findLast(hasValue)?.period ?? [])
            : [],
    );
    const last = withValue.sort().at(-1) ?? newest;
    const day = lastDay(newest);
    const entry = bundle.catalogue.practices.find(({ id }) => id === agb);
    if (entry?.left && entry.left <= day) return { presence: { kind: "left", on: entry.left }, period: last };
    if (entry?.joined && entry.joined > day) return { presence: { kind: "new", since: entry.joined }, period: last };
    const absent = states.filter(
        ({ series }) => series.at(-1)?.period === newest && series.at(-1)?.state === "not_delivered",
    );
    const sources = SOURCES.filter((source) => absent.some(({ needs }) => needs.includes(source))).flatMap((source) => {
        const reached = bundle.catalogue.coverage.find((one) => one.practice === agb && one.source === source);
        const peildatum = reached?.peildatum ?? null;
        const held = bundle.held.find((one) => one.practice === agb && one.source === source)?.peildatum ?? null;
        return peildatum !== null && peildatum >= day ? [] : [{ source, peildatum, held }];
    });
    return sources.length > 0
        ? { presence: { kind: "missing", sources }, period: last }
        : { presence: { kind: "present" }, period: newest };
}
