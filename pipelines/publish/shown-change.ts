import { type Cause, type CauseClass, type Change, type Part, partsByClass } from "../changes/change.ts";
import { type Drift, driftOf } from "../changes/drift.ts";
import type { SincePublication } from "../changes/since-publication.ts";
import type { Maat } from "./cell.ts";
import type { ShownPart } from "./change-disclosure.ts";

/** A change as an audience may know it: only where it was shown both figures. */
export interface ShownChange {
    indicator: string;
    level: Change["level"];
    id: string;
    from: string;
    to: string;
    before: { numerator: number; denominator: number | null };
    after: { numerator: number; denominator: number | null };
    /** By class, each alone or several together; null: too small to split. */
    parts: ShownPart[] | null;
    /** Of the own practice only: every cause, so that coming and going, corrections and another layout are told apart. */
    causes: Partial<Record<Cause, { numerator: number; denominator: number }>> | null;
    drift: { verdict: Drift["verdict"]; cause: Cause | CauseClass | "other" | "several" | null };
}

/** What changed in a definition, for whoever reads the figures. */
export interface ShownDefinition {
    query: string;
    codes: { added: string[]; removed: string[] } | null;
    /** Lines of the text that came and went; what they are stands on the definition's page. */
    lines: { added: number; removed: number };
    /** Indicators that this audience sees and that moved. */
    indicators: string[];
}

/** The part of a bundle from which the page "wat veranderde er en waardoor" is made. */
export interface ChangesOfBundle {
    state: SincePublication["state"];
    reason: string | null;
    before: { publication: string; release: string; made: string; peildatum: string } | null;
    practices: { joined: number; left: number; relaid: number } | null;
    /** Layouts of the own practice, when they differ. */
    relaid: { from: string; to: string } | null;
    definitions: {
        changed: ShownDefinition[];
        added: string[];
        dropped: string[];
        unmoved: number;
        isRerun: boolean;
    } | null;
    newest: ShownChange[];
    /** Figures of earlier periods that are not what was published then; those beyond chance, and how many there are. */
    restated: ShownChange[];
    restatedFigures: number;
    /** Changes that cannot be shown, because one of the two figures is not. */
    withheld: number;
}

/** A practice's own change, exact. */
export function ownChange(change: Change, maat: Maat, parts: ShownPart[]): ShownChange {
    const { verdict, cause } = driftOf(change, maat);
    const causes = Object.entries(change.parts).map(
        ([name, { numerator, denominator }]) => [name, { numerator, denominator }] as const,
    );
    return { ...figuresOf(change), parts, causes: Object.fromEntries(causes), drift: { verdict, cause } };
}

/** The change of a group's figure. The alarm follows from what is shown: a cause that is hidden among others is not named. */
export function groupChange(change: Change, maat: Maat, parts: ShownPart[] | null): ShownChange {
    const alone = new Set(parts?.flatMap(({ classes }) => (classes.length === 1 ? classes : [])));
    const known: Change["parts"] = {};
    for (const [name, part] of partsByClass(change.parts)) if (alone.has(name)) known[STANDS_FOR[name]] = part;
    const merged = parts?.find(({ classes }) => classes.length > 1);
    if (merged) known.moves = { ...merged, ...NOBODY };
    const { verdict, cause } = driftOf({ ...change, parts: known }, maat);
    return { ...figuresOf(change), parts, causes: null, drift: { verdict, cause: nameOf(cause, parts) } };
}

function nameOf(cause: Drift["cause"], parts: ShownPart[] | null): ShownChange["drift"]["cause"] {
    if (cause === null || parts === null) return null;
    if (cause === "moves") return "other";
    return cause === "correction" ? "registration" : cause;
}

/** The cause by which a class is judged: all that is registration moves the same patients, as a correction does. */
const STANDS_FOR = {
    care: "care",
    membership: "membership",
    ageing: "ageing",
    registration: "correction",
    definition: "definition",
} as const satisfies Record<CauseClass, Cause>;

const NOTHING = { numerator: 0, denominator: 0 };
const NOBODY: Pick<Part, "practices" | "largest" | "gross"> = { practices: NOTHING, largest: NOTHING, gross: NOTHING };

function figuresOf(change: Change): Omit<ShownChange, "parts" | "causes" | "drift"> {
    const { indicator, level, id, from, to, before, after } = change;
    return {
        indicator,
        level,
        id,
        from,
        to,
        before: { numerator: before.numerator ?? 0, denominator: before.denominator },
        after: { numerator: after.numerator ?? 0, denominator: after.denominator },
    };
}
