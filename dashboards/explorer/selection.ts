import type { Level } from "../data.ts";
import { inTime, type PeriodKind, periodKind } from "../period.ts";
import { cellsOf, type Published, type Series } from "./published.ts";

/** More lines than this in one drawing cannot be told apart. */
export const MOST_SERIES = 4;

/** What a reader has chosen to see. */
export interface Selection {
    indicator: string;
    level: Level;
    /** Keys of series at that level, in the register's order; from one up to MOST_SERIES. */
    series: string[];
    /** The region beside groups. */
    region: boolean;
    kind: PeriodKind;
    /** One period, or null for all of them as a course over time. */
    period: string | null;
}

/** Wishes that an address or a form expresses; anything may be missing or no longer exist. */
export type Wishes = Partial<{ [Name in keyof Selection]: Selection[Name] | undefined }>;

/** From what a reader knows best to what is furthest away. */
export const LEVELS: readonly Level[] = ["practice", "region", "area", "hagro", "organisation"];
const KINDS = { maand: "month", kwartaal: "quarter", jaar: "year" } as const satisfies Record<string, PeriodKind>;
const WORDS: Record<Level, string> = {
    practice: "praktijk",
    region: "regio",
    area: "gebied",
    hagro: "hagro",
    organisation: "organisatie",
};

/** A choice as the part of an address behind the #. It never reaches a server. */
export function writeSelection(selection: Selection): string {
    const words = new URLSearchParams({ indicator: selection.indicator, niveau: WORDS[selection.level] });
    for (const key of selection.series) words.append("reeks", key);
    words.set("regio", selection.region ? "ja" : "nee");
    words.set("per", Object.entries(KINDS).find(([, kind]) => kind === selection.kind)?.[0] ?? "kwartaal");
    if (selection.period !== null) words.set("periode", selection.period);
    return `#${words}`;
}

/** What an address asks for. Unknown words are no wish. */
export function readWishes(hash: string): Wishes {
    const words = new URLSearchParams(hash.replace(/^#/, ""));
    const per = words.get("per");
    return {
        indicator: words.get("indicator") ?? undefined,
        level: LEVELS.find((level) => WORDS[level] === words.get("niveau")),
        series: words.has("reeks") ? words.getAll("reeks") : undefined,
        region: words.has("regio") ? words.get("regio") === "ja" : undefined,
        kind: per !== null && Object.hasOwn(KINDS, per) ? KINDS[per as keyof typeof KINDS] : undefined,
        period: words.get("periode"),
    };
}

/** Everything that can be chosen, given the choices before it. */
export interface Offer {
    levels: Level[];
    series: string[];
    /** Whether a region can stand beside what is chosen. */
    region: boolean;
    kinds: PeriodKind[];
    /** Latest first. */
    periods: string[];
}

/** What the file holds for a choice. */
export function offerOf(published: Published, selection: Pick<Selection, "indicator" | "level" | "kind">): Offer {
    const { indicator, level, kind } = selection;
    const there = published.levels(indicator);
    const series = published.series(indicator, level);
    const cells = series.flatMap((one) => one.cells);
    const periods = new Set(series.flatMap((one) => cellsOf(one, kind).map(({ period }) => period)));
    return {
        levels: LEVELS.filter((one) => there.includes(one)),
        series: series.map(({ key }) => key),
        region: level !== "region" && there.includes("region"),
        kinds: Object.values(KINDS).filter((one) => cells.some((cell) => periodKind(cell.period) === one)),
        periods: [...periods].sort(inTime).reverse(),
    };
}

/** The choice nearest to some wishes that the file can show: what is not there gives way to what is most asked for. */
export function settle(published: Published, order: readonly string[], wishes: Wishes): Selection {
    const offered = order.filter((id) => published.indicators.has(id));
    const indicator = offered.find((id) => id === wishes.indicator) ?? offered[0];
    if (indicator === undefined) throw new Error("Het gepubliceerde bestand bevat geen enkel cijfer.");
    const { levels } = offerOf(published, { indicator, level: "region", kind: "quarter" });
    const level = levels.find((one) => one === wishes.level) ?? levels[0] ?? "region";
    const { series: keys, region, kinds } = offerOf(published, { indicator, level, kind: "quarter" });
    const kind =
        kinds.find((one) => one === wishes.kind) ?? (kinds.includes("quarter") ? "quarter" : (kinds[0] ?? "quarter"));
    const { periods } = offerOf(published, { indicator, level, kind });
    const wished = keys.filter((key) => wishes.series?.includes(key));
    return {
        indicator,
        level,
        series: (wished.length > 0 ? wished : defaultSeries(level, published.series(indicator, level))).slice(
            0,
            MOST_SERIES,
        ),
        region: region && (wishes.region ?? true),
        kind,
        period: periods.find((one) => one === wishes.period) ?? null,
    };
}

/** Wholes before parts: the region alone, of groups the first few. */
function defaultSeries(level: Level, series: readonly Series[]): string[] {
    const wholes = series.filter(({ stratum }) => stratum === null);
    const from = wholes.length > 0 ? wholes : series;
    return from.slice(0, level === "region" ? 1 : MOST_SERIES).map(({ key }) => key);
}
