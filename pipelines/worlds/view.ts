import type { Figure, System } from "./system.ts";

/** A ratio as it was printed: low <= scale x numerator / denominator < high, in whole numbers. */
export interface Ratio {
    scale: number;
    low: number;
    high: number;
}

/** What somebody reads about one figure. Nothing named is nothing known. */
export interface Reading {
    numerator?: boolean;
    denominator?: boolean;
    ratio?: Ratio;
}

const NOTHING: Reading = {};

/** What one reader, or readers who share everything, know of the counts of a system. */
export class View {
    readonly system: System;
    private readonly readings = new Map<Figure, Reading>();
    private readonly fixed: Int32Array;
    /** How often anything was read: whoever keeps a conclusion sees whether it still stands. */
    changes = 0;

    constructor(system: System) {
        this.system = system;
        this.fixed = new Int32Array(system.values.length);
    }

    /** Sets what is read about a figure, in place of what was. */
    read(figure: Figure, reading: Reading): void {
        this.changes += 1;
        this.mark(figure, this.of(figure), -1);
        this.readings.set(figure, reading);
        this.mark(figure, reading, 1);
    }

    of(figure: Figure): Reading {
        return this.readings.get(figure) ?? NOTHING;
    }

    /** Anything is read about the figure. */
    isRead(figure: Figure): boolean {
        const { numerator, denominator, ratio } = this.of(figure);
        return numerator === true || denominator === true || ratio !== undefined;
    }

    /** The count itself is known, whichever figure told it. */
    isKnown(place: number): boolean {
        return (this.fixed[place] ?? 0) > 0;
    }

    /** Makes a count known apart from any figure (printed in a report). */
    know(place: number): void {
        this.changes += 1;
        this.fixed[place] = (this.fixed[place] ?? 0) + 1;
    }

    private mark(figure: Figure, reading: Reading, by: number): void {
        if (reading.numerator) this.fixed[figure.n] = (this.fixed[figure.n] ?? 0) + by;
        if (reading.denominator && figure.d >= 0) this.fixed[figure.d] = (this.fixed[figure.d] ?? 0) + by;
    }
}

/** A whole percent: half a percent to either side, halves rounded up. */
export function wholePercentRatio(percent: number): Ratio {
    return { scale: 200, low: 2 * percent - 1, high: 2 * percent + 1 };
}

/** Whether a numerator and a denominator may stand behind a printed ratio. */
export function fits({ scale, low, high }: Ratio, numerator: number, denominator: number): boolean {
    const scaled = scale * numerator;
    return scaled >= low * denominator && scaled < high * denominator;
}
