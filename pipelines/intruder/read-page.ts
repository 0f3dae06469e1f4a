import { parseDocument } from "htmlparser2";
import { namedPeriods } from "./dutch-text.ts";
import type { Group, Vocabulary } from "./vocabulary.ts";

type ChildNode = ReturnType<typeof parseDocument>["children"][number];
export type Element = Extract<ChildNode, { attribs: Record<string, string> }>;

/** What a piece of a page is about, as far as it says so itself or the things around it do; null: it does not say. */
export interface Context {
    indicators: readonly string[] | null;
    groups: readonly Group[] | null;
    periods: readonly string[] | null;
    spans: readonly (readonly string[])[];
    strata: readonly string[] | null;
}

/** A text in a page with what it is about. A cell of a table names its row and column. */
export interface Passage {
    text: string;
    context: Context;
    /** The text without the names and periods in it. */
    rest: string;
    place: "cel" | "waarde" | "tekst" | "kenmerk" | "tekening";
}

/** A drawing with the passages that stand in the same figure or table row. */
export interface Drawing {
    element: Element;
    context: Context;
    label: string;
}

export interface PageText {
    passages: Passage[];
    drawings: Drawing[];
}

const NOTHING: Context = { indicators: null, groups: null, periods: null, spans: [], strata: null };
/** Holds no figures: the frame around a page, and code. */
const SKIPPED = new Set(["script", "style", "nav", "footer", "code", "link", "header"]);
const ATTRIBUTES = ["title", "alt", "aria-label", "aria-description", "content", "value", "placeholder", "label"];
/** Parts of a page that have a subject of their own, said by their heading. */
const SECTIONS = new Set(["figure", "article", "section", "details"]);
const HEADINGS = new Set(["h1", "h2", "h3", "h4", "caption", "summary", "figcaption"]);

/** Reads a page as a reader would: every text and label with the indicator, group and period that it is about. */
export function readPage(html: string, vocabulary: Vocabulary, about: Partial<Context>): PageText {
    const page = new Reader(vocabulary);
    page.visit(parseDocument(html).children, { ...NOTHING, ...about });
    return { passages: page.passages, drawings: page.drawings };
}

class Reader {
    readonly passages: Passage[] = [];
    readonly drawings: Drawing[] = [];
    private readonly vocabulary: Vocabulary;

    constructor(vocabulary: Vocabulary) {
        this.vocabulary = vocabulary;
    }

    visit(nodes: readonly ChildNode[], context: Context, place: Passage["place"] = "tekst"): void {
        for (const node of nodes) {
            if (node.type === "text") this.say(node.data, context, place);
            else if (isElement(node)) this.enter(node, context, place);
        }
    }

    private enter(element: Element, context: Context, place: Passage["place"]): void {
        const { name } = element;
        if (SKIPPED.has(name) && !isArticleHeader(element)) return;
        for (const attribute of ATTRIBUTES) {
            const text = element.attribs[attribute];
            if (!text || (name === "meta" && element.attribs.name !== "description")) continue;
            this.say(text, context, name === "data" && attribute === "value" ? "waarde" : "kenmerk");
        }
        for (const [attribute, text] of Object.entries(element.attribs))
            if (attribute.startsWith("data-") && attribute !== "data-kop") this.say(text, context, "kenmerk");
        if (name === "dd" && this.vocabulary.isDefined(termOf(element), textOf(element), context.indicators ?? []))
            return;
        if (name === "table") {
            this.table(element, context);
            return;
        }
        if (name === "svg") {
            const label = element.attribs["aria-label"] ?? "";
            this.drawings.push({ element, context: merged(context, this.contextOf(label, element)), label });
            this.visit(element.children, context, "tekening");
            return;
        }
        // A block under a heading of its own is a section too, whatever it is called.
        const heading = name === "div" ? element.children.find(isHeading) : undefined;
        const inner = SECTIONS.has(name)
            ? merged(context, this.headingOf(element))
            : heading
              ? merged(context, this.contextOf(textOf(heading), heading))
              : context;
        this.visit(element.children, inner, place);
    }

    /** Cells of a table, each about its row, its column and the caption. */
    private table(table: Element, outside: Context): void {
        const caption = elements(table, "caption")[0];
        const context = caption ? merged(outside, this.contextOf(textOf(caption), caption)) : outside;
        if (caption) this.visit(caption.children, context);
        const rows = elements(table, "tr");
        let columns: Context[] = [];
        for (const row of rows) {
            const cells = row.children.filter(
                (child): child is Element => isElement(child) && /^t[hd]$/.test(child.name),
            );
            const isHead = cells.every(({ name }) => name === "th");
            if (isHead) {
                columns = cells.map((cell) => this.contextOf(textOf(cell), cell));
                for (const cell of cells) this.visit(cell.children, context);
                continue;
            }
            const [first] = cells;
            const head = first ? this.contextOf(headText(first), first) : NOTHING;
            cells.forEach((cell, place) => {
                const about = merged(merged(context, columns[place] ?? NOTHING), place === 0 ? NOTHING : head);
                const inside = place === 0 ? merged(context, head) : about;
                this.visit(cell.children, inside, place === 0 ? "tekst" : "cel");
            });
        }
    }

    private say(text: string, context: Context, place: Passage["place"]): void {
        if (!/\d/.test(text) || this.vocabulary.isPublic(text)) return;
        const { own, rest } = this.own(text);
        this.passages.push({ text: text.trim(), context: merged(context, own), rest, place });
    }

    /** What a text names itself, and what is left of it. */
    private own(text: string): { own: Context; rest: string } {
        const named = this.vocabulary.read(text);
        const { periods, spans, rest } = namedPeriods(named.rest);
        const orNull = <Item>(items: readonly Item[]) => (items.length > 0 ? items : null);
        return {
            own: {
                indicators: orNull(named.indicators),
                groups: orNull(named.groups),
                periods: orNull(periods),
                spans,
                strata: orNull(named.strata),
            },
            rest,
        };
    }

    /** What an element is about: its own words, or the address that it links to. */
    private contextOf(text: string, element: Element): Context {
        const { own } = this.own(text);
        const linked = elements(element, "a").flatMap(
            ({ attribs }) => this.vocabulary.indicatorAt(attribs.href ?? "") ?? [],
        );
        return linked.length > 0 ? { ...own, indicators: [...new Set(linked)] } : own;
    }

    /** What the heading of a section says that the section is about. */
    private headingOf(section: Element): Context {
        for (const child of section.children) {
            if (!isElement(child)) continue;
            if (HEADINGS.has(child.name)) return this.contextOf(textOf(child), child);
            const inner = child.children.find((one): one is Element => isElement(one) && HEADINGS.has(one.name));
            if (inner) return this.contextOf(textOf(inner), inner);
        }
        return NOTHING;
    }
}

/** The inner one says what it says; what it does not say holds from outside. */
function merged(outer: Context, inner: Context): Context {
    return {
        indicators: inner.indicators ?? outer.indicators,
        groups: inner.groups ?? outer.groups,
        periods: inner.periods ?? outer.periods,
        spans: inner.spans.length > 0 ? inner.spans : outer.spans,
        strata: inner.strata ?? outer.strata,
    };
}

function isElement(node: ChildNode): node is Element {
    return node.type === "tag" || node.type === "script" || node.type === "style";
}

function isHeading(node: ChildNode): node is Element {
    return isElement(node) && HEADINGS.has(node.name);
}

/** The term that a description belongs to. */
function termOf(description: Element): string {
    const before = description.parent?.children ?? [];
    const term = before.findLast(
        (node, place): node is Element => isElement(node) && node.name === "dt" && place < before.indexOf(description),
    );
    return term ? textOf(term).trim() : "";
}

/** The head of a card or a section is content; the head of the page is not. */
function isArticleHeader(element: Element): boolean {
    return element.name === "header" && element.attribs.class !== "kop";
}

function elements(root: Element, name: string): Element[] {
    const found: Element[] = [];
    const visit = (element: Element) => {
        for (const child of element.children) {
            if (!isElement(child)) continue;
            if (child.name === name) found.push(child);
            else visit(child);
        }
    };
    visit(root);
    return found;
}

/** The text of a row's head without what is folded in it. */
function headText(element: Element): string {
    const folded = new Set(["details", "svg"]);
    const children = element.children.filter((child) => !isElement(child) || !folded.has(child.name));
    return children
        .map((child) => (child.type === "text" ? child.data : isElement(child) ? headText(child) : ""))
        .join(" ");
}

/** The text of an element, blanks between its parts. */
export function textOf(element: Element): string {
    return element.children
        .map((child) => (child.type === "text" ? child.data : isElement(child) ? textOf(child) : ""))
        .join(" ");
}
