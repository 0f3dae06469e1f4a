/**
 * Names for paths: small letters, digits and dashes of what the register calls something. Two that would read alike are
 * told apart by a number, in the order of the register's own names, so that the same register gives the same paths.
 */
export function pathNames(names: readonly string[]): ReadonlyMap<string, string> {
    const taken = new Set<string>();
    const paths = new Map<string, string>();
    for (const name of [...new Set(names)].sort()) {
        const plain = plainName(name);
        let path = plain;
        for (let number = 2; taken.has(path); number += 1) path = `${plain}-${number}`;
        taken.add(path);
        paths.set(name, path);
    }
    return paths;
}

/** A path's name, with a number, stays within what access accepts (63). */
const LONGEST = 58;

function plainName(name: string): string {
    const letters = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
    const dashed = letters.replaceAll(/[^a-z0-9]+/g, "-").slice(0, LONGEST);
    return dashed.replaceAll(/^-+|-+$/g, "") || "naamloos";
}
