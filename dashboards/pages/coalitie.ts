import { hasValue } from "../cells.ts";
import { trend } from "../charts/trend.ts";
import type { Indicator } from "../data.ts";
import { isOutlier } from "../findings.ts";
import { grouped } from "../groups.ts";
import { type Content, type Html, html, slug } from "../html.ts";
import { isRate, rate, writeValue } from "../measure.ts";
import { whole } from "../notation.ts";
import type { PageDefinition, View } from "../page.ts";
import { areaFigure, areaPeriod } from "../parts/areas.ts";
import { goalBoard } from "../parts/board.ts";
import { definitionLink } from "../parts/definition.ts";
import { figure } from "../parts/figure.ts";
import { sparkOf } from "../parts/spark.ts";
import { legend, symbol } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { indicatorLink } from "../parts/theme.ts";
import { memberEvents } from "../parts/trend.ts";
import { value, valueWithGround } from "../parts/value.ts";
import * as say from "../sentences/nl.ts";

/** Drawn as charts above the table of areas: the counts that the Koers speaks of. */
const FEATURED = ["gli_verwijzingen", "oud_acp_gesprekken"];

/** Indicators worth laying side by side per area: what patients of an area get, not what practices are. */
function comparedByArea(view: View): Indicator[] {
    return view.bundle.catalogue.indicators.filter(
        (indicator) =>
            indicator.klasse !== "praktijk" && indicator.klasse !== "populatie" && areaPeriod(view, indicator) !== null,
    );
}

/** Areas by subject: what happens to patients and what stands out is open, the rest is folded. */
function areaSection(view: View, indicators: Indicator[]): Html {
    const region = (indicator: Indicator, period: string) =>
        view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
    const standsOut = (indicator: Indicator): boolean => {
        const period = areaPeriod(view, indicator) ?? "";
        return view
            .areas()
            .some((area) =>
                isOutlier(
                    indicator,
                    view.cells.at({ indicator: indicator.id, level: "area", id: area.id }, period),
                    region(indicator, period),
                ),
            );
    };
    const first = indicators.filter((indicator) => indicator.klasse === "beweging" || standsOut(indicator));
    const others = indicators.filter((indicator) => !first.includes(indicator));
    return html`${first.length > 0 ? areaTable(view, first, say.areas.first) : null}<div class="groepen">${grouped(
        others,
    ).map(
        (group) =>
            html`<details class="groep"><summary><h3>${say.groups[group.id]}</h3> <small>${say.areas.calm(group.indicators.length)}</small></summary>${areaTable(view, group.indicators, `${say.areas.title}: ${say.groups[group.id]}`)}</details>`,
    )}</div>`;
}

function areaTable(view: View, indicators: Indicator[], caption: string): Html {
    const areas = view.areas();
    return table({
        caption,
        quiet: true,
        sortable: true,
        columns: [
            { head: say.table.indicator },
            { head: say.table.period },
            ...areas.map((area) => ({ head: area.name, kind: "number" as const })),
            { head: say.table.region, kind: "number" },
        ],
        rows: indicators.map((indicator) => {
            const period = areaPeriod(view, indicator) ?? "";
            const region = view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
            const show = (cell: typeof region): Content =>
                hasValue(cell) && isRate(indicator, cell)
                    ? html`<data value="${cell.value}">${rate(cell.value)}</data>`
                    : value(indicator, cell);
            return [
                html`${indicatorLink(view, indicator)}${indicator.maat === "aantal" && hasValue(region) && isRate(indicator, region) ? html` <small>${say.table.perThousand.toLowerCase()}</small>` : null}`,
                say.periodShort(period),
                ...areas.map((area) => {
                    const cell = view.cells.at({ indicator: indicator.id, level: "area", id: area.id }, period);
                    return isOutlier(indicator, cell, region)
                        ? html`<span class="uitschieter">${show(cell)}<span class="sr"> ${say.areas.outlier}</span><span class="ster" aria-hidden="true">!</span></span>`
                        : show(cell);
                }),
                show(region),
            ];
        }),
    });
}

function population(view: View): Html {
    const period = view.cells.latest("quarter");
    const size = (indicator: Indicator): number =>
        view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period ?? "")?.numerator ?? 0;
    const indicators = view.bundle.catalogue.indicators
        .filter((indicator) => indicator.klasse === "populatie")
        .sort((left, right) => size(right) - size(left));
    if (indicators.length === 0 || !period) return html``;
    const areas = view.areas();
    return html`<section aria-labelledby="populatie"><h2 id="populatie">${say.coalition.population}</h2><p>${say.coalition.populationIntro}</p>${table(
        {
            caption: `${say.groups.populatie}, ${say.periodName(period)}`,
            columns: [
                { head: say.table.indicator },
                { head: say.table.region, kind: "number" },
                ...areas.map((area) => ({ head: area.name, kind: "number" as const })),
                { head: say.table.trend, kind: "chart" },
            ],
            rows: indicators.map((indicator) => {
                const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
                const counts = (cell: ReturnType<typeof view.cells.at>): Content =>
                    hasValue(cell) && cell.numerator !== null
                        ? html`<data value="${cell.numerator}">${whole(cell.numerator)}</data>`
                        : hasValue(cell)
                          ? writeValue(indicator, cell)
                          : symbol(cell?.state ?? null);
                return [
                    html`${indicatorLink(view, indicator)}`,
                    html`${counts(view.cells.at(line, period))}${indicator.id === "pop_ingeschreven" ? null : html` <small>${value(indicator, view.cells.at(line, period))}</small>`}`,
                    ...areas.map((area) => counts(view.cells.at({ ...line, level: "area", id: area.id }, period))),
                    sparkOf(view, indicator, line),
                ];
            }),
        },
    )}</section>`;
}

function members(view: View): Html {
    const indicator = view.cells.indicator("prk_leden");
    if (!indicator) return html``;
    const series = view.cells
        .series({ indicator: indicator.id, level: "region", id: "regio" }, "month")
        .filter(hasValue);
    const first = series[0];
    const last = series.at(-1);
    if (!first || !last) return html``;
    const size = (cell: typeof first): number => cell.numerator ?? cell.value;
    const finding =
        size(first) === size(last)
            ? say.coalition.membersFlat(size(last))
            : say.coalition.membersFinding(size(first), size(last));
    const events = memberEvents(series);
    const summary = `${say.practices(size(first))} in ${say.periodName(first.period)}, ${say.practices(size(last))} in ${say.periodName(last.period)}.`;
    return html`<section aria-labelledby="leden-kop">${figure({
        id: "leden",
        level: 2,
        finding,
        summary: `${summary} ${say.coalition.membersNote}`,
        chart: trend({
            label: `${finding}. ${summary}`,
            points: series.map((cell) => ({ period: cell.period, value: size(cell), low: null, high: null })),
            share: false,
            write: whole,
            writeLast: whole,
            steps: true,
            januaries: false,
            events: events.map((event) => ({
                period: event.period,
                text: say.trend.members(event.before, event.after),
            })),
        }),
        twin: table({
            caption: say.coalition.members,
            columns: [{ head: say.table.period }, { head: say.coalition.members, kind: "number" }],
            rows: series.map((cell) => [say.periodShort(cell.period), whole(size(cell))]),
        }),
    })}</section>`;
}

function everything(view: View): Html {
    return html`<section aria-labelledby="indicatoren"><h2 id="indicatoren">${say.coalition.indicators}</h2><div class="groepen">${grouped(
        view.bundle.catalogue.indicators,
    ).map(
        (group) =>
            html`<details class="groep"><summary><h3>${say.groups[group.id]}</h3> <small>${say.mirror.groupSummary(group.indicators.length, 0, 0)}</small></summary>${table(
                {
                    caption: say.groups[group.id],
                    quiet: true,
                    narrow: "stack",
                    columns: [
                        { head: say.table.indicator },
                        { head: say.table.region, kind: "number", short: say.table.region },
                        { head: say.table.trend, kind: "chart", short: say.table.trend },
                        { head: say.site.definition },
                    ],
                    rows: group.indicators.map((indicator) => {
                        const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
                        const last =
                            view.cells.last(line, "quarter") ??
                            view.cells.last(line, "month") ??
                            view.cells.last(line, "year");
                        return [
                            html`${indicatorLink(view, indicator)}`,
                            html`${valueWithGround(indicator, last)}${last ? html` <small>${say.periodShort(last.period)}</small>` : null}`,
                            sparkOf(view, indicator, line),
                            definitionLink(indicator),
                        ];
                    }),
                },
            )}</details>`,
    )}</div></section>`;
}

export const page: PageDefinition = {
    kinds: ["coalitie", "gemeente"],
    paths: (view) => [{ path: view.root }],
    render(view) {
        const compared = comparedByArea(view);
        const featured = FEATURED.flatMap((id) => {
            const indicator = view.cells.indicator(id);
            return (indicator && areaFigure(view, indicator, `gebied-${slug(id)}`)) ?? [];
        });
        const kept = view.bundle.kept.reduce(
            (sum, page) => ({ cells: sum.cells + page.cells, shown: sum.shown + page.shown }),
            { cells: 0, shown: 0 },
        );
        const merged = view.areas().filter((area) => area.predecessors.length > 0);
        const isCoalition = view.bundle.audience.kind === "coalitie";
        const title = isCoalition ? say.coalition.title : say.municipality.title(view.bundle.audience.title);
        return {
            title,
            description: isCoalition ? say.start.coalitieText : say.start.gemeenteText,
            crumbs: [{ text: view.bundle.audience.title }],
            kind: "breed",
            body: html`<h1>${title}</h1>
${isCoalition ? goalBoard(view) : html`<p class="kernzin">${say.municipality.lead}</p>`}
<section aria-labelledby="gebieden"><h2 id="gebieden">${isCoalition ? say.areas.title : say.municipality.area}</h2><p>${say.areas.intro} ${merged.map((area) => say.areas.predecessors(area.name, area.predecessors))}</p>${featured.length > 0 ? html`<div class="raster-2">${featured}</div>` : null}${compared.length > 0 ? areaSection(view, compared) : html`<p>${say.areas.none}</p>`}<p class="noot"><span class="ster" aria-hidden="true">!</span> ${say.areas.outlier}</p></section>
${population(view)}
${everything(view)}
<div class="raster-2">${members(view)}<div class="kolom">${view.bundle.reconciliation ? html`<section aria-labelledby="vergelijking"><h2 id="vergelijking">${say.coalition.reconciliation}</h2><p><a href="${view.root}reconciliatie/">${say.coalition.reconciliationLink}</a></p></section>` : null}
<section aria-labelledby="bedekt"><h2 id="bedekt">${say.kept.title}</h2><p>${say.kept.line(kept.shown, kept.cells)}</p></section></div></div>
${legend()}`,
        };
    },
};
