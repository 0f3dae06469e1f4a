import { secondarySuppression } from "../publish/secondary-suppression.ts";
import { neighbourhood } from "../worlds/neighbourhood.ts";
import type { Prover } from "../worlds/prover.ts";
import type { Figure, Sum, System } from "../worlds/system.ts";
import type { Target } from "../worlds/walk.ts";
import type { Form, Forms } from "./forms.ts";
import { type Component, otherWorld, TAKEN_BACK, weightOf } from "./other-world.ts";

const GROUPS = new Set(["area", "organisation", "region"]);
const NOBODY: ReadonlySet<string> = new Set();

export interface GroupProtection {
    system: System;
    forms: Forms;
    /** Figures of this publication: what readers saw before cannot be taken back. */
    mayChange: (figure: Figure) => boolean;
    prover: Prover;
}

export interface GroupsProtected {
    /** Protected counts of areas, organisations and the region for which no proof was found. */
    open: Target[];
    /** Components for which no cheapest way was found in time, so that the simple way was taken. */
    simple: number;
}

/**
 * Secondary suppression over everything that is shown of groups (disclosure.md rule 5): per connected part of the system
 * with a protected count that could be pinned, the cheapest set of figures to take back; the simple way where that takes
 * too long.
 */
export function protectGroups(job: GroupProtection, targets: readonly Target[]): GroupsProtected {
    const { system, forms, mayChange, prover } = job;
    const isOpen = (target: Target) => !prover.isSafe(target);
    let simple = 0;
    // A quick look is enough here: a part that turns out to be safe costs nothing to solve.
    const open = targets.filter((target) => !prover.isSafe(target, NOBODY, "quick"));
    for (const component of components(system, open, targets)) {
        const decision = otherWorld(component, system, forms, mayChange, prover.wanted - 1, prover.solver);
        const before = [...(decision?.keys() ?? [])].map((figure) => [figure, forms.of(figure)] as const);
        for (const [figure, form] of decision ?? []) forms.set(figure, form, TAKEN_BACK);
        const left = component.targets.filter(isOpen);
        if (decision !== null && left.length === 0) {
            giveBack(job, before, component.targets);
            continue;
        }
        simple += 1;
        hideSimply(job, { ...component, targets: left });
    }
    return { open: open.filter(isOpen), simple };
}

/**
 * The programme wants one other world in which all protected counts differ; each needs worlds of its own only. So what it
 * took that turns out not to be needed is shown again, what tells most first.
 */
function giveBack(
    { system, forms, prover }: GroupProtection,
    before: readonly (readonly [Figure, Form])[],
    targets: readonly Target[],
): void {
    // Whatever stood in the way of the last figure probably does of the next.
    const order = [...targets];
    const areSafe = () => {
        const place = order.findIndex((target) => !prover.isSafe(target, NOBODY, "quick"));
        if (place < 0) return true;
        order.unshift(...order.splice(place, 1));
        return false;
    };
    const byWeight = [...before].sort(([one], [other]) => weightOf(other) - weightOf(one));
    const secrets = new Set(targets.filter(({ what }) => what === "numerator").map(({ figure }) => figure.n));
    for (const [figure, form] of byWeight)
        if (form !== "exact" || !leavesLittle(figure, secrets, system, forms, prover.wanted))
            forms.showIf(figure, form, areSafe);
}

/** Whether a sum would be left in which a secret shares too few patients with whatever else is hidden there. */
function leavesLittle(
    figure: Figure,
    secrets: ReadonlySet<number>,
    { sums, partOf, wholeOf, values }: System,
    { view }: Forms,
    wanted: number,
): boolean {
    return [...(partOf[figure.n] ?? []), ...(wholeOf[figure.n] ?? [])].some((index) => {
        const { whole, parts } = sums[index] ?? { whole: -1, parts: [] };
        if (whole !== figure.n && !view.isKnown(whole)) return false;
        const hidden = parts.filter((part) => part !== figure.n && !view.isKnown(part));
        const patients = hidden.reduce((sum, part) => sum + (values[part] ?? 0), 0);
        return patients < wanted - 1 && hidden.some((part) => secrets.has(part));
    });
}

/**
 * The last resort: every figure goes whose counts hang together with the target by sums, or share its denominator; then
 * whatever else binds a count that hangs together with it, ring after ring, as long as `isUnsafe` says so.
 */
export function hideAllAround(target: Target, job: GroupProtection, isUnsafe: () => boolean): void {
    const { system } = job;
    const places = new Set(placesOf(target));
    if (target.what === "rest" && target.figure.d >= 0) places.add(target.figure.d);
    hideFigures(withSums(places, system), job);
    while (isUnsafe()) {
        const around = neighbourhood(target, job.forms.view, NOBODY);
        for (const { n, d } of around.figures) places.add(n).add(d);
        if (hideFigures(withSums(new Set([...places, ...around.places]), system), job) === 0) return;
    }
}

/** These counts, and all that stand in a sum with one of them. */
function withSums(places: ReadonlySet<number>, { partOf, wholeOf, sums }: System): Set<number> {
    const all = new Set(places);
    for (const place of places) {
        for (const index of [...(partOf[place] ?? []), ...(wholeOf[place] ?? [])]) {
            const sum = sums[index];
            for (const member of sum ? [sum.whole, ...sum.parts] : []) all.add(member);
        }
    }
    return all;
}

/** Hides every figure that tells of one of these counts; returns how many were shown. */
function hideFigures(places: ReadonlySet<number>, { system, forms, mayChange }: GroupProtection): number {
    let gone = 0;
    for (const place of places) {
        for (const figure of system.figuresOf[place] ?? []) {
            if (!mayChange(figure) || forms.of(figure) === "hidden") continue;
            forms.set(figure, "hidden", TAKEN_BACK);
            gone += 1;
        }
    }
    return gone;
}

/** The parts of the system that hold an unsafe target, by sums over groups only, with all their targets. */
function components(system: System, open: readonly Target[], targets: readonly Target[]): Component[] {
    const found: Component[] = [];
    const done = new Set<number>();
    for (const target of open) {
        const start = placesOf(target);
        if (start.some((place) => done.has(place))) continue;
        const withDenominators = target.what === "denominator";
        const places = new Set(start);
        const sums = new Map<number, Sum>();
        const queue = [...start];
        const meet = (place: number) => {
            if (places.has(place)) return;
            places.add(place);
            queue.push(place);
        };
        for (const place of queue) {
            done.add(place);
            for (const index of [...(system.partOf[place] ?? []), ...(system.wholeOf[place] ?? [])]) {
                const sum = system.sums[index];
                if (!sum || sums.has(index) || !sum.parts.every((part) => isOfGroups(system, part))) continue;
                sums.set(index, sum);
                for (const member of [sum.whole, ...sum.parts]) meet(member);
            }
            if (!withDenominators) continue;
            for (const { n, d } of system.figuresOf[place] ?? [])
                for (const other of [n, d]) if (other >= 0) meet(other);
        }
        const inside = targets.filter((one) => placesOf(one).every((place) => places.has(place)));
        found.push({ places: [...places], sums: [...sums.values()], targets: inside });
    }
    return found;
}

function placesOf({ figure, what }: Target): number[] {
    return what === "denominator" ? [figure.d] : [figure.n];
}

function isOfGroups(system: System, place: number): boolean {
    return system.figuresOf[place]?.every(({ cell }) => GROUPS.has(cell.level)) === true;
}

/** The simple and safe way: beside every hidden count of a sum another one, smallest first, until all keep their room. */
function hideSimply(job: GroupProtection, { places, sums, targets }: Component): void {
    const { system, forms, mayChange } = job;
    const local = new Map(places.map((place, index) => [place, index]));
    const relations = sums.map(({ whole, parts }) => ({
        whole: local.get(whole) ?? -1,
        parts: parts.map((part) => local.get(part) ?? -1),
    }));
    const counts = places.map((place) => ({ count: system.values[place] ?? 0, rest: null }));
    const hidden = new Set(places.flatMap((place, index) => (forms.view.isKnown(place) ? [] : [index])));
    for (const target of targets) for (const place of placesOf(target)) hidden.add(local.get(place) ?? -1);
    for (const index of secondarySuppression(counts, hidden, relations)) {
        for (const figure of system.figuresOf[places[index] ?? -1] ?? [])
            if (mayChange(figure)) forms.set(figure, "hidden", TAKEN_BACK);
    }
}
