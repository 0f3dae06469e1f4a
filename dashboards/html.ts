/** A piece of markup that is safe to place in a page as it is. */
export class Html {
    constructor(readonly text: string) {}

    toString(): string {
        return this.text;
    }
}

/** What may stand in a template: text is escaped, markup is not, nothing (null, undefined, false) disappears. */
export type Content = Html | string | number | null | undefined | false | Content[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text made safe for element content and quoted attributes. */
export function escapeText(text: string): string {
    return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text;
}

function place(content: Content): string {
    if (typeof content === "string") return escapeText(content);
    if (content === null || content === undefined || content === false) return "";
    if (content instanceof Html) return content.text;
    if (!Array.isArray(content)) return escapeText(String(content));
    // Not joined: every join copies what is inside once more.
    let text = "";
    for (const one of content) text += place(one);
    return text;
}

/** Markup from a template; every value that is not markup itself is escaped. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
    let text = parts[0] ?? "";
    for (let index = 0; index < values.length; index += 1) text += place(values[index]) + (parts[index + 1] ?? "");
    return new Html(text);
}

/** Remembers what was made of a thing: bundles of one publication repeat definitions and groups, and so do their pages. */
export function madeOnce<Thing extends object, Made>(make: (thing: Thing) => Made): (thing: Thing) => Made {
    const known = new WeakMap<Thing, { made: Made }>();
    return (thing) => {
        const found = known.get(thing) ?? { made: make(thing) };
        known.set(thing, found);
        return found.made;
    };
}

/** Marks text as markup. Only for text that this program wrote itself (a chart). */
export function trusted(text: string): Html {
    return new Html(text);
}

/** A word that can be an element id or a path segment. */
export function slug(text: string): string {
    return text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase()
        .replace(/[^a-z0-9_]+/g, "-")
        .replace(/^-+|-+$/g, "");
}
