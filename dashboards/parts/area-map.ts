import { hasValue } from "../cells.ts";
import { type AreaTile, areaTiles, type Step } from "../charts/areatiles.ts";
import type { Area, Cell, Indicator } from "../data.ts";
import { isOutlier } from "../findings.ts";
import { type Html, html } from "../html.ts";
import * as say from "../sentences/nl.ts";

/**
 * Roughly where areas lie: Rozenburg north of the water, Voorne aan Zee west and Nissewaard east of each other; "elders" is
 * no place and stands apart. An area that is not here gets its tile below the others.
 */
const PLACES: Record<string, AreaTile["place"]> = {
    rozenburg: { column: 0.5, row: 0 },
    "voorne-aan-zee": { column: 0, row: 1 },
    nissewaard: { column: 1, row: 1 },
    elders: { column: 2, row: 1 },
};
const OUTSIDE = "elders";
const ORDER = ["far-low", "low", "same", "high", "far-high", "unknown"] as const satisfies readonly Step[];

/** An area beside the region: a difference is named when its interval lies apart, an outlier where the page calls it one. */
export function stepOf(indicator: Indicator, cell: Cell | null, region: Cell | null): Step {
    if (!hasValue(cell)) return "absent";
    if (!hasValue(region) || region.denominator === null || cell.low === null || cell.high === null) return "unknown";
    if (cell.low <= region.value && cell.high >= region.value) return "same";
    const side = cell.value > region.value ? "high" : "low";
    return isOutlier(indicator, cell, region) ? `far-${side}` : side;
}

/** The areas as a small map with its legend; null when there is nothing to lay beside something else. */
export function areaMap(
    indicator: Indicator,
    rows: { area: Area; cell: Cell | null }[],
    region: Cell | null,
    write: (cell: Cell & { value: number }) => string,
): Html | null {
    if (rows.length < 2) return null;
    const tiles = rows.map(({ area, cell }): AreaTile => {
        const step = stepOf(indicator, cell, region);
        return {
            name: area.name,
            text: hasValue(cell) ? write(cell) : say.signOf(cell?.state ?? null),
            note: step === "absent" ? say.absent(cell?.state ?? null) : say.areas.steps[step],
            step,
            place: PLACES[area.id] ?? null,
            outside: area.id === OUTSIDE,
        };
    });
    const present = ORDER.filter((step) => tiles.some((tile) => tile.step === step));
    const label = say.areas.mapLabel(tiles);
    return html`<div class="tegelkaart">${areaTiles(label, tiles)}<p class="noot">${say.areas.mapNote} ${present.map(
        (step) => html`<span class="uitleg"><i class="stap-${step}"></i>${say.areas.stepsLong[step]}</span> `,
    )}</p></div>`;
}
