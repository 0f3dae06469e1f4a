import { parseHTML } from "linkedom";
import type { BundleInput } from "../../dashboards/data.ts";

/**
 * Reads the figures of a written page as a reader does: a number in a table is about what its row, column, caption and
 * headings say. Knows nothing of how pages are made, and writes numbers the Dutch way by itself.
 */

type Cell = NonNullable<BundleInput["values"]>[number];

export interface Subject {
    indicator: string;
    stratum: string | null;
    level: Cell["level"];
    id: string;
    period: string;
}

/** One thing that a cell of a table says of a figure. */
export interface ReadFigure {
    subject: Subject;
    says: "value" | "count" | "rate" | "counts" | "interval" | "delivered" | "expected" | "sign" | "change";
    text: string;
    where: string;
}

export interface PageFigures {
    figures: ReadFigure[];
    /** Tables that are about something else than figures of indicators, by caption. */
    others: { caption: string; rows: string[][]; section: string; heads: string[] }[];
    /** Numbers in tables of figures of which nobody can tell what they are about. */
    loose: string[];
    /** Shares with a decimal that the words of a chart say, and its table does not. */
    words: string[];
}

const MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split(" ");
const LONG = "januari februari maart april mei juni juli augustus september oktober november december".split(" ");
const SIGNS: Record<string, Cell["state"]> = {
    "t-suppressed": "suppressed",
    "t-not_delivered": "not_delivered",
    "t-not_applicable": "not_applicable",
};

/** The period that a text names, as the marts spell it; null without one. */
export function periodIn(text: string): string | null {
    const quarter = /(\d)e (?:kw|kwartaal) (\d{4})/.exec(text);
    if (quarter) return `${quarter[2]}-Q${quarter[1]}`;
    const month = new RegExp(`\\b(${[...MONTHS, ...LONG].join("|")}) (\\d{4})`).exec(text);
    if (month) {
        const at = Math.max(MONTHS.indexOf(month[1] ?? ""), LONG.indexOf(month[1] ?? "")) + 1;
        return `${month[2]}-${String(at).padStart(2, "0")}`;
    }
    return /(?:^|, )(\d{4})$/.exec(text.trim())?.[1] ?? null;
}

const plain = (node: Element | null): string => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
/** The text of a row's or column's head without what is small or folded in it. */
function headOf(node: Element | null): string {
    if (!node) return "";
    const copy = node.cloneNode(true) as Element;
    for (const small of copy.querySelectorAll("small, details")) small.remove();
    return plain(copy);
}

/** Reads all tables of a page of one audience. */
export function figuresOf(html: string, bundle: BundleInput): PageFigures {
    const { document } = parseHTML(html);
    const found: PageFigures = { figures: [], others: [], loose: [], words: onlyInWords(document) };
    const names = namesOf(bundle);
    const top = `${plain(document.querySelector(".bovenkop"))} ${plain(document.querySelector("h1"))}`;
    for (const table of document.querySelectorAll("main table")) {
        const section = table.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "";
        const caption = plain(table.querySelector("caption"));
        const around = plain(table.closest("figure")?.querySelector("h2, h3, h4") ?? null);
        const heads = [...table.querySelectorAll("thead th")].map(headOf);
        const rows = [...table.querySelectorAll("tbody tr")];
        const about =
            names.indicator(caption) ?? names.indicator(around) ?? names.indicator(plain(document.querySelector("h1")));
        const isOfFigures =
            OF_FIGURES.test(caption) ||
            rows.some((row) => names.indicator(headOf(row.querySelector("th"))) !== null) ||
            (about !== null &&
                / per gebied|per kalenderjaar|, regio$|, uitgesplitst,|uw praktijk per kwartaal/.test(caption));
        if (!isOfFigures || OTHERS.test(caption) || /veranderingen/.test(table.className) || section === "definities") {
            const texts = rows.map((row) => [...row.children].map((cell) => plain(cell)));
            found.others.push({ caption, rows: texts, section, heads });
            continue;
        }
        for (const row of rows) {
            const head = headOf(row.querySelector("th"));
            const cells = [...row.querySelectorAll("td")];
            const dated = cells[heads.indexOf("Periode") - 1];
            const indicator = section === "delen" ? about : (names.indicator(head) ?? about);
            cells.forEach((cell, place) => {
                const column = heads[place + 1] ?? "";
                if (/^(Periode|Definitie|Verloop|Uw eigen verloop|Stand|99,8%-grenzen)/i.test(column)) return;
                if (/^Spreiding/.test(column)) return;
                const small = [...cell.querySelectorAll("small")].map(plain).join(" ");
                const period =
                    periodIn(column) ??
                    periodIn(head) ??
                    periodIn(plain(dated ?? null)) ??
                    periodIn(small) ??
                    periodIn(caption) ??
                    periodIn(top) ??
                    names.newest;
                const member = / onze praktijken, /.test(caption) ? names.member(column) : null;
                const group =
                    member ?? names.group(column) ?? names.group(head) ?? names.group(caption) ?? names.own ?? REGION;
                const where = `${caption} | ${head} | ${column}`;
                if (indicator === null || period === null) {
                    if (/\d/.test(plain(cell))) found.loose.push(where);
                    return;
                }
                const stratum = section === "delen" ? head : null;
                readCell(found, cell, { indicator, stratum, ...group, period }, { where, column, names });
            });
        }
    }
    return found;
}

/** Captions of tables with a figure of an indicator in every row. */
const OF_FIGURES =
    /^(Verwijzingen en gesprekken per gebied|Gebieden naast elkaar|Indicatoren van deze (vakgroep|hagro))/;
const OTHERS =
    /aantal praktijken per percentage|naar leeftijd en geslacht|per HIS|het pad in cijfers|groei ten opzichte|^Definities|Aangesloten praktijken$|^Toolbox|^Jaarverslag 2022|thema’s met mijlpalen/i;
const REGION = { level: "region" as const, id: "regio" };

interface Names {
    indicator(text: string): string | null;
    group(text: string): { level: Cell["level"]; id: string } | null;
    /** Whom a column of a hagro's own practices is about. */
    member(text: string): { level: Cell["level"]; id: string } | null;
    own: { level: Cell["level"]; id: string } | null;
    hagro: string | null;
    newest: string | null;
}

function namesOf(bundle: BundleInput): Names {
    const titles = (bundle.catalogue.indicators ?? [])
        .map(({ id, titel }) => ({ id, titel }))
        .sort((left, right) => right.titel.length - left.titel.length);
    const own = bundle.own ? { level: "practice" as const, id: bundle.own.agb } : null;
    const quarters = (bundle.values ?? []).map(({ period }) => period).filter((period) => period.includes("Q"));
    return {
        indicator: (text) => titles.find(({ titel }) => text.toLowerCase().startsWith(titel.toLowerCase()))?.id ?? null,
        group(text) {
            const area = (bundle.catalogue.areas ?? []).find(({ name }) => name === text);
            if (area) return { level: "area", id: area.id };
            if (text === "Regio" || /, regio$/.test(text)) return REGION;
            return own && /uw praktijk|uw cijfers/i.test(text) ? own : null;
        },
        member(text) {
            if (text === "Hagro") return { level: "hagro", id: bundle.audience.hagro ?? "" };
            return bundle.members?.some(({ name }) => name === text) ? { level: "practice", id: text } : null;
        },
        own: null,
        hagro: bundle.own?.hagro ?? null,
        newest: quarters.sort().at(-1) ?? null,
    };
}

/** Takes a cell apart; what is left must hold no number. */
function readCell(
    found: PageFigures,
    cell: Element,
    subject: Subject,
    { where, column, names }: { where: string; column: string; names: Names },
): void {
    const add = (says: ReadFigure["says"], text: string, about: Subject = subject): void => {
        found.figures.push({ subject: about, says, text, where });
    };
    const copy = cell.cloneNode(true) as Element;
    for (const drawing of copy.querySelectorAll("svg, details")) drawing.remove();
    for (const sign of copy.querySelectorAll(".teken")) {
        add("sign", SIGNS[[...sign.classList].find((name) => name in SIGNS) ?? ""] ?? "");
        sign.remove();
    }
    let text = plain(copy);
    const take = (pattern: RegExp, tell: (match: RegExpExecArray) => void): void => {
        const match = pattern.exec(text);
        if (!match) return;
        tell(match);
        text = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    };
    const period = periodIn(text);
    if (period !== null && names.group(column)?.level === "region")
        text = text.replace(/(?:^| )(?:\de kw |[a-z]{3} )?\d{4}$/, "");
    take(/hagro (\d+%)/, (match) =>
        add("value", match[1] ?? "", { ...subject, level: "hagro", id: names.hagro ?? "" }),
    );
    take(/verwacht (\d[\d.]*)/, (match) => add("expected", match[1] ?? ""));
    take(/(\d+) van (\d+) praktijk(?:en)?/, (match) => add("delivered", `${match[1]}/${match[2]}`));
    if (column.startsWith("Verandering")) take(/[+−]?\d[\d.,]*(?: pp|%)/, (match) => add("change", match[0]));
    take(/(?<![\d,.])\d[\d.,]*–\d[\d.,]*%?/, (match) => add("interval", match[0]));
    take(/(\d[\d.]*) van (\d[\d.]*)/, (match) => add("counts", `${match[1]}/${match[2]}`));
    take(/(\d[\d.]*)\/(\d[\d.]*)/, (match) =>
        add(column === "Geleverd" ? "delivered" : "counts", `${match[1]}/${match[2]}`),
    );
    take(/(\d[\d.,]*) per 1\.000(?: per maand)?/, (match) => add("rate", match[1] ?? ""));
    take(/\d[\d.,]*%/, (match) => add("value", match[0]));
    take(/\d[\d.,]*/, (match) => add(/^Per 1\.000/.test(column) ? "rate" : "count", match[0]));
    if (/\d/.test(text)) found.loose.push(`${where}: ${text}`);
}

const nl = (value: number, digits: number): string =>
    new Intl.NumberFormat("nl-NL", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        // halves away from zero, as written numbers are rounded
        Number((value + Math.sign(value) * 1e-9).toFixed(9)),
    );

/** Every text that would be true of a cell for what is said of it. */
export function trueTexts(cell: Cell, says: ReadFigure["says"], earlier: Cell | undefined): string[] {
    const { numerator, denominator, value, low, high } = cell;
    const has = (cell.state === "value" || cell.state === "zero") && typeof value === "number";
    if (says === "sign") return [has ? "" : cell.state];
    if (says === "delivered") return [`${cell.delivered}/${cell.members}`];
    if (says === "expected") return [nl(cell.expected ?? Number.NaN, 0)];
    if (!has) return [];
    const isLarge = cell.shown === "exact" && (denominator ?? 0) >= 100;
    if (says === "value") return [`${nl(value * 100, isLarge ? 1 : 0)}%`];
    if (says === "counts") return cell.shown === "exact" ? [`${nl(numerator ?? 0, 0)}/${nl(denominator ?? 0, 0)}`] : [];
    if (says === "interval") {
        if (typeof low !== "number" || typeof high !== "number") return [];
        const digits = isLarge ? 1 : 0;
        // A rate below ten has two decimals: with one its limits may read as the same number.
        const decimalsOf = (limit: number): number => (denominator !== null && limit !== 0 && limit < 10 ? 2 : 1);
        const [from, to] = [low, high].map((limit) => nl(limit, decimalsOf(limit)));
        return [`${nl(low * 100, digits)}–${nl(high * 100, digits)}%`, `${from}–${to}`];
    }
    if (says === "change") {
        if (!earlier || typeof earlier.value !== "number") return [];
        const sign = (text: string): string => text.replace("-", "−");
        const moved = [
            [`${nl((value - earlier.value) * 100, 1)}`, " pp"],
            [`${nl((value / earlier.value - 1) * 100, 1)}`, "%"],
        ].map(([number = "", unit = ""]) => `${/^[1-9]|^0,[1-9]/.test(number) ? "+" : ""}${sign(number)}${unit}`);
        return moved.map((text) => text.replace(/^−0,0/, "0,0"));
    }
    if (says === "rate") return [nl(value, 1), nl(value, 2), plainNumber(value)];
    return [nl(numerator ?? value, 0), nl(value, 0), nl(value, 1), nl(value, 2), plainNumber(value)];
}

/** As few decimals as needed, at most two. */
const plainNumber = (value: number): string =>
    new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 }).format(Math.round(value * 100) / 100);

/** Shares with a decimal that the words of a chart say and the table beside it does not. */
function onlyInWords(document: Document): string[] {
    return [...document.querySelectorAll("main figure.grafiek")].flatMap((figure) => {
        const words = plain(figure.querySelector("figcaption"));
        const twin = plain(figure.querySelector("details.tweeling table"));
        return [...words.matchAll(/\d[\d.]*,\d+%/g)].map(([share]) => share).filter((share) => !twin.includes(share));
    });
}
