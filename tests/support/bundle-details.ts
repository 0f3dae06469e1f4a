import type { BundleInput } from "../../dashboards/data.ts";

/** What stands beside the figures of an invented vakgroep: a record system that goes with one of them, and notes on deliveries. */
export function inventDetails(indicators: readonly { id: string }[], period: string): BundleInput["details"] {
    const ids = indicators.map(({ id }) => id).filter((id) => id.startsWith("dm_"));
    const bands = [18, 45, 65, 75];
    return {
        ageSex: ids.map((indicator, at) => ({
            indicator,
            period,
            groups: ["V", "M"].flatMap((sex, side) =>
                bands.map((ageBand, place) => ({
                    ...{ ageBand, sex },
                    percent: place === 0 && at % 2 === 0 ? null : 64 + 4 * place + side + at,
                })),
            ),
        })),
        recordSystems: ids.map((indicator) => ({
            indicator,
            period,
            beyondChance: indicator === "dm_fundus",
            systems: [
                { his: "Bricks", percent: 79, practices: 14 },
                { his: "Medicom", percent: 92, practices: 21 },
            ],
        })),
        deliveries: ids.map((indicator, at) => ({
            ...{ indicator, period, relaid: at === 1 ? 5 : 0, warned: at === 2 ? 6 : 0, aside: at === 0 ? null : 0.5 },
            missing: [{ source: "HIS", practices: 1, held: 0 }],
        })),
    };
}
