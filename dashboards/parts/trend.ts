import { hasValue, type Line } from "../cells.ts";
import { type TrendPoint, trend } from "../charts/trend.ts";
import { controlOf } from "../comparisons.ts";
import type { Cell, Indicator } from "../data.ts";
import { ageBounded, findingOf } from "../findings.ts";
import type { Content, Html } from "../html.ts";
import { writeAxis } from "../measure.ts";
import { percent, plain } from "../notation.ts";
import type { View } from "../page.ts";
import { lastDay, type PeriodKind } from "../period.ts";
import * as say from "../sentences/nl.ts";
import { figure } from "./figure.ts";
import { symbol } from "./symbol.ts";
import { table } from "./table.ts";
import { value } from "./value.ts";

/** The finest kind of period of which a line shows half or more, and at least two: a line of gaps is no course. */
export function finestKind(view: View, line: Line): PeriodKind | null {
    for (const kind of ["month", "quarter", "year"] as const) {
        const series = view.cells.series(line, kind);
        const shown = series.filter(hasValue).length;
        const there = series.filter(({ state }) => state !== "not_applicable").length;
        if (shown >= 2 && shown >= there / 2) return kind;
    }
    for (const kind of ["year", "quarter", "month"] as const)
        if (view.cells.series(line, kind).some(hasValue)) return kind;
    return null;
}

/** The trend of a line as a complete figure; null when nothing may be shown. */
export function trendFigure(
    view: View,
    indicator: Indicator,
    line: Line,
    options: { id: string; level?: 2 | 3 | 4; reference?: Line; kind?: PeriodKind },
): Html | null {
    const kind = options.kind ?? finestKind(view, line);
    if (kind === null) return null;
    const series = view.cells.series(line, kind);
    const finding = findingOf(view.bundle, view.cells, line, kind);
    const first = series.find(hasValue);
    if (!finding || !first) return null;
    const events = memberEvents(series);
    const ofRegion = line.level === "region" && (line.stratum ?? null) === null;
    const control = ofRegion && kind === "month" ? controlOf(view.bundle.comparisons, indicator.id) : null;
    const gaps = series.filter((cell) => !hasValue(cell)).length;
    const summary = say.trendSummary(indicator, first, finding, gaps);
    const title = control ? say.flowFinding(indicator, finding, control) : say.trendFinding(indicator, finding);
    const guide: Content[] = [
        indicator.maat === "aandeel" ? say.trend.axis : null,
        ageBounded(indicator) ? say.trend.january : null,
        indicator.soort === "stand" && (indicator.venster ?? 0) > 1 && kind === "month" ? say.trend.overlap : null,
        control ? say.trend.control : null,
    ];
    const notes: Content[] = [
        control ? say.controlSignals(control) : null,
        finding.panel ? say.panelChange(finding.panel) : null,
        ...events.map((event) => say.trend.memberNote(event.before, event.after, event.period)),
    ];
    const chart = trend({
        label: `${title}. ${summary}`,
        points: series.map(pointOf),
        share: indicator.maat === "aandeel",
        write: (number) => writeAxis(indicator, number),
        writeLast: (number) =>
            indicator.maat === "aandeel"
                ? percent(number, percentDigits(finding.now))
                : plain(Math.round(number * 100) / 100),
        januaries: ageBounded(indicator),
        events: events.map((event) => ({ period: event.period, text: say.trend.members(event.before, event.after) })),
        control,
        reference: options.reference
            ? {
                  text: say.inSentence(say.table.region),
                  points: view.cells.series(options.reference, kind).map(pointOf),
              }
            : undefined,
    });
    return figure({
        id: options.id,
        level: options.level,
        finding: title,
        measured: say.measured(indicator, finding.now, lastDay(finding.now.period)),
        summary,
        chart,
        notes,
        guide,
        twin: trendTable(indicator, series),
    });
}

function percentDigits(cell: Cell): number {
    return cell.shown === "exact" && (cell.denominator ?? 0) >= 100 ? 1 : 0;
}

function pointOf(cell: Cell): TrendPoint {
    return { period: cell.period, value: hasValue(cell) ? cell.value : null, low: cell.low, high: cell.high };
}

function trendTable(indicator: Indicator, series: readonly Cell[]): Html {
    const rate = indicator.maat === "aantal" && series.some((cell) => cell.denominator !== null);
    return table({
        caption: `${indicator.titel}, ${say.table.region.toLowerCase()}`,
        columns: [
            { head: say.table.period },
            { head: say.table.value, kind: "number" },
            ...(rate ? [{ head: say.table.perThousand, kind: "number" as const }] : []),
            { head: say.table.counts, kind: "number" },
            { head: say.table.interval, kind: "number" },
            { head: say.table.delivered, kind: "number" },
        ],
        rows: series.map((cell) => [
            say.periodShort(cell.period),
            value(indicator, cell),
            ...(rate ? [hasValue(cell) ? plain(Math.round(cell.value * 100) / 100) : symbol(cell.state)] : []),
            (hasValue(cell) && say.countsOf(cell)) || "",
            (hasValue(cell) && say.intervalOf(indicator, cell)) || "",
            cell.delivered === null || cell.members === null ? "" : `${cell.delivered}/${cell.members}`,
        ]),
    });
}

/** Periods in which the membership differs from the period before. */
export function memberEvents(series: readonly Cell[]): { period: string; before: number; after: number }[] {
    const events: { period: string; before: number; after: number }[] = [];
    let previous: number | null = null;
    for (const cell of series) {
        if (cell.members === null) continue;
        if (previous !== null && cell.members !== previous)
            events.push({ period: cell.period, before: previous, after: cell.members });
        previous = cell.members;
    }
    // A register that changes every month would cover the chart; then the table tells it.
    return events.length <= 3 ? events : [];
}
