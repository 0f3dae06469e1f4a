import type { Form } from "../disclosure/forms.ts";
import { cellKey } from "../publish/cell.ts";
import type { Figure } from "../worlds/system.ts";
import type { Subject } from "./claim.ts";
import type { Group } from "./vocabulary.ts";

/** A true figure about patients, and how a group of readers is said to be shown it. */
export interface Indexed {
    /** As `subjectKey` writes it. */
    key: string;
    subject: Subject;
    figure: Figure;
    form: Form;
}

const WHOLE = [null] as const;

type ByStratum = Map<string | null, Indexed>;
type ByPeriod = Map<string, ByStratum>;

/** The figures of a publication by what they are about, so that a text with many subjects finds them without writing keys. */
export class FigureIndex {
    private readonly byKey = new Map<string, Indexed>();
    private readonly byIndicator = new Map<string, Map<string, Map<string, ByPeriod>>>();

    constructor(figures: Iterable<Figure | null>, shown: ReadonlyMap<string, Form>) {
        for (const figure of figures) {
            if (figure === null) continue;
            const { indicator, stratum, level, id, period } = figure.cell;
            const key = cellKey(figure.cell);
            const indexed = {
                key,
                subject: { indicator, stratum, level, id, period },
                figure,
                form: shown.get(key) ?? ("hidden" as const),
            };
            this.byKey.set(key, indexed);
            const levels = under(this.byIndicator, indicator, () => new Map<string, Map<string, ByPeriod>>());
            const ids = under(levels, level, () => new Map<string, ByPeriod>());
            const periods = under(ids, id, () => new Map() as ByPeriod);
            under(periods, period, () => new Map() as ByStratum).set(stratum, indexed);
        }
    }

    at(key: string): Indexed | undefined {
        return this.byKey.get(key);
    }

    /**
     * Adds the figures of an indicator at a group, in these periods (null: all of them) and these parts (null: the whole), to
     * those found. Asked of every text on every page, so it makes nothing itself.
     */
    find(
        indicator: string,
        { level, id }: Group,
        periods: Iterable<string> | null,
        strata: readonly (string | null)[] | null,
        found: Indexed[],
    ): void {
        const all = this.byIndicator.get(indicator)?.get(level)?.get(id);
        if (!all) return;
        for (const period of periods ?? all.keys()) {
            const parts = all.get(period);
            if (!parts) continue;
            for (const stratum of strata ?? WHOLE) {
                const indexed = parts.get(stratum);
                if (indexed) found.push(indexed);
            }
        }
    }
}

function under<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
    const known = map.get(key);
    if (known !== undefined) return known;
    const made = make();
    map.set(key, made);
    return made;
}
