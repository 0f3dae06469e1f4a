import type { Figure, System } from "./system.ts";
import type { View } from "./view.ts";
import type { Target } from "./walk.ts";

/** Practices' counts of one indicator, stratum and period that add up to the same totals in every publication. */
interface Crowd {
    figures: Figure[];
    /** Their patients counted, and those of their denominators who are not. */
    counted: number;
    rest: number;
}

/**
 * Where nothing is read of any practice or hagro on its own, a practice's count can be anything that its fellow practices
 * leave: patients may be exchanged between all of them, and no total changes. Then a sum is all there is to reckon.
 */
export class Crowds {
    private readonly system: System;
    private readonly read = new Set<string>();
    private readonly crowds = new Map<string, Map<string, Crowd>>();
    private readonly hagroOf = new Map<number, number>();

    constructor(view: View) {
        this.system = view.system;
        for (const figure of view.system.figures.flat()) {
            if (!figure || (figure.cell.level !== "practice" && figure.cell.level !== "hagro")) continue;
            const { numerator, denominator, ratio } = view.of(figure);
            if (!numerator && !denominator && !ratio) continue;
            // Indicators of the same patients are bound to it by their denominator.
            for (const place of [figure.n, figure.d])
                for (const other of view.system.figuresOf[place] ?? []) this.read.add(other.cell.indicator);
        }
        for (const figure of view.system.figures.at(-1) ?? []) {
            if (figure?.cell.level === "practice" && !this.read.has(figure.cell.indicator)) this.join(figure);
        }
    }

    /** Whether a practice's numerator keeps so many values for readers who know these practices; false: not to be told here. */
    leavesRoom({ figure, what }: Target, knowing: ReadonlySet<string>, wanted: number): boolean {
        const { cell } = figure;
        if (what === "denominator" || this.read.has(cell.indicator)) return false;
        const crowds = this.crowds.get(sliceOf(figure));
        if (!crowds) return false;
        if (cell.level === "practice") {
            const crowd = crowds.get(this.totalsOf(figure));
            return crowd !== undefined && remaining(crowd, knowing, what) >= wanted - 1;
        }
        if (cell.level !== "hagro") return false;
        // A hagro exchanges with the others: some of its practices and some of theirs must be free to.
        const [crowd, another] = [...crowds.values()];
        if (!crowd || another) return false;
        const free = crowd.figures.filter((one) => !knowing.has(one.cell.id));
        const inside = free.filter(({ n }) => this.hagroOf.get(n) === figure.n);
        return inside.length > 0 && inside.length < free.length && remaining(crowd, knowing, what) >= wanted - 1;
    }

    private join(figure: Figure): void {
        const slice = sliceOf(figure);
        const crowds = this.crowds.get(slice) ?? new Map<string, Crowd>();
        this.crowds.set(slice, crowds);
        const totals = this.totalsOf(figure);
        const crowd = crowds.get(totals) ?? { figures: [], counted: 0, rest: 0 };
        crowds.set(totals, crowd);
        crowd.figures.push(figure);
        crowd.counted += figure.cell.numerator ?? 0;
        crowd.rest += restOf(figure);
    }

    /** The sums over several practices that this one is in, apart from its hagro's. */
    private totalsOf(figure: Figure): string {
        const { partOf, sums, figuresOf } = this.system;
        const totals: number[] = [];
        for (const index of partOf[figure.n] ?? []) {
            const whole = sums[index]?.whole ?? -1;
            const level = figuresOf[whole]?.[0]?.cell.level;
            if (level === "hagro") this.hagroOf.set(figure.n, whole);
            else if (level !== "practice") totals.push(index);
        }
        return totals.join(" ");
    }
}

/** Patients at practices that the reader does not know: those counted, or the rest of the denominators. */
function remaining({ figures, counted, rest }: Crowd, knowing: ReadonlySet<string>, what: Target["what"]): number {
    let left = what === "rest" ? rest : counted;
    if (knowing.size === 0) return left;
    for (const figure of figures)
        if (knowing.has(figure.cell.id)) left -= what === "rest" ? restOf(figure) : (figure.cell.numerator ?? 0);
    return left;
}

function restOf({ cell, isPart }: Figure): number {
    return isPart ? (cell.denominator ?? 0) - (cell.numerator ?? 0) : 0;
}

function sliceOf({ cell }: Figure): string {
    return `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.period}`;
}
