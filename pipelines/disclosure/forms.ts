import { cellKey, type MartCell } from "../publish/cell.ts";
import type { SuppressionReason } from "../publish/primary-suppression.ts";
import { wholePercent } from "../publish/shown-form.ts";
import type { Figure, System } from "../worlds/system.ts";
import { type Reading, View, wholePercentRatio } from "../worlds/view.ts";

/** How a figure is shown to readers: as it is, as a whole percent, or not. */
export type Form = "exact" | "percent" | "hidden";

/** The forms of all figures of a publication for one group of readers, and what those readers therefore know. */
export class Forms {
    readonly view: View;
    private readonly forms = new Map<Figure, Form>();
    private readonly reasons = new Map<Figure, SuppressionReason>();

    constructor(system: System) {
        this.view = new View(system);
    }

    of(figure: Figure): Form {
        return this.forms.get(figure) ?? "hidden";
    }

    reasonOf(figure: Figure): SuppressionReason | undefined {
        return this.reasons.get(figure);
    }

    /** Shows a figure in this form from now on; the first reason to take it away stays. */
    set(figure: Figure, form: Form, reason?: SuppressionReason): void {
        this.forms.set(figure, form);
        if (reason === undefined || form === "exact") this.reasons.delete(figure);
        else if (!this.reasons.has(figure)) this.reasons.set(figure, reason);
        this.view.read(figure, readingOf(figure.cell, form));
    }

    /** Tries a set of figures hidden; puts them back when `works` says it does not help. */
    hideIf(figures: readonly Figure[], reason: SuppressionReason, works: () => boolean): boolean {
        const before = figures.map((figure) => [figure, this.of(figure), this.reasonOf(figure)] as const);
        return this.view.try(() => {
            for (const figure of figures) this.set(figure, "hidden", reason);
            if (works()) return true;
            for (const [figure, form, earlier] of before) {
                this.reasons.delete(figure);
                this.set(figure, form, earlier);
            }
            return false;
        });
    }

    /** Tries a figure in a form that tells more; puts it back when `works` says that it tells too much. */
    showIf(figure: Figure, form: Form, works: () => boolean): boolean {
        const [before, reason] = [this.of(figure), this.reasonOf(figure)];
        return this.view.dare(() => {
            this.reasons.delete(figure);
            this.set(figure, form);
            if (works()) return true;
            this.set(figure, before, reason);
            return false;
        });
    }
}

/** What a reader gets to know of a cell's counts by its form. */
export function readingOf(cell: MartCell, form: Form): Reading {
    if (form === "exact") return { numerator: true, denominator: true };
    const percent = form === "percent" ? wholePercent(cell) : null;
    return percent === null ? {} : { ratio: wholePercentRatio(percent) };
}

/** The figures of a publication by key. */
export function figuresByKey(figures: readonly (Figure | null)[]): Map<string, Figure> {
    const byKey = new Map<string, Figure>();
    for (const figure of figures) if (figure) byKey.set(cellKey(figure.cell), figure);
    return byKey;
}
