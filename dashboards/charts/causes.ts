import { drawn } from "../chart.ts";
import type { Html } from "../html.ts";

export interface CauseBar {
    /** Class in the stylesheet. */
    kind: string;
    size: number;
}

const WIDE = 120;
const HIGH = 16;

/** What pushed a figure down (left of the line) and up (right of it), each cause as wide as its part. */
export function causeBars(parts: CauseBar[], label: string): Html {
    const sum = (sign: 1 | -1): number =>
        parts.reduce((total, part) => total + (part.size * sign > 0 ? Math.abs(part.size) : 0), 0);
    const [down, up] = [sum(-1), sum(1)];
    const scale = (WIDE - 4) / Math.max(1, down + up);
    const zero = 2 + down * scale;
    let [left, right] = [zero, zero];
    const bars = parts.map(({ kind, size }) => {
        const width = Math.abs(size) * scale;
        const x = size < 0 ? left - width : right;
        if (size < 0) left = x;
        else right += width;
        return `<rect class="oorzaak-${kind}" x="${x.toFixed(1)}" y="3" width="${width.toFixed(1)}" height="${HIGH - 6}"/>`;
    });
    const line = `<path class="as" d="M${zero.toFixed(1)} 0V${HIGH}"/>`;
    return drawn("oorzaken", label, WIDE, HIGH, bars.join("") + line);
}
