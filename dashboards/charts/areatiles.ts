import { drawn } from "../chart.ts";
import { escapeText, type Html } from "../html.ts";

/** How an area lies beside the region; 'unknown': a value without an interval, 'absent': no value. */
export type Step = "far-low" | "low" | "same" | "high" | "far-high" | "unknown" | "absent";

export interface AreaTile {
    name: string;
    /** Value or sign. */
    text: string;
    /** What the step or the sign says, in a few words: nobody has to tell colours apart. */
    note: string;
    step: Step;
    /** Place on the map, in tiles from the left and from above; halves are allowed. Without one a tile stands below. */
    place: { column: number; row: number } | null;
    /** Lies outside what the map is of. */
    outside: boolean;
}

const [WIDE, HIGH, GAP] = [148, 78, 8];
const COLUMNS = 3;

/** One tile per area, roughly where it lies; value and step are printed in it. */
export function areaTiles(label: string, tiles: AreaTile[]): Html {
    const lowest = Math.max(-1, ...tiles.flatMap(({ place }) => place?.row ?? []));
    let waiting = 0;
    const placed = tiles.map((tile) => {
        if (tile.place) return { ...tile, ...tile.place };
        const at = waiting++;
        return { ...tile, column: at % COLUMNS, row: lowest + 1 + Math.floor(at / COLUMNS) };
    });
    const rows = 1 + Math.max(0, ...placed.map(({ row }) => row));
    const body = placed.map((tile) => {
        const [x, y] = [tile.column * (WIDE + GAP), tile.row * (HIGH + GAP)];
        const line = (kind: string, at: number, text: string): string =>
            `<text class="${kind}" x="${x + WIDE / 2}" y="${y + at}">${escapeText(text)}</text>`;
        return `<g class="tegel stap-${tile.step}${tile.outside ? " buiten" : ""}"><rect x="${x + 1}" y="${y + 1}" width="${WIDE - 2}" height="${HIGH - 2}" rx="5"/>${line("gebied", 22, tile.name)}${line("cijfer", 46, tile.text)}${line("woord", 66, tile.note)}</g>`;
    });
    return drawn("tegels", label, COLUMNS * (WIDE + GAP) - GAP, rows * (HIGH + GAP) - GAP, body.join(""));
}
