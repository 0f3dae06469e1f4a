import type { Indicator, Theme } from "../data.ts";
import { type Html, html, slug } from "../html.ts";
import { date, percent } from "../notation.ts";
import type { PageDefinition, View } from "../page.ts";
import { areaFigure } from "../parts/areas.ts";
import { definitionLink } from "../parts/definition.ts";
import { goalFigure, goalNumbers, growthTable } from "../parts/goal.ts";
import { statusMark } from "../parts/status.ts";
import { legend } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { followedSection, interventionsOf, koersLinks } from "../parts/theme.ts";
import * as say from "../sentences/nl.ts";

/** Which theme of which table, or the Toolbox and the themes of the Koers that an intervention belongs to. */
function origin(view: View, theme: Theme): Html {
    if (theme.thema === null) {
        const koers = koersLinks(view, theme);
        return html`${say.mtvp.title}${koers ? html` · ${say.mtvp.belongs} ${koers} ${say.mtvp.ofKoers}` : null}`;
    }
    return html`${say.goal.source}: ${say.coalition.theme(theme).toLowerCase()}${theme.tafel ? html` · ${say.inSentence(say.coalition.table(theme.tafel))}` : null}`;
}

/** The milestones with their state; an intervention of the Toolbox has none to miss. */
function milestones(theme: Theme): Html | null {
    if (theme.milestones.length === 0 && theme.thema === null) return null;
    return html`<section aria-labelledby="mijlpalen"><h2 id="mijlpalen">${say.goal.milestones}</h2>${
        theme.milestones.length === 0
            ? html`<p>${say.goal.milestoneNone}</p>`
            : table({
                  caption: say.goal.milestones,
                  quiet: true,
                  columns: [{ head: say.goal.milestones }, { head: say.table.status }, { head: say.site.peildatum }],
                  rows: theme.milestones.map((milestone) => [
                      milestone.titel,
                      html`<span class="mijlpaal m-${slug(milestone.status)}">${milestone.status}</span>`,
                      milestone.date ? date(milestone.date) : "",
                  ]),
              })
    }</section>`;
}

/** What a goal counts, per area; a reader of one area or none has nothing to lay side by side. */
function sideBySide(view: View, indicator: Indicator, goal: string): Html | null {
    return view.areas().length > 1 ? areaFigure(view, indicator, `gebied-${slug(goal)}`) : null;
}

export const page: PageDefinition = {
    kinds: ["coalitie", "vakgroep"],
    paths: (view) => view.bundle.goals.map((theme) => ({ path: `${view.root}doelen/${theme.id}/`, key: theme.id })),
    render(view, at) {
        const theme = view.bundle.goals.find((one) => one.id === at.key);
        if (!theme) throw new Error(`Doel ${at.key ?? ""} staat niet in de bundel.`);
        const goals = theme.goals.map((goal) => {
            const indicator = view.cells.indicator(goal.indicator);
            const target = indicator ? view.indicatorPath(indicator) : null;
            const growth = growthTable(goal);
            const areas = indicator && indicator.klasse !== "praktijk" ? sideBySide(view, indicator, goal.id) : null;
            return html`<section class="doel groot" aria-labelledby="kop-${slug(goal.id)}"><header><h2 id="kop-${slug(goal.id)}">${goal.titel}</h2>${statusMark(goal.status)}</header><p class="kernzin">${say.capital(goal.reason ?? "")}</p>${goalNumbers(goal)}${
                goal.norm !== null || goal.streefwaarde !== null
                    ? html`<p>${goal.norm === null ? null : `${say.goal.norm}: ${percent(goal.norm > 1 ? goal.norm / 100 : goal.norm, 0)}. `}${goal.streefwaarde === null ? null : `${say.goal.streefwaarde}: ${percent(goal.streefwaarde > 1 ? goal.streefwaarde / 100 : goal.streefwaarde, 0)}.`}</p>`
                    : null
            }<div class="raster-2">${goalFigure(goal)}${growth ? html`<div class="groei">${growth}<p class="noot">${say.coalition.membersNote}</p></div>` : null}${areas}</div>${indicator ? html`<p>${target ? html`<a href="${target}">${say.goal.toIndicator}: ${indicator.titel}</a> · ` : null}${definitionLink(indicator)}</p>` : null}</section>`;
        });
        const printedResult = say.goal.printedResult(theme);
        return {
            title: theme.titel,
            description: theme.beoogd[0] ?? theme.titel,
            crumbs: [{ text: view.bundle.audience.title, href: view.root }, { text: say.coalition.theme(theme) }],
            body: html`<p class="bovenkop">${origin(view, theme)}</p><h1>${theme.titel}</h1>
<section aria-labelledby="beoogd"><h2 id="beoogd" class="sr">${printedResult}</h2><figure class="citaat"><blockquote>${theme.beoogd.map((line) => html`<p>${line}</p>`)}</blockquote><figcaption>${printedResult}</figcaption></figure>${theme.toelichting ? html`<p>${theme.toelichting}</p>` : null}${interventionsOf(view, theme)}${theme.bron ? html`<p class="herkomst"><b>${say.goal.figures}:</b> ${theme.bron}</p>` : null}</section>
${goals.length > 0 ? goals : html`<p>${say.goal.noGoals}</p>`}
${followedSection(view, theme)}
${milestones(theme)}
${theme.toewijzing ? html`<p class="noot">${theme.toewijzing}</p>` : null}
${legend()}`,
        };
    },
};
