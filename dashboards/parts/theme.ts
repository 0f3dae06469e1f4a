import type { Cell, Indicator, Theme } from "../data.ts";
import { type Content, type Html, html } from "../html.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { definitionLink } from "./definition.ts";
import { sparkOf } from "./spark.ts";
import { table } from "./table.ts";
import { value, valueWithGround } from "./value.ts";

export const themePath = (view: View, theme: Theme): string => `${view.root}doelen/${theme.id}/`;

function themeLink(view: View, theme: Theme): Html {
    const number = theme.thema === null ? null : html`<small>${say.coalition.theme(theme)}</small> `;
    return html`${number}<a href="${themePath(view, theme)}">${theme.titel}</a>`;
}

const regionOf = (indicator: Indicator) => ({ indicator: indicator.id, level: "region" as const, id: "regio" });

/** The region's last figure: of a quarter, else of a month, else of a year. */
function lastOfRegion(view: View, indicator: Indicator): Cell | null {
    const line = regionOf(indicator);
    return view.cells.last(line, "quarter") ?? view.cells.last(line, "month") ?? view.cells.last(line, "year");
}

/** The indicators of a theme that this audience has a page about. */
function followedHere(view: View, theme: Theme): Indicator[] {
    return theme.followed.flatMap((id) => view.cells.indicator(id) ?? []);
}

/** The title of an indicator, as a link where this audience has a page about it. */
export function indicatorLink(view: View, indicator: Indicator): Html {
    const path = view.indicatorPath(indicator);
    return path ? html`<a href="${path}">${indicator.titel}</a>` : html`${indicator.titel}`;
}

function regionValue(view: View, indicator: Indicator): Content {
    const cell = lastOfRegion(view, indicator);
    return html`${valueWithGround(indicator, cell)}${cell ? html` <small>${say.periodShort(cell.period)}</small>` : null}`;
}

/** Themes without a goal, a row each: how far the milestones are and what is followed. */
export function themeTable(view: View, themes: Theme[], caption: string): Html {
    const followed = themes.some((theme) => followedHere(view, theme).length > 0);
    return html`<div class="themas"><h3>${say.coalition.milestoneThemes}</h3>${table({
        caption,
        quiet: true,
        narrow: "stack",
        columns: [
            { head: say.coalition.themeColumn },
            { head: say.goal.milestones, short: say.goal.milestones },
            ...(followed ? [{ head: say.coalition.followedColumn, short: say.coalition.followedColumn }] : []),
        ],
        rows: themes.map((theme) => [
            themeLink(view, theme),
            say.milestoneTally(theme.milestones),
            ...(followed ? [followedTitles(view, theme)] : []),
        ]),
    })}</div>`;
}

function followedTitles(view: View, theme: Theme): Content {
    const links = followedHere(view, theme).map((indicator) => indicatorLink(view, indicator));
    return links.length === 0
        ? null
        : html`<span>${links.map((link, index) => [index > 0 ? " · " : null, link])}</span>`;
}

/** Interventions of the Toolbox: how many practices do it, and which themes of the Koers it belongs to. */
export function interventionTable(view: View, themes: Theme[]): Html {
    return table({
        caption: say.mtvp.title,
        quiet: true,
        narrow: "stack",
        columns: [
            { head: say.mtvp.intervention },
            { head: say.mtvp.doing, kind: "number", short: say.mtvp.doing },
            { head: say.mtvp.koers, short: say.mtvp.koers },
        ],
        rows: themes.map((theme) => [
            themeLink(view, theme),
            practicesDoing(
                view,
                followedHere(view, theme).find((indicator) => indicator.klasse === "praktijk"),
            ),
            koersLinks(view, theme) ?? say.mtvp.noKoers,
        ]),
    });
}

/** A share of practices with the counts behind it, on one line. */
function practicesDoing(view: View, indicator: Indicator | undefined): Content {
    if (!indicator) return null;
    const cell = lastOfRegion(view, indicator);
    const counts = cell ? say.countsOf(cell) : null;
    return html`<span>${value(indicator, cell)}${counts ? html` <small>${counts}</small>` : null}${cell ? html` <small>${say.periodShort(cell.period)}</small>` : null}</span>`;
}

/** The themes of the Koers that an intervention belongs to, as links where this audience has their page. */
export function koersLinks(view: View, theme: Theme): Html | null {
    if (theme.koers.length === 0) return null;
    const links = theme.koers.map((number, index) => {
        const found = view.bundle.goals.find((one) => one.thema === number);
        const text = say.mtvp.koersTheme(number);
        return [
            index > 0 ? " · " : null,
            found ? html`<a href="${themePath(view, found)}">${text} ${say.inSentence(found.titel)}</a>` : text,
        ];
    });
    return html`<span>${links}</span>`;
}

/** The interventions of the Toolbox that say they belong to a theme of the Koers. */
export function interventionsOf(view: View, theme: Theme): Html | null {
    if (theme.thema === null) return null;
    const found = view.bundle.goals.filter((one) => theme.thema !== null && one.koers.includes(theme.thema));
    if (found.length === 0) return null;
    return html`<p>${say.mtvp.toolbox}: ${found.map((one, index) => [index > 0 ? ", " : null, html`<a href="${themePath(view, one)}">${one.titel}</a>`])}.</p>`;
}

/** What is followed without a goal: the region's last value and course; figures of others are named as such. */
export function followedSection(view: View, theme: Theme): Html | null {
    if (theme.followed.length === 0) return null;
    const here = followedHere(view, theme);
    const elsewhere = theme.followed.length - here.length;
    return html`<section aria-labelledby="gevolgd"><h2 id="gevolgd">${say.goal.followed}</h2>${
        here.length > 0
            ? html`<p>${say.goal.followedIntro}</p>${table({
                  caption: say.goal.followed,
                  quiet: true,
                  narrow: "stack",
                  columns: [
                      { head: say.table.indicator },
                      { head: say.table.region, kind: "number", short: say.table.region },
                      { head: say.table.trend, kind: "chart", short: say.table.trend },
                      { head: say.site.definition },
                  ],
                  rows: here.map((indicator) => [
                      indicatorLink(view, indicator),
                      regionValue(view, indicator),
                      sparkOf(view, indicator, regionOf(indicator)),
                      definitionLink(indicator),
                  ]),
              })}`
            : null
    }${elsewhere > 0 ? html`<p class="noot">${say.goal.followedElsewhere(elsewhere)} <a href="/definities/">${say.site.definitions.toLowerCase()}</a>.</p>` : null}</section>`;
}
