export interface Interval {
    low: number;
    high: number;
}

/** An estimate between its limits. */
export interface Estimate extends Interval {
    value: number;
}

/** Something counted among so many patients. */
export interface Share {
    numerator: number;
    denominator: number;
}

/** Two-sided coverage. Only these two are ever shown: 95 % everywhere, 99,8 % in the funnel and for highlights. */
export type Level = 0.95 | 0.998;

/** Per level: the chance beyond one side, and how many standard deviations of a normal distribution that is. */
export const levels: Record<`${Level}`, { tail: number; z: number }> = {
    0.95: { tail: 0.025, z: 1.959963984540054 },
    0.998: { tail: 0.001, z: 3.090232306167813 },
};

/** Sum of what `pick` takes from each row. */
export function sumOver<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
    return rows.reduce((sum, row) => sum + pick(row), 0);
}
