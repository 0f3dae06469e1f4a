import { tableFromIPC, type Vector } from "apache-arrow";
import type { Level } from "../publish/cell.ts";
import { type Claim, type Printed, stepOf, subjectKey } from "./claim.ts";
import type { FigureKind } from "./figure-kind.ts";

const STATES = new Set(["value", "zero", "suppressed", "not_delivered", "not_applicable"]);
const LEVELS = new Set(["practice", "hagro", "area", "organisation", "region"]);
/** Columns that say what a figure is about and how it is shown. */
const ABOUT: Record<string, string> = {
    indicator: "indicator",
    uitsplitsing: "stratum",
    niveau: "level",
    id: "id",
    periode: "period",
    toestand: "state",
    weergave: "shown",
};

type Row = Record<string, string | number | null>;

/** The claims of one group (a region, an area, a practice) as they follow each other in a file. */
export type Run = readonly Claim[];

/** Runs that were read before: many audiences are given the same ones. By heading, then by how they begin. */
export interface KnownRuns {
    csv: Map<string, Map<string, KnownText[]>>;
    arrow: Map<string, Map<string, KnownRows[]>>;
}

interface KnownText {
    text: string;
    run: Run;
}

interface KnownRows {
    columns: readonly Column[];
    run: Run;
}

type Column = readonly (string | number | null)[];

export const newRuns = (): KnownRuns => ({ csv: new Map(), arrow: new Map() });

/** Reads a download back as the claims that stand in it. Throws one sentence when a heading is not known. */
export function readDownload(file: string, body: Buffer, kinds: readonly FigureKind[], known: KnownRuns): Run[] {
    return file.endsWith(".csv")
        ? readCsv(file, body.toString("utf8"), kinds, known)
        : readArrow(file, body, kinds, known);
}

function readCsv(file: string, text: string, kinds: readonly FigureKind[], { csv }: KnownRuns): Run[] {
    const lineEnd = (from: number): number => {
        const end = text.indexOf("\n", from);
        return end < 0 ? text.length : end + 1;
    };
    const lineAt = (from: number): string => text.slice(from, lineEnd(from)).replace(/\r?\n$/, "");
    const heading = lineAt(0).replace(/^\uFEFF/, "");
    const columns = heading.split(";").map((name) => ABOUT[name] ?? kindOf(file, name, kinds, "csv").id);
    const before = under(csv, heading, () => new Map<string, KnownText[]>());
    const claimAt = (from: number): Claim => {
        const row: Row = {};
        for (const [index, cell] of fieldsOf(lineAt(from)).entries())
            row[columns[index] ?? "?"] = cell === "" ? null : cell;
        return claimOf(file, row, kinds);
    };
    const runs: Run[] = [];
    for (let at = lineEnd(0); at < text.length; ) {
        if (lineAt(at) === "") {
            at = lineEnd(at);
            continue;
        }
        const alike = under(before, lineAt(at), () => []);
        // Whatever comes behind it: these lines are these claims.
        const same = alike.find((one) => text.startsWith(one.text, at));
        if (same) {
            runs.push(same.run);
            at += same.text.length;
            continue;
        }
        const first = claimAt(at);
        const run = [first];
        let end = lineEnd(at);
        while (end < text.length && lineAt(end) !== "") {
            const next = claimAt(end);
            if (!isOfGroup(next, first)) break;
            run.push(next);
            end = lineEnd(end);
        }
        // A line without an end could go on in another file. A practice's own stand in few files, and are many.
        if (text[end - 1] === "\n" && first.subject.level !== "practice")
            alike.push({ text: text.slice(at, end), run });
        runs.push(run);
        at = end;
    }
    return runs;
}

const isOfGroup = ({ subject: one }: Claim, { subject: other }: Claim): boolean =>
    one.level === other.level && one.id === other.id;

/** The fields of a line; a quoted one may hold semicolons. */
function fieldsOf(line: string): string[] {
    if (!line.includes('"')) return line.split(";");
    return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    );
}

function readArrow(file: string, body: Buffer, kinds: readonly FigureKind[], { arrow }: KnownRuns): Run[] {
    const table = tableFromIPC(body);
    const about = new Set(Object.values(ABOUT));
    const columns = table.schema.fields.map(({ name }) => {
        const vector = table.getChild(name);
        const values = vector ? valuesOf(vector) : [];
        return { name: about.has(name) ? name : kindOf(file, name, kinds, "arrow").id, values };
    });
    const heading = columns.map(({ name }) => name).join(";");
    const before = under(arrow, heading, () => new Map<string, KnownRows[]>());
    const claimAt = (index: number): Claim => {
        const row: Row = {};
        for (const { name, values } of columns) row[name] = values[index] ?? null;
        return claimOf(file, row, kinds);
    };
    const runs: Run[] = [];
    for (let at = 0; at < table.numRows; ) {
        const begin = columns.map(({ values }) => values[at] ?? "").join(";");
        const alike = under(before, begin, () => []);
        const same = alike.find((one) =>
            one.columns.every((column, index) => holds(columns[index]?.values, at, column)),
        );
        if (same) {
            runs.push(same.run);
            at += same.run.length;
            continue;
        }
        const first = claimAt(at);
        const run = [first];
        let end = at + 1;
        for (; end < table.numRows; end += 1) {
            const next = claimAt(end);
            if (!isOfGroup(next, first)) break;
            run.push(next);
        }
        if (first.subject.level !== "practice")
            alike.push({ columns: columns.map(({ values }) => values.slice(at, end)), run });
        runs.push(run);
        at = end;
    }
    return runs;
}

/** Whether a column holds these values from a place on. */
function holds(values: Column | undefined, from: number, part: Column): boolean {
    if (values === undefined || from + part.length > values.length) return false;
    for (let at = 0; at < part.length; at += 1) if (values[from + at] !== part[at]) return false;
    return true;
}

/** All values of a column: its numbers, or the words that its places in a dictionary stand for. */
function valuesOf(vector: Vector): (string | number | null)[] {
    const values: (string | number | null)[] = [];
    for (const chunk of vector.data) {
        const raw = chunk.values as ArrayLike<number>;
        const words: readonly string[] | null = chunk.dictionary ? [...chunk.dictionary] : null;
        for (let at = 0; at < chunk.length; at += 1) {
            const place = raw[at] ?? 0;
            values.push(!chunk.getValid(at) ? null : words === null ? place : (words[place] ?? null));
        }
    }
    return values;
}

function under<Item>(map: Map<string, Item>, key: string, make: () => Item): Item {
    const known = map.get(key) ?? make();
    map.set(key, known);
    return known;
}

function kindOf(file: string, name: string, kinds: readonly FigureKind[], place: "csv" | "arrow"): FigureKind {
    const kind = kinds.find((one) => one[place] === name);
    if (kind) return kind;
    throw new Error(
        `${file}: kolom '${name}' kent de aanvaller niet, en wat niet gelezen kan worden is niet veilig; zet het soort cijfer in pipelines/intruder/figures.`,
    );
}

function claimOf(file: string, row: Row, kinds: readonly FigureKind[]): Claim {
    const text = (name: string) => String(row[name] ?? "");
    const state = text("state");
    const level = text("level");
    if (!STATES.has(state) || !LEVELS.has(level)) throw new Error(`${file}: een rij heeft geen toestand of niveau.`);
    const printed: Printed[] = [];
    for (const { id } of kinds) {
        const cell = row[id];
        if (cell === null || cell === undefined) continue;
        const spelled = String(cell).replace(",", ".");
        // A whole percent says so; anything else is meant as precisely as it is spelled.
        const isWholePercent = row.shown === "percent" && id === "value";
        printed.push({ kind: id, value: Number(spelled), step: exactStep(spelled), isWholePercent });
    }
    const subject = {
        indicator: text("indicator"),
        stratum: row.stratum === null || row.stratum === undefined ? null : text("stratum"),
        level: level as Level,
        id: text("id"),
        period: text("period"),
    };
    return {
        subject,
        key: subjectKey(subject),
        printed,
        state: state as Claim["state"],
    };
}

/** A number with many decimals is a computed one: right to its last few digits. */
function exactStep(spelled: string): number {
    const step = stepOf(spelled);
    return spelled.includes("e") ? 1e-12 : Math.max(step, Math.abs(Number(spelled)) * 1e-12, 1e-15);
}
