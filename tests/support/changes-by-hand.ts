/**
 * A second, deliberately plain split of changes: contributions of two sides in memory, one practice and month at a time.
 * Written from the explanation in pipelines/changes/README.md; knows no SQL.
 */

export interface Count {
    indicator: string;
    practice: string;
    area: string;
    month: string;
    /** Only of counts without those who came or went. */
    span?: string;
    numerator: number;
    denominator: number;
    /** The practice counts in this month: a member that delivered. */
    included: boolean;
}

export interface HandSpan {
    span: string;
    from: string;
    to: string;
    /** Months of the one beside those of the other. */
    months: [string, string][];
}

export interface HandIndicator {
    id: string;
    /** A flow adds its months up, a stock is its last month. */
    flow: boolean;
    /** Rests on the HIS, so that another layout of the HIS can change it. */
    his: boolean;
}

export interface Scene {
    indicators: readonly HandIndicator[];
    spans: readonly HandSpan[];
    areas: readonly string[];
    /** As published; the old definition on the new deliveries; the new definition. */
    old: Count[];
    kept: Count[];
    fresh: Count[];
    /** As `kept`, without those who came or went; and as old as before. */
    staying: Count[];
    unaged: Count[];
    relaid: string[];
    isRerun: boolean;
    /** Practice to hagro, in both registers. */
    oldGroups: Record<string, string>;
    newGroups: Record<string, string>;
}

const causes = ["care", "membership", "ageing", "moves", "correction", "layout", "definition"] as const;
type Part = { numerator: number; denominator: number };
type Parts = Record<(typeof causes)[number], Part>;

export interface Split {
    indicator: string;
    level: string;
    id: string;
    span: string;
    before: Part;
    after: Part;
    parts: Parts;
}

interface PracticeSplit {
    indicator: string;
    practice: string;
    area: string;
    span: string;
    before: Part;
    after: Part;
    parts: Parts;
}

/** Every change of a scene, of practices, hagros, areas and the region. */
export function changesByHand(scene: Scene): Split[] {
    const all = [...Object.entries(scene.oldGroups), ...Object.entries(scene.newGroups)];
    const practices = [...new Set(all.map(([practice]) => practice))];
    const hagros = [...new Set(all.map(([, hagro]) => hagro))];
    const index = indexed(scene);
    return scene.indicators.flatMap((indicator) =>
        scene.spans.flatMap((span) => {
            const counted = [...new Set([...practices, ...scene.old.map(({ practice }) => practice)])];
            const own = counted.flatMap((practice) =>
                scene.areas.map((area) => splitOf(scene, index, indicator, span, practice, area)),
            );
            const place = { indicator: indicator.id, span: span.span };
            return [
                ...practices.map((one) => atLevel(scene, own, { ...place, level: "practice", id: one })),
                ...hagros.map((one) => atLevel(scene, own, { ...place, level: "hagro", id: one })),
                atLevel(scene, own, { ...place, level: "region", id: "regio" }),
                ...scene.areas.map((area) => ({
                    ...place,
                    level: "area",
                    id: area,
                    ...sum(own.filter((one) => one.area === area)),
                })),
            ];
        }),
    );
}

type Side = "old" | "kept" | "fresh" | "staying" | "unaged";
type Index = Map<string, Part>;

const keyOf = (side: Side, count: Pick<Count, "indicator" | "practice" | "month" | "span">, area = "*"): string =>
    [side, count.indicator, count.practice, count.month, count.span ?? "", area].join(" ");

/** The counts of months that count, by what they are about; with `*` for area: that the practice counts at all. */
function indexed(scene: Scene): Index {
    const index: Index = new Map();
    for (const side of ["old", "kept", "fresh", "staying", "unaged"] as const)
        for (const count of scene[side]) {
            if (!count.included) continue;
            const key = keyOf(side, count, count.area);
            index.set(key, add(index.get(key) ?? nothing(), count));
            index.set(keyOf(side, count), nothing());
        }
    return index;
}

function atLevel(
    scene: Scene,
    own: PracticeSplit[],
    place: { indicator: string; span: string; level: string; id: string },
): Split {
    const belongs = (groups: Record<string, string>, practice: string): boolean =>
        practice in groups &&
        (place.level === "region" || (place.level === "practice" ? practice : groups[practice]) === place.id);
    return {
        ...place,
        ...sum(
            own.flatMap((one) => {
                const [was, is] = [belongs(scene.oldGroups, one.practice), belongs(scene.newGroups, one.practice)];
                if (was && is) return [one];
                if (!was && !is) return [];
                // who is only in one of the two groups is, for that group, a member that came or left
                const before = was ? one.before : nothing();
                const after = is ? one.after : nothing();
                return [{ ...one, before, after, parts: { ...noParts(), membership: less(after, before) } }];
            }),
        ),
    };
}

function splitOf(
    scene: Scene,
    index: Index,
    { id: indicator, flow, his }: HandIndicator,
    { span, months }: HandSpan,
    practice: string,
    area: string,
): PracticeSplit {
    const result = { indicator, practice, area, span, before: nothing(), after: nothing(), parts: noParts() };
    months.forEach(([from, to], at) => {
        if (!flow && at < months.length - 1) return;
        const find = (side: Side, month: string, inSpan?: string): Part =>
            index.get(keyOf(side, { indicator, practice, month, span: inSpan }, area)) ?? nothing();
        const counts = (side: Side, month: string): boolean => index.has(keyOf(side, { indicator, practice, month }));
        const published = find("old", from);
        const redelivered = find("kept", from);
        const later = find("kept", to);
        const now = find("fresh", to);
        result.before = add(result.before, published);
        result.after = add(result.after, now);
        const give = (cause: keyof Parts, part: Part): void => {
            result.parts[cause] = add(result.parts[cause], part);
        };
        give("definition", less(now, later));
        const otherLayout = his && scene.relaid.includes(practice);
        const registration = scene.isRerun ? (otherLayout ? "layout" : "correction") : "definition";
        if (counts("old", from) !== counts("kept", to)) give("membership", less(later, published));
        else if (!counts("old", from)) return;
        else if (!counts("kept", from)) give(registration, less(later, published));
        else {
            give(registration, less(redelivered, published));
            if (from === to) return;
            const stayed = find("staying", from, span);
            const stay = find("staying", to, span);
            const unaged = find("unaged", to, span);
            give("moves", less(less(later, redelivered), less(stay, stayed)));
            give("ageing", less(stay, unaged));
            give("care", less(unaged, stayed));
        }
    });
    return result;
}

function sum(splits: PracticeSplit[]): Pick<Split, "before" | "after" | "parts"> {
    const parts = noParts();
    for (const cause of causes) for (const split of splits) parts[cause] = add(parts[cause], split.parts[cause]);
    return {
        before: splits.map(({ before }) => before).reduce(add, nothing()),
        after: splits.map(({ after }) => after).reduce(add, nothing()),
        parts,
    };
}

const nothing = (): Part => ({ numerator: 0, denominator: 0 });
const noParts = (): Parts => Object.fromEntries(causes.map((cause) => [cause, nothing()])) as Parts;
const add = (a: Part, b: Part): Part => ({
    numerator: a.numerator + b.numerator,
    denominator: a.denominator + b.denominator,
});
const less = (a: Part, b: Part): Part => ({
    numerator: a.numerator - b.numerator,
    denominator: a.denominator - b.denominator,
});
