import { area, line } from "d3-shape";
import { drawn } from "../chart.ts";
import type { Html } from "../html.ts";

export interface SparkPoint {
    value: number | null;
    low: number | null;
    high: number | null;
}

const WIDE = 96;
const HIGH = 28;

/** A line the size of a word, with its 95% band; places without a value stay empty. `least` keeps noise from filling the height. */
export function sparkline(points: SparkPoint[], label: string, least: number): Html {
    const numbers = points
        .flatMap((point) => [point.value, point.low, point.high])
        .filter((value): value is number => value !== null);
    if (numbers.length === 0) return drawn("lijn", label, WIDE, HIGH, "");
    let [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    if (high - low < least) {
        const middle = (low + high) / 2;
        [low, high] = [middle - least / 2, middle + least / 2];
    }
    const x = (index: number): number => 3 + (index * (WIDE - 6)) / Math.max(1, points.length - 1);
    const y = (value: number): number => HIGH - 4 - ((value - low) / (high - low)) * (HIGH - 8);
    const path = line<SparkPoint>()
        .defined((point) => point.value !== null)
        .x((_point, index) => x(index))
        .y((point) => y(point.value ?? 0))
        .digits(1)(points);
    const band = area<SparkPoint>()
        .defined((point) => point.low !== null && point.high !== null)
        .x((_point, index) => x(index))
        .y0((point) => y(point.low ?? 0))
        .y1((point) => y(point.high ?? 0))
        .digits(1)(points);
    const lastIndex = points.findLastIndex((point) => point.value !== null);
    const last = points[lastIndex]?.value;
    const end =
        last === null || last === undefined
            ? ""
            : `<circle cx="${x(lastIndex).toFixed(1)}" cy="${y(last).toFixed(1)}" r="2.4"/>`;
    return drawn(
        "lijn",
        label,
        WIDE,
        HIGH,
        `${band ? `<path class="band" d="${band}"/>` : ""}${path ? `<path class="lijn" d="${path}"/>` : ""}${end}`,
    );
}
