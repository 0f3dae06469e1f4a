import type { Indicator } from "../data.ts";
import { recordSystemsOf } from "../details.ts";
import { type Html, html } from "../html.ts";
import { whole } from "../notation.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { table } from "./table.ts";

/** Practices by record system, and whether that may be registration; null where fewer than two systems may be shown. */
export function recordSystemSection(view: View, indicator: Indicator): Html | null {
    const found = recordSystemsOf(view.bundle.details, indicator.id);
    if (!found) return null;
    const systems = [...found.systems].sort((left, right) => right.percent - left.percent);
    const [high, low] = [systems[0], systems.at(-1)];
    return html`<section aria-labelledby="his"><h2 id="his">${say.recordSystems.title}</h2>${
        low && high ? html`<p class="bevinding">${say.recordSystems.finding(low, high, found.beyondChance)}.</p>` : null
    }${table({
        caption: say.recordSystems.caption(indicator.titel, found.period),
        quiet: true,
        columns: [
            { head: say.recordSystems.his },
            { head: say.recordSystems.practices, kind: "number" },
            { head: say.recordSystems.together, kind: "number" },
        ],
        rows: systems.map(({ his, practices, percent }) => [his, whole(practices), `${percent}%`]),
    })}<p class="noot">${found.beyondChance ? say.recordSystems.more : say.recordSystems.same} ${say.recordSystems.only}</p></section>`;
}
