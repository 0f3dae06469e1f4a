import type { Element } from "./read-page.ts";

/** Coordinates are written in tenths of a pixel. */
const PRECISION = 0.11;
/** Parts of a chart that are drawn around the figures: axes, grids, limits that follow from what is shown, labels. */
const AROUND =
    /(?:^| )(?:p-[xy]-|raster|grens|midden|as|toeval|januari|gebeurtenis|doellijn|prognose|label|signaal|spoor|trechter|regio|eigen|vorm|open|wit|spiegel|startpunt)/;

/** One run of coordinates of a drawing that follows figures. */
export interface Curve {
    coordinates: number[];
}

/** The whole percents of a strip of practices, with whether every dot stands exactly on one. */
export interface Strip {
    percents: number[];
    isWhole: boolean;
}

type Node = Element["children"][number];

function isElement(node: Node): node is Element {
    return node.type === "tag";
}

/**
 * Reads a strip of dots back. Its label says the lowest and the highest percent; every other dot stands between the two by
 * its place. Null when it is no strip.
 */
export function readStrip(drawing: Element, label: string): Strip | null {
    const dots = drawing.children.find(
        (child): child is Element => isElement(child) && /\bstippen\b/.test(child.attribs.class ?? ""),
    );
    if (!dots) return null;
    const places = [...(dots.attribs.d ?? "").matchAll(/M(-?[\d.]+) -?[\d.]+h0/g)].map((match) => Number(match[1]));
    const [low, high] = [/laagste (\d+)%/.exec(label)?.[1], /hoogste (\d+)%/.exec(label)?.[1]].map(Number);
    if (places.length === 0 || low === undefined || high === undefined) return { percents: [], isWhole: false };
    const [first, last] = [Math.min(...places), Math.max(...places)];
    const pixels = high === low ? 1 : (last - first) / (high - low);
    const exact = places.map((place) => low + (place - first) / pixels);
    const percents = exact.map(Math.round);
    return {
        percents,
        isWhole: exact.every((percent, index) => Math.abs(percent - (percents[index] ?? 0)) * pixels <= PRECISION),
    };
}

/** Every run of coordinates of a drawing that may follow figures. */
export function readCurves(drawing: Element): Curve[] {
    const curves: Curve[] = [];
    const add = (coordinates: number[]) => {
        if (coordinates.length > 0 && coordinates.every(Number.isFinite)) curves.push({ coordinates });
    };
    const visit = (element: Element): void => {
        const circles: Element[] = [];
        const rects: Element[] = [];
        const lines: Element[] = [];
        for (const child of element.children) {
            if (!isElement(child)) continue;
            const name = `${element.attribs.class ?? ""} ${child.attribs.class ?? ""}`;
            if (AROUND.test(` ${name}`)) continue;
            if (child.name === "g") visit(child);
            else if (child.name === "circle") circles.push(child);
            else if (child.name === "rect") rects.push(child);
            else if (child.name === "line") lines.push(child);
            else if (child.name === "path") for (const run of runsOf(child.attribs.d ?? "")) add(run);
        }
        const of = (elements: Element[], attribute: string) =>
            elements.map(({ attribs }) => Number(attribs[attribute]));
        add(of(circles, "cy"));
        add(of(circles, "cx"));
        add(of(rects, "width"));
        add(of(lines, "x1"));
        add(of(lines, "x2"));
    };
    visit(drawing);
    return curves;
}

/** The heights of a path, per unbroken run; a closed band gives its upper and its lower edge. */
function runsOf(path: string): number[][] {
    return path
        .split(/(?=M)/)
        .map((part) => ({
            heights: [...part.matchAll(/[ML]\s*-?[\d.]+[, ](-?[\d.]+)/g)].map((match) => Number(match[1])),
            isClosed: /Z/i.test(part),
        }))
        .flatMap(({ heights, isClosed }) => {
            if (!isClosed) return [heights];
            const half = Math.floor(heights.length / 2);
            return [heights.slice(0, half), heights.slice(half, 2 * half).reverse()];
        });
}

/** Whether coordinates follow these values along a straight scale, as precisely as they are drawn. */
export function follows(coordinates: readonly number[], values: readonly number[]): boolean {
    if (coordinates.length !== values.length) return false;
    const count = values.length;
    const [meanX, meanY] = [mean(values), mean(coordinates)];
    let [covariance, variance] = [0, 0];
    for (let index = 0; index < count; index += 1) {
        const x = (values[index] ?? 0) - meanX;
        covariance += x * ((coordinates[index] ?? 0) - meanY);
        variance += x * x;
    }
    const slope = variance === 0 ? 0 : covariance / variance;
    return values.every(
        (value, index) => Math.abs(meanY + slope * (value - meanX) - (coordinates[index] ?? 0)) <= PRECISION,
    );
}

const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
