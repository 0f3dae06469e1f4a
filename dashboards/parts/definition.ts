import type { Indicator } from "../data.ts";
import { type Content, type Html, html } from "../html.ts";
import { date } from "../notation.ts";
import * as say from "../sentences/nl.ts";

/** The title of an indicator as a link to its definition, with the mark of an unconfirmed code. */
export function definitionLink(indicator: Indicator, text: Content = say.site.definition): Html {
    return html`<a class="def" href="/definities/${indicator.id}/">${text}</a>${unconfirmed(indicator)}`;
}

export function unconfirmed(indicator: Indicator): Html | null {
    return indicator.bevestigd ? null : html` <span class="merk nog">${say.site.unconfirmed}</span>`;
}

/** The search recipe for the practice's own HIS, line by line. */
export function recipe(indicator: Indicator): Html {
    if (indicator.recept.length === 0) return html`<p class="noot">${say.mirror.noRecipe}</p>`;
    return html`<ol class="recept">${indicator.recept.map((line) => html`<li>${line}</li>`)}</ol>`;
}

/** The definition as a list of terms (its question stands above it): what is counted, left out, and who checked it. */
export function passport(indicator: Indicator): Html {
    const entries: [string, Content][] = [
        [say.passport.why, indicator.waarom],
        [say.passport.numerator, indicator.teller],
        [say.passport.denominator, indicator.noemer],
        [say.passport.exclusions, indicator.uitsluitingen],
        [say.passport.measure, say.passport.measures[indicator.maat]],
        [say.passport.kind, say.passport.kinds[indicator.soort]],
        [say.passport.klass, say.passport.klasses[indicator.klasse]],
        [say.passport.sources, indicator.bronnen.length > 0 ? say.list(indicator.bronnen) : null],
        [say.passport.window, indicator.venster === null ? null : say.passport.windowMonths(indicator.venster)],
        [say.passport.better, say.better[indicator.beter]],
        [say.passport.theme, indicator.thema],
        [say.passport.vakgroep, indicator.vakgroep],
        [say.passport.strata, indicator.strata],
        [say.passport.reference, indicator.bron],
        [say.passport.otherReference, indicator.referentie],
        [say.passport.author, indicator.auteur],
        [say.passport.checked, dated(indicator.gecontroleerd)],
        [say.passport.revised, dated(indicator.herzien)],
        [say.passport.again, dated(indicator.opnieuw)],
        [say.passport.approach, indicator.aanpak],
    ];
    return html`<dl class="paspoort">${entries
        .filter((entry) => entry[1] !== null && entry[1] !== undefined && entry[1] !== "")
        .map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl>`;
}

function dated(text: string | null): string | null {
    return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text;
}
