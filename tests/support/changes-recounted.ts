import { type Month, monthsBetween, yearOf } from "../acceptance/calendar.ts";
import { type CurrentDeliveries, currentDeliveries } from "../acceptance/current-deliveries.ts";
import { DEFINITIONS } from "../acceptance/definitions.ts";
import { PracticeAtMonth } from "../acceptance/practice-at-month.ts";
import { practiceMonth } from "../acceptance/practice-month.ts";
import type { Region } from "../acceptance/region.ts";
import { rowsByPatient } from "../acceptance/rows-by-patient.ts";
import type { Count, HandSpan, Scene } from "./changes-by-hand.ts";

/**
 * What `changes-by-hand.ts` needs, recounted from the rows of two sets of deliveries by the outsider's definitions: nothing here
 * reads a lake or a query.
 */

/** A region as published, the same region with later deliveries, and the pairs of periods to compare. */
export function sceneOf(before: Region, now: Region, pairs: readonly string[], indicators: readonly string[]): Scene {
    const then = currentDeliveries(before);
    const later = currentDeliveries(now);
    const spans = pairs.map(spanOf);
    const known = indicators.filter((id) => DEFINITIONS[id] !== undefined);
    const flows = new Set(known.filter((id) => DEFINITIONS[id]?.span === "sum"));
    const monthsOf = (which: 0 | 1): Month[] => [
        ...new Set(spans.flatMap(({ months }) => months.map((pair) => pair[which]))),
    ];
    const moved = spans.filter(({ from, to }) => from !== to);
    const counterfactuals = moved.map((span) => {
        const perSoort = [false, true].map((flow) => {
            const months = span.months.filter((_, at) => flow || at === span.months.length - 1);
            const some = known.filter((id) => flows.has(id) === flow);
            const stay = withoutMovers(later, months.flat());
            const years = yearOf(span.to.slice(0, 4)) - yearOf(span.from.slice(0, 4));
            const tag = { span: span.span };
            return {
                staying: countsOf(stay, some, months.flat(), tag, later),
                unaged: countsOf(
                    bornLater(stay, years),
                    some,
                    months.map(([, to]) => to),
                    tag,
                    later,
                ),
            };
        });
        return {
            staying: perSoort.flatMap(({ staying }) => staying),
            unaged: perSoort.flatMap(({ unaged }) => unaged),
        };
    });
    const kept = countsOf(later, known, [...new Set([...monthsOf(0), ...monthsOf(1)])]);
    return {
        indicators: known.map((id) => ({
            id,
            flow: flows.has(id),
            his: DEFINITIONS[id]?.sources.includes("his") === true,
        })),
        spans,
        areas: [...later.register.rows.areas.filter((area) => area.tot === null).map((area) => area.gebied), "elders"],
        old: countsOf(then, known, monthsOf(0)),
        kept,
        fresh: kept,
        staying: counterfactuals.flatMap(({ staying }) => staying),
        unaged: counterfactuals.flatMap(({ unaged }) => unaged),
        relaid: relaid(before, now, then, later),
        isRerun: true,
        oldGroups: hagros(then),
        newGroups: hagros(later),
    };
}

function spanOf(pair: string): HandSpan {
    const [from = "", to = ""] = pair.split(">");
    const before = monthsIn(from);
    const after = monthsIn(to);
    return { span: pair, from, to, months: before.map((month, at) => [month, after[at] ?? month]) };
}

function monthsIn(period: string): Month[] {
    const [year = "", quarter] = period.split("-Q");
    if (!quarter) return monthsBetween(`${year}-01`, `${year}-12`);
    const last = Number(quarter) * 3;
    const two = (month: number): string => String(month).padStart(2, "0");
    return monthsBetween(`${year}-${two(last - 2)}`, `${year}-${two(last)}`);
}

/** Counts of every practice of the register; whether it counts is decided on the whole deliveries. */
function countsOf(
    current: CurrentDeliveries,
    indicators: readonly string[],
    months: readonly Month[],
    tag: { span?: string } = {},
    whole: CurrentDeliveries = current,
): Count[] {
    return whole.register.rows.practices.flatMap(({ agb }) => {
        const rows = rowsByPatient(current, agb);
        return [...new Set(months)].flatMap((month) => {
            const at = new PracticeAtMonth(agb, month, current, rows);
            return indicators.flatMap((indicator): Count[] => {
                const definition = DEFINITIONS[indicator];
                if (!definition) return [];
                const { state, entries } = practiceMonth(current, definition, at);
                const included = state === "counted";
                const key = { indicator, practice: agb, month, included, ...tag };
                const wholes = entries.filter((entry) => entry.stratum === null);
                // a practice that counts without anything to count is a zero somewhere
                return [{ area: at.ownArea, stratum: null, numerator: 0, denominator: 0 }, ...wholes].map(
                    ({ area, numerator, denominator }) => ({ ...key, area, numerator, denominator }),
                );
            });
        });
    });
}

/** The same deliveries without the patients who were registered on some and not on all of the last days of these months. */
function withoutMovers(current: CurrentDeliveries, months: readonly Month[]): CurrentDeliveries {
    const days = [...new Set(months)];
    const his = new Map(
        [...current.his].map(([agb, delivered]) => {
            const present = new Map<string, number>();
            const rows = rowsByPatient(current, agb);
            for (const month of days)
                for (const { patientnr } of new PracticeAtMonth(agb, month, current, rows).registered)
                    present.set(patientnr, (present.get(patientnr) ?? 0) + 1);
            const moves = ({ patientnr }: { patientnr: string }): boolean => {
                const many = present.get(patientnr) ?? 0;
                return many > 0 && many < days.length;
            };
            const patients = delivered.rows.patients.filter((patient) => !moves(patient));
            return [agb, { ...delivered, rows: { ...delivered.rows, patients } }] as const;
        }),
    );
    return { ...current, his };
}

function bornLater(current: CurrentDeliveries, years: number): CurrentDeliveries {
    const his = new Map(
        [...current.his].map(([agb, delivered]) => {
            const patients = delivered.rows.patients.map((patient) => ({
                ...patient,
                geboortejaar: patient.geboortejaar + years,
            }));
            return [agb, { ...delivered, rows: { ...delivered.rows, patients } }] as const;
        }),
    );
    return { ...current, his };
}

function relaid(before: Region, now: Region, then: CurrentDeliveries, later: CurrentDeliveries): string[] {
    const layout = (region: Region, current: CurrentDeliveries, agb: string): string | undefined => {
        const { peildatum, volgnr } = current.his.get(agb) ?? {};
        return region.deliveries.find(
            (one) =>
                one.kind === "his" && one.practices.has(agb) && one.peildatum === peildatum && one.volgnr === volgnr,
        )?.layout;
    };
    return [...later.his.keys()].filter((agb) => {
        const old = layout(before, then, agb);
        return old !== undefined && old !== layout(now, later, agb);
    });
}

function hagros({ register }: CurrentDeliveries): Record<string, string> {
    return Object.fromEntries(register.rows.practices.map(({ agb, hagro }) => [agb, hagro]));
}
