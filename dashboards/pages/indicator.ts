import { hasValue } from "../cells.ts";
import type { Indicator } from "../data.ts";
import { systemEffect } from "../details.ts";
import { type Html, html } from "../html.ts";
import type { PageDefinition, View } from "../page.ts";
import { ageSexSection } from "../parts/agesex.ts";
import { areaFigure } from "../parts/areas.ts";
import { definitionLink, passport, recipe, unconfirmed } from "../parts/definition.ts";
import { deliverySection, redefinedNote } from "../parts/deliveries.ts";
import { recordSystemSection } from "../parts/recordsystems.ts";
import { spreadFigure } from "../parts/spread.ts";
import { legend } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { finestKind, trendFigure } from "../parts/trend.ts";
import { valueWithGround } from "../parts/value.ts";
import * as say from "../sentences/nl.ts";

function strata(view: View, indicator: Indicator): Html | null {
    const found = view.cells.strata(indicator.id, "region", "regio");
    if (found.length === 0) return null;
    const years = [
        ...new Set(
            found.flatMap((stratum) =>
                view.cells
                    .series({ indicator: indicator.id, stratum, level: "region", id: "regio" }, "year")
                    .map((cell) => cell.period),
            ),
        ),
    ].sort();
    const latest = view.cells.latest("quarter");
    const periods = years.length > 0 ? years : latest ? [latest] : [];
    return html`<section aria-labelledby="delen"><h2 id="delen">${say.indicatorPage.strata}</h2>${table({
        caption: say.indicatorPage.strataCaption(indicator.titel, periods.at(-1) ?? ""),
        quiet: true,
        columns: [
            { head: say.indicatorPage.stratum },
            ...periods.map((period) => ({ head: say.periodShort(period), kind: "number" as const })),
        ],
        rows: found.map((stratum) => [
            stratum,
            ...periods.map((period) =>
                valueWithGround(
                    indicator,
                    view.cells.at({ indicator: indicator.id, stratum, level: "region", id: "regio" }, period),
                ),
            ),
        ]),
    })}</section>`;
}

function years(view: View, indicator: Indicator): Html | null {
    const series = view.cells.series({ indicator: indicator.id, level: "region", id: "regio" }, "year");
    if (series.length === 0) return null;
    const areas = view.areas();
    return html`<section aria-labelledby="jaren"><h2 id="jaren">${say.indicatorPage.years(indicator.titel)}</h2>${table(
        {
            caption: say.indicatorPage.years(indicator.titel),
            quiet: true,
            columns: [
                { head: say.table.area },
                ...series.map((cell) => ({ head: cell.period, kind: "number" as const })),
            ],
            rows: [
                ...areas.map((area) => [
                    area.name,
                    ...series.map((cell) =>
                        valueWithGround(
                            indicator,
                            view.cells.at({ indicator: indicator.id, level: "area", id: area.id }, cell.period),
                        ),
                    ),
                ]),
                [say.table.region, ...series.map((cell) => valueWithGround(indicator, cell))],
            ],
        },
    )}</section>`;
}

/** What a reader must know before the charts: practices of one record system lie apart. */
function systemNote(view: View, indicator: Indicator): Html | null {
    if (!systemEffect(view.bundle.details, indicator.id)) return null;
    return html`<p class="let-op">${say.spreadBySystem} <a href="#his">${say.recordSystems.title}</a>.</p>`;
}

/** True when a value exists that this audience may not see. */
function isHidden(view: View, indicator: Indicator): boolean {
    const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
    return (["quarter", "year"] as const).some((kind) => view.cells.last(line, kind)?.state === "suppressed");
}

/** Whom it is about and what recorded it, side by side. */
function besides(view: View, indicator: Indicator): Html | null {
    const [ageSex, systems] = [ageSexSection(view, indicator), recordSystemSection(view, indicator)];
    return ageSex || systems ? html`<div class="raster-2">${ageSex}${systems}</div>` : null;
}

export const page: PageDefinition = {
    kinds: ["coalitie", "vakgroep"],
    paths: (view) =>
        view.bundle.catalogue.indicators.flatMap((indicator) => {
            const path = view.indicatorPath(indicator);
            return path ? [{ path, key: indicator.id }] : [];
        }),
    render(view, at) {
        const indicator = view.cells.indicator(at.key ?? null);
        if (!indicator) throw new Error(`Indicator ${at.key ?? ""} staat niet in de bundel.`);
        const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
        const kind = finestKind(view, line);
        const latest = kind ? view.cells.series(line, kind).findLast(hasValue) : undefined;
        const trend = trendFigure(view, indicator, line, { id: "verloop", level: 2 });
        const spread = spreadFigure(view, indicator, "spreiding", 2);
        const areas = indicator.klasse === "praktijk" ? null : areaFigure(view, indicator, "gebieden", 2);
        return {
            title: indicator.titel,
            description: indicator.vraag ?? indicator.titel,
            crumbs: [{ text: view.bundle.audience.title, href: view.root }, { text: indicator.titel }],
            body: html`<p class="bovenkop">${say.better[indicator.beter]}${unconfirmed(indicator)}</p><h1>${indicator.titel}</h1>${indicator.vraag ? html`<p class="kernzin">${indicator.vraag}</p>` : null}
${redefinedNote(view, indicator)}${systemNote(view, indicator)}
${latest ? null : html`<p>${isHidden(view, indicator) ? say.indicatorPage.hidden : say.indicatorPage.noValue}</p>`}
<div class="raster-2"><div class="kolom">${trend}</div>${spread || areas ? html`<div class="kolom">${spread}${areas}</div>` : null}</div>
${strata(view, indicator)}
${years(view, indicator)}
${besides(view, indicator)}
${deliverySection(view, indicator, latest)}
<section aria-labelledby="paspoort"><h2 id="paspoort">${say.passport.title}</h2>${passport(indicator)}${indicator.recept.length > 0 ? html`<h3>${say.passport.recipe}</h3>${recipe(indicator)}` : null}<p>${definitionLink(indicator, say.passport.examples)}</p></section>
${legend()}`,
        };
    },
};
