/**
 * Limits around a regional share, wide enough for the real differences between practices.
 * The variance between practices is added to that of chance (Spiegelhalter 2005, additive random effects), and chance is
 * also counted exactly, because much of what is compared here is about fewer than thirty patients.
 * Practices' numbers of patients are not known to a reader of this page, so the part of chance in their spread is taken
 * at the average practice; with unequal practices that leaves the limits rather too wide than too narrow.
 */

/** Chance of lying beyond one side of the 95% and the 99,8% limits. */
export const TAIL95 = 0.025;
export const TAIL998 = 0.001;

/** Fewer practices than this tell too little about how practices differ. */
export const FEWEST_PEERS = 8;

export interface Spread {
    /** Region's share, 0..1. */
    centre: number;
    /** Variance between practices beyond chance, in squared share. */
    between: number;
    /** Whether practices differ clearly more than chance gives. */
    beyondChance: boolean;
    /** Average number of patients per practice. */
    size: number;
    practices: number;
}

export interface Limits {
    low: number;
    high: number;
}

/** The values with the lowest and highest tenth pulled in to the tenth's edge, so that one odd practice widens nothing. */
function winsorised(values: number[]): number[] {
    const sorted = [...values].sort((left, right) => left - right);
    const cut = Math.floor(sorted.length * 0.1);
    const low = sorted[cut] ?? 0;
    const high = sorted[sorted.length - 1 - cut] ?? 0;
    return sorted.map((value) => Math.min(high, Math.max(low, value)));
}

/** How far practices lie apart beyond chance; null when there are too few of them. Percents are whole, 0-100. */
export function spreadOf(centre: number, percents: number[], size: number): Spread | null {
    if (percents.length < FEWEST_PEERS || !(size > 0)) return null;
    const shares = winsorised(percents.map((percent) => percent / 100));
    const variance = shares.reduce((sum, share) => sum + (share - centre) ** 2, 0) / shares.length;
    const chance = (centre * (1 - centre)) / size;
    // 1,2 for practices of unequal size; 2,33 deviations of a variance of so many practices (one in a hundred by chance).
    const threshold = 1.2 * (1 + 2.33 * Math.sqrt(2 / (percents.length - 1)));
    return {
        centre,
        between: Math.max(0, variance - chance),
        beyondChance: variance > chance * threshold,
        size,
        practices: percents.length,
    };
}

/** z of a one-sided tail; only the two that are used. */
const Z: Record<number, number> = { [TAIL95]: 1.959963984540054, [TAIL998]: 3.090232306167813 };

/** Binomial probabilities of 0..n, built outward from the mode. */
function probabilities(centre: number, n: number): number[] {
    const chances = new Array<number>(n + 1).fill(0);
    const ratio = (k: number): number => ((n - k) * centre) / ((k + 1) * (1 - centre));
    const start = Math.round(n * centre);
    chances[start] = 1;
    for (let k = start; k < n; k += 1) chances[k + 1] = (chances[k] ?? 0) * ratio(k);
    for (let k = start - 1; k >= 0; k -= 1) chances[k] = (chances[k + 1] ?? 0) / ratio(k);
    const total = chances.reduce((sum, chance) => sum + chance, 0);
    return chances.map((chance) => chance / total);
}

/** The highest count whose upper tail is at least `tail`, and by its logarithm a part of the way to the next. */
function reach(chances: number[], tail: number): number {
    let above = 0;
    for (let k = chances.length - 1; k >= 0; k -= 1) {
        const at = above + (chances[k] ?? 0);
        if (at >= tail) {
            if (k === chances.length - 1 || above <= 0) return k;
            return k + (Math.log(at) - Math.log(tail)) / (Math.log(at) - Math.log(above));
        }
        above = at;
    }
    return 0;
}

/**
 * Limits for a practice with n patients: the over-dispersed normal limits, but never narrower than what chance alone
 * gives when counted exactly. So 14 of 14 where the region has 77% lies within, however high 100% looks.
 */
export function limitsAt(spread: Spread, n: number, tail: typeof TAIL95 | typeof TAIL998): Limits {
    const { centre } = spread;
    if (centre <= 0 || centre >= 1) return { low: centre, high: centre };
    const whole = Math.max(1, Math.round(n));
    const half = (Z[tail] ?? 0) * Math.sqrt((centre * (1 - centre)) / whole + spread.between);
    const chances = probabilities(centre, whole);
    const exactHigh = reach(chances, tail) / whole;
    const exactLow = (whole - reach(chances.reverse(), tail)) / whole;
    return {
        low: Math.max(0, Math.min(centre - half, exactLow)),
        high: Math.min(1, Math.max(centre + half, exactHigh)),
    };
}

/** Limits as they would be if practices differed by chance only. */
export function chanceLimits(centre: number, n: number, tail: typeof TAIL95 | typeof TAIL998): Limits {
    return limitsAt({ centre, between: 0, beyondChance: false, size: n, practices: 0 }, n, tail);
}

export interface Control {
    period: string;
    value: number;
    low: number;
    high: number;
    outside: boolean;
}

/**
 * A control chart over disjoint periods of a flow: u for rates per `scale`, p for shares, p' (Laney) when shares vary
 * more than chance. Needs at least 12 points; null with fewer, or when nothing happened at all.
 */
export function controlChart(
    points: { period: string; numerator: number; denominator: number }[],
    kind: "u" | "p",
    scale: number,
): { centre: number; points: Control[] } | null {
    const usable = points.filter((point) => point.denominator > 0);
    const total = usable.reduce((sum, point) => sum + point.denominator, 0);
    if (usable.length < 12 || total === 0) return null;
    const centre = usable.reduce((sum, point) => sum + point.numerator, 0) / total;
    if (centre === 0) return null;
    const deviation = (n: number): number => Math.sqrt((kind === "p" ? centre * (1 - centre) : centre) / n);
    let widening = 1;
    if (kind === "p" && centre < 1) {
        const z = usable.map((point) => (point.numerator / point.denominator - centre) / deviation(point.denominator));
        const ranges = z.slice(1).map((value, index) => Math.abs(value - (z[index] ?? value)));
        widening = Math.max(1, ranges.reduce((sum, range) => sum + range, 0) / ranges.length / 1.128);
    }
    return {
        centre: centre * scale,
        points: usable.map((point) => {
            const reach = 3 * widening * deviation(point.denominator);
            const value = point.numerator / point.denominator;
            const low = Math.max(0, centre - reach);
            const high = kind === "p" ? Math.min(1, centre + reach) : centre + reach;
            return {
                period: point.period,
                value: value * scale,
                low: low * scale,
                high: high * scale,
                outside: value < low || value > high,
            };
        }),
    };
}

/** The value below which a share of sorted numbers lies (linear between neighbours). */
export function quantile(sorted: number[], share: number): number {
    const place = (sorted.length - 1) * share;
    const under = sorted[Math.floor(place)] ?? 0;
    const over = sorted[Math.ceil(place)] ?? under;
    return under + (over - under) * (place - Math.floor(place));
}
