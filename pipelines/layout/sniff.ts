import { tableNamed } from "../contract.ts";
import { printable } from "../delivery.ts";
import type { Dialect, Field, FileLayout, Format, NamedFormat, RecordLayout } from "../format.ts";
import { IDENTIFIERS, identifierByName } from "../ingest/identifiers.ts";
import { numberOfColumn } from "../ingest/memo.ts";
import { columnsOf } from "../table.ts";
import type { SampleFile } from "./format-sample.ts";
import { type Match, matchTable, type SharedPatients, type TableMatch } from "./sniff-columns.ts";
import { type SampleText, type SniffedSample, sniffSample } from "./sniff-sample.ts";
import { type ColumnProfile, sniffDates, wordsFor } from "./sniff-values.ts";
import { likest, type Vocabulary, vocabularyOf } from "./sniff-vocabulary.ts";

/** What the sample could not tell: for whoever knows the export. Dutch; no value of the sample but code words. */
export interface Question {
    /** File or record type; empty for the export as a whole. */
    file: string;
    /** Column, or place in a journal; absent for the file as a whole. */
    column?: string;
    text: string;
}

/** A proposed layout, and what must be asked about it. */
export interface Proposal {
    format: Format;
    questions: Question[];
    /** Per file or record type: the table it seems to fill (null: none), and the columns. */
    files: { name: string; table: string | null; mapped: number; unmapped: string[] }[];
}

/** A file that explains less of a table than this is left out. */
const LEAST_TABLE_SCORE = 0.45;
const UNSURE = 0.6;
const KNOWN_NAME = 0.6;
/** Code words longer than this, or strange to the list in this number, are not shown: they may be something else. */
const LONGEST_SHOWN_WORD = 24;

/** Proposes a layout for a sample export; everything it is not sure of becomes a question. */
export async function sniff(
    files: readonly SampleFile[],
    formats: ReadonlyMap<string, NamedFormat>,
): Promise<Proposal> {
    const sample = await sniffSample(files);
    const dates = sniffDates(sample.texts.flatMap(({ columns }) => columns));
    const dialect: Dialect = { ...sample.dialect, dates: dates.style, ...(dates.times ? { times: true } : {}) };
    const questions: Question[] = [...sample.remarks];
    if (dates.ambiguous)
        questions.push({
            file: "",
            text: "staat de dag voor de maand? Geen datum in het voorbeeld heeft een dag boven de 12",
        });
    for (const style of dates.unreadable)
        questions.push({
            file: "",
            text: `datums geschreven als ${style} kan geen indeling lezen; laat de export ${dates.style} schrijven`,
        });
    const { source, chosen } = bestSource(sample, vocabularyOf(formats), dialect.dates);
    const layouts = sample.texts.map((text) => ({ text, match: chosen.get(text) ?? null }));
    for (const { text, match } of layouts) questions.push(...questionsOf(text, match, sample.kind === "journal"));
    questions.push(...missingTables(source, layouts, vocabularyOf(formats)));
    const named = layouts.flatMap(({ text, match }) => (match === null ? [] : [{ text, match }]));
    const withPractice = named.some(({ match }) => match.matches.some(({ known }) => known.to === "practice_id"));
    const format: Format = {
        source,
        sender: source !== "HIS" ? "region" : withPractice ? "either" : "practice",
        dialect,
        ...(sample.kind === "journal"
            ? { records: Object.fromEntries(named.map(({ text, match }) => [text.name, recordOf(text, match)])) }
            : { files: Object.fromEntries(named.map(({ text, match }) => [text.name, fileOf(text, match)])) }),
    };
    return {
        format,
        questions,
        files: layouts.map(({ text, match }) => ({
            name: text.name,
            table: match?.vocabulary.table ?? null,
            mapped: (match?.matches.length ?? 0) + bepalingenOf(text, match).length,
            unmapped: (match?.unmapped ?? text.columns).map(titleOf),
        })),
    };
}

/** The kind of source whose tables explain the sample best, and the table of each text: each table is filled once. */
function bestSource(
    sample: SniffedSample,
    vocabulary: readonly Vocabulary[],
    dates: Dialect["dates"],
): { source: Format["source"]; chosen: Map<SampleText, TableMatch> } {
    const shared = sharedPatientsOf(sample.texts);
    const names = [...new Set(vocabulary.flatMap(({ columns }) => columns.flatMap((column) => column.names)))];
    const named = new Set(sample.texts.filter((text) => isNamed(text, names)));
    const sources = [...new Set(vocabulary.map(({ source }) => source))];
    const perSource = sources.map((source) => {
        const candidates = sample.texts.flatMap((text) =>
            vocabulary
                .filter((known) => known.source === source)
                .map((known) => (sample.kind === "journal" ? withoutPractice(known) : known))
                .map((known) => ({ text, match: matchText(text, known, dates, shared, named.has(text)) })),
        );
        const chosen = new Map<SampleText, TableMatch>();
        const filled = new Set<string>();
        let total = 0;
        for (const { text, match } of candidates.sort((a, b) => b.match.score - a.match.score)) {
            if (match.score < LEAST_TABLE_SCORE || chosen.has(text) || filled.has(match.vocabulary.table)) continue;
            chosen.set(text, match);
            filled.add(match.vocabulary.table);
            // One table that is surely there says more than two that might be.
            total += match.score ** 2;
        }
        return { source, chosen, total };
    });
    return perSource.reduce((a, b) => (b.total > a.total ? b : a));
}

/** Whether column names say anything: half of those that name no bepaling are like names that are known. */
function isNamed(text: SampleText, names: readonly string[]): boolean {
    const titles = text.columns.filter((column) => !isBepaling(column)).map(({ title }) => title);
    const known = titles.filter((title) => title !== "" && likest(title, names) >= KNOWN_NAME);
    return known.length * 2 >= titles.length;
}

/** A journal is of the one practice that its name says. */
const withoutPractice = (known: Vocabulary): Vocabulary => ({
    ...known,
    columns: known.columns.filter(({ to }) => to !== "practice_id"),
});

/** A file with columns named for bepalingen is the wide form of the measurements. */
function matchText(
    text: SampleText,
    vocabulary: Vocabulary,
    dates: Dialect["dates"],
    shared: SharedPatients,
    named: boolean,
): TableMatch {
    const wide = vocabulary.table === "measurements" && text.columns.some(isBepaling);
    if (!wide) return matchTable(text.columns, vocabulary, dates, shared, text.name, named);
    const own = vocabulary.columns.filter(({ to }) => ["practice_id", "patient_id", "measured_on"].includes(to));
    const others = text.columns.filter((column) => !isBepaling(column));
    return matchTable(others, { ...vocabulary, columns: own }, dates, shared, text.name, named);
}

const isBepaling = ({ title }: ColumnProfile): boolean => title !== "" && numberOfColumn(title) !== null;

const bepalingenOf = (text: SampleText, match: TableMatch | null): ColumnProfile[] =>
    match?.vocabulary.table === "measurements" ? text.columns.filter(isBepaling) : [];

/** Columns of different texts that hold the same long values: what ties the rows of a patient together. */
function sharedPatientsOf(texts: readonly SampleText[]): SharedPatients {
    const candidates = texts.flatMap((text) =>
        text.columns
            .filter(
                ({ values }) =>
                    values.length > 0 && values.every((value) => /^[^\s@]{8,64}$/.test(value) && /[0-9]/.test(value)),
            )
            .map((column) => ({ text, column })),
    );
    const shared = new Set<ColumnProfile>();
    for (const one of candidates) {
        for (const other of candidates) {
            if (one.text === other.text) continue;
            const both = [...one.column.distinct].filter((value) => other.column.distinct.has(value)).length;
            if (both * 2 >= Math.min(one.column.distinct.size, other.column.distinct.size)) shared.add(one.column);
        }
    }
    return (column) => shared.has(column);
}

function fieldOf({ delivered, known }: Match, table: string): Field {
    const declared = columnsOf(tableNamed(table)).find(({ name }) => name === known.to);
    const words = declared && known.reading === "by_column" ? wordsFor(delivered, declared).words : null;
    return { to: known.to, reading: known.reading, ...(words ? { words } : {}) };
}

function fileOf(text: SampleText, match: TableMatch): FileLayout {
    const { table } = match.vocabulary;
    const columns = Object.fromEntries(match.matches.map((one) => [one.delivered.title, fieldOf(one, table)]));
    return bepalingenOf(text, match).length > 0 ? { table, columns, wide: true } : { table, columns };
}

/** Every place up to the last one that fills something; what stands between is read past under a name of its own. */
function recordOf(text: SampleText, match: TableMatch): RecordLayout {
    const { table } = match.vocabulary;
    const fields = text.columns.map((column): Field => {
        const found = match.matches.find(({ delivered }) => delivered === column);
        return found ? fieldOf(found, table) : { to: `veld_${column.place + 2}`, reading: "by_column" };
    });
    return { table, fields };
}

const titleOf = ({ title, place }: ColumnProfile): string => (title === "" ? `veld ${place + 2}` : printable(title));

function questionsOf(text: SampleText, match: TableMatch | null, journal: boolean): Question[] {
    const file = text.name;
    if (match === null) {
        const named = text.columns.flatMap((column) => identifying(file, column));
        return [
            {
                file,
                text: `welke tabel van het meer is dit? Geen tabel past; ${journal ? "het recordtype" : "het bestand"} blijft ongelezen`,
            },
            ...named,
        ];
    }
    const { table } = match.vocabulary;
    const declared = new Map(columnsOf(tableNamed(table)).map((column) => [column.name, column]));
    const meaning = (column: string): string => {
        const about = declared.get(column)?.about.meaning;
        return about ? `${table}.${column} («${about}»)` : column;
    };
    const questions: Question[] = [];
    if (match.score < UNSURE)
        questions.push({ file, text: `is dit tabel ${table} («${tableNamed(table).meaning}»)? De gelijkenis is zwak` });
    for (const { delivered, known, score, rival } of match.matches) {
        const column = titleOf(delivered);
        if (rival !== null && rival !== "")
            questions.push({ file, column, text: `is dit ${meaning(known.to)}? Ook ${printable(rival)} past` });
        else if (score < UNSURE) questions.push({ file, column, text: `is dit ${meaning(known.to)}?` });
        if (delivered.values.length === 0)
            questions.push({
                file,
                column,
                text: `is leeg in het voorbeeld: alleen de ${delivered.title === "" ? "plaats" : "naam"} is vergeleken`,
            });
        const target = declared.get(known.to);
        if (target && known.reading === "by_column") questions.push(...strangeWords(file, delivered, target));
    }
    for (const { to, required } of match.missing) {
        if (to === "unit") continue;
        const need = required ? "verplicht: zonder deze kolom wordt elke rij terzijde gelegd" : "mag ontbreken";
        if (match.vocabulary.columns.length > 3 || required)
            questions.push({ file, text: `welke kolom is ${meaning(to)}? Niet gevonden (${need})` });
    }
    for (const column of match.unmapped) {
        if (bepalingenOf(text, match).includes(column)) continue;
        const named = identifying(file, column);
        questions.push(
            ...(named.length > 0
                ? named
                : [{ file, column: titleOf(column), text: "wat is dit? De kolom wordt niet gebruikt" }]),
        );
    }
    return questions;
}

function identifying(file: string, column: ColumnProfile): Question[] {
    const kind = column.title === "" ? null : identifierByName(column.title);
    if (kind === null) return [];
    return [
        {
            file,
            column: titleOf(column),
            text: `heet naar ${IDENTIFIERS[kind]}: laat de kolom uit de export weg, het inlezen weigert haar`,
        },
    ];
}

/** Code words that the contract does not know. Shown only where most are known, so that nothing else is mistaken for one. */
function strangeWords(file: string, delivered: ColumnProfile, target: Parameters<typeof wordsFor>[1]): Question[] {
    const { strangers } = wordsFor(delivered, target);
    if (strangers.length === 0) return [];
    const shown =
        strangers.length * 2 <= delivered.distinct.size &&
        strangers.every(
            (word) => /^[\p{L} _-]+$/u.test(word) && word.length <= LONGEST_SHOWN_WORD && repeats(delivered, word),
        );
    const which = shown ? `: ${strangers.join(", ")}` : "";
    const known = target.constraints.words?.join(", ") ?? "";
    const words = strangers.length === 1 ? "1 woord staat" : `${strangers.length} woorden staan`;
    return [
        {
            file,
            column: titleOf(delivered),
            text: `${words} niet in de lijst${which}. Wat betekent het? Kies uit ${known}`,
        },
    ];
}

const repeats = ({ values }: ColumnProfile, word: string): boolean =>
    values.filter((value) => value.toLowerCase() === word).length >= 3;

function missingTables(
    source: Format["source"],
    layouts: readonly { match: TableMatch | null }[],
    vocabulary: readonly Vocabulary[],
): Question[] {
    const filled = new Set(layouts.map(({ match }) => match?.vocabulary.table));
    return vocabulary
        .filter((known) => known.source === source && !filled.has(known.table))
        .map(({ table }) => ({
            file: "",
            text: `welk bestand is tabel ${table} («${tableNamed(table).meaning}»)? Niet gevonden in het voorbeeld`,
        }));
}
