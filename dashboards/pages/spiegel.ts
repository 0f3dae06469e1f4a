import { hasValue } from "../cells.ts";
import type { Cell, Indicator } from "../data.ts";
import { type GroupId, grouped } from "../groups.ts";
import { comparable, type Decision, decideHighlights, isTooFew } from "../highlights.ts";
import { type Html, html, madeOnce } from "../html.ts";
import { isRate, writeValue } from "../measure.ts";
import { date, whole } from "../notation.ts";
import type { PageDefinition, View } from "../page.ts";
import { definitionLink, recipe } from "../parts/definition.ts";
import { highlightCard } from "../parts/highlight.ts";
import { sparkOf } from "../parts/spark.ts";
import { type Axis, spreadStrip, stripAxis } from "../parts/spread.ts";
import { legend } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { value, valueWithGround } from "../parts/value.ts";
import { attendanceOf, type Presence } from "../presence.ts";
import * as say from "../sentences/nl.ts";

function ownLine(agb: string, indicator: Indicator): { indicator: string; level: "practice"; id: string } {
    return { indicator: indicator.id, level: "practice", id: agb };
}

function facts(view: View, agb: string, period: string | null): Html {
    const own = view.bundle.own;
    const registered = period
        ? view.cells.at({ indicator: "pop_ingeschreven", level: "practice", id: agb }, period)
        : null;
    const area = view.bundle.catalogue.areas.find((one) => one.id === own?.area)?.name ?? own?.area;
    const hagro = view.bundle.catalogue.hagros.find((one) => one.id === own?.hagro)?.name ?? own?.hagro;
    const entries: [string, string | null | undefined][] = [
        [say.mirror.agb, agb],
        [say.mirror.hagro, hagro],
        [say.mirror.area, area],
        [
            say.mirror.registered,
            hasValue(registered) && registered.numerator !== null ? whole(registered.numerator) : null,
        ],
        [say.site.peildatum, period ? date(view.lastDay(period)) : null],
    ];
    return html`<dl class="feiten">${entries.filter((entry) => entry[1]).map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function ownShare(view: View, agb: string, indicator: Indicator, period: string): number | null {
    const cell = view.cells.at(ownLine(agb, indicator), period);
    return indicator.maat === "aandeel" && hasValue(cell) ? cell.value : null;
}

/** One axis for a table of strips, wide enough for the own values too. */
function axisOf(view: View, agb: string, indicators: Indicator[], period: string): Axis | null {
    const withPeers = indicators.filter((indicator) => view.cells.peers(indicator.id, period).length > 0);
    const owns = withPeers.flatMap((indicator) => ownShare(view, agb, indicator, period) ?? []);
    return stripAxis(view, withPeers, period, owns);
}

/** On screen and on paper stand the same strips, drawn once where their axis is the same. */
const strips = new WeakMap<View, Map<string, Html | null>>();

function strip(view: View, agb: string, indicator: Indicator, period: string, axis: Axis | null): Html | null {
    const drawn = strips.get(view) ?? new Map<string, Html | null>();
    strips.set(view, drawn);
    const key = `${indicator.id}|${axis?.from}|${axis?.to}`;
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const made = spreadStrip(view, indicator, period, axis, ownShare(view, agb, indicator, period));
    drawn.set(key, made);
    return made;
}

/** What a practice can be laid beside: a count of the whole region says nothing, its rate does. */
function comparableValue(indicator: Indicator, cell: Cell | null): Html {
    if (hasValue(cell) && isRate(indicator, cell))
        return html`<data class="waarde" value="${cell.value}">${say.perThousand(cell.value)}</data>`;
    return value(indicator, cell);
}

/** Beside the crude value: what the region's shares by age and sex would give for these patients. */
function expectedOf(view: View, agb: string, indicator: Indicator, period: string): Html | null {
    const own = view.cells.at(ownLine(agb, indicator), period);
    if (!hasValue(own) || own.expected === undefined || indicator.id === "pop_ingeschreven") return null;
    return html` <small class="grond">${say.mirror.expected(own.expected)}</small>`;
}

/** A share of a handful of patients is shown, and not judged. */
function tooFew(view: View, agb: string, indicator: Indicator, period: string): Html | null {
    const own = view.cells.at(ownLine(agb, indicator), period);
    return comparable(indicator) && isTooFew(own) ? html` <small class="grond">${say.mirror.tooFew}</small>` : null;
}

/** The region, and in small the own hagro. */
function around(view: View, indicator: Indicator, period: string): Html {
    const region = view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
    const hagro = view.bundle.own?.hagro;
    const near = hagro ? view.cells.at({ indicator: indicator.id, level: "hagro", id: hagro }, period) : null;
    const small = hasValue(near) && indicator.maat === "aandeel" ? writeValue(indicator, near) : null;
    return html`${comparableValue(indicator, region)}${small ? html` <small class="grond">${say.mirror.inHagro} ${small}</small>` : null}`;
}

const nameAndRecipe = madeOnce(
    (indicator: Indicator) =>
        html`<span class="naam">${indicator.titel}</span> <small>${definitionLink(indicator)}</small>${indicator.recept.length > 0 ? html`<details class="zoek"><summary>${say.mirror.findShort}</summary>${recipe(indicator)}</details>` : null}`,
);

function groupTable(view: View, agb: string, name: string, indicators: Indicator[], period: string): Html {
    const axis = axisOf(view, agb, indicators, period);
    return table({
        caption: name,
        quiet: true,
        narrow: "stack",
        kind: "overzicht",
        columns: [
            { head: say.table.indicator },
            { head: say.table.own, kind: "number", short: say.table.own },
            { head: say.table.region, kind: "number", short: say.table.region },
            {
                head: html`${say.table.spread}${axis ? html` <small>${say.table.axis(axis.from, axis.to)}</small>` : null}`,
                kind: "wide",
                short: say.table.spread,
            },
            { head: say.mirror.ownTrend, kind: "chart", short: say.mirror.ownTrend },
        ],
        rows: indicators.map((indicator) => [
            nameAndRecipe(indicator),
            html`${valueWithGround(indicator, view.cells.at(ownLine(agb, indicator), period))}${expectedOf(view, agb, indicator, period)}${tooFew(view, agb, indicator, period)}`,
            around(view, indicator, period),
            strip(view, agb, indicator, period, axis),
            sparkOf(view, indicator, ownLine(agb, indicator)),
        ]),
    });
}

/** The table twin of the small charts: own values per quarter. */
function quarters(view: View, agb: string, name: string, indicators: Indicator[]): Html | null {
    const periods = [
        ...new Set(
            indicators.flatMap((indicator) =>
                view.cells.series(ownLine(agb, indicator), "quarter").map((cell) => cell.period),
            ),
        ),
    ]
        .sort()
        .slice(-8);
    if (periods.length === 0) return null;
    return html`<details class="tweeling"><summary>${say.site.asTable}</summary>${table({
        caption: say.mirror.quarterTable(name),
        columns: [
            { head: say.table.indicator },
            ...periods.map((period) => ({ head: say.periodShort(period), kind: "number" as const })),
        ],
        rows: indicators.map((indicator) => [
            indicator.titel,
            ...periods.map((period) => value(indicator, view.cells.at(ownLine(agb, indicator), period))),
        ]),
    })}</details>`;
}

function rest(view: View, agb: string, decision: Decision, period: string): Html {
    const lit = new Set(decision.highlights.map((highlight) => highlight.indicator.id));
    const has = view.bundle.catalogue.indicators.filter(
        (indicator) => view.cells.at(ownLine(agb, indicator), period) !== null,
    );
    return html`<section class="alles" aria-labelledby="alles"><h2 id="alles">${say.mirror.rest}</h2><p>${say.mirror.restIntro}</p>${grouped(
        has,
    ).map(
        (group) =>
            html`<details class="groep"><summary><h3>${say.groups[group.id]}</h3> <small>${say.mirror.groupSummary(
                group.indicators.length,
                group.indicators.filter((indicator) => lit.has(indicator.id)).length,
                group.indicators.filter(comparable).length,
                decision.judged > 0,
            )}</small></summary>${groupTable(view, agb, say.groups[group.id], group.indicators, period)}${quarters(view, agb, say.groups[group.id], group.indicators)}</details>`,
    )}</div></section>`;
}

function sheetTable(view: View, agb: string, group: GroupId, indicators: Indicator[], period: string): Html {
    const axis = axisOf(view, agb, indicators, period);
    return table({
        caption: axis ? `${say.groups[group]} (${say.table.axis(axis.from, axis.to)})` : say.groups[group],
        narrow: "stack",
        kind: "blad",
        columns: [
            { head: say.table.indicator },
            { head: say.table.own, kind: "number" },
            { head: say.table.region, kind: "number" },
            { head: say.table.spreadShort, kind: "chart" },
        ],
        rows: indicators.map((indicator) => {
            const own = view.cells.at(ownLine(agb, indicator), period);
            const counts =
                hasValue(own) && own.numerator !== null && own.denominator !== null
                    ? html` <small>${whole(own.numerator)}/${whole(own.denominator)}</small>`
                    : null;
            return [
                indicator.titel,
                html`${value(indicator, own)}${counts}`,
                comparableValue(
                    indicator,
                    view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period),
                ),
                strip(view, agb, indicator, period, axis),
            ];
        }),
    });
}

/** On paper nothing can be unfolded: one sheet with all that can be compared, and room for what is agreed. */
function sheet(view: View, agb: string, period: string): Html {
    const indicators = view.bundle.catalogue.indicators.filter(
        (indicator) => comparable(indicator) && view.cells.at(ownLine(agb, indicator), period) !== null,
    );
    return html`<section class="alleen-druk" aria-labelledby="blad"><h2 id="blad">${say.mirror.printTable}, ${say.periodName(period)}</h2><div class="bladen">${grouped(indicators).map((group) => sheetTable(view, agb, group.id, group.indicators, period))}</div><div class="gesprek"><h3>${say.mirror.talk}</h3>${say.mirror.talkLines.map((line) => html`<p class="schrijf">${line}</p>`)}</div></section>`;
}

/** The first sentence: what differs, or why there is nothing to compare. */
function lead(
    presence: Presence,
    decision: Decision,
    { newest, period }: { newest: string | null; period: string | null },
): Html {
    const said = say.mirror.absent(presence, newest, period);
    const { highlights, more, judged, explained } = decision;
    const compared = said === null || judged > 0;
    return html`${said === null ? null : html`<p class="kernzin let-op">${said}</p>`}${compared ? html`<p class="kernzin">${say.mirror.lead(highlights.length, more, judged, explained.length)}</p>` : null}`;
}

function relaid(view: View): Html | null {
    const found = view.bundle.changes?.relaid ?? null;
    return found ? html`<p class="let-op">${say.mirror.relaid(found.from, found.to)}</p>` : null;
}

/** What differs at first sight only: said, so that nobody chases what age and sex explain. */
function explained(decision: Decision): Html | null {
    if (decision.explained.length === 0) return null;
    return html`<section aria-labelledby="verklaard"><h2 id="verklaard">${say.mirror.explained}</h2><p>${say.mirror.explainedIntro}</p><ul>${decision.explained.map((one) => html`<li>${say.explainedSentence(one)}</li>`)}</ul></section>`;
}

/** The list that an adviser came from. */
const adviserOf = ({ audiences, bundle, root }: View): { text: string; href: string }[] =>
    audiences
        .filter(({ kind, path }) => kind === "adviseur" && path !== root && root.startsWith(path))
        .map(({ path, title }) => ({ text: title, href: path }))
        .slice(0, bundle.audience.kind === "adviseur" ? 1 : 0);

export const page: PageDefinition = {
    kinds: ["praktijk", "adviseur"],
    // An adviser's list of practices is no mirror.
    paths: (view) => (view.bundle.own ? [{ path: view.root }] : []),
    render(view) {
        const { own } = view.bundle;
        if (!own)
            throw new Error(`Bundel ${view.bundle.audience.id} zegt niet van welke praktijk zij is (own ontbreekt).`);
        const newest = view.cells.latest("quarter");
        const { presence, period } = attendanceOf(view.bundle, view.cells, own.agb);
        const decision = decideHighlights(view.bundle, view.cells, own.agb);
        const title = say.mirror.title(own.name, own.agb);
        // More than three with their recipes do not fit on one sheet of paper.
        const many = decision.highlights.length > 3;
        // Why there is nothing was said already.
        const isEmpty = presence.kind !== "present" && decision.judged === 0;
        return {
            title,
            description: say.start.praktijkText,
            crumbs: [...adviserOf(view), { text: title }],
            kind: "spiegel",
            body: html`<p class="bovenkop">${say.audience.praktijk}${period ? ` · ${say.periodName(period)}` : null}</p><h1>${title}</h1>${facts(view, own.agb, period)}
${lead(presence, decision, { newest, period })}${relaid(view)}
${isEmpty ? null : html`<section aria-labelledby="uitgelicht"${many ? html` class="veel"` : null}><h2 id="uitgelicht">${decision.highlights.length > 0 ? say.mirror.highlights : say.mirror.nothing}</h2>${decision.highlights.map((highlight) => highlightCard(view, own.agb, highlight))}${many ? html`<p class="noot op-papier">${say.mirror.recipesOnScreen}</p>` : null}<p class="noot regel">${say.mirror.rule(decision.quarters)}</p></section>`}
${explained(decision)}
${period ? rest(view, own.agb, decision, period) : null}
${period ? sheet(view, own.agb, period) : null}
${legend()}`,
        };
    },
};
