import type { Bundle, Operator, Receipt } from "../data.ts";
import { type Content, type Html, html } from "../html.ts";
import { date, percent, whole } from "../notation.ts";
import type { PageDefinition } from "../page.ts";
import { table } from "../parts/table.ts";
import * as say from "../sentences/nl.ts";

function asideOf(receipt: Receipt | null | undefined): Map<string, number> {
    const totals = new Map<string, number>();
    for (const file of receipt?.files ?? [])
        for (const [code, many] of Object.entries(file.aside ?? {})) totals.set(code, (totals.get(code) ?? 0) + many);
    return totals;
}

function sum(receipt: Receipt | null | undefined, key: "rows" | "kept"): number {
    return (receipt?.files ?? []).reduce((total, file) => total + (file[key] ?? 0), 0);
}

function deliveries(operator: Operator): Html {
    const accepted = operator.deliveries;
    return html`<section aria-labelledby="leveringen"><h2 id="leveringen">${say.operator.deliveries}</h2>${
        accepted.length === 0
            ? html`<p>${say.operator.noDeliveries}</p>`
            : table({
                  caption: say.operator.deliveries,
                  quiet: true,
                  columns: [
                      { head: say.operator.name },
                      { head: say.operator.format },
                      { head: say.site.peildatum },
                      { head: say.operator.practices, kind: "number" },
                      { head: say.operator.rows, kind: "number" },
                      { head: say.operator.kept, kind: "number" },
                      { head: say.operator.aside, kind: "number" },
                  ],
                  rows: accepted.map((delivery) => {
                      const aside = [...asideOf(delivery.receipt).values()].reduce((total, many) => total + many, 0);
                      return [
                          delivery.name ?? delivery.id ?? "",
                          delivery.format ?? "",
                          date(delivery.peildatum),
                          whole(delivery.practices.length),
                          whole(sum(delivery.receipt, "rows")),
                          whole(sum(delivery.receipt, "kept")),
                          aside > 0 ? html`<b>${whole(aside)}</b>` : "0",
                      ];
                  }),
              })
    }</section>`;
}

function refusals(refused: Receipt[]): Html {
    return html`<section aria-labelledby="geweigerd"><h2 id="geweigerd">${say.operator.refused}</h2>${
        refused.length === 0
            ? html`<p>${say.operator.noRefused}</p>`
            : table({
                  caption: say.operator.refused,
                  quiet: true,
                  columns: [{ head: say.operator.name }, { head: say.operator.code }, { head: say.operator.message }],
                  rows: refused.map((receipt) => [
                      receipt.delivery ?? "",
                      html`<code>${receipt.code}</code>`,
                      receipt.message,
                  ]),
              })
    }</section>`;
}

function held(operator: Operator): Html {
    return html`<section aria-labelledby="aangehouden"><h2 id="aangehouden">${say.operator.held}</h2>${
        operator.held.length === 0
            ? html`<p>${say.operator.noHeld}</p>`
            : html`<p>${say.operator.heldIntro}</p>${table({
                  caption: say.operator.held,
                  quiet: true,
                  columns: [
                      { head: say.operator.name },
                      { head: say.site.peildatum },
                      { head: say.operator.practices, kind: "number" },
                      { head: say.operator.checks },
                  ],
                  rows: operator.held.map(({ name, peildatum, practices, checks }) => [
                      name,
                      date(peildatum),
                      whole(practices.length),
                      html`<code>${checks.join(", ")}</code>`,
                  ]),
              })}`
    }</section>`;
}

/** What is unlike the delivery before, practice by practice: an operator asks there before anybody reads it as care. */
function quality(bundle: Bundle, operator: Operator): Html {
    const names = new Map(bundle.catalogue.practices.map((practice) => [practice.id, practice.name]));
    return html`<section aria-labelledby="kwaliteit"><h2 id="kwaliteit">${say.operator.quality}</h2>${
        operator.quality.length === 0
            ? html`<p>${say.operator.noQuality}</p>`
            : table({
                  caption: say.operator.qualityCaption,
                  quiet: true,
                  columns: [
                      { head: say.operator.practice },
                      { head: say.operator.source },
                      { head: say.site.peildatum },
                      { head: say.operator.differs },
                  ],
                  rows: operator.quality.map(({ practice, source, peildatum, relaid, warnings }) => [
                      html`<code>${practice}</code> ${names.get(practice) ?? null}`,
                      source,
                      date(peildatum),
                      html`<ul class="opvallend">${[
                          ...(relaid === null ? [] : [say.operator.relaid(relaid.from, relaid.to)]),
                          ...warnings,
                      ].map((line) => html`<li>${line}</li>`)}</ul>`,
                  ]),
              })
    }</section>`;
}

function setAside(receipts: (Receipt | null | undefined)[]): Html {
    const totals = new Map<string, number>();
    for (const receipt of receipts)
        for (const [code, many] of asideOf(receipt)) totals.set(code, (totals.get(code) ?? 0) + many);
    return html`<section aria-labelledby="terzijde"><h2 id="terzijde">${say.operator.asideTitle}</h2>${
        totals.size === 0
            ? html`<p>${say.operator.noAside}</p>`
            : table({
                  caption: say.operator.asideCaption,
                  quiet: true,
                  columns: [{ head: say.operator.reason }, { head: say.operator.rows, kind: "number" }],
                  rows: [...totals]
                      .sort((left, right) => right[1] - left[1])
                      .map(([code, many]) => [html`<code>${code}</code>`, whole(many)]),
              })
    }</section>`;
}

function coverage(bundle: Bundle): Html | null {
    const rows = bundle.catalogue.coverage;
    if (rows.length === 0) return null;
    const sources = [...new Set(rows.map((row) => row.source ?? ""))].sort();
    const names = new Map(bundle.catalogue.practices.map((practice) => [practice.id, practice.name]));
    const practices = [...new Set(rows.map((row) => row.practice ?? ""))].sort();
    const at = (practice: string, source: string): Content => {
        const row = rows.find((one) => one.practice === practice && one.source === source);
        return row
            ? html`${date(row.peildatum)} <small>${say.operator.history.toLowerCase()} ${date(row.historyFrom)}</small>`
            : say.operator.none;
    };
    return html`<section aria-labelledby="dekking"><h2 id="dekking">${say.operator.coverage}</h2>${table({
        caption: say.operator.coverageCaption,
        quiet: true,
        columns: [{ head: say.operator.practice }, ...sources.map((source) => ({ head: source }))],
        rows: practices.map((practice) => [
            html`<code>${practice}</code> ${names.get(practice) ?? null}`,
            ...sources.map((source) => at(practice, source)),
        ]),
    })}</section>`;
}

function kept(bundle: Bundle): Html | null {
    if (bundle.kept.length === 0) return null;
    return html`<section aria-labelledby="getoond"><h2 id="getoond">${say.operator.keptTitle}</h2>${table({
        caption: say.operator.keptCaption,
        quiet: true,
        columns: [
            { head: say.operator.page },
            { head: say.operator.cells, kind: "number" },
            { head: say.operator.shown, kind: "number" },
            { head: say.operator.share, kind: "number" },
        ],
        rows: bundle.kept.map((row) => [
            row.page,
            whole(row.cells),
            whole(row.shown),
            row.cells === 0 ? "–" : percent(row.shown / row.cells),
        ]),
    })}</section>`;
}

function suppression(operator: Operator): Html | null {
    if (operator.suppression.length === 0) return null;
    const totals = new Map<string, { audience: string; reason: string; many: number }>();
    for (const entry of operator.suppression) {
        const audience = entry.audience ?? "";
        const reason = entry.reason ?? "";
        const found = totals.get(`${audience}|${reason}`);
        if (found) found.many += 1;
        else totals.set(`${audience}|${reason}`, { audience, reason, many: 1 });
    }
    return html`<section aria-labelledby="logboek"><h2 id="logboek">${say.operator.suppression}</h2>${table({
        caption: say.operator.suppressionCaption,
        quiet: true,
        columns: [
            { head: say.operator.audience },
            { head: say.operator.reason },
            { head: say.operator.number, kind: "number" },
        ],
        rows: [...totals.values()]
            .sort((left, right) =>
                left.audience === right.audience ? right.many - left.many : left.audience < right.audience ? -1 : 1,
            )
            .map((row) => [row.audience, row.reason, whole(row.many)]),
    })}</section>`;
}

function releases(operator: Operator): Html | null {
    if (operator.releases.length === 0) return null;
    return html`<section aria-labelledby="releases"><h2 id="releases">${say.operator.releases}</h2>${table({
        caption: say.operator.releasesCaption,
        quiet: true,
        columns: [{ head: say.site.release }, { head: say.operator.deliveries, kind: "number" }],
        rows: operator.releases.map((release) => [
            html`<code>${release.id}</code>`,
            Array.isArray(release.deliveries) ? whole(release.deliveries.length) : "",
        ]),
    })}</section>`;
}

export const page: PageDefinition = {
    kinds: ["beheer"],
    paths: (view) => [{ path: view.root }],
    render(view) {
        const { bundle } = view;
        const operator: Operator = bundle.operator ?? {
            deliveries: [],
            receipts: [],
            held: [],
            quality: [],
            releases: [],
            suppression: [],
        };
        const refused = operator.receipts.filter((receipt) => receipt.accepted === false);
        const receipts = operator.deliveries.map((delivery) => delivery.receipt);
        const aside = receipts.reduce(
            (total, receipt) => total + [...asideOf(receipt).values()].reduce((part, many) => part + many, 0),
            0,
        );
        return {
            title: say.operator.title,
            description: say.start.beheerText,
            crumbs: [{ text: say.operator.title }],
            kind: "breed",
            body: html`<h1>${say.operator.title}</h1><p class="kernzin">${say.operator.lead(operator.deliveries.length, operator.held.length, refused.length, aside)}</p>
${held(operator)}
${refusals(refused)}
${quality(bundle, operator)}
${setAside(receipts)}
${kept(bundle)}
${suppression(operator)}
${deliveries(operator)}
${coverage(bundle)}
${releases(operator)}`,
        };
    },
};
