import type { Indicator } from "../data.ts";
import { grouped } from "../groups.ts";
import { type Html, html } from "../html.ts";
import type { PageDefinition } from "../page.ts";
import { passport, recipe, unconfirmed } from "../parts/definition.ts";
import { table } from "../parts/table.ts";
import * as say from "../sentences/nl.ts";

const ROOT = "/definities/";

type Example = Indicator["voorbeelden"][number];
type ExampleTable = NonNullable<Example["expect"]>;

function exampleTable(source: ExampleTable, caption: string): Html {
    return table({
        caption,
        kind: "voorbeeld",
        columns: source.columns.map((column) => ({ head: column })),
        rows: source.rows.map((row) => row.map((value) => (value === null ? "" : String(value)))),
    });
}

function examples(indicator: Indicator): Html | null {
    if (indicator.voorbeelden.length === 0) return null;
    return html`<section aria-labelledby="voorbeelden"><h2 id="voorbeelden">${say.passport.examples}</h2><p>${say.passport.examplesIntro}</p>${indicator.voorbeelden.map(
        (example) =>
            html`<article class="voorbeeldkaart"><h3>${say.capital(example.title)}</h3><div class="tabellen">${example.tables.map((source) => exampleTable(source, source.name ?? ""))}${example.expect ? exampleTable(example.expect, say.passport.expect) : null}</div></article>`,
    )}</section>`;
}

export const page: PageDefinition = {
    kinds: ["openbaar"],
    paths: (view) => [
        { path: ROOT },
        ...view.bundle.catalogue.indicators.map((indicator) => ({
            path: `${ROOT}${indicator.id}/`,
            key: indicator.id,
        })),
    ],
    render(view, at) {
        const all = view.bundle.catalogue.indicators;
        if (!at.key) {
            const open = all.filter((indicator) => !indicator.bevestigd).length;
            return {
                title: say.definitions.title,
                description: say.start.openbaarText,
                crumbs: [{ text: say.definitions.title }],
                body: html`<h1>${say.definitions.title}</h1><p class="kernzin">${say.definitions.lead(all.length, open)}</p>${grouped(
                    all,
                ).map(
                    (group) =>
                        html`<section><h2>${say.groups[group.id]}</h2>${table({
                            caption: say.definitions.caption(say.groups[group.id]),
                            quiet: true,
                            narrow: "stack",
                            kind: "definities",
                            columns: [
                                { head: say.table.indicator },
                                { head: say.definitions.question },
                                { head: say.definitions.state },
                            ],
                            rows: group.indicators.map((indicator) => [
                                html`<a href="${ROOT}${indicator.id}/">${indicator.titel}</a>`,
                                indicator.vraag ?? "",
                                unconfirmed(indicator) ?? say.definitions.confirmed,
                            ]),
                        })}</section>`,
                )}`,
            };
        }
        const indicator = view.cells.indicator(at.key);
        if (!indicator) throw new Error(`Indicator ${at.key} staat niet in de openbare bundel.`);
        return {
            title: indicator.titel,
            description: indicator.vraag ?? indicator.titel,
            crumbs: [{ text: say.definitions.title, href: ROOT }, { text: indicator.titel }],
            body: html`<p class="bovenkop"><code>${indicator.id}</code>${unconfirmed(indicator)}</p><h1>${indicator.titel}</h1>${indicator.vraag ? html`<p class="kernzin">${indicator.vraag}</p>` : null}${indicator.bevestigd ? null : html`<p class="let-op">${say.site.unconfirmedLong}</p>`}
<section aria-labelledby="paspoort"><h2 id="paspoort">${say.passport.title}</h2>${passport(indicator)}</section>
${indicator.recept.length > 0 ? html`<section aria-labelledby="recept"><h2 id="recept">${say.passport.recipe}</h2><p>${say.passport.recipeIntro}</p>${recipe(indicator)}</section>` : null}
${examples(indicator)}
${indicator.queryHash ? html`<p class="noot">${say.passport.hash}: <code>${indicator.queryHash}</code></p>` : null}`,
        };
    },
};
