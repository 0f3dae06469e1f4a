import { hasValue } from "../cells.ts";
import { areaBars } from "../charts/areabars.ts";
import type { Indicator } from "../data.ts";
import { isOutlier } from "../findings.ts";
import { type Html, html } from "../html.ts";
import { isRate, rate, writeValue } from "../measure.ts";
import type { View } from "../page.ts";
import type { PeriodKind } from "../period.ts";
import * as say from "../sentences/nl.ts";
import { areaMap } from "./area-map.ts";
import { figure } from "./figure.ts";
import { table } from "./table.ts";
import { valueWithGround } from "./value.ts";

/** The period in which areas are compared: a whole year for what is counted, the last quarter for a stand. */
export function areaPeriod(view: View, indicator: Indicator): string | null {
    const kinds: PeriodKind[] =
        indicator.soort === "stroom" || indicator.soort === "regio" ? ["year", "quarter"] : ["quarter", "year"];
    for (const kind of kinds) {
        const periods = view
            .areas()
            .flatMap(
                (area) => view.cells.last({ indicator: indicator.id, level: "area", id: area.id }, kind)?.period ?? [],
            );
        const last = periods.sort().at(-1);
        if (last) return last;
    }
    return null;
}

/** Areas side by side for one indicator, as a complete figure; null without area values. */
export function areaFigure(view: View, indicator: Indicator, id: string, level: 2 | 3 | 4 = 3): Html | null {
    const period = areaPeriod(view, indicator);
    if (!period) return null;
    const region = view.cells.at({ indicator: indicator.id, level: "region", id: "regio" }, period);
    const rows = view.areas().map((area) => ({
        area,
        cell: view.cells.at({ indicator: indicator.id, level: "area", id: area.id }, period),
    }));
    const shown = rows.flatMap(({ area, cell }) =>
        hasValue(cell) ? [{ area, cell, outlier: isOutlier(indicator, cell, region) }] : [],
    );
    if (shown.length === 0) return null;
    const text = (cell: (typeof shown)[number]["cell"]): string =>
        isRate(indicator, cell) ? rate(cell.value) : writeValue(indicator, cell);
    const unit = shown.some((row) => isRate(indicator, row.cell)) ? " per 1.000 per maand" : "";
    const regionText = hasValue(region) ? `${text(region)}${unit}` : "";
    const hidden = rows.filter(({ cell }) => cell?.state === "suppressed").map(({ area }) => area.name);
    const odd = shown.filter((row) => row.outlier);
    const [only, another] = shown;
    const first = odd[0];
    const finding = first
        ? say.areas.outlierFinding(indicator.titel, first.area.name, `${text(first.cell)}${unit}`, regionText)
        : only && !another && hidden.length === 0
          ? say.areas.oneFinding(indicator.titel, only.area.name, `${text(only.cell)}${unit}`, regionText)
          : say.areas.evenFinding(indicator.titel, regionText, hidden.length > 0);
    const summary = `${shown.map((row) => `${row.area.name} ${text(row.cell)}${row.outlier ? ` (${say.areas.outlier})` : ""}`).join(", ")}${unit ? `,${unit}` : ""}; ${say.periodName(period)}.${hidden.length > 0 ? ` ${say.areas.hidden(hidden)}` : ""}`;
    return figure({
        id,
        level,
        finding,
        measured: region ? say.measured(indicator, region, view.lastDay(period)) : say.periodName(period),
        summary,
        chart: html`${areaMap(indicator, rows, region, text)}${areaBars({
            share: indicator.maat === "aandeel",
            label: `${finding}. ${summary}`,
            bars: shown.map((row) => ({
                name: row.area.name,
                value: row.cell.value,
                low: row.cell.low,
                high: row.cell.high,
                text: text(row.cell),
                outlier: row.outlier,
            })),
            region:
                hasValue(region) && (indicator.maat !== "aantal" || isRate(indicator, region))
                    ? { value: region.value, text: say.areas.regionLabel(text(region)) }
                    : null,
        })}`,
        guide: [indicator.maat === "aandeel" ? say.trend.axis : null],
        notes: odd.map((row) => html`<span class="merk af">${row.area.name}: ${say.areas.outlier}</span>`),
        twin: table({
            caption: say.areas.caption(indicator.titel, period),
            columns: [{ head: say.table.area }, { head: say.table.value, kind: "number" }],
            rows: [
                ...rows.map(({ area, cell }) => [area.name, valueWithGround(indicator, cell)]),
                [say.table.region, valueWithGround(indicator, region)],
            ],
        }),
    });
}
