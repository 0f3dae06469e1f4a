import { html } from "../html.ts";
import type { PageDefinition } from "../page.ts";
import { table } from "../parts/table.ts";
import * as say from "../sentences/nl.ts";

/** The practices that an adviser talks with, each with a link to its mirror. */
export const page: PageDefinition = {
    kinds: ["adviseur"],
    paths: (view) => (view.bundle.own ? [] : [{ path: view.root }]),
    render(view) {
        const { title } = view.bundle.audience;
        const { practices } = view.bundle.catalogue;
        return {
            title,
            description: say.start.adviseurText,
            crumbs: [{ text: title }],
            body: html`<h1>${title}</h1><p class="kernzin">${say.adviser.lead(practices.length)}</p>${table({
                caption: say.adviser.caption,
                quiet: true,
                columns: [{ head: say.table.practice }, { head: say.mirror.agb }, { head: say.mirror.area }],
                rows: practices.map((practice) => [
                    html`<a href="${view.root}${practice.id}/">${practice.name ?? practice.id}</a>`,
                    practice.id,
                    view.bundle.catalogue.areas.find(({ id }) => id === practice.area)?.name ?? practice.area ?? "",
                ]),
            })}`,
        };
    },
};
