// The two intervals of indicators.md ("maat"): Wilson for a share, exact Poisson for a count. The rest is in statistics/.
export type { Interval } from "./statistics/interval.ts";
export { poisson } from "./statistics/poisson.ts";
export { wilson } from "./statistics/wilson.ts";
