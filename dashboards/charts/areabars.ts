import * as Plot from "@observablehq/plot";
import { domainOf, draw } from "../chart.ts";
import type { Html } from "../html.ts";

export interface AreaBar {
    name: string;
    value: number;
    low: number | null;
    high: number | null;
    text: string;
    outlier: boolean;
}

export interface AreaBarsOptions {
    /** A share is a dot on an axis around the data; a rate is a bar from zero. */
    share: boolean;
    label: string;
    bars: AreaBar[];
    region: { value: number; text: string } | null;
}

/** Areas side by side in the order of the register, with intervals and the region as a line. */
export function areaBars(options: AreaBarsOptions): Html {
    const highest = Math.max(
        ...options.bars.flatMap((bar) => [bar.value, bar.high ?? 0]),
        options.region?.value ?? 0,
        Number.MIN_VALUE,
    );
    const ends = options.bars.flatMap((bar) => [bar.value, bar.low ?? bar.value, bar.high ?? bar.value]);
    const domain = options.share
        ? domainOf([...ends, options.region?.value ?? bar0(options)], { free: true, least: 0.1, most: 1 })
        : ([0, highest * 1.04] as [number, number]);
    const longest = Math.max(0, ...options.bars.map(({ name }) => name.length));
    return draw("gebieden", options.label, {
        height: 34 + options.bars.length * 38,
        marginLeft: Math.max(116, longest * 8.6),
        marginRight: 76,
        marginTop: 24,
        marginBottom: 8,
        x: { domain, axis: null },
        y: { domain: options.bars.map((bar) => bar.name), padding: 0.4, axis: null },
        marks: [
            Plot.axisY({ tickSize: 0, label: null, tickPadding: 10 }),
            options.share ? Plot.ruleY(options.bars, { y: "name", className: "raster" }) : null,
            options.share
                ? null
                : [
                      Plot.barX(
                          options.bars.filter((bar) => !bar.outlier),
                          { x: "value", y: "name", className: "staaf" },
                      ),
                      Plot.barX(
                          options.bars.filter((bar) => bar.outlier),
                          { x: "value", y: "name", className: "staaf-uitschieter" },
                      ),
                  ],
            Plot.ruleY(
                options.bars.filter((bar) => bar.low !== null && bar.high !== null),
                { x1: "low", x2: "high", y: "name", className: "interval" },
            ),
            options.share
                ? Plot.dot(options.bars, {
                      x: "value",
                      y: "name",
                      r: 5,
                      className: "laatste",
                  })
                : null,
            options.region
                ? [
                      Plot.ruleX([options.region.value], { className: "regio" }),
                      Plot.text([options.region], {
                          x: "value",
                          text: "text",
                          frameAnchor: "top",
                          dy: -14,
                          className: "label-regio",
                      }),
                  ]
                : null,
            Plot.text(options.bars, {
                x: (bar: AreaBar) => Math.max(bar.value, bar.high ?? 0),
                y: "name",
                text: "text",
                dx: 8,
                textAnchor: "start",
                className: "label-waarde",
            }),
        ],
    });
}

function bar0(options: AreaBarsOptions): number {
    return options.bars[0]?.value ?? 0;
}
