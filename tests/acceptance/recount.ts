import { addMonths, lastDay, type Month, monthsBetween } from "./calendar.ts";
import { type Cell, type Level, measured, type Result, VALUELESS } from "./cells.ts";
import { type CurrentDeliveries, currentAreas, currentDeliveries } from "./current-deliveries.ts";
import type { Definition } from "./definition.ts";
import { DEFINITIONS } from "./definitions.ts";
import { PracticeAtMonth } from "./practice-at-month.ts";
import { type PracticeMonth, practiceMonth } from "./practice-month.ts";
import type { Region } from "./region.ts";
import { regionCells } from "./region-cells.ts";
import { rowsByPatient } from "./rows-by-patient.ts";
import { type Reference, referenceOf, standardOf } from "./standardised.ts";

interface Place {
    level: Level;
    id: string;
    /** Whose counts are added up, and of them only what is of this area. */
    holds: (agb: string) => boolean;
    area: string | null;
}

/** Every practice, hagro, organisation and area, and the region, as the newest register has them. */
function places(current: CurrentDeliveries, isOwnArea: boolean): Place[] {
    const { practices } = current.register.rows;
    const by = (level: Level, key: (practice: (typeof practices)[number]) => string): Place[] =>
        [...new Set(practices.map(key))]
            .filter((id) => id !== "")
            .map((id) => ({
                level,
                id,
                holds: (agb) => practices.some((practice) => practice.agb === agb && key(practice) === id),
                area: null,
            }));
    const areas = [...currentAreas(current), ...(isOwnArea ? [] : ["elders"])];
    return [
        ...by("practice", (practice) => practice.agb),
        ...by("hagro", (practice) => practice.hagro),
        ...by("organisation", (practice) => practice.organisatie),
        { level: "region", id: "regio", holds: () => true, area: null },
        ...areas.map((area): Place => {
            const inArea = (agb: string): boolean =>
                practices.some((practice) => practice.agb === agb && practice.gebied === area);
            return { level: "area", id: area, holds: isOwnArea ? inArea : () => true, area };
        }),
    ];
}

function isOwnArea(indicator: string): boolean {
    return (
        /^(prk|telemonitoring)_/.test(indicator) ||
        ["personeel", "portaal_gebruik", "viplive_gebruikers", "mtvp_patienten_per_fte"].includes(indicator)
    );
}

/** Null where it is not written down what should be said. */
function summed(
    definition: Definition,
    practices: readonly PracticeMonth[],
    stratum: string | null,
    area: string | null,
    reference: Reference | null,
): Result | null {
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
    const sum = (some: typeof entries, field: "numerator" | "denominator"): number =>
        some.reduce((total, entry) => total + entry[field], 0);
    const numerator = sum(
        entries.filter((entry) => entry.stratum === stratum),
        "numerator",
    );
    const denominator = sum(
        entries.filter((entry) => entry.stratum === null),
        "denominator",
    );
    return {
        ...measured(definition.measure, numerator, denominator),
        ...howMany,
        counted: numerator,
        ...(reference === null ? {} : { standard: standardOf(entries, reference) }),
    };
}

/** Whether prk_zorgstraten also waits for the register is not written down: not compared where that matters. */
function unsettled(indicator: string, month: Month, current: CurrentDeliveries): boolean {
    return indicator === "prk_zorgstraten" && current.register.peildatum < lastDay(month);
}

/** A stratum is shown once it has occurred, also when that was before the first month that is asked for. */
const MONTHS_BEFORE = 36;

/** Every cell of every month, counted one by one from the rows as they were meant. */
export function recount(region: Region): Cell[] {
    const current = currentDeliveries(region);
    const piles = current.register.rows.practices.map(({ agb }) => [agb, rowsByPatient(current, agb)] as const);
    const cells: Cell[] = [];
    const strata = new Map<string, Set<string>>();
    for (const month of monthsBetween(addMonths(region.from, -MONTHS_BEFORE), region.to)) {
        const asked = month >= region.from;
        const practices = piles.map(([agb, rows]) => new PracticeAtMonth(agb, month, current, rows));
        for (const [indicator, definition] of Object.entries(DEFINITIONS)) {
            if (!asked && definition.stratified !== true) {
                continue;
            }
            const months = practices.map((at) => practiceMonth(current, definition, at));
            const entries = months.flatMap((one) => one.entries);
            const seen = strata.get(indicator) ?? new Set<string>();
            strata.set(indicator, seen);
            for (const { stratum } of entries) {
                if (stratum !== null) {
                    seen.add(stratum);
                }
            }
            if (!asked || unsettled(indicator, month, current)) {
                continue;
            }
            const reference = referenceOf(entries);
            for (const stratum of [null, ...seen]) {
                for (const { level, id, holds, area } of places(current, isOwnArea(indicator))) {
                    const own = months.filter(({ agb }) => holds(agb));
                    const result = summed(definition, own, stratum, area, reference);
                    if (result !== null) {
                        cells.push({ indicator, stratum, level, id, period: month, ...result });
                    }
                }
            }
        }
        cells.push(...(asked ? regionCells(current, month) : []));
    }
    return cells;
}
