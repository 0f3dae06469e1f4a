import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { escapeText, type Html, trusted } from "./html.ts";

/**
 * The machine under charts/: Plot draws on a light DOM on the server, and what comes out is made fit for a strict
 * Content-Security-Policy: no style element, no style attribute; every look lives in style.css, by class.
 */

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** Charts are drawn at this width and shown at most a little larger, so that letters stay readable on a telephone. */
export const WIDTH = 460;

const GEOMETRY = /\b(d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform)="([^"]*)"/g;

/** Coordinates with one decimal: a tenth of a pixel is enough, and half the bytes. */
function shorten(svg: string): string {
    return svg.replace(
        GEOMETRY,
        (_whole, name: string, value: string) =>
            `${name}="${value.replace(/-?\d+\.\d{2,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10))}"`,
    );
}

/**
 * Plot names its groups in English aria-labels; inside an image they are noise to a screen reader and a class to us. In
 * which order attributes are written differs between the light DOM and a browser's.
 */
function labelsToClasses(svg: string): string {
    return svg.replace(/ aria-(?:hidden|description)="[^"]*"/g, "").replace(/<[a-z][^<>]*>/gi, (tag) => {
        const label = / aria-label="([^"]*)"/.exec(tag);
        if (!label) return tag;
        const named = className(label[1] ?? "");
        const bare = tag.replace(label[0], "");
        const own = / class="([^"]*)"/.exec(bare);
        if (own) return bare.replace(own[0], ` class="${own[1]} ${named}"`);
        return bare.replace(/^<[a-z]+/i, (start) => `${start} class="${named}"`);
    });
}

function className(label: string): string {
    return `p-${label.replace(/[^a-z0-9]+/gi, "-")}`;
}

/** Draws a Plot as clean SVG text. `label` is what a screen reader says; `kind` names the chart form for the stylesheet. */
export function draw(kind: string, label: string, options: Plot.PlotOptions): Html {
    const plot = Plot.plot({
        width: WIDTH,
        ...options,
        className: "plot",
        document: document as unknown as Document,
    });
    const svg = shorten(
        labelsToClasses(
            plot.outerHTML
                .replace(/<style>[\s\S]*?<\/style>/g, "")
                .replace(/ style="[^"]*"/g, "")
                .replace(/ font-family="[^"]*"/g, "")
                .replace(/ font-size="10"/, ""),
        ),
    );
    return trusted(
        svg.replace(/ class="plot"/, ` class="plot plot-${kind}" role="img" aria-label="${escapeText(label)}"`),
    );
}

/** Hand-drawn SVG with the same frame; for the small charts of which a page holds dozens. */
export function drawn(kind: string, label: string, width: number, height: number, body: string): Html {
    return trusted(
        `<svg class="klein klein-${kind}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(label)}">${body}</svg>`,
    );
}

/** An axis that holds the data with some air, starting at zero unless `free`, never narrower than `least`. */
export function domainOf(values: number[], options: { free: boolean; least: number; most?: number }): [number, number] {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const air = Math.max((high - low) * 0.12, options.least * 0.1);
    let from = options.free ? Math.max(0, low - air) : 0;
    let to = high + air;
    if (to - from < options.least) {
        const middle = (from + to) / 2;
        from = options.free ? Math.max(0, middle - options.least / 2) : 0;
        to = from + options.least;
    }
    if (options.most !== undefined && to > options.most) {
        to = options.most;
        if (options.free) from = Math.max(0, Math.min(from, to - options.least));
    }
    return [from, to];
}
