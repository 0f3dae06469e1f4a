import { hasValue } from "../cells.ts";
import { areaBars } from "../charts/areabars.ts";
import { lines } from "../charts/lines.ts";
import { type TrendPoint, trend } from "../charts/trend.ts";
import type { Cell, Indicator } from "../data.ts";
import { type Html, html } from "../html.ts";
import { isRate, rate, writeAxis, writeValue } from "../measure.ts";
import { symbol } from "../parts/symbol.ts";
import { table } from "../parts/table.ts";
import { value, valueWithGround } from "../parts/value.ts";
import { inTime } from "../period.ts";
import * as say from "../sentences/nl.ts";
import { cellsOf, type Published, type PublishedCell, type Series } from "./published.ts";
import type { Selection } from "./selection.ts";

/** Names of groups as this audience calls them. */
export type NameOf = (series: Pick<Series, "level" | "id" | "stratum">) => string;

/** A choice, ready to be seen, heard and saved. */
export interface Shown {
    finding: string;
    summary: string;
    chart: Html | null;
    twin: Html;
    /** Rows of the published file that it is made of, in the file's order. */
    rows: number[];
}

interface Named {
    name: string;
    cells: PublishedCell[];
    isReference: boolean;
}

/** Turns a choice into words, a chart and its table twin. The words and the chart come from the same cells. */
export function shownOf(published: Published, indicator: Indicator, selection: Selection, nameOf: NameOf): Shown {
    const chosen = namedSeries(published, selection, nameOf);
    const { period } = selection;
    const cells = chosen.flatMap((one) => one.cells).filter((cell) => period === null || cell.period === period);
    const made =
        period === null
            ? course(indicator, chosen, selection.level === "region")
            : sideBySide(indicator, chosen, period);
    return { ...made, rows: cells.map(({ row }) => row).sort((left, right) => left - right) };
}

function namedSeries(published: Published, selection: Selection, nameOf: NameOf): Named[] {
    const own = published
        .series(selection.indicator, selection.level)
        .filter(({ key }) => selection.series.includes(key));
    const region = selection.region
        ? published.series(selection.indicator, "region").filter(({ stratum }) => stratum === null)
        : [];
    return [...own, ...region].map((series) => ({
        name: nameOf(series),
        cells: cellsOf(series, selection.kind),
        isReference: region.includes(series),
    }));
}

/** What a cell says in a sentence: its value, or the word for why there is none. */
function said(indicator: Indicator, cell: Cell | null): string {
    if (hasValue(cell)) return isRate(indicator, cell) ? rate(cell.value) : writeValue(indicator, cell);
    return say.absent(cell?.state ?? null);
}

/** Said once in a title: what numbers are when they are not themselves. */
function unitOf(indicator: Indicator, cells: (Cell | null)[]): string | null {
    return cells.some((cell) => hasValue(cell) && isRate(indicator, cell)) ? say.explorer.unit : null;
}

function course(indicator: Indicator, chosen: Named[], ofRegion: boolean): Omit<Shown, "rows"> {
    const periods = [...new Set(chosen.flatMap(({ cells }) => cells.map(({ period }) => period)))].sort(inTime);
    const last = periods.at(-1) ?? "";
    const at = (one: Named, period: string): PublishedCell | null =>
        one.cells.find((cell) => cell.period === period) ?? null;
    const finding = say.explorer.finding(
        indicator.titel,
        chosen.map((one) => [one.name, said(indicator, at(one, last))]),
        last,
        unitOf(
            indicator,
            chosen.map((one) => at(one, last)),
        ),
    );
    const summary = chosen.map((one) => spanOf(indicator, one)).join(" ");
    const points = (one: Named): TrendPoint[] =>
        periods.map((period) => {
            const cell = at(one, period);
            return {
                period,
                value: hasValue(cell) ? cell.value : null,
                low: cell?.low ?? null,
                high: cell?.high ?? null,
            };
        });
    const anything = chosen.some((one) => one.cells.some(hasValue));
    const groups = chosen.filter((one) => !one.isReference);
    const reference = chosen.find((one) => one.isReference) ?? null;
    const common = {
        label: `${finding}. ${summary}`.trim(),
        share: indicator.maat === "aandeel",
        write: (number: number) => writeAxis(indicator, number),
    };
    const [only, ...others] = groups;
    const chart = !anything
        ? null
        : only && others.length === 0 && only.cells.some(hasValue)
          ? trend({
                ...common,
                points: points(only),
                writeLast: (number) => lastText(indicator, only, number),
                januaries: false,
                events: [],
                reference: reference ? { text: say.inSentence(reference.name), points: points(reference) } : undefined,
            })
          : lines({
                ...common,
                lines: groups.map((one) => ({ name: one.name, points: points(one) })),
                reference: reference && { name: reference.name, points: points(reference) },
            });
    return {
        finding,
        summary,
        chart,
        twin: table({
            caption: say.explorer.courseCaption(indicator.titel),
            columns: [
                { head: say.table.period },
                ...chosen.map((one) => ({ head: one.name, kind: "number" as const })),
                ...(ofRegion && only && others.length === 0
                    ? [{ head: say.table.delivered, kind: "number" as const }]
                    : []),
            ],
            rows: periods
                .toReversed()
                .map((period) => [
                    say.periodShort(period),
                    ...chosen.map((one) => valueWithGround(indicator, at(one, period))),
                    ...(ofRegion && only && others.length === 0 ? [deliveredText(at(only, period))] : []),
                ]),
        }),
    };
}

function lastText(indicator: Indicator, one: Named, number: number): string {
    const last = one.cells.findLast(hasValue) ?? null;
    if (!hasValue(last) || last.value !== number) return writeAxis(indicator, number);
    return said(indicator, last);
}

/** From the first shown value to the last, and how many periods cannot be shown, by reason. */
function spanOf(indicator: Indicator, { name, cells }: Named): string {
    const shown = cells.filter(hasValue);
    const [first, last] = [shown[0], shown.at(-1)];
    const missing = (["suppressed", "not_delivered", "not_applicable"] as const)
        .map((state) => [say.absent(state), cells.filter((cell) => cell.state === state).length] as const)
        .filter(([, many]) => many > 0);
    if (!first || !last) return say.explorer.nothing(name, missing);
    return say.explorer.span(
        name,
        { text: said(indicator, first), period: first.period },
        { text: said(indicator, last), period: last.period },
        missing,
    );
}

function sideBySide(indicator: Indicator, chosen: Named[], period: string): Omit<Shown, "rows"> {
    const rows = chosen.map((one) => ({ ...one, cell: one.cells.find((cell) => cell.period === period) ?? null }));
    const finding = say.explorer.finding(
        indicator.titel,
        rows.map((one) => [one.name, said(indicator, one.cell)]),
        period,
        unitOf(
            indicator,
            rows.map((one) => one.cell),
        ),
    );
    const summary = say.explorer.intervals(
        rows.flatMap(({ name, cell }) => {
            const interval = intervalOf(indicator, cell);
            return interval === null ? [] : [[name, interval] as const];
        }),
    );
    const reference = rows.find((one) => one.isReference);
    const bars = rows.flatMap((one) =>
        !one.isReference && hasValue(one.cell)
            ? [
                  {
                      name: one.name,
                      value: one.cell.value,
                      low: one.cell.low,
                      high: one.cell.high,
                      text: said(indicator, one.cell),
                      outlier: false,
                  },
              ]
            : [],
    );
    const comparable =
        reference && hasValue(reference.cell) && (indicator.maat !== "aantal" || isRate(indicator, reference.cell));
    return {
        finding,
        summary,
        chart:
            bars.length === 0
                ? null
                : areaBars({
                      share: indicator.maat === "aandeel",
                      label: `${finding}. ${summary}`.trim(),
                      bars,
                      region:
                          comparable && hasValue(reference.cell)
                              ? {
                                    value: reference.cell.value,
                                    text: say.areas.regionLabel(said(indicator, reference.cell)),
                                }
                              : null,
                  }),
        twin: table({
            caption: say.explorer.periodCaption(indicator.titel, period),
            columns: [
                { head: say.explorer.group },
                { head: say.table.value, kind: "number" },
                { head: say.table.counts, kind: "number" },
                { head: say.table.interval, kind: "number" },
                { head: say.table.delivered, kind: "number" },
            ],
            rows: rows.map(({ name, cell }) => [
                name,
                hasValue(cell) && isRate(indicator, cell)
                    ? html`${value(indicator, cell)} <small class="grond">${say.perThousand(cell.value)}</small>`
                    : value(indicator, cell),
                (hasValue(cell) && say.countsOf(cell)) || "",
                intervalOf(indicator, cell) ?? "",
                deliveredText(cell),
            ]),
        }),
    };
}

function intervalOf(indicator: Indicator, cell: Cell | null): string | null {
    return hasValue(cell) ? say.intervalOf(indicator, cell) : null;
}

function deliveredText(cell: Cell | null): Html | string {
    if (cell === null) return symbol(null);
    return cell.delivered === null || cell.members === null ? "" : `${cell.delivered}/${cell.members}`;
}
