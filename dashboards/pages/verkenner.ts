import type { AudienceKind } from "../data.ts";
import { lean, type PageData } from "../explorer/page-data.ts";
import { html } from "../html.ts";
import type { PageDefinition, View } from "../page.ts";
import { legend } from "../parts/symbol.ts";
import * as say from "../sentences/nl.ts";

const file = (view: View, name: string): string | null =>
    view.downloads.find((path) => path === `${view.root}${name}`) ?? null;

/** Names of the groups that this audience's catalogue holds. */
function namesOf(view: View): PageData["names"] {
    const { practices, hagros, organisations } = view.bundle.catalogue;
    const own = view.bundle.own?.agb ?? null;
    return [
        ...practices
            .map(({ id, name }) => ({ id, name: id === own ? say.table.own : (name ?? id) }))
            .map(at("practice")),
        ...view.areas().map(at("area")),
        ...hagros.map(at("hagro")),
        ...organisations.map(at("organisation")),
    ];
}

const at =
    (level: PageData["names"][number]["level"]) =>
    ({ id, name }: { id: string; name: string }): PageData["names"][number] => ({ level, id, name });

export const page: PageDefinition = {
    /** Whoever has figures as a file can explore them. */
    kinds: Object.keys(say.audience) as AudienceKind[],
    paths: (view) =>
        file(view, "values.arrow") && file(view, "values.csv") ? [{ path: `${view.root}verkennen/` }] : [],
    render(view) {
        const [arrow, csv] = [`${view.root}values.arrow`, `${view.root}values.csv`];
        const { id, peildatum, demo } = view.bundle.publication;
        const data: PageData = {
            arrow,
            csv,
            indicators: view.bundle.catalogue.indicators.map(lean),
            names: namesOf(view),
            publication: { id, peildatum, demo },
        };
        return {
            title: say.explorer.title,
            description: say.explorer.description,
            crumbs: [{ text: view.bundle.audience.title, href: view.root }, { text: say.explorer.title }],
            kind: "breed",
            script: view.assets.explorer,
            body: html`<h1>${say.explorer.title}</h1>
<p class="kernzin">${say.explorer.lead}</p>
<section id="verkenner" aria-label="${say.explorer.title}" data-gegevens="${JSON.stringify(data)}"><p>${say.explorer.needsScript} <a href="${view.root}">${say.explorer.samePages}</a>. ${say.explorer.asFiles} <a href="${csv}" download>CSV</a>, <a href="${arrow}" download>Arrow</a>.</p></section>
${legend()}`,
        };
    },
};
