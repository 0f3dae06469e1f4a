/**
 * Whose pages lie where (disclosure.md). An audience is named by a word: `coalitie`, `praktijk/01053293`,
 * `vakgroep/diabetes-cvrm`. The same words are the ids of bundles and what the login service says of a person.
 */

export interface Grant {
    /** Kind of audience; also the role in which its pages are read. */
    kind: string;
    word: string;
    /** With a slash at both ends. */
    path: string;
}

const NAME = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** Per kind of audience: where its pages begin, and the form of what comes after the slash (null: nothing). */
const KINDS: Readonly<Record<string, { root: string; name: string | null }>> = {
    coalitie: { root: "/coalitie/", name: null },
    gemeente: { root: "/gemeente/", name: NAME },
    vakgroep: { root: "/vakgroep/", name: NAME },
    hagro: { root: "/hagro/", name: NAME },
    praktijk: { root: "/p/", name: "[0-9]{8}" },
    adviseur: { root: "/adviseur/", name: NAME },
    beheer: { root: "/beheer/", name: null },
};

/** CloudFront path patterns of everything that only a signed cookie opens. */
export const RESTRICTED_PATTERNS: readonly string[] = Object.values(KINDS).map(({ root }) => `${root}*`);

/** The audience that a word names; null for any other word, however much it looks like one. */
export function grantOf(word: string): Grant | null {
    const [kind = "", ...rest] = word.split("/");
    const form = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (!form) return null;
    if (form.name === null) return rest.length === 0 ? { kind, word, path: form.root } : null;
    const name = rest.join("/");
    return new RegExp(`^${form.name}$`).test(name) ? { kind, word, path: `${form.root}${name}/` } : null;
}

/** The audience whose pages lie where this path points; null for a page of nobody. */
export function audienceAt(page: string): Grant | null {
    for (const [kind, { root, name }] of Object.entries(KINDS)) {
        if (!page.startsWith(root)) continue;
        return grantOf(name === null ? kind : `${kind}/${page.slice(root.length).split("/", 1)[0]}`);
    }
    return null;
}

/** The grant of a person that a page falls under. */
export function grantFor(grants: readonly Grant[], page: string): Grant | undefined {
    return grants.find(({ path }) => page.startsWith(path));
}

/** A path that may be opened or returned to: nothing encoded, dotted, doubled or of another site. */
export function isCleanPage(page: string): boolean {
    return (
        page.length <= 512 && /^\/(?:[A-Za-z0-9][A-Za-z0-9_-]*\/)*(?:[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+)?$/.test(page)
    );
}
