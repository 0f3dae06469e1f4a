import { type Standing, standingsOf } from "../assigned.ts";
import { type Content, html } from "../html.ts";
import type { PageDefinition } from "../page.ts";
import { table } from "../parts/table.ts";
import * as say from "../sentences/nl.ts";

/** What to talk about, in the words of the mirror's own decision; the figures themselves stand on the mirror. */
function standsOut({ presence, decision, told }: Standing): Content {
    const absent = say.adviser.absent(presence);
    const lines = told.map(
        ({ verdict, titles }) =>
            html`<li><span class="merk v-${verdict}">${say.verdictWords[verdict]}</span> ${say.list(titles)}</li>`,
    );
    const rest = decision.more > 0 ? html`<li>${say.adviser.more(decision.more)}</li>` : null;
    return html`${absent === null ? null : html`<span class="merk nog">${absent}</span>`}${
        lines.length > 0
            ? html`<ul class="opvallend">${lines}${rest}</ul>`
            : absent === null
              ? html`<span class="stil">${decision.judged === 0 ? say.adviser.notJudged : say.adviser.calm}</span>`
              : null
    }`;
}

/** The practices that an adviser talks with: what stands out at each, and a link to its mirror. */
export const page: PageDefinition = {
    kinds: ["adviseur"],
    paths: (view) => (view.bundle.own ? [] : [{ path: view.root }]),
    render(view) {
        const { title } = view.bundle.audience;
        const standings = standingsOf(view.bundle, view.cells);
        const areaOf = (id: string | null): string =>
            view.bundle.catalogue.areas.find((area) => area.id === id)?.name ?? id ?? "";
        const period = view.cells.latest("quarter");
        return {
            title,
            description: say.start.adviseurText,
            crumbs: [{ text: title }],
            body: html`<h1>${title}</h1><p class="kernzin">${say.adviser.lead(standings)}</p>${table({
                caption: say.adviser.caption,
                quiet: true,
                narrow: "stack",
                columns: [
                    { head: say.table.practice },
                    { head: say.mirror.area, short: say.mirror.area },
                    { head: say.adviser.standsOut(period), short: say.adviser.standsOut(period) },
                ],
                rows: standings.map((standing) => [
                    html`<a href="${view.root}${standing.id}/">${standing.name}</a> <small class="grond">${standing.id}</small>`,
                    areaOf(standing.area),
                    standsOut(standing),
                ]),
            })}<p class="noot">${say.adviser.rule}</p>`,
        };
    },
};
