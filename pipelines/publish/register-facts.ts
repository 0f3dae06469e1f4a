import { type Catalogue, type PracticeEntry, practicesWithPage } from "./catalogue.ts";

/**
 * Facts of the register that decide who sees what (disclosure.md, hagro and adviseur). A fact that nobody told is a no.
 */

const ADVISER = "adviseur:";

function saysYes({ agreements }: Catalogue, practice: string, fact: string): boolean {
    return (agreements ?? []).some((one) => one.practice === practice && one.fact === fact && one.value === 1);
}

/** Practices of a hagro that are members on the last day, in order of AGB code. */
export function hagroMembers(catalogue: Catalogue, hagro: string): PracticeEntry[] {
    return catalogue.practices
        .filter((practice) => practice.hagro === hagro && isMember(practice, catalogue.peildatum))
        .sort((a, b) => a.id.localeCompare(b.id));
}

function isMember({ joined, left }: PracticeEntry, day: string): boolean {
    return (!joined || joined <= day) && (!left || left > day);
}

/** Whether every practice of the hagro agreed to be named there; one that did not keeps all without a name. */
export function agreedToNames(catalogue: Catalogue, hagro: string): boolean {
    const members = hagroMembers(catalogue, hagro);
    return members.length > 0 && members.every(({ id }) => saysYes(catalogue, id, "hagro_bij_naam"));
}

/** Every adviser by name, with the practices assigned that have figures of their own. */
export function advisers(catalogue: Catalogue): { name: string; practices: PracticeEntry[] }[] {
    const facts = new Set(
        (catalogue.agreements ?? []).map(({ fact }) => fact).filter((fact) => fact.startsWith(ADVISER)),
    );
    return [...facts]
        .sort()
        .map((fact) => ({
            name: fact.slice(ADVISER.length),
            practices: practicesWithPage(catalogue).filter(({ id }) => saysYes(catalogue, id, fact)),
        }))
        .filter(({ practices }) => practices.length > 0);
}
