import { addMonths, lastDay, type Month, monthsBetween, yearOf } from "./calendar.ts";
import { type CurrentDeliveries, currentDeliveries } from "./current-deliveries.ts";
import type { Counted, Definition, Source } from "./definition.ts";
import { DEFINITIONS, REGION_DEFINITIONS } from "./definitions.ts";
import { poisson, wilson } from "./limits.ts";
import { PracticeAtMonth } from "./practice-at-month.ts";
import type { Region } from "./region.ts";

export type Level = "practice" | "hagro" | "area" | "organisation" | "region";
export type State = "value" | "zero" | "not_delivered" | "not_applicable";

/** What `values` must say of one indicator, stratum, level, id and period. */
export interface Cell {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    state: State;
    /** Null where the definitions leave open whom to count. */
    delivered: number | null;
    /** How many of those that delivered have enough history for the window, and so are in the sum. */
    summed?: number;
    members: number | null;
}

export interface PracticeMonth {
    agb: string;
    state: "counted" | "not_delivered" | "not_applicable" | "either" | "no member";
    delivered: boolean;
    entries: Counted[];
}

const VALUELESS = { numerator: null, denominator: null, value: null, low: null, high: null };

/** A count with its value, its limits and its state. */
export function measured(
    measure: Definition["measure"],
    numerator: number,
    denominator: number,
): Pick<Cell, "numerator" | "denominator" | "value" | "low" | "high" | "state"> {
    if (measure === "los aantal") {
        const state = numerator === 0 ? "zero" : "value";
        return { numerator, denominator: null, value: numerator, low: null, high: null, state };
    }
    if (denominator === 0) {
        return { ...VALUELESS, state: "not_applicable" };
    }
    const state = numerator === 0 ? "zero" : "value";
    if (measure === "aandeel") {
        const [low, high] = wilson(numerator, denominator);
        return { numerator, denominator, value: numerator / denominator, low, high, state };
    }
    const [low, high] = poisson(numerator).map((limit) => (limit * 1000) / denominator);
    return {
        numerator,
        denominator,
        value: (numerator * 1000) / denominator,
        low: low ?? null,
        high: high ?? null,
        state,
    };
}

function isMember(practice: CurrentDeliveries["register"]["rows"]["practices"][number], day: string): boolean {
    return practice.toegetreden <= day && (practice.vertrokken === null || practice.vertrokken > day);
}

function sourceOf(
    current: CurrentDeliveries,
    source: Source,
    agb: string,
): { peildatum: string; since: string } | undefined {
    if (source === "bureau") {
        return current.register;
    }
    return source === "his" ? current.his.get(agb) : current.vip.get(agb);
}

/** What one practice has of an indicator in one month, and whether it counts. */
export function practiceMonth(current: CurrentDeliveries, definition: Definition, at: PracticeAtMonth): PracticeMonth {
    const membership = current.register.rows.practices.find((practice) => practice.agb === at.agb);
    const nothing = { agb: at.agb, delivered: false, entries: [] };
    if (membership === undefined || !isMember(membership, at.end)) {
        return { ...nothing, state: "no member" };
    }
    const sources = definition.sources.map((source) => sourceOf(current, source, at.agb));
    const start = definition.window === 0 ? at.end : at.windowStart(definition.window);
    const short = sources.some((source) => source !== undefined && start < source.since);
    if (sources.some((source) => source === undefined || source.peildatum < at.end)) {
        // One source too late and another too short: which of the two words wins is not written down.
        return { ...nothing, state: short ? "either" : "not_delivered" };
    }
    if (short) {
        return { ...nothing, delivered: true, state: "not_applicable" };
    }
    const entries = definition.count(at);
    return entries === null
        ? { ...nothing, state: "not_delivered" }
        : { agb: at.agb, delivered: true, state: "counted", entries };
}

function groups(current: CurrentDeliveries): { level: Level; id: string; holds: (agb: string) => boolean }[] {
    const { practices } = current.register.rows;
    const by = (level: Level, key: (practice: (typeof practices)[number]) => string) =>
        [...new Set(practices.map(key))]
            .filter((id) => id !== "")
            .map((id) => ({
                level,
                id,
                holds: (agb: string) => practices.some((practice) => practice.agb === agb && key(practice) === id),
            }));
    return [
        ...by("practice", (practice) => practice.agb),
        ...by("hagro", (practice) => practice.hagro),
        ...by("organisation", (practice) => practice.organisatie),
        { level: "region", id: "regio", holds: () => true },
    ];
}

function summed(
    definition: Definition,
    practices: readonly PracticeMonth[],
    stratum: string | null,
    area: string | null,
): Omit<Cell, "indicator" | "stratum" | "level" | "id" | "period"> | null {
    const members = practices.filter((practice) => practice.state !== "no member");
    const delivered = members.filter((practice) => practice.delivered);
    const counted = members.filter((practice) => practice.state === "counted");
    const howMany = { delivered: delivered.length, summed: counted.length, members: members.length };
    if (members.length === 0) {
        return { ...VALUELESS, ...howMany, state: "not_applicable" };
    }
    if (counted.length === 0) {
        const states = new Set(members.map((practice) => practice.state));
        // Some without history and some not delivered: which of the two words wins is not written down.
        if (states.size > 1 || states.has("either")) {
            return null;
        }
        return { ...VALUELESS, ...howMany, state: states.has("not_delivered") ? "not_delivered" : "not_applicable" };
    }
    const entries = counted
        .flatMap((practice) => practice.entries)
        .filter((entry) => area === null || entry.area === area);
    const numerator = entries
        .filter((entry) => entry.stratum === stratum)
        .reduce((sum, entry) => sum + entry.numerator, 0);
    const denominator = entries
        .filter((entry) => entry.stratum === null)
        .reduce((sum, entry) => sum + entry.denominator, 0);
    return { ...measured(definition.measure, numerator, denominator), ...howMany };
}

function currentAreas(current: CurrentDeliveries): string[] {
    return current.register.rows.areas.filter((area) => area.tot === null).map((area) => area.gebied);
}

function regionCells(current: CurrentDeliveries, month: Month): Cell[] {
    const cells: Cell[] = [];
    const end = lastDay(month);
    const { rows, peildatum } = current.register;
    for (const [indicator, { feit, latest, byCode }] of Object.entries(REGION_DEFINITIONS)) {
        const facts = [...new Map(rows.regionFacts.map((row) => [JSON.stringify(row), row])).values()].filter(
            (row) => row.feit === feit && row.datum <= end,
        );
        const amount = (gebied: string, stratum: string | null): number => {
            const own = facts.filter((row) => row.gebied === gebied && (stratum === null || row.code === stratum));
            const newest = own
                .map((row) => row.datum)
                .sort()
                .at(-1);
            return own
                .filter((row) => (latest ? row.datum === newest : row.datum.startsWith(month)))
                .reduce((sum, row) => sum + row.aantal, 0);
        };
        const areas = currentAreas(current);
        for (const stratum of [null, ...(byCode ? [...new Set(facts.map((row) => row.code))] : [])]) {
            const push = (level: Level, id: string, count: number): void => {
                const result =
                    peildatum < end
                        ? { ...VALUELESS, state: "not_delivered" as const }
                        : measured("los aantal", count, 0);
                cells.push({ indicator, stratum, level, id, period: month, ...result, delivered: null, members: null });
            };
            for (const area of areas) {
                push("area", area, amount(area, stratum));
            }
            push(
                "region",
                "regio",
                [...areas, "regio"].reduce((sum, gebied) => sum + amount(gebied, stratum), 0),
            );
        }
    }
    return cells;
}

function isOwnArea(indicator: string): boolean {
    return /^(prk|telemonitoring)_/.test(indicator) || indicator === "personeel" || indicator === "portaal_gebruik";
}

/** Whether prk_zorgstraten also waits for the register is not written down: not compared where that matters. */
function unsettled(indicator: string, month: Month, current: CurrentDeliveries): boolean {
    return indicator === "prk_zorgstraten" && current.register.peildatum < lastDay(month);
}

/** Every cell of every month, counted one by one from the rows as they were meant. */
export function recount(region: Region): Cell[] {
    const current = currentDeliveries(region);
    const codes = current.register.rows.practices.map((practice) => practice.agb);
    const cells: Cell[] = [];
    const strata = new Map<string, Set<string>>();
    // A stratum is shown once it has occurred, also when that was before the first month that is asked for.
    for (const month of monthsBetween(addMonths(region.from, -36), region.to)) {
        const practices = codes.map((agb) => new PracticeAtMonth(agb, month, current));
        for (const [indicator, definition] of Object.entries(DEFINITIONS)) {
            const months = practices.map((at) => practiceMonth(current, definition, at));
            const seen = strata.get(indicator) ?? new Set<string>();
            strata.set(indicator, seen);
            for (const entry of months.flatMap((one) => one.entries)) {
                if (entry.stratum !== null) {
                    seen.add(entry.stratum);
                }
            }
            for (const stratum of month < region.from || unsettled(indicator, month, current) ? [] : [null, ...seen]) {
                const push = (level: Level, id: string, some: PracticeMonth[], area: string | null): void => {
                    const result = summed(definition, some, stratum, area);
                    if (result !== null) {
                        cells.push({ indicator, stratum, level, id, period: month, ...result });
                    }
                };
                for (const { level, id, holds } of groups(current)) {
                    push(
                        level,
                        id,
                        months.filter(({ agb }) => holds(agb)),
                        null,
                    );
                }
                for (const area of [...currentAreas(current), ...(isOwnArea(indicator) ? [] : ["elders"])]) {
                    const own = (agb: string): boolean => practices.some((at) => at.agb === agb && at.ownArea === area);
                    push("area", area, isOwnArea(indicator) ? months.filter(({ agb }) => own(agb)) : months, area);
                }
            }
        }
        cells.push(...(month < region.from ? [] : regionCells(current, month)));
    }
    return cells;
}

/** The calendar years of which every month was computed. */
export function wholeYears(region: Region): number[] {
    const months = new Set(monthsBetween(region.from, region.to));
    return [...new Set([...months].map(yearOf))].filter((year) => months.has(`${year}-01`) && months.has(`${year}-12`));
}
