// Whether a label that practices carry goes with their value more than chance gives, without a model of how practices differ.
import { type Share, sumOver } from "./interval.ts";

const SHUFFLES = 999;
/** With so many shuffles, as far out as the 99,8 % limits that decide everywhere else what is named. */
const MOST_AS_FAR = 1;

/**
 * A permutation test with practices as units (Good, Permutation, Parametric and Bootstrap Tests, ch. 3): the patient-weighted
 * spread of the groups' shares around the share of all, against that of 999 fixed shuffles of the labels. False for fewer than two groups.
 */
export function differsByLabel(groups: readonly (readonly Share[])[]): boolean {
    if (groups.length < 2) return false;
    const practices = groups.flat();
    const patients = sumOver(practices, ({ denominator }) => denominator);
    if (patients === 0) return false;
    const centre = sumOver(practices, ({ numerator }) => numerator) / patients;
    const sizes = groups.map((group) => group.length);
    const observed = spreadOf(practices, sizes, centre);
    if (observed <= 0) return false;
    const random = generator(practices.length);
    const shuffled = [...practices];
    let asFar = 0;
    for (let shuffle = 0; shuffle < SHUFFLES && asFar <= MOST_AS_FAR; shuffle += 1) {
        mix(shuffled, random);
        // Equal up to rounding is as far.
        if (spreadOf(shuffled, sizes, centre) >= observed * (1 - 1e-12)) asFar += 1;
    }
    return asFar <= MOST_AS_FAR;
}

/** Groups stand one after the other, `sizes` practices each. */
function spreadOf(practices: readonly Share[], sizes: readonly number[], centre: number): number {
    let at = 0;
    return sumOver(sizes, (size) => {
        const group = practices.slice(at, at + size);
        at += size;
        const patients = sumOver(group, ({ denominator }) => denominator);
        if (patients === 0) return 0;
        return patients * (sumOver(group, ({ numerator }) => numerator) / patients - centre) ** 2;
    });
}

/** Fisher and Yates. */
function mix<Item>(items: Item[], random: () => number): void {
    for (let last = items.length - 1; last > 0; last -= 1) {
        const other = Math.floor(random() * (last + 1));
        const [one, two] = [items[last], items[other]];
        if (one !== undefined && two !== undefined) [items[last], items[other]] = [two, one];
    }
}

/** Fixed numbers in [0, 1), so that the same practices always get the same answer (mulberry32). */
function generator(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}
