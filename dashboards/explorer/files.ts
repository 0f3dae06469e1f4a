/** A choice as files to keep. Everything in them stood in the published files already. */

/** Chosen lines of the published CSV file with its heading; its lines are the rows of the Arrow file, in the same order. */
export function csvOfRows(published: string, rows: readonly number[], all: number): string {
    const lines = published.split("\r\n");
    if (lines.length !== all + 2)
        throw new Error("values.csv en values.arrow horen niet bij elkaar; laad de pagina opnieuw.");
    return [lines[0], ...rows.map((row) => lines[row + 1])].map((line) => `${line}\r\n`).join("");
}

/** Properties that the stylesheet decides and that a drawing needs to look the same elsewhere; all of them inherit. */
const LOOKS = [
    ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap"],
    ...["stroke-linejoin", "font-family", "font-size", "font-weight", "paint-order", "text-anchor"],
];
const SVG = "http://www.w3.org/2000/svg";
const LINE = 17;
/** Characters on a line of the drawing: its title is bolder than its source. */
const CHARACTERS = { title: 50, source: 70 };

/** The drawing with its looks written into it, its finding above and its source below; reads the same outside the page. */
export function standaloneSvg(drawing: SVGSVGElement, finding: string, summary: string, source: string): string {
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    writeLooks(drawing, copy, null);
    const { width, height } = drawing.viewBox.baseVal;
    const [above, below] = [wrapped(finding, CHARACTERS.title), wrapped(source, CHARACTERS.source)];
    const top = above.length * LINE + 12;
    const bottom = below.length * LINE + 8;
    const whole = document.createElementNS(SVG, "svg");
    set(whole, { xmlns: SVG, viewBox: `0 0 ${width} ${top + height + bottom}`, role: "img" });
    set(whole, { width: String(width), height: String(top + height + bottom) });
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    whole.append(element("title", {}, finding), element("desc", {}, `${summary} ${source}`));
    whole.append(element("rect", { width: "100%", height: "100%", fill: colour("--surface") }));
    whole.append(...texts(above, 18, { "font-weight": "650", "font-size": "14", fill: colour("--ink") }));
    set(copy, { y: String(top), width: String(width), height: String(height), overflow: "visible" });
    for (const name of ["class", "role", "aria-label", "focusable"]) copy.removeAttribute(name);
    whole.append(copy);
    whole.append(...texts(below, top + height + 14, { "font-size": "11", fill: colour("--ink-2") }));
    for (const node of [copy, ...copy.querySelectorAll("*")]) node.removeAttribute("class");
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;
}

function writeLooks(from: Element, to: Element, above: CSSStyleDeclaration | null): void {
    const style = getComputedStyle(from);
    for (const name of LOOKS) {
        const value = style.getPropertyValue(name);
        if (above === null || value !== above.getPropertyValue(name)) to.setAttribute(name, value);
    }
    for (const [index, child] of [...from.children].entries()) {
        const twin = to.children[index];
        if (twin) writeLooks(child, twin, style);
    }
}

function element(name: string, attributes: Record<string, string>, text = ""): Element {
    const made = document.createElementNS(SVG, name);
    set(made, attributes);
    made.textContent = text;
    return made;
}

function set(node: Element, attributes: Record<string, string>): void {
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

function texts(lines: string[], top: number, attributes: Record<string, string>): Element[] {
    const family = getComputedStyle(document.body).fontFamily;
    return lines.map((line, index) =>
        element("text", { x: "8", y: String(top + index * LINE), "font-family": family, ...attributes }, line),
    );
}

function wrapped(text: string, most: number): string[] {
    const lines: string[] = [];
    for (const word of text.split(" ")) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines;
}

/** Hands a file to the browser to save. */
export function save(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
