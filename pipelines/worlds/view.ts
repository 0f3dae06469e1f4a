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
    /** How often more became known. */
    gained = 0;
    /** When more became known of a count. */
    private readonly gainedAt: Int32Array;
    /** When more became known of any figure of practices or hagros. */
    gainedOfPractices = 0;
    /** What a daring attempt overwrote of those, to put back. */
    private dared: (() => void)[] | null = null;
    private isTrying = false;

    constructor(system: System) {
        this.system = system;
        this.fixed = new Int32Array(system.values.length);
        this.gainedAt = new Int32Array(system.values.length);
    }

    /** Sets what is read about a figure, in place of what was. */
    read(figure: Figure, reading: Reading): void {
        this.changes += 1;
        const before = this.of(figure);
        if (!this.isTrying && !isPartOf(reading, before)) this.gain([figure.n, figure.d], figure);
        this.mark(figure, before, -1);
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
        this.gain([place]);
        this.fixed[place] = (this.fixed[place] ?? 0) + 1;
    }

    /**
     * Reads less for as long as `attempt` lasts, which says whether to keep it so; the rest of the time what is read stays
     * what it was. What is proved meanwhile may not be kept.
     */
    try(attempt: () => boolean): boolean {
        this.isTrying = true;
        try {
            return attempt();
        } finally {
            this.isTrying = false;
        }
    }

    /**
     * Reads more in `attempt`, which says whether to keep it so, and otherwise has put every reading back: what was proved
     * before then stands again.
     */
    dare(attempt: () => boolean): boolean {
        this.dared = [];
        const isKept = attempt();
        if (!isKept) for (const undo of this.dared.reverse()) undo();
        this.dared = null;
        return isKept;
    }

    /**
     * Whether other worlds that were found at `moment` still look the same: nothing more became known of the counts that
     * move in them, whatever did of others.
     */
    stillHolds(moment: number, moved: Iterable<number>): boolean {
        for (const place of moved) if ((this.gainedAt[place] ?? 0) > moment) return false;
        return true;
    }

    /** Whether a proof found now may be kept. */
    get isSteady(): boolean {
        return !this.isTrying;
    }

    private gain(places: readonly number[], figure?: Figure): void {
        this.gained += 1;
        const moment = this.gained;
        for (const place of places) {
            if (place < 0) continue;
            const before = this.gainedAt[place] ?? 0;
            this.dared?.push(() => {
                this.gainedAt[place] = before;
            });
            this.gainedAt[place] = moment;
        }
        if (figure?.cell.level !== "practice" && figure?.cell.level !== "hagro") return;
        const before = this.gainedOfPractices;
        this.dared?.push(() => {
            this.gainedOfPractices = before;
        });
        this.gainedOfPractices = moment;
    }

    private mark(figure: Figure, reading: Reading, by: number): void {
        if (reading.numerator) this.fixed[figure.n] = (this.fixed[figure.n] ?? 0) + by;
        if (reading.denominator && figure.d >= 0) this.fixed[figure.d] = (this.fixed[figure.d] ?? 0) + by;
    }
}

/** Whether all that one reading tells of a figure follows from another. */
function isPartOf(reading: Reading, other: Reading): boolean {
    if (reading.numerator && !other.numerator) return false;
    if (reading.denominator && !other.denominator) return false;
    if (!reading.ratio || (other.numerator && other.denominator)) return true;
    const { scale, low, high } = reading.ratio;
    return other.ratio?.scale === scale && other.ratio.low === low && other.ratio.high === high;
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
