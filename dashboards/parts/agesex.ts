import type { Indicator } from "../data.ts";
import { ageSexOf } from "../details.ts";
import { type Content, type Html, html } from "../html.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { symbol } from "./symbol.ts";
import { table } from "./table.ts";

/** The region's shares by age and sex, with the lowest and highest in words; null where publish shows none. */
export function ageSexSection(view: View, indicator: Indicator): Html | null {
    const found = ageSexOf(view.bundle.details, indicator.id);
    if (!found) return null;
    // A column in which nothing may be shown says nothing.
    const sexes = [...new Set(found.groups.filter(({ percent }) => percent !== null).map(({ sex }) => sex))].sort(
        (left, right) => order(left) - order(right),
    );
    const bands = [...new Set(found.groups.map(({ ageBand }) => ageBand))].sort((left, right) => left - right);
    const cell = (ageBand: number, sex: string | null): Content => {
        const group = found.groups.find((one) => one.ageBand === ageBand && one.sex === sex);
        if (!group) return symbol("not_applicable");
        return group.percent === null ? symbol("suppressed") : `${group.percent}%`;
    };
    const named = found.groups.flatMap(({ ageBand, sex, percent }) =>
        percent === null ? [] : [{ name: say.ageSex.group(ageBand, sex), percent }],
    );
    const sorted = [...named].sort((left, right) => left.percent - right.percent);
    const [low, high] = [sorted[0], sorted.at(-1)];
    return html`<section aria-labelledby="leeftijd"><h2 id="leeftijd">${say.ageSex.title}</h2>${
        low && high ? html`<p class="bevinding">${say.ageSex.finding(low, high)}.</p>` : null
    }${table({
        caption: say.ageSex.caption(indicator.titel, found.period),
        quiet: true,
        columns: [
            { head: say.ageSex.age },
            ...sexes.map((sex) => ({ head: say.ageSex.sex(sex), kind: "number" as const })),
        ],
        rows: bands.map((band) => [say.ageSex.ageGroup(band), ...sexes.map((sex) => cell(band, sex))]),
    })}<p class="noot">${say.ageSex.note}</p></section>`;
}

const order = (sex: string | null): number => ["V", "M", "O"].indexOf(sex ?? "");
