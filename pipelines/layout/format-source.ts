import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Field, FileLayout, Format, RecordLayout } from "../format.ts";
import type { Proposal, Question } from "./sniff.ts";

const HERE = fileURLToPath(new URL("../", import.meta.url));

/** Width of a line of code in this repository. */
const LINE = 120;
const STEP = "    ";

/**
 * A proposal as the text of a layout file for `folder`, in the form of the files in `formats/`; every question is a comment
 * at the place it is about.
 */
export function formatSource(name: string, { format, questions }: Proposal, folder: string): string {
    const placed = new Set(Object.keys(format.files ?? format.records ?? {}));
    const general = questions.filter(({ file }) => !placed.has(file));
    const lines = [
        `import { defineFormat, to } from ${JSON.stringify(importPath(folder))};`,
        "",
        `// Voorstel voor de indeling ${name}, gemaakt uit een voorbeeld. Beantwoord de vragen, verbeter wat niet klopt, en haal ze weg.`,
        ...general.map((question) => comment("", question)),
        "export default defineFormat({",
        `${STEP}source: ${JSON.stringify(format.source)},`,
        `${STEP}sender: ${JSON.stringify(format.sender)},`,
        `${STEP}dialect: ${dialectText(format)},`,
        ...(format.files ? filesText(format.files, questions) : []),
        ...(format.records ? recordsText(format.records, questions) : []),
        "});",
        "",
    ];
    return lines.join("\n");
}

function importPath(folder: string): string {
    const path = `${relative(folder, HERE).replaceAll("\\", "/")}/format.ts`.replace(/^\//, "");
    return path.startsWith(".") ? path : `./${path}`;
}

const comment = (indent: string, { file, column, text }: Question): string => {
    const where = indent !== "" ? "" : [file, column].filter(Boolean).join(", ");
    return `${indent}// Vraag: ${where === "" ? "" : `${where}: `}${text}${/[?.;]$/.test(text) ? "" : "."}`;
};

function dialectText({ dialect }: Format): string {
    const { encoding, delimiter, quoted, dates, times, comment: mark } = dialect;
    const parts = [
        `encoding: ${JSON.stringify(encoding)}`,
        `delimiter: ${JSON.stringify(delimiter)}`,
        `quoted: ${quoted}`,
        `dates: ${JSON.stringify(dates)}`,
        ...(times ? ["times: true"] : []),
        ...(mark === undefined ? [] : [`comment: ${JSON.stringify(mark)}`]),
    ];
    return `{ ${parts.join(", ")} }`;
}

const at = (questions: readonly Question[], file: string, column?: string): Question[] =>
    questions.filter((question) => question.file === file && question.column === column);

function filesText(files: Readonly<Record<string, FileLayout>>, questions: readonly Question[]): string[] {
    const indent = STEP.repeat(2);
    const lines = Object.entries(files).flatMap(([file, { table, columns, wide }]) => [
        ...aboutFile(file, Object.keys(columns), questions, indent),
        `${indent}${JSON.stringify(file)}: {`,
        `${indent}${STEP}table: ${JSON.stringify(table)},`,
        ...(wide ? [`${indent}${STEP}wide: true,`] : []),
        `${indent}${STEP}columns: {`,
        ...Object.entries(columns).flatMap(([title, field]) => [
            ...at(questions, file, title).map((question) => comment(STEP.repeat(4), question)),
            ...withKey(STEP.repeat(4), `${keyText(title)}: `, field),
        ]),
        `${indent}${STEP}},`,
        `${indent}},`,
    ]);
    return [`${STEP}files: {`, ...lines, `${STEP}},`];
}

function recordsText(records: Readonly<Record<string, RecordLayout>>, questions: readonly Question[]): string[] {
    const indent = STEP.repeat(2);
    const lines = Object.entries(records).flatMap(([type, { table, fields }]) => {
        const titles = fields.map((_, index) => `veld ${index + 2}`);
        return [
            ...aboutFile(type, titles, questions, indent),
            `${indent}${keyText(type)}: {`,
            `${indent}${STEP}table: ${JSON.stringify(table)},`,
            `${indent}${STEP}fields: [`,
            ...fields.flatMap((field, index) => [
                ...at(questions, type, titles[index]).map((question) => comment(STEP.repeat(4), question)),
                ...withKey(STEP.repeat(4), "", field),
            ]),
            `${indent}${STEP}],`,
            `${indent}},`,
        ];
    });
    return [`${STEP}records: {`, ...lines, `${STEP}},`];
}

/** Questions about the file as a whole, and about columns that have no line of their own. */
function aboutFile(file: string, titles: readonly string[], questions: readonly Question[], indent: string): string[] {
    return questions
        .filter((question) => question.file === file && !titles.includes(question.column ?? ""))
        .map(({ column, text }) =>
            comment(indent, { file, text: column === undefined ? text : `kolom ${column}: ${text}` }),
        );
}

function withKey(indent: string, key: string, { to, reading, words }: Field): string[] {
    const more: string[] = [];
    if (reading !== "by_column") more.push(`reading: ${JSON.stringify(reading)}`);
    const pairs = Object.entries(words ?? {}).map(([word, meaning]) => `${keyText(word)}: ${JSON.stringify(meaning)}`);
    if (pairs.length > 0) more.push(`words: { ${pairs.join(", ")} }`);
    const line = `${indent}${key}to(${JSON.stringify(to)}${more.length === 0 ? "" : `, { ${more.join(", ")} }`}),`;
    if (line.length <= LINE || pairs.length === 0) return [line];
    return [
        `${indent}${key}to(${JSON.stringify(to)}, {`,
        `${indent}${STEP}words: {`,
        ...pairs.map((pair) => `${indent}${STEP.repeat(2)}${pair},`),
        `${indent}${STEP}},`,
        `${indent}}),`,
    ];
}

const keyText = (key: string): string => (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(key) ? key : JSON.stringify(key));
