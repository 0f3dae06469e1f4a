import { type Changes, isMoved, oncePerFigure, redefined, type ShownChange } from "../changes.ts";
import type { AudienceKind } from "../data.ts";
import { type Html, html, slug } from "../html.ts";
import type { Page, PageDefinition, View } from "../page.ts";
import { type ChangeOf, changeTable, changeTables, figure, placeOf, withIndicators } from "../parts/changes.ts";
import { table } from "../parts/table.ts";
import { periodKind } from "../period.ts";
import * as say from "../sentences/nl.ts";

const KINDS: AudienceKind[] = ["coalitie", "gemeente", "vakgroep", "hagro", "praktijk", "adviseur"];

/** Most figures beyond chance that the page names first; the rest stand in the tables. */
const FIRST = 8;

export const page: PageDefinition = {
    kinds: KINDS,
    // An adviser's list of practices has no figures.
    paths: (view) =>
        view.bundle.audience.kind === "adviseur" && !view.bundle.own ? [] : [{ path: `${view.root}wat-veranderde/` }],
    render(view): Page {
        const changes = view.bundle.changes;
        const lead =
            changes?.state === "compared"
                ? say.changes.lead(changes)
                : changes?.state === "not_comparable"
                  ? say.changes.notComparable
                  : say.changes.first;
        return {
            title: say.changes.title,
            description: say.changes.description,
            crumbs: [{ text: view.bundle.audience.title, href: view.root }, { text: say.changes.title }],
            kind: "breed",
            body: html`<h1>${say.changes.title}</h1><p class="kernzin">${lead}</p>${changes?.reason ? html`<p>${changes.reason}</p>` : null}${changes?.state === "compared" ? compared(view, changes) : null}${explanation()}`,
        };
    },
};

function compared(view: View, changes: Changes): Html {
    return html`${definitions(view, changes)}
${beyondChance(view, changes)}
${newest(view, changes)}
${restated(view, changes)}`;
}

/** New definitions come first: what they move is no change of care. */
function definitions(view: View, { definitions: found, newest: rows }: Changes): Html | null {
    if (!found) return null;
    const moved = new Set(found.changed.flatMap(({ indicators }) => indicators));
    const lines = [
        ...found.added.map((id) => say.changes.added(titleOf(view, id))),
        ...found.dropped.map((id) => say.changes.dropped(id)),
        ...(found.unmoved > 0 ? [say.changes.unmoved(found.unmoved)] : []),
        ...(found.isRerun ? [] : [say.changes.notRerun]),
    ];
    if (moved.size === 0 && lines.length === 0) return null;
    const shown = withIndicators(
        view,
        oncePerFigure(rows.filter((change) => moved.has(change.indicator) && change.level !== "area")),
    ).filter(({ change }) => redefined(change) !== null);
    return html`<section aria-labelledby="definities"><h2 id="definities">${say.changes.definitions}</h2>${
        moved.size > 0 ? html`<p class="let-op">${say.changes.definitionsIntro(moved.size)}</p>` : null
    }${found.changed.map(
        ({ query, codes, lines: text, indicators }) =>
            html`<h3 id="${slug(`vraag-${query}`)}"><code>${query}</code></h3><p>${say.list(indicators.map((id) => titleOf(view, id)))}</p>${
                codes
                    ? html`<ul>${codes.added.map((code) => html`<li>${say.changes.codeAdded(code)}</li>`)}${codes.removed.map((code) => html`<li>${say.changes.codeRemoved(code)}</li>`)}</ul>`
                    : html`<p>${say.changes.textChanged(text.added, text.removed)}</p>`
            }`,
    )}${
        shown.length > 0
            ? table({
                  caption: say.changes.definitionsCaption,
                  quiet: true,
                  narrow: "stack",
                  columns: [
                      { head: say.table.indicator },
                      { head: say.changes.oldDefinition, kind: "number", short: say.changes.oldDefinition },
                      { head: say.changes.newDefinition, kind: "number", short: say.changes.newDefinition },
                  ],
                  rows: shown.map(({ indicator, change }) => {
                      const both = redefined(change);
                      return [
                          html`${indicator.titel} <small>${placeOf(view, change)}, ${say.periodName(change.to)}</small>`,
                          both ? figure(indicator, both.before) : null,
                          both ? figure(indicator, both.after) : null,
                      ];
                  }),
              })
            : null
    }${lines.map((line) => html`<p class="noot">${line}</p>`)}</section>`;
}

function beyondChance(view: View, { newest: rows }: Changes): Html {
    const outside = withIndicators(
        view,
        oncePerFigure(rows.filter(({ drift, level }) => drift.verdict === "outside" && level !== "area")),
    );
    const items = outside
        .slice(0, FIRST)
        .map(
            ({ indicator, change }) =>
                html`<li><b>${indicator.titel}</b> (${placeOf(view, change)}, ${say.periodName(change.to)}): ${say.changes.moved(indicator, change)}</li>`,
        );
    const more = outside.length - items.length;
    return html`<section aria-labelledby="toeval"><h2 id="toeval">${say.changes.beyondChance}</h2>${
        items.length === 0
            ? html`<p>${say.changes.noneBeyond}</p>`
            : html`<ul>${items}</ul>${more > 0 ? html`<p>${say.changes.moreBeyond(more)}</p>` : null}`
    }<p class="noot">${say.changes.chanceNote}</p></section>`;
}

function newest(view: View, changes: Changes): Html {
    const ordered = [...changes.newest].sort((a, b) => inOrder(a.to) - inOrder(b.to));
    const pairs = [...new Set(ordered.map(({ from, to }) => `${from}>${to}`))];
    return html`${pairs.map((pair) => {
        const [from = "", to = ""] = pair.split(">");
        const rows = withIndicators(
            view,
            changes.newest.filter((change) => change.from === from && change.to === to),
        );
        const title = say.changes.pair(from, to);
        const of = (level: ShownChange["level"], id?: string): ChangeOf[] =>
            rows.filter(({ change }) => change.level === level && (id === undefined || change.id === id));
        const own = of("practice");
        const areas = view.areas().filter(({ id }) => of("area", id).length > 0);
        return html`<section aria-labelledby="${slug(`paar-${pair}`)}"><h2 id="${slug(`paar-${pair}`)}">${title}</h2>${
            own.length > 0 ? html`<h3 class="kopje">${say.changes.own}</h3>${changeTables(view, own, title)}` : null
        }${folded(view, say.changes.region, of("region"), title, own.length === 0)}${areas.map(({ id, name }) =>
            folded(view, name, of("area", id), title, false),
        )}</section>`;
    })}${changes.withheld > 0 ? html`<p class="noot">${say.changes.withheld(changes.withheld)}</p>` : null}`;
}

/** Quarters before years: the quarter is what is newest. */
const inOrder = (period: string): number => (periodKind(period) === "quarter" ? 0 : 1);

function folded(view: View, name: string, rows: ChangeOf[], caption: string, open: boolean): Html | null {
    if (rows.length === 0) return null;
    const many = rows.filter(({ change }) => isMoved(change)).length;
    return html`<details class="groep"${open ? html` open` : null}><summary><h3>${name}</h3> <small>${say.changes.movedOf(many, rows.length)}</small></summary>${changeTables(view, rows, `${name}, ${caption}`)}</details>`;
}

function restated(view: View, { restated: rows, restatedFigures }: Changes): Html {
    const shown = withIndicators(view, rows);
    return html`<section aria-labelledby="herzien"><h2 id="herzien">${say.changes.restated}</h2><p>${say.changes.restatedIntro(restatedFigures, rows.length)}</p>${
        shown.length > 0 ? changeTable(view, shown, say.changes.restated, true) : null
    }</section>`;
}

function explanation(): Html {
    return html`<section aria-labelledby="oorzaken"><h2 id="oorzaken">${say.changes.classesTitle}</h2><dl class="oorzakenlijst">${Object.entries(say.changes.classes).map(([name, { word, text }]) => html`<div><dt><i class="oorzaak-${name}"></i>${word}</dt><dd>${text}</dd></div>`)}</dl></section>`;
}

function titleOf(view: View, id: string): string {
    return view.cells.indicator(id)?.titel ?? id;
}
