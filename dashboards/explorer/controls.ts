import type { Indicator, Level } from "../data.ts";
import { grouped } from "../groups.ts";
import { type Html, html } from "../html.ts";
import type { PeriodKind } from "../period.ts";
import * as say from "../sentences/nl.ts";
import type { Published, Series } from "./published.ts";
import { MOST_SERIES, type Offer, type Selection, type Wishes } from "./selection.ts";
import type { NameOf } from "./shown.ts";

/** The form: what can be chosen, and what is. */
export interface Controls {
    wishes(): Wishes;
    show(selection: Selection, offer: Offer): void;
}

/** Fills `form` and calls `changed` whenever a reader chooses something. */
export function controlsIn(
    form: HTMLFormElement,
    options: { published: Published; indicators: Indicator[]; nameOf: NameOf; changed: () => void },
): Controls {
    const { published, indicators, nameOf } = options;
    form.innerHTML = fields(indicators).text;
    const select = (name: string): HTMLSelectElement =>
        form.querySelector(`select[name="${name}"]`) as HTMLSelectElement;
    const group = form.querySelector("fieldset") as HTMLFieldSetElement;
    const boxes = form.querySelector(".vinkjes") as HTMLElement;
    const region = form.querySelector('input[name="regio"]') as HTMLInputElement;
    const checked = (): string[] =>
        [...boxes.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
        const box = event.target as HTMLInputElement;
        // A drawing of nothing is no choice: the last series stays.
        if (boxes.contains(box) && checked().length === 0) box.checked = true;
        else options.changed();
    });
    return {
        wishes: () => ({
            indicator: select("indicator").value,
            level: select("niveau").value as Level,
            series: checked(),
            region: region.closest("label")?.hidden ? undefined : region.checked,
            kind: select("per").value as PeriodKind,
            period: select("periode").value || null,
        }),
        show(selection, offer) {
            select("indicator").value = selection.indicator;
            fill(select("niveau"), offer.levels, (level) => say.explorer.levels[level], selection.level);
            fill(select("per"), offer.kinds, (kind) => say.explorer.kinds[kind], selection.kind);
            const name = (period: string): string => (period === "" ? say.explorer.all : say.periodName(period));
            fill(select("periode"), ["", ...offer.periods], name, selection.period ?? "");
            fillBoxes(boxes, published.series(selection.indicator, selection.level), selection.series, nameOf);
            group.hidden = offer.series.length < 2;
            region.checked = selection.region;
            const beside = region.closest("label");
            if (beside) beside.hidden = !offer.region;
        },
    };
}

function fields(indicators: Indicator[]): Html {
    const groups = grouped(indicators).map(
        (group) =>
            html`<optgroup label="${say.groups[group.id]}">${group.indicators.map((one) => html`<option value="${one.id}">${one.titel}</option>`)}</optgroup>`,
    );
    const field = (name: string, label: string, content: Html[] = []): Html =>
        html`<label class="veld v-${name}"><span>${label}</span><select name="${name}">${content}</select></label>`;
    return html`${field("indicator", say.table.indicator, groups)}${field("niveau", say.explorer.level)}<fieldset><legend>${say.explorer.series(MOST_SERIES)}</legend><div class="vinkjes"></div></fieldset><label class="vink"><input type="checkbox" name="regio"> ${say.explorer.region}</label>${field("per", say.explorer.per)}${field("periode", say.table.period)}`;
}

/** Puts options in a list, only where they changed: a list that is rewritten loses the reader's place in it. */
function fill<Value extends string>(
    list: HTMLSelectElement,
    values: readonly Value[],
    name: (value: Value) => string,
    chosen: Value,
): void {
    if ([...list.options].map((option) => option.value).join("\n") !== values.join("\n"))
        list.innerHTML = html`${values.map((value) => html`<option value="${value}">${name(value)}</option>`)}`.text;
    list.value = chosen;
}

function fillBoxes(place: HTMLElement, offered: readonly Series[], chosen: readonly string[], nameOf: NameOf): void {
    const inputs = (): HTMLInputElement[] => [...place.querySelectorAll("input")];
    if (
        inputs()
            .map(({ value }) => value)
            .join("\n") !== offered.map(({ key }) => key).join("\n")
    )
        place.innerHTML = html`${offered.map(
            (one) =>
                html`<label class="vink"><input type="checkbox" name="reeks" value="${one.key}"> ${nameOf(one)}</label>`,
        )}`.text;
    for (const input of inputs()) {
        input.checked = chosen.includes(input.value);
        input.disabled = !input.checked && chosen.length >= MOST_SERIES;
    }
}
