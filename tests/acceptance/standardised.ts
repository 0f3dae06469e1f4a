import type { Standard } from "./cells.ts";
import type { Counted } from "./definition.ts";

/** The region of a period: its share, and its share in each group of age and sex. */
export interface Reference {
    share: number;
    byGroup: ReadonlyMap<string, number>;
}

/** From what the members that delivered counted; null where no patient is counted or it is no share of patients. */
export function referenceOf(entries: readonly Counted[]): Reference | null {
    const groups = new Map<string, { numerator: number; denominator: number }>();
    const all = { numerator: 0, denominator: 0 };
    for (const { group, numerator, denominator } of entries) {
        if (group === undefined) {
            return null;
        }
        const sum = groups.get(group) ?? { numerator: 0, denominator: 0 };
        groups.set(group, sum);
        for (const one of [sum, all]) {
            one.numerator += numerator;
            one.denominator += denominator;
        }
    }
    return all.denominator === 0
        ? null
        : {
              share: all.numerator / all.denominator,
              byGroup: new Map([...groups].map(([group, sum]) => [group, sum.numerator / sum.denominator])),
          };
}

/** What these patients would count if each group had the region's share; null without patients. */
export function standardOf(entries: readonly Counted[], reference: Reference): Standard | null {
    const shares = entries.map(({ group, denominator }) => denominator * (reference.byGroup.get(group ?? "") ?? 0));
    return entries.length === 0
        ? null
        : {
              expected: shares.reduce((sum, one) => sum + one, 0),
              groups: entries.length,
              regionShare: reference.share,
          };
}
