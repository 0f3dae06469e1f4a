import { hasValue } from "../cells.ts";
import type { Indicator } from "../data.ts";
import { grouped } from "../groups.ts";
import { type Content, type Html, html } from "../html.ts";
import { writeValue } from "../measure.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { symbol } from "./symbol.ts";
import { table } from "./table.ts";

/** The practices of the reader's own hagro side by side, a table per subject; nothing for who has no hagro. */
export function memberTables(view: View, indicators: readonly Indicator[], period: string): Html | null {
    const { members } = view.bundle;
    if (members.length === 0) return null;
    const percents = new Map(
        members.flatMap(({ name, values }) =>
            values.map((value) => [`${name}\t${value.indicator}\t${value.period}`, value.percent] as const),
        ),
    );
    const shown = indicators.filter(({ id }) => members.some(({ name }) => percents.has(`${name}\t${id}\t${period}`)));
    const named = members.some(({ name }) => !/^[0-9a-f]{10}$/.test(name));
    const own = view.bundle.audience.hagro ?? "";
    const groupValue = (indicator: Indicator): Content => {
        const cell = view.cells.at({ indicator: indicator.id, level: "hagro", id: own }, period);
        return hasValue(cell) ? writeValue(indicator, cell) : symbol(cell?.state ?? null);
    };
    return html`<section aria-labelledby="leden"><h2 id="leden">${say.hagro.members}</h2><p>${say.hagro.membersIntro(named)}</p>${grouped(
        [...shown],
    ).map(
        (group) =>
            html`<h3>${say.groups[group.id]}</h3>${table({
                caption: say.hagro.membersCaption(say.groups[group.id], say.periodName(period)),
                quiet: true,
                kind: "leden",
                columns: [
                    { head: say.table.indicator },
                    ...members.map(({ name }) => ({ head: name, kind: "number" as const, short: name })),
                    { head: say.hagro.ourHagro, kind: "number", short: say.hagro.ourHagro },
                ],
                narrow: "stack",
                rows: group.indicators.map((indicator) => [
                    indicator.titel,
                    ...members.map(({ name }) => {
                        const percent = percents.get(`${name}\t${indicator.id}\t${period}`);
                        return percent === undefined ? symbol("suppressed") : `${percent}%`;
                    }),
                    groupValue(indicator),
                ]),
            })}`,
    )}</section>`;
}
