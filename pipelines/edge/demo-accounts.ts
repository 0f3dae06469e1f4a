import { grantOf } from "../access/audience-path.ts";
import type { Published } from "../access/published.ts";

/** Somebody who may log in to the demo. */
export interface DemoAccount {
    id: string;
    title: string;
    /** Kind of audience; null for who has several roles. */
    kind: string | null;
    /** What they are told they will see; absent: what their kind always sees. */
    text?: string;
    /** Words of audiences (`praktijk/01053293`). */
    words: string[];
}

/**
 * One account for every audience that has pages, and two people with more than one role: somebody who works in two practices, and
 * a GP who also sits in a vakgroep.
 */
export function demoAccounts({ audiences }: Published): DemoAccount[] {
    // An adviser's mirrors are opened by the adviser's own account.
    const open = audiences.filter(({ id }) => grantOf(id) !== null);
    const single = open.map(({ id, kind, title }) => ({ id: id.replaceAll("/", "-"), title, kind, words: [id] }));
    const practices = audiences.filter(({ kind }) => kind === "praktijk");
    const vakgroep = audiences.find(({ kind }) => kind === "vakgroep");
    const [one, two] = practices;
    const several: DemoAccount[] = [];
    if (one && two)
        several.push({
            id: "huisarts-twee-praktijken",
            title: "Huisarts in twee praktijken",
            kind: null,
            text: `${one.title} en ${two.title}.`,
            words: [one.id, two.id],
        });
    if (one && vakgroep)
        several.push({
            id: "huisarts-vakgroep",
            title: "Huisarts en lid van een vakgroep",
            kind: null,
            text: `${one.title} en ${vakgroep.title}.`,
            words: [one.id, vakgroep.id],
        });
    return [...ordered(single), ...several];
}

const ORDER = ["praktijk", "vakgroep", "hagro", "coalitie", "gemeente", "adviseur", "beheer"];

/** By kind, and within a kind as published. */
function ordered<T extends { kind: string | null }>(accounts: T[]): T[] {
    const rank = ({ kind }: T): number => (ORDER.indexOf(kind ?? "") + ORDER.length + 1) % (ORDER.length + 1);
    return [...accounts].sort((left, right) => rank(left) - rank(right));
}
