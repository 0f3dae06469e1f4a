import type { Figure, System } from "./system.ts";

/** Whether a flow's count is part of a stock that looks back on it: it cannot move alone. */
export function isLookedBackOn({ n, cell }: Figure, { partOf, sums, figuresOf }: System): boolean {
    const wholes = (partOf[n] ?? []).map((index) => sums[index]?.whole ?? -1);
    return wholes.some((whole) => figuresOf[whole]?.every((other) => other.cell.indicator !== cell.indicator));
}

/** Whether the patients of a stock are those of a flow some time before. */
export function looksBack({ d, cell }: Figure, { wholeOf, sums, figuresOf }: System): boolean {
    const parts = (wholeOf[d] ?? []).flatMap((index) => sums[index]?.parts ?? []);
    return parts.some((part) => figuresOf[part]?.some(({ n, cell: of }) => n === part && of.period !== cell.period));
}
