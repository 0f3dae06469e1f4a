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

/** Lines that were read before, by heading: many audiences are given the same ones. */
export type KnownLines = Map<string, Map<string, Claim>>;

/** Reads a download back as the claims that stand in it. Throws one sentence when a heading is not known. */
export function readDownload(file: string, body: Buffer, kinds: readonly FigureKind[], known: KnownLines): Claim[] {
    return file.endsWith(".csv")
        ? readCsv(file, body.toString("utf8"), kinds, known)
        : readArrow(file, body, kinds, known);
}

function readCsv(file: string, text: string, kinds: readonly FigureKind[], known: KnownLines): Claim[] {
    const [heading = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    const columns = heading.split(";").map((name) => ABOUT[name] ?? kindOf(file, name, kinds, "csv").id);
    const before = linesUnder(heading, known);
    return lines
        .filter((line) => line !== "")
        .map((line) => {
            const same = before.get(line);
            if (same) return same;
            const row: Row = {};
            for (const [index, cell] of fieldsOf(line).entries())
                row[columns[index] ?? "?"] = cell === "" ? null : cell;
            const claim = claimOf(file, row, kinds);
            before.set(line, claim);
            return claim;
        });
}

/** The fields of a line; a quoted one may hold semicolons. */
function fieldsOf(line: string): string[] {
    if (!line.includes('"')) return line.split(";");
    return [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    );
}

function readArrow(file: string, body: Buffer, kinds: readonly FigureKind[], known: KnownLines): Claim[] {
    const table = tableFromIPC(body);
    const about = new Set(Object.values(ABOUT));
    const columns = table.schema.fields.map(({ name }) => {
        const vector = table.getChild(name);
        const values = vector ? valuesOf(vector) : [];
        return { name: about.has(name) ? name : kindOf(file, name, kinds, "arrow").id, values };
    });
    const before = linesUnder(columns.map(({ name }) => name).join(";"), known);
    return Array.from({ length: table.numRows }, (_, index) => {
        const line = columns.map(({ values }) => values[index] ?? "").join(";");
        const same = before.get(line);
        if (same) return same;
        const row: Row = {};
        for (const { name, values } of columns) row[name] = values[index] ?? null;
        const claim = claimOf(file, row, kinds);
        before.set(line, claim);
        return claim;
    });
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

function linesUnder(heading: string, known: KnownLines): Map<string, Claim> {
    const lines = known.get(heading) ?? new Map<string, Claim>();
    known.set(heading, lines);
    return lines;
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
