import type { Prover } from "../worlds/prover.ts";
import type { Figure, System } from "../worlds/system.ts";
import type { Target } from "../worlds/walk.ts";
import type { Forms } from "./forms.ts";
import { TAKEN_BACK } from "./other-world.ts";

export interface PracticeProtection {
    system: System;
    forms: Forms;
    mayChange: (figure: Figure) => boolean;
    prover: Prover;
    /** Whom the readers are: each knows the counts of these practices, as they are (disclosure.md rule 3). */
    readers: readonly ReadonlySet<string>[];
    /** The hagro of a practice. */
    hagroOf: ReadonlyMap<string, string>;
}

/** Most practices that are taken out of one strip to protect another one there. */
const MOST_PARTNERS = 3;

/**
 * Protects the small counts of practices and hagros from readers who know their own practice: where one could be pinned,
 * the percent of its hagro goes, or those of the smallest practices beside it, whichever costs least; where that is not
 * enough, all percents of the strip, so that any practice may have what another has not. Never searches for a proof where
 * hiding is as good. Returns the targets for which even that was not enough, so that a figure of the whole must go.
 */
export function protectPractices(job: PracticeProtection, targets: readonly Target[]): Target[] {
    const { forms, prover, readers } = job;
    const beside = new Neighbours(job);
    return targets.filter((target) => {
        const unsafe = () => prover.unsafeFor(target, readers, "quick");
        for (let reader = unsafe(); reader; reader = unsafe()) {
            const knowing = reader;
            const isEnough = () => prover.isSafe(target, knowing, "quick");
            const options = [...beside.options(target, knowing), beside.strip(target)];
            if (!options.some((figures) => figures.length > 0 && forms.hideIf(figures, TAKEN_BACK, isEnough)))
                return true;
        }
        return false;
    });
}

/** What can be taken away near a target, cheapest first. */
class Neighbours {
    private readonly job: PracticeProtection;
    private readonly slices = new Map<string, Figure[]>();

    constructor(job: PracticeProtection) {
        this.job = job;
        for (const figure of job.system.figures.at(-1) ?? []) {
            if (!figure || (figure.cell.level !== "practice" && figure.cell.level !== "hagro")) continue;
            const key = sliceOf(figure);
            const slice = this.slices.get(key);
            if (slice) slice.push(figure);
            else this.slices.set(key, [figure]);
        }
    }

    options(target: Target, knowing: ReadonlySet<string>): Figure[][] {
        const { hagroOf } = this.job;
        const { cell } = target.figure;
        const hagro = cell.level === "hagro" ? cell.id : hagroOf.get(cell.id);
        const shown = this.shownBeside(target);
        const bySize = (a: Figure, b: Figure) => (a.cell.denominator ?? 0) - (b.cell.denominator ?? 0);
        const practices = shown
            .filter(({ cell: one }) => one.level === "practice" && !knowing.has(one.id) && one.id !== cell.id)
            .sort(bySize);
        const near = practices.filter(({ cell: one }) => hagroOf.get(one.id) === hagro);
        const hagros = shown.filter(({ cell: one }) => one.level === "hagro");
        const own = hagros.filter(({ cell: one }) => one.id === hagro);
        const others = hagros.filter(({ cell: one }) => one.id !== hagro).sort(bySize);
        const options: Figure[][] = [];
        if (cell.level === "practice") {
            options.push(near.slice(0, 1), own, near.slice(0, 2));
            for (let partners = 1; partners <= MOST_PARTNERS; partners += 1)
                options.push([...own, ...near.slice(0, partners)]);
            for (let partners = 1; partners <= MOST_PARTNERS; partners += 1)
                options.push([...own, ...others.slice(0, 1), ...practices.slice(0, partners)]);
        } else for (let partners = 1; partners <= others.length; partners += 1) options.push(others.slice(0, partners));
        const distinct = new Map(options.map((figures) => [figures.map(({ n }) => n).join(" "), figures]));
        return [...distinct.values()].map((figures) => this.alike(target, figures)).sort((a, b) => a.length - b.length);
    }

    /** Every percent of practices and hagros in the target's slice. */
    strip(target: Target): Figure[] {
        return this.alike(target, this.shownBeside(target));
    }

    private shownBeside({ figure }: Target): Figure[] {
        const { forms, mayChange } = this.job;
        return (this.slices.get(sliceOf(figure)) ?? []).filter((one) => forms.of(one) !== "hidden" && mayChange(one));
    }

    /** The same counts at another period (a December and its year), and all figures that show a denominator to be hidden. */
    private alike({ what }: Target, figures: readonly Figure[]): Figure[] {
        const { system, forms, mayChange } = this.job;
        const all = figures.flatMap(
            ({ n, d }) =>
                (what === "denominator" ? system.figuresOf[d] : system.figuresOf[n])?.filter((one) =>
                    what === "denominator" ? one.d === d : one.n === n,
                ) ?? [],
        );
        return [...new Set(all)].filter((one) => forms.of(one) !== "hidden" && mayChange(one));
    }
}

function sliceOf({ cell }: Figure): string {
    return `${cell.indicator}\t${cell.stratum ?? ""}\t${cell.period}`;
}
