import type { ReconciliationRow } from "../data.ts";
import { type Html, html, slug } from "../html.ts";
import { plain } from "../notation.ts";
import type { PageDefinition, View } from "../page.ts";
import { table } from "../parts/table.ts";
import * as say from "../sentences/nl.ts";

function verdict(row: ReconciliationRow): Html {
    if (row.computed === null) return html`<span class="merk">${say.reconciliation.unknown}</span>`;
    return row.equal
        ? html`<span class="merk gelijk">${say.reconciliation.equal}</span>`
        : html`<span class="merk af">${say.reconciliation.different}</span>`;
}

function group(view: View, name: string, rows: ReconciliationRow[]): Html {
    return html`<h3 id="${slug(name)}">${name}</h3>${table({
        caption: say.reconciliation.caption(name),
        quiet: true,
        narrow: "stack",
        kind: "vergelijk",
        columns: [
            { head: say.reconciliation.figure },
            { head: say.reconciliation.printed, kind: "number", short: say.reconciliation.printed },
            { head: say.reconciliation.computed, kind: "number", short: say.reconciliation.computed },
            { head: say.reconciliation.verdict, short: say.reconciliation.verdict },
            { head: say.reconciliation.how, short: say.reconciliation.how },
        ],
        rows: rows.map((row) => {
            const indicator = view.cells.indicator(row.indicator);
            const path = indicator ? view.indicatorPath(indicator) : null;
            return [
                path ? html`<a href="${path}">${row.figure}</a>` : row.figure,
                row.printed,
                row.computed === null ? "–" : typeof row.computed === "number" ? plain(row.computed) : row.computed,
                verdict(row),
                html`${row.how}${row.note ? html` <small>${row.note}</small>` : null}`,
            ];
        }),
    })}`;
}

export const page: PageDefinition = {
    kinds: ["coalitie"],
    paths: (view) => (view.bundle.reconciliation ? [{ path: `${view.root}reconciliatie/` }] : []),
    render(view) {
        const rows = view.bundle.reconciliation?.rows ?? [];
        const contradictions = [...(view.bundle.reconciliation?.contradictions ?? []), ...view.bundle.contradictions];
        const computable = rows.filter((row) => row.computed !== null);
        const groups = [...new Set(rows.map((row) => row.group ?? say.reconciliation.other))];
        return {
            title: say.reconciliation.title,
            description: say.coalition.reconciliationLink,
            crumbs: [{ text: view.bundle.audience.title, href: view.root }, { text: say.reconciliation.title }],
            body: html`<h1>${say.reconciliation.title}</h1>${
                rows.length === 0
                    ? html`<p>${say.reconciliation.none}</p>`
                    : html`<p class="kernzin">${say.reconciliation.lead(computable.filter((row) => row.equal).length, computable.length)}</p><section aria-labelledby="cijfers"><h2 id="cijfers">${say.reconciliation.rows}</h2>${groups.map(
                          (name) =>
                              group(
                                  view,
                                  name,
                                  rows.filter((row) => (row.group ?? say.reconciliation.other) === name),
                              ),
                      )}</section>`
            }${
                contradictions.length > 0
                    ? html`<section aria-labelledby="tegenspraak"><h2 id="tegenspraak">${say.reconciliation.contradictions}</h2><p>${say.reconciliation.contradictionsIntro}</p><div class="tegenspraken">${contradictions.map((one) => html`<article><h3>${one.title}</h3><dl><div><dt>${say.reconciliation.inReport}</dt><dd>${one.printed}</dd></div><div><dt>${say.reconciliation.finding}</dt><dd>${one.finding}</dd></div></dl></article>`)}</div></section>`
                    : null
            }`,
        };
    },
};
