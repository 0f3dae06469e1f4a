import { isLookedBackOn, looksBack } from "./back-link.ts";
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
    private readonly view: View;
    private readonly system: System;
    /** Figures of practices and hagros by indicator (a flow, that is added up over time and strata) or by slice (a stock). */
    private readonly bound = new Map<string, Figure[]>();
    /** Figures that tell of a patient who moves, by the same names. */
    private readonly around = new Map<string, Figure[]>();
    private readonly isRead = new Map<string, { answer: boolean; changes: number }>();
    private readonly crowds = new Map<string, Map<string, Crowd>>();
    private readonly hagroOf = new Map<number, number>();
    /** Slices of which some practices' counts are part of a stock later, and slices of such a stock. */
    private readonly lookedBackOn = new Set<string>();
    private readonly lookingBack = new Set<string>();

    constructor(view: View) {
        this.view = view;
        this.system = view.system;
        for (const figure of view.system.figures.flat()) {
            if (!figure || (figure.cell.level !== "practice" && figure.cell.level !== "hagro")) continue;
            const key = this.boundTo(figure);
            const figures = this.bound.get(key);
            if (figures) figures.push(figure);
            else this.bound.set(key, [figure]);
        }
        for (const figure of view.system.figures.at(-1) ?? []) {
            if (figure?.cell.level !== "practice") continue;
            this.join(figure);
            if (isLookedBackOn(figure, view.system)) this.lookedBackOn.add(sliceOf(figure));
            if (looksBack(figure, view.system)) this.lookingBack.add(sliceOf(figure));
        }
    }

    /** Whether a practice's numerator keeps so many values for readers who know these practices; false: not to be told here. */
    leavesRoom({ figure, what }: Target, knowing: ReadonlySet<string>, wanted: number): boolean {
        const { level } = figure.cell;
        if (what === "denominator" || (level !== "practice" && level !== "hagro") || this.isBound(figure)) return false;
        // Who dropped out started before: a patient who moves would have to move there too.
        if (this.lookingBack.has(sliceOf(figure))) return false;
        const leaves = this.leavesOf(figure);
        // Who is counted in a year is counted in one of its quarters; who is not, in none of them.
        if (what === "rest" && leaves.length !== 1) return false;
        let room = 0;
        for (const leaf of leaves) {
            if (room >= wanted - 1) break;
            room += level === "practice" ? this.roomOf(leaf, knowing, what) : this.roomOfHagro(leaf, knowing, what);
        }
        return room >= wanted - 1;
    }

    /** Patients that a practice's count, of one slice, may have more or less. */
    private roomOf(figure: Figure, knowing: ReadonlySet<string>, what: Target["what"]): number {
        // Its hagro may be looked back on without it.
        if (this.lookedBackOn.has(sliceOf(figure)) && !isLookedBackOn(figure, this.system)) return 0;
        const crowd = this.crowds.get(sliceOf(figure))?.get(this.totalsOf(figure));
        // Somebody else must be there to take what this practice might not have.
        const isAlone = crowd?.figures.every(({ cell: { id } }) => id === figure.cell.id || knowing.has(id));
        return crowd === undefined || isAlone ? 0 : remaining(crowd, knowing, what);
    }

    /** A hagro exchanges with the others: some of its practices and some of theirs must be free to. */
    private roomOfHagro(figure: Figure, knowing: ReadonlySet<string>, what: Target["what"]): number {
        const [crowd, another] = [...(this.crowds.get(sliceOf(figure))?.values() ?? [])];
        if (!crowd || another || this.lookedBackOn.has(sliceOf(figure))) return 0;
        const free = crowd.figures.filter((one) => !knowing.has(one.cell.id));
        const inside = free.filter(({ n }) => this.hagroOf.get(n) === figure.n);
        return inside.length > 0 && inside.length < free.length ? remaining(crowd, knowing, what) : 0;
    }

    /**
     * The figures of the same practice or hagro that this one is added up from: its strata in each of the quarters that it
     * has. A practice that did not deliver a whole year has nobody in the other quarters, and takes nobody there.
     */
    leavesOf(figure: Figure): Figure[] {
        const { wholeOf, sums, figuresOf } = this.system;
        const isSame = (one: Figure) => one.cell.level === figure.cell.level && one.cell.id === figure.cell.id;
        for (const index of wholeOf[figure.n] ?? []) {
            const parts = (sums[index]?.parts ?? []).map((part) =>
                figuresOf[part]?.findLast((one) => one.n === part && isSame(one)),
            );
            const own = parts.filter((part) => part !== undefined);
            if (own.length > 0) return own.flatMap((part) => this.leavesOf(part));
        }
        return [figure];
    }

    /** Something is read of a practice or hagro on its own, of the same counts or of the patients that they are part of. */
    private isBound(figure: Figure): boolean {
        const key = this.boundTo(figure);
        const known = this.isRead.get(key);
        if (known?.changes === this.view.changes) return known.answer;
        const answer = this.figuresAround(key).some((one) => this.view.isRead(one));
        this.isRead.set(key, { answer, changes: this.view.changes });
        return answer;
    }

    /**
     * A patient who moves takes along what the count is part of, and what that is part of: where good, then measured, then
     * in care; and whatever else of the same practice or hagro is added up with one of these.
     */
    private figuresAround(key: string): Figure[] {
        const known = this.around.get(key);
        if (known) return known;
        const { figuresOf } = this.system;
        const places = new Set((this.bound.get(key) ?? []).map(({ n }) => n));
        const around = new Set<Figure>();
        for (const place of places) {
            for (const figure of figuresOf[place] ?? []) {
                around.add(figure);
                if (figure.n === place && figure.isPart) places.add(figure.d);
            }
            for (const other of this.addedUpWith(place)) places.add(other);
        }
        this.around.set(key, [...around]);
        return [...around];
    }

    /** Counts of the same practice or hagro above and below this one. */
    private addedUpWith(place: number): number[] {
        const { partOf, wholeOf, sums, figuresOf } = this.system;
        const own = figuresOf[place]?.[0]?.cell;
        const isSame = (other: number) => {
            const cell = figuresOf[other]?.[0]?.cell;
            return own !== undefined && cell?.level === own.level && cell.id === own.id;
        };
        const above = (partOf[place] ?? []).map((index) => sums[index]?.whole ?? -1);
        const below = (wholeOf[place] ?? []).flatMap((index) => sums[index]?.parts ?? []);
        return [...above, ...below].filter(isSame);
    }

    /** A stock stands on its own at its moment; a flow is bound to its strata, quarters and years. */
    private boundTo({ cell, n, isPart }: Figure): string {
        const isAlone =
            isPart && cell.stratum === null && (this.system.wholeOf[n] ?? []).every((sum) => this.isOfPractices(sum));
        return isAlone ? sliceOf({ cell }) : cell.indicator;
    }

    /** A sum over practices or hagros, rather than over strata or time. */
    private isOfPractices(sum: number): boolean {
        const { sums, figuresOf, practiceOf } = this.system;
        const { whole, parts } = sums[sum] ?? { whole: -1, parts: [] };
        const level = figuresOf[whole]?.[0]?.cell.level;
        return level !== "practice" && parts.some((part) => practiceOf[part] !== null);
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

    /** The sums over several practices that this one is in, and those that what it is added up to is in, apart from its hagro's. */
    private totalsOf(figure: Figure): string {
        const { partOf, sums, figuresOf, practiceOf } = this.system;
        const totals = new Set<number>();
        const places = new Set([figure.n]);
        for (const place of places) {
            for (const index of partOf[place] ?? []) {
                const whole = sums[index]?.whole ?? -1;
                const level = figuresOf[whole]?.[0]?.cell.level;
                if (practiceOf[whole] !== null) places.add(whole);
                else if (level !== "hagro") totals.add(index);
                else if (place === figure.n) this.hagroOf.set(figure.n, whole);
            }
        }
        return [...totals].sort((one, other) => one - other).join(" ");
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

function sliceOf({ cell }: Pick<Figure, "cell">): string {
    return `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.period}`;
}
