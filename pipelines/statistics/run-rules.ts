export type Direction = "up" | "down";

/** So many points in a row on one side of the centre, or rising or falling: no longer chance (domain.md §7). */
export const SHIFT = 8;
export const TREND = 6;

/** Points that lie above or below their limits; on a limit is within. */
export function outside(points: readonly { value: number; low: number; high: number }[]): (Direction | null)[] {
    return points.map(({ value, low, high }) => (value > high ? "up" : value < low ? "down" : null));
}

/** Every point of a run of at least `length` on one side of the centre. A point on the centre ends a run. */
export function shifts(values: readonly number[], centre: number, length = SHIFT): (Direction | null)[] {
    return runs(values.map((value) => Math.sign(value - centre))).flatMap(({ sign, count }) =>
        new Array<Direction | null>(count).fill(count >= length ? directionOf(sign) : null),
    );
}

/** Every point of a run of at least `length` points that rises, or falls, at each step. Equal neighbours end a run. */
export function trends(values: readonly number[], length = TREND): (Direction | null)[] {
    const found = new Array<Direction | null>(values.length).fill(null);
    const steps = values.slice(1).map((value, index) => Math.sign(value - (values[index] ?? value)));
    let start = 0;
    for (const { sign, count } of runs(steps)) {
        // So many steps join one point more.
        if (count + 1 >= length && sign !== 0) found.fill(directionOf(sign), start, start + count + 1);
        start += count;
    }
    return found;
}

function directionOf(sign: number): Direction | null {
    return sign > 0 ? "up" : sign < 0 ? "down" : null;
}

function runs(signs: readonly number[]): { sign: number; count: number }[] {
    const found: { sign: number; count: number }[] = [];
    for (const sign of signs) {
        const last = found.at(-1);
        if (last && last.sign === sign) last.count += 1;
        else found.push({ sign, count: 1 });
    }
    return found;
}
