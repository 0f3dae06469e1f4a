import type { Audience } from "../publish/audience.ts";
import { allCells, type PublishableFigures } from "../publish/audience-view.ts";
import type { Level } from "../publish/cell.ts";
import { hagroMembers } from "../publish/register-facts.ts";

/** A group of patients that a page may name. */
export interface Group {
    level: Level;
    id: string;
}

/** The names that a reader knows: indicators, groups, parts; and every sentence of the public definitions. */
export interface Vocabulary {
    /** What a text names, and the text without those names. */
    read(text: string): { indicators: string[]; groups: Group[]; strata: string[]; rest: string };
    /** The indicator that an address ends in. */
    indicatorAt(href: string): string | null;
    /** True when a text is a piece of the definitions, the goals or the printed report: it holds no figure of ours. */
    isPublic(text: string): boolean;
    /** True when a term and what is said of it are those of an indicator's definition: its theme's number, its window. */
    isDefined(term: string, text: string, indicators: readonly string[]): boolean;
}

interface Name {
    text: string;
    indicator?: string;
    group?: Group;
    stratum?: string;
}

/** The names in a publication for one audience. */
export function vocabularyOf(
    figures: PublishableFigures,
    audience: Audience,
    labels: ReadonlyMap<string, string>,
): Vocabulary {
    const { catalogue } = figures;
    const names: Name[] = [];
    for (const { id, titel } of catalogue.indicators) names.push({ text: titel, indicator: id });
    for (const { titel, goals } of catalogue.goals) {
        const [only, another] = [...new Set(goals.flatMap(({ indicator }) => indicator ?? []))];
        for (const goal of goals) if (goal.indicator) names.push({ text: goal.titel, indicator: goal.indicator });
        if (only !== undefined && another === undefined) names.push({ text: titel, indicator: only });
    }
    const groups: [Level, readonly { id: string; name: string }[]][] = [
        ["area", catalogue.areas],
        ["hagro", catalogue.hagros],
        ["organisation", catalogue.organisations],
    ];
    for (const [level, list] of groups)
        for (const { id, name } of list) names.push({ text: name, group: { level, id } });
    for (const name of ["regio", "regionale", "regionaal"]) names.push({ text: name, group: REGION });
    if (audience.practice !== undefined)
        for (const name of ["uw praktijk", "bij u", "van uw", "u zit", "eigen"])
            names.push({ text: name, group: { level: "practice", id: audience.practice } });
    if (audience.hagro !== undefined) {
        names.push({ text: "hagro", group: { level: "hagro", id: audience.hagro } });
        for (const { id, name } of hagroMembers(catalogue, audience.hagro))
            if (name) names.push({ text: name, group: { level: "practice", id } });
    }
    for (const [label, id] of labels) names.push({ text: label, group: { level: "practice", id } });
    const { strata, texts: sentences } = sharedOf(figures);
    for (const stratum of strata) names.push({ text: stratum, stratum });
    const find = finder(names);
    const ids = new Set(catalogue.indicators.map(({ id }) => id));
    const definitions = new Map(catalogue.indicators.map((one) => [one.id, one]));
    return {
        read(text) {
            const { found, rest } = find(text);
            return {
                indicators: found.flatMap(({ indicator }) => indicator ?? []),
                groups: found.flatMap(({ group }) => group ?? []),
                strata: found.flatMap(({ stratum }) => stratum ?? []),
                rest,
            };
        },
        indicatorAt(href) {
            const last = href.split("#")[0]?.split("/").filter(Boolean).at(-1) ?? "";
            return ids.has(last) ? last : null;
        },
        isDefined(term, text, indicators) {
            const [number, another] = text.match(/\d+/g) ?? [];
            if (number === undefined || another !== undefined) return false;
            return indicators.some((id) => {
                const definition = definitions.get(id);
                if (/^thema/i.test(term)) return definition?.thema === Number(number);
                return /^venster/i.test(term) && definition?.venster === Number(number);
            });
        },
        isPublic: (text) => text.length > 0 && (sentences.has(squeezed(text)) || text.trim() === LEGEND),
    };
}

/** What is the same for every audience of a publication. */
interface Shared {
    strata: ReadonlySet<string>;
    texts: ReadonlySet<string>;
}

const shared = new WeakMap<PublishableFigures, Shared>();

function sharedOf(figures: PublishableFigures): Shared {
    const known = shared.get(figures);
    if (known) return known;
    const strata = new Set(allCells(figures).flatMap(({ stratum }) => stratum ?? []));
    const made = { strata, texts: publicTexts(figures.catalogue) };
    shared.set(figures, made);
    return made;
}

/** Stands in the legend of every page, and is about none of its figures. */
const LEGEND = "0 is een echte nul";

export const REGION: Group = { level: "region", id: "regio" };

/** Finds names in a text, the longest at every place, whatever their capitals. */
function finder(names: readonly Name[]): (text: string) => { found: Name[]; rest: string } {
    const byWord = new Map<string, (Name & { spelled: string })[]>();
    for (const name of names) {
        const spelled = name.text.toLowerCase();
        const word = WORD.exec(spelled)?.[0];
        if (word === undefined || !spelled.startsWith(word)) continue;
        byWord.set(word, [...(byWord.get(word) ?? []), { ...name, spelled }]);
    }
    for (const list of byWord.values()) list.sort((a, b) => b.spelled.length - a.spelled.length);
    return (text) => {
        const lower = text.toLowerCase();
        const found: Name[] = [];
        let rest = "";
        let done = 0;
        for (const { 0: word, index } of lower.matchAll(WORDS)) {
            if (index < done) continue;
            const name = byWord.get(word)?.find(({ spelled }) => isAt(lower, spelled, index));
            if (!name) continue;
            found.push(name);
            rest += `${text.slice(done, index)} `;
            done = index + name.spelled.length;
        }
        return { found, rest: rest + text.slice(done) };
    };
}

const WORD = /[\p{L}\d]+/u;
const WORDS = /[\p{L}\d]+/gu;

function isAt(text: string, name: string, index: number): boolean {
    return text.startsWith(name, index) && !/[\p{L}\d]/u.test(text[index + name.length] ?? "");
}

const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

/** Every text of the catalogue's definitions and goals, whole and per sentence, as a reader may find it anywhere. */
function publicTexts(catalogue: PublishableFigures["catalogue"]): Set<string> {
    const texts = new Set<string>();
    const visit = (value: unknown): void => {
        if (typeof value === "string") {
            texts.add(squeezed(value));
            for (const sentence of value.split(/(?<=[.;:])\s+/)) texts.add(squeezed(sentence));
        } else if (Array.isArray(value)) for (const item of value) visit(item);
        else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) visit(item);
    };
    for (const indicator of catalogue.indicators) visit(indicator);
    for (const { goals, ...theme } of catalogue.goals) {
        visit(theme);
        for (const { titel, targetText } of goals as { titel: string; targetText?: unknown }[])
            visit([titel, targetText]);
    }
    return texts;
}
