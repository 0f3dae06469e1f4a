import { hasValue } from "../cells.ts";
import { funnel } from "../charts/funnel.ts";
import type { Highlight } from "../highlights.ts";
import { type Html, html, slug } from "../html.ts";
import { writeValue } from "../measure.ts";
import { decimal, percent, whole } from "../notation.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { definitionLink, recipe } from "./definition.ts";
import { redefinedNote } from "./deliveries.ts";
import { sparkOf } from "./spark.ts";
import { table } from "./table.ts";

/** One highlight: the finding, a plain sentence, the number of patients, how to find them, and the practice in its funnel. */
export function highlightCard(view: View, agb: string, highlight: Highlight): Html {
    const { indicator, curve, limits } = highlight;
    const id = `u-${slug(indicator.id)}`;
    const line = { indicator: indicator.id, level: "practice" as const, id: agb };
    const series = view.cells
        .series(line, "quarter")
        .flatMap((cell) => (hasValue(cell) && cell.denominator ? [{ ...cell, denominator: cell.denominator }] : []))
        .slice(-6);
    const expected = say.highlightExpected(highlight);
    const limitsOf = new Map(curve.own.map((at) => [at.period, at.limits]));
    return html`<article class="uitlichting v-${highlight.verdict}" aria-labelledby="${id}"><div class="tekst"><p class="bovenkop"><span class="merk v-${highlight.verdict}">${say.verdictWords[highlight.verdict]}</span> ${say.better[indicator.beter]} · ${definitionLink(indicator)}</p><h3 id="${id}">${say.highlightTitle(highlight)}</h3><p>${say.highlightSentence(highlight)}${expected ? html` <span class="gegeven">${expected}</span>` : null}</p><p class="aantal">${say.highlightPatients(highlight)}</p>${highlight.sameSystem ? html`<p class="let-op">${say.highlightSystem(highlight.sameSystem)}</p>` : null}${redefinedNote(view, indicator)}${
        indicator.aanpak ? html`<p><b>${say.mirror.approach}:</b> ${indicator.aanpak}</p>` : null
    }</div><div class="beeld"><h4>${say.mirror.position}</h4>${funnel({
        label: say.funnelLabel(highlight, limits.low, limits.high),
        curve,
        region: highlight.region,
        own: series.map((cell) => ({ n: cell.denominator, value: cell.value })),
        writeSize: whole,
        write: (share) => percent(share, 0),
        regionText: say.funnel.region(highlight.region),
        sizeText: say.funnel.axis,
    })}<p class="noot">${say.funnel.outer}</p><p class="eigen-verloop">${say.mirror.ownTrend} ${sparkOf(view, indicator, line)}</p><details class="tweeling"><summary>${say.site.asTable}</summary>${table(
        {
            caption: say.funnel.table(indicator.titel),
            columns: [
                { head: say.table.period },
                { head: say.table.own, kind: "number" },
                { head: say.table.counts, kind: "number" },
                { head: say.funnel.limits, kind: "number" },
            ],
            rows: series.map((cell) => {
                const at = limitsOf.get(cell.period);
                return [
                    say.periodShort(cell.period),
                    writeValue(indicator, cell),
                    say.countsOf(cell),
                    at ? `${decimal(at.low * 100, 0)}–${percent(at.high, 0)}` : "",
                ];
            }),
        },
    )}</details></div><div class="vinden"><h4>${say.mirror.find}</h4>${recipe(indicator)}</div></article>`;
}
