import { hasValue } from "../cells.ts";
import { isRedefined } from "../changes.ts";
import type { Cell, Indicator } from "../data.ts";
import { deliveryNoteOf, mayBeRegistration, systemEffect } from "../details.ts";
import { type Finding, findingIn, judgement } from "../findings.ts";
import { grouped } from "../groups.ts";
import { comparable } from "../highlights.ts";
import { type Html, html, slug } from "../html.ts";
import { writeValue } from "../measure.ts";
import { date, whole } from "../notation.ts";
import type { PageDefinition, View } from "../page.ts";
import { unconfirmed } from "../parts/definition.ts";
import { goalCard } from "../parts/goal.ts";
import { memberTables } from "../parts/members.ts";
import { sparkOf } from "../parts/spark.ts";
import { differenceBetweenPractices, spreadFigure, spreadStrip, stripAxis } from "../parts/spread.ts";
import { legend } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { indicatorLink, themePath, themeTable } from "../parts/theme.ts";
import { valueWithGround } from "../parts/value.ts";
import * as say from "../sentences/nl.ts";

interface Row {
    indicator: Indicator;
    finding: Finding | null;
}

function changeCell(view: View, row: Row): Html {
    const text = say.changeText(row.indicator, row.finding);
    const change = row.finding?.change ?? "unknown";
    if (isWhole(row.indicator)) return html`–`;
    if (change === "unknown") return html`${text}`;
    if (change === "same")
        return html`<span class="verandering stil">${text} <small>${row.finding?.others ? say.change.others : say.change.same}</small></span>`;
    return movement(view, row, "verandering");
}

/** A change beyond chance with the word for its direction, and whether it may be registration. */
function movement(view: View, row: Row, kind = ""): Html {
    const verdict = judgement(row.indicator, row.finding?.change ?? "unknown");
    return html`<span class="${kind} merk-${verdict}">${say.changeText(row.indicator, row.finding)} <small>${verdict === "geen" ? say.change.more : verdict}</small></span>${doubt(view, row)}`;
}

/** A movement that new layouts, jumps in deliveries or a new definition may have made is not called care without a word of it. */
function doubt(view: View, { indicator, finding }: Row): Html | null {
    const note = deliveryNoteOf(view.bundle.details, indicator.id);
    const isDoubtful =
        mayBeRegistration(note, finding?.now.delivered ?? null) || isRedefined(view.bundle.changes, indicator.id);
    return isDoubtful ? html` <small><span class="merk nog">${say.deliveryNotes.mark}</span></small>` : null;
}

/** Said under the name of an indicator whose practices differ by record system. */
function systemMark(view: View, indicator: Indicator): Html | null {
    return systemEffect(view.bundle.details, indicator.id)
        ? html` <small><span class="merk nog">${say.recordSystems.mark}</span></small>`
        : null;
}

/** A population is a number of people first, and a share of those registered after it. */
function sizeOrValue(indicator: Indicator, cell: Cell | null): Html {
    if (indicator.klasse !== "populatie" || !hasValue(cell) || cell.numerator === null)
        return valueWithGround(indicator, cell);
    const share = isWhole(indicator) ? null : html` <small class="grond">${writeValue(indicator, cell)}</small>`;
    return html`<data class="waarde" value="${cell.numerator}">${whole(cell.numerator)}</data>${share}`;
}

/** Everybody registered is all of everybody registered: that share never changes. */
const isWhole = ({ id }: Indicator): boolean => id === "pop_ingeschreven";

function overview(view: View, rows: Row[], period: string): Html {
    const axis = stripAxis(
        view,
        rows.map((row) => row.indicator),
        period,
    );
    return table({
        caption: wordsFor(view).overviewCaption(say.periodName(period)),
        quiet: true,
        narrow: "stack",
        kind: "overzicht",
        sortable: true,
        columns: [
            { head: say.table.indicator },
            { head: say.table.region, kind: "number", short: say.table.region },
            { head: say.vakgroep.yearChange, kind: "number", short: say.vakgroep.yearChange },
            { head: say.table.trend, kind: "chart", short: say.table.trend },
            {
                head: html`${say.table.spread}${axis ? html` <small>${say.table.axis(axis.from, axis.to)}</small>` : null}`,
                kind: "wide",
                short: say.table.spread,
            },
        ],
        rows: rows.map((row) => {
            const line = { indicator: row.indicator.id, level: "region" as const, id: "regio" };
            const cell = view.cells.at(line, period);
            // Who all delivered is said once; a row says only that some did not.
            const covered = cell && cell.delivered !== cell.members ? say.deliveredOf(cell) : null;
            return [
                html`${indicatorLink(view, row.indicator)} <small>${say.better[row.indicator.beter]}${unconfirmed(row.indicator)}</small>${systemMark(view, row.indicator)}`,
                html`${sizeOrValue(row.indicator, cell)}${covered ? html` <small class="grond">${covered}</small>` : null}`,
                changeCell(view, row),
                sparkOf(view, row.indicator, line),
                spreadStrip(view, row.indicator, period, axis),
            ];
        }),
    });
}

/** How many practices there are, when all of them delivered for all of it; else the rows say who did not. */
function allDelivered(view: View, rows: Row[], period: string): number | null {
    const cells = rows.map(({ indicator }) =>
        view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period),
    );
    const members = new Set(cells.map((cell) => (cell?.delivered === cell?.members ? (cell?.members ?? null) : null)));
    const [only] = members;
    return members.size === 1 ? (only ?? null) : null;
}

/** Which ones moved more than chance, each with its change. */
function movers(view: View, rows: Row[]): Html | null {
    const moved = rows.filter(({ finding }) => finding?.change === "more" || finding?.change === "less");
    if (moved.length === 0) return null;
    return html`<ul class="bewogen">${moved.map((row) => html`<li class="beweging">${indicatorLink(view, row.indicator)} ${movement(view, row)}</li>`)}</ul>`;
}

/** In words what moved more than chance, better first. */
function movements(rows: Row[]): string[] {
    const of = (kind: "beter" | "slechter" | "geen"): number =>
        rows.filter(
            (row) =>
                row.finding &&
                (row.finding.change === "more" || row.finding.change === "less") &&
                judgement(row.indicator, row.finding.change) === kind,
        ).length;
    const parts: string[] = [];
    if (of("beter") > 0) parts.push(say.vakgroep.movedBetter(of("beter")));
    if (of("slechter") > 0) parts.push(say.vakgroep.movedWorse(of("slechter")));
    if (of("geen") > 0) parts.push(say.vakgroep.movedNeutral(of("geen")));
    return parts;
}

const wordsFor = ({ bundle }: View): typeof say.vakgroep | typeof say.hagro =>
    bundle.audience.kind === "hagro" ? say.hagro : say.vakgroep;

export const page: PageDefinition = {
    kinds: ["vakgroep", "hagro"],
    paths: (view) => [{ path: view.root }],
    render(view) {
        const period = view.cells.latest("quarter");
        const { title } = view.bundle.audience;
        const all = view.bundle.catalogue.indicators;
        if (!period || all.length === 0)
            return {
                title,
                description: title,
                crumbs: [{ text: title }],
                body: html`<h1>${title}</h1><p>${say.vakgroep.noneYet}</p>`,
            };
        const rows = all.map((indicator) => {
            const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
            return { indicator, finding: findingIn(view.bundle, view.cells, line, period) };
        });
        const care = rows.filter((row) => row.indicator.klasse !== "populatie");
        const judged = care.filter((row) => comparable(row.indicator) && hasValue(row.finding?.now));
        const apart = judged
            .map((row) => ({
                indicator: row.indicator,
                difference: differenceBetweenPractices(view, row.indicator) ?? 0,
            }))
            .filter((row) => row.difference > 0)
            .sort((left, right) => right.difference - left.difference)
            .slice(0, 2);
        const goals = view.bundle.goals;
        const everyone = allDelivered(view, judged, period);
        const withoutGoals = goals.filter((theme) => theme.goals.length === 0);
        return {
            title,
            description: view.bundle.audience.kind === "hagro" ? say.start.hagroText : say.start.vakgroepText,
            crumbs: [{ text: title }],
            kind: "breed",
            body: html`<p class="bovenkop">${say.periodName(period)} · ${say.site.peildatum.toLowerCase()} ${date(view.lastDay(period))}${everyone === null ? null : ` · ${say.vakgroep.allDelivered(everyone)}`}</p><h1>${say.vakgroep.title(title)}</h1><p class="kernzin">${wordsFor(view).lead(judged.length, movements(judged))}</p>${movers(view, judged)}
${memberTables(view, care.map((row) => row.indicator).filter(comparable), period)}
<section aria-labelledby="overzicht"><h2 id="overzicht">${say.vakgroep.overview}</h2>${grouped(
                care.map((row) => row.indicator),
            ).map(
                (group) =>
                    html`<h3>${say.groups[group.id]}</h3>${overview(
                        view,
                        care.filter((row) => group.indicators.includes(row.indicator)),
                        period,
                    )}`,
            )}<p class="noot">${say.change.pp}. ${rows.some(({ finding }) => finding?.others) ? html`${say.change.othersNote} ` : null}${say.spread.note} ${say.vakgroep.anonymous}</p></section>
<section aria-labelledby="leren"><h2 id="leren">${say.vakgroep.largest}</h2>${
                apart.length === 0
                    ? html`<p>${say.vakgroep.largestNone}</p>`
                    : html`<p>${say.vakgroep.largestIntro}</p><div class="raster-2">${apart.map(
                          (row) =>
                              html`<div><h3 class="onderwerp">${indicatorLink(view, row.indicator)}</h3>${spreadFigure(view, row.indicator, `leren-${slug(row.indicator.id)}`, 4)}</div>`,
                      )}</div>`
            }</section>
${
    goals.length > 0
        ? html`<section aria-labelledby="doelen"><h2 id="doelen">${say.vakgroep.goals}</h2><div class="doelen">${goals.map((theme) => theme.goals.map((goal) => goalCard(goal, theme, themePath(view, theme))))}</div>${withoutGoals.length > 0 ? themeTable(view, withoutGoals, say.coalition.milestoneCaption(say.vakgroep.goals)) : null}</section>`
        : null
}
${
    care.length < rows.length
        ? html`<section aria-labelledby="populatie"><h2 id="populatie">${say.vakgroep.population}</h2>${overview(
              view,
              rows.filter((row) => row.indicator.klasse === "populatie"),
              period,
          )}</section>`
        : null
}
${legend()}`,
        };
    },
};
