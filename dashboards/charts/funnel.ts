import * as Plot from "@observablehq/plot";
import { domainOf, draw } from "../chart.ts";
import type { Curve } from "../comparisons.ts";
import type { Html } from "../html.ts";

export interface FunnelOptions {
    label: string;
    /** The limits by number of patients. */
    curve: Curve;
    /** The region's share. */
    region: number;
    /** Own values over time, oldest first; the last one is where the practice is now. */
    own: { n: number; value: number }[];
    /** A number of patients on the axis. */
    writeSize: (patients: number) => string;
    write: (value: number) => string;
    regionText: string;
    sizeText: string;
}

/**
 * The funnel of one practice: the regional share, the limits for any number of patients, and this practice alone.
 * Others are not drawn: their numbers of patients are theirs.
 */
export function funnel(options: FunnelOptions): Html {
    const curve = options.curve.points.map(({ n, outer, inner }) => ({
        n,
        low: outer.low,
        high: outer.high,
        innerLow: inner.low,
        innerHigh: inner.high,
    }));
    const smallest = curve[0]?.n ?? 0;
    const largest = curve.at(-1)?.n ?? 1;
    const values = options.own.map((point) => point.value);
    const domain = domainOf([...values, ...curve.slice(6).flatMap((point) => [point.low, point.high])], {
        free: true,
        least: 0.1,
        most: 1,
    });
    const clip = (value: number): number => Math.min(domain[1], Math.max(domain[0], value));
    const clipped = curve.map((point) => ({
        n: point.n,
        low: clip(point.low),
        high: clip(point.high),
        innerLow: clip(point.innerLow),
        innerHigh: clip(point.innerHigh),
    }));
    const last = options.own.at(-1);
    return draw("trechter", options.label, {
        height: 220,
        marginLeft: 46,
        marginRight: 66,
        marginTop: 12,
        marginBottom: 38,
        x: { domain: [smallest, largest] },
        y: { domain },
        marks: [
            Plot.axisY({ ticks: 4, tickSize: 0, tickPadding: 8, label: null, tickFormat: options.write }),
            Plot.axisX({
                ticks: 4,
                tickSize: 4,
                tickFormat: options.writeSize,
                label: options.sizeText,
                labelAnchor: "center",
                labelArrow: "none",
            }),
            Plot.areaY(clipped, { x: "n", y1: "low", y2: "high", className: "trechter-buiten" }),
            Plot.areaY(clipped, { x: "n", y1: "innerLow", y2: "innerHigh", className: "trechter-binnen" }),
            Plot.ruleY([options.region], { className: "regio" }),
            Plot.text([options.region], {
                x: largest,
                y: (value: number) => value,
                text: () => options.regionText,
                dx: 6,
                textAnchor: "start",
                className: "label-regio",
            }),
            Plot.line(options.own, { x: "n", y: "value", className: "spoor" }),
            Plot.dot(options.own.slice(0, -1), { x: "n", y: "value", r: 2.5, className: "eerder" }),
            last
                ? [
                      Plot.dot([last], { x: "n", y: "value", r: 5, className: "laatste" }),
                      Plot.text([last], {
                          x: "n",
                          y: "value",
                          text: (point: { value: number }) => options.write(point.value),
                          dx: 9,
                          textAnchor: "start",
                          className: "label-laatste",
                      }),
                  ]
                : null,
        ],
    });
}
