import { isRedefined } from "../changes.ts";
import type { Cell, Indicator } from "../data.ts";
import { deliveryNoteOf } from "../details.ts";
import { type Html, html } from "../html.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";

/** How complete and how steady the deliveries behind a regional figure are; null where nothing is known of it. */
export function deliverySection(view: View, indicator: Indicator, cell: Cell | undefined): Html | null {
    const note = deliveryNoteOf(view.bundle.details, indicator.id);
    const covered = cell && cell.delivered !== null && cell.members !== null ? cell : null;
    if (!note && !covered) return null;
    const lines = note
        ? [
              note.missing.length > 0 ? say.deliveryNotes.missing(note.missing) : null,
              note.relaid > 0 ? say.deliveryNotes.relaid(note.relaid) : null,
              note.warned > 0 ? say.deliveryNotes.warned(note.warned) : null,
              note.relaid + note.warned === 0 ? say.deliveryNotes.fine : null,
              note.aside === null ? null : say.deliveryNotes.aside(note.aside),
          ].filter((line) => line !== null)
        : [];
    return html`<section aria-labelledby="volledig"><h2 id="volledig">${say.indicatorPage.quality}</h2>${
        covered
            ? html`<p>${say.indicatorPage.coverage(covered.delivered ?? 0, covered.members ?? 0, covered.period)}</p>`
            : null
    }${lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : null}</section>`;
}

/** Stands above the figures where the definition is new: what that moves is no change of care. */
export function redefinedNote(view: View, indicator: Indicator): Html | null {
    if (!isRedefined(view.bundle.changes, indicator.id)) return null;
    return html`<p class="let-op">${say.indicatorPage.redefined} <a href="${view.root}wat-veranderde/">${say.indicatorPage.toChanges}</a>.</p>`;
}
