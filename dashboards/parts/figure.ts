import { type Content, type Html, html, slug } from "../html.ts";
import * as say from "../sentences/nl.ts";

export interface FigureOptions {
    id: string;
    /** The title states what the chart shows, not what it is. */
    finding: Content;
    summary: Content;
    chart: Html;
    /** The same numbers as a table. */
    twin: Html;
    notes?: Content[];
    /** How to read this form of chart; folded, because who knows it need not read it again. */
    guide?: Content[];
    /** Heading level of the finding. */
    level?: 2 | 3 | 4;
    /** Peildatum, n, delivered of members. */
    measured?: Content;
}

/** A chart with its finding, its summary in words and its table twin. */
export function figure(options: FigureOptions): Html {
    const id = slug(options.id);
    const heading = (level: number): Html =>
        level === 2
            ? html`<h2 id="${id}-kop">${options.finding}</h2>`
            : level === 4
              ? html`<h4 id="${id}-kop">${options.finding}</h4>`
              : html`<h3 id="${id}-kop">${options.finding}</h3>`;
    return html`<figure class="grafiek" id="${id}"><figcaption>${heading(options.level ?? 3)}${options.measured ? html`<p class="gemeten">${options.measured}</p>` : null}<p class="samenvatting">${options.summary}</p></figcaption>${options.chart}${(options.notes ?? []).filter(Boolean).map((note) => html`<p class="noot">${note}</p>`)}${guideOf(options.guide ?? [])}<details class="tweeling"><summary>${say.site.asTable}</summary>${options.twin}</details></figure>`;
}

function guideOf(lines: Content[]): Html | null {
    const told = lines.filter(Boolean);
    if (told.length === 0) return null;
    return html`<details class="tweeling"><summary>${say.site.readingGuide}</summary>${told.map((line) => html`<p class="noot">${line}</p>`)}</details>`;
}
