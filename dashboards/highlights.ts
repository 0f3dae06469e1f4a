import { type Cells, hasValue } from "./cells.ts";
import { type Curve, curveAt, funnelAt, type Position, positionAt } from "./comparisons.ts";
import type { Bundle, Cell, Indicator } from "./data.ts";
import { systemEffect } from "./details.ts";
import { before } from "./period.ts";

/** At most so many on one page; more is noise to a reader. */
export const MOST = 5;

/** Under this many patients one patient moves the share too far to say anything. */
const FEWEST_PATIENTS = 10;

/** What needs attention first. */
export const VERDICTS = ["ongunstig", "anders", "gunstig"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One indicator on which a practice really differs. Text and chart are both made from this one decision. */
export interface Highlight {
    indicator: Indicator;
    /** The latest quarter. The one before it lay outside on the same side too. */
    period: string;
    own: Cell & { value: number; numerator: number; denominator: number };
    region: number;
    side: "boven" | "onder";
    verdict: Verdict;
    /** Patients to go to the regional value; for what is not unfavourable the patients beyond it. */
    patients: number;
    /** Where 99,8 % of practices of its size lie. */
    limits: Position["limits"];
    curve: Curve;
    /** What practices with the same record system reach together, in whole percents, where they too lie on this side. */
    sameSystem: { his: string; percent: number } | null;
}

/** An indicator on which a practice differs, but not more than chance given the age and sex of its patients. */
export interface Explained {
    indicator: Indicator;
    own: Counted;
    region: number;
    expected: number;
}

export interface Decision {
    highlights: Highlight[];
    explained: Explained[];
    /** Outside on two quarters as well, but beyond the first five. */
    more: number;
    /** Indicators that could be judged at all. */
    judged: number;
    /** The quarters on which it was decided; null without a quarter in the bundle. */
    quarters: [string, string] | null;
}

export type Counted = Cell & { value: number; numerator: number; denominator: number };

function counted(cell: Cell | null): Counted | null {
    if (!hasValue(cell) || cell.numerator === null || cell.denominator === null) return null;
    return cell.denominator >= FEWEST_PATIENTS ? (cell as Counted) : null;
}

/** Whether a practice has a share of so few patients that it is not judged. */
export function isTooFew(cell: Cell | null): boolean {
    return hasValue(cell) && cell.denominator !== null && cell.denominator < FEWEST_PATIENTS;
}

interface Judged {
    own: Counted;
    place: Position;
}

function judge(bundle: Bundle, cells: Cells, practice: string, indicator: string, period: string): Judged | null {
    const own = counted(cells.at({ indicator, level: "practice", id: practice }, period));
    const place = positionAt(bundle.comparisons, indicator, period);
    return own && place ? { own, place } : null;
}

/** Whether a share is about something a practice can act on and be compared in. */
export function comparable(indicator: Indicator): boolean {
    return indicator.maat === "aandeel" && (indicator.klasse === "proces" || indicator.klasse === "uitkomst");
}

function verdictOf(indicator: Indicator, side: "boven" | "onder"): Verdict {
    if (indicator.beter === "geen") return "anders";
    return (indicator.beter === "hoger") === (side === "boven") ? "gunstig" : "ongunstig";
}

/** Whole patients between a practice's count and the regional share of its own patients, at least 1. */
function patientsBetween(own: Counted, region: number): number {
    const expected = region * own.denominator;
    return Math.max(1, Math.ceil(Math.abs(expected - own.numerator) - 1e-9));
}

/** Outside the limits around the region, not outside those around what its own patients make likely. */
function isExplained({ place }: Judged, side: "boven" | "onder"): boolean {
    return place.standardised !== null && place.standardised.side !== side;
}

/** Practices with this practice's record system, where record systems differ beyond chance and theirs lies on the same side. */
function sameSystem(
    bundle: Bundle,
    practice: string,
    indicator: string,
    { side, region }: { side: "boven" | "onder"; region: number },
): Highlight["sameSystem"] {
    const his = bundle.catalogue.practices.find(({ id }) => id === practice)?.his;
    const found = systemEffect(bundle.details, indicator)?.systems.find((system) => system.his === his);
    if (!found) return null;
    const isSameSide = side === "boven" ? found.percent > region * 100 : found.percent < region * 100;
    return isSameSide ? { his: found.his, percent: found.percent } : null;
}

/**
 * Decides what a mirror page brings forward: outside the over-dispersed 99,8% limits, on the same side, in the last
 * two consecutive quarters (indicators.md, Publication), also given the age and sex of its patients. Unfavourable first,
 * most patients first. None is a valid outcome.
 */
export function decideHighlights(bundle: Bundle, cells: Cells, practice: string): Decision {
    const latest = cells.latest("quarter");
    if (latest === null) return { highlights: [], explained: [], more: 0, judged: 0, quarters: null };
    const earlier = before(latest);
    const found: Highlight[] = [];
    const explained: Explained[] = [];
    let judged = 0;
    for (const indicator of bundle.catalogue.indicators.filter(comparable)) {
        const now = judge(bundle, cells, practice, indicator.id, latest);
        const then = judge(bundle, cells, practice, indicator.id, earlier);
        if (!now || !then) continue;
        judged += 1;
        const { side } = now.place;
        if (side === null || side !== then.place.side) continue;
        const funnel = funnelAt(bundle.comparisons, indicator.id, latest);
        const curve = curveAt(bundle.comparisons, indicator.id, latest);
        if (!funnel || !curve) continue;
        if (isExplained(now, side) || isExplained(then, side)) {
            const { expected } = now.own;
            if (expected !== undefined) explained.push({ indicator, own: now.own, region: funnel.centre, expected });
            continue;
        }
        found.push({
            indicator,
            period: latest,
            own: now.own,
            region: funnel.centre,
            side,
            verdict: verdictOf(indicator, side),
            patients: patientsBetween(now.own, funnel.centre),
            limits: now.place.limits,
            curve,
            sameSystem: sameSystem(bundle, practice, indicator.id, { side, region: funnel.centre }),
        });
    }
    found.sort(
        (left, right) =>
            VERDICTS.indexOf(left.verdict) - VERDICTS.indexOf(right.verdict) ||
            right.patients - left.patients ||
            (left.indicator.id < right.indicator.id ? -1 : 1),
    );
    return {
        highlights: found.slice(0, MOST),
        explained,
        more: Math.max(0, found.length - MOST),
        judged,
        quarters: [earlier, latest],
    };
}
