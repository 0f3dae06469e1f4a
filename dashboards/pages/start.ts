import type { AudienceKind } from "../data.ts";
import { type Html, html } from "../html.ts";
import type { Audience, PageDefinition } from "../page.ts";
import * as say from "../sentences/nl.ts";

function choice(title: string, text: string, links: Audience[]): Html | null {
    if (links.length === 0) return null;
    return html`<li class="keuze"><h2>${title}</h2><p>${text}</p><ul>${links.map((link) => html`<li><a href="${link.path}">${link.title}</a></li>`)}</ul></li>`;
}

export const page: PageDefinition = {
    kinds: ["openbaar"],
    paths: () => [{ path: "/" }],
    render(view) {
        const of = (kind: AudienceKind): Audience[] => view.audiences.filter((audience) => audience.kind === kind);
        const mirrors = view.bundle.publication.demo ? of("praktijk") : [];
        // An adviser's mirrors stand on the adviser's own list.
        const lists = of("adviseur").filter(({ id }) => id.split("/").length === 2);
        return {
            title: say.start.title,
            description: say.start.lead,
            crumbs: [],
            kind: "start",
            body: html`<h1>${say.start.title}</h1><p class="kernzin">${say.start.lead}</p><p class="handelingen"><a class="knop" href="/toegang/">${say.start.signIn}</a></p>
<ul class="keuzes">${choice(say.start.coalitie, say.start.coalitieText, of("coalitie"))}${choice(say.start.gemeente, say.start.gemeenteText, of("gemeente"))}${choice(say.start.vakgroep, say.start.vakgroepText, of("vakgroep"))}${choice(say.start.hagro, say.start.hagroText, of("hagro"))}<li class="keuze"><h2>${say.start.praktijk}</h2><p>${say.start.praktijkText}</p><p>${say.start.ownLink}</p>${mirrors.length > 0 ? html`<details><summary>${say.start.mirrors} (${mirrors.length})</summary><p class="noot">${say.start.mirrorsNote}</p><ul class="kolommen">${mirrors.map((mirror) => html`<li><a href="${mirror.path}">${mirror.title}</a></li>`)}</ul></details>` : null}</li>${choice(say.start.adviseur, say.start.adviseurText, lists)}${choice(say.start.openbaar, say.start.openbaarText, [{ id: "definities", kind: "openbaar", title: say.definitions.title, path: "/definities/" }])}${choice(say.start.beheer, say.start.beheerText, of("beheer"))}</ul>`,
        };
    },
};
