import { CAUSES, type CauseClass, CLASS_OF, isMoved, type ShownChange } from "../changes.ts";
import { causeBars } from "../charts/causes.ts";
import type { Indicator } from "../data.ts";
import { grouped } from "../groups.ts";
import { type Html, html } from "../html.ts";
import { percent, whole } from "../notation.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { table } from "./table.ts";

/** A change with the indicator that it is of. */
export interface ChangeOf {
    indicator: Indicator;
    change: ShownChange;
}

export function withIndicators(view: View, changes: ShownChange[]): ChangeOf[] {
    return changes.flatMap((change) => {
        const indicator = view.cells.indicator(change.indicator);
        return indicator ? [{ indicator, change }] : [];
    });
}

/** Tables of changes by subject; what did not change is counted, not listed. */
export function changeTables(view: View, rows: ChangeOf[], caption: string): Html {
    const moved = rows.filter(({ change }) => isMoved(change));
    const still = rows.length - moved.length;
    return html`${grouped([...new Set(moved.map(({ indicator }) => indicator))]).map(
        ({ id, indicators }) =>
            html`<h3>${say.groups[id]}</h3>${changeTable(
                view,
                moved.filter(({ indicator }) => indicators.includes(indicator)),
                `${say.groups[id]}: ${caption}`,
            )}`,
    )}${still > 0 ? html`<p class="noot">${say.changes.still(still)}</p>` : null}`;
}

/** `dated`: the rows are of several periods, so each says which. */
export function changeTable(view: View, rows: ChangeOf[], caption: string, dated = false): Html {
    return table({
        caption,
        quiet: true,
        narrow: "stack",
        kind: "veranderingen",
        columns: [
            { head: say.table.indicator },
            { head: say.changes.before, kind: "number", short: say.changes.before },
            { head: say.changes.after, kind: "number", short: say.changes.after },
            { head: say.changes.why, kind: "wide", short: say.changes.why },
        ],
        rows: rows.map(({ indicator, change }) => [
            html`${nameOf(view, indicator)}${dated ? html` <small>${placeOf(view, change)}, ${say.periodName(change.to)}</small>` : null}${alarm(change)}`,
            figure(indicator, change.before),
            figure(indicator, change.after),
            why(change),
        ]),
    });
}

/** Of whom a change is, as one word or name. */
export function placeOf(view: View, { level, id }: ShownChange): string {
    if (level === "practice") return say.changes.own.toLowerCase();
    if (level === "region") return say.changes.region.toLowerCase();
    return view.areas().find((area) => area.id === id)?.name ?? id;
}

function nameOf(view: View, indicator: Indicator): Html {
    const path = view.indicatorPath(indicator);
    return path ? html`<a href="${path}">${indicator.titel}</a>` : html`${indicator.titel}`;
}

function alarm({ drift }: ShownChange): Html | null {
    return drift.verdict === "outside" ? html` <small class="merk af">${say.changes.alarm(drift.cause)}</small>` : null;
}

/** A share as a percentage above its counts, anything else as its count. */
export function figure(indicator: Indicator, { numerator, denominator }: ShownChange["before"]): Html {
    if (denominator === null) return html`${whole(numerator)}`;
    const counts = say.changes.of(numerator, denominator);
    if (indicator.maat !== "aandeel" || denominator === 0)
        return html`<span class="waarde">${whole(numerator)}</span> <small class="grond">${counts}</small>`;
    const share = percent(numerator / denominator, denominator >= 100 ? 1 : 0);
    return html`<span class="waarde">${share}</span> <small class="grond">${counts}</small>`;
}

function why(change: ShownChange): Html {
    const { parts, before, after } = change;
    if (!isMoved(change)) return html`${say.changes.nothing}`;
    if (parts === null)
        return html`${say.changes.notSplit(after.numerator - before.numerator, (after.denominator ?? 0) - (before.denominator ?? 0))}`;
    const told = namedParts(change);
    const measure = told.some(({ numerator }) => numerator !== 0) ? "numerator" : "denominator";
    const bars = told.map((part) => ({ kind: part.kind, size: part[measure] })).filter(({ size }) => size !== 0);
    const words = told.map((part) => say.changes.part(part.word, part));
    return html`${bars.length > 0 ? causeBars(bars, say.changes.barLabel(say.list(words))) : null}<ul class="oorzaken">${told.map((part, at) => html`<li><i class="oorzaak-${part.kind}"></i>${words[at]}</li>`)}</ul>`;
}

interface NamedPart {
    /** Class in the stylesheet. */
    kind: string;
    word: string;
    numerator: number;
    denominator: number;
}

/** The parts in words: of the own practice every cause, so that a correction is told from who came and went. */
function namedParts({ parts, causes }: ShownChange): NamedPart[] {
    if (causes !== null)
        return CAUSES.flatMap((cause) => {
            const part = causes[cause];
            return part ? [{ kind: CLASS_OF[cause], word: say.changes.causes[cause], ...part }] : [];
        });
    return (parts ?? []).map(({ classes, ...part }) => ({
        kind: kindOf(classes),
        word: say.changes.together(classes),
        ...part,
    }));
}

function kindOf(classes: readonly CauseClass[]): string {
    return classes.length === 1 ? (classes[0] ?? "other") : "other";
}
